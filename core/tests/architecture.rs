//! The rules that keep the parts apart (ARCHITECTURE.md), read from the sources: a failure names file, line and rule.

use std::fmt;
use std::path::{Path, PathBuf};

use source::Source;

mod source;

/// Modules that know what an internet line is; `routeros` is a library without them.
const ABOUT_LINES: &[&str] = &[
    "site",
    "pcc",
    "failover",
    "survey",
    "desired",
    "plan",
    "preflight",
    "audit",
    "simulate",
    "status",
    "alerts",
    "emit",
    "rule",
    "rulebook",
];

/// Rules 1 to 3: a module and those that it never imports.
const NEVER_IMPORTS: &[(u8, &str, &[&str])] = &[
    (1, "routeros", ABOUT_LINES),
    (1, "document", ABOUT_LINES),
    (1, "document", &["routeros"]),
    (2, "site", &["routeros", "pcc", "failover"]),
    (2, "pcc", &["routeros", "failover"]),
    (2, "failover", &["routeros", "pcc"]),
    (3, "desired", &["plan", "emit"]),
    (3, "plan", &["emit", "audit", "rulebook"]),
    (3, "survey", &["desired", "preflight", "plan", "emit"]),
    (3, "preflight", &["plan", "emit", "audit", "rulebook"]),
    (
        3,
        "audit",
        &["site", "desired", "emit", "status", "alerts", "rulebook"],
    ),
    (
        3,
        "rule",
        &[
            "site",
            "survey",
            "preflight",
            "plan",
            "audit",
            "simulate",
            "rulebook",
        ],
    ),
    (3, "simulate", &["site", "plan", "desired"]),
    (3, "status", &["plan", "preflight", "simulate", "alerts"]),
    (
        3,
        "alerts",
        &["routeros", "plan", "desired", "emit", "preflight", "simulate"],
    ),
];

/// What rule 2 lets through: the order of versions is a plain value.
const VERSION: [&str; 2] = ["routeros", "version"];

/// Rule 6: what core never names, each a path's first names.
const OUTSIDE: &[&str] = &["std", "hashbrown", "libc", "pyo3", "napi", "uniffi"];

/// Headings of a rule's page, in this order.
const PAGE: &[&str] = &["Checks", "Why it matters", "Example", "Instead", "Fix", "Sources"];

const LONGEST_FILE: usize = 600;

/// Made of the JSON Schemas; uniffi wants all types in one module.
const RECORDS: &str = "bindings-mobile/src/records.rs";

#[test]
fn the_sources_keep_the_rules() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut faults = Vec::new();
    let mut seen = 0;
    for path in sources(&root) {
        let name = path
            .strip_prefix(&root)
            .unwrap()
            .to_str()
            .unwrap()
            .replace('\\', "/");
        let text = std::fs::read_to_string(&path).unwrap();
        faults.extend(check(&name, &text));
        if is_rule(&name) {
            let page = path.parent().unwrap().join(page_of(&text));
            faults.extend(check_page(
                &name,
                &std::fs::read_to_string(page).unwrap_or_default(),
            ));
            faults.extend(check_cases(&name, &text));
        }
        seen += 1;
    }
    assert!(seen > 20, "only {seen} sources under {}", root.display());
    let faults: Vec<String> = faults.iter().map(Fault::to_string).collect();
    assert!(
        faults.is_empty(),
        "{} faults\n{}",
        faults.len(),
        faults.join("\n")
    );
}

/// A rule broken at a place.
#[derive(Debug, PartialEq)]
struct Fault {
    file: String,
    line: usize,
    rule: Rule,
    what: String,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Rule {
    /// One of the six of DESIGN, "imports that must never exist".
    Import(u8),
    Page,
    Cases,
    Length,
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Fault {
            file,
            line,
            rule,
            what,
        } = self;
        let rule = match rule {
            Rule::Import(number) => format!("import rule {number}"),
            Rule::Page => "a rule has its page".to_owned(),
            Rule::Cases => "a rule has its cases".to_owned(),
            Rule::Length => format!("no file over {LONGEST_FILE} lines"),
        };
        write!(out, "{file}:{line}: {rule}: {what}")
    }
}

