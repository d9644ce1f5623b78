//! Marks: chains of our own, reached by one jump each, so that other people's mangle goes on working.

use alloc::format;
use alloc::vec::Vec;

use super::groups::Group;
use super::lists::{from_customer, not_to_local, to_local};
use super::{DesiredLine, DesiredRow, Needs};
use crate::routeros::value::Value;
use crate::survey::{Role, SourceRule, hotspot_interfaces, name, redirected, source_rules};

/// What arrives.
const IN: &str = "in";
/// New connections of customers whom the lines translate, where there are others.
const PCC: &str = "pcc";
/// What the router itself sends.
const OUT: &str = "out";

/// The rows of `/ip/firewall/mangle` in their order; the jumps, which switch the marks on, come last.
pub(super) fn rows(needs: &Needs<'_>) -> Vec<DesiredRow> {
    if !needs.marks() {
        return Vec::new();
    }
    let parts = [
        bypasses(needs),
        needs.lines.iter().flat_map(|line| ingress(needs, line)).collect(),
        shared(needs),
        needs
            .owned_groups()
            .map(|(group, owner)| route(needs, group, owner))
            .collect(),
        needs.lines.iter().map(reply).collect(),
        jumps().collect(),
    ];
    parts.concat()
}

/// What leaves our chain unmarked: local destinations, customers who have not logged in at a hotspot, what the
/// router answers itself.
fn bypasses(needs: &Needs<'_>) -> Vec<DesiredRow> {
    let local = alloc::vec![alloc::vec![from_customer(needs), to_local()]];
    let hotspots = hotspot_interfaces(needs.router).into_iter();
    let hotspots =
        hotspots.map(|interface| alloc::vec![("in-interface", interface), ("hotspot", Value::from("!auth"))]);
    let mut redirects = redirected(needs.router, &needs.customers);
    if hotspots.len() > 0 {
        // The hotspot's own redirects are dynamic, and in no export.
        let dns = |protocol| {
            alloc::vec![
                ("protocol", Value::from(protocol)),
                ("dst-port", Value::from("53"))
            ]
        };
        redirects.extend(["tcp", "udp"].map(dns));
        redirects.sort();
        redirects.dedup();
    }
    let redirects = redirects
        .into_iter()
        .map(|matchers| core::iter::once(from_customer(needs)).chain(matchers).collect());
    let bypass = |(number, matchers): (usize, Vec<(&'static str, Value)>)| {
        let row = rule(DesiredRow::site(Role::Bypass, number), IN);
        matchers
            .into_iter()
            .fold(row, |row, (name, value)| row.with(name, value))
            .with("action", "return")
    };
    (1..)
        .zip(local.into_iter().chain(hotspots).chain(redirects))
        .map(bypass)
        .collect()
}

/// A connection that comes in over a line belongs to it. Where connections are shared, so does a running one that is translated
/// for it; where the main table alone decides, that table carries those of customers, and they keep FastTrack.
fn ingress(needs: &Needs<'_>, line: &DesiredLine<'_>) -> Vec<DesiredRow> {
    let mark = |role, state: &'static str, value: &str| {
        let row = rule(DesiredRow::new(role, line.id(), 1), IN).with("in-interface", line.interface());
        mark_connection(
            row.with(state, value).with("connection-mark", "no-mark"),
            own_mark(line),
        )
    };
    let new = mark(Role::Ingress, "connection-state", "new");
    let adopt = needs
        .balance
        .is_some()
        .then(|| mark(Role::Adopt, "connection-nat-state", "srcnat"));
    core::iter::once(new).chain(adopt).collect()
}

