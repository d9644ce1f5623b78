//! Expressions → values.

use alloc::{format, string::String, sync::Arc, vec::Vec};

use super::{
    Asked, Result, Scope, Stop,
    data::{Data, Element},
    machine::{Machine, word_text},
};
use crate::routeros::{
    syntax::{BinaryOp, Expr, Part, Script, Span, UnaryOp, quote},
    value::Value,
};

/// Bytes of a value; RouterOS holds some 64 kB in a text (ROUTEROS-BEHAVIOUR §14).
const LARGEST: usize = 1 << 20;

/// Bytes of a value that cost as much as a command: who keeps large ones soon has run too long.
const A_COMMAND: usize = 1 << 10;

impl Machine<'_> {
    /// The value of a property as it is typed: words stay as they are, `{ .. }` is text.
    pub(super) fn value(&mut self, source: &Script, expr: &Expr, scope: &mut Scope) -> Result<Value> {
        match expr {
            Expr::Word(span) => Ok(Value::from(source.text(*span))),
            Expr::Array { span, .. } => Ok(Value::from(inside(source, *span))),
            Expr::Unary {
                op: UnaryOp::Not,
                operand,
                ..
            } => {
                let operand = self.value(source, operand, scope)?;
                Ok(Value::from([b"!", operand.as_bytes()].concat()))
            }
            expr => Ok(self.eval(source, expr, scope, None)?.to_value()),
        }
    }

    /// The value of an expression; in a condition, of the row that it is asked of.
    pub(super) fn eval(
        &mut self,
        source: &Script,
        expr: &Expr,
        scope: &mut Scope,
        asked: Option<Asked<'_>>,
    ) -> Result {
        let value = self.eval_any(source, expr, scope, asked)?;
        // Values are joined in few places, but a loop that doubles one would soon fill the memory.
        let size = value.size();
        if size > LARGEST {
            return Err(Stop::error("out of memory"));
        }
        self.charge(size.checked_div(A_COMMAND).unwrap_or(0))?;
        Ok(value)
    }

    fn eval_any(
        &mut self,
        source: &Script,
        expr: &Expr,
        scope: &mut Scope,
        asked: Option<Asked<'_>>,
    ) -> Result {
        match expr {
            Expr::Word(span) => Ok(Data::literal(source.text(*span))),
            Expr::Str { span, parts } if parts.is_empty() => {
                let text = source.text(*span);
                Ok(quote::unquote(text).map_or_else(|| Data::text(text), Data::Text))
            }
            Expr::Str { parts, .. } => self.interpolated(source, parts, scope, asked),
            Expr::Var { name, .. } => Ok(self.variable(&word_text(source, *name), scope, asked)),
            Expr::Paren { value: None, .. } => Ok(Data::Array(Vec::new())),
            Expr::Paren {
                value: Some(value), ..
            } => match asked {
                Some(asked) => self.condition(source, value, scope, asked),
                None => self.eval(source, value, scope, None),
            },
            Expr::Subst { items, .. } => self.block(source, items, scope),
            Expr::Block { span, .. } => Ok(Data::Code(Arc::from(inside(source, *span)))),
            Expr::Array { elements, .. } => {
                let mut array: Vec<Element> = Vec::with_capacity(elements.len());
                for element in elements {
                    let key = match &element.key {
                        Some(key) => Some(self.eval(source, key, scope, asked)?.to_bytes()),
                        None => None,
                    };
                    let value = match &element.value {
                        Some(value) => self.eval(source, value, scope, asked)?,
                        None => Data::Nothing,
                    };
                    array.push((key, value));
                }
                Ok(Data::Array(array))
            }
            Expr::Concat { parts, .. } => {
                let mut text = Vec::new();
                for part in parts {
                    text.extend(match part {
                        Expr::Word(span) => source.text(*span).to_vec(),
                        part => self.eval(source, part, scope, asked)?.to_bytes(),
                    });
                }
                Ok(Data::Text(text))
            }
            Expr::Unary {
                op: UnaryOp::Code,
                operand,
                ..
            } => Ok(Data::Code(Arc::from(source.text(operand.span())))),
            Expr::Unary { op, operand, .. } => {
                let operand = self.eval(source, operand, scope, asked)?;
                unary(*op, operand)
            }
            Expr::Binary { op, operands, .. } => {
                let (left, right) = &**operands;
                let left = self.eval(source, left, scope, asked)?;
                if (*op == BinaryOp::And && !left.is_true()) || (*op == BinaryOp::Or && left.is_true()) {
                    return Ok(Data::Bool(left.is_true()));
                }
                let right = match (op, right) {
                    (BinaryOp::Index, Expr::Word(key)) => key_of(source.text(*key)),
                    (_, right) => self.eval(source, right, scope, asked)?,
                };
                self.binary(*op, left, right)
            }
        }
    }

    fn interpolated(
        &mut self,
        source: &Script,
        parts: &[Part],
        scope: &mut Scope,
        asked: Option<Asked<'_>>,
    ) -> Result {
        let mut text = Vec::new();
        for part in parts {
            match part {
                Part::Text(span) => {
                    let raw = source.text(*span);
                    text.extend(quote::unescape(raw).unwrap_or_else(|| raw.to_vec()));
                }
                Part::Value(value) => text.extend(self.eval(source, value, scope, asked)?.to_bytes()),
            }
        }
        Ok(Data::Text(text))
    }

    /// Local, then global; in a condition a property of that name comes first, as on a router.
    pub(super) fn variable(&self, name: &str, scope: &Scope, asked: Option<Asked<'_>>) -> Data {
        let property =
            asked.filter(|asked| asked.here.menu.is_some_and(|menu| menu.property(name).is_some()));
        if let Some(asked) = property {
            return self.property(asked, name);
        }
        scope
            .local(name)
            .or_else(|| self.router.memory.globals.get(name))
            .cloned()
            .unwrap_or_default()
    }

    pub(super) fn binary(&mut self, op: BinaryOp, left: Data, right: Data) -> Result {
        use core::cmp::Ordering;
        let order = |wanted: &[Ordering]| {
            let order = left.order(&right);
            Ok(Data::Bool(order.is_some_and(|order| wanted.contains(&order))))
        };
        match op {
            BinaryOp::Or | BinaryOp::And => Ok(Data::Bool(right.is_true())),
            BinaryOp::Equal => Ok(Data::Bool(left.means(&right))),
            BinaryOp::NotEqual => Ok(Data::Bool(!left.means(&right))),
            BinaryOp::Less => order(&[Ordering::Less]),
            BinaryOp::LessEqual => order(&[Ordering::Less, Ordering::Equal]),
            BinaryOp::Greater => order(&[Ordering::Greater]),
            BinaryOp::GreaterEqual => order(&[Ordering::Greater, Ordering::Equal]),
            BinaryOp::Matches => Ok(Data::Bool(self.matches(&left.to_bytes(), &right.to_bytes())?)),
            BinaryOp::In => Ok(Data::Bool(is_in(&left, &right))),
            BinaryOp::Join => match (left, right) {
                (Data::Array(mut left), right) => {
                    left.extend(right.into_elements());
                    Ok(Data::Array(left))
                }
                (left, right) => Ok(Data::Text([left.to_bytes(), right.to_bytes()].concat())),
            },
            BinaryOp::Append => {
                let mut elements = left.into_elements();
                elements.extend(right.into_elements());
                Ok(Data::Array(elements))
            }
            BinaryOp::Index => Ok(left.element(&right)),
            BinaryOp::Add
            | BinaryOp::Subtract
            | BinaryOp::Multiply
            | BinaryOp::Divide
            | BinaryOp::Modulo
            | BinaryOp::BitAnd
            | BinaryOp::BitOr
            | BinaryOp::BitXor
            | BinaryOp::ShiftLeft
            | BinaryOp::ShiftRight => {
                arithmetic(op, &left, &right).ok_or_else(|| mismatch(op, &left, &right))
            }
        }
    }

    /// Whether `text` matches the regular expression `pattern`.
    pub(super) fn matches(&mut self, text: &[u8], pattern: &[u8]) -> Result<bool> {
        if self.pattern.as_ref().is_none_or(|(own, _)| own != pattern) {
            let expression = core::str::from_utf8(pattern).ok().and_then(|pattern| {
                regex::bytes::RegexBuilder::new(pattern)
                    .unicode(false)
                    .size_limit(1 << 20)
                    .build()
                    .ok()
            });
            let expression = expression.ok_or_else(|| Stop::error("invalid regular expression"))?;
            self.pattern = Some((pattern.to_vec(), expression));
        }
        Ok(self
            .pattern
            .as_ref()
            .is_some_and(|(_, expression)| expression.is_match(text)))
    }
}

