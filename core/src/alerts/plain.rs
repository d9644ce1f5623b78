//! Names and texts in printable ASCII.

use alloc::string::String;

use crate::status::Style;

/// A name as a message shows it: nothing in it begins a text line or turns the direction of writing.
pub(super) fn name(style: Style, name: &str) -> String {
    match style {
        Style::Unicode => style.name(name),
        Style::Ascii => style.name(&spelled(name)),
    }
}

/// The text of a template as a message shows it; in ASCII without the pictures, each with the space behind it.
pub(super) fn text(style: Style, text: &str) -> String {
    if style == Style::Unicode {
        return text.into();
    }
    let mut plain = String::new();
    let mut was_left_out = false;
    for sign in spelled(text).chars() {
        let is_kept = sign == '\n' || sign == ' ' || sign.is_ascii_graphic();
        if is_kept && !(was_left_out && sign == ' ') {
            plain.push(sign);
        }
        was_left_out = !is_kept;
    }
    plain
}

/// Whether letters or digits of a text have no spelling in ASCII, and would be lost there.
pub(super) fn loses(text: &str) -> bool {
    let is_lost = |sign: char| sign.is_alphanumeric() && !sign.is_ascii();
    spelled(text).chars().any(is_lost)
}

/// The first `length` signs of a name, the last two of them `..` where something is left out.
pub(super) fn shortened(name: &str, length: usize) -> String {
    if name.chars().count() <= length {
        return name.into();
    }
    let kept: String = name.chars().take(length.saturating_sub(2)).collect();
    let mut short = String::from(kept.trim_end());
    short.push_str("..");
    short
}

/// With other letters for those that ASCII lacks. What is in no table stays.
fn spelled(text: &str) -> String {
    let mut spelled = String::new();
    for sign in text.chars().filter(|sign| !is_joiner(*sign)) {
        match SPELLINGS.iter().find(|(signs, _)| signs.contains(sign)) {
            Some((_, spelling)) => spelled.push_str(spelling),
            None => spelled.push(sign),
        }
    }
    spelled
}

/// Whether it only changes the sign before it: an accent that stands alone, the joiner and the form of pictures.
fn is_joiner(sign: char) -> bool {
    matches!(sign, '\u{300}'..='\u{36f}' | '\u{200d}' | '\u{fe0e}' | '\u{fe0f}')
}

/// Letters and how they are spelled; the back-tick too, which the alphabet of GSM lacks. Cyrillic as in passports (ICAO Doc 9303-3).
const SPELLINGS: &[(&str, &str)] = &[
    ("`´‘’‚‛′", "'"),
    ("“”„‟″«»", "\""),
    ("‐‑‒–—―−", "-"),
    ("…", "..."),
    ("\u{a0}\u{2009}\u{202f}", " "),
    ("€", "EUR"),
    ("ÀÁÂÃÄÅĀĂĄА", "A"),
    ("àáâãäåāăąа", "a"),
    ("Æ", "AE"),
    ("æ", "ae"),
    ("Б", "B"),
    ("б", "b"),
    ("ÇĆĈĊČ", "C"),
    ("çćĉċč", "c"),
    ("ĎĐÐД", "D"),
    ("ďđðд", "d"),
    ("ÈÉÊËĒĔĖĘĚЕЁЭ", "E"),
    ("èéêëēĕėęěеёэ", "e"),
    ("Ф", "F"),
    ("ф", "f"),
    ("ĜĞĠĢГҐ", "G"),
    ("ĝğġģгґ", "g"),
    ("ĤĦ", "H"),
    ("ĥħ", "h"),
    ("ÌÍÎÏĨĪĬĮİИЙІЇ", "I"),
    ("ìíîïĩīĭįıийії", "i"),
    ("Ĵ", "J"),
    ("ĵ", "j"),
    ("ĶК", "K"),
    ("ķк", "k"),
    ("ĹĻĽĿŁЛ", "L"),
    ("ĺļľŀłл", "l"),
    ("М", "M"),
    ("м", "m"),
    ("ÑŃŅŇН", "N"),
    ("ñńņňн", "n"),
    ("ÒÓÔÕÖØŌŎŐО", "O"),
    ("òóôõöøōŏőо", "o"),
    ("Œ", "OE"),
    ("œ", "oe"),
    ("П", "P"),
    ("п", "p"),
    ("ŔŖŘР", "R"),
    ("ŕŗřр", "r"),
    ("ŚŜŞŠȘС", "S"),
    ("śŝşšșс", "s"),
    ("ß", "ss"),
    ("ŢŤŦȚТ", "T"),
    ("ţťŧțт", "t"),
    ("Þ", "TH"),
    ("þ", "th"),
    ("ÙÚÛÜŨŪŬŮŰŲУ", "U"),
    ("ùúûüũūŭůűųу", "u"),
    ("В", "V"),
    ("в", "v"),
    ("Ŵ", "W"),
    ("ŵ", "w"),
    ("ÝŶŸЫ", "Y"),
    ("ýÿŷы", "y"),
    ("ŹŻŽЗ", "Z"),
    ("źżžз", "z"),
    ("Ж", "ZH"),
    ("ж", "zh"),
    ("Х", "KH"),
    ("х", "kh"),
    ("Ц", "TS"),
    ("ц", "ts"),
    ("Ч", "CH"),
    ("ч", "ch"),
    ("Ш", "SH"),
    ("ш", "sh"),
    ("Щ", "SHCH"),
    ("щ", "shch"),
    ("ЪЬъь", ""),
    ("Є", "IE"),
    ("є", "ie"),
    ("Ю", "IU"),
    ("ю", "iu"),
    ("Я", "IA"),
    ("я", "ia"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_spelled_in_ascii() {
        for (given, expected) in [
            ("Café Øst", "Cafe Ost"),
            ("Дом", "Dom"),
            ("Щукино 2", "SHCHukino 2"),
            ("e\u{301}te\u{301}", "ete"),
            ("東京", "??"),
            ("a`b", "a'b"),
            ("a\nb\u{2028}c\u{202e}d", "a?b?c?d"),
        ] {
            assert_eq!(name(Style::Ascii, given), expected);
        }
        assert_eq!(name(Style::Unicode, "Дом\r\n\u{2029}`"), "Дом���`");
    }

    #[test]
    fn a_picture_goes_with_its_space() {
        assert_eq!(text(Style::Ascii, "🔴 ISP  link\n⚠\u{fe0f} ok"), "ISP  link\nok");
        assert_eq!(text(Style::Unicode, "🔴 ISP"), "🔴 ISP");
    }

    #[test]
    fn what_is_shortened_says_so() {
        assert_eq!(shortened("Home Router", 11), "Home Router");
        assert_eq!(shortened("Home Router", 10), "Home Rou..");
        assert_eq!(shortened("Home Router", 7), "Home..");
        assert_eq!(shortened("Home Router", 0), "..");
    }
}
