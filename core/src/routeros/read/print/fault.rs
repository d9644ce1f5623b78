//! Where an output cannot be read, and what helps.

use alloc::{format, string::String};

use super::text::Line;
use crate::diagnostic::{Code, Diagnostic, Place, Subject};

/// Why an output, or a part of it, cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    kind: &'static Kind,
    message: String,
    offset: usize,
    length: usize,
}

/// What goes wrong, for programs, and what to do about it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Kind {
    code: Code,
    help: &'static str,
}

pub(super) const MENU_REFUSED: Kind = Kind {
    code: super::super::MENU_REFUSED,
    help: super::super::REFUSED_HELP,
};
pub(super) const NOT_PRINT_OUTPUT: Kind = Kind {
    code: Code::new("not-print-output"),
    help: "give the whole output of one `print detail without-paging`, and nothing else",
};
pub(super) const UNKNOWN_FLAG: Kind = Kind {
    code: Code::new("unknown-flag"),
    help: "use `print detail`, whose first text lines say what the flags mean",
};
pub(super) const UNCLEAR_TABLE: Kind = Kind {
    code: Code::new("unclear-table"),
    help: "use `print detail`: a table cuts values off and leaves open where one ends",
};
pub(super) const UNCLEAR_VALUE: Kind = Kind {
    code: Code::new("unclear-value"),
    help: "use `print detail`, which quotes texts, or REST or the API",
};

impl Fault {
    /// A fault of `length` bytes at `offset` of the source.
    pub(super) fn new(
        kind: &'static Kind,
        offset: usize,
        length: usize,
        message: impl Into<String>,
    ) -> Fault {
        Fault {
            kind,
            message: message.into(),
            offset,
            length,
        }
    }

    /// A fault of a whole text line, the blanks around it left out.
    pub(super) fn of_line(kind: &'static Kind, line: &Line<'_>, message: impl Into<String>) -> Fault {
        let offset = line.offset.saturating_add(line.indent());
        Fault::new(kind, offset, line.trimmed().len(), message)
    }

    /// As it is told of a menu; no message holds a value of the output, which might be a secret.
    pub(super) fn diagnostic(&self, menu: &str, source: &[u8]) -> Diagnostic {
        let menu = menu.escape_default();
        let message = format!("output of `{menu}`: {}", self.message);
        Diagnostic::error(self.kind.code, message)
            .with_help(self.kind.help)
            .at(Place::locate(source, self.offset, self.length))
            .about(Subject::menu(format!("{menu}")))
    }
}
