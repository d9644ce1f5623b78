//! What mends a finding: the router as it should be → the commands that make it so.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::View;
use crate::diagnostic::Fix;
use crate::plan::changes;
use crate::routeros::router::{Router, Row};

impl View<'_> {
    /// The commands that do to the router what `edit` does to a copy of it, and those that take it back
    ///
    /// There is none where the copy stays as it is, or where a row cannot be told from another one by a command.
    pub(super) fn fix(&self, what: impl Into<String>, edit: impl FnOnce(&mut Router)) -> Option<Fix> {
        self.fix_if(what, edit, |_| true)
    }

    /// The same, where `mends` says that the copy is well then
    pub(super) fn fix_if(
        &self,
        what: impl Into<String>,
        edit: impl FnOnce(&mut Router),
        mends: impl FnOnce(&Router) -> bool,
    ) -> Option<Fix> {
        let mut mended = self.router().clone();
        edit(&mut mended);
        if !mends(&mended) {
            return None;
        }
        let fix = Fix {
            what: what.into(),
            commands: commands(self.router(), &mended)?,
            undo: commands(&mended, self.router())?,
        };
        (!fix.commands.is_empty()).then_some(fix)
    }

    /// The same for properties of one row: what is empty is unset
    pub(super) fn set(
        &self,
        what: impl Into<String>,
        (menu, row): (&str, &Row),
        values: &[(&str, &str)],
    ) -> Option<Fix> {
        self.fix(what, |router| set(router, menu, row, values))
    }
}

/// Sets properties of a row of a copy; what is empty is unset
pub(super) fn set(router: &mut Router, menu: &str, row: &Row, values: &[(&str, &str)]) {
    router.change(menu, row.id(), |row| {
        for (name, value) in values {
            match value.is_empty() {
                true => row.unset(name),
                false => row.set(name, *value),
            }
        }
    });
}

/// Adds a row to a copy, before another one where that is given
pub(super) fn add(router: &mut Router, menu: &str, values: &[(&str, &str)], before: Option<&Row>) {
    let mut row = router.new_row(menu);
    for (name, value) in values {
        row.set(name, *value);
    }
    router.add(menu.to_string().into(), row, before.map(Row::id));
}

/// Takes a row out of a copy
pub(super) fn remove(router: &mut Router, menu: &str, row: &Row) {
    router.remove(&[(menu.to_string(), row.id())]);
}

/// What makes one router the other, as text: what is none is quoted
fn commands(from: &Router, to: &Router) -> Option<Vec<String>> {
    let changes = changes(from, to).ok()?;
    changes
        .iter()
        .map(|change| String::from_utf8(change.command()).ok())
        .collect()
}
