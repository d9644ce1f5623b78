//! The sentence for the router.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::badge::Style;
use super::line::{LineStatus, State};
use super::{Setup, SiteStatus};
use crate::pcc::Ratio;

impl SiteStatus {
    /// What the lines do now, in one sentence, as a portal shows it of a router.
    ///
    /// | while | sentence |
    /// |---|---|
    /// | the first line carries all | `Primary active — ether1 (backup ether2 ready)` |
    /// | another one does | `Failover active — backup ether2 (primary ether1 down)` |
    /// | the lines share the load | `Load balance active — 2:1 over ether1 and ether2` |
    /// | those that are left do | `Load balance active — 2:1 over ether2 and ether3 (ether1 down)` |
    /// | one is left | `Load balance active — ether2 carries all (ether1 down)` |
    /// | no line works | `All lines down — ether1, ether2`; `ether1 in force` where customers still go by that one |
    /// | nothing is set up | `Not applied — the router has no multi-ISP set-up` |
    /// | the router is silent | `Router unreachable — link status unknown` |
    ///
    /// Where the set-up is not as planned, `; not as planned` stands at the end.
    pub fn sentence(&self, style: Style) -> String {
        let writer = Writer { status: self, style };
        match self.setup {
            Setup::Unreachable => writer.parts("Router unreachable", "link status unknown"),
            Setup::NotApplied => writer.parts("Not applied", "the router has no multi-ISP set-up"),
            Setup::Applied | Setup::Unknown => writer.lines(),
            Setup::Drifted => format!("{}; not as planned", writer.lines()),
        }
    }

    /// The same with how long it has been so: `..., for 5 min`. Both times are in seconds, by any clock.
    ///
    /// # Example
    ///
    /// ```
    /// # use multi_isp::site::Site;
    /// use multi_isp::status::{SiteStatus, Style};
    ///
    /// # let site = Site::from_json(br#"{"schema": "multi-isp/site/1", "mode": "failover", "lines": [
    /// #     {"id": "fiber", "interface": "ether1", "access": {"type": "dhcp"}, "mbps": 100},
    /// #     {"id": "lte", "interface": "lte1", "access": {"type": "lte"}, "mbps": 20}]}"#)?;
    /// let status = SiteStatus::unreachable(&site);
    /// assert_eq!(
    ///     status.sentence_since(Style::Ascii, 1_000, 8_200),
    ///     "Router unreachable - link status unknown, for 2 h"
    /// );
    /// # Ok::<(), multi_isp::document::DocumentErrors>(())
    /// ```
    pub fn sentence_since(&self, style: Style, changed_at: u64, now: u64) -> String {
        format!(
            "{}, for {}",
            self.sentence(style),
            elapsed(now.saturating_sub(changed_at))
        )
    }
}

/// A time in seconds as people say it, in its two greatest units: `45 s`, `5 min`, `2 h 10 min`, `3 d 4 h`.
pub fn elapsed(seconds: u64) -> String {
    let whole = |unit: u64| seconds.checked_div(unit).unwrap_or_default();
    let rest = |unit: u64, of: u64| {
        let rest = seconds.checked_rem(of).unwrap_or_default();
        rest.checked_div(unit).unwrap_or_default()
    };
    let (large, small) = match seconds {
        0..60 => ((seconds, "s"), (0, "")),
        60..3_600 => ((whole(60), "min"), (0, "")),
        3_600..86_400 => ((whole(3_600), "h"), (rest(60, 3_600), "min")),
        _ => ((whole(86_400), "d"), (rest(3_600, 86_400), "h")),
    };
    match small {
        (0, _) => format!("{} {}", large.0, large.1),
        (number, unit) => format!("{} {} {number} {unit}", large.0, large.1),
    }
}

struct Writer<'a> {
    status: &'a SiteStatus,
    style: Style,
}

impl<'a> Writer<'a> {
    fn parts(&self, head: &str, tail: &str) -> String {
        format!("{head} {} {tail}", self.style.dash())
    }

