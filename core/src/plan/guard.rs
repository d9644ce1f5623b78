//! "Commit confirmed": a script on the router that takes a plan back by itself unless somebody confirms it in time.
//!
//! ```text
//!  multi-isp-undo [-2 -3 ..]       what takes the plan back, newest change first; its last commands remove all of this
//!  multi-isp-guard                 runs it every so many minutes, first so long from now (`ROUTEROS-BEHAVIOUR` §5)
//!  multi-isp-guard-startup         runs it after a start: one at an interval does not run then, and its clock may be wrong
//! ```
//!
//! The script comes before the schedulers that run it, and goes after them. It goes on after an error: what one row refuses must
//! not keep the others from coming back.
//!
//! Where an earlier plan waits to be confirmed, the new guard takes both back. It has other numbers (`multi-isp-undo-3`,
//! `multi-isp-guard-3`), so that it stands complete before the old one goes: whenever the script stops, one of them is armed.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::num::NonZeroU8;

use super::target::configuration;
use super::{Change, Phase, Plan, Properties, Step, Target};
use crate::desired::POLICY;
use crate::diagnostic::Diagnostic;
use crate::preflight::GUARD_NOT_POSSIBLE;
use crate::routeros::router::{Router, Row};
use crate::routeros::syntax::print::{self, Line};
use crate::routeros::syntax::quote::quote;
use crate::routeros::value::Value;
use crate::survey::{Role, SITE_SUBJECT, Tag, name, tag_of};

/// A plan cannot have a guard: the findings that say why, and what to do.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("the plan cannot have a guard: {}", .0.iter().map(|finding| finding.message.as_str()).collect::<Vec<_>>().join("; "))]
pub struct NoGuard(pub Vec<Diagnostic>);

impl NoGuard {
    /// The findings.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.0
    }
}

/// The guard of one plan.
pub(super) struct Guard<'a> {
    /// The number of its first script, which runs the others.
    first: usize,
    /// The sources of its scripts.
    pieces: Vec<Vec<u8>>,
    pending: &'a Pending,
}

/// The guard that stands on a router: that of a plan which nobody confirmed yet.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Pending {
    /// Its scripts in their order, then its schedulers.
    rows: Vec<(Tag, Row)>,
}

impl Plan {
    /// The guard of the plan, where it can have one.
    pub(super) fn possible_guard(&self) -> Result<Guard<'_>, NoGuard> {
        let findings = self.report.findings().iter();
        let forbidding: Vec<Diagnostic> = findings
            .filter(|finding| finding.code == GUARD_NOT_POSSIBLE)
            .cloned()
            .collect();
        if forbidding.is_empty() {
            Ok(self.guard())
        } else {
            Err(NoGuard(forbidding))
        }
    }

    /// The guard of the plan.
    pub(super) fn guard(&self) -> Guard<'_> {
        let own = self
            .inverse()
            .map(|step| print::or_log(&step.change.undo_command(), REFUSED));
        let lines = own.chain(self.pending.lines().map(<[u8]>::to_vec)).collect();
        let first = self.pending.next();
        Guard {
            first,
            pieces: pieces(first, lines),
            pending: &self.pending,
        }
    }
}

/// The steps of a plan under its guard: the script may run for longer than the guard waits, and what is done after that nothing
/// takes back. So it stops before each of its parts, and before each row of somebody else, where the guard is gone.
fn watched(steps: &[Step], check: &Change) -> Vec<Step> {
    let check = |step: &Step| Step::up(step.phase, check.clone(), WATCHES);
    let before = [None].into_iter().chain(steps.iter().map(Some));
    let checked = steps.iter().zip(before).flat_map(move |(step, before)| {
        let is_new =
            before.is_none_or(|before| (before.phase, before.direction) != (step.phase, step.direction));
        let check = (is_new || step.takes_a_foreign_row()).then(|| Step {
            direction: step.direction,
            ..check(step)
        });
        check.into_iter().chain([step.clone()])
    });
    checked.chain(steps.last().map(check)).collect()
}

