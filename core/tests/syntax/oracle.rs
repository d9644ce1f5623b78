//! What RouterOS 7.22.1 itself said about 428 scripts (`:parse` on a CHR).

use std::fs;
use std::path::Path;

use multi_isp::routeros::syntax::Script;

use crate::shared::shared;

#[test]
fn every_script_that_the_router_accepted_is_accepted() {
    let Some(folder) = shared("oracle") else { return };
    let accepted: Vec<Verdict> = verdicts(&folder)
        .into_iter()
        .filter(Verdict::is_accepted)
        .collect();
    let refused: Vec<String> = accepted
        .iter()
        .filter_map(|verdict| {
            let errors = Script::parse(&verdict.source(&folder)).err()?;
            Some(format!("{}: {errors}", verdict.file))
        })
        .collect();
    println!(
        "accepted: {} of {}",
        accepted.len() - refused.len(),
        accepted.len()
    );
    assert_eq!(accepted.len(), 273);
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

#[test]
fn what_the_router_refused_for_its_grammar_is_refused_at_the_same_line() {
    let Some(folder) = shared("oracle") else { return };
    let refused: Vec<Verdict> = verdicts(&folder)
        .into_iter()
        .filter(Verdict::is_grammar)
        .collect();
    let (mut rejected, mut same_line, mut misses) = (0, 0, Vec::new());
    for verdict in &refused {
        let line = match Script::parse(&verdict.source(&folder)) {
            Ok(_) => None,
            Err(errors) => errors.first().place.map(|place| place.line),
        };
        rejected += usize::from(line.is_some());
        same_line += usize::from(line == verdict.line());
        if line != verdict.line() {
            misses.push(format!(
                "{}: the router says {}, we say line {line:?}",
                verdict.file, verdict.said
            ));
        }
    }
    let percent = |count: usize| count * 100 / refused.len();
    println!(
        "refused for their grammar: {rejected} of {} ({} %), at the same line: {same_line} ({} %)\n{}",
        refused.len(),
        percent(rejected),
        percent(same_line),
        misses.join("\n")
    );
    assert_eq!(refused.len(), 124);
    // The rest needs the menus of that very router: an unknown argument, or a menu whose package it lacked.
    assert!(percent(rejected) >= 91, "rejected: {} %", percent(rejected));
    assert!(
        percent(same_line) >= 91,
        "at the same line: {} %",
        percent(same_line)
    );
}

/// A row of `VERDICTS.tsv`
struct Verdict {
    file: String,
    said: String,
    kind: String,
}

impl Verdict {
    fn is_accepted(&self) -> bool {
        self.said.starts_with("accept")
    }

    fn is_grammar(&self) -> bool {
        self.kind == "grammar"
    }

    /// `reject:<message>:<line>:<column>`
    fn line(&self) -> Option<u32> {
        self.said.rsplit(':').nth(1)?.parse().ok()
    }

    fn source(&self, folder: &Path) -> Vec<u8> {
        fs::read(folder.join(&self.file)).unwrap()
    }
}

fn verdicts(folder: &Path) -> Vec<Verdict> {
    let table = fs::read_to_string(folder.join("VERDICTS.tsv")).unwrap();
    let mut rows = table.lines().map(|row| row.split('\t').collect::<Vec<_>>());
    let header = rows.next().unwrap();
    let column = |name: &str| header.iter().position(|&title| title == name).unwrap();
    let (file, said, kind) = (column("file"), column("v7.22.1"), column("reject_kind"));
    let mut verdicts: Vec<Verdict> = rows
        .map(|row| Verdict {
            file: row[file].to_owned(),
            said: row[said].to_owned(),
            kind: row[kind].to_owned(),
        })
        .collect();
    verdicts.sort_by(|a, b| a.file.cmp(&b.file));
    verdicts.dedup_by(|a, b| a.file == b.file);
    verdicts
}
