//! Which addresses an address list has.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use super::fits::Fits;
use super::parse::{Span, span};
use crate::routeros::router::Router;
use crate::survey::interfaces::enabled;

/// The address lists that rules name.
pub(super) type AddressLists<'a> = BTreeMap<&'a [u8], Arc<AddressList>>;

/// An address list.
#[derive(Debug, Default)]
pub(super) struct AddressList {
    /// Sorted, and apart from each other.
    spans: Vec<Span>,
    /// Whether it has names of hosts, whose addresses only the router knows.
    has_names: bool,
}

/// The lists of these names, in one pass: a router may have twenty thousand entries.
pub(super) fn of<'a>(router: &'a Router, wanted: &BTreeSet<&'a [u8]>) -> AddressLists<'a> {
    let mut lists: BTreeMap<&[u8], AddressList> = wanted
        .iter()
        .map(|name| (*name, AddressList::default()))
        .collect();
    if wanted.is_empty() {
        return AddressLists::new();
    }
    for row in enabled(router, "/ip/firewall/address-list") {
        let list = row.get("list").and_then(|name| lists.get_mut(name.as_bytes()));
        if let (Some(list), Some(address)) = (list, row.get("address")) {
            list.add(span(address.as_bytes()));
        }
    }
    let lists = lists.into_iter();
    lists
        .map(|(name, list)| (name, Arc::new(list.joined())))
        .collect()
}

impl AddressList {
    pub(super) fn has(&self, address: Ipv4Addr) -> Fits {
        let behind = self.spans.partition_point(|span| span.first <= address);
        let last = behind.checked_sub(1).and_then(|at| self.spans.get(at));
        match last.is_some_and(|span| span.has(address)) {
            false if self.has_names => Fits::Unknown,
            has => Fits::from(has),
        }
    }

    fn add(&mut self, span: Option<Span>) {
        match span {
            Some(span) => self.spans.push(span),
            None => self.has_names = true,
        }
    }

    /// Sorted; what overlaps is one.
    fn joined(mut self) -> Self {
        self.spans.sort_unstable();
        let mut apart: Vec<Span> = Vec::with_capacity(self.spans.len());
        for span in self.spans {
            match apart.last_mut() {
                Some(before) if span.first <= before.last => before.last = before.last.max(span.last),
                _ => apart.push(span),
            }
        }
        Self { spans: apart, ..self }
    }
}

#[cfg(test)]
mod tests {
    use std::format;
    use std::string::String;

    use super::*;

    fn lists(rows: &str) -> Router {
        let export = format!("# by RouterOS 7.22.3\n/ip firewall address-list\n{rows}");
        Router::from_export(export.as_bytes(), None).unwrap()
    }

    #[test]
    fn entries_are_addresses_prefixes_and_ranges() {
        let router = lists(
            "add list=a address=10.0.0.0/8\nadd list=a address=10.1.2.3\nadd list=a address=192.0.2.10-192.0.2.20\n\
             add list=a address=192.0.2.15-192.0.2.30\nadd list=a address=198.51.100.1 disabled=yes\nadd list=b address=1.1.1.1\n\
             add list=names address=example.com\nadd list=names address=1.1.1.1\n",
        );
        let lists = of(&router, &[&b"a"[..], b"names", b"none"].into());
        let has = |list: &[u8], address: [u8; 4]| lists[list].has(address.into());
        let inside = [
            [10, 0, 0, 0],
            [10, 9, 9, 9],
            [10, 255, 255, 255],
            [192, 0, 2, 10],
            [192, 0, 2, 30],
        ];
        let outside = [
            [9, 255, 255, 255],
            [11, 0, 0, 0],
            [192, 0, 2, 9],
            [192, 0, 2, 31],
            [198, 51, 100, 1],
            [1, 1, 1, 1],
        ];
        assert!(inside.iter().all(|address| has(b"a", *address) == Fits::Yes));
        assert!(outside.iter().all(|address| has(b"a", *address) == Fits::No));
        assert_eq!(has(b"names", [1, 1, 1, 1]), Fits::Yes);
        assert_eq!(
            has(b"names", [9, 9, 9, 9]),
            Fits::Unknown,
            "only the router knows what the name means"
        );
        assert_eq!(has(b"none", [9, 9, 9, 9]), Fits::No);
        assert!(!lists.contains_key(&b"b"[..]), "no rule names it");
    }

    #[test]
    fn long_lists_are_searched_by_halves() {
        let rows: String = (0..20_000_u32)
            .map(|number| format!("add list=a address={}\n", Ipv4Addr::from(number * 7)))
            .collect();
        let router = lists(&rows);
        let lists = of(&router, &[&b"a"[..]].into());
        let hits =
            (0..140_000_u32).filter(|number| lists[&b"a"[..]].has(Ipv4Addr::from(*number)) == Fits::Yes);
        assert_eq!(hits.count(), 20_000);
    }
}
