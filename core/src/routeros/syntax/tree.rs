//! The lossless tree: nodes are spans of the source, nothing is copied.
//!
//! The tree mirrors what was typed. It knows no menus and no properties: whether `route` in `/ip route add` is a menu
//! and `add` a command is for the reader of the tree to say, which is why [`Command::words`] is one flat list.
//!
//! Every span of a node lies inside its parent's, siblings are ordered and disjoint, and between them stand only
//! blanks, continuations (`\` and an end of line), separators, delimiters, inside arrays comments, and before the first a byte
//! order mark.

use alloc::boxed::Box;
use alloc::vec::Vec;

/// Half-open range of bytes of the source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset behind the last byte.
    pub end: u32,
}

impl Span {
    /// Span from `start` to `end`; empty when `end` is not behind `start`.
    pub const fn new(start: u32, end: u32) -> Self {
        let end = if end < start { start } else { end };
        Self { start, end }
    }

    /// Number of bytes.
    pub const fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether no byte is covered.
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Whether `inner` lies inside this span.
    pub const fn contains(self, inner: Span) -> bool {
        self.start <= inner.start && inner.end <= self.end
    }

    /// The bytes of `source` that it covers; empty when it points outside
    pub fn of(self, source: &[u8]) -> &[u8] {
        let start = usize::try_from(self.start).unwrap_or(usize::MAX);
        let end = usize::try_from(self.end).unwrap_or(usize::MAX);
        source.get(start..end).unwrap_or_default()
    }

    /// Smallest span that covers both.
    pub fn to(self, other: Span) -> Span {
        Span {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }
}

/// One entry of a script or a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// `#` to the end of the line, the line end excluded.
    Comment(Span),
    /// A command or a menu line.
    Command(Command),
    /// Bytes that could not be read; only a lenient parse makes these.
    Error(Span),
}

impl Item {
    /// Bytes that the item covers.
    pub fn span(&self) -> Span {
        match self {
            Item::Comment(span) | Item::Error(span) => *span,
            Item::Command(command) => command.span,
        }
    }

    /// The command, if the item is one.
    pub fn command(&self) -> Option<&Command> {
        match self {
            Item::Command(command) => Some(command),
            Item::Comment(_) | Item::Error(_) => None,
        }
    }
}

/// How a command's path starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Root {
    /// `/ip route`: from the root, whatever the current menu is.
    Slash,
    /// `:put`: a command of the root.
    Colon,
    /// `route add`, `..`, `{ }`, `$f x`: from the current menu.
    Relative,
}

/// A command, or a menu line when the words name a menu and nothing follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// From the first byte (`/`, `:` or word) to the last argument.
    pub span: Span,
    /// How the path starts.
    pub root: Root,
    /// Path and command words as typed, `..` included; abbreviations stay as they are.
    ///
    /// Unnamed plain words that follow (`set ether1`, `print detail`) stand here too as long as nothing else came
    /// between: the grammar cannot tell `ether1` from a menu. Empty for a statement that is an expression: `{ }`,
    /// `[ ]`, `$f a`.
    pub words: Vec<Span>,
    /// Arguments in typed order.
    pub args: Vec<Arg>,
}

/// An argument of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arg {
    /// A value without a name: `ether1`, `[find ..]`, `(..)`, `$x`, `{..}`, `detail`.
    Positional(Expr),
    /// `gateway=1.1.1.1`, or `comment=` with nothing behind it.
    Named {
        /// Name, `=` and value.
        span: Span,
        /// The name as typed, with its dots: `configuration.mode`, `.ssid`.
        name: Span,
        /// The value; `prop=!x` is an [`Expr::Unary`] with [`UnaryOp::Not`] or a word with the `!` in it.
        value: Option<Expr>,
    },
    /// `!check-gateway`: clears the property.
    Unset {
        /// `!` and name.
        span: Span,
        /// The name as typed.
        name: Span,
    },
    /// The query of `find` and `where`.
    Where {
        /// Keyword and conditions.
        span: Span,
        /// `where`, when it was typed.
        keyword: Option<Span>,
        /// Conditions that stand side by side, joined by an implied `and`.
        conditions: Vec<Expr>,
    },
}

impl Arg {
    /// Bytes that the argument covers.
    pub fn span(&self) -> Span {
        match self {
            Arg::Positional(value) => value.span(),
            Arg::Named { span, .. } | Arg::Unset { span, .. } | Arg::Where { span, .. } => *span,
        }
    }
}

