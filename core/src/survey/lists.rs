//! Which interfaces an interface list has: those that it names, and those of the lists that it includes.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use super::foreign_enabled;
use super::interfaces::{enabled, listed, unlisted};
use crate::routeros::router::{Router, Row};
use crate::routeros::value::Value;

/// The interface lists of a router.
///
/// A list has what the lists that it includes have, without what those have that it excludes, and then what it names itself
/// \[D:47579180\]. Of the built-in lists `all` and `static` have every interface that a configuration can name; `none`, and
/// `dynamic` as far as a configuration tells, have none.
#[derive(Clone, Debug)]
pub(crate) struct InterfaceLists<'a> {
    router: &'a Router,
    lists: BTreeMap<&'a [u8], List<'a>>,
}

/// What a list is made of.
#[derive(Clone, Debug, Default)]
struct List<'a> {
    named: BTreeSet<&'a [u8]>,
    included: Vec<&'a [u8]>,
    excluded: Vec<&'a [u8]>,
}

/// An interface, and the lists that it is still to join.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Member<'a> {
    pub(crate) interface: &'a [u8],
    pub(crate) joins: &'a [Value],
}

impl<'a> InterfaceLists<'a> {
    /// As they are today, with what we added.
    pub(crate) fn today(router: &'a Router) -> Self {
        Self::of(router, enabled(router, MEMBERS))
    }

    /// As others made them.
    pub(crate) fn foreign(router: &'a Router) -> Self {
        Self::of(router, foreign_enabled(router, MEMBERS))
    }

    fn of(router: &'a Router, members: impl Iterator<Item = &'a Row>) -> Self {
        let mut lists: BTreeMap<&[u8], List<'_>> = BTreeMap::new();
        for row in router.table(LISTS) {
            if let Some(name) = row.get("name") {
                let list = lists.entry(name.as_bytes()).or_default();
                list.included.extend(names(row, "include"));
                list.excluded.extend(names(row, "exclude"));
            }
        }
        for row in members {
            if let (Some(list), Some(interface)) = (row.get("list"), row.get("interface")) {
                let list = lists.entry(list.as_bytes()).or_default();
                list.named.insert(interface.as_bytes());
            }
        }
        Self { router, lists }
    }

    /// Whether an interface is, or will be, in a list.
    pub(crate) fn has(&self, list: &[u8], member: Member<'_>) -> bool {
        self.look_up(list, member, &mut BTreeMap::new(), DEEPEST)
    }

    /// The interfaces of a list.
    pub(crate) fn members(&self, list: &[u8]) -> Vec<Value> {
        let named = self.lists.values().flat_map(|list| list.named.iter().copied());
        let interfaces = listed(self.router).into_iter().chain(unlisted(self.router));
        let candidates: BTreeSet<&[u8]> = interfaces
            .map(|interface| interface.name.as_bytes())
            .chain(named)
            .collect();
        let is_in = |interface: &&[u8]| self.has(list, Member::of(interface));
        candidates.into_iter().filter(is_in).map(Value::from).collect()
    }

    /// The list, and every list whose members depend on it.
    pub(crate) fn depending_on(&self, list: &'a [u8]) -> BTreeSet<&'a [u8]> {
        let mut found = BTreeSet::from([list]);
        let mut left = alloc::vec![list];
        while let Some(list) = left.pop() {
            for (&name, other) in &self.lists {
                let mut parts = other.included.iter().chain(&other.excluded);
                if parts.any(|part| *part == list) && found.insert(name) {
                    left.push(name);
                }
            }
        }
        found
    }

    /// Each list is looked at once: they may include each other in circles.
    fn look_up<'l>(
        &'l self,
        list: &'l [u8],
        member: Member<'_>,
        known: &mut BTreeMap<&'l [u8], bool>,
        depth: usize,
    ) -> bool {
        let Some(depth) = depth.checked_sub(1) else {
            return false;
        };
        if let Some(&is_in) = known.get(list) {
            return is_in;
        }
        known.insert(list, false);
        let mut any_of =
            |lists: &'l [&'a [u8]]| lists.iter().any(|list| self.look_up(list, member, known, depth));
        let is_in = match (list, self.lists.get(list)) {
            (b"all" | b"static", _) => true,
            (b"none" | b"dynamic", _) => false,
            _ if member.joins.iter().any(|joined| joined.as_bytes() == list) => true,
            (_, None) => false,
            (_, Some(list)) => {
                list.named.contains(member.interface) || (!any_of(&list.excluded) && any_of(&list.included))
            }
        };
        known.insert(list, is_in);
        is_in
    }
}

