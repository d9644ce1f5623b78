//! What is emitted exists in the version of RouterOS that it is emitted for.

use multi_isp::plan::{Options, Plan, plan_apply};
use multi_isp::routeros::schema;
use multi_isp::routeros::syntax::{Arg, Command, Expr, Script};
use serde_json::Value;

use crate::examples::{Case, cases};
use crate::shared::shared;

fn plan(case: &Case) -> Plan {
    plan_apply(&case.site, &case.router, &Options::default()).expect("a documented case can be planned")
}

#[test]
fn every_argument_stands_in_the_routers_own_command_tree() {
    let Some(schema) = shared("schema") else { return };
    let mut seen = 0;
    for case in cases() {
        let plan = plan(&case);
        let file = schema.join(format!("{}.json", plan.version()));
        let tree: Value =
            serde_json::from_slice(&std::fs::read(&file).expect("the example's version has a tree"))
                .expect("a tree is JSON");
        for step in plan.steps() {
            let script = Script::parse(&step.change.command()).expect("what is emitted parses");
            let command = script.commands().next().expect("a step is one command");
            let Some((menu, verb)) = menu_and_verb(&script, command) else {
                continue;
            };
            let known = tree[&menu][&verb]
                .as_array()
                .unwrap_or_else(|| panic!("{}: {menu} {verb}", case.name));
            for name in argument_names(&script, command) {
                assert!(
                    known.iter().any(|known| *known == *name),
                    "{}: {menu} {verb} {name}",
                    case.name
                );
                seen += 1;
            }
        }
    }
    println!("{seen} arguments stand in the command trees");
    assert!(seen > 500, "only {seen} arguments were looked at");
}

#[test]
fn every_argument_exists_in_the_version_of_the_router() {
    let mut seen = 0;
    for case in cases() {
        let plan = plan(&case);
        for step in plan.steps() {
            seen += check_against_schema(&case.name, &plan, &step.change.command());
        }
    }
    assert!(seen > 500, "only {seen} arguments were looked at");
}

/// Looks every argument of an `add` or a `set` up; gives how many there were.
fn check_against_schema(name: &str, plan: &Plan, command: &[u8]) -> usize {
    let script = Script::parse(command).expect("what is emitted parses");
    let command = script.commands().next().expect("a step is one command");
    let Some((path, verb)) = menu_and_verb(&script, command) else {
        return 0;
    };
    let menu = schema::menu(&path).unwrap_or_else(|| panic!("{name}: `{path}` is not in the schema"));
    let names = argument_names(&script, command);
    for argument in names.iter().filter(|argument| *argument != "place-before") {
        let existence = menu.has_property(argument, plan.version());
        assert!(existence.is_yes(), "{name}: {path} {argument}: {existence:?}");
    }
    if verb == "add" {
        for required in menu.required() {
            assert!(
                names.iter().any(|name| name == required),
                "{name}: {path} add needs {required}"
            );
        }
    }
    names.len()
}

/// The menu and the verb of an `add` or a `set`.
fn menu_and_verb(script: &Script, command: &Command) -> Option<(String, String)> {
    let text = |word: &_| String::from_utf8(script.text(*word).to_vec()).expect("ASCII");
    let words: Vec<String> = command.words.iter().map(text).collect();
    let (verb, path) = words
        .split_last()
        .filter(|(verb, _)| matches!(verb.as_str(), "add" | "set"))?;
    Some((path.iter().flat_map(|word| ["/", word]).collect(), verb.clone()))
}

fn argument_names(script: &Script, command: &Command) -> Vec<String> {
    let span = |arg: &Arg| match arg {
        Arg::Named { name, .. } | Arg::Unset { name, .. } => Some(*name),
        Arg::Positional(Expr::Word(span)) => Some(*span),
        _ => None,
    };
    let text = |span| String::from_utf8(script.text(span).to_vec()).expect("ASCII");
    command.args.iter().filter_map(span).map(text).collect()
}