/// Everything that one source file does against the rules; `file` is its path from the top of the repository.
fn check(file: &str, text: &str) -> Vec<Fault> {
    let source = Source::read(text);
    let mut found = Vec::new();
    if let Some(module) = core_module(file) {
        found.extend(imports(&module, &source));
        found.extend(outside(&source));
        found.extend(router_text(&module, &source));
    } else if file.starts_with("bindings-") {
        found.extend(past_the_paved_path(&source));
    }
    let length = text.lines().count();
    if length > LONGEST_FILE && file != RECORDS {
        found.push((LONGEST_FILE + 1, Rule::Length, format!("{length} lines")));
    }
    found
        .into_iter()
        .map(|(line, rule, what)| Fault {
            file: file.to_owned(),
            line,
            rule,
            what,
        })
        .collect()
}

type Found = (usize, Rule, String);

/// Rules 1, 2 and 3.
fn imports(module: &[&str], source: &Source) -> Vec<Found> {
    let mut found = Vec::new();
    for (line, path) in source.paths(module) {
        let ["crate", target @ ..] = path.as_slice() else {
            continue;
        };
        for (rule, from, never) in NEVER_IMPORTS {
            let allowed = *rule == 2 && target.starts_with(&VERSION);
            if module.first() == Some(from) && target.first().is_some_and(|to| never.contains(to)) && !allowed
            {
                found.push((
                    line,
                    Rule::Import(*rule),
                    format!("`{from}` never imports `{}`", target[0]),
                ));
            }
        }
        // Audit finds some faults of preflight in its own way: one code, one page.
        if let ([_, "rules", rule, ..], [_, "rules", other, ..]) = (module, target)
            && rule != other
        {
            found.push((
                line,
                Rule::Import(3),
                format!("the rule `{rule}` never imports the rule `{other}`"),
            ));
        }
        // The paved path at the crate's root would be a way around the table above.
        if target
            .first()
            .is_some_and(|name| name.starts_with(char::is_uppercase))
        {
            let what = format!("`crate::{}` is for callers; import it from its module", target[0]);
            found.push((line, Rule::Import(1), what));
        }
    }
    found
}

/// Rule 4: text that looks like a RouterOS command, or like the escaping of one, in a literal outside `syntax`.
fn router_text(module: &[&str], source: &Source) -> Vec<Found> {
    if module.starts_with(&["routeros", "syntax"]) {
        return Vec::new();
    }
    let command = |text: &str| {
        let is_path = text.starts_with('/')
            && ["add", "set", "remove", "move", "enable", "disable", "unset"]
                .iter()
                .any(|verb| text.split(' ').skip(1).any(|word| word == *verb));
        let is_script = [":if ", ":local ", ":foreach ", ":do ", ":onerror "]
            .iter()
            .any(|word| text.starts_with(word));
        is_path || is_script || text.contains("[find") || text.contains("[ find") || text.contains("={")
    };
    let mut found = Vec::new();
    for (line, literal) in source.literals() {
        if command(literal) {
            found.push((
                line,
                Rule::Import(4),
                format!("only `syntax::print` formats router text: {literal:?}"),
            ));
        }
        if literal.contains(r#"\\\""#) || literal.contains(r"\\$") {
            found.push((
                line,
                Rule::Import(4),
                format!("only `syntax::quote` escapes: {literal:?}"),
            ));
        }
    }
    found
}

/// Rule 5: a binding names `multi_isp::Name`, never a module below it.
fn past_the_paved_path(source: &Source) -> Vec<Found> {
    let mut found = Vec::new();
    for (line, path) in source.paths(&[]) {
        if let ["multi_isp", module, _, ..] = path.as_slice()
            && module.starts_with(char::is_lowercase)
        {
            found.push((
                line,
                Rule::Import(5),
                format!("`multi_isp::{module}` is not on the paved path"),
            ));
        }
    }
    found
}