impl<'a> Member<'a> {
    /// An interface that joins no list.
    pub(crate) fn of(interface: &'a [u8]) -> Self {
        Self {
            interface,
            joins: &[],
        }
    }
}

/// The names that a property lists.
fn names<'a>(row: &'a Row, property: &str) -> impl Iterator<Item = &'a [u8]> {
    let names = row.get(property).map(Value::as_bytes).unwrap_or_default();
    names.split(|&byte| byte == b',').filter(|name| !name.is_empty())
}

const LISTS: &str = "/interface/list";
const MEMBERS: &str = "/interface/list/member";

/// Nobody includes lists in lists deeper than this.
const DEEPEST: usize = 32;

#[cfg(test)]
mod tests {
    use std::format;
    use std::prelude::rust_2024::*;

    use super::*;

    fn router(rows: &str) -> Router {
        let export = format!("# 2026-01-05 10:00:00 by RouterOS 7.22.3\n{rows}");
        Router::from_export(export.as_bytes(), None).unwrap()
    }

    const NESTED: &str = "/interface list\n\
        add name=A\nadd name=B include=A\nadd name=C include=B exclude=A\nadd name=L include=L\n\
        add name=LAN include=static exclude=C,L\n\
        /interface list member\n\
        add list=A interface=ether1\nadd list=C interface=ether1\nadd list=A interface=ether2\n\
        add list=A interface=ether3 disabled=yes\nadd list=A interface=ether4 comment=multi-isp:firewall:x:1\n";

    #[test]
    fn lists_are_inclusions_without_exclusions_and_then_what_they_name() {
        let router = router(NESTED);
        let lists = InterfaceLists::today(&router);
        let of = |interface: &str| {
            let member = Member::of(interface.as_bytes());
            ["A", "B", "C", "L", "all", "none", "gone"].map(|list| lists.has(list.as_bytes(), member))
        };
        assert_eq!(of("ether1"), [true, true, true, false, true, false, false]);
        assert_eq!(of("ether2"), [true, true, false, false, true, false, false]);
        assert_eq!(of("ether3"), [false, false, false, false, true, false, false]);
        assert_eq!(of("ether4"), [true, true, false, false, true, false, false]);
        let foreign = InterfaceLists::foreign(&router);
        assert!(!foreign.has(b"A", Member::of(b"ether4")));
    }

    #[test]
    fn members_are_told_by_way_of_other_lists_too() {
        let router = router(NESTED);
        let lists = InterfaceLists::today(&router);
        let members = |list: &str| -> Vec<String> {
            let members = lists.members(list.as_bytes()).into_iter();
            members.map(|name| name.to_text().into_owned()).collect()
        };
        assert_eq!(members("B"), ["ether1", "ether2", "ether4"]);
        assert_eq!(members("C"), ["ether1"]);
        assert_eq!(members("LAN"), ["ether2", "ether3", "ether4"]);
        assert_eq!(members("dynamic"), [""; 0]);
    }

    #[test]
    fn what_is_still_to_join_counts() {
        let router = router(NESTED);
        let lists = InterfaceLists::foreign(&router);
        let joins = [Value::from("A")];
        let new = Member {
            interface: b"ether9",
            joins: &joins,
        };
        assert!(lists.has(b"B", new) && !lists.has(b"C", new));
        assert_eq!(
            lists.depending_on(b"A").into_iter().collect::<Vec<_>>(),
            [&b"A"[..], b"B", b"C", b"LAN"]
        );
    }

    #[test]
    fn lists_that_are_nested_without_end_are_given_up() {
        let deep: String = (0..5_000)
            .map(|n| format!("add name=l{n} include=l{}\n", n + 1))
            .collect();
        let router = router(&format!("/interface list\n{deep}"));
        assert!(!InterfaceLists::today(&router).has(b"l0", Member::of(b"ether1")));
    }
}