    fn lines(&self) -> String {
        let lines = &self.status.lines;
        if lines.iter().all(|line| line.state == State::Unknown) {
            return String::from("Link status unknown");
        }
        if lines.iter().all(|line| line.state.is_up() == Some(false)) {
            let in_force = |line: &LineStatus| if line.share > Ratio::ZERO { " in force" } else { "" };
            let told = lines
                .iter()
                .map(|line| format!("{}{}", self.name(line), in_force(line)));
            return self.parts("All lines down", &told.collect::<Vec<_>>().join(", "));
        }
        let is_up = |line: &&LineStatus| line.state.is_up() != Some(false);
        let carriers = lines.iter().filter(is_up).filter(|line| line.share > Ratio::ZERO);
        let carriers: Vec<&LineStatus> = carriers.collect();
        match carriers.as_slice() {
            [] => self.parts("No line active", &self.told(lines.iter().enumerate())),
            _ if self.status.mode.balances() => self.sharing(&carriers),
            [carrier, ..] => self.failover(carrier),
        }
    }

    fn failover(&self, carrier: &LineStatus) -> String {
        let lines = || self.status.lines.iter().enumerate();
        let place = lines()
            .position(|(_, line)| line.id == carrier.id)
            .unwrap_or_default();
        let name = self.name(carrier);
        let degraded = if carrier.state == State::Degraded {
            ", degraded"
        } else {
            ""
        };
        if place == 0 {
            let others = self.told(lines().skip(1));
            let others = if others.is_empty() {
                others
            } else {
                format!(" ({others})")
            };
            return self.parts("Primary active", &format!("{name}{degraded}{others}"));
        }
        let nearer = self.told(lines().take(place));
        self.parts("Failover active", &format!("backup {name}{degraded} ({nearer})"))
    }

    fn sharing(&self, carriers: &[&LineStatus]) -> String {
        let how = match carriers {
            [one] if one.share == Ratio::ONE => format!("{} carries all", self.name(one)),
            [one] => format!("{} carries {}", self.name(one), one.share.percent()),
            _ => format!("{} over {}", proportion(carriers), self.list(carriers)),
        };
        let lines = self.status.lines.iter();
        let worse: Vec<String> = lines
            .filter(|line| !matches!(line.state, State::Active | State::Standby))
            .map(|line| format!("{} {}", self.name(line), word(line.state)))
            .collect();
        let tail = match worse.is_empty() {
            true => how,
            false => format!("{how} ({})", worse.join(", ")),
        };
        self.parts("Load balance active", &tail)
    }

    /// `primary ether1 down, backup ether2 ready`: the part is named where it changes.
    fn told(&self, lines: impl Iterator<Item = (usize, &'a LineStatus)>) -> String {
        let mut named = None;
        let told = lines.map(|(place, line)| {
            let part = if place == 0 { "primary" } else { "backup" };
            let told = format!("{} {}", self.name(line), word(line.state));
            match named.replace(part) == Some(part) {
                true => told,
                false => format!("{part} {told}"),
            }
        });
        told.collect::<Vec<_>>().join(", ")
    }

    /// `ether1, ether2 and ether3`.
    fn list(&self, lines: &[&LineStatus]) -> String {
        let names: Vec<String> = lines.iter().map(|line| self.name(line)).collect();
        match names.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
            None => String::new(),
        }
    }

    fn name(&self, line: &LineStatus) -> String {
        self.style.name(&line.interface)
    }
}

/// A state as a sentence says it of a line.
fn word(state: State) -> &'static str {
    match state {
        State::Active => "active",
        State::Standby => "ready",
        State::Degraded => "degraded",
        State::Offline(_) => "down",
        State::Unknown => "unknown",
    }
}

/// `2:1`, in lowest terms.
fn proportion(carriers: &[&LineStatus]) -> String {
    let Some(least) = carriers.iter().map(|line| line.share).min() else {
        return String::new();
    };
    let times: Vec<Ratio> = carriers.iter().map(|line| line.share.over(least)).collect();
    let whole = times.iter().fold(1, |whole, share| {
        least_common_multiple(whole, share.denominator())
    });
    let part = |share: &Ratio| format!("{}", share.times(Ratio::new(whole, 1)));
    times.iter().map(part).collect::<Vec<_>>().join(":")
}

fn least_common_multiple(one: u64, two: u64) -> u64 {
    let common = Ratio::new(one, two);
    one.saturating_mul(common.denominator())
}
