//! What the rules of every door have in common: their shape, their report, and the levels at which a caller wants it.
//!
//! ```text
//!  Rule --check--> findings --> Report --Levels--> Report as the caller wants it --> text, JSON
//! ```
//!
//! Preflight judges a site on its router, audit any router; each has a registry of [`Rule`]s of its own, and the way in which
//! they look at what they judge is theirs, too.

mod levels;
mod report;
mod rows;
pub(crate) mod style;

use alloc::string::String;
use core::fmt;

pub(crate) use self::levels::read_levels;
pub use self::levels::{LevelErrors, Levels};
pub use self::report::Report;
pub(crate) use self::rows::{named, narrowed, placed, property_subject, row_of, row_subject, typed};
use crate::diagnostic::{Code, Diagnostic, Level};

/// One check, as data; `C` is how it looks at what it judges
#[derive(Clone, Copy)]
pub struct Rule<C> {
    /// Name of the fault
    pub code: Code,
    /// How grave it is
    pub level: Level,
    /// Its page, in Markdown
    pub page: &'static str,
    /// What finds it
    pub check: C,
}

impl<C> Rule<C> {
    /// The same fault, found in another way
    pub(crate) const fn found_by<D: Copy>(&self, check: D) -> Rule<D> {
        Rule {
            code: self.code,
            level: self.level,
            page: self.page,
            check,
        }
    }

    /// A finding of this rule
    pub(crate) fn finding(&self, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(self.code, self.level, message)
    }

    /// The first paragraph of its page, behind "Checks": what it looks at
    pub fn summary(&self) -> &'static str {
        let checks = self.page.split("\n## ").nth(1).unwrap_or_default();
        let text = checks.split_once('\n').map_or("", |(_, text)| text);
        text.trim().split("\n\n").next().unwrap_or_default()
    }
}

/// Every two of them, each pair once, in their order
pub(crate) fn every_two<T>(all: &[T]) -> impl Iterator<Item = (&T, &T)> {
    let others = (1..).zip(all);
    others.flat_map(move |(next, one)| all.iter().skip(next).map(move |other| (one, other)))
}

impl<C> fmt::Debug for Rule<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.code, self.level)
    }
}