impl Guard<'_> {
    /// The guard stands before the steps, and each part of them looks whether it still does.
    pub(super) fn around(&self, minutes: NonZeroU8, steps: &[Step]) -> Vec<Step> {
        let armed = self.arm(minutes).into_iter();
        armed.chain(watched(steps, &self.check(STANDS))).collect()
    }

    /// The scripts come, the first one last because it runs the others, then what runs it, and the guard of an earlier plan goes;
    /// nothing of the plan is done where all that does not stand.
    fn arm(&self, minutes: NonZeroU8) -> Vec<Step> {
        let scripts = (self.first..)
            .zip(&self.pieces)
            .map(|(number, source)| script(number, source));
        let scripts: Vec<Change> = scripts.collect();
        let interval = format!("{minutes}m");
        let timers = [("interval", interval.as_str()), ("start-time", "startup")];
        let timers = (timer_of(self.first)..)
            .zip(timers)
            .map(|(number, (when, time))| self.timer(number, when, time));
        let changes = [self.pending.as_planned()]
            .into_iter()
            .chain(scripts.into_iter().rev());
        let changes = changes
            .chain(timers)
            .chain(self.pending.gone())
            .chain([self.check(IS_ARMED)]);
        changes
            .map(|change| Step::up(Phase::Guard, change, ARMS))
            .collect()
    }

    /// What an earlier plan left to be taken back, and the guard itself goes.
    pub(super) fn give_back(&self) -> impl Iterator<Item = Step> {
        let lines = self
            .pending
            .lines()
            .map(|line| Change::Run { script: line.into() });
        lines
            .map(|change| Step::down(Phase::Guard, change, TAKES_BACK))
            .chain(self.disarm())
    }

    /// The schedulers go, then the scripts. Where there are none any more, that is an error: the plan may be gone too.
    pub(super) fn confirm(&self) -> Vec<Step> {
        let check = Step::down(Phase::Guard, self.check(IS_GONE), DISARMS);
        [check].into_iter().chain(self.disarm()).collect()
    }

    /// The schedulers go, then the scripts.
    pub(super) fn disarm(&self) -> Vec<Step> {
        disarmed(self.first, self.pieces.len(), self.pending)
            .map(|change| Step::down(Phase::Guard, change, DISARMS))
            .collect()
    }

    /// A scheduler that runs the first script, once or every so often.
    fn timer(&self, number: usize, when: &str, time: &str) -> Change {
        let mut row = named(&tag(Role::Guard, number));
        let first = script_name(self.first);
        let rest = [(when, time), ("on-event", first.as_str()), ("policy", POLICY)];
        row.extend(rest.map(|(name, value)| (name.to_string(), Value::from(value))));
        Change::Add {
            menu: Role::Guard.menu().to_string(),
            row,
            before: None,
        }
    }

    /// A look at this guard.
    fn check(&self, template: &str) -> Change {
        let tag = quote(tag(Role::Guard, timer_of(self.first)).to_string().as_bytes());
        let script = quote(script_name(self.first).as_bytes());
        Change::Run {
            script: print::fill(template.trim_end(), &[("TAG", &tag), ("SCRIPT", &script)]).into(),
        }
    }
}

impl Pending {
    /// What stands on a router.
    pub(super) fn read(router: &Router) -> Self {
        let of_role = |role: Role| {
            let rows = router.table(role.menu()).iter();
            let tagged = rows.filter_map(move |row| Some((tag_of(role.menu(), row)?, row.clone())));
            tagged.filter(move |(tag, _)| tag.role() == role)
        };
        let mut rows: Vec<(Tag, Row)> = of_role(Role::Undo).chain(of_role(Role::Guard)).collect();
        rows.sort_by(|(left, _), (right, _)| left.cmp(right));
        Self { rows }
    }