/// A value or an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expr {
    /// Unquoted text: `ether1`, `10.0.0.0/8`, `1d2h`, `*1F`, `yes`.
    Word(Span),
    /// Quoted text, quotes included.
    Str {
        /// Quotes included.
        span: Span,
        /// Empty when nothing is interpolated: decode the span with `quote::unquote`.
        /// Otherwise text and expressions in order, covering everything between the quotes.
        parts: Vec<Part>,
    },
    /// `$name`, `$1` or `$"quoted name"`.
    Var {
        /// `$` included.
        span: Span,
        /// The name without `$` and quotes.
        name: Span,
    },
    /// `( .. )` or `$( .. )`; a list is a chain of [`BinaryOp::Append`].
    Paren {
        /// Parentheses and `$` included.
        span: Span,
        /// What stands in it; none in `()`.
        value: Option<Box<Expr>>,
    },
    /// `[ .. ]` or `$[ .. ]`: the result of the commands.
    Subst {
        /// Brackets and `$` included.
        span: Span,
        /// Commands and comments.
        items: Vec<Item>,
    },
    /// `{ .. }` as code.
    Block {
        /// Braces included.
        span: Span,
        /// Commands and comments.
        items: Vec<Item>,
    },
    /// `{ .. }` as an array literal.
    Array {
        /// Braces included.
        span: Span,
        /// Elements in typed order.
        elements: Vec<Element>,
    },
    /// An operator before its operand.
    Unary {
        /// Operator and operand.
        span: Span,
        /// The operator.
        op: UnaryOp,
        /// Where the operator stands.
        op_span: Span,
        /// The operand.
        operand: Box<Expr>,
    },
    /// An operator between two operands; `->` (index) is one of them.
    Binary {
        /// Both operands and the operator.
        span: Span,
        /// The operator.
        op: BinaryOp,
        /// Where the operator stands; empty for the `and` that two values side by side imply.
        op_span: Span,
        /// Left and right operand.
        operands: Box<(Expr, Expr)>,
    },
    /// Values without a blank between them, one text: `10.0.0.$i`, `$a"b"`.
    Concat {
        /// From the first to the last part.
        span: Span,
        /// At least two parts.
        parts: Vec<Expr>,
    },
}

impl Expr {
    /// Bytes that the expression covers.
    pub fn span(&self) -> Span {
        match self {
            Expr::Word(span)
            | Expr::Str { span, .. }
            | Expr::Var { span, .. }
            | Expr::Paren { span, .. }
            | Expr::Subst { span, .. }
            | Expr::Block { span, .. }
            | Expr::Array { span, .. }
            | Expr::Unary { span, .. }
            | Expr::Binary { span, .. }
            | Expr::Concat { span, .. } => *span,
        }
    }
}

/// A piece of quoted text that interpolates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Text with its escapes: decode with `quote::unescape`.
    Text(Span),
    /// `$name`, `$(..)` or `$[..]`.
    Value(Expr),
}

/// An element of an array literal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// Key, `=` and value.
    pub span: Span,
    /// `k` of `k=v`.
    pub key: Option<Expr>,
    /// The value; none in `{"ax"=}`.
    pub value: Option<Expr>,
}

/// Operator before an operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnaryOp {
    /// `-`
    Minus,
    /// `!` or `not`
    Not,
    /// `~`
    BitNot,
    /// `>`: takes the operand as code, not as its result, as in `(>[:put 1])`.
    Code,
    /// `any`: whether the operand has a value at all.
    Any,
}

/// Operator between two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the spelling stands in `BinaryOp::symbol`")]
pub enum BinaryOp {
    Or,
    And,
    In,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Matches,
    BitOr,
    BitXor,
    BitAnd,
    ShiftLeft,
    ShiftRight,
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
    Join,
    Append,
    Index,
}

impl BinaryOp {
    /// The operator's sign; `and`, `or` and `in` may be typed for the first three.
    pub const fn symbol(self) -> &'static str {
        match self {
            BinaryOp::Or => "||",
            BinaryOp::And => "&&",
            BinaryOp::In => "in",
            BinaryOp::Equal => "=",
            BinaryOp::NotEqual => "!=",
            BinaryOp::Less => "<",
            BinaryOp::LessEqual => "<=",
            BinaryOp::Greater => ">",
            BinaryOp::GreaterEqual => ">=",
            BinaryOp::Matches => "~",
            BinaryOp::BitOr => "|",
            BinaryOp::BitXor => "^",
            BinaryOp::BitAnd => "&",
            BinaryOp::ShiftLeft => "<<",
            BinaryOp::ShiftRight => ">>",
            BinaryOp::Add => "+",
            BinaryOp::Subtract => "-",
            BinaryOp::Multiply => "*",
            BinaryOp::Divide => "/",
            BinaryOp::Modulo => "%",
            BinaryOp::Join => ".",
            BinaryOp::Append => ",",
            BinaryOp::Index => "->",
        }
    }
}
