//! Input and output that others recorded, much of it from real routers.

use std::fs;

use multi_isp::routeros::syntax::{Arg, Command, Expr, Item, Script, quote};
use serde_json::Value;

use crate::shared::shared;

fn cases(file: &str) -> Vec<Value> {
    let Some(path) = shared(&format!("vectors/{file}")) else {
        return Vec::new();
    };
    let vectors: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    vectors["cases"].as_array().unwrap().clone()
}

#[test]
fn escapes_are_decoded_as_routers_decode_them() {
    for file in [
        "escapes_router_confirmed.json",
        "quoting_router_truth_parseil.json",
    ] {
        for case in cases(file) {
            let literal = case["literal"].as_str().unwrap();
            let decoded = quote::unquote(literal.as_bytes()).unwrap_or_else(|| panic!("{literal}"));
            let wanted = case["decoded"].as_str().unwrap();
            let bytes = latin1(wanted).filter(|bytes| *bytes == decoded);
            assert!(decoded == wanted.as_bytes() || bytes.is_some(), "{literal}");
            assert_eq!(quote::unquote(&quote::quote(&decoded)), Some(decoded));
        }
    }
}

/// Vectors write bytes that are no UTF-8 as the characters of that number
fn latin1(text: &str) -> Option<Vec<u8>> {
    text.chars()
        .map(|character| u8::try_from(u32::from(character)).ok())
        .collect()
}

#[test]
fn commands_that_a_router_took_are_read() {
    let Some(path) = shared("vectors/commands_chr_validated.json") else {
        return;
    };
    let vectors: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    for command in vectors["ok"].as_array().unwrap() {
        let command = command.as_str().unwrap();
        if let Err(errors) = Script::parse(command.as_bytes()) {
            panic!("{errors}");
        }
    }
}

/// The menu words of a command as typed, and what follows them, joined so that the forms of a path do not matter
fn words(script: &Script, command: &Command) -> Vec<String> {
    let words = command.words.iter().map(|&word| script.text(word));
    words
        .map(|word| String::from_utf8(word.to_vec()).unwrap())
        .collect()
}

#[test]
fn paths_are_read_in_every_form() {
    let mut compared = 0;
    for case in cases("path_canonicalize_rosetta.json") {
        if case["fn"] != "canonicalize" || case["custom_resolver"] == true {
            continue;
        }
        let text = case["args"][0].as_str().unwrap();
        let cwd = case["args"].get(1).and_then(Value::as_str).unwrap_or("/");
        let script =
            Script::parse(format!("{cwd}\n{text}").as_bytes()).unwrap_or_else(|errors| panic!("{errors}"));
        let mut found = Vec::new();
        collect(&script, script.items(), &mut found);
        for wanted in case["result"]["commands"].as_array().unwrap() {
            let path = wanted["path"].as_str().unwrap();
            let verb = wanted["verb"].as_str().unwrap();
            // A path is typed in full, or the end of it where a menu is current.
            let full = format!("{path} {verb}").replace('/', " ");
            let matches = |typed: &Vec<String>| {
                let upto = typed.iter().position(|word| word == verb);
                upto.is_some_and(|at| full.ends_with(&typed[..=at].join(" ")))
            };
            assert!(
                found.iter().any(matches),
                "{text} in {cwd}: no {path} {verb} in {found:?}"
            );
            compared += 1;
        }
        let wanted = case["result"]["commands"].as_array().unwrap().len();
        let verbs = found
            .iter()
            .filter(|words| words.last().is_some_and(|word| word != ".."))
            .count();
        assert!(verbs >= wanted);
    }
    assert!(compared == 0 || compared > 20);
}

/// The words of every command, those in brackets and braces included
fn collect(script: &Script, items: &[Item], found: &mut Vec<Vec<String>>) {
    for command in items.iter().filter_map(Item::command) {
        found.push(words(script, command));
        for arg in &command.args {
            if let Arg::Positional(value)
            | Arg::Named {
                value: Some(value), ..
            } = arg
                && let Expr::Subst { items, .. } | Expr::Block { items, .. } = value
            {
                collect(script, items, found);
            }
        }
    }
}

#[test]
fn texts_that_routeros_diff_prints_mean_the_same() {
    for case in cases("parse_routeros_diff.json") {
        let (input, reprinted) = (
            case["input"].as_str().unwrap(),
            case["reprinted"].as_str().unwrap(),
        );
        // That tool adds the default prefix length; it does so to values, not to syntax.
        if case["test"] == "test_diff_section_ipv6_address_default_prefix_size" {
            continue;
        }
        let menu = case["section_path"].as_str().unwrap_or("/");
        let meaning = |text| meaning(&format!("{menu}\n{text}"));
        assert_eq!(meaning(input), meaning(reprinted), "{input}");
    }
}

/// Words and decoded arguments of every command, arguments in the order of their names
fn meaning(text: &str) -> Vec<(Vec<String>, Vec<String>)> {
    let script = Script::parse(text.as_bytes()).unwrap_or_else(|errors| panic!("{errors}"));
    let arg = |arg: &Arg| match arg {
        Arg::Named { name, value, .. } => {
            let value = value.as_ref().and_then(|value| script.literal(value));
            format!("{}={value:?}", script.text(*name).escape_ascii())
        }
        other => {
            let text = script.text(other.span()).escape_ascii().to_string();
            text.replace(' ', "")
        }
    };
    script
        .commands()
        .map(|command| {
            let mut args: Vec<_> = command.args.iter().map(arg).collect();
            args.sort();
            (words(&script, command), args)
        })
        .collect()
}
