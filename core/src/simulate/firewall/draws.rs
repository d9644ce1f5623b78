//! Matchers whose answer nobody knows beforehand: classifiers of connections, counters, dice.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use super::Pass;
use super::parse::{halves, negated, text};
use crate::routeros::router::Row;
use crate::simulate::choices::Draw;
use crate::simulate::packet::{Direction, State};

/// The properties that are drawn.
pub(super) const DRAWN: [&str; 3] = ["nth", "per-connection-classifier", "random"];

/// A matcher that is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Drawn {
    is_negated: bool,
    lot: Lot,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Lot {
    /// `per-connection-classifier`: the values are hashed to 32 bits, and the hash divided by the denominator leaves the
    /// remainder \[D:152600617\].
    Bucket { values: &'static Values, of: Remainder },
    /// `nth=every,packet`: every rule counts the packets that it sees, and matches one of `every` \[D:250708064\].
    Counter { counter: u32, of: Remainder },
    /// `random`: percent \[D:250708064\].
    Dice { percent: u64 },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Remainder {
    /// What tells the remainders of several rules apart; none where they are too many to be told apart.
    modulus: Option<u32>,
    denominator: u32,
    remainder: u32,
}

/// What a classifier hashes.
#[derive(Debug, PartialEq, Eq)]
struct Values {
    name: &'static str,
    source: bool,
    destination: bool,
    source_port: bool,
    destination_port: bool,
}

/// The moduli that tell all buckets of a classifier apart, by its name: the least common multiple of the denominators that
/// rules divide its hash by, as far as it stays small.
#[derive(Debug, Default)]
pub(super) struct Moduli(BTreeMap<&'static str, u32>);

/// The rules of a chain that count, as far as they count the same packets.
///
/// "Every rule has its own counter": two rules that see the same packets are in step, so that `nth=2,1` and `nth=2,2` exclude
/// each other; a second one that sees only what the first left does not (wiki, `NTH in RouterOS 3.x`: it "will match ONLY 25%").
#[derive(Debug, Default)]
pub(super) struct Counters {
    /// By `every` and by what else the rule matches.
    in_step: BTreeMap<(u32, Vec<u8>), u32>,
    last: u32,
}

impl Moduli {
    pub(super) fn of<'a>(rows: impl Iterator<Item = &'a Row>) -> Self {
        let mut moduli = Self::default();
        for row in rows {
            let value = row.get("per-connection-classifier");
            if let Some((values, denominator, _)) =
                value.and_then(|value| bucket(negated(value.as_bytes()).1))
            {
                let modulus = moduli.0.entry(values.name).or_insert(1);
                *modulus = common(*modulus, denominator).unwrap_or(*modulus);
            }
        }
        moduli
    }

    fn remainder(&self, values: &Values, denominator: u32, remainder: u32) -> Remainder {
        let common = self.0.get(values.name).copied();
        let common = common.filter(|modulus| modulus.checked_rem(denominator) == Some(0));
        Remainder {
            modulus: common.or((denominator <= MOST_REMAINDERS).then_some(denominator)),
            denominator,
            remainder,
        }
    }

    /// Whether the buckets of a rule are told apart from those of all others.
    fn tells_apart(&self, values: &Values, of: Remainder) -> bool {
        of.modulus.is_some() && of.modulus == self.0.get(values.name).copied()
    }
}

impl Counters {
    /// The counter of a rule that matches one of `every` packets.
    fn counter(&mut self, every: u32, row: &Row) -> u32 {
        let mut matchers: Vec<(&str, &[u8])> =
            row.iter().map(|(name, value)| (name, value.as_bytes())).collect();
        matchers.retain(|(name, _)| !NO_MATCHERS.contains(name) && *name != "nth");
        matchers.sort_unstable();
        let seen = matchers
            .iter()
            .flat_map(|(name, value)| [name.as_bytes(), b"=", value, b"\n"]);
        let seen: Vec<u8> = seen.flatten().copied().collect();
        let last = &mut self.last;
        *self.in_step.entry((every, seen)).or_insert_with(|| {
            *last = last.saturating_add(1);
            *last
        })
    }

    /// Behind a rule that may end the walk, the rules see other packets; behind one that marks, those do that match the mark.
    pub(super) fn pass(&mut self, may_end: bool, marks: Option<&str>) {
        if may_end {
            self.in_step.clear();
        }
        if let Some(matcher) = marks {
            let asks = |seen: &[u8]| {
                let mut lines = seen.split(|byte| *byte == b'\n');
                lines.any(|line| {
                    line.strip_prefix(matcher.as_bytes())
                        .is_some_and(|rest| rest.starts_with(b"="))
                })
            };
            self.in_step.retain(|(_, seen), _| !asks(seen));
        }
    }
}

impl Drawn {
    /// Reads a matcher; the second says what is not exact about it. None where it is not understood.
    pub(super) fn read(
        property: &str,
        value: &[u8],
        row: &Row,
        moduli: &Moduli,
        counters: &mut Counters,
    ) -> Option<(Self, Option<&'static str>)> {
        let (is_negated, bare) = negated(value);
        let (lot, doubt) = match property {
            "per-connection-classifier" => {
                let (values, denominator, remainder) = bucket(bare)?;
                let of = moduli.remainder(values, denominator, remainder);
                let doubt = (!moduli.tells_apart(values, of)).then_some(NOT_TOLD_APART);
                (Lot::Bucket { values, of }, doubt)
            }
            "nth" => {
                let (every, packet) = nth(bare)?;
                let of = Remainder {
                    modulus: (every <= MOST_REMAINDERS).then_some(every),
                    denominator: every,
                    remainder: packet.checked_rem(every)?,
                };
                let counter = counters.counter(every, row);
                (Lot::Counter { counter, of }, None)
            }
            "random" => {
                let percent = text(bare)?.parse().ok().filter(|percent| *percent <= 100)?;
                (Lot::Dice { percent }, None)
            }
            _ => return None,
        };
        Some((Self { is_negated, lot }, doubt))
    }

    /// Whether the lot falls so that the rule matches.
    pub(super) fn falls(&self, pass: &mut Pass<'_>) -> bool {
        let falls = match &self.lot {
            Lot::Bucket { values, of } => of.falls(values.key(pass), pass),
            Lot::Counter { counter, of } => of.falls(counted(*counter, pass), pass),
            Lot::Dice { percent } => {
                let other = 100_u64.saturating_sub(*percent);
                pass.choices.one_of(&[*percent, other]) == 0
            }
        };
        falls != self.is_negated
    }
}

impl Remainder {
    fn falls(self, key: Vec<u8>, pass: &mut Pass<'_>) -> bool {
        // A remainder that is no smaller than the denominator is never left (ROUTEROS §2c).
        if self.remainder >= self.denominator {
            return false;
        }
        match self.modulus {
            Some(modulus) => pass
                .choices
                .leaves(Draw { of: key, modulus }, self.denominator, self.remainder),
            None => {
                let others = u64::from(self.denominator.saturating_sub(1));
                pass.choices.one_of(&[1, others]) == 0
            }
        }
    }
}

impl Values {
    /// The hash is of these bytes: as long as they stay the same, so does the bucket.
    fn key(&self, pass: &Pass<'_>) -> Vec<u8> {
        let packet = &pass.packet;
        let mut key = Vec::from(self.name.as_bytes());
        let mut add = |is_hashed: bool, address: Ipv4Addr| {
            if is_hashed {
                key.extend(address.octets());
            }
        };
        add(self.source, packet.source);
        add(self.destination, packet.destination);
        let mut add = |is_hashed: bool, port: Option<u16>| {
            if is_hashed {
                key.extend(port.unwrap_or_default().to_be_bytes());
            }
        };
        add(self.source_port, packet.source_port);
        add(self.destination_port, packet.destination_port);
        key
    }
}

/// What a counter counts: each packet anew. Packets of a connection are told apart by their direction and state, which is enough
/// for the first, its answer and what follows.
fn counted(counter: u32, pass: &Pass<'_>) -> Vec<u8> {
    let is_answer = pass.packet.direction == Direction::Reply;
    let is_first = pass.connection.state() == State::New;
    let mut key = Vec::from(*b"nth");
    key.extend(counter.to_be_bytes());
    key.extend([u8::from(is_answer), u8::from(is_first)]);
    key
}

/// The bucket of a rule that shares connections by a classifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bucket {
    /// What it hashes, as it is written: `both-addresses`.
    pub(crate) classifier: &'static str,
    /// Whether ports are hashed too, so that connections of one customer to one host go different ways.
    pub(crate) hashes_ports: bool,
    /// At least 1.
    pub(crate) denominator: u32,
    /// None that is no smaller than the denominator is ever left.
    pub(crate) remainder: u32,
    pub(crate) is_negated: bool,
}

impl Bucket {
    /// That of a row; `None` where it has none, or one that RouterOS would not understand.
    pub(crate) fn of(row: &Row) -> Option<Self> {
        let (is_negated, bare) = negated(row.get("per-connection-classifier")?.as_bytes());
        let (values, denominator, remainder) = bucket(bare)?;
        Some(Self {
            classifier: values.name,
            hashes_ports: values.source_port || values.destination_port,
            denominator,
            remainder,
            is_negated,
        })
    }
}

/// `values:denominator/remainder`.
fn bucket(value: &[u8]) -> Option<(&'static Values, u32, u32)> {
    let (name, numbers) = halves(value, ':')?;
    let (denominator, remainder) = numbers.split_once('/')?;
    let values = CLASSIFIERS.iter().find(|values| values.name == name)?;
    let denominator = denominator.parse().ok().filter(|denominator| *denominator > 0)?;
    Some((values, denominator, remainder.parse().ok()?))
}

/// `every,packet`; of `every` alone the last packet is taken, which is unconfirmed and changes no share.
fn nth(value: &[u8]) -> Option<(u32, u32)> {
    let (every, packet) = match halves(value, ',') {
        Some((every, packet)) => (every, packet.parse().ok()?),
        None => (text(value)?, 0),
    };
    let every = every.parse().ok().filter(|every| *every > 0)?;
    (packet <= every).then_some((every, packet))
}

/// The least common multiple, where it is not too large.
fn common(one: u32, other: u32) -> Option<u32> {
    let (mut divisor, mut rest) = (one, other);
    while let Some(next) = divisor.checked_rem(rest) {
        (divisor, rest) = (rest, next);
    }
    let multiple = one.checked_div(divisor)?.checked_mul(other)?;
    (multiple <= MOST_REMAINDERS).then_some(multiple)
}

const fn values(name: &'static str, of: [bool; 4]) -> Values {
    let [source, destination, source_port, destination_port] = of;
    Values {
        name,
        source,
        destination,
        source_port,
        destination_port,
    }
}

/// What can be hashed \[D:152600617\].
static CLASSIFIERS: [Values; 9] = [
    values("both-addresses", [true, true, false, false]),
    values("both-addresses-and-ports", [true, true, true, true]),
    values("both-ports", [false, false, true, true]),
    values("dst-address", [false, true, false, false]),
    values("dst-address-and-port", [false, true, false, true]),
    values("dst-port", [false, false, false, true]),
    values("src-address", [true, false, false, false]),
    values("src-address-and-port", [true, false, true, false]),
    values("src-port", [false, false, true, false]),
];

/// Properties that do not decide which packets a rule counts.
const NO_MATCHERS: [&str; 10] = [
    "action",
    "chain",
    "comment",
    "disabled",
    "log",
    "log-prefix",
    "new-connection-mark",
    "new-packet-mark",
    "new-routing-mark",
    "passthrough",
];

/// Remainders that are told apart: all buckets of classifiers by 2 to 10 together.
const MOST_REMAINDERS: u32 = 5040;

const NOT_TOLD_APART: &str =
    "the buckets of its classifier are drawn apart from those of rules with other denominators";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn denominators_have_a_common_multiple_as_long_as_it_is_small() {
        assert_eq!(common(1, 3), Some(3));
        assert_eq!(common(6, 4), Some(12));
        assert_eq!(common(720, 7), Some(5040));
        assert_eq!(common(5040, 11), None);
        assert_eq!(common(u32::MAX, u32::MAX), None);
    }

    #[test]
    fn classifiers_and_counters_are_read() {
        let of = |text: &str| bucket(text.as_bytes()).map(|(values, by, leaves)| (values.name, by, leaves));
        assert_eq!(of("both-addresses:3/2"), Some(("both-addresses", 3, 2)));
        for not_understood in [
            "both-addresses",
            "both-addresses:3",
            "both:3/2",
            "src-address:0/0",
            "src-address:x/0",
        ] {
            assert_eq!(of(not_understood), None, "{not_understood}");
        }
        assert_eq!(nth(b"3,1"), Some((3, 1)));
        assert_eq!(nth(b"3"), Some((3, 0)));
        assert_eq!(nth(b"2,3"), None, "the third of two");
        assert_eq!(nth(b"1,1,0"), None, "RouterOS 2.9");
    }
}
