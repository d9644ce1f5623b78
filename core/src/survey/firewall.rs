//! How the router's own firewall names the lines, and what it does with customers' packets before they are routed.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::lists::{InterfaceLists, Member};
use super::{ComeIn, Customers, foreign_enabled};
use crate::routeros::router::{Router, Row};
use crate::routeros::value::Value;
use crate::site::Site;

/// The menus whose rules decide what a line may do.
const RULE_MENUS: [&str; 3] = ["/ip/firewall/filter", "/ip/firewall/nat", "/ip/firewall/raw"];

/// The properties by which a rule names interface lists.
const LIST_MATCHERS: [&str; 2] = ["in-interface-list", "out-interface-list"];

/// The properties by which a rule names where a packet comes in.
const IN_MATCHERS: [&str; 2] = ["in-interface", "in-interface-list"];

/// Matchers of a rule that sends customers' packets elsewhere by which they are told in prerouting too.
const REDIRECT_MATCHERS: [&str; 5] = [
    "protocol",
    "dst-port",
    "src-address",
    "src-address-list",
    "dst-address-list",
];

/// The interface lists of `primary`, the line that works today, that a new line must join to be treated alike: its
/// lists that firewall rules name, or that decide who is in one that they name.
pub fn line_lists(router: &Router, primary: &[u8]) -> Vec<Value> {
    let known = InterfaceLists::foreign(router);
    let is_named = |list: &Value| {
        let lists = known.depending_on(list.as_bytes());
        lists.into_iter().any(|list| is_named_by_a_rule(router, list))
    };
    let mut lists: Vec<Value> = foreign_enabled(router, "/interface/list/member")
        .filter(|row| row.is("interface", primary))
        .filter_map(|row| row.get("list"))
        .filter(|list| is_named(list))
        .cloned()
        .collect();
    lists.sort();
    lists.dedup();
    lists
}

/// The lists that lines join: those of ISP 1, the line that works today, which a new order of the lines does not change.
pub fn lists_to_join(site: &Site, router: &Router) -> Vec<Value> {
    let mut lists = site
        .lines()
        .iter()
        .map(|line| line_lists(router, line.interface().as_bytes()));
    lists.find(|lists| !lists.is_empty()).unwrap_or_default()
}

/// Whether connections of the site are marked: to share them, or to send answers back over the line that the question
/// came in by.
pub fn marks(site: &Site, router: &Router) -> bool {
    site.mode().balances() || site.replies() || forwards_inbound(site, router)
}

/// Enabled `fasttrack-connection` rows with their menu, those left out that have a connection mark of their own: it has
/// a meaning of its own and is never overwritten.
pub fn fasttrack_rows(router: &Router) -> Vec<(&'static str, &Row)> {
    ["/ip/firewall/filter", "/ip/firewall/mangle"]
        .into_iter()
        .flat_map(|menu| foreign_enabled(router, menu).map(move |row| (menu, row)))
        .filter(|(_, row)| {
            row.is("action", "fasttrack-connection")
                && row.get("connection-mark").is_none_or(|mark| *mark == "no-mark")
        })
        .collect()
}

/// Whether connections from outside are forwarded over a line that stands by, so that the answers must leave by that line.
fn forwards_inbound(site: &Site, router: &Router) -> bool {
    let (known, joins) = (InterfaceLists::foreign(router), lists_to_join(site, router));
    let standby: Vec<Member<'_>> = site
        .lines()
        .iter()
        .skip(1)
        .map(|line| Member {
            interface: line.interface().as_bytes(),
            joins: &joins,
        })
        .collect();
    foreign_enabled(router, "/ip/firewall/nat").any(|row| {
        let names_lines = IN_MATCHERS.iter().any(|matcher| row.get(matcher).is_some());
        let comes_in = |line: &Member<'_>| lets_through(row, "in-interface", &known, *line);
        row.is("chain", "dstnat")
            && row.is("action", "dst-nat")
            && (names_lines || row.get("dst-address").is_none())
            && standby.iter().any(comes_in)
    })
}

