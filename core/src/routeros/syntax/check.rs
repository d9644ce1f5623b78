//! What RouterOS refuses although the grammar allows it: setting a variable that nothing has declared.
//!
//! `:set x 1` where no `:local`, `:global` or loop before it in this block or around it names `x` is a syntax error at the
//! name (oracle 262232fe6219, 5c5b3bfdf3cf, 6c67a4c36f37, ba8ac9047886, ccb1470661d0, d4fea1668bab). Reading such a
//! variable is none.

use alloc::vec::Vec;

use super::lex::{Fault, FaultKind, Run};
use super::roots::{self, RootCommand};
use super::tree::{Arg, Command, Expr, Item, Part, Span};

/// Records every `:set` of a variable that is not declared
pub(super) fn undeclared(items: &[Item], source: &[u8], run: &Run) {
    let mut check = Check {
        source,
        declared: Vec::new(),
        at_root: true,
        run,
    };
    check.block(items);
}

struct Check<'a> {
    source: &'a [u8],
    /// Names in scope, the innermost last
    declared: Vec<&'a [u8]>,
    at_root: bool,
    run: &'a Run,
}

impl<'a> Check<'a> {
    /// What a block declares is forgotten at its end
    fn block(&mut self, items: &[Item]) {
        let (outer, at_root) = (self.declared.len(), self.at_root);
        for command in items.iter().filter_map(Item::command) {
            self.command(command);
        }
        self.declared.truncate(outer);
        self.at_root = at_root;
    }

    fn command(&mut self, command: &Command) {
        let name = command
            .words
            .first()
            .map(|&word| self.text(word))
            .unwrap_or_default();
        let known = roots::known(name, command.root, self.at_root);
        let behind = roots::at_root_behind(self.at_root, command.root, known, &command.words, &command.args);
        self.at_root = roots::at_root_inside(self.at_root, known, &command.words);
        let outer = self.declared.len();
        if let Some(root) = known {
            self.declare(command, root);
        }
        if command.words.is_empty() {
            self.call(command);
        }
        if name == b"set" && known.is_some() {
            self.assignment(command);
        }
        for arg in &command.args {
            self.arg(arg);
        }
        if known.is_some_and(|root| root.scopes) {
            self.declared.truncate(outer);
        }
        self.at_root = behind;
    }

    fn declare(&mut self, command: &Command, root: &RootCommand) {
        for (index, arg) in command.args.iter().enumerate() {
            let (name, value) = match arg {
                Arg::Positional(value) if index == 0 => (&b""[..], value),
                Arg::Named {
                    name,
                    value: Some(value),
                    ..
                } => (self.text(*name), value),
                _ => continue,
            };
            if root.declares(name) {
                let names = self.variable(value).split(|&byte| byte == b',');
                self.declared.extend(names);
            }
        }
    }

    /// The arguments of `$f x=1` are variables from there on (oracle d4fea1668bab)
    fn call(&mut self, command: &Command) {
        for arg in &command.args {
            if let Arg::Named { name, .. } = arg {
                self.declared.push(self.text(*name));
            }
        }
    }

    fn assignment(&mut self, command: &Command) {
        let span = match command.args.first() {
            Some(Arg::Positional(name @ (Expr::Word(_) | Expr::Str { .. }))) => {
                if self.declared.contains(&self.variable(name)) {
                    return;
                }
                name.span()
            }
            Some(Arg::Named { span, .. }) => *span,
            _ => return,
        };
        self.run.record(Fault {
            kind: FaultKind::Undeclared,
            at: span.start,
        });
    }

    /// The name that `x`, `"x"` or `$x` stands for
    fn variable(&self, value: &Expr) -> &'a [u8] {
        let text = match value {
            Expr::Var { name, .. } => self.text(*name),
            other => self.text(other.span()),
        };
        text.strip_prefix(b"\"")
            .and_then(|text| text.strip_suffix(b"\""))
            .unwrap_or(text)
    }

    fn arg(&mut self, arg: &Arg) {
        match arg {
            Arg::Positional(value)
            | Arg::Named {
                value: Some(value), ..
            } => self.expr(value),
            Arg::Named { value: None, .. } | Arg::Unset { .. } => {}
            Arg::Where { conditions, .. } => conditions.iter().for_each(|condition| self.expr(condition)),
        }
    }

    fn expr(&mut self, expr: &Expr) {
        match expr {
            Expr::Word(_) | Expr::Var { .. } => {}
            Expr::Str { parts, .. } => {
                for part in parts {
                    if let Part::Value(value) = part {
                        self.expr(value);
                    }
                }
            }
            Expr::Paren { value, .. } => value.iter().for_each(|value| self.expr(value)),
            Expr::Subst { items, .. } | Expr::Block { items, .. } => self.block(items),
            Expr::Array { elements, .. } => {
                for element in elements {
                    element
                        .key
                        .iter()
                        .chain(&element.value)
                        .for_each(|value| self.expr(value));
                }
            }
            Expr::Unary { operand, .. } => self.expr(operand),
            Expr::Binary { operands, .. } => {
                self.expr(&operands.0);
                self.expr(&operands.1);
            }
            Expr::Concat { parts, .. } => parts.iter().for_each(|part| self.expr(part)),
        }
    }

    fn text(&self, span: Span) -> &'a [u8] {
        span.of(self.source)
    }
}
