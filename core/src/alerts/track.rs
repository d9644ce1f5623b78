//! One thing that is up or down: how it is, since when, and what was told of it.

use super::AlertOptions;

/// A line, the router, or all lines together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Track {
    /// How it is, flaps left out.
    pub(super) is_up: bool,
    /// When the first reading said so; none where the very first one did.
    pub(super) since: Option<u64>,
    /// From when on readings say the contrary, not yet for long enough.
    pub(super) differs_since: Option<u64>,
    /// What people were last told; none where nothing is told of it.
    pub(super) told: Option<Told>,
}

/// What people believe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) is_up: bool,
    /// When they were last told; none where it was so at the first reading, which tells nothing.
    pub(super) at: Option<u64>,
}

/// What a reading gives reason to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Telling {
    Change,
    Reminder,
}

impl Track {
    /// At its first reading.
    pub(super) fn first(is_up: bool) -> Self {
        Self {
            is_up,
            since: None,
            differs_since: None,
            told: None,
        }
    }

    /// Whether the last reading that knew said that it is up.
    pub(super) fn reads_up(&self) -> bool {
        self.is_up != self.differs_since.is_some()
    }

    /// Takes a reading: a change counts when it has lasted for `hold` seconds. One that does not know changes nothing.
    pub(super) fn read(&mut self, reading: Option<bool>, at: u64, hold: u64) {
        let Some(is_up) = reading else {
            return;
        };
        if is_up == self.is_up {
            self.differs_since = None;
            return;
        }
        let since = *self.differs_since.get_or_insert(at);
        if at.saturating_sub(since) >= hold {
            self.change(is_up, since);
        }
    }

    pub(super) fn change(&mut self, is_up: bool, since: u64) {
        self.is_up = is_up;
        self.since = Some(since);
        self.differs_since = None;
    }

    /// What there is to tell, and remembers that it was told. A reading tells only what it says itself.
    pub(super) fn tell(&mut self, reading: Option<bool>, at: u64, hearing: &Hearing) -> Option<Telling> {
        if !hearing.is_open {
            self.told = None;
            return None;
        }
        reading.filter(|is_up| *is_up == self.is_up)?;
        let Some(told) = &mut self.told else {
            self.told = Some(Told {
                is_up: self.is_up,
                at: None,
            });
            return None;
        };
        if hearing.is_hidden {
            return None;
        }
        let telling = told.telling(self.is_up, at, hearing.options)?;
        *told = Told {
            is_up: self.is_up,
            at: Some(at),
        };
        Some(telling)
    }

    /// Whether people believe that it is down.
    pub(super) fn is_told_down(&self) -> bool {
        self.told.is_some_and(|told| !told.is_up)
    }

    /// Nothing is remembered to be later than now.
    pub(super) fn not_after(&mut self, now: u64) {
        let told_at = self.told.as_mut().and_then(|told| told.at.as_mut());
        let times = [self.since.as_mut(), self.differs_since.as_mut(), told_at];
        for time in times.into_iter().flatten() {
            *time = now.min(*time);
        }
    }
}

/// Who hears of a thing.
pub(super) struct Hearing<'a> {
    pub(super) options: &'a AlertOptions,
    /// Whether it is told at all.
    pub(super) is_open: bool,
    /// Whether something greater hides it for now.
    pub(super) is_hidden: bool,
}

impl Told {
    fn telling(self, is_up: bool, at: u64, options: &AlertOptions) -> Option<Telling> {
        if is_up != self.is_up {
            return Some(Telling::Change);
        }
        let interval = options.reminder.filter(|_| !is_up)?;
        let waited = at.saturating_sub(self.at?);
        (waited >= interval.get()).then_some(Telling::Reminder)
    }
}
