//! Where a router and its customers resolve names.

use alloc::vec::Vec;
use core::net::Ipv4Addr;

use crate::routeros::router::Router;
use crate::routeros::value::Value;

/// Every address that the router or its customers use as a resolver: a probe is reachable over its line only, so
/// their DNS would die with that line.
pub fn resolvers(router: &Router) -> Vec<Ipv4Addr> {
    let addresses = |value: &Value| -> Vec<Ipv4Addr> {
        let text = value.to_text();
        let words = text.split(|sign: char| !sign.is_ascii_digit() && sign != '.');
        words.filter_map(|word| word.parse().ok()).collect()
    };
    let of = |(menu, property): &(&str, &str)| -> Vec<Ipv4Addr> {
        let values = router.table(menu).iter().filter_map(|row| row.get(property));
        values.flat_map(addresses).collect()
    };
    PROPERTIES.iter().flat_map(of).collect()
}

/// Where a router names resolvers.
const PROPERTIES: [(&str, &str); 4] = [
    ("/ip/dns", "servers"),
    ("/ip/dns", "use-doh-server"),
    ("/ip/dhcp-server/network", "dns-server"),
    ("/ppp/profile", "dns-server"),
];
