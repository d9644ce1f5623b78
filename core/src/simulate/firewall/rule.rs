//! A row → a rule: its matchers and its action, read once for all packets.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::check::{Check, Reader};
use super::draws::{Counters, DRAWN, Drawn, Moduli};
use super::fits::Fits;
use super::interfaces::is_kind;
use super::matchers::{MODELLED, Turns};
use super::parse::negated;
use super::translation::Recipe;
use super::{Menu, Pass, stage};
use crate::routeros::router::{Router, Row};
use crate::routeros::value::Value;
use crate::routeros::version::Version;
use crate::simulate::network::Network;
use crate::simulate::trace::What;

/// A rule of a chain.
pub(super) struct Rule<'a> {
    pub(super) row: &'a Row,
    pub(super) action: Action<'a>,
    /// Whether a packet that matches goes no further; of actions that may say so (`passthrough=no`).
    pub(super) ends: bool,
    tests: Vec<Test<'a>>,
    drawn: Vec<Drawn>,
    /// Whether it changes nothing on the way: nobody needs to know whether it matches.
    is_idle: bool,
    /// What about the draws is not exact.
    doubt: Option<&'static str>,
    /// Why RouterOS flags the row: it matches nothing.
    invalid: Option<String>,
}

/// What becomes of a packet that matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action<'a> {
    Accept,
    Drop,
    Return,
    Jump(&'a [u8]),
    /// None takes the mark away.
    MarkConnection(Option<&'a Value>),
    MarkPacket(Option<&'a Value>),
    MarkRouting(Option<&'a Value>),
    FastTrack,
    NoTrack,
    /// Lists do not grow while a packet is followed.
    AddToList,
    Translate(Recipe),
    /// Nothing on the way changes: `log`, `passthrough`, `change-mss` ...
    None,
    Unmodelled,
}

/// A matcher of a rule.
struct Test<'a> {
    property: &'a str,
    value: &'a Value,
    is_negated: bool,
    check: Result<Check<'a>, Unread>,
}

/// Why a matcher cannot be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unread {
    NotModelled,
    NotUnderstood,
}

/// What reading rules needs, over all menus.
pub(super) struct Rules<'r, 'a> {
    pub(super) reader: Reader<'r, 'a>,
    pub(super) moduli: &'r Moduli,
    pub(super) tables: Option<BTreeSet<&'a [u8]>>,
    /// Whether any rule asks for packet marks.
    pub(super) asks_for_packet_marks: bool,
}

impl<'a> Rule<'a> {
    pub(super) fn read(rules: &mut Rules<'_, 'a>, row: &'a Row, counters: &mut Counters) -> Self {
        let (mut tests, mut drawn, mut doubt) = (Vec::new(), Vec::new(), None);
        for (property, value) in row.iter().filter(|(_, value)| !value.is_empty()) {
            if ARGUMENTS.contains(&property) {
                continue;
            }
            let lot = || Drawn::read(property, value.as_bytes(), row, rules.moduli, counters);
            match DRAWN.contains(&property).then(lot).flatten() {
                Some((lot, is_doubtful)) => {
                    drawn.push(lot);
                    doubt = doubt.or(is_doubtful);
                }
                None => tests.push(Test::read(&mut rules.reader, property, value)),
            }
        }
        let action = Action::of(row);
        let ends = row.is("passthrough", "no");
        let is_idle = match action {
            Action::None => true,
            Action::MarkPacket(_) => !rules.asks_for_packet_marks,
            _ => false,
        };
        let rule = Self {
            row,
            action,
            ends,
            is_idle: is_idle && !ends,
            tests,
            drawn,
            doubt,
            invalid: rules.why_invalid(row),
        };
        counters.pass(rule.may_end(), rule.action.marks());
        rule
    }

    /// Whether a packet matches. What is not known is told where everything else matches, and the rule taken not to match.
    pub(super) fn matches(&self, menu: Menu, chain: &str, pass: &mut Pass<'_>) -> bool {
        let mut unknown = None;
        for test in &self.tests {
            match test.fits(pass) {
                Fits::Yes => {}
                Fits::No | Fits::Never => return false,
                Fits::Unknown => unknown = unknown.or(Some(test)),
            }
        }
        if let Some(why) = &self.invalid {
            let what = || What::Invalid { why: why.clone() };
            pass.log
                .add_row(|| stage(menu, chain), menu.path(), self.row, what);
            return false;
        }
        if let Some(test) = unknown {
            let what = || What::Unmodelled {
                property: test.property.into(),
            };
            pass.log
                .add_row(|| stage(menu, chain), menu.path(), self.row, what);
            let place = self.place(menu);
            pass.log.unmodelled(format!(
                "{place}: {}; the rule is taken not to match",
                test.doubt()
            ));
            return false;
        }
        if self.is_idle && !self.drawn.is_empty() {
            return false;
        }
        if let Some(doubt) = self.doubt {
            pass.log.unmodelled(format!("{}: {doubt}", self.place(menu)));
        }
        self.drawn.iter().all(|drawn| drawn.falls(pass))
    }

    /// `line 41 of /ip firewall mangle`; of routers that were not read from an export, the id.
    pub(super) fn place(&self, menu: Menu) -> String {
        let menu = menu.told();
        match self.row.line() {
            Some(line) => format!("line {line} of {menu}"),
            None => format!("rule {} of {menu}", self.row.id()),
        }
    }

    fn may_end(&self) -> bool {
        self.ends
            || match self.action {
                Action::Accept | Action::Drop | Action::Return | Action::Jump(_) | Action::Translate(_) => {
                    true
                }
                Action::MarkConnection(_)
                | Action::MarkPacket(_)
                | Action::MarkRouting(_)
                | Action::FastTrack
                | Action::NoTrack
                | Action::AddToList
                | Action::None
                | Action::Unmodelled => false,
            }
    }
}

impl<'a> Test<'a> {
    fn read(reader: &mut Reader<'_, 'a>, property: &'a str, value: &'a Value) -> Self {
        let (is_negated, bare) = negated(value.as_bytes());
        let is_drawn = DRAWN.contains(&property);
        let modelled = MODELLED.iter().find(|(name, ..)| *name == property);
        let (is_negated, check) = match modelled {
            Some((_, Turns::All, read)) => (is_negated, read(reader, bare).ok_or(Unread::NotUnderstood)),
            Some((_, Turns::Each, read)) => {
                (false, read(reader, value.as_bytes()).ok_or(Unread::NotUnderstood))
            }
            None if is_drawn => (false, Err(Unread::NotUnderstood)),
            None => (false, Err(Unread::NotModelled)),
        };
        Self {
            property,
            value,
            is_negated,
            check,
        }
    }

    fn fits(&self, pass: &Pass<'_>) -> Fits {
        let fits = self.check.as_ref().map(|check| check(pass));
        fits.unwrap_or(Fits::Unknown).turned(self.is_negated)
    }

    /// What is not known, as a sentence without its end.
    fn doubt(&self) -> String {
        let (property, value) = (self.property, self.value.to_text());
        match self.check {
            Err(Unread::NotModelled) => format!("`{property}` is not modelled"),
            Err(Unread::NotUnderstood) => format!("`{value}` of `{property}` is not understood"),
            Ok(_) => format!("whether `{value}` of `{property}` fits is not known"),
        }
    }
}

impl<'a> Action<'a> {
    fn of(row: &'a Row) -> Self {
        let new = |property| row.get(property).filter(|mark| **mark != "no-mark");
        match row.get("action").map_or(&b"accept"[..], Value::as_bytes) {
            b"accept" => Self::Accept,
            b"drop" | b"reject" | b"tarpit" => Self::Drop,
            b"return" => Self::Return,
            b"jump" => Self::Jump(row.get("jump-target").map_or(&b""[..], Value::as_bytes)),
            b"mark-connection" => Self::MarkConnection(new("new-connection-mark")),
            b"mark-packet" => Self::MarkPacket(new("new-packet-mark")),
            // The mark `main` is that of what is not marked: main is looked in anyway (unconfirmed).
            b"mark-routing" => Self::MarkRouting(new("new-routing-mark").filter(|mark| **mark != "main")),
            b"fasttrack-connection" => Self::FastTrack,
            b"notrack" => Self::NoTrack,
            b"add-dst-to-address-list" | b"add-src-to-address-list" => Self::AddToList,
            action if HARMLESS.contains(&action) => Self::None,
            _ => Recipe::of(row).map_or(Self::Unmodelled, Self::Translate),
        }
    }

    /// The matcher that may tell packets apart that this marks.
    fn marks(self) -> Option<&'static str> {
        match self {
            Self::MarkConnection(_) => Some("connection-mark"),
            Self::MarkPacket(_) => Some("packet-mark"),
            Self::MarkRouting(_) => Some("routing-mark"),
            Self::NoTrack => Some("connection-state"),
            _ => None,
        }
    }
}

