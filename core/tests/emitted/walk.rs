//! Script → everything that it names, scripts that it stores on the router included.

use multi_isp::routeros::schema;
use multi_isp::routeros::syntax::{Arg, BinaryOp, Command, Expr, Item, Part, Root, Script, Span, UnaryOp};

/// A command of a menu (of the scripting language where `menu` is empty) and what is named with it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Use {
    pub menu: String,
    pub command: String,
    /// Arguments; the value where it is written out.
    pub arguments: Vec<(String, Option<Vec<u8>>)>,
    /// Properties that `find` and `where` ask for, and the one that `get` gives.
    pub asked: Vec<String>,
}

/// Every command of a script.
///
/// What the script stores to be run later is walked, too: it starts at the root.
pub fn uses(script: &[u8]) -> Vec<Use> {
    let mut walk = Walk { uses: Vec::new() };
    walk.script(script);
    walk.uses
}

/// Arguments whose value is a script.
const SOURCES: [(&str, &str); 10] = [
    ("/ip/dhcp-client", "script"),
    ("/ip/dhcp-server", "lease-script"),
    ("/ppp/profile", "on-down"),
    ("/ppp/profile", "on-up"),
    ("/system/scheduler", "on-event"),
    ("/system/script", "source"),
    ("/tool/netwatch", "down-script"),
    ("/tool/netwatch", "test-script"),
    ("/tool/netwatch", "up-script"),
    ("/ip/hotspot/user/profile", "on-login"),
];

struct Walk {
    uses: Vec<Use>,
}

impl Walk {
    fn script(&mut self, text: &[u8]) {
        let shown = || String::from_utf8_lossy(text).into_owned();
        let script = Script::parse(text).unwrap_or_else(|errors| panic!("{errors}\n{}", shown()));
        self.items(&script, script.items(), &mut String::new());
    }

    fn items(&mut self, source: &Script, items: &[Item], here: &mut String) {
        for command in items.iter().filter_map(Item::command) {
            self.command(source, command, here);
        }
    }

    fn command(&mut self, source: &Script, command: &Command, here: &mut String) {
        let words: Vec<String> = command.words.iter().map(|word| text(source, *word)).collect();
        let start = if command.root == Root::Relative {
            here.as_str()
        } else {
            ""
        };
        let (menu, rest) = match command.root {
            Root::Colon => (String::new(), words.as_slice()),
            _ => below(start, &words),
        };
        let Some((verb, operands)) = rest.split_first() else {
            if !words.is_empty() && command.args.is_empty() {
                *here = menu;
            } else {
                self.arguments(source, command, here);
            }
            return;
        };
        // `:if`, and `put` in any menu: the scripting language.
        let is_own = schema::menu(&menu).is_some_and(|own| own.has(verb)) || verb == "export";
        if command.root == Root::Colon || !is_own && words.len() == 1 {
            self.push(Use {
                command: verb.clone(),
                ..Use::default()
            });
            return self.arguments(source, command, here);
        }
        let mut named = Use {
            menu,
            command: verb.clone(),
            ..Use::default()
        };
        let mut operands: Vec<&str> = operands.iter().map(String::as_str).collect();
        for arg in &command.args {
            match arg {
                Arg::Named { name, value, .. } if verb == "find" => {
                    named.asked.push(text(source, *name));
                    value
                        .iter()
                        .for_each(|value| self.expr(source, value, &named.menu));
                }
                Arg::Named { name, value, .. } => {
                    let value_text = value.as_ref().and_then(|value| source.literal(value));
                    named
                        .arguments
                        .push((text(source, *name), value_text.map(|text| text.into_owned())));
                    value
                        .iter()
                        .for_each(|value| self.expr(source, value, &named.menu));
                }
                Arg::Unset { name, .. } if verb == "find" => named.asked.push(text(source, *name)),
                Arg::Unset { name, .. } => named.arguments.push((text(source, *name), None)),
                Arg::Positional(value) if verb == "find" => self.condition(source, value, &mut named),
                Arg::Positional(Expr::Word(word)) => operands.push(text_of(source, *word)),
                Arg::Positional(value) => {
                    operands.push("(expression)");
                    self.expr(source, value, &named.menu);
                }
                Arg::Where { conditions, .. } => {
                    conditions
                        .iter()
                        .for_each(|value| self.condition(source, value, &mut named));
                }
            }
        }
        place_operands(&mut named, &operands);
        let stored: Vec<Vec<u8>> = named
            .arguments
            .iter()
            .filter_map(|(name, value)| {
                let is_source = SOURCES.contains(&(named.menu.as_str(), name.as_str()));
                value.clone().filter(|value| is_source && !is_name(value))
            })
            .collect();
        self.push(named);
        stored.iter().for_each(|script| self.script(script));
    }

