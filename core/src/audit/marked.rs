//! Marks that packets get on their way, each with the rule that sets it.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::View;
use super::menus::MANGLE;
use crate::pcc::Ratio;
use crate::routeros::router::Row;
use crate::routeros::value::Value;
use crate::simulate::{End, Event, PacketTrace, Stage, Trace, What};

/// A mark that a rule sets
#[derive(Clone, Debug)]
pub(super) struct Marked<'p, 'a> {
    /// The rule, and the rules that jump to its chain, the nearest first
    pub(super) rules: Vec<&'a Row>,
    pub(super) mark: &'p Value,
}

impl<'a> View<'a> {
    /// The routing marks that a packet gets before one route is chosen, in their order; a list for every choice
    pub(super) fn routing_marks<'p>(&self, packet: &'p PacketTrace) -> Vec<Vec<Marked<'p, 'a>>> {
        let mut walks = alloc::vec![Vec::new()];
        for (at, event) in packet.events.iter().enumerate() {
            if event.stage == Stage::Routing {
                walks.push(Vec::new());
            }
            if let (What::RoutingMark { mark }, Some(walk)) = (&event.what, walks.last_mut()) {
                let rules = self.rules(&packet.events, at);
                walk.push(Marked { rules, mark });
            }
        }
        walks
    }

    /// The marks that the connection gets while a packet of it passes, in their order
    pub(super) fn connection_marks<'p>(&self, packet: &'p PacketTrace) -> Vec<Marked<'p, 'a>> {
        let mut marks = Vec::new();
        for (at, event) in packet.events.iter().enumerate() {
            if let What::ConnectionMark { mark } = &event.what {
                let rules = self.rules(&packet.events, at);
                marks.push(Marked { rules, mark });
            }
        }
        marks
    }

    /// The rule of an event, and those that jump to its chain
    fn rules(&self, events: &[Event], at: usize) -> Vec<&'a Row> {
        let mut chain = events.get(at).and_then(chain);
        let mut rules: Vec<&Row> = events
            .get(at)
            .and_then(|event| self.mangle_row(event))
            .into_iter()
            .collect();
        for event in events.iter().take(at).rev() {
            if let What::Jump { target } = &event.what
                && chain == Some(target)
            {
                rules.extend(self.mangle_row(event));
                chain = self::chain(event);
            }
        }
        rules
    }

    fn mangle_row(&self, event: &Event) -> Option<&'a Row> {
        let row = event.row.as_ref().filter(|row| row.menu == MANGLE)?;
        self.row(row)
    }

    /// The marks that connections have in the end, each with the part of them that has it
    pub(super) fn shares_of_marks(&self, trace: &Trace) -> BTreeMap<Value, Ratio> {
        let mut shares = BTreeMap::new();
        for way in &trace.ways {
            let mut marks = way
                .packets
                .iter()
                .flat_map(|packet| &packet.events)
                .filter_map(|event| match &event.what {
                    What::ConnectionMark { mark } => Some(mark),
                    _ => None,
                });
            let last = marks.next_back().cloned().unwrap_or_default();
            let share = shares.entry(last).or_insert(Ratio::ZERO);
            *share = share.plus(way.share);
        }
        shares
    }
}

impl<'a> Marked<'_, 'a> {
    /// The rule that sets the mark
    pub(super) fn rule(&self) -> Option<&'a Row> {
        self.rules.first().copied()
    }

    /// Whether the rule, or one that jumps to it, has that matcher, not turned round
    pub(super) fn asks(&self, matchers: &[&str]) -> bool {
        let asks = |rule: &&Row| {
            let mut values = matchers.iter().filter_map(|name| rule.get(name));
            values.any(|value| !value.is_empty() && !value.as_bytes().starts_with(b"!"))
        };
        self.rules.iter().any(asks)
    }
}

/// The line, or another interface, that a packet left by
pub(super) fn left_by(packet: &PacketTrace) -> Option<&Value> {
    match &packet.end {
        End::Internet { line } => Some(line),
        End::Host { interface } => Some(interface),
        End::Lost { line, .. } => line.as_ref(),
        End::Router => None,
    }
}

fn chain(event: &Event) -> Option<&alloc::string::String> {
    match &event.stage {
        Stage::Chain { chain, .. } => Some(chain),
        _ => None,
    }
}

/// Matchers of rules that share what they match, and select nothing
pub(super) const SHARING: [&str; 3] = ["nth", "per-connection-classifier", "random"];