impl<'a> Rules<'_, 'a> {
    /// Why RouterOS flags a row as one that cannot work (ROUTEROS §4 rows 47 and 48, §4.1).
    fn why_invalid(&self, row: &Row) -> Option<String> {
        if row
            .live("invalid")
            .is_some_and(|value| *value == "true" || *value == "yes")
        {
            return Some(String::from("the router says so"));
        }
        let bare = |property: &str| Some(negated(row.get(property)?.as_bytes()).1);
        let mut gone = REFERENCES
            .iter()
            .filter(|property| bare(property).is_some_and(is_gone));
        if let Some(property) = gone.next() {
            return Some(format!("its {property} was deleted"));
        }
        let mut interfaces = ["in-interface", "out-interface"].into_iter().filter_map(bare);
        interfaces
            .find_map(|name| why_no_interface(self.reader.network, name))
            .or_else(|| self.why_no_table(row))
    }

    /// A routing mark is a table of RouterOS 7; a router whose tables are not known is believed.
    fn why_no_table(&self, row: &Row) -> Option<String> {
        let tables = self.tables.as_ref()?;
        let mark = row
            .get("new-routing-mark")
            .filter(|_| row.is("action", "mark-routing"))?;
        let is_there = *mark == "main" || tables.contains(mark.as_bytes());
        (!is_there).then(|| format!("there is no routing table {}", mark.to_text()))
    }
}

