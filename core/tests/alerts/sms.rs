//! Lengths of SMS, counted by hand from 3GPP TS 23.038 and 23.040.

use multi_isp::alerts::sms::Encoding::{self, Gsm7, Ucs2};
use multi_isp::alerts::sms::size;
use proptest::prelude::*;

const DOT: &str = "🔴";

/// A text in parts, each so many times; then encoding, units and segments.
type Case = (&'static [(&'static str, usize)], Encoding, usize, usize);

#[rustfmt::skip] // a row a text line
const CASES: &[Case] = &[
    // An empty message is one too.
    (&[], Gsm7, 0, 1),
    (&[("a", 1)], Gsm7, 1, 1),
    (&[("a", 160)], Gsm7, 160, 1),
    (&[("a", 161)], Gsm7, 161, 2),
    (&[("a", 306)], Gsm7, 306, 2),
    (&[("a", 307)], Gsm7, 307, 3),
    (&[("a", 459)], Gsm7, 459, 3),
    (&[("a", 460)], Gsm7, 460, 4),
    // Line ends, the highest and the lowest code, and letters that look foreign but stand in the alphabet.
    (&[("\n", 80), ("\r", 80)], Gsm7, 160, 1),
    (&[("@", 80), ("à", 80)], Gsm7, 160, 1),
    (&[("ΔΦΓΛΩΠΨΣΘΞ", 1)], Gsm7, 10, 1),
    // Signs of the extension table count double.
    (&[("€", 1)], Gsm7, 2, 1),
    (&[("^{}\\[~]|€\u{c}", 1)], Gsm7, 20, 1),
    (&[("€", 80)], Gsm7, 160, 1),
    (&[("€", 80), ("a", 1)], Gsm7, 161, 2),
    (&[("a", 158), ("[", 1)], Gsm7, 160, 1),
    (&[("a", 159), ("[", 1)], Gsm7, 161, 2),
    // An escape and its sign are not torn apart at septet 153: 152 signs, then 2 + 151 = 153 in the second segment.
    (&[("a", 152), ("[", 1), ("a", 151)], Gsm7, 305, 2),
    // One more sign would fit into 306 septets, but not behind the gap: a third segment.
    (&[("a", 152), ("[", 1), ("a", 152)], Gsm7, 306, 3),
    (&[("a", 151), ("[", 1), ("a", 153)], Gsm7, 306, 2),
    // 76 pairs a segment leave one septet free in each: 154 pairs are 308 septets in three segments.
    (&[("€", 152)], Gsm7, 304, 2),
    (&[("€", 153)], Gsm7, 306, 3),
    // One sign that is in no table, and all of it is UCS-2; signs of the extension table count once there.
    (&[("`", 1)], Ucs2, 1, 1),
    (&[("ç", 1)], Ucs2, 1, 1),
    (&[("\t", 1)], Ucs2, 1, 1),
    (&[("\u{1b}", 1)], Ucs2, 1, 1),
    (&[("—", 70)], Ucs2, 70, 1),
    (&[("—", 71)], Ucs2, 71, 2),
    (&[("a", 69), ("—", 1)], Ucs2, 70, 1),
    (&[("€", 69), ("—", 1)], Ucs2, 70, 1),
    (&[("д", 134)], Ucs2, 134, 2),
    (&[("д", 135)], Ucs2, 135, 3),
    // Pictures are pairs of surrogates.
    (&[(DOT, 1)], Ucs2, 2, 1),
    (&[(DOT, 35)], Ucs2, 70, 1),
    (&[("a", 68), (DOT, 1)], Ucs2, 70, 1),
    (&[("a", 69), (DOT, 1)], Ucs2, 71, 2),
    // At the border 67: 66 signs, then 2 + 65 = 67.
    (&[("a", 66), (DOT, 1), ("a", 65)], Ucs2, 133, 2),
    (&[("a", 66), (DOT, 1), ("a", 66)], Ucs2, 134, 3),
    (&[("a", 65), (DOT, 1), ("a", 67)], Ucs2, 134, 2),
    // 33 pictures a segment.
    (&[(DOT, 66)], Ucs2, 132, 2),
    (&[(DOT, 67)], Ucs2, 134, 3),
];

#[test]
fn lengths_are_those_of_the_standard() {
    for (parts, encoding, units, segments) in CASES {
        let text: String = parts.iter().map(|(sign, times)| sign.repeat(*times)).collect();
        let size = size(&text);
        assert_eq!(
            (size.encoding, size.units, size.segments),
            (*encoding, *units, *segments),
            "{parts:?}"
        );
    }
}

/// TS 23.038 section 6.2.1, written out by code; 0x1B is the escape.
const ALPHABET: [char; 127] = [
    '@', '£', '$', '¥', 'è', 'é', 'ù', 'ì', 'ò', 'Ç', '\n', 'Ø', 'ø', '\r', 'Å', 'å', 'Δ', '_', 'Φ', 'Γ',
    'Λ', 'Ω', 'Π', 'Ψ', 'Σ', 'Θ', 'Ξ', 'Æ', 'æ', 'ß', 'É', ' ', '!', '"', '#', '¤', '%', '&', '\'', '(', ')',
    '*', '+', ',', '-', '.', '/', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', ':', ';', '<', '=', '>',
    '?', '¡', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P', 'Q', 'R', 'S',
    'T', 'U', 'V', 'W', 'X', 'Y', 'Z', 'Ä', 'Ö', 'Ñ', 'Ü', '§', '¿', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h',
    'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z', 'ä', 'ö', 'ñ',
    'ü', 'à',
];

#[test]
fn every_sign_of_the_alphabet_is_one_septet_and_no_other_sign_is() {
    let extension = "\u{c}^{}\\[~]|€";
    for sign in '\0'..='\u{ffff}' {
        let size = size(&sign.to_string());
        let expected = match (ALPHABET.contains(&sign), extension.contains(sign)) {
            (true, _) => (Gsm7, 1),
            (_, true) => (Gsm7, 2),
            _ => (Ucs2, 1),
        };
        assert_eq!((size.encoding, size.units), expected, "{sign:?}");
    }
}

proptest! {
    #[test]
    fn segments_hold_the_units_and_waste_at_most_one_each(text in "([a-c]|€|🔴|—){0,300}") {
        let size = size(&text);
        let part = size.encoding.part();
        if size.units <= size.encoding.single() {
            prop_assert_eq!(size.segments, 1);
        } else {
            prop_assert!(size.segments * part >= size.units);
            prop_assert!((size.segments - 1) * (part - 1) < size.units);
        }
    }
}
