//! The original values of foreign rows, kept on the router itself in the script `multi-isp-restore`.
//!
//! Each command of the script puts one thing back: it reads well, it runs, and it is parsed again to disable or to plan
//! anew. What was recorded first is never overwritten.

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Assignment, Change, NewValue, Phase, PlanError, Properties, Step, Target, summary};
use crate::desired::without_lease_script;
use crate::diagnostic::Diagnostic;
use crate::preflight::row_lost;
use crate::routeros::router::{Router, Row, Unknown};
use crate::routeros::syntax::Script;
use crate::routeros::value::Value;
use crate::survey::{Role, SITE_SUBJECT, Tag, name, record_source};

/// The first words of the script.
const HEADER: &str = "# original values of rows that multi-isp changed\n";
const MENU: &str = "/system/script";
const CLIENTS: &str = "/ip/dhcp-client";

/// What must happen to put every foreign row back.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Record {
    entries: Vec<Change>,
}

/// Whether the row of an entry is not found any more. Settings always are: those that are not in this picture of the router are at
/// their defaults.
pub(super) fn is_lost(entry: &Change, router: &Router) -> bool {
    match entry {
        Change::Set { menu, target, .. } if *target != Target::Only => {
            !router.table(menu).iter().any(|row| target.matches(row))
        }
        _ => false,
    }
}

impl Record {
    /// The record that stands on a router.
    pub(super) fn read(router: &Router) -> Result<Self, PlanError> {
        let Some(source) = record_source(router) else {
            return Ok(Self::default());
        };
        let unreadable = |command: &[u8]| PlanError::UnreadableRecord {
            command: String::from_utf8_lossy(command).into_owned(),
        };
        let script = Script::parse(source.as_bytes()).map_err(|_| unreadable(source.as_bytes()))?;
        let entry =
            |command| Change::read(&script, command).ok_or_else(|| unreadable(script.text(command.span)));
        Ok(Self {
            entries: script.commands().map(entry).collect::<Result<_, _>>()?,
        })
    }

    /// The findings about rows that are not found any more, to put them back: each once, with all that it had.
    pub(super) fn lost(&self, router: &Router) -> Vec<Diagnostic> {
        let mut rows: BTreeMap<(&str, String), Vec<String>> = BTreeMap::new();
        for entry in self.entries.iter().filter(|entry| is_lost(entry, router)) {
            if let Change::Set { menu, target, values } = entry {
                let original = rows.entry((menu, target.to_text())).or_default();
                original.extend(values.iter().map(summary::original));
            }
        }
        let findings = rows.iter();
        findings
            .map(|((menu, row), original)| row_lost(menu, row, &original.join(" ")))
            .collect()
    }

    /// The router as it would be with every foreign row put back: what a plan is made for, so that what an earlier plan
    /// changed is never taken for what somebody wanted.
    pub(super) fn original(&self, router: &Router) -> Result<Router, PlanError> {
        let commands: Vec<Vec<u8>> = self
            .refreshed(router)
            .entries
            .iter()
            .map(Change::undo_command)
            .collect();
        let script = commands.join(&b'\n');
        let unreadable = |found: String| PlanError::UnreadableRecord { command: found };
        let parsed = Script::parse(&script).map_err(|errors| unreadable(errors.first().to_string()))?;
        let outcome = router.run(&parsed, &Unknown);
        outcome
            .error
            .map_or(Ok(outcome.router), |error| Err(unreadable(error.to_string())))
    }

    /// The record with what people changed since: of a lease script only our part goes.
    pub(super) fn refreshed(&self, router: &Router) -> Self {
        let entry = |entry: &Change| match entry {
            Change::Set { menu, target, values } if menu == CLIENTS => {
                let today = router
                    .table(menu)
                    .iter()
                    .find(|row| target.matches(row))
                    .and_then(|row| row.get("script"));
                let values = values
                    .iter()
                    .map(|value| match today.filter(|_| value.name == "script") {
                        Some(script) => Assignment {
                            to: NewValue::Given(Value::from(without_lease_script(script.as_bytes()))),
                            ..value.clone()
                        },
                        None => value.clone(),
                    });
                Change::Set {
                    menu: menu.clone(),
                    target: target.clone(),
                    values: values.collect(),
                }
            }
            entry => entry.clone(),
        };
        Self {
            entries: self.entries.iter().map(entry).collect(),
        }
    }

    /// Writes down what a change of `row` takes away, unless it is recorded already: an entry for each property, because one
    /// may be put back while another is still needed.
    pub(super) fn note(&mut self, change: &Change, row: &Row) {
        match change.inverse() {
            Some(Change::Set { menu, target, values }) => {
                let known = self.known(&menu, row);
                let new = values.into_iter().filter(|value| !known.contains(&value.name));
                self.entries.extend(new.map(|value| Change::Set {
                    menu: menu.clone(),
                    target: target.clone(),
                    values: alloc::vec![value],
                }));
            }
            entry => self.entries.extend(entry),
        }
    }

