//! The status as a technician reads it.

use alloc::format;
use alloc::string::String;
use core::fmt;

use super::SiteStatus;
use super::badge::Style;
use super::line::{Evidence, LineStatus, State};

/// The sentence, then a text line for each line: badge, label, what it carries, why it is so.
impl fmt::Display for SiteStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.sentence(Style::Unicode))?;
        for evidence in &self.detail {
            writeln!(f, "  not as planned: {evidence}")?;
        }
        let columns = self.lines.iter().map(Columns::of);
        let badge = columns.clone().map(|line| line.badge.chars().count()).max();
        let label = columns.clone().map(|line| line.label.chars().count()).max();
        let (badge, label) = (badge.unwrap_or_default(), label.unwrap_or_default());
        for line in columns {
            writeln!(
                f,
                "  {:badge$}  {:label$}  {:>7}  {}",
                line.badge, line.label, line.share, line.why
            )?;
        }
        Ok(())
    }
}

struct Columns {
    badge: String,
    label: String,
    share: String,
    why: String,
}

impl Columns {
    fn of(line: &LineStatus) -> Self {
        let evidence = line.detail.first();
        let told = evidence.map(|evidence| format!("{evidence}")).unwrap_or_default();
        Self {
            badge: line.badge(Style::Unicode).tooltip,
            label: Style::Unicode.name(&line.label),
            share: line.share.percent(),
            why: match line.state {
                State::Offline(reason) => format!("{}, {told}", reason.words()),
                State::Unknown if told.is_empty() => String::from("nothing tells"),
                _ => told,
            },
        }
    }
}

/// ``/ip/route `multi-isp:main:fiber:1`: inactive true``
impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [row, value] = [&self.row, &self.value].map(|text| Style::Unicode.name(text));
        let value = if value.is_empty() { "(empty)" } else { &value };
        write!(f, "{} `{row}`: {} {value}", self.menu, self.property)
    }
}