/// The key that a word behind `->` means: a position, else a name also where it looks like another value.
pub(super) fn key_of(word: &[u8]) -> Data {
    match Data::literal(word) {
        number @ Data::Number(_) => number,
        _ => Data::text(word),
    }
}

/// The text between braces.
fn inside(source: &Script, braces: Span) -> &[u8] {
    let text = source.text(braces);
    text.strip_prefix(b"{")
        .and_then(|text| text.strip_suffix(b"}"))
        .unwrap_or(text)
}

fn unary(op: UnaryOp, operand: Data) -> Result {
    let negative = match (op, &operand) {
        (UnaryOp::Not, operand) => return Ok(Data::Bool(!operand.is_true())),
        (UnaryOp::Minus, Data::Time(time)) => time.checked_neg().map(Data::Time),
        (UnaryOp::Minus, operand) => operand.number().and_then(i64::checked_neg).map(Data::Number),
        (UnaryOp::BitNot, Data::Address(address)) => Some(Data::Address((!u32::from(*address)).into())),
        (UnaryOp::BitNot, operand) => operand.number().map(|number| Data::Number(!number)),
        (UnaryOp::Any, operand) => Some(Data::Bool(*operand != Data::Nothing)),
        (UnaryOp::Code, operand) => Some(operand.clone()),
    };
    negative.ok_or_else(|| Stop::error(format!("cannot negate {}", operand.type_name())))
}

