//! What the router's own filter, and its raw rules before that, do with a packet of a line, as far as interfaces decide it.
//!
//! A chain is walked with a kind of packet, not with one packet: a matcher that only some packets of the kind meet makes a rule
//! conditional. Two walks, one for the line that works today and one for a new line, differ exactly where the firewall treats
//! the two differently.

use alloc::vec::Vec;

use super::interfaces::Member;
use crate::routeros::router::{Router, Row};
use crate::routeros::value::Value;
use crate::survey::InterfaceKind;
use crate::survey::interfaces::kind_of;

/// Kinds of packets that a line carries
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Traffic {
    /// From anywhere on the internet, asked for by nobody
    Unasked,
    /// Answers to what the router or its customers asked for
    Answers,
    /// From customers to the internet
    Outbound,
}

/// A chain of a menu
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Chain {
    pub(super) menu: &'static str,
    pub(super) name: &'static str,
}

/// Chain of `/ip firewall filter` for what the router takes itself
pub(super) const INPUT: Chain = Chain {
    menu: FILTER,
    name: "input",
};
/// Chain of `/ip firewall filter` for what it passes on
pub(super) const FORWARD: Chain = Chain {
    menu: FILTER,
    name: "forward",
};
/// Chain of `/ip firewall raw` before both
pub(super) const RAW: Chain = Chain {
    menu: "/ip/firewall/raw",
    name: "prerouting",
};

/// What a chain does with a kind of packet over one line
#[derive(Clone, Debug, Default)]
pub(super) struct Walk {
    /// The chain
    pub(super) chain: Chain,
    /// Rules that drop all or some
    pub(super) drops: Vec<Met>,
    /// Rules that accept all or some, or let them past the rest of a chain
    pub(super) accepts: Vec<Met>,
    /// What becomes of those that no conditional rule took
    pub(super) end: End,
}

/// A rule that was met
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Met {
    /// The jumps on the way to it and the rule itself, by their numbers in the menu, from 0 as RouterOS prints them
    pub(super) path: Vec<usize>,
    /// The first of these that lets this line through and not the other
    pub(super) gate: Option<usize>,
    /// Whether strangers can use it: not limited to some source, and not ICMP
    pub(super) is_open: bool,
}

/// What becomes of a packet in the end
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum End {
    Accept,
    Drop,
    /// No rule took it, which is to be accepted too
    #[default]
    Fall,
}

/// Walks a chain for the line of today and for a new one
pub(super) fn walk_both(
    router: &Router,
    chain: Chain,
    traffic: Traffic,
    today: &Member<'_>,
    new: &Member<'_>,
) -> (Walk, Walk) {
    let walk = |line, other| {
        let walk = Walk {
            chain,
            ..Walk::default()
        };
        let mut walker = Walker {
            router,
            traffic,
            line,
            other,
            today,
            budget: BUDGET,
            walk,
        };
        let end = walker.chain(
            chain.name.as_bytes(),
            &Met {
                is_open: true,
                ..Met::default()
            },
        );
        Walk {
            end: end.unwrap_or_default(),
            ..walker.walk
        }
    };
    (walk(today, new), walk(new, today))
}

/// Whether a packet can meet both rules of a walk: not where they, or the jumps to them, name different protocols or ports
pub(super) fn may_meet(router: &Router, walk: &Walk, one: &Met, other: &Met) -> bool {
    let rows = |met: &Met| -> Vec<&Row> {
        met.path
            .iter()
            .filter_map(|&number| router.table(walk.chain.menu).rows().get(number))
            .collect()
    };
    let (ones, others) = (rows(one), rows(other));
    let mut pairs = ones
        .iter()
        .flat_map(|one| others.iter().map(move |other| (one, other)));
    pairs.all(|(one, other)| {
        SERVICES
            .iter()
            .all(|service| overlap(one.get(service), other.get(service)))
    })
}

