//! What the letters beside a row mean: by the legend of the output, else by menu and version.

use alloc::{borrow::Cow, format, string::String, vec::Vec};

use super::{
    Menu,
    fault::{Fault, UNKNOWN_FLAG},
    text::Line,
};
use crate::routeros::{read::rows::Fields, router::is_interface_menu, value::Value, version::Version};

/// The letters of an output and the names that REST gives to what they tell.
pub(super) struct Flags<'a> {
    menu: &'a Menu<'a>,
    letters: Vec<(u8, Cow<'static, str>)>,
}

/// A letter beside a row, and where it stands in the source.
pub(super) type Letter = (u8, usize);

impl<'a> Flags<'a> {
    /// The flags of a menu, and how many text lines its legend takes at the start of the output.
    pub(super) fn read(menu: &'a Menu<'a>, lines: &[Line<'_>]) -> (Flags<'a>, usize) {
        let (legend, taken) = legend(lines);
        let mut letters = legend.clone();
        // A table of RouterOS 7 explains only the letters that it shows.
        for (letter, word) in menu.letters() {
            let is_told = legend.iter().any(|(_, told)| told == word);
            if !is_told && letters.iter().all(|(own, _)| *own != letter) {
                letters.push((letter, Cow::Borrowed(word)));
            }
        }
        (Flags { menu, letters }, taken)
    }

    pub(super) fn knows(&self, letter: u8) -> bool {
        self.letters.iter().any(|(own, _)| *own == letter)
    }

    /// The letter of what the router made itself: RouterOS 7 prints such routes without a number.
    pub(super) fn is_dynamic(&self, letter: u8) -> bool {
        self.letters
            .iter()
            .any(|(own, word)| *own == letter && word == "dynamic")
    }

    /// What the letters beside a row tell, as REST would.
    pub(super) fn fields(&self, shown: &[Letter]) -> Result<Fields, Fault> {
        if let Some((letter, offset)) = shown.iter().find(|(letter, _)| !self.knows(*letter)) {
            let letter = char::from(*letter).escape_default();
            let message = format!("nothing says what the flag `{letter}` means");
            return Err(Fault::new(&UNKNOWN_FLAG, *offset, 1, message));
        }
        let mut fields = Fields::new();
        for (letter, word) in &self.letters {
            let is_set = shown.iter().any(|(own, _)| own == letter);
            if is_set && self.is_type_of_route(word, shown) {
                fields.push((String::from("type"), Value::from(&**word)));
            } else if is_set {
                fields.push((String::from(&**word), Value::from("true")));
            } else if self.menu.tells_no(word) {
                fields.push((String::from(&**word), Value::from("false")));
            }
        }
        Ok(fields)
    }

    /// RouterOS 6 tells routes that lead nowhere by their type. Where its version is not known, its capitals for `static` and
    /// `connect` tell it apart.
    fn is_type_of_route(&self, word: &str, shown: &[Letter]) -> bool {
        let is_six = || shown.iter().any(|(letter, _)| b"SC".contains(letter));
        let is_six = self.menu.version.map_or_else(is_six, |version| version < SEVEN);
        is_six && self.menu.path == "/ip/route" && ["blackhole", "prohibit", "unreachable"].contains(&word)
    }
}

/// The letters of `Flags: X - disabled, R - running; ..`, and over how many text lines they go.
///
/// A terminal breaks the legend wherever it is full, also within a word.
fn legend(lines: &[Line<'_>]) -> (Vec<(u8, Cow<'static, str>)>, usize) {
    let mut text = Vec::new();
    let (mut letters, mut taken) = (Vec::new(), 0);
    for (index, line) in lines.iter().take(LONGEST_LEGEND).enumerate() {
        let part = match (index, line.trimmed().strip_prefix(b"Flags:")) {
            (0, Some(part)) => part,
            (0, None) => break,
            _ => line.trimmed(),
        };
        text.extend_from_slice(part);
        let Some(read) = items(&text) else { break };
        (letters, taken) = (read, index.saturating_add(1));
    }
    (letters, taken)
}

/// How many text lines a legend may have, also on a narrow terminal.
const LONGEST_LEGEND: usize = 32;

/// `None` where the text is not, or no more, a legend.
fn items(text: &[u8]) -> Option<Vec<(u8, Cow<'static, str>)>> {
    let items = text.split(|byte| b",;".contains(byte)).map(<[u8]>::trim_ascii);
    let mut letters = Vec::new();
    for item in items.filter(|item| !item.is_empty()) {
        let (letter, behind) = item.split_first()?;
        let word = behind.trim_ascii_start().strip_prefix(b"-").unwrap_or_default();
        let is_word = |byte: &u8| byte.is_ascii_alphabetic() || b"- ".contains(byte);
        if !word.iter().all(is_word) || !behind.trim_ascii_start().starts_with(b"-") {
            return None;
        }
        let word = word.trim_ascii().to_ascii_lowercase();
        let word = String::from_utf8_lossy(&word).replace(' ', "-");
        letters.push((*letter, Cow::Owned(word)));
    }
    Some(letters)
}

impl Menu<'_> {
    /// The letters that the facts name of this menu without a legend: where the version is not known, of both.
    fn letters(&self) -> impl Iterator<Item = (u8, &'static str)> {
        let is_of = |own: &str| match own.strip_suffix('*') {
            Some(prefix) => self.path.starts_with(prefix),
            None => self.path == own,
        };
        let first = LETTERS.iter().find(|(own, ..)| is_of(own)).map(|(own, ..)| *own);
        let own = LETTERS.iter().filter(move |(own, ..)| Some(*own) == first);
        let fitting = own.filter(|(_, versions, _)| versions.contain(self.version));
        fitting.flat_map(|(.., letters)| letters.iter().copied())
    }

