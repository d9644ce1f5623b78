//! `/system script` and `/system scheduler`: what runs by itself.

use alloc::{collections::BTreeMap, vec::Vec};

use super::{
    Items, Result, RunError, Scope, Stop,
    data::Data,
    machine::{Call, Machine},
};
use crate::routeros::{
    router::{
        memory::Timer,
        row::{Row, RowId},
    },
    value::{Value, milliseconds},
};

const SCRIPTS: &str = "/system/script";
const SCHEDULERS: &str = "/system/scheduler";

/// What schedulers may run while time passes once: an item a minute has 43,200 runs in 30 days.
const MOST_EVENTS: usize = 100_000;

/// Commands of all these events together, beside what each may run.
const MOST_COMMANDS: usize = 2_000_000;

impl Machine<'_> {
    /// `/system script run name`.
    pub(super) fn run_scripts(&mut self, call: &Call<'_>, scope: &mut Scope) -> Result {
        let mut last = Data::Nothing;
        for (path, id) in self.numbers(call, &call.operands(), scope, Items::Exist)? {
            let source = self
                .router
                .table(&path)
                .by_id(id)
                .and_then(|row| row.get("source"))
                .cloned();
            last = self.stored(source.unwrap_or_default().as_bytes(), Scope::new())?;
        }
        Ok(last)
    }

    /// What `on-event` holds: the name of a script, or code.
    fn event(&mut self, on_event: &Value) -> core::result::Result<(), RunError> {
        let script = self
            .router
            .table(SCRIPTS)
            .named(on_event)
            .and_then(|row| row.get("source"));
        let code = script.unwrap_or(on_event).clone();
        self.fill_up(&[]);
        match self.stored(code.as_bytes(), Scope::new()) {
            Err(Stop::Error(error)) => {
                self.log.push(super::LogEntry {
                    topic: "error".into(),
                    message: Value::from(error.message()),
                });
                Err(error)
            }
            _ => Ok(()),
        }
    }

    /// Lets time pass; the first error of what ran, the rest ran all the same.
    ///
    /// Where too much falls due, time stops there and that is the error.
    pub(super) fn advance(&mut self, time: u64) -> Option<RunError> {
        let end = self.router.memory.clock.saturating_add(time);
        let mut first = None;
        let (mut events, mut commands) = (MOST_EVENTS, MOST_COMMANDS);
        self.start_timers();
        while let Some((id, due)) = self.next_due().filter(|(_, due)| *due <= end) {
            self.router.memory.clock = due;
            if events == 0 || commands == 0 {
                return Some(RunError::new("the schedulers run too often for that time"));
            }
            let Some(row) = self.router.table(SCHEDULERS).by_id(id) else {
                continue;
            };
            let on_event = row.get("on-event").cloned().unwrap_or_default();
            if let Some(timer) = self.router.memory.timers.get_mut(&id) {
                timer.next = due.saturating_add(timer.interval);
            }
            let ran = self.event(&on_event);
            first = first.or(ran.err());
            events = events.saturating_sub(1);
            commands = commands.saturating_sub(self.spent());
            self.start_timers();
        }
        self.router.memory.clock = end;
        first
    }

    /// Starts anew; `start-time=startup` without an interval runs 3 s after the start, with one an interval later.
    pub(super) fn reboot(&mut self) -> Option<RunError> {
        self.router.memory = crate::routeros::router::memory::Memory::default();
        let at_start = |row: &&Row| is_startup(row) && interval(row) == 0 && !row.disabled();
        let events: Vec<Value> = self
            .router
            .table(SCHEDULERS)
            .iter()
            .filter(at_start)
            .filter_map(|row| row.get("on-event").cloned())
            .collect();
        let mut first = None;
        for event in events {
            let ran = self.event(&event);
            first = first.or(ran.err());
        }
        self.start_timers();
        first
    }

    fn next_due(&self) -> Option<(RowId, u64)> {
        let due = self
            .router
            .memory
            .timers
            .iter()
            .map(|(id, timer)| (*id, timer.next));
        due.min_by_key(|(id, next)| (*next, *id))
    }

    /// A timer for every item that runs at an interval; a new or changed one first runs one interval from now.
    pub(super) fn start_timers(&mut self) {
        let now = self.router.memory.clock;
        let old = core::mem::take(&mut self.router.memory.timers);
        let running = self
            .router
            .table(SCHEDULERS)
            .iter()
            .filter(|row| interval(row) > 0 && !row.disabled());
        let timers: BTreeMap<RowId, Timer> = running
            .map(|row| {
                let interval = interval(row);
                let kept = old.get(&row.id()).filter(|timer| timer.interval == interval);
                (
                    row.id(),
                    kept.copied().unwrap_or(Timer {
                        interval,
                        next: now.saturating_add(interval),
                    }),
                )
            })
            .collect();
        self.router.memory.timers = timers;
    }
}

fn is_startup(row: &Row) -> bool {
    row.get("start-time").is_some_and(|time| time == "startup")
}

fn interval(row: &Row) -> u64 {
    row.text("interval")
        .and_then(|text| milliseconds(&text))
        .unwrap_or(0)
}
