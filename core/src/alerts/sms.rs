//! How much of the air a text takes: encoding, units and segments of an SMS.
//!
//! A text whose signs all stand in the default alphabet of GSM goes out in 7 bits a sign, 160 of them; one other sign, such as a
//! picture, and the whole text takes 16 bits a sign, 70 of them. A longer text is sent in segments, each paid for, which lose six
//! octets to the header that joins them: 153 or 67. (3GPP TS 23.038 sections 6.2.1, 6.2.1.1 and 6.2.3; TS 23.040 section 9.2.3.24.1.)
//! The national language tables of TS 23.038 annex A are left out: what is sent with them is for the gateway to say.

use serde::Serialize;

/// In what a text is written on the air.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    /// The default alphabet of GSM: a unit is a septet. Signs of its extension table take two.
    Gsm7,
    /// UCS-2: a unit is 16 bits of UTF-16. Signs beyond the basic plane, such as most pictures, take two, as phones read them.
    Ucs2,
}

/// What a text takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Size {
    /// In what it is written.
    pub encoding: Encoding,
    /// Its length in units of the encoding.
    pub units: usize,
    /// How many messages are sent and paid for. At least one: an empty message is one too. What joins segments can count to 255.
    pub segments: usize,
}

/// What a text takes as an SMS. Two units of one sign are never torn apart over two segments.
///
/// # Example
///
/// ```
/// use multi_isp::alerts::sms::{Encoding, size};
///
/// let plain = size("ISP link DOWN [ether1]");
/// assert_eq!((plain.encoding, plain.units, plain.segments), (Encoding::Gsm7, 24, 1));
/// let picture = size("🔴 ISP link down");
/// assert_eq!((picture.encoding, picture.units, picture.segments), (Encoding::Ucs2, 16, 1));
/// ```
pub fn size(text: &str) -> Size {
    if text.chars().all(|sign| septets(sign).is_some()) {
        measure(Encoding::Gsm7, text.chars().filter_map(septets))
    } else {
        measure(Encoding::Ucs2, text.chars().map(char::len_utf16))
    }
}

impl Encoding {
    /// Units of a message that is alone: 160 or 70.
    pub fn single(self) -> usize {
        match self {
            Self::Gsm7 => 160,
            Self::Ucs2 => 70,
        }
    }

    /// Units of each of several segments: 153 or 67.
    pub fn part(self) -> usize {
        match self {
            Self::Gsm7 => 153,
            Self::Ucs2 => 67,
        }
    }
}

fn measure(encoding: Encoding, signs: impl Iterator<Item = usize> + Clone) -> Size {
    let units = signs.clone().fold(0, usize::saturating_add);
    let segments = if units <= encoding.single() {
        1
    } else {
        parts(encoding.part(), signs)
    };
    Size {
        encoding,
        units,
        segments,
    }
}

/// How many segments signs of one or two units fill.
fn parts(capacity: usize, signs: impl Iterator<Item = usize>) -> usize {
    let (mut parts, mut filled) = (1_usize, 0_usize);
    for units in signs {
        filled = filled.saturating_add(units);
        if filled > capacity {
            parts = parts.saturating_add(1);
            filled = units;
        }
    }
    parts
}

/// Septets of a sign of the default alphabet.
fn septets(sign: char) -> Option<usize> {
    let tables = [(BASIC, 1), (EXTENSION, 2)];
    let table = tables.iter().find(|(signs, _)| signs.contains(sign));
    table.map(|(_, septets)| *septets)
}

/// TS 23.038 section 6.2.1, by code from 0x00; 0x1B, the escape to the extension table, is no sign.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?\
                     ¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

/// TS 23.038 section 6.2.1.1, each behind an escape: 0x0A (form feed), 0x14, 0x28, 0x29, 0x2F, 0x3C, 0x3D, 0x3E, 0x40, 0x65.
const EXTENSION: &str = "\u{c}^{}\\[~]|€";
