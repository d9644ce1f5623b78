//! How the router's own firewall and NAT name the lines.

use alloc::vec::Vec;

use super::foreign_enabled;
use crate::routeros::router::{Router, Row};
use crate::routeros::value::Value;
use crate::site::Site;

/// The menus whose rules decide what a line may do.
const RULE_MENUS: [&str; 3] = ["/ip/firewall/filter", "/ip/firewall/nat", "/ip/firewall/raw"];

/// The properties by which a rule names interface lists.
const LIST_MATCHERS: [&str; 2] = ["in-interface-list", "out-interface-list"];

/// Matchers that make a source translation a special case (hairpin, one service), not the rule for the internet.
const NARROWING: [&str; 6] = [
    "dst-address",
    "dst-address-list",
    "dst-port",
    "protocol",
    "connection-mark",
    "routing-mark",
];

/// The interface lists of `primary`, the line that works today, that a new line must join to be treated alike: its
/// lists that firewall rules name.
pub fn line_lists(router: &Router, primary: &[u8]) -> Vec<Value> {
    let mut lists: Vec<Value> = foreign_enabled(router, "/interface/list/member")
        .filter(|row| row.is("interface", primary))
        .filter_map(|row| row.get("list").cloned())
        .filter(|list| is_named_by_a_rule(router, list))
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
    site.mode().balances() || site.replies() || forwards_inbound(router, &lists_to_join(site, router))
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

/// The foreign rules that translate what customers send over `interface`, which is (or will be) a member of `lists`.
pub fn translations<'a>(router: &'a Router, interface: &[u8], lists: &[Value]) -> Vec<&'a Row> {
    let is_narrowed = |row: &Row| {
        NARROWING
            .iter()
            .any(|matcher| row.get(matcher).is_some_and(|value| !is_negated(value)))
    };
    foreign_enabled(router, "/ip/firewall/nat")
        .filter(|row| {
            row.is("chain", "srcnat") && (row.is("action", "masquerade") || row.is("action", "src-nat"))
        })
        .filter(|row| !is_narrowed(row) && leaves_by(row, interface, lists))
        .collect()
}

/// Whether connections from outside are forwarded over whatever line they come in by, so that the answers must leave by
/// that line.
fn forwards_inbound(router: &Router, lists: &[Value]) -> bool {
    foreign_enabled(router, "/ip/firewall/nat").any(|row| {
        let comes_in = match (row.get("in-interface"), row.get("in-interface-list")) {
            (Some(_), _) => false,
            (None, Some(list)) => lists.iter().any(|own| own.as_bytes() == bare(list)) != is_negated(list),
            (None, None) => row.get("dst-address").is_none(),
        };
        row.is("chain", "dstnat") && row.is("action", "dst-nat") && comes_in
    })
}

/// The protocols and ports of customers' packets that the router takes for itself or sends elsewhere: prerouting mangle
/// runs before dstnat, so a marked one would leave over a line instead.
pub fn redirected(router: &Router, lists: &[Value]) -> Vec<(Value, Value)> {
    let from_outside = |row: &Row| {
        row.get("in-interface-list")
            .is_some_and(|list| lists.contains(list))
    };
    let mut found: Vec<(Value, Value)> = foreign_enabled(router, "/ip/firewall/nat")
        .filter(|row| {
            row.is("chain", "dstnat") && (row.is("action", "redirect") || row.is("action", "dst-nat"))
        })
        .filter(|row| {
            row.get("dst-address").is_none() && !row.is("dst-address-type", "local") && !from_outside(row)
        })
        .filter_map(|row| Some((row.get("protocol")?.clone(), row.get("dst-port")?.clone())))
        .collect();
    found.sort();
    found.dedup();
    found
}

/// Whether the out-interface matchers of a rule, if any, let `interface` through.
fn leaves_by(row: &Row, interface: &[u8], lists: &[Value]) -> bool {
    matches(row, "out-interface", |name| name == interface)
        && matches(row, "out-interface-list", |name| {
            lists.iter().any(|list| list.as_bytes() == name)
        })
}

/// Whether a rule names a list, or a list that includes it.
fn is_named_by_a_rule(router: &Router, list: &Value) -> bool {
    let mut lists = alloc::vec![list];
    let mut looked_at = 0;
    while let Some(&list) = lists.get(looked_at) {
        let names = |row: &Row| {
            let mut values = LIST_MATCHERS.iter().filter_map(|matcher| row.get(matcher));
            values.any(|value| bare(value) == list.as_bytes())
        };
        if RULE_MENUS
            .iter()
            .any(|menu| foreign_enabled(router, menu).any(names))
        {
            return true;
        }
        let includes = |row: &&Row| {
            let included = row.get("include").map(Value::as_bytes).unwrap_or_default();
            included
                .split(|&byte| byte == b',')
                .any(|included| included == list.as_bytes())
        };
        let including = router
            .table("/interface/list")
            .iter()
            .filter(includes)
            .filter_map(|row| row.get("name"));
        for list in including {
            if !lists.contains(&list) {
                lists.push(list);
            }
        }
        looked_at = looked_at.saturating_add(1);
    }
    false
}

/// Whether a matcher lets something through; an absent one lets everything through, `!` turns it round.
fn matches(row: &Row, matcher: &str, is_meant: impl Fn(&[u8]) -> bool) -> bool {
    row.get(matcher)
        .is_none_or(|value| is_meant(bare(value)) != is_negated(value))
}

/// Whether a matcher is turned round.
fn is_negated(value: &Value) -> bool {
    value.as_bytes().starts_with(b"!")
}

/// A matcher's value without its negation.
fn bare(value: &Value) -> &[u8] {
    let bytes = value.as_bytes();
    bytes.strip_prefix(b"!").unwrap_or(bytes)
}
