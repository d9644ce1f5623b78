//! The badge of a line: a colour, a word, and a tooltip.

use alloc::format;
use alloc::string::String;

use serde::Serialize;

use super::line::{LineStatus, State};

/// The signs that a text is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Style {
    /// With dashes and pictures: `ether2 — Standby`.
    #[default]
    Unicode,
    /// In printable ASCII alone: `ether2 - Standby`.
    Ascii,
}

/// What a portal shows of a line.
///
/// # Example
///
/// ```
/// # use multi_isp::site::Site;
/// use multi_isp::status::{Colour, SiteStatus, Style};
///
/// # let site = Site::from_json(br#"{"schema": "multi-isp/site/1", "mode": "failover", "lines": [
/// #     {"id": "fiber", "interface": "ether1", "access": {"type": "dhcp"}, "mbps": 100},
/// #     {"id": "lte", "interface": "lte1", "access": {"type": "lte"}, "mbps": 20}]}"#)?;
/// let badge = SiteStatus::unreachable(&site).lines[0].badge(Style::Unicode);
/// assert_eq!(badge.colour, Colour::Grey);
/// assert_eq!(badge.tooltip, "ether1 — Unknown");
/// # Ok::<(), multi_isp::document::DocumentErrors>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Badge {
    /// Its colour.
    pub colour: Colour,
    /// The state in a word.
    pub label: String,
    /// The interface and the state.
    pub tooltip: String,
}

/// The colour of a badge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Colour {
    /// The line works.
    Green,
    /// It does not.
    Red,
    /// Nobody knows.
    Grey,
}

impl Style {
    /// Both styles.
    pub const ALL: &'static [Self] = &[Self::Unicode, Self::Ascii];

    /// As documents name it: `unicode` or `ascii`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unicode => "unicode",
            Self::Ascii => "ascii",
        }
    }

    /// The dash between two parts of a sentence.
    pub(crate) fn dash(self) -> &'static str {
        match self {
            Self::Unicode => "—",
            Self::Ascii => "-",
        }
    }

    /// A name as this style can write it: of no letters that it lacks, and of nothing that moves a cursor.
    pub(crate) fn name(self, name: &str) -> String {
        let is_written = |sign: char| match self {
            Self::Unicode => !sign.is_control() && !TURNS.contains(&sign),
            Self::Ascii => sign == ' ' || sign.is_ascii_graphic(),
        };
        let written = |sign| if is_written(sign) { sign } else { self.stranger() };
        name.chars().map(written).collect()
    }

    fn stranger(self) -> char {
        match self {
            Self::Unicode => char::REPLACEMENT_CHARACTER,
            Self::Ascii => '?',
        }
    }
}

/// Signs that end a text line, turn the direction of writing, or are not seen.
const TURNS: [char; 16] = [
    '\u{61c}', '\u{200b}', '\u{200e}', '\u{200f}', '\u{2028}', '\u{2029}', '\u{202a}', '\u{202b}',
    '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}', '\u{feff}',
];

impl LineStatus {
    /// What a portal shows of the line.
    pub fn badge(&self, style: Style) -> Badge {
        let label = self.state.word();
        Badge {
            colour: self.state.colour(),
            label: label.into(),
            tooltip: format!("{} {} {label}", style.name(&self.interface), style.dash()),
        }
    }
}

impl State {
    /// The state in a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Active => "Active",
            Self::Standby => "Standby",
            Self::Degraded => "Degraded",
            Self::Offline(_) => "Offline",
            Self::Unknown => "Unknown",
        }
    }

    /// The colour of its badge.
    pub fn colour(self) -> Colour {
        match self.is_up() {
            Some(true) => Colour::Green,
            Some(false) => Colour::Red,
            None => Colour::Grey,
        }
    }
}