    /// Whether nothing waits to be confirmed.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The schedulers go, then the scripts, where they stand as they were read.
    pub(super) fn disarm(&self) -> Vec<Step> {
        let check = (!self.is_empty()).then(|| self.as_planned());
        let changes = check.into_iter().chain(self.gone());
        changes
            .map(|change| Step::down(Phase::Guard, change, DISARMS))
            .collect()
    }

    /// What stops a plan that was made before another one was sent, confirmed or taken back.
    fn as_planned(&self) -> Change {
        let rows = self.rows.len().to_string();
        Change::Run {
            script: print::fill(AS_PLANNED.trim_end(), &[("ROWS", rows.as_bytes())]).into(),
        }
    }

    /// Its schedulers go, then its scripts.
    fn gone(&self) -> impl Iterator<Item = Change> {
        let rows = self.of_role(Role::Guard).chain(self.of_role(Role::Undo));
        rows.map(|(tag, row)| removal(tag, configuration(row)))
    }

    /// The commands of the scripts that its last scheduler runs, without what the first of them ends with. Where none runs any, nothing
    /// waits to be taken back.
    fn lines(&self) -> impl Iterator<Item = &[u8]> {
        let first = self
            .of_role(Role::Guard)
            .last()
            .and_then(|(_, row)| row.get("on-event"));
        let source = |name: &Value| -> Option<&Value> {
            let script = self.of_role(Role::Undo).find(|(_, row)| row.is("name", name));
            script.and_then(|(_, row)| row.get(SOURCE))
        };
        let head = first.and_then(source);
        let is_run = move |row: &Row| {
            let run = row.get("name").map(|name| quote(name.as_bytes()));
            head.zip(run)
                .is_some_and(|(head, run)| memchr::memmem::find(head.as_bytes(), &run).is_some())
        };
        let others = self
            .of_role(Role::Undo)
            .filter(move |(_, row)| is_run(row) && row.get(SOURCE) != head);
        let scripts = head
            .into_iter()
            .chain(others.filter_map(|(_, row)| row.get(SOURCE)));
        let lines = scripts.flat_map(|source| source.as_bytes().split(|byte| *byte == b'\n'));
        lines.filter(|line| line.starts_with(print::OR_LOG))
    }

    /// The first number that no script has.
    fn next(&self) -> usize {
        let numbers = self.rows.iter().map(|(tag, _)| tag.number());
        numbers.max().map_or(1, |last| last.saturating_add(1))
    }

    fn of_role(&self, role: Role) -> impl Iterator<Item = &(Tag, Row)> {
        self.rows.iter().filter(move |(tag, _)| tag.role() == role)
    }
}

/// The commands in as many scripts as they need: RouterOS' own editor takes 30,000 bytes (`ROUTEROS-BEHAVIOUR` §14).
fn pieces(first: usize, lines: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    let mut pieces = alloc::vec![HEADER.as_bytes().to_vec()];
    for line in lines {
        let is_full = |piece: &&mut Vec<u8>| piece.len().saturating_add(line.len()) > LONGEST;
        if pieces.last_mut().as_ref().is_some_and(is_full) {
            pieces.push(HEADER.as_bytes().to_vec());
        }
        if let Some(piece) = pieces.last_mut() {
            push(piece, line);
        }
    }
    let others = numbers(first, pieces.len()).skip(1).map(|number| {
        let script = Target::of(SCRIPTS, &named(&tag(Role::Undo, number)));
        script.select(Line::new(SCRIPTS, "run"), SCRIPTS).finish()
    });
    let others: Vec<Vec<u8>> = others.collect();
    if let Some(first) = pieces.first_mut() {
        others.into_iter().for_each(|line| push(first, line));
        first.extend_from_slice(AT_END.as_bytes());
    }
    pieces
}

/// The numbers of so many scripts.
fn numbers(first: usize, count: usize) -> core::ops::Range<usize> {
    first..first.saturating_add(count)
}

