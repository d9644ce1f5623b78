//! The language, from texts made by hand: what is read from them, and what is refused.

use std::fmt::Write as _;

use multi_isp::routeros::syntax::{Arg, Expr, Item, Part, Root, Script};

#[test]
fn trees_of_the_fixtures() {
    insta::glob!("fixtures/*.rsc", |path| {
        let source = std::fs::read(path).unwrap();
        let script = Script::parse(&source).unwrap_or_else(|errors| panic!("{}", errors.render()));
        let mut out = Tree {
            script: &script,
            out: String::new(),
            indent: 0,
        };
        out.items(script.items());
        insta::assert_snapshot!(out.out);
    });
}

#[test]
fn line_ends_of_every_kind_make_the_same_tree() {
    for source in [
        include_str!("fixtures/paths.rsc"),
        include_str!("fixtures/arguments.rsc"),
        include_str!("fixtures/scripting.rsc"),
    ] {
        let words = |end: &str| {
            let text = source.replace('\n', end);
            let script = Script::parse(text.as_bytes()).unwrap();
            let words: Vec<Vec<u8>> = script
                .commands()
                .flat_map(|command| command.words.iter().map(|&word| script.text(word).to_vec()))
                .collect();
            (script.items().len(), words)
        };
        assert_eq!(words("\n"), words("\r\n"));
        assert_eq!(words("\n"), words("\r"));
    }
}

/// Text, the code of the first error, and what it points at
const REFUSED: &[(&str, &str, &str)] = &[
    ("Columns: TYPE", "expected-command-name", "1:1 C"),
    ("/ip route\n> print", "expected-command-name", "2:1 >"),
    ("\"x\"=1", "expected-command-name", "1:1 \""),
    ("/*", "expected-command-name", "1:2 *"),
    ("[admin@MikroTik] > :put 1", "syntax-error", "1:7 @"),
    ("owner=x", "syntax-error", "1:6 ="),
    ("... script=\"x\"", "syntax-error", "1:11 ="),
    ("volumes:", "syntax-error", "1:8 :"),
    ("$ x", "syntax-error", "1:2  "),
    ("[x] y (z): w", "syntax-error", "1:10 :"),
    ("tostr: 1", "expected-end-of-command", "1:6 :"),
    ("/ip route add list='x'", "syntax-error", "1:20 '"),
    (":put (+ 1 1)", "syntax-error", "1:7 +"),
    (":put ((1+))", "syntax-error", "1:10 )"),
    (":set x 1", "syntax-error", "1:6 x"),
    (":do { :local x 1 }\n:set x 2", "syntax-error", "2:6 x"),
    (":for i from=1 to=2 do={ }\n:set i 2", "syntax-error", "2:6 i"),
    (":local x($i->7)", "expected-end-of-command", "1:9 ("),
    (":local café 1", "expected-end-of-command", "1:11 é"),
    (
        ":put [:find where name=\"x\"]",
        "expected-end-of-command",
        "1:23 =",
    ),
    (
        "/ip route add gateway=1.1.1.1 # note",
        "expected-end-of-command",
        "1:31 #",
    ),
    (":put \"a\\w\"", "expected-input-value", "1:9 w"),
    (":put \"\\c3\"", "expected-input-value", "1:8 c"),
    (":if (1) do={\n:put 1\n", "expected-closing-brace", "3:1 "),
    (":put [:len 1", "expected-closing-bracket", "1:13 "),
    (":put (1 + 2", "expected-closing-parenthesis", "1:12 "),
    (":put \"abc\n", "expected-closing-quote", "1:6 \""),
    (":put 1]", "expected-command-name", "1:7 ]"),
];

#[test]
fn what_the_router_refuses_is_refused_at_its_place() {
    for (text, code, place) in REFUSED {
        let errors = Script::parse(text.as_bytes()).expect_err(text);
        let error = errors.first();
        let at = error.place.unwrap();
        let found = text[at.offset..]
            .chars()
            .next()
            .map(String::from)
            .unwrap_or_default();
        assert_eq!(
            (error.code.as_str(), format!("{at} {found}").as_str()),
            (*code, *place),
            "{text}"
        );
    }
}

#[test]
fn a_fault_ends_its_command_only() {
    let cases: &[(&str, &[&str])] = &[
        (
            "/ip route\nadd gateway='x'\nadd gateway=1.1.1.1\n",
            &["/ip route", "!add gateway='x'", "add gateway=1.1.1.1"],
        ),
        ("put ^; put 2", &["!put ^", "put 2"]),
        (
            ":if (1) do={\n bad^\n :put 1\n}\n:put 2",
            &[":if (1) do={\n bad^\n :put 1\n}", ":put 2"],
        ),
        ("bad^ {\n x \n}\n:put 2", &["!bad^ {\n x \n}", ":put 2"]),
        ("[admin@x] > {\n:put 2\n", &["![admin@x] > {", ":put 2"]),
        (":put 1\n}\n:put 2", &[":put 1", "!}", ":put 2"]),
        (
            "/ip route print # all\n:put 2",
            &["/ip route print", "# all", ":put 2"],
        ),
    ];
    for (text, wanted) in cases {
        let script = Script::parse_lenient(text.as_bytes());
        let found: Vec<String> = script
            .items()
            .iter()
            .map(|item| {
                let mark = if matches!(item, Item::Error(_)) { "!" } else { "" };
                mark.to_owned() + std::str::from_utf8(script.text(item.span())).unwrap()
            })
            .collect();
        assert_eq!(found, *wanted, "{text}");
        assert!(!script.findings().is_empty());
    }
}