/// Whether a matcher of that name and value names an interface or a list: its name, without the negation
pub(super) fn named_interface<'a>(property: &str, value: &'a Value) -> Option<&'a [u8]> {
    is_interface(property).then(|| split_negation(value).1)
}

const FILTER: &str = "/ip/firewall/filter";

struct Walker<'a> {
    router: &'a Router,
    traffic: Traffic,
    line: &'a Member<'a>,
    other: &'a Member<'a>,
    /// Tells by contrast what the customers' side is
    today: &'a Member<'a>,
    budget: u32,
    walk: Walk,
}

impl Walker<'_> {
    /// The end, in this chain, of the packets that come to it by a jump, but for those that a conditional rule takes
    fn chain(&mut self, chain: &[u8], jump: &Met) -> Option<End> {
        let is_first = jump.path.is_empty();
        let mut do_all_stay = true;
        if jump.path.len() > DEEPEST {
            return None;
        }
        let router = self.router;
        let rules = router.table(self.walk.chain.menu).iter().enumerate();
        for (number, row) in rules.filter(|(_, row)| !row.disabled() && row.is("chain", chain)) {
            self.budget = self.budget.checked_sub(1)?;
            let Some(condition) = self.condition(row) else {
                continue;
            };
            let tells_apart = || (!self.side_matches(row, self.other)).then_some(number);
            let met = Met {
                path: jump.path.iter().copied().chain([number]).collect(),
                gate: jump.gate.or_else(tells_apart),
                is_open: jump.is_open && condition.is_open,
            };
            let end = match action(row) {
                Action::Drop => {
                    self.walk.drops.push(met);
                    Some(End::Drop)
                }
                Action::Accept => {
                    self.walk.accepts.push(met);
                    Some(End::Accept)
                }
                Action::Jump(target) => self.chain(target, &met),
                // What leaves the first chain is accepted; what leaves another goes on where it came from, past the rest
                Action::Return => {
                    do_all_stay &= is_first || !met.is_open;
                    self.walk.accepts.push(met);
                    match (is_first, condition.is_sure) {
                        (true, _) => Some(End::Accept),
                        (false, true) => return None,
                        (false, false) => None,
                    }
                }
                Action::None => None,
            };
            if end.is_some() && condition.is_sure {
                return end.filter(|_| do_all_stay);
            }
        }
        None
    }

    /// Whether a packet of this kind can match: nothing where it cannot
    fn condition(&self, row: &Row) -> Option<Condition> {
        let mut condition = Condition {
            is_sure: true,
            is_open: true,
        };
        for (property, value) in row.iter().filter(|(_, value)| !value.is_empty()) {
            let bytes = value.as_bytes();
            match self.matcher(property, value) {
                Matcher::Never => return None,
                Matcher::Always => {}
                Matcher::Sometimes => {
                    condition.is_sure = false;
                    condition.is_open &= !SOURCES.contains(&property);
                    condition.is_open &= !(property == "protocol" && matches!(bytes, b"icmp" | b"1"));
                }
            }
        }
        Some(condition)
    }

    fn matcher(&self, property: &str, value: &Value) -> Matcher {
        let (negated, bytes) = split_negation(value);
        match property {
            _ if NO_MATCHERS.contains(&property) => Matcher::Always,
            _ if is_interface(property) && property.starts_with(self.traffic.side()) => {
                Matcher::sure(self.interface_matches(property, value, self.line))
            }
            // The other side is that of the customers: no line, so nothing that matches the line of today
            _ if is_interface(property) => {
                Matcher::sure(!self.interface_matches(property, value, self.today))
            }
            "connection-state" => {
                let states = || bytes.split(|&byte| byte == b',');
                let wanted = self.traffic.state();
                Matcher::sure(states().any(|state| state == wanted) != negated)
            }
            "connection-nat-state" if bytes == b"dstnat" && self.traffic == Traffic::Unasked => {
                Matcher::sure(negated)
            }
            "ipsec-policy" => Matcher::sure(bytes.ends_with(b",none") != negated),
            _ if SOURCES.contains(&property) && self.traffic == Traffic::Unasked && negated => {
                Matcher::Always
            }
            _ => Matcher::Sometimes,
        }
    }

    /// Whether the interface matchers on the side of the line let a line through
    fn side_matches(&self, row: &Row, line: &Member<'_>) -> bool {
        let mut matchers = row.iter().filter(|(property, value)| {
            is_interface(property) && property.starts_with(self.traffic.side()) && !value.is_empty()
        });
        matchers.all(|(property, value)| self.interface_matches(property, value, line))
    }

    fn interface_matches(&self, property: &str, value: &Value, line: &Member<'_>) -> bool {
        let (negated, wanted) = split_negation(value);
        let kind = || kind_of(self.router, line.interface()).unwrap_or(InterfaceKind::Ethernet);
        let is_meant = match wanted {
            list if property.ends_with("-list") => line.is_in(list),
            b"all-ethernet" => kind().is_ethernet(),
            b"all-ppp" => kind().is_ppp(),
            b"all-vlan" => kind() == InterfaceKind::Vlan,
            b"all-wireless" => kind() == InterfaceKind::Wireless,
            name => name == line.interface(),
        };
        is_meant != negated
    }
}

