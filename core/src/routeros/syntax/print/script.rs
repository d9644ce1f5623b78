//! A tree as text in one of the two styles.
//!
//! The grammar knows no menus, so which words of a path are one is read from the commands that every menu has; where none
//! of those is there, the path is printed in full.

use alloc::vec::Vec;

use super::wrap;
use crate::routeros::syntax::quote;
use crate::routeros::syntax::roots;
use crate::routeros::syntax::tree::{Arg, BinaryOp, Command, Element, Expr, Item, Part, Root, Span, UnaryOp};

/// How a script is printed
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Every command on a text line of its own, with its full path
    Terse,
    /// Menu lines and commands relative to them, wrapped at 79 columns
    Export,
}

/// The commands and comments of a source in that style
pub(in crate::routeros::syntax) fn script(items: &[Item], source: &[u8], style: Style) -> Vec<u8> {
    let printer = Printer { source };
    let mut menus = Menus::default();
    let mut out = Vec::new();
    for (item, next) in with_next(items) {
        let Item::Command(command) = item else {
            out.extend_from_slice(item.span().of(source).trim_ascii_end());
            out.push(b'\n');
            continue;
        };
        let Some(meant) = printer.meant(command, next, &mut menus) else {
            continue;
        };
        if style == Style::Export && meant.is_exported() && meant.menu != menus.printed {
            out.extend(path(&meant.menu));
            out.push(b'\n');
            menus.printed.clone_from(&meant.menu);
        }
        let pieces = printer.pieces(command, &meant, &menus);
        out.extend(match style {
            Style::Terse => pieces.join(&b' '),
            Style::Export => wrap::wrap(&pieces),
        });
        out.push(b'\n');
        if meant.is_menu_line {
            menus.printed.clone_from(&menus.actual);
        }
    }
    out
}

/// The words of a menu's path; none is the root
type Menu<'a> = Vec<&'a [u8]>;

/// The menu that is current
#[derive(Clone, Default)]
struct Menus<'a> {
    /// In the source
    actual: Menu<'a>,
    /// In what has been printed
    printed: Menu<'a>,
}

/// What a command's words mean
struct Meant<'a> {
    root: Root,
    menu: Menu<'a>,
    /// The command and its unnamed words
    words: Vec<&'a [u8]>,
    /// The menu in which brackets among its arguments run, if it is another than the current one
    inside: Option<Menu<'a>>,
    is_menu_line: bool,
}

impl Meant<'_> {
    /// Whether it is printed below a menu line: where the command is known not to be part of the path
    fn is_exported(&self) -> bool {
        !self.menu.is_empty() && self.words.first().is_some_and(|word| COMMANDS.contains(word))
    }
}

struct Printer<'a> {
    source: &'a [u8],
}