    fn push(&mut self, named: Use) {
        self.uses.push(named);
    }

    /// The values among the arguments of a command of the scripting language.
    fn arguments(&mut self, source: &Script, command: &Command, here: &str) {
        for arg in &command.args {
            match arg {
                Arg::Positional(value)
                | Arg::Named {
                    value: Some(value), ..
                } => self.expr(source, value, here),
                Arg::Where { conditions, .. } => {
                    conditions.iter().for_each(|value| self.expr(source, value, here));
                }
                Arg::Named { value: None, .. } | Arg::Unset { .. } => {}
            }
        }
    }

    /// A condition: words on the left name properties.
    fn condition(&mut self, source: &Script, value: &Expr, named: &mut Use) {
        match value {
            Expr::Word(word) => named.asked.push(text(source, *word)),
            Expr::Unary {
                op: UnaryOp::Not,
                operand,
                ..
            } => self.condition(source, operand, named),
            Expr::Paren {
                value: Some(value), ..
            } => self.condition(source, value, named),
            Expr::Binary {
                op: BinaryOp::And | BinaryOp::Or,
                operands,
                ..
            } => {
                self.condition(source, &operands.0, named);
                self.condition(source, &operands.1, named);
            }
            Expr::Binary { operands, .. } => {
                self.condition(source, &operands.0, named);
                self.expr(source, &operands.1, &named.menu.clone());
            }
            value => self.expr(source, value, &named.menu.clone()),
        }
    }

    fn expr(&mut self, source: &Script, value: &Expr, here: &str) {
        match value {
            Expr::Word(_) | Expr::Var { .. } | Expr::Paren { value: None, .. } => {}
            Expr::Subst { items, .. } | Expr::Block { items, .. } => {
                self.items(source, items, &mut here.to_owned());
            }
            Expr::Paren {
                value: Some(value), ..
            } => self.expr(source, value, here),
            Expr::Unary { operand, .. } => self.expr(source, operand, here),
            Expr::Binary { operands, .. } => {
                self.expr(source, &operands.0, here);
                self.expr(source, &operands.1, here);
            }
            Expr::Concat { parts, .. } => parts.iter().for_each(|part| self.expr(source, part, here)),
            Expr::Str { parts, .. } => {
                for part in parts {
                    if let Part::Value(value) = part {
                        self.expr(source, value, here);
                    }
                }
            }
            Expr::Array { elements, .. } => {
                for value in elements
                    .iter()
                    .flat_map(|element| element.key.iter().chain(&element.value))
                {
                    self.expr(source, value, here);
                }
            }
        }
    }
}

/// What stands behind the command without a name: a flag, the property that `get` gives, or a row.
fn place_operands(named: &mut Use, operands: &[&str]) {
    let single = schema::menu(&named.menu).is_some_and(|menu| menu.single());
    let rows = usize::from(!single && named.command != "add");
    let others = operands.iter().skip(rows).map(|word| (*word).to_owned());
    match named.command.as_str() {
        "add" | "set" => named
            .arguments
            .extend(others.map(|flag| (flag, Some(b"yes".to_vec())))),
        "get" => named.asked.extend(others),
        _ => {}
    }
}

/// The menu that words name from `start` on, and the words that are left.
fn below<'a>(start: &str, words: &'a [String]) -> (String, &'a [String]) {
    let mut menu = start.to_owned();
    for (index, word) in words.iter().enumerate() {
        let child = format!("{menu}/{word}");
        let is_menu =
            |own: &schema::Menu| own.path() == child || own.path().starts_with(&format!("{child}/"));
        if word == ".." {
            menu.truncate(menu.rfind('/').unwrap_or(0));
        } else if schema::menus().any(is_menu) {
            menu = child;
        } else {
            return (menu, words.get(index..).unwrap_or_default());
        }
    }
    (menu, &[])
}

/// Whether an event is the bare name of a script.
fn is_name(value: &[u8]) -> bool {
    value
        .iter()
        .all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
}

fn text(source: &Script, span: Span) -> String {
    text_of(source, span).to_owned()
}

fn text_of(source: &Script, span: Span) -> &str {
    std::str::from_utf8(source.text(span)).expect("what is emitted is ASCII where it is a word")
}
