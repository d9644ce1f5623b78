#![doc = include_str!("port_in_use.md")]

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::preflight::{Case, Check, Rule};
use crate::routeros::router::{Router, Row};
use crate::routeros::value::Value;
use crate::site::{Access, Line};
use crate::survey::{bridge_of, foreign_enabled, port_of, switched};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("port-in-use"),
    level: Level::Error,
    page: include_str!("port_in_use.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    let Some((primary, new)) = case.primary_and_new() else {
        return Vec::new();
    };
    let others = new.iter().filter(|line| line.interface() != primary.interface());
    others
        .filter_map(|line| finding(case, line, &uses(case, line)))
        .collect()
}

fn finding(case: &Case<'_>, line: &Line, uses: &[String]) -> Option<Diagnostic> {
    if uses.is_empty() {
        return None;
    }
    let port = String::from_utf8_lossy(port_of(case.router, line));
    let message = format!(
        "line `{}`: port `{port}` is in use: {}",
        line.id(),
        uses.join(", ")
    );
    let found = RULE.finding(message).with_help(format!(
        "choose a free port, or take what is there off `{port}` first"
    ));
    Some(
        found
            .about(Subject::line(line.id().as_str()))
            .about(Subject::interface(format!("{port}"))),
    )
}

/// What the port of a line serves beside it
fn uses(case: &Case<'_>, line: &Line) -> Vec<String> {
    let router = case.router;
    let port = port_of(router, line);
    // A session over the port leaves its addresses and VLANs what they are.
    let is_dialled_over = port != line.interface().as_bytes();
    let is_own = |row: &Row| matches!(line.access(), Access::Static { address, .. } if row.is("address", address.to_string()));
    let bonds = foreign_enabled(router, "/interface/bonding").filter(|row| lists(row, "slaves", port));
    let bonds = bonds.map(|row| format!("slave of bonding {}", named(row, "name")));
    let switched =
        switched(router, port).map(|other| format!("switched together with `{}`", other.to_text()));
    let addresses = addresses(router, port).filter(|row| !is_own(row));
    let vlans = foreign_enabled(router, "/interface/vlan")
        .filter(|row| row.is("interface", port))
        .filter_map(|row| vlan(case, row));
    bonds
        .chain(switched)
        .chain(services(router, port))
        .chain(addresses.map(address).chain(vlans).filter(|_| !is_dialled_over))
        .collect()
}

/// A VLAN on the port that carries customers; one that is a line itself carries none
fn vlan(case: &Case<'_>, row: &Row) -> Option<String> {
    let name = row.get("name")?;
    let mut lines = case.site.lines().iter();
    if lines.any(|line| line.interface().as_bytes() == name.as_bytes()) {
        return None;
    }
    let bridge = bridge_of(case.router, name.as_bytes()).and_then(|on| on.bridge());
    let bridge = bridge.map(|bridge| format!("bridge `{}`", bridge.to_text()));
    let uses: Vec<String> = bridge
        .into_iter()
        .chain(services(case.router, name.as_bytes()))
        .chain(addresses(case.router, name.as_bytes()).map(address))
        .collect();
    (!uses.is_empty()).then(|| format!("VLAN {} ({})", named(row, "name"), uses.join(", ")))
}

/// Servers of customers that run on an interface itself
fn services<'a>(router: &'a Router, interface: &'a [u8]) -> impl Iterator<Item = String> + 'a {
    SERVERS.iter().flat_map(move |&(menu, what, name)| {
        foreign_enabled(router, menu)
            .filter(move |row| row.is("interface", interface))
            .map(move |row| format!("{what} {}", named(row, name)))
    })
}

fn addresses<'a>(router: &'a Router, interface: &'a [u8]) -> impl Iterator<Item = &'a Row> {
    foreign_enabled(router, "/ip/address").filter(move |row| row.is("interface", interface))
}

fn address(row: &Row) -> String {
    format!("address {}", named(row, "address"))
}

fn named(row: &Row, property: &str) -> String {
    format!("`{}`", row.text(property).unwrap_or_default())
}

/// Whether a list of names has this one
fn lists(row: &Row, property: &str, name: &[u8]) -> bool {
    let names = row.get(property).map(Value::as_bytes).unwrap_or_default();
    names.split(|&byte| byte == b',').any(|own| own == name)
}

