//! A command of ours, read back.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Assignment, Change, NewValue, Properties, Target};
use crate::routeros::syntax::{Arg, BinaryOp, Command, Expr, Item, Script, Span, quote};
use crate::routeros::value::Value;

impl Change {
    /// The change that a command of `script` makes; `None` where it is not in the form in which changes are printed.
    ///
    /// What the changed properties are today is not in the command: they are taken to be unset.
    pub(super) fn read(script: &Script, command: &Command) -> Option<Self> {
        let words: Vec<&str> = command
            .words
            .iter()
            .map(|word| core::str::from_utf8(script.text(*word)).ok())
            .collect::<Option<_>>()?;
        let (verb, path) = words.split_last()?;
        let menu = path.iter().flat_map(|word| ["/", word]).collect::<String>();
        let reader = Reader { script };
        match *verb {
            "add" => reader.add(menu, &command.args),
            "set" => reader.set(menu, &command.args),
            _ => None,
        }
    }
}

struct Reader<'a> {
    script: &'a Script,
}

impl Reader<'_> {
    fn add(&self, menu: String, args: &[Arg]) -> Option<Change> {
        let (places, rest): (Vec<&Arg>, Vec<&Arg>) = args
            .iter()
            .partition(|arg| self.name(arg) == Some("place-before"));
        let before = match places.as_slice() {
            [] => None,
            [
                Arg::Named {
                    value: Some(value), ..
                },
            ] => Some(self.found(value)?),
            _ => return None,
        };
        let row = rest
            .into_iter()
            .map(|arg| self.property(arg))
            .collect::<Option<Properties>>()?;
        Some(Change::Add { menu, row, before })
    }

    fn set(&self, menu: String, args: &[Arg]) -> Option<Change> {
        let (target, rest) = match args.split_first()? {
            (Arg::Positional(value), rest) => (self.found(value)?, rest),
            _ => (Target::Only, args),
        };
        let values = rest
            .iter()
            .map(|arg| self.assignment(arg))
            .collect::<Option<_>>()?;
        Some(Change::Set { menu, target, values })
    }

    fn assignment(&self, arg: &Arg) -> Option<Assignment> {
        let (name, to) = match arg {
            Arg::Unset { name, .. } => (self.text(*name)?.to_string(), NewValue::Unset),
            _ => self
                .property(arg)
                .map(|(name, value)| (name, NewValue::Given(value)))?,
        };
        Some(Assignment {
            name,
            from: NewValue::Unset,
            to,
        })
    }

    /// `name=value`; a flag is a property without a value.
    fn property(&self, arg: &Arg) -> Option<(String, Value)> {
        match arg {
            Arg::Named { name, value, .. } => {
                let value = value
                    .as_ref()
                    .map_or_else(|| Some(Value::default()), |value| self.literal(value))?;
                Some((self.text(*name)?.to_string(), value))
            }
            Arg::Positional(Expr::Word(name)) => Some((self.text(*name)?.to_string(), Value::default())),
            _ => None,
        }
    }

    /// `[find where a=b and c=d]`.
    fn found(&self, value: &Expr) -> Option<Target> {
        let Expr::Subst { items, .. } = value else {
            return None;
        };
        let [Item::Command(find)] = items.as_slice() else {
            return None;
        };
        let [Arg::Where { conditions, .. }] = find.args.as_slice() else {
            return None;
        };
        let mut properties = Properties::default();
        conditions
            .iter()
            .try_for_each(|condition| self.condition(condition, &mut properties))?;
        Some(Target::Where(properties))
    }

    fn condition(&self, condition: &Expr, found: &mut Properties) -> Option<()> {
        let Expr::Binary { op, operands, .. } = condition else {
            return None;
        };
        let (left, right) = operands.as_ref();
        match op {
            BinaryOp::And => {
                self.condition(left, found)?;
                self.condition(right, found)
            }
            BinaryOp::Equal => {
                let name = String::from_utf8(self.literal(left)?.into_bytes()).ok()?;
                found.push((name, self.literal(right)?));
                Some(())
            }
            _ => None,
        }
    }

    fn literal(&self, value: &Expr) -> Option<Value> {
        match value {
            Expr::Word(span) => Some(Value::from(self.script.text(*span))),
            Expr::Str { span, parts } if parts.is_empty() => {
                quote::unquote(self.script.text(*span)).map(Value::from)
            }
            _ => None,
        }
    }

    fn name(&self, arg: &Arg) -> Option<&str> {
        match arg {
            Arg::Named { name, .. } => self.text(*name),
            _ => None,
        }
    }

    fn text(&self, span: Span) -> Option<&str> {
        core::str::from_utf8(self.script.text(span)).ok()
    }
}
