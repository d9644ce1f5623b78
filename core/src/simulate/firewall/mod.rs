//! A packet → what the rules of a chain do with it.
//!
//! ```text
//!  rows of raw, mangle, nat, filter --Rule::read, once--> chains of rules
//!                                                            |
//!  packet, connection, choices ----------------walk----------+--> marks, fasttrack ... and the verdict
//! ```
//!
//! Whatever a rule has that is not modelled is told, and the rule taken not to match; nothing is passed over in silence.

mod check;
mod draws;
mod fits;
mod interfaces;
mod lists;
mod matchers;
mod parse;
mod rule;
mod tests;
mod translation;

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use self::check::{Known, Reader};
use self::draws::{Counters, Moduli};
use self::parse::negated;
use self::rule::{Action, Rule, Rules};
use super::choices::Choices;
use super::network::Network;
use super::packet::{Connection, Packet, Protocol};
use super::trace::{Log, Stage, What};
use crate::routeros::router::Row;
use crate::routeros::value::Value;
use crate::survey::interfaces::enabled;

pub(crate) use self::draws::Bucket;
pub(crate) use self::translation::Translation;

/// The rules of a router.
pub(crate) struct Firewall<'a> {
    /// In the order of [`Menu::ALL`].
    menus: [Chains<'a>; 4],
}

/// A menu of rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Menu {
    Raw,
    Mangle,
    Nat,
    Filter,
}

/// What a walk reads and changes.
#[derive(Debug)]
pub(crate) struct Pass<'p> {
    pub(crate) network: &'p Network<'p>,
    pub(crate) packet: &'p mut Packet,
    pub(crate) connection: &'p mut Connection,
    pub(crate) choices: &'p mut Choices,
    pub(crate) log: &'p mut Log,
}

/// How a walk ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict<'a> {
    /// By a rule, or at the end of the chain.
    Accept,
    Drop(&'a Row),
    /// By a rule of nat, which is not yet applied, nor logged.
    Translate(&'a Row, Translation),
}

/// The chains of a menu.
#[derive(Default)]
struct Chains<'a> {
    by_name: BTreeMap<&'a [u8], usize>,
    chains: Vec<Chain<'a>>,
}

struct Chain<'a> {
    name: String,
    rules: Vec<Rule<'a>>,
}

/// Where a walk is.
#[derive(Clone, Copy)]
struct Spot {
    chain: usize,
    rule: usize,
}

