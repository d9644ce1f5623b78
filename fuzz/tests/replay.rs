//! Every committed input through its target, on any compiler.

use std::path::Path;

use multi_isp_fuzz::TARGETS;

#[test]
fn the_corpus_passes() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    for (name, target) in TARGETS {
        let mut inputs: Vec<_> = std::fs::read_dir(corpus.join(name))
            .unwrap_or_else(|error| panic!("the target `{name}` has no corpus: {error}"))
            .map(|entry| entry.unwrap().path())
            .collect();
        inputs.sort();
        assert!(!inputs.is_empty(), "the corpus of `{name}` is empty");
        for input in inputs {
            // Shown only when the target panics: which input it was.
            println!("{}", input.display());
            target(&std::fs::read(&input).unwrap());
        }
    }
}