impl Traffic {
    /// Beginning of the matchers on the side of the line
    fn side(self) -> &'static str {
        match self {
            Self::Unasked | Self::Answers => "in-",
            Self::Outbound => "out-",
        }
    }

    fn state(self) -> &'static [u8] {
        match self {
            Self::Unasked | Self::Outbound => b"new",
            Self::Answers => b"established",
        }
    }
}

struct Condition {
    is_sure: bool,
    is_open: bool,
}

enum Matcher {
    Never,
    Sometimes,
    Always,
}

impl Matcher {
    fn sure(matches: bool) -> Self {
        if matches { Self::Always } else { Self::Never }
    }
}

enum Action<'a> {
    Accept,
    Drop,
    Jump(&'a [u8]),
    Return,
    None,
}

fn action(row: &Row) -> Action<'_> {
    match row.get("action").map(Value::as_bytes) {
        None | Some(b"accept") => Action::Accept,
        Some(b"drop" | b"reject" | b"tarpit") => Action::Drop,
        Some(b"jump") => row
            .get("jump-target")
            .map_or(Action::None, |target| Action::Jump(target.as_bytes())),
        Some(b"return") => Action::Return,
        Some(_) => Action::None,
    }
}

/// Whether two matchers have a value in common, as far as plain lists tell
fn overlap(one: Option<&Value>, other: Option<&Value>) -> bool {
    let is_plain = |value: &&Value| !value.as_bytes().iter().any(|byte| matches!(byte, b'!' | b'-'));
    let (Some(one), Some(other)) = (one.filter(is_plain), other.filter(is_plain)) else {
        return true;
    };
    let mut values = one.as_bytes().split(|&byte| byte == b',');
    values.any(|value| {
        other
            .as_bytes()
            .split(|&byte| byte == b',')
            .any(|other| other == value)
    })
}

fn is_interface(property: &str) -> bool {
    matches!(
        property,
        "in-interface" | "in-interface-list" | "out-interface" | "out-interface-list"
    )
}

fn split_negation(value: &Value) -> (bool, &[u8]) {
    let bytes = value.as_bytes();
    bytes
        .strip_prefix(b"!")
        .map_or((false, bytes), |rest| (true, rest))
}

/// Properties that choose no packets
const NO_MATCHERS: &[&str] = &[
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
    "reject-with",
];

/// Matchers of where a packet comes from: negated they mean everybody but a few, as `src-address-list=!admins`
const SOURCES: &[&str] = &["src-address", "src-address-list", "src-mac-address"];

/// Matchers that tell services apart
const SERVICES: &[&str] = &["protocol", "dst-port"];

/// Chains may jump in circles; nobody nests them deeper than this
const DEEPEST: usize = 16;
/// Rules that one walk looks at: far more than any router has, but for chains that jump to each other many times
const BUDGET: u32 = 100_000;
