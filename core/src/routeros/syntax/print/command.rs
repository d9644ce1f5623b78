//! One command as a full-path line that stands alone.
//!
//! An unknown menu line would leave the menu before it in force, and the next command would hit the wrong one: hence
//! every command carries its whole path.

use alloc::string::ToString;
use alloc::vec::Vec;

use crate::routeros::syntax::quote::{quote, value};

/// A command under construction
///
/// # Example
///
/// ```
/// use multi_isp::routeros::syntax::print::{Condition, Line, find};
///
/// let line = Line::new("/ip/route", "set")
///     .expression(&find(&[Condition::Text("comment", b"multi-isp:main:fiber:1")]))
///     .arg("gateway", b"192.0.2.1%ether1")
///     .unset("pref-src");
/// assert_eq!(
///     line.finish(),
///     br#"/ip route set [find where comment="multi-isp:main:fiber:1"] gateway=192.0.2.1%ether1 !pref-src"#
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The menu as it is printed: `/ip route`
    menu: Vec<u8>,
    /// The command and its arguments, between which stand blanks
    pieces: Vec<Vec<u8>>,
}

impl Line {
    /// The command at the canonical path of its menu: `/ip route add`
    pub fn new(menu: &str, command: &str) -> Self {
        Self {
            menu: path(menu),
            pieces: alloc::vec![command.into()],
        }
    }

    /// `name=value`, quoted where it must be
    pub fn arg(self, name: &str, bytes: &[u8]) -> Self {
        self.push(&[&pair(name, bytes)])
    }

    /// `name=expression`
    pub fn arg_expression(self, name: &str, expression: &[u8]) -> Self {
        self.push(&[name.as_bytes(), b"=", expression])
    }

    /// `name`, which stands for itself: `blackhole`
    pub fn flag(self, name: &str) -> Self {
        self.push(&[name.as_bytes()])
    }

    /// `!name`, which clears a property
    pub fn unset(self, name: &str) -> Self {
        self.push(&[b"!", name.as_bytes()])
    }

    /// An argument without a name: `[find where ..]`
    pub fn expression(self, expression: &[u8]) -> Self {
        self.push(&[expression])
    }

    /// The text, without a line end
    pub fn finish(self) -> Vec<u8> {
        let blank: &[u8] = if self.menu == b"/" { b"" } else { b" " };
        [self.menu.as_slice(), blank, &self.pieces.join(&b' ')].concat()
    }

    pub(super) fn menu(&self) -> &[u8] {
        &self.menu
    }

    pub(super) fn pieces(&self) -> &[Vec<u8>] {
        &self.pieces
    }

    fn push(mut self, parts: &[&[u8]]) -> Self {
        self.pieces.push(parts.concat());
        self
    }
}

/// A property as a command writes it: `name=value`, quoted where it must be
pub fn pair(name: &str, bytes: &[u8]) -> Vec<u8> {
    [name.as_bytes(), b"=", &value(bytes)].concat()
}

/// One condition of a query
#[derive(Clone, Copy, Debug)]
pub enum Condition<'a> {
    /// The property is this text, which is always quoted: `1m` as a name is not a duration
    Text(&'a str, &'a [u8]),
    /// The property is this number, switch or address, which is quoted only where it must be
    Typed(&'a str, &'a [u8]),
}

/// `[find where a=b and c=d]`, in the menu of the command that it stands in; without conditions `[find]`
pub fn find(conditions: &[Condition<'_>]) -> Vec<u8> {
    if conditions.is_empty() {
        return b"[find]".to_vec();
    }
    [b"[find where ", query(conditions).as_slice(), b"]"].concat()
}

/// The `n`-th row that a query of `menu` finds, from 0: `[:pick [/ip route find where a=b] 0]`
pub fn nth(menu: &str, conditions: &[Condition<'_>], n: usize) -> Vec<u8> {
    let n = n.to_string();
    let parts: [&[u8]; 7] = [
        b"[:pick [",
        &path(menu),
        b" find where ",
        &query(conditions),
        b"] ",
        n.as_bytes(),
        b"]",
    ];
    parts.concat()
}

/// What a row has as a property when the command runs: `[/interface bridge get [find where a=b] mac-address]`
pub fn read(menu: &str, conditions: &[Condition<'_>], property: &str) -> Vec<u8> {
    let parts: [&[u8]; 6] = [
        b"[",
        &path(menu),
        b" get ",
        &find(conditions),
        b" ",
        property.as_bytes(),
    ];
    [parts.concat().as_slice(), b"]"].concat()
}

/// A command that runs only where a query of `menu` finds nothing
pub fn unless_found(menu: &str, conditions: &[Condition<'_>], command: &[u8]) -> Vec<u8> {
    where_found(menu, conditions, b"= 0", command)
}

/// A command that runs only where a query of `menu` finds something
pub fn if_found(menu: &str, conditions: &[Condition<'_>], command: &[u8]) -> Vec<u8> {
    where_found(menu, conditions, b"> 0", command)
}

fn where_found(menu: &str, conditions: &[Condition<'_>], count: &[u8], command: &[u8]) -> Vec<u8> {
    let parts: [&[u8]; 9] = [
        b":if ([:len [",
        &path(menu),
        b" find where ",
        &query(conditions),
        b"]] ",
        count,
        b") do={ ",
        command,
        b" }",
    ];
    parts.concat()
}

/// How a command begins that does not stop what comes after it
pub const OR_LOG: &[u8] = b":do { ";

/// A command that does not stop what comes after it: an error of it is logged
pub fn or_log(command: &[u8], message: &str) -> Vec<u8> {
    let parts: [&[u8]; 5] = [
        OR_LOG,
        command,
        b" } on-error={ :log error ",
        &quote(message.as_bytes()),
        b" }",
    ];
    parts.concat()
}

/// A template of a script with its blanks filled in; what goes in must be quoted already
///
/// # Example
///
/// ```
/// use multi_isp::routeros::syntax::{print::fill, quote::quote};
///
/// assert_eq!(fill(":log info TEXT", &[("TEXT", &quote(b"a \"b\""))]), br#":log info "a \"b\"""#);
/// ```
pub fn fill(template: &str, blanks: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = template;
    while let Some((at, name, text)) = first(rest, blanks) {
        let (before, after) = rest.split_at(at);
        out.extend_from_slice(before.as_bytes());
        out.extend_from_slice(text);
        rest = after.strip_prefix(name).unwrap_or_default();
    }
    out.extend_from_slice(rest.as_bytes());
    out
}

/// The blank that comes first in a text, with its place.
fn first<'a>(text: &str, blanks: &[(&'a str, &'a [u8])]) -> Option<(usize, &'a str, &'a [u8])> {
    let found = blanks
        .iter()
        .filter_map(|(name, value)| Some((text.find(name)?, *name, *value)));
    found.min_by_key(|(at, ..)| *at)
}

/// `/ip route` of `/ip/route`.
fn path(menu: &str) -> Vec<u8> {
    let words = menu.trim_start_matches('/').replace('/', " ");
    [b"/", words.as_bytes()].concat()
}

fn query(conditions: &[Condition<'_>]) -> Vec<u8> {
    let conditions: Vec<Vec<u8>> = conditions.iter().map(condition).collect();
    conditions.join(&b" and "[..])
}

fn condition(condition: &Condition<'_>) -> Vec<u8> {
    match condition {
        Condition::Text(name, text) => [name.as_bytes(), b"=", &quote(text)].concat(),
        Condition::Typed(name, bytes) => [name.as_bytes(), b"=", &value(bytes)].concat(),
    }
}
