//! RouterOS text: bytes ↔ lossless tree.

mod tree;

use alloc::vec::Vec;

use crate::diagnostic::{Diagnostic, Place};

pub use tree::{Arg, BinaryOp, Command, Element, Expr, Item, Part, Root, Span, UnaryOp};

/// A RouterOS script or export: its bytes and the tree that points into them
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    source: Vec<u8>,
    items: Vec<Item>,
    errors: Vec<Diagnostic>,
}

impl Script {
    /// Commands, comments and unreadable stretches of the top level, in typed order
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// Commands of the top level
    pub fn commands(&self) -> impl Iterator<Item = &Command> {
        self.items.iter().filter_map(Item::command)
    }

    /// What could not be read; empty after [`Script::parse`]
    pub fn errors(&self) -> &[Diagnostic] {
        &self.errors
    }

    /// The exact bytes of the source
    pub fn to_bytes(&self) -> Vec<u8> {
        self.source.clone()
    }

    /// Bytes that a span covers; empty when it points outside the source
    pub fn text(&self, span: Span) -> &[u8] {
        let start = usize::try_from(span.start).unwrap_or(usize::MAX);
        let end = usize::try_from(span.end).unwrap_or(usize::MAX);
        self.source.get(start..end).unwrap_or_default()
    }

    /// Line and column of a span
    pub fn place(&self, span: Span) -> Place {
        let start = usize::try_from(span.start).unwrap_or(usize::MAX);
        Place::locate(
            &self.source,
            start,
            usize::try_from(span.len()).unwrap_or(usize::MAX),
        )
    }
}
