//! Which rows a script changes that runs by itself: what its commands find, compared with the rows of a set-up.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use super::links::Links;
use super::{SetupRow, role};
use crate::routeros::router::{Router, Row};
use crate::routeros::syntax::{Arg, BinaryOp, Command, Expr, Item, Part, Root, Script};
use crate::survey::Client;
use crate::survey::switching::{DEEPEST, STEERING, VERBS, reached, steers};

/// What a script may steer: rows of a set-up, switched off or not, and the clients of lines.
pub(super) struct Steered<'a> {
    pub router: &'a Router,
    pub links: &'a Links<'a>,
    pub rows: Vec<SetupRow<'a>>,
    pub clients: Vec<Client<'a>>,
}

impl Steered<'_> {
    /// Whether a script, or one that it names or wakes, changes one of them. What cannot be told of a script speaks against it.
    pub(super) fn by(&self, source: &str) -> bool {
        let mut sources = reached(self.router, source).into_iter();
        sources.any(|source| {
            let told = self.told(&source, DEEPEST);
            told.unwrap_or_else(|| steers(&source) && !self.rows.is_empty())
        })
    }

    /// Whether the commands of a script change one of them; `None` where none is seen that changes such rows at all.
    fn told(&self, source: &str, depth: usize) -> Option<bool> {
        let script = Script::parse_lenient(source.as_bytes());
        let mut walk = Walk {
            script: &script,
            acts: Vec::new(),
            texts: Vec::new(),
        };
        walk.items(script.items(), &[]);
        let acts = walk.acts.iter().filter(|act| act.steers(&script));
        let acts = acts.map(|act| self.meets(&script, act, &walk.acts));
        let texts = walk.texts.iter().filter(|_| depth > 0);
        let texts = texts.filter_map(|text| self.told(text, depth.saturating_sub(1)));
        acts.chain(texts).reduce(|one, other| one || other)
    }

    fn meets(&self, script: &Script, act: &Act<'_>, acts: &[Act<'_>]) -> bool {
        let mut rows = self.rows.iter().filter(|found| act.is_in(found.menu));
        let mut clients = self.clients.iter().filter(|client| act.is_in(client.menu));
        if act.verb == "add" {
            return self.adds(script, act);
        }
        rows.any(|found| act.may_mean(script, found.row, acts))
            || clients.any(|client| act.may_mean(script, client.row, acts))
    }

    /// Whether a command adds a default over a line, or a rule of a mark or table that others of the set-up have.
    fn adds(&self, script: &Script, act: &Act<'_>) -> bool {
        if !act.is_in("/ip/route") {
            let is_alike = |name: &&str| {
                let own = act.value(script, name);
                let mut rows = self.rows.iter().filter(|found| act.is_in(found.menu));
                own.is_some_and(|own| rows.any(|found| found.row.is(name, &own)))
            };
            return ["new-routing-mark", "new-connection-mark", "table"]
                .iter()
                .any(is_alike);
        }
        let mut row = self.router.new_row("/ip/route");
        let given = ["dst-address", "gateway"].into_iter();
        let given: Vec<&str> = given.filter(|name| act.named(script, name).is_some()).collect();
        for name in &given {
            if let Some(value) = act.value(script, name) {
                row.set(name, value.as_ref());
            }
        }
        let is_known = |name: &str| !given.contains(&name) || row.get(name).is_some();
        let leads = !is_known("gateway") || self.links.lead_over_lines(&row);
        given.contains(&"gateway") && is_known("dst-address") && role::is_default(&row) && leads
    }
}

/// A command of a menu.
struct Act<'s> {
    /// The words of its menu.
    menu: Vec<&'s str>,
    verb: &'s str,
    args: &'s [Arg],
}

impl<'s> Act<'s> {
    fn is_in(&self, menu: &str) -> bool {
        menu.split('/').skip(1).eq(self.menu.iter().copied())
    }

    /// Whether it changes rows that choose between lines, or the distance of a client's default.
    fn steers(&self, script: &Script) -> bool {
        let is_steering = STEERING
            .iter()
            .any(|menu| menu.split(' ').eq(self.menu.iter().copied()));
        VERBS.contains(&self.verb) && (is_steering || self.named(script, "default-route-distance").is_some())
    }

    /// Whether a row may be one that it is about. Where that stands in a variable, what the script finds in the menu tells, if it
    /// finds anything there.
    fn may_mean(&self, script: &Script, row: &Row, acts: &[Act<'_>]) -> bool {
        let found = self.args.iter().find_map(|arg| match arg {
            Arg::Positional(Expr::Subst { items, .. }) => items.iter().find_map(Item::command),
            _ => None,
        });
        if let Some(found) = found {
            return finds(script, &found.args, row);
        }
        let mut finding = acts
            .iter()
            .filter(|act| act.verb == "find" && act.menu == self.menu)
            .peekable();
        finding.peek().is_none() || finding.any(|act| finds(script, act.args, row))
    }

    fn named(&self, script: &Script, wanted: &str) -> Option<&'s Option<Expr>> {
        self.args.iter().find_map(|arg| match arg {
            Arg::Named { name, value, .. } if script.text(*name) == wanted.as_bytes() => Some(value),
            _ => None,
        })
    }

    fn value<'t>(&self, script: &'t Script, name: &str) -> Option<Cow<'t, [u8]>> {
        script.literal(self.named(script, name)?.as_ref()?)
    }
}

