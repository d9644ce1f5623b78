//! Published configurations and scripts survive unchanged.

use std::fs;

use multi_isp::routeros::syntax::Script;

use super::structure;
use crate::shared::shared;

#[test]
fn every_file_survives() {
    for (folder, least) in [("corpus", 20), ("oracle", 428), ("examples-routeros", 6)] {
        let Some(folder) = shared(folder) else { continue };
        let mut files = 0;
        for entry in fs::read_dir(folder).unwrap() {
            let source = fs::read(entry.unwrap().path()).unwrap();
            let script = Script::parse_lenient(&source);
            assert_eq!(script.to_bytes(), source);
            structure::check(&script);
            files += 1;
        }
        assert!(files >= least);
    }
}

#[test]
fn documented_scripts_are_accepted() {
    let Some(folder) = shared("examples-routeros") else {
        return;
    };
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if let Err(errors) = Script::parse(&fs::read(&path).unwrap()) {
            panic!("{}: {}", path.display(), errors.render());
        }
    }
}