    /// Whether REST tells a row of this menu by `false` that it is not so; the rest is left out (ROUTEROS §3.4).
    fn tells_no(&self, word: &str) -> bool {
        let is_interface = self.path == "/interface" || is_interface_menu(self.path);
        if is_interface {
            return OF_INTERFACES.contains(&word);
        }
        let leaves_out = |(own, words): &(&str, &[&str])| self.path.starts_with(own) && words.contains(&word);
        TOLD_IF_NOT.contains(&word) && !LEFT_OUT.iter().any(leaves_out)
    }
}

/// States that REST tells whether they are so or not (REST rows of 7.16 in `examples/routers/hap-defconf-7.16.json`).
const TOLD_IF_NOT: [&str; 5] = ["disabled", "dynamic", "inactive", "invalid", "running"];

/// The same of interfaces: no row of that file says that one is not dynamic or not inactive.
const OF_INTERFACES: [&str; 3] = ["disabled", "invalid", "running"];

/// Where it leaves them out if they are not (ROUTEROS §3.4).
const LEFT_OUT: [(&str, &[&str]); 4] = [
    ("/ip/route", &TOLD_IF_NOT),
    ("/ip/firewall/", &["disabled"]),
    ("/ipv6/firewall/", &["disabled"]),
    ("/tool/netwatch", &["disabled"]),
];

const SEVEN: Version = Version::new(7, 0, 0);

/// Letters and what each means.
type Letters = &'static [(u8, &'static str)];

#[derive(Clone, Copy)]
enum Versions {
    Six,
    Seven,
    All,
}

impl Versions {
    /// Whether a router may be of these versions.
    fn contain(self, version: Option<Version>) -> bool {
        let is_seven = version.map(|version| version >= SEVEN);
        match self {
            Versions::Six => is_seven != Some(true),
            Versions::Seven => is_seven != Some(false),
            Versions::All => true,
        }
    }
}