/// The commands of a script, those in its blocks and brackets too, and the texts that it runs as scripts.
struct Walk<'s> {
    script: &'s Script,
    acts: Vec<Act<'s>>,
    texts: Vec<String>,
}

impl<'s> Walk<'s> {
    fn items(&mut self, items: &'s [Item], here: &[&'s str]) {
        let mut here = here.to_vec();
        for command in items.iter().filter_map(Item::command) {
            self.command(command, &mut here);
        }
    }

    fn command(&mut self, command: &'s Command, here: &mut Vec<&'s str>) {
        let script = self.script;
        let words = command.words.iter();
        let words: Vec<&str> = words
            .filter_map(|word| core::str::from_utf8(script.text(*word)).ok())
            .collect();
        if words.first().is_some_and(|word| RUNS_TEXT.contains(word)) {
            let texts = command.args.iter().filter_map(|arg| match arg {
                Arg::Positional(value)
                | Arg::Named {
                    value: Some(value), ..
                } => script.literal(value),
                _ => None,
            });
            let texts = texts.map(|text| String::from_utf8_lossy(&text).into_owned());
            self.texts.extend(texts);
        }
        let path = match command.root {
            Root::Slash => words,
            Root::Relative => [here.as_slice(), &words].concat(),
            Root::Colon => Vec::new(),
        };
        let verb = path
            .iter()
            .position(|word| VERBS.contains(word) || OTHERS.contains(word));
        let mut within = here.clone();
        if let Some((menu, [verb, ..])) = verb.and_then(|at| path.split_at_checked(at)) {
            within = menu.to_vec();
            self.acts.push(Act {
                menu: menu.to_vec(),
                verb,
                args: &command.args,
            });
        } else if command.root == Root::Slash && command.args.is_empty() {
            here.clone_from(&path);
        }
        for arg in &command.args {
            match arg {
                Arg::Positional(value)
                | Arg::Named {
                    value: Some(value), ..
                } => self.value(value, &within),
                Arg::Where { conditions, .. } => {
                    conditions.iter().for_each(|value| self.value(value, &within));
                }
                Arg::Named { value: None, .. } | Arg::Unset { .. } => {}
            }
        }
    }

    fn value(&mut self, value: &'s Expr, here: &[&'s str]) {
        match value {
            Expr::Subst { items, .. } | Expr::Block { items, .. } => self.items(items, here),
            Expr::Paren {
                value: Some(value), ..
            }
            | Expr::Unary { operand: value, .. } => {
                self.value(value, here);
            }
            Expr::Binary { operands, .. } => {
                self.value(&operands.0, here);
                self.value(&operands.1, here);
            }
            Expr::Concat { parts, .. } => parts.iter().for_each(|part| self.value(part, here)),
            Expr::Str { parts, .. } => parts.iter().for_each(|part| match part {
                Part::Value(value) => self.value(value, here),
                Part::Text(_) => {}
            }),
            Expr::Array { elements, .. } => {
                let values = elements.iter().filter_map(|element| element.value.as_ref());
                values.for_each(|value| self.value(value, here));
            }
            Expr::Paren { value: None, .. } | Expr::Word(_) | Expr::Var { .. } => {}
        }
    }
}

/// Whether a query may find a row.
fn finds(script: &Script, args: &[Arg], row: &Row) -> bool {
    args.iter().all(|arg| match arg {
        Arg::Where { conditions, .. } => conditions.iter().all(|condition| fits(script, condition, row)),
        _ => true,
    })
}

/// Whether a condition may be true of a row: that of a state, or of what a variable holds, may always be.
fn fits(script: &Script, condition: &Expr, row: &Row) -> bool {
    match condition {
        Expr::Paren {
            value: Some(value), ..
        } => fits(script, value, row),
        Expr::Binary { op, operands, .. } => {
            let (left, right) = operands.as_ref();
            let both = || Some((script.literal(left)?, script.literal(right)?));
            match op {
                BinaryOp::And => fits(script, left, row) && fits(script, right, row),
                BinaryOp::Or => fits(script, left, row) || fits(script, right, row),
                BinaryOp::Equal => both().is_none_or(|(name, value)| has(row, &name, &value)),
                BinaryOp::Matches => both().is_none_or(|(name, value)| holds(row, &name, &value)),
                _ => true,
            }
        }
        _ => true,
    }
}

fn has(row: &Row, name: &[u8], value: &[u8]) -> bool {
    let name = String::from_utf8_lossy(name);
    STATES.contains(&&*name)
        || row.is(&name, value)
        || (value.is_empty() && row.effective(&name).is_none())
        || (name == "dst-address" && value == b"0.0.0.0/0" && role::is_default(row))
}

/// Whether a property holds a text; patterns are not followed.
fn holds(row: &Row, name: &[u8], pattern: &[u8]) -> bool {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b" -_:/".contains(byte);
    if !pattern.iter().all(is_plain) {
        return true;
    }
    let value = row.text(&String::from_utf8_lossy(name)).unwrap_or_default();
    value.contains(&*String::from_utf8_lossy(pattern))
}

/// What runs a text as a script.
const RUNS_TEXT: [&str; 2] = ["execute", "parse"];

/// Commands that change nothing, and take conditions.
const OTHERS: [&str; 3] = ["find", "get", "print"];

/// What says how a row is now.
const STATES: [&str; 7] = [
    "active", "disabled", "dynamic", "inactive", "invalid", "running", "static",
];