impl<'a> Printer<'a> {
    /// What a command means where it stands; none for a menu line whose effect is in the paths of what follows
    fn meant(&self, command: &Command, next: Option<&Item>, menus: &mut Menus<'a>) -> Option<Meant<'a>> {
        let typed: Menu<'a> = command.words.iter().map(|&word| word.of(self.source)).collect();
        let first = typed.first().copied().unwrap_or_default();
        let wordless = typed.is_empty() && command.root == Root::Relative;
        if wordless || roots::known(first, command.root, menus.actual.is_empty()).is_some() {
            return Some(Meant {
                root: if wordless { Root::Relative } else { Root::Colon },
                menu: Vec::new(),
                words: typed,
                inside: None,
                is_menu_line: false,
            });
        }
        let mut full = match command.root {
            Root::Relative => menus.actual.clone(),
            Root::Slash | Root::Colon => Vec::new(),
        };
        for word in typed {
            if word == b".." {
                full.pop();
            } else {
                full.push(word);
            }
        }
        let verb = full.iter().position(|word| COMMANDS.contains(word));
        if command.args.is_empty() && verb.is_none() {
            menus.actual.clone_from(&full);
            if full.is_empty() || next.is_some_and(is_relative) {
                return None;
            }
            return Some(Meant {
                root: Root::Slash,
                menu: full,
                words: Vec::new(),
                inside: None,
                is_menu_line: true,
            });
        }
        let opens_block = matches!(command.args.first(), Some(Arg::Positional(Expr::Block { .. })));
        let split = match verb {
            Some(at) => at,
            None if opens_block => full.len(),
            None => full.len().saturating_sub(1),
        };
        let words = full.split_off(split);
        Some(Meant {
            root: Root::Slash,
            inside: Some(full.clone()),
            menu: full,
            words,
            is_menu_line: false,
        })
    }

    /// Path and arguments, between which stand blanks
    fn pieces(&self, command: &Command, meant: &Meant<'a>, menus: &Menus<'a>) -> Vec<Vec<u8>> {
        let mut pieces = Vec::new();
        match meant.root {
            Root::Relative => {}
            Root::Colon => pieces.push([b":", meant.words.join(&b' ').as_slice()].concat()),
            Root::Slash if meant.is_exported() && meant.menu == menus.printed => {
                pieces.extend(meant.words.iter().map(|word| word.to_vec()));
            }
            Root::Slash => {
                let words = meant.menu.iter().chain(&meant.words).copied();
                pieces.push(path(&words.collect()));
            }
        }
        let inside = match &meant.inside {
            Some(menu) => Menus {
                actual: menu.clone(),
                printed: menu.clone(),
            },
            None => menus.clone(),
        };
        pieces.extend(command.args.iter().map(|arg| self.arg(arg, &inside)));
        pieces
    }

    /// Commands on one text line, without the comments among them
    fn inline(&self, items: &[Item], menus: &Menus<'a>) -> Vec<u8> {
        let mut menus = menus.clone();
        let mut commands = Vec::new();
        for (item, next) in with_next(items) {
            match item {
                Item::Comment(_) => {}
                Item::Error(span) => commands.push(span.of(self.source).to_vec()),
                Item::Command(command) => {
                    if let Some(meant) = self.meant(command, next, &mut menus) {
                        commands.push(self.pieces(command, &meant, &menus).join(&b' '));
                    }
                }
            }
        }
        commands.join(&b"; "[..])
    }

    fn arg(&self, arg: &Arg, menus: &Menus<'a>) -> Vec<u8> {
        match arg {
            Arg::Positional(value) => self.expr(value, menus, b""),
            Arg::Named { name, value, .. } => {
                let value = value
                    .as_ref()
                    .map(|value| self.expr(value, menus, b""))
                    .unwrap_or_default();
                [name.of(self.source), b"=", &value].concat()
            }
            Arg::Unset { name, .. } => [b"!", name.of(self.source)].concat(),
            Arg::Where {
                keyword, conditions, ..
            } => {
                let keyword = keyword.map(|span| span.of(self.source).to_vec());
                let conditions = conditions
                    .iter()
                    .map(|condition| self.expr(condition, menus, b""));
                keyword
                    .into_iter()
                    .chain(conditions)
                    .collect::<Vec<_>>()
                    .join(&b' ')
            }
        }
    }

    /// An expression; `blank` stands around its arithmetic and comparing operators
    fn expr(&self, expr: &Expr, menus: &Menus<'a>, blank: &[u8]) -> Vec<u8> {
        match expr {
            Expr::Word(span) | Expr::Var { span, .. } => span.of(self.source).to_vec(),
            Expr::Str { span, parts } => self.text(*span, parts, menus),
            Expr::Paren { span, value } => {
                let value = value
                    .as_ref()
                    .map(|value| self.expr(value, menus, b" "))
                    .unwrap_or_default();
                [self.dollar(*span), b"(", &value, b")"].concat()
            }
            Expr::Subst { span, items } => {
                [self.dollar(*span), b"[", &self.inline(items, menus), b"]"].concat()
            }
            Expr::Block { items, .. } => match self.inline(items, menus) {
                code if code.is_empty() => b"{}".to_vec(),
                code => [b"{ ", code.as_slice(), b" }"].concat(),
            },
            Expr::Array { elements, .. } => {
                let elements: Vec<_> = elements
                    .iter()
                    .map(|element| self.element(element, menus))
                    .collect();
                [b"{", elements.join(&b';').as_slice(), b"}"].concat()
            }
            Expr::Unary {
                op, op_span, operand, ..
            } => {
                let sign = op_span.of(self.source);
                let apart: &[u8] = match op {
                    UnaryOp::Any => b" ",
                    UnaryOp::Not if sign == b"not" => b" ",
                    _ => b"",
                };
                [sign, apart, &self.expr(operand, menus, blank)].concat()
            }
            Expr::Binary {
                op,
                op_span,
                operands,
                ..
            } => {
                let sign = op_span.of(self.source);
                let apart = match op {
                    BinaryOp::Index | BinaryOp::Append => &b""[..],
                    BinaryOp::And | BinaryOp::Or | BinaryOp::In => b" ",
                    _ => blank,
                };
                // An implied `and` is one blank.
                let behind = if sign.is_empty() { &b""[..] } else { apart };
                let (left, right) = (&operands.0, &operands.1);
                [
                    &self.expr(left, menus, blank),
                    apart,
                    sign,
                    behind,
                    &self.expr(right, menus, blank),
                ]
                .concat()
            }
            Expr::Concat { parts, .. } => {
                let parts: Vec<_> = parts.iter().map(|part| self.expr(part, menus, blank)).collect();
                parts.concat()
            }
        }
    }

    fn element(&self, element: &Element, menus: &Menus<'a>) -> Vec<u8> {
        let value = element
            .value
            .as_ref()
            .map(|value| self.expr(value, menus, b""))
            .unwrap_or_default();
        match &element.key {
            Some(key) => [self.expr(key, menus, b"").as_slice(), b"=", &value].concat(),
            None => value,
        }
    }

    /// Quoted text on one text line
    fn text(&self, span: Span, parts: &[Part], menus: &Menus<'a>) -> Vec<u8> {
        if parts.is_empty() {
            let text = span.of(self.source);
            return quote::unquote(text).map_or_else(|| text.to_vec(), |value| quote::quote(&value));
        }
        let mut out = b"\"".to_vec();
        for part in parts {
            match part {
                Part::Text(span) => {
                    let text = span.of(self.source);
                    out.extend(
                        quote::unescape(text).map_or_else(|| text.to_vec(), |value| quote::escape(&value)),
                    );
                }
                Part::Value(value) => out.extend(self.expr(value, menus, b"")),
            }
        }
        out.push(b'"');
        out
    }

    /// The `$` that a bracket may begin with
    fn dollar(&self, span: Span) -> &'static [u8] {
        if span.of(self.source).starts_with(b"$") {
            b"$"
        } else {
            b""
        }
    }
}

/// Every item with the command that follows it
fn with_next(items: &[Item]) -> impl Iterator<Item = (&Item, Option<&Item>)> {
    items.iter().enumerate().map(move |(index, item)| {
        let following = items.iter().skip(index.saturating_add(1));
        (item, following.into_iter().find(|item| item.command().is_some()))
    })
}

/// Whether a command is one of the current menu's
fn is_relative(item: &Item) -> bool {
    item.command()
        .is_some_and(|command| command.root == Root::Relative && !command.words.is_empty())
}

/// `/ip route`
fn path(words: &Menu<'_>) -> Vec<u8> {
    [b"/", words.join(&b' ').as_slice()].concat()
}

/// The commands that menus have in common
static COMMANDS: &[&[u8]] = &[
    b"add",
    b"comment",
    b"disable",
    b"edit",
    b"enable",
    b"export",
    b"find",
    b"get",
    b"move",
    b"print",
    b"remove",
    b"reset",
    b"reset-counters",
    b"set",
    b"unset",
];