/// Menus whose rows serve the customers of an `interface`, what they are, and the property that tells one from another
const SERVERS: &[(&str, &str, &str)] = &[
    ("/ip/dhcp-server", "DHCP server", "name"),
    ("/interface/pppoe-server/server", "PPPoE server", "service-name"),
    ("/ip/hotspot", "hotspot", "name"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::testing::{dialled_over, draft, messages, router, site, static_access, subjects};

    fn found(rows: &[&str]) -> Vec<String> {
        messages(&RULE, &site(&["ether1", "ether2"]), &router(rows))
    }

    fn used(what: &str) -> [String; 1] {
        [format!("line `isp2`: port `ether2` is in use: {what}")]
    }

    #[test]
    fn what_the_port_serves_is_named() {
        assert_eq!(
            found(&["/interface/bonding name=bond1 slaves=ether5,ether2"]),
            used("slave of bonding `bond1`")
        );
        assert_eq!(
            found(&[
                "/ip/dhcp-server interface=ether2 name=office",
                "/ip/address interface=ether2 address=10.0.0.1/24",
            ]),
            used("DHCP server `office`, address `10.0.0.1/24`")
        );
        assert_eq!(
            found(&["/interface/pppoe-server/server interface=ether2 service-name=home disabled=no"]),
            used("PPPoE server `home`")
        );
        let switched = [
            "/interface/ethernet name=ether2 master-port=none",
            "/interface/ethernet name=ether3 master-port=ether2",
        ];
        assert_eq!(found(&switched), used("switched together with `ether3`"));
        assert_eq!(
            found(&["/interface/ethernet name=ether2 master-port=ether4"]),
            used("switched together with `ether4`")
        );
        let hotspot = "/ip/hotspot interface=ether2 name=hotspot1";
        assert_eq!(found(&[hotspot]), used("hotspot `hotspot1`"));
        let about = subjects(&RULE, &site(&["ether1", "ether2"]), &router(&[hotspot]));
        assert_eq!(about, [["isp2", "ether2"]]);
    }

    #[test]
    fn so_is_a_vlan_that_carries_customers() {
        let vlan = "/interface/vlan interface=ether2 name=vlan20 vlan-id=20";
        assert!(found(&[vlan]).is_empty());
        assert_eq!(
            found(&[vlan, "/ip/address interface=vlan20 address=10.0.20.1/24"]),
            used("VLAN `vlan20` (address `10.0.20.1/24`)")
        );
        assert_eq!(
            found(&[vlan, "/interface/bridge/port bridge=bridge1 interface=vlan20"]),
            used("VLAN `vlan20` (bridge `bridge1`)")
        );
    }

    #[test]
    fn a_session_shares_its_port_with_addresses_but_not_with_servers() {
        let site = dialled_over("ether2");
        let found = |row: &str| messages(&RULE, &site, &router(&[row]));
        assert!(found("/ip/address interface=ether2 address=192.168.1.2/24").is_empty());
        assert!(found("/interface/pppoe-client interface=ether2 name=other disabled=no").is_empty());
        assert_eq!(
            found("/ip/dhcp-server interface=ether2 name=office"),
            used("DHCP server `office`")
        );
        assert_eq!(
            found("/interface/bonding name=bond1 slaves=ether2,ether3"),
            used("slave of bonding `bond1`")
        );
    }

    #[test]
    fn a_vlan_can_be_a_line_itself() {
        let rows = [
            "/interface/vlan interface=ether2 name=vlan7 vlan-id=7",
            "/ip/address interface=vlan7 address=198.51.100.2/30",
        ];
        let mut draft = draft(&["ether1", "ether2", "vlan7"]);
        draft.lines[2].access = static_access("198.51.100.2/30", "198.51.100.1");
        assert!(messages(&RULE, &draft.build().unwrap(), &router(&rows)).is_empty());
    }

    #[test]
    fn what_is_off_or_ours_or_the_line_s_own_passes() {
        let passes = |row: &str| assert!(found(&[row]).is_empty(), "{row}");
        passes("/ip/dhcp-server interface=ether2 name=office disabled=yes");
        passes("/interface/pppoe-server/server interface=ether2");
        passes("/ip/address interface=ether2 address=192.0.2.2/24 comment=multi-isp:address:isp2:1");
        passes("/ip/address interface=ether1 address=10.0.0.1/24");
        passes("/ip/dhcp-client interface=ether2");
        passes("/interface/bridge/port bridge=bridge interface=ether2");

        let mut draft = draft(&["ether1", "ether2"]);
        draft.lines[1].access = static_access("198.51.100.2/30", "198.51.100.1");
        let site = draft.build().unwrap();
        let with = |address: &str| {
            let row = format!("/ip/address interface=ether2 address={address}");
            messages(&RULE, &site, &router(&[&row])).len()
        };
        assert_eq!((with("198.51.100.2/30"), with("198.51.100.6/30")), (0, 1));
    }
}
