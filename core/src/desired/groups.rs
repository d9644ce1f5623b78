//! Groups of connections that share a mark and a routing table: those of a line, in as many groups as it has heirs.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{DesiredLine, Needs};
use crate::pcc::{self, Allotment, Ratio, Split, SplitOptions};
use crate::routeros::value::Value;
use crate::site::{Line, LineId, Mode, Site, Spread};
use crate::survey;

/// A group of connections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    /// Lines by preference, as positions in the site; the first owns the group.
    pub order: Vec<usize>,
    /// The group's number among those of its owner, from 1.
    pub number: usize,
    /// Its position in the allotment of PCC buckets.
    allotted: Option<usize>,
}

/// How new connections are shared, and what becomes of the shares when lines die.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Balance {
    /// The ids of the lines that are balanced, in the order of the shares.
    pub lines: Vec<String>,
    /// The share asked and reached of each.
    pub split: Split,
    /// The buckets with their stand-ins.
    pub allotment: Allotment,
}

impl Balance {
    /// The balance of a site; `None` where nothing is balanced. Metered lines take no part.
    pub(super) fn of(site: &Site) -> Option<Self> {
        let balanced = || site.lines().iter().filter(|line| !line.metered());
        if !site.mode().balances() || balanced().next().is_none() {
            return None;
        }
        let speeds: Vec<_> = balanced().map(Line::mbps).collect();
        let options = SplitOptions {
            max_buckets: site.max_buckets(),
            ..SplitOptions::default()
        };
        let split = pcc::split(&speeds, &options);
        // Load balance alone has no stand-ins to choose: the share of a dead line follows the main table.
        let spread = if site.mode() == Mode::LoadBalance {
            Spread::Priority
        } else {
            site.spread()
        };
        let allotment = pcc::allot(&split, &speeds, spread, site.max_buckets());
        Some(Self {
            lines: balanced().map(|line| line.id().as_str().into()).collect(),
            split,
            allotment,
        })
    }

    /// What becomes of the shares for each set of dead lines that leaves one alive: none dead first.
    pub fn failures(&self) -> Vec<Failure> {
        let lines = self.lines.len();
        let sets = 1_usize
            .checked_shl(u32::try_from(lines).unwrap_or(u32::MAX))
            .unwrap_or(1)
            .saturating_sub(1);
        let dead = |set: usize| {
            (0..lines).filter(move |line| {
                set.checked_shr(u32::try_from(*line).unwrap_or(u32::MAX))
                    .unwrap_or(0)
                    & 1
                    == 1
            })
        };
        let mut sets: Vec<Vec<usize>> = (0..sets).map(|set| dead(set).collect()).collect();
        sets.sort_by_key(Vec::len);
        sets.into_iter().map(|dead| self.failure(dead)).collect()
    }

    fn failure(&self, dead: Vec<usize>) -> Failure {
        let shares = self.allotment.shares(&dead);
        let loads = shares.iter().zip(self.split.parts());
        Failure {
            loads: loads.map(|(share, line)| share.over(line.asked)).collect(),
            dead,
            shares,
        }
    }
}

/// What lines carry while some are dead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The dead lines, as positions in [`Balance::lines`].
    pub dead: Vec<usize>,
    /// The share of new connections that each line carries.
    pub shares: Vec<Ratio>,
    /// Its load against its speed: 1 where it carries the part of all customers that its speed is of all lines' speeds, 2
    /// where it carries twice that.
    pub loads: Vec<Ratio>,
}

/// The groups of a site whose connections are marked.
pub(super) fn groups(site: &Site, balance: Option<&Balance>) -> Vec<Group> {
    let balanced: Vec<usize> = positions(site, |line| !line.metered());
    let metered: Vec<usize> = positions(site, Line::metered);
    let all = 0..site.lines().len();
    // Load balance alone leaves the choice to the main table, which comes to the same where no metered line is nearer there than
    // one that is balanced.
    let is_metered_nearer = metered.first() < balanced.last() && !metered.is_empty();
    let has_stand_ins = site.mode() != Mode::LoadBalance || is_metered_nearer;
    let mut groups = Vec::new();
    for owner in all.clone() {
        let allotted = balance
            .map_or(&[][..], |balance| balance.allotment.groups())
            .iter()
            .enumerate();
        let own = allotted
            .filter(|(_, group)| group.order.first().and_then(|line| balanced.get(*line)) == Some(&owner));
        let mut orders: Vec<(Option<usize>, Vec<usize>)> = own
            .map(|(position, group)| {
                let order = group
                    .order
                    .iter()
                    .filter_map(|line| balanced.get(*line))
                    .chain(&metered);
                (Some(position), order.copied().collect())
            })
            .collect();
        if orders.is_empty() {
            let others = all.clone().filter(|line| *line != owner);
            orders.push((None, core::iter::once(owner).chain(others).collect()));
        }
        groups.extend((1..).zip(orders).map(|(number, (allotted, mut order))| {
            order.truncate(if has_stand_ins { order.len() } else { 1 });
            Group {
                order,
                number,
                allotted,
            }
        }));
    }
    groups
}

/// The part of new connections that each routing table gets while nothing is dead; `None` where none are marked.
pub(crate) fn shares(site: &Site) -> Option<Vec<(Value, Ratio)>> {
    let balance = Balance::of(site)?;
    let allotment = &balance.allotment;
    let share = |group: Group| {
        let buckets = allotment.groups().get(group.allotted?)?.buckets;
        let owner = site.lines().get(*group.order.first()?)?;
        let part = Ratio::new(buckets.into(), allotment.denominator().into());
        Some((group.table(owner.id()), part))
    };
    Some(
        groups(site, Some(&balance))
            .into_iter()
            .filter_map(share)
            .collect(),
    )
}

fn positions(site: &Site, is_meant: impl Fn(&Line) -> bool) -> Vec<usize> {
    site.lines()
        .iter()
        .enumerate()
        .filter(|(_, line)| is_meant(line))
        .map(|(position, _)| position)
        .collect()
}

impl<'a> Needs<'a> {
    /// The groups, each with its owner.
    pub(super) fn owned_groups(&self) -> impl Iterator<Item = (&Group, &DesiredLine<'a>)> {
        self.groups
            .iter()
            .filter_map(|group| Some((group, self.lines.get(*group.order.first()?)?)))
    }

    /// The group of each PCC remainder, with its owner.
    pub(super) fn buckets(&self) -> Vec<(&Group, &DesiredLine<'a>)> {
        let assignment = self
            .balance
            .as_ref()
            .map(|balance| balance.allotment.assignment())
            .unwrap_or_default();
        let group_of = |position| {
            self.owned_groups()
                .find(|(group, _)| group.allotted == Some(position))
        };
        assignment.into_iter().filter_map(group_of).collect()
    }
}

impl Group {
    /// The name of the group's mark and table: that of its line, and a number from the second on.
    pub(super) fn name(&self, owner: &DesiredLine<'_>) -> Value {
        self.table(owner.line.id())
    }

    fn table(&self, owner: &LineId) -> Value {
        Value::from(match self.number {
            1 => survey::name(owner.as_str()),
            number => survey::name(&format!("{owner}_{number}")),
        })
    }
}
