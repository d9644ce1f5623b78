//! What the router runs by itself every now and then.

use alloc::format;
use alloc::vec::Vec;
use core::time::Duration;

use super::{Around, Settled};
use crate::routeros::router::{Router, Row, RowId};
use crate::routeros::value::milliseconds;
use crate::simulate::scenario::Scenario;
use crate::survey::interfaces::enabled;
use crate::survey::only_reports;
use crate::survey::switching;

/// Lets the schedulers run that switch something and look every minute or more often; of others that switch, it is said.
pub(super) fn run(settled: &mut Settled, scenario: &Scenario) {
    let (mut notes, mut idle) = (Vec::new(), Vec::new());
    for row in enabled(&settled.router, SCHEDULERS) {
        let name = row.text("name").unwrap_or_default();
        match fate(&settled.router, row) {
            Fate::Runs(_) => continue,
            Fate::Pings => notes.push(format!(
                "the scheduler `{name}` decides by `ping`, and is not followed"
            )),
            Fate::Slow(interval) => {
                let interval = interval.as_secs();
                notes.push(format!(
                    "the scheduler `{name}`, every {interval} s, is not waited for"
                ));
            }
            Fate::Idle => {}
        }
        idle.push(row.id());
    }
    for note in notes {
        settled.note(note);
    }
    if followed(&settled.router).next().is_none() {
        return;
    }
    let mut router = settled.router.clone();
    disable(&mut router, &idle, "yes");
    let mut outcome = router.advance(A_MINUTE, &Around { scenario });
    disable(&mut outcome.router, &idle, "no");
    settled.router = outcome.router;
    if let Some(error) = outcome.error {
        settled.note(format!("a script that a scheduler runs stops: {error}"));
    }
}

/// The longest interval of those that are followed.
pub(crate) fn slowest(router: &Router) -> Duration {
    followed(router).max().unwrap_or_default()
}

/// The intervals of those that are followed.
fn followed(router: &Router) -> impl Iterator<Item = Duration> {
    enabled(router, SCHEDULERS).filter_map(|row| match fate(router, row) {
        Fate::Runs(interval) => Some(interval),
        Fate::Idle | Fate::Pings | Fate::Slow(_) => None,
    })
}

/// What becomes of a scheduler.
enum Fate {
    /// It changes nothing that matters here, or runs once.
    Idle,
    /// It asks what nobody here answers.
    Pings,
    /// It looks too seldom to be waited for.
    Slow(Duration),
    Runs(Duration),
}

fn fate(router: &Router, row: &Row) -> Fate {
    if only_reports(SCHEDULERS, row) {
        return Fate::Idle;
    }
    let event = row.text("on-event").unwrap_or_default();
    let script = switching::read(router, &event);
    match interval(row).filter(|_| script.switches) {
        None => Fate::Idle,
        Some(_) if script.pings => Fate::Pings,
        Some(interval) if interval > A_MINUTE => Fate::Slow(interval),
        Some(interval) => Fate::Runs(interval),
    }
}

fn disable(router: &mut Router, rows: &[RowId], disabled: &str) {
    for id in rows {
        if let Some(row) = router.row_mut(SCHEDULERS, *id) {
            row.set("disabled", disabled);
        }
    }
}

/// How often an item runs; none of those that run once.
fn interval(row: &Row) -> Option<Duration> {
    let interval = milliseconds(&row.effective("interval")?.to_text())?;
    (interval > 0).then(|| Duration::from_millis(interval))
}

const SCHEDULERS: &str = "/system/scheduler";

const A_MINUTE: Duration = Duration::from_secs(60);