fn why_no_interface(network: &Network<'_>, name: &[u8]) -> Option<String> {
    if name.is_empty() || name == LOOPBACK || is_kind(name) {
        return None;
    }
    let told = || Value::from(name).to_text().into_owned();
    if let Some(master) = network.master(name) {
        return Some(format!("{} is a port of {}", told(), master.to_text()));
    }
    (!network.has_interface(name)).then(|| format!("there is no interface {}", told()))
}

/// `*1F`: what the row named is no more.
fn is_gone(value: &[u8]) -> bool {
    let digits = value.strip_prefix(b"*").unwrap_or_default();
    !digits.is_empty() && digits.iter().all(u8::is_ascii_hexdigit)
}

/// The tables of a router that is known to have RouterOS 7, or that has tables at all; VRFs are tables too.
pub(super) fn tables(router: &Router) -> Option<BTreeSet<&[u8]>> {
    let names = |menu: &str| {
        router
            .table(menu)
            .iter()
            .filter_map(|row| row.get("name"))
            .map(Value::as_bytes)
    };
    let tables: BTreeSet<&[u8]> = names("/routing/table").chain(names("/ip/vrf")).collect();
    let is_v7 = router
        .version()
        .is_some_and(|version| version >= Version::new(7, 0, 0));
    (is_v7 || !tables.is_empty()).then_some(tables)
}

/// The action, for people.
pub(super) fn told(row: &Row) -> String {
    row.get("action")
        .map_or_else(|| String::from("accept"), |action| action.to_text().into_owned())
}

/// The interface that RouterOS 7 has of its own.
const LOOPBACK: &[u8] = b"lo";

/// Actions that change nothing that decides the way of a packet.
const HARMLESS: [&[u8]; 10] = [
    b"change-dscp",
    b"change-mss",
    b"change-ttl",
    b"clear-df",
    b"log",
    b"passthrough",
    b"set-priority",
    b"sniff-pc",
    b"sniff-tzsp",
    b"strip-ipv4-options",
];

/// Matchers and arguments whose values are names of other rows.
const REFERENCES: [&str; 11] = [
    "in-bridge-port",
    "in-bridge-port-list",
    "in-interface",
    "in-interface-list",
    "layer7-protocol",
    "new-routing-mark",
    "out-bridge-port",
    "out-bridge-port-list",
    "out-interface",
    "out-interface-list",
    "routing-mark",
];

/// Properties that match nothing.
pub(super) const ARGUMENTS: &[&str] = &[
    "action",
    "address-list",
    "address-list-timeout",
    "chain",
    "comment",
    "disabled",
    "hw-offload",
    "jump-target",
    "log",
    "log-prefix",
    "new-connection-mark",
    "new-dscp",
    "new-mss",
    "new-packet-mark",
    "new-priority",
    "new-routing-mark",
    "new-ttl",
    "passthrough",
    "randomise-ports",
    "reject-with",
    "route-dst",
    "same-not-by-dst",
    "sniff-id",
    "sniff-target",
    "sniff-target-port",
    "socks5-port",
    "socks5-server",
    "socksify-service",
    "to-addresses",
    "to-ports",
];