/// What tells customers' packets that the router takes for itself or sends elsewhere, by the matchers of the rules that do
/// it: prerouting mangle runs before dstnat, so a marked one would leave over a line instead.
pub fn redirected(router: &Router, customers: &Customers) -> Vec<Vec<(&'static str, Value)>> {
    let known = InterfaceLists::foreign(router);
    // Rules are many, and name few interfaces.
    let mut verdicts = BTreeMap::new();
    let mut is_theirs = |row: &Row| -> bool {
        let sides = IN_MATCHERS.map(|matcher| row.get(matcher).cloned());
        let verdict = verdicts.entry(sides);
        *verdict.or_insert_with(|| may_meet_customers(row, &known, customers))
    };
    let mut found: Vec<Vec<(&'static str, Value)>> = foreign_enabled(router, "/ip/firewall/nat")
        .filter(|row| {
            row.is("chain", "dstnat") && (row.is("action", "redirect") || row.is("action", "dst-nat"))
        })
        .filter(|row| row.get("dst-address").is_none() && !row.is("dst-address-type", "local"))
        .filter(|row| is_theirs(row))
        .map(|row| {
            let matcher = |name: &&'static str| Some((*name, row.get(name)?.clone()));
            REDIRECT_MATCHERS.iter().filter_map(matcher).collect()
        })
        .collect();
    found.retain(|matchers: &Vec<_>| !matchers.is_empty());
    found.sort();
    found.dedup();
    found
}

/// Whether a rule of what comes in lets a packet of a customer through. Where customers are told by what they are not, only a
/// rule that names nothing but what they are not is none of theirs.
fn may_meet_customers(row: &Row, known: &InterfaceLists<'_>, customers: &Customers) -> bool {
    match &customers.come_in {
        ComeIn::Over(interfaces) => interfaces
            .iter()
            .any(|name| lets_through(row, "in-interface", known, Member::of(name.as_bytes()))),
        ComeIn::NotOver(outside) => {
            let interface = row.get("in-interface").filter(|name| !is_negated(name));
            let list = row.get("in-interface-list").filter(|list| !is_negated(list));
            let members = list
                .map(|list| known.members(list.as_bytes()))
                .unwrap_or_default();
            let is_outside = |name: &Value| outside.contains(name);
            !interface.is_some_and(is_outside) && (members.is_empty() || !members.iter().all(is_outside))
        }
    }
}

/// Whether the matchers of a rule for one direction, `in-interface` or `out-interface`, let an interface through.
pub(super) fn lets_through(
    row: &Row,
    interface: &str,
    known: &InterfaceLists<'_>,
    member: Member<'_>,
) -> bool {
    let list = [interface, "-list"].concat();
    matches(row, interface, |name| name == member.interface)
        && matches(row, &list, |list| known.has(list, member))
}

/// Whether a rule names a list.
fn is_named_by_a_rule(router: &Router, list: &[u8]) -> bool {
    let names = |row: &Row| {
        let mut values = LIST_MATCHERS.iter().filter_map(|matcher| row.get(matcher));
        values.any(|value| bare(value) == list)
    };
    RULE_MENUS
        .iter()
        .any(|menu| foreign_enabled(router, menu).any(names))
}

/// Whether a matcher lets something through; an absent one lets everything through, `!` turns it round.
fn matches(row: &Row, matcher: &str, is_meant: impl Fn(&[u8]) -> bool) -> bool {
    row.get(matcher)
        .is_none_or(|value| is_meant(bare(value)) != is_negated(value))
}

/// Whether a matcher is turned round.
pub(super) fn is_negated(value: &Value) -> bool {
    value.as_bytes().starts_with(b"!")
}

/// A matcher's value without its negation.
fn bare(value: &Value) -> &[u8] {
    let bytes = value.as_bytes();
    bytes.strip_prefix(b"!").unwrap_or(bytes)
}