/// Letters by menu (`*` ends a prefix) and version; the first that fits. From legends of real outputs (ROUTEROS §3.3; the public
/// templates' outputs of 6.48 to 7.15) where no other source is named.
#[rustfmt::skip]
const LETTERS: [(&str, Versions, Letters); 16] = [
    ("/ip/route", Versions::Seven, &[
        (b'D', "dynamic"), (b'X', "disabled"), (b'I', "inactive"), (b'A', "active"), (b'c', "connect"),
        (b's', "static"), (b'r', "rip"), (b'b', "bgp"), (b'o', "ospf"), (b'i', "is-is"), (b'd', "dhcp"),
        (b'v', "vpn"), (b'm', "modem"), (b'y', "bgp-mpls-vpn"), (b'H', "hw-offloaded"), (b'+', "ecmp"),
        (b'B', "blackhole"),
    ]),
    ("/ip/route", Versions::Six, &[
        (b'X', "disabled"), (b'A', "active"), (b'D', "dynamic"), (b'C', "connect"), (b'S', "static"),
        (b'r', "rip"), (b'b', "bgp"), (b'o', "ospf"), (b'm', "mme"), (b'B', "blackhole"), (b'U', "unreachable"),
        (b'P', "prohibit"),
    ]),
    ("/interface/bridge/port", Versions::All, &[
        (b'X', "disabled"), (b'I', "inactive"), (b'D', "dynamic"), (b'H', "hw-offload"),
    ]),
    ("/interface/list/member", Versions::All, &[(b'X', "disabled"), (b'D', "dynamic")]),
    ("/interface/list", Versions::All, &[(b'*', "builtin"), (b'D', "dynamic")]),
    ("/interface/lte", Versions::All, &[(b'X', "disabled"), (b'R', "running"), (b'I', "inactive")]),
    ("/interface/lte/apn", Versions::All, &[(b'*', "default")]),
    ("/interface/pppoe-client", Versions::All, &[(b'X', "disabled"), (b'I', "invalid"), (b'R', "running")]),
    ("/interface", Versions::All, &[
        (b'D', "dynamic"), (b'X', "disabled"), (b'R', "running"), (b'S', "slave"),
    ]),
    ("/interface/*", Versions::All, &[
        (b'X', "disabled"), (b'R', "running"), (b'S', "slave"), (b'D', "dynamic"), (b'I', "inactive"),
    ]),
    ("/ip/address", Versions::All, &[(b'X', "disabled"), (b'I', "invalid"), (b'D', "dynamic"), (b'S', "slave")]),
    ("/ip/dhcp-*", Versions::All, &[(b'X', "disabled"), (b'I', "invalid"), (b'D', "dynamic")]),
    ("/ip/firewall/*", Versions::All, &[(b'X', "disabled"), (b'I', "invalid"), (b'D', "dynamic")]),
    ("/tool/netwatch", Versions::All, &[(b'X', "disabled")]),
    ("/routing/ospf/interface", Versions::All, &[(b'X', "disabled"), (b'D', "dynamic"), (b'P', "passive")]),
    ("*", Versions::All, &[(b'X', "disabled"), (b'D', "dynamic")]),
];

#[cfg(test)]
mod tests {
    use std::prelude::rust_2024::*;

    use super::*;
    use crate::routeros::read::print::text::lines;

    /// What letters tell, each as `name=value`, and how many text lines the legend takes.
    fn told(menu: &str, version: &str, text: &str, letters: &str) -> (Vec<String>, usize) {
        let menu = Menu::new(menu, Version::parse(version));
        let (flags, taken) = Flags::read(&menu, &lines(text.as_bytes()));
        let letters: Vec<Letter> = letters.bytes().map(|letter| (letter, 0)).collect();
        let fields = flags.fields(&letters).unwrap().into_iter();
        let told = fields.map(|(name, value)| format!("{name}={}", value.to_text()));
        (told.collect(), taken)
    }

    #[test]
    fn a_legend_goes_on_wherever_a_terminal_breaks_it() {
        for text in [
            "Flags: X - disabled, R - running\n 0 R name=a",
            "Flags: X - disabled, R - run\nning\n 0 R name=a",
            "Flags: X - disabled; \nR - RUNNING\nColumns: NAME\n",
            "Flags: X - disabled,\nR -\n running\n#  NAME\n",
        ] {
            let (told, taken) = told("/interface/veth", "7.18.2", text, "R");
            assert!(told.contains(&"running=true".to_owned()), "{text}: {told:?}");
            assert!(told.contains(&"disabled=false".to_owned()), "{text}: {told:?}");
            assert_eq!(
                taken,
                text.matches('\n').count() - usize::from(!text.ends_with("a")),
                "{text}"
            );
        }
    }

    #[test]
    fn routes_tell_only_what_is_so() {
        assert_eq!(
            told("/ip/route", "7.18.2", "", "Is").0,
            ["inactive=true", "static=true"]
        );
        assert_eq!(
            told("/ip/route", "6.49.10", "", "SB").0,
            ["static=true", "type=blackhole"]
        );
        assert_eq!(
            told("/ip/route", "", "", "SB").0,
            ["type=blackhole", "static=true"]
        );
        assert_eq!(
            told("/ip/route", "", "", "sB").0,
            ["static=true", "blackhole=true"]
        );
    }
}