fn arithmetic(op: BinaryOp, left: &Data, right: &Data) -> Option<Data> {
    match (left, right) {
        (Data::Time(a), Data::Time(b)) => integer(op, *a, *b).map(Data::Time),
        (Data::Time(a), b) if matches!(op, BinaryOp::Multiply | BinaryOp::Divide) => {
            integer(op, *a, b.number()?).map(Data::Time)
        }
        (Data::Address(a), Data::Address(b)) => {
            let result = integer(op, i64::from(u32::from(*a)), i64::from(u32::from(*b)))?;
            match op {
                BinaryOp::Subtract => Some(Data::Number(result)),
                _ => Some(Data::Address(u32::try_from(result).ok()?.into())),
            }
        }
        (Data::Address(a), b) => {
            let result = integer(op, i64::from(u32::from(*a)), b.number()?)?;
            Some(Data::Address(u32::try_from(result).ok()?.into()))
        }
        (a, b) => integer(op, a.number()?, b.number()?).map(Data::Number),
    }
}

fn integer(op: BinaryOp, a: i64, b: i64) -> Option<i64> {
    match op {
        BinaryOp::Add => a.checked_add(b),
        BinaryOp::Subtract => a.checked_sub(b),
        BinaryOp::Multiply => a.checked_mul(b),
        BinaryOp::Divide => a.checked_div(b),
        BinaryOp::Modulo => a.checked_rem(b),
        BinaryOp::BitAnd => Some(a & b),
        BinaryOp::BitOr => Some(a | b),
        BinaryOp::BitXor => Some(a ^ b),
        BinaryOp::ShiftLeft => a.checked_shl(u32::try_from(b).ok()?),
        BinaryOp::ShiftRight => a.checked_shr(u32::try_from(b).ok()?),
        _ => None,
    }
}

fn mismatch(op: BinaryOp, left: &Data, right: &Data) -> Stop {
    Stop::error(match (op, right.number()) {
        (BinaryOp::Divide | BinaryOp::Modulo, Some(0)) => String::from("division by zero"),
        _ => format!(
            "cannot {} {} and {}",
            op.symbol(),
            left.type_name(),
            right.type_name()
        ),
    })
}

/// Whether an array holds a value, or a prefix an address.
fn is_in(left: &Data, right: &Data) -> bool {
    match (left, right) {
        (left, Data::Array(elements)) => elements.iter().any(|(_, element)| left.means(element)),
        (Data::Address(address), Data::Text(prefix)) => {
            let prefix = core::str::from_utf8(prefix)
                .ok()
                .and_then(|text| text.parse::<ipnet::Ipv4Net>().ok());
            prefix.is_some_and(|prefix| prefix.contains(address))
        }
        _ => false,
    }
}