#[test]
fn a_stray_brace_ends_what_the_router_reads() {
    let script = Script::parse(b":put 1\n}\nAnything: at all").unwrap();
    assert_eq!(script.commands().count(), 1);
    assert_eq!(script.findings()[0].code.as_str(), "unopened-brace");
}

/// A tree as indented text
struct Tree<'a> {
    script: &'a Script,
    out: String,
    indent: usize,
}

impl Tree<'_> {
    fn row(&mut self, label: &str, span: Option<multi_isp::routeros::syntax::Span>) {
        let text = span.map(|span| self.script.text(span).escape_ascii().to_string());
        let row = [label, &text.unwrap_or_default()].join(" ");
        writeln!(self.out, "{}{}", "  ".repeat(self.indent), row.trim()).unwrap();
    }

    fn deeper(&mut self, walk: impl FnOnce(&mut Self)) {
        self.indent += 1;
        walk(self);
        self.indent -= 1;
    }

    fn items(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Comment(span) => self.row("comment", Some(*span)),
                Item::Error(span) => self.row("error", Some(*span)),
                Item::Command(command) => {
                    let words: Vec<String> = command
                        .words
                        .iter()
                        .map(|&word| self.script.text(word).escape_ascii().to_string())
                        .collect();
                    let root = match command.root {
                        Root::Slash => "/",
                        Root::Colon => ":",
                        Root::Relative => "",
                    };
                    self.row(&format!("command {root}{}", words.join(" ")), None);
                    self.deeper(|tree| command.args.iter().for_each(|arg| tree.arg(arg)));
                }
            }
        }
    }

    fn arg(&mut self, arg: &Arg) {
        match arg {
            Arg::Positional(value) => self.expr("", value),
            Arg::Named {
                name,
                value: Some(value),
                ..
            } => {
                let name = self.script.text(*name).escape_ascii().to_string();
                self.expr(&(name + " = "), value);
            }
            Arg::Named {
                name, value: None, ..
            } => self.row("empty", Some(*name)),
            Arg::Unset { name, .. } => self.row("unset", Some(*name)),
            Arg::Where { conditions, .. } => {
                self.row("where", None);
                self.deeper(|tree| conditions.iter().for_each(|condition| tree.expr("", condition)));
            }
        }
    }

    fn expr(&mut self, label: &str, expr: &Expr) {
        let span = Some(expr.span());
        match expr {
            Expr::Word(_) => self.row(&format!("{label}word"), span),
            Expr::Str { parts, .. } => {
                self.row(&format!("{label}text"), span);
                self.deeper(|tree| {
                    for part in parts {
                        match part {
                            Part::Text(span) => tree.row("piece", Some(*span)),
                            Part::Value(value) => tree.expr("", value),
                        }
                    }
                });
            }
            Expr::Var { name, .. } => self.row(&format!("{label}variable"), Some(*name)),
            Expr::Paren { value, .. } => {
                self.row(&format!("{label}()"), None);
                self.deeper(|tree| value.iter().for_each(|value| tree.expr("", value)));
            }
            Expr::Subst { items, .. } => {
                self.row(&format!("{label}[]"), None);
                self.deeper(|tree| tree.items(items));
            }
            Expr::Block { items, .. } => {
                self.row(&format!("{label}{{}} code"), None);
                self.deeper(|tree| tree.items(items));
            }
            Expr::Array { elements, .. } => {
                self.row(&format!("{label}{{}} array"), None);
                self.deeper(|tree| {
                    for element in elements {
                        if let Some(key) = &element.key {
                            tree.expr("key ", key);
                        }
                        if let Some(value) = &element.value {
                            tree.expr("element ", value);
                        }
                    }
                });
            }
            Expr::Unary { op, operand, .. } => {
                self.row(&format!("{label}{op:?}"), None);
                self.deeper(|tree| tree.expr("", operand));
            }
            Expr::Binary { op, operands, .. } => {
                self.row(&format!("{label}{}", op.symbol()), None);
                self.deeper(|tree| {
                    tree.expr("", &operands.0);
                    tree.expr("", &operands.1);
                });
            }
            Expr::Concat { parts, .. } => {
                self.row(&format!("{label}joined"), None);
                self.deeper(|tree| parts.iter().for_each(|part| tree.expr("", part)));
            }
        }
    }
}