    /// The entries that are kept, and the others.
    pub(super) fn split(self, keep: impl FnMut(&Change) -> bool) -> (Self, Self) {
        let (entries, rest) = self.entries.into_iter().partition(keep);
        (Self { entries }, Self { entries: rest })
    }

    /// The entries.
    pub(super) fn entries(&self) -> &[Change] {
        &self.entries
    }

    /// The steps from this record to `noted`, before anything is changed, and from there to `kept`, when all is done; `goes` says
    /// why the others go.
    pub(super) fn steps(&self, noted: &Self, kept: &Self, goes: &str) -> Vec<Step> {
        let arm =
            (noted != self).then(|| Step::up(Phase::Arm, noted.change_from(self), Role::Restore.purpose()));
        let done = (kept != noted).then(|| Step::down(Phase::Commit, kept.change_from(noted), goes));
        arm.into_iter().chain(done).collect()
    }

    /// The change of the script from what `before` says to what this record says.
    fn change_from(&self, before: &Self) -> Change {
        let menu = MENU.to_string();
        match (before.entries.is_empty(), self.entries.is_empty()) {
            (true, _) => Change::Add {
                menu,
                row: self.row(),
                before: None,
            },
            (false, true) => Change::Remove {
                target: Target::of(MENU, &before.row()),
                row: before.row(),
                menu,
                before: None,
                comes_back: true,
            },
            (false, false) => Change::Set {
                menu,
                target: Target::of(MENU, &self.row()),
                values: alloc::vec![Assignment {
                    name: String::from("source"),
                    from: NewValue::Given(before.source()),
                    to: NewValue::Given(self.source()),
                }],
            },
        }
    }

    /// The names of a row's properties whose original values are recorded.
    fn known(&self, menu: &str, row: &Row) -> Vec<String> {
        let of_row = self.entries.iter().filter_map(|entry| match entry {
            Change::Set {
                menu: own,
                target,
                values,
            } if own == menu && target.matches(row) => Some(values),
            _ => None,
        });
        of_row.flatten().map(|value| value.name.clone()).collect()
    }

    fn source(&self) -> Value {
        let commands = self
            .entries
            .iter()
            .flat_map(|entry| entry.command().into_iter().chain([b'\n']));
        Value::from(HEADER.bytes().chain(commands).collect::<Vec<u8>>())
    }

    fn row(&self) -> Properties {
        let tag = Tag::new(Role::Restore, SITE_SUBJECT, 1).to_string();
        let text = |name: &str, value: &str| (name.to_string(), Value::from(value));
        Properties::from([
            text("name", &name(Role::Restore.word())),
            text("policy", "read,write"),
            (String::from("source"), self.source()),
            text("comment", &tag),
        ])
    }
}

#[cfg(test)]
mod tests {
    use std::prelude::rust_2024::*;
    use std::{format, vec};

    use super::*;

    const SET: &str = "/ip route set [find where comment=backup]";

    /// What is told of a router with these rows and with a record of these commands.
    fn told(rows: &str, record: &str) -> Vec<String> {
        let export = format!(
            "{rows}/system script add name=multi-isp-restore comment=multi-isp:restore:site:1 source=\"{record}\"\n"
        );
        let router = Router::from_export(export.as_bytes(), None).unwrap();
        let lost = Record::read(&router).unwrap().lost(&router);
        lost.into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn a_row_that_is_gone_is_told_once_with_all_that_it_had() {
        let record = format!("{SET} disabled=no\\n{SET} distance=2\\n/ip dns set servers=1.1.1.1");
        let backup = "/ip route add comment=backup disabled=yes gateway=192.0.2.1\n";
        assert_eq!(told(backup, &record), [""; 0]);
        assert_eq!(
            told(&backup.replace("=backup", "=standby"), &record),
            vec![
                "the row of `/ip route` that had `comment=backup` was changed, and is not found any more: it is not given back its `disabled=no distance=2`"
            ]
        );
        assert_eq!(told("", ""), [""; 0]);
    }

    #[test]
    fn an_edited_record_is_an_error_of_the_plan() {
        let export = "/system script add name=multi-isp-restore comment=multi-isp:restore:site:1 source=\"/ip dns print\"\n";
        let router = Router::from_export(export.as_bytes(), None).unwrap();
        assert!(matches!(
            Record::read(&router),
            Err(PlanError::UnreadableRecord { .. })
        ));
    }
}