/// Rule 6.
fn outside(source: &Source) -> Vec<Found> {
    let named = source.paths(&[]).into_iter().filter_map(|(line, path)| {
        let root = *path.first()?;
        OUTSIDE
            .contains(&root)
            .then(|| (line, Rule::Import(6), format!("core never names `{root}`")))
    });
    named.collect()
}

/// The page that a rule names in its first line: its own, or that of the same fault in preflight.
fn page_of(rule: &str) -> &str {
    let first = rule.lines().next().unwrap_or_default();
    let page = first.strip_prefix("#![doc = include_str!(\"");
    page.and_then(|page| page.strip_suffix("\")]"))
        .unwrap_or_default()
}

/// The page of a rule has the fixed headings, each once and in order.
fn check_page(rule: &str, page: &str) -> Option<Fault> {
    let headings: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    let what = format!("its `.md` has the headings {headings:?}, not {PAGE:?}");
    (headings != PAGE).then(|| Fault {
        file: rule.to_owned(),
        line: 1,
        rule: Rule::Page,
        what,
    })
}

/// A rule of audit has a table of routers at its foot, which its module holds to two of each kind; one of preflight has tests, which
/// flag and pass.
fn check_cases(rule: &str, text: &str) -> Option<Fault> {
    let foot = text.split_once("#[cfg(test)]").map_or("", |(_, foot)| foot);
    let has = |signs: &[&str]| signs.iter().any(|sign| foot.contains(sign));
    let is_held = match rule.contains("/audit/") {
        true => has(&["const CASES: crate::audit::testing::Cases"]),
        false => {
            let flags = has(&["assert_eq!", "assert!(found", "starts_with", "ends_with"]);
            flags
                && has(&[
                    "is_empty()",
                    "[\"\"; 0]",
                    ", 0)",
                    ", [])",
                    "Vec::<String>::new()",
                    "[0, 1]",
                    "0, \"",
                    "(1, 0)",
                ])
        }
    };
    (!is_held).then(|| Fault {
        file: rule.to_owned(),
        line: 1,
        rule: Rule::Cases,
        what: "no case flags it, or none passes".to_owned(),
    })
}

/// The path of a module of core below `crate`, such as `["routeros", "syntax", "lex"]`.
fn core_module(file: &str) -> Option<Vec<&str>> {
    let inner = file.strip_prefix("core/src/")?.strip_suffix(".rs")?;
    let inner = inner.strip_suffix("/mod").unwrap_or(inner);
    Some(if inner == "lib" {
        Vec::new()
    } else {
        inner.split('/').collect()
    })
}

fn is_rule(file: &str) -> bool {
    matches!(
        core_module(file).as_deref(),
        Some(["preflight" | "audit", "rules", _, ..])
    )
}