/// The number of the first scheduler of a guard with that first script; the second one follows it.
fn timer_of(first: usize) -> usize {
    first.saturating_mul(2).saturating_sub(1)
}

fn push(piece: &mut Vec<u8>, line: Vec<u8>) {
    piece.extend(line);
    piece.push(b'\n');
}

/// What removes a guard of so many scripts, and what is left of an earlier one.
fn disarmed(first: usize, scripts: usize, pending: &Pending) -> impl Iterator<Item = Change> {
    let timers = numbers(timer_of(first), 2)
        .rev()
        .map(|number| tag(Role::Guard, number));
    let scripts = numbers(first, scripts)
        .rev()
        .map(|number| tag(Role::Undo, number));
    let own = timers.chain(scripts).map(|tag| removal(&tag, named(&tag)));
    own.chain(pending.gone())
}

fn removal(tag: &Tag, row: Properties) -> Change {
    let menu = tag.role().menu();
    Change::Remove {
        menu: menu.to_string(),
        target: Target::of(menu, &row),
        row,
        before: None,
        comes_back: true,
    }
}

/// A script of the guard.
fn script(number: usize, source: &[u8]) -> Change {
    let mut row = named(&tag(Role::Undo, number));
    row.push((String::from("policy"), Value::from(POLICY)));
    row.push((String::from(SOURCE), Value::from(source)));
    Change::Add {
        menu: SCRIPTS.to_string(),
        row,
        before: None,
    }
}

fn tag(role: Role, number: usize) -> Tag {
    Tag::new(role, SITE_SUBJECT, number)
}

/// The name of a row of the guard, and its tag.
fn named(tag: &Tag) -> Properties {
    let name = match tag.role() {
        Role::Undo => script_name(tag.number()),
        _ => timer_name(tag.number()),
    };
    [
        (String::from("name"), Value::from(name)),
        (String::from("comment"), Value::from(tag.to_string())),
    ]
    .into()
}

fn script_name(number: usize) -> String {
    numbered("undo", number)
}

/// Two schedulers have a number: that at an interval comes first.
fn timer_name(number: usize) -> String {
    let word = if number % 2 == 1 { "guard" } else { "guard-startup" };
    numbered(word, number.div_ceil(2))
}

fn numbered(word: &str, number: usize) -> String {
    match number {
        1 => name(word),
        number => name(&format!("{word}-{number}")),
    }
}

const SCRIPTS: &str = "/system/script";
const SOURCE: &str = "source";
const HEADER: &str = "# takes the last plan of multi-isp back, newest change first\n";
const REFUSED: &str = "multi-isp: a change was not taken back";

/// Bytes of one script, without what the first one ends with.
const LONGEST: usize = 26_000;

/// Two schedulers stand, neither is switched off, and what they run is there: a router that forbids them adds them, and inactivates them
/// (`ROUTEROS-BEHAVIOUR` §5; that this shows as `disabled` is likely, and unconfirmed).
const IS_ARMED: &str = include_str!("scripts/guard-armed.rsc");
/// What stood when the plan was made stands, and no more.
const AS_PLANNED: &str = include_str!("scripts/guard-as-planned.rsc");
/// The scheduler still stands.
const STANDS: &str = include_str!("scripts/guard-stands.rsc");
/// Nothing of any guard stays: one that was about to take over is of no use any more, and its plan goes no further.
const AT_END: &str = include_str!("scripts/guard-end.rsc");
/// No scheduler stands.
const IS_GONE: &str = include_str!("scripts/guard-gone.rsc");

const ARMS: &str = "the plan is taken back unless it is confirmed in time, also after a restart";
const WATCHES: &str = "a plan that was taken back meanwhile goes no further";
const DISARMS: &str = "nothing is taken back by itself any more";
const TAKES_BACK: &str = "an earlier plan was not confirmed";