/// New connections of customers go through the buckets. Customers with public addresses of a provider work over that
/// provider alone: where there are some, the buckets stand in a chain of their own, which only those come to whom the
/// router's source NAT translates. The others are routed by the main table.
fn shared(needs: &Needs<'_>) -> Vec<DesiredRow> {
    if needs.balance.is_none() {
        return Vec::new();
    }
    let mut rules = source_rules(needs.site, needs.router);
    let last = rules.iter().rposition(|rule| rule.is_translated);
    rules.truncate(last.map_or(0, |last| last.saturating_add(1)));
    let is_last = |rule: &SourceRule| rule.is_translated && rule.sources.is_empty();
    if rules.iter().all(|rule| rule.is_translated) && rules.last().is_some_and(is_last) {
        return buckets(needs, IN);
    }
    let row = |(number, source): (usize, &SourceRule)| {
        let (customer, value) = from_customer(needs);
        let row = rule(DesiredRow::site(Role::Translated, number), IN)
            .with(customer, value)
            .with("connection-state", "new")
            .with("connection-mark", "no-mark");
        let row = source
            .sources
            .iter()
            .fold(row, |row, (name, value)| row.with(name, value.clone()));
        if source.is_translated {
            row.with("action", "jump").with("jump-target", name(PCC))
        } else {
            row.with("action", "return")
        }
    };
    let rows = (1..).zip(&rules).map(row);
    rows.chain(buckets(needs, PCC)).collect()
}

/// One rule for each PCC bucket: only new connections are classified, running ones stay where they are.
fn buckets(needs: &Needs<'_>, chain: &str) -> Vec<DesiredRow> {
    let classifier = needs.site.classifier().as_str();
    let buckets = needs.buckets();
    let denominator = buckets.len();
    let mut rows: Vec<DesiredRow> = Vec::new();
    for (remainder, (group, owner)) in buckets.into_iter().enumerate() {
        let earlier = rows.iter().filter(|row| row.tag.subject() == owner.id()).count();
        let row = rule(
            DesiredRow::new(Role::Pcc, owner.id(), earlier.saturating_add(1)),
            chain,
        );
        let (customer, value) = from_customer(needs);
        let row = row
            .with(customer, value)
            .with("connection-state", "new")
            .with("connection-mark", "no-mark")
            .with("dst-address-type", "!local")
            .with(
                "per-connection-classifier",
                format!("{classifier}:{denominator}/{remainder}"),
            );
        rows.push(mark_connection(row, group.name(owner)));
    }
    rows
}

/// A customer's packet of a marked connection is looked up in the table of its group. v7 looks at the mark before it
/// delivers locally, hence the local exclusion (`ROUTEROS-BEHAVIOUR` §3).
fn route(needs: &Needs<'_>, group: &Group, owner: &DesiredLine<'_>) -> DesiredRow {
    let (customer, value) = from_customer(needs);
    let row = rule(DesiredRow::new(Role::Route, owner.id(), group.number), IN).with(customer, value);
    let row = row
        .with("connection-mark", group.name(owner))
        .with("dst-address-type", "!local");
    mark_routing(row, group.name(owner))
}

/// The router answers over the line that it was asked by. What it has to tell a customer (a packet too big) goes to him:
/// the table of a line would send it out.
fn reply(line: &DesiredLine<'_>) -> DesiredRow {
    let row = rule(DesiredRow::new(Role::Reply, line.id(), 1), OUT);
    let (list, local) = not_to_local();
    mark_routing(
        row.with("connection-mark", own_mark(line)).with(list, local),
        own_mark(line),
    )
}

/// The mark of connections that came in over a line, which is also that of its first group.
fn own_mark(line: &DesiredLine<'_>) -> Value {
    Value::from(name(line.id()))
}

fn jumps() -> impl Iterator<Item = DesiredRow> {
    [("prerouting", IN), ("output", OUT)]
        .into_iter()
        .zip(1..)
        .map(|((chain, target), number)| {
            let row = DesiredRow::site(Role::Jump, number)
                .with("chain", chain)
                .with("action", "jump");
            DesiredRow {
                leads_chain: true,
                ..row.with("jump-target", name(target))
            }
        })
}

fn rule(row: DesiredRow, chain: &str) -> DesiredRow {
    row.with("chain", name(chain))
}

fn mark_connection(row: DesiredRow, mark: Value) -> DesiredRow {
    row.with("action", "mark-connection")
        .with("new-connection-mark", mark)
        .with("passthrough", "yes")
}

fn mark_routing(row: DesiredRow, mark: Value) -> DesiredRow {
    row.with("action", "mark-routing")
        .with("new-routing-mark", mark)
        .with("passthrough", "yes")
}