/// Every Rust source of the repository, in order.
pub fn sources(root: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if path.is_dir() && !name.starts_with('.') && name != "target" && name != "node_modules" {
                folders.push(path);
            } else if name.ends_with(".rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

mod planted {
    use super::*;

    fn rules(file: &str, text: &str) -> Vec<(usize, Rule)> {
        check(file, text)
            .into_iter()
            .map(|fault| (fault.line, fault.rule))
            .collect()
    }

    #[test]
    fn an_import_in_any_form_is_seen() {
        let text =
            "use alloc::vec::Vec;\n\nuse crate::{\n    diagnostic::Code,\n    site::{Line, Site},\n};\n";
        assert_eq!(
            rules("core/src/routeros/read/export.rs", text),
            [(5, Rule::Import(1)), (5, Rule::Import(1))]
        );
        let text = "fn f() { super::super::super::plan::diff() }";
        assert_eq!(
            rules("core/src/routeros/read/export.rs", text),
            [(1, Rule::Import(1))]
        );
        assert_eq!(
            rules("core/src/plan/mod.rs", "use super::emit;"),
            [(1, Rule::Import(3))]
        );
        assert_eq!(
            rules("core/src/simulate/mod.rs", "use crate::Site;"),
            [(1, Rule::Import(1))]
        );
        assert_eq!(
            check("core/src/desired/nat.rs", "\nuse crate::plan::Step;")[0].to_string(),
            "core/src/desired/nat.rs:2: import rule 3: `desired` never imports `plan`"
        );
    }

    #[test]
    fn version_is_the_one_thing_of_routeros_that_failover_may_name() {
        let text = "use crate::routeros::{version::{Version, Gate}, schema};";
        assert_eq!(rules("core/src/failover/mod.rs", text), [(1, Rule::Import(2))]);
    }

    #[test]
    fn a_rule_knows_no_other_rule() {
        let text = "use super::same_gateway::pairs;\nuse crate::preflight::Context;\n";
        assert_eq!(
            rules("core/src/preflight/rules/duplicate_port.rs", text),
            [(1, Rule::Import(3))]
        );
        assert_eq!(
            rules("core/src/preflight/rules/mod.rs", "use self::same_gateway::RULE;"),
            []
        );
        let text = "use crate::preflight::rules::same_gateway;\n";
        assert_eq!(rules("core/src/audit/rules/same_gateway.rs", text), []);
        assert_eq!(
            rules("core/src/audit/rules/nat_missing.rs", text),
            [(1, Rule::Import(3))]
        );
    }

    #[test]
    fn router_text_outside_print_is_seen() {
        let text =
            r##"fn f() { write(r#"/ip route add gateway="#); g("gateway={gateway}"); h("[find name=x]") }"##;
        assert_eq!(rules("core/src/emit/script.rs", text), [(1, Rule::Import(4)); 3]);
        assert_eq!(
            rules("core/src/emit/script.rs", r#"fn f() { s.replace('"', "\\\"") }"#),
            [(1, Rule::Import(4))]
        );
        assert_eq!(rules("core/src/routeros/syntax/print.rs", text), []);
    }

    #[test]
    fn std_is_seen_outside_tests_only() {
        let text = "use std::collections::HashMap;\n#[cfg(test)]\nextern crate std;\n#[cfg(test)]\nmod tests { use std::fs; }\n";
        assert_eq!(rules("core/src/pcc/mod.rs", text), [(1, Rule::Import(6))]);
        assert_eq!(rules("xtask/src/main.rs", text), []);
        let file =
            "//! Tests.\n\n#![cfg(test)]\n\nuse std::fs;\nconst A: &str = \"/ip route add gateway=x\";\n";
        assert_eq!(rules("core/src/pcc/tests.rs", file), []);
    }

    #[test]
    fn what_stands_in_a_comment_or_a_string_is_no_import() {
        let text = "// use crate::plan;\n/* crate::plan::x */ const A: &str = \"crate::plan::x\"; const B: char = '\"'; // \"\n";
        assert_eq!(rules("core/src/routeros/mod.rs", text), []);
    }

    #[test]
    fn a_binding_stays_on_the_paved_path() {
        let text = "use multi_isp::{plan_apply, Site};\nuse multi_isp::routeros::schema;\n";
        assert_eq!(rules("bindings-python/src/lib.rs", text), [(2, Rule::Import(5))]);
    }

    #[test]
    fn a_long_file_and_a_page_without_its_headings_are_seen() {
        assert_eq!(
            rules("xtask/src/main.rs", &"\n".repeat(601)),
            [(601, Rule::Length)]
        );
        let page: String = PAGE
            .iter()
            .map(|heading| format!("## {heading}\n\ntext\n\n"))
            .collect();
        assert_eq!(check_page("core/src/preflight/rules/a.rs", &page), None);
        assert!(check_page("core/src/preflight/rules/a.rs", &page.replace("## Fix\n", "")).is_some());
        assert!(check_page("core/src/preflight/rules/a.rs", "").is_some());
        assert_eq!(
            page_of("#![doc = include_str!(\"../../a.md\")]\n\nuse x;"),
            "../../a.md"
        );
    }
}