/// What follows a rule that matches.
enum Flow<'a> {
    Next,
    Back,
    To(&'a [u8]),
    End(Verdict<'a>),
}

impl<'a> Firewall<'a> {
    /// Reads the enabled rules.
    pub(crate) fn of(network: &Network<'a>) -> Self {
        let router = network.router();
        let rows = || {
            Menu::ALL
                .into_iter()
                .flat_map(|menu| enabled(router, menu.path()))
        };
        let lists = lists::of(router, &named_lists(rows()));
        let moduli = Moduli::of(rows());
        let reader = Reader {
            network,
            lists: &lists,
            interfaces: Known::default(),
        };
        let mut rules = Rules {
            reader,
            moduli: &moduli,
            tables: rule::tables(router),
            asks_for_packet_marks: rows().any(|row| row.get("packet-mark").is_some()),
        };
        let menus = Menu::ALL.map(|menu| Chains::of(&mut rules, enabled(router, menu.path())));
        Self { menus }
    }

    /// Takes a packet through a chain, and through those that it jumps to, until a rule ends that.
    pub(crate) fn walk(&self, menu: Menu, chain: &str, pass: &mut Pass<'_>) -> Verdict<'a> {
        let chains = self.chains(menu);
        let Some(start) = chains.by_name.get(chain.as_bytes()) else {
            return Verdict::Accept;
        };
        let mut at = Spot {
            chain: *start,
            rule: 0,
        };
        let mut back: Vec<Spot> = Vec::new();
        for _ in 0..MOST_STEPS {
            let Some((name, rule)) = chains.at(at) else {
                match back.pop() {
                    Some(spot) => at = spot,
                    None => return Verdict::Accept,
                }
                continue;
            };
            at.rule = at.rule.saturating_add(1);
            if !rule.matches(menu, name, pass) {
                continue;
            }
            match rule.act(menu, name, chain, pass) {
                Flow::Next => {}
                Flow::End(verdict) => return verdict,
                Flow::Back => match back.pop() {
                    Some(spot) => at = spot,
                    None => return Verdict::Accept,
                },
                Flow::To(target) => match chains.by_name.get(target) {
                    Some(target) if back.len() < DEEPEST => {
                        back.push(at);
                        at = Spot {
                            chain: *target,
                            rule: 0,
                        };
                    }
                    Some(_) => break,
                    // A chain without rules: nothing happens there.
                    None => {}
                },
            }
        }
        let menu = menu.told();
        pass.log.unmodelled(format!(
            "the chains of {menu} {ENDLESS} from {chain}; the packet is taken to pass"
        ));
        Verdict::Accept
    }

    fn chains(&self, menu: Menu) -> &Chains<'a> {
        let [raw, mangle, nat, filter] = &self.menus;
        match menu {
            Menu::Raw => raw,
            Menu::Mangle => mangle,
            Menu::Nat => nat,
            Menu::Filter => filter,
        }
    }
}

impl<'a> Rule<'a> {
    /// What a rule that matches does; `start` is the chain that the walk began with.
    fn act(&self, menu: Menu, chain: &str, start: &str, pass: &mut Pass<'_>) -> Flow<'a> {
        if let Action::Translate(recipe) = self.action {
            return Flow::End(Verdict::Translate(self.row, recipe.apply(start, pass.packet)));
        }
        let protocol = pass.packet.protocol;
        let what = || self.what(protocol);
        pass.log
            .add_row(|| stage(menu, chain), menu.path(), self.row, what);
        self.change(menu, pass);
        match self.action {
            Action::Accept => Flow::End(Verdict::Accept),
            Action::Drop => Flow::End(Verdict::Drop(self.row)),
            Action::Return => Flow::Back,
            Action::Jump(target) => Flow::To(target),
            _ if self.ends => Flow::End(Verdict::Accept),
            _ => Flow::Next,
        }
    }

    fn change(&self, menu: Menu, pass: &mut Pass<'_>) {
        match self.action {
            // What is not tracked has no connection that could be marked.
            Action::MarkConnection(_) if pass.connection.is_untracked => {}
            Action::MarkConnection(mark) => pass.connection.mark = mark.cloned(),
            Action::MarkPacket(mark) => pass.packet.packet_mark = mark.cloned(),
            Action::MarkRouting(mark) => pass.packet.routing_mark = mark.cloned(),
            Action::FastTrack => pass.connection.is_fasttracked |= can_be_fasttracked(pass.packet.protocol),
            Action::NoTrack => pass.connection.is_untracked = true,
            Action::AddToList => {
                let place = self.place(menu);
                pass.log.unmodelled(format!(
                    "{place}: address lists do not grow while a packet is followed"
                ));
            }
            Action::Unmodelled => {
                let (place, action) = (self.place(menu), rule::told(self.row));
                pass.log.unmodelled(format!(
                    "{place}: the action `{action}` is not modelled; the packet goes on"
                ));
            }
            Action::Accept
            | Action::Drop
            | Action::Return
            | Action::Jump(_)
            | Action::Translate(_)
            | Action::None => {}
        }
    }

    fn what(&self, protocol: Protocol) -> What {
        let said = |property| self.row.get(property).cloned().unwrap_or_default();
        match self.action {
            Action::MarkConnection(mark) => What::ConnectionMark {
                mark: mark.cloned().unwrap_or_default(),
            },
            Action::MarkPacket(_) => What::PacketMark {
                mark: said("new-packet-mark"),
            },
            Action::MarkRouting(_) => What::RoutingMark {
                mark: said("new-routing-mark"),
            },
            Action::Jump(_) => What::Jump {
                target: said("jump-target").to_text().into_owned(),
            },
            Action::FastTrack if can_be_fasttracked(protocol) => What::FastTrack,
            Action::Unmodelled => What::Unmodelled {
                property: String::from("action"),
            },
            _ => What::Action {
                action: rule::told(self.row),
            },
        }
    }
}

/// Only IPv4 TCP and UDP take the fast path (ROUTEROS §2e).
fn can_be_fasttracked(protocol: Protocol) -> bool {
    matches!(protocol, Protocol::Tcp | Protocol::Udp)
}

impl<'a> Chains<'a> {
    fn of(rules: &mut Rules<'_, 'a>, rows: impl Iterator<Item = &'a Row>) -> Self {
        let mut by_chain: BTreeMap<&[u8], Vec<&Row>> = BTreeMap::new();
        for row in rows {
            if let Some(chain) = row.get("chain") {
                by_chain.entry(chain.as_bytes()).or_default().push(row);
            }
        }
        let mut chains = Self::default();
        for (name, rows) in by_chain {
            let mut counters = Counters::default();
            let read = rows.into_iter().map(|row| Rule::read(rules, row, &mut counters));
            let read = Chain {
                name: Value::from(name).to_text().into_owned(),
                rules: read.collect(),
            };
            chains.by_name.insert(name, chains.chains.len());
            chains.chains.push(read);
        }
        chains
    }

    /// The rule at a spot, and the name of its chain; none behind the last.
    fn at(&self, spot: Spot) -> Option<(&str, &Rule<'a>)> {
        let chain = self.chains.get(spot.chain)?;
        Some((&chain.name, chain.rules.get(spot.rule)?))
    }
}

impl Menu {
    const ALL: [Self; 4] = [Self::Raw, Self::Mangle, Self::Nat, Self::Filter];

    pub(crate) fn path(self) -> &'static str {
        match self {
            Self::Raw => "/ip/firewall/raw",
            Self::Mangle => "/ip/firewall/mangle",
            Self::Nat => "/ip/firewall/nat",
            Self::Filter => "/ip/firewall/filter",
        }
    }

    /// As people write it.
    fn told(self) -> &'static str {
        match self {
            Self::Raw => "/ip firewall raw",
            Self::Mangle => "/ip firewall mangle",
            Self::Nat => "/ip firewall nat",
            Self::Filter => "/ip firewall filter",
        }
    }

    fn table(self) -> &'static str {
        match self {
            Self::Raw => "raw",
            Self::Mangle => "mangle",
            Self::Nat => "nat",
            Self::Filter => "filter",
        }
    }
}

/// Rules hold functions, which have nothing to show.
impl fmt::Debug for Firewall<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Firewall").finish_non_exhaustive()
    }
}

fn stage(menu: Menu, chain: &str) -> Stage {
    Stage::Chain {
        table: menu.table(),
        chain: String::from(chain),
    }
}

/// The address lists that rules name.
fn named_lists<'a>(rows: impl Iterator<Item = &'a Row>) -> BTreeSet<&'a [u8]> {
    let names =
        rows.flat_map(|row| ["src-address-list", "dst-address-list"].map(|property| row.get(property)));
    names.flatten().map(|name| negated(name.as_bytes()).1).collect()
}

/// What is told of a walk that was cut.
pub(crate) const ENDLESS: &str = "jump without end";

/// Jumps inside one another; nobody nests chains deeper.
const DEEPEST: usize = 64;

/// Rules that one walk looks at: far more than any router has, but for chains that jump to each other many times.
const MOST_STEPS: usize = 100_000;
