//! Expressions: operators and their operands, in parentheses and in queries.

use alloc::boxed::Box;

use nom::Input;

use super::value::{self, Braces};
use crate::routeros::syntax::lex::{Fault, FaultKind, Parsed, Text, blanks, is_compared, is_name, space};
use crate::routeros::syntax::tree::{BinaryOp, Expr, Span, UnaryOp};

/// What stands between parentheses
///
/// Several expressions side by side are accepted as in a query, `(added 632 at 64325)` included (oracle bc4cfdad3451,
/// e3e0206a7e54): an `and` is implied.
pub(super) fn expression(input: Text<'_>) -> Parsed<'_, Expr> {
    let (mut rest, mut left) = binary(input, &PARENTHESES, 0, Side::Left)?;
    let mut operators: u16 = 0;
    loop {
        let (start, ()) = space(rest)?;
        if matches!(start.next(), None | Some(b')' | b']' | b'}' | b';')) {
            return Ok((rest, left));
        }
        operators = one_more(operators, start)?;
        let (next, right) = binary(start, &PARENTHESES, 0, Side::Left)?;
        rest = next;
        left = pair(left, BinaryOp::And, start.since(start), right);
    }
}

/// A condition of a query: `name~"x" and !disabled`
pub(super) fn condition(input: Text<'_>) -> Parsed<'_, Expr> {
    binary(input, &QUERY, 0, Side::Left)
}

/// What differs between an expression in parentheses and one in a query
struct Mode {
    /// Whether a sign is an operator; in a query `-` and `.` belong to names and values
    allows: fn(BinaryOp) -> bool,
    /// What may stand between operand and operator
    gap: fn(Text<'_>) -> Parsed<'_, ()>,
    operand: fn(Text<'_>, Side) -> Parsed<'_, Expr>,
}

/// On which side of a comparison an operand stands
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

static PARENTHESES: Mode = Mode {
    allows: |_| true,
    gap: space,
    operand: |input, _| unary(input, &PARENTHESES, operand),
};

static QUERY: Mode = Mode {
    allows: |op| precedence(op) <= COMPARISON || op == BinaryOp::Index,
    gap: blanks,
    operand: |input, side| match side {
        Side::Left => unary(input, &QUERY, property),
        Side::Right => value::value(input, Braces::Values),
    },
};

/// Operators as typed, longer signs before shorter ones that they begin with
static OPERATORS: &[(&[u8], BinaryOp)] = &[
    (b"||", BinaryOp::Or),
    (b"or", BinaryOp::Or),
    (b"&&", BinaryOp::And),
    (b"and", BinaryOp::And),
    (b"in", BinaryOp::In),
    (b"!=", BinaryOp::NotEqual),
    (b"<=", BinaryOp::LessEqual),
    (b">=", BinaryOp::GreaterEqual),
    (b"<<", BinaryOp::ShiftLeft),
    (b">>", BinaryOp::ShiftRight),
    (b"->", BinaryOp::Index),
    (b"=", BinaryOp::Equal),
    (b"<", BinaryOp::Less),
    (b">", BinaryOp::Greater),
    (b"~", BinaryOp::Matches),
    (b"|", BinaryOp::BitOr),
    (b"^", BinaryOp::BitXor),
    (b"&", BinaryOp::BitAnd),
    (b"+", BinaryOp::Add),
    (b"-", BinaryOp::Subtract),
    (b"*", BinaryOp::Multiply),
    (b"/", BinaryOp::Divide),
    (b"%", BinaryOp::Modulo),
    (b".", BinaryOp::Join),
    (b",", BinaryOp::Append),
];

/// How tightly an operator binds
///
/// MikroTik publishes no order of precedence; this is the usual one, with `.` and `,` between comparison and arithmetic.
const fn precedence(op: BinaryOp) -> u8 {
    match op {
        BinaryOp::Or => 1,
        BinaryOp::And => 2,
        BinaryOp::Equal
        | BinaryOp::NotEqual
        | BinaryOp::Less
        | BinaryOp::LessEqual
        | BinaryOp::Greater
        | BinaryOp::GreaterEqual
        | BinaryOp::Matches
        | BinaryOp::In => COMPARISON,
        BinaryOp::Append => 4,
        BinaryOp::Join => 5,
        BinaryOp::BitOr => 6,
        BinaryOp::BitXor => 7,
        BinaryOp::BitAnd => 8,
        BinaryOp::ShiftLeft | BinaryOp::ShiftRight => 9,
        BinaryOp::Add | BinaryOp::Subtract => 10,
        BinaryOp::Multiply | BinaryOp::Divide | BinaryOp::Modulo => 11,
        BinaryOp::Index => 12,
    }
}

const COMPARISON: u8 = 3;

/// Operands joined by operators that bind at least as tightly as `least`, left to right
fn binary<'a>(input: Text<'a>, mode: &Mode, least: u8, side: Side) -> Parsed<'a, Expr> {
    let (mut rest, mut left) = (mode.operand)(input, side)?;
    let mut operators: u16 = 0;
    loop {
        let (start, ()) = (mode.gap)(rest)?;
        let Some((end, op)) = operator(start).filter(|&(_, op)| (mode.allows)(op)) else {
            return Ok((rest, left));
        };
        let tightness = precedence(op);
        if tightness < least {
            return Ok((rest, left));
        }
        operators = one_more(operators, start)?;
        let side = if tightness == COMPARISON {
            Side::Right
        } else {
            Side::Left
        };
        let (begin, ()) = (mode.gap)(end)?;
        let (next, right) = binary(begin, mode, tightness.saturating_add(1), side)?;
        rest = next;
        left = pair(left, op, end.since(start), right);
    }
}

fn pair(left: Expr, op: BinaryOp, op_span: Span, right: Expr) -> Expr {
    Expr::Binary {
        span: left.span().to(right.span()),
        op,
        op_span,
        operands: Box::new((left, right)),
    }
}

/// Counts the operators of a chain, each of which makes the tree one node higher
fn one_more(operators: u16, input: Text<'_>) -> Result<u16, nom::Err<Fault>> {
    if operators >= input.run.limits.operators {
        return Err(input.fail(FaultKind::TooLong));
    }
    Ok(operators.saturating_add(1))
}

/// The operator that the input begins with
fn operator(input: Text<'_>) -> Option<(Text<'_>, BinaryOp)> {
    input
        .next()
        .filter(|byte| !matches!(byte, b')' | b']' | b'\n' | b'\r'))?;
    OPERATORS
        .iter()
        .find(|(sign, _)| begins_with(input, sign))
        .map(|(sign, op)| (input.take_from(sign.len()), *op))
}

/// Whether the input begins with that sign, or with that word and not a longer one
fn begins_with(input: Text<'_>, sign: &[u8]) -> bool {
    let word = sign.first().is_some_and(u8::is_ascii_alphabetic);
    input
        .rest()
        .strip_prefix(sign)
        .is_some_and(|tail| !(word && tail.first().is_some_and(|&byte| is_name(byte))))
}

static SIGNS: &[(&[u8], UnaryOp)] = &[
    (b"!", UnaryOp::Not),
    (b"not", UnaryOp::Not),
    (b"-", UnaryOp::Minus),
    (b"~", UnaryOp::BitNot),
    (b">", UnaryOp::Code),
    (b"any", UnaryOp::Any),
];

/// An operand with the operators before it
fn unary<'a>(input: Text<'a>, mode: &Mode, operand: fn(Text<'_>) -> Parsed<'_, Expr>) -> Parsed<'a, Expr> {
    let Some((sign, op)) = SIGNS.iter().find(|(sign, _)| begins_with(input, sign)) else {
        return operand(input);
    };
    let end = input.take_from(sign.len());
    let (start, ()) = (mode.gap)(end.deeper()?)?;
    let (rest, inner) = match (*op, start.next()) {
        (UnaryOp::Code, Some(b'{')) => value::value(start, Braces::Guess)?,
        _ => unary(start, mode, operand)?,
    };
    let rest = rest.within(input);
    let unary = Expr::Unary {
        span: rest.since(input),
        op: *op,
        op_span: end.since(input),
        operand: Box::new(inner),
    };
    Ok((rest, unary))
}

/// What a query compares: a property, a variable, a value
fn property(input: Text<'_>) -> Parsed<'_, Expr> {
    match value::joined(input, Braces::Values, is_compared)? {
        (rest, Some(value)) => Ok((rest, value)),
        (rest, None) => Err(rest.fail(FaultKind::Syntax)),
    }
}

/// An operand in parentheses
fn operand(input: Text<'_>) -> Parsed<'_, Expr> {
    match input.next() {
        Some(b'"') => value::string(input),
        Some(b'$') => value::dollar(input),
        Some(b'[') => value::brackets(input, input),
        Some(b'(') => value::parentheses(input, input),
        Some(b'{') => value::array(input),
        _ => word(input),
    }
}

/// A number, time, address, prefix, id or plain word
fn word(input: Text<'_>) -> Parsed<'_, Expr> {
    let length = word_length(input.rest());
    if length == 0 {
        return Err(input.fail(FaultKind::Syntax));
    }
    let rest = input.take_from(length);
    Ok((rest, Expr::Word(rest.since(input))))
}

/// Length of the word that `text` begins with
///
/// A slash belongs to it where a prefix length follows an address, a hyphen where it stands between the letters of a
/// property name, a dot between letters or digits. Everywhere else they are operators.
fn word_length(text: &[u8]) -> usize {
    let id = usize::from(text.first() == Some(&b'*'));
    let begins_with_letter = text.first().is_some_and(u8::is_ascii_alphabetic);
    let mut length = id;
    let mut address = false;
    while let Some(tail @ [byte, ..]) = text.get(length..) {
        let next = tail.get(1).copied().unwrap_or(b' ');
        let belongs = match byte {
            b':' => id == 0,
            b'.' => length > id && next.is_ascii_alphanumeric(),
            b'-' => begins_with_letter && next.is_ascii_alphabetic(),
            b'/' => address && next.is_ascii_digit(),
            _ => byte.is_ascii_alphanumeric() || *byte == b'_',
        };
        if !belongs {
            break;
        }
        address = address || matches!(byte, b':' | b'.');
        length = length.saturating_add(1);
    }
    if length == id { 0 } else { length }
}
