//! Who the customers are, and which of their traffic must not be balanced.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use core::fmt;

use serde::Serialize;

use super::interfaces::listed;
use super::lists::InterfaceLists;
use super::{Role, bridge_of, foreign_enabled, port_of, tag_of};
use crate::routeros::router::{Router, Row};
use crate::routeros::value::Value;
use crate::site::{Access, Lan, Site};

/// The customers of a site on a router.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customers {
    /// How a packet of theirs is told from any other.
    pub come_in: ComeIn,
    /// What says that these are the customers.
    pub basis: CustomersBasis,
}

/// Where customers' packets come in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ComeIn {
    /// Over one of these interfaces.
    Over(Vec<Value>),
    /// Over anything but these: the lines, whatever else leads to a provider, and VPNs.
    NotOver(Vec<Value>),
}

/// What says who the customers are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CustomersBasis {
    /// The site names their interfaces.
    Named,
    /// A PPPoE server runs: the interfaces of its customers come and go, and are in no list.
    PppoeServer,
    /// The router's own list `LAN`.
    LanList,
    /// What runs a DHCP server or a hotspot.
    Servers,
    /// Both of these.
    LanListAndServers,
    /// What has an address and leads to no provider.
    Addresses,
    /// Nothing: no LAN was found.
    NothingFound,
}

/// The customers of a site on this router.
///
/// The interfaces that the site names win. Else customers of a PPPoE server are told by what they are not; else customers
/// are what the router's own list `LAN` has and what runs a server for them; else what has an address. A line is never
/// among them, nor is a VPN without a server for customers, whatever lists it is in: VPN traffic is not balanced. Sessions
/// of a VPN server are dynamic, and where they are told by what they are not, they cannot be told from customers.
pub fn customers(site: &Site, router: &Router) -> Customers {
    let found = |come_in, basis| Customers { come_in, basis };
    if let Lan::Interfaces(named) = site.lan() {
        let named = named.iter().map(|name| Value::from(name.as_bytes())).collect();
        return found(ComeIn::Over(named), CustomersBasis::Named);
    }
    let sides = Sides::of(site, router);
    if foreign_enabled(router, "/interface/pppoe-server/server")
        .next()
        .is_some()
    {
        return found(ComeIn::NotOver(sides.outside()), CustomersBasis::PppoeServer);
    }
    let (lan_list, served) = (sides.on_lan_list(), &sides.served);
    let lans: Vec<Value> = lan_list.union(served).cloned().collect();
    match (lan_list.is_empty(), served.is_subset(&lan_list)) {
        (false, true) => return found(ComeIn::Over(lans), CustomersBasis::LanList),
        (true, false) => return found(ComeIn::Over(lans), CustomersBasis::Servers),
        (false, false) => return found(ComeIn::Over(lans), CustomersBasis::LanListAndServers),
        (true, true) => {}
    }
    let addressed = sides.addressed();
    if !addressed.is_empty() {
        return found(
            ComeIn::Over(addressed.into_iter().collect()),
            CustomersBasis::Addresses,
        );
    }
    found(ComeIn::NotOver(sides.outside()), CustomersBasis::NothingFound)
}

/// The interfaces that run a hotspot: what has not logged in there must not be marked.
///
/// The hotspot's proxy and login page use the main table only \[D:152600617\].
pub fn hotspot_interfaces(router: &Router) -> Vec<Value> {
    named_by(foreign_enabled(router, "/ip/hotspot"))
        .into_iter()
        .collect()
}

impl fmt::Display for CustomersBasis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Named => "the site names them",
            Self::PppoeServer => "a PPPoE server runs, and the interfaces of its customers are dynamic",
            Self::LanList => "the router's list `LAN`",
            Self::Servers => "with a DHCP server or a hotspot",
            Self::LanListAndServers => "the router's list `LAN`, and what has a DHCP server or a hotspot",
            Self::Addresses => "with an address, and no way to a provider",
            Self::NothingFound => "no LAN was found",
        })
    }
}

impl fmt::Display for Customers {
    /// What comes in over which interfaces, and what says so.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (but, interfaces) = match &self.come_in {
            ComeIn::Over(interfaces) => ("", interfaces),
            ComeIn::NotOver(interfaces) => ("anything but ", interfaces),
        };
        let names: Vec<_> = interfaces.iter().map(Value::to_text).collect();
        write!(f, "what comes in over {but}{} ({})", names.join(", "), self.basis)
    }
}

/// The interfaces of a router by the side that they are on.
struct Sides<'a> {
    router: &'a Router,
    lines: BTreeSet<Value>,
    /// What their PPPoE clients dial over.
    ports: BTreeSet<Value>,
    /// What leads to a provider or through a VPN by its kind.
    away: BTreeSet<Value>,
    /// In the router's own list `LAN`.
    listed: BTreeSet<Value>,
    /// With a server for customers.
    served: BTreeSet<Value>,
}

impl<'a> Sides<'a> {
    fn of(site: &Site, router: &'a Router) -> Self {
        let lines = || site.lines().iter();
        let mut sides = Self {
            router,
            lines: lines()
                .map(|line| Value::from(line.interface().as_bytes()))
                .collect(),
            ports: lines()
                .filter(|line| matches!(line.access(), Access::Pppoe(_)))
                .map(|line| Value::from(port_of(router, line)))
                .collect(),
            away: listed(router)
                .into_iter()
                .filter(|known| known.kind.leads_away() && !known.row.is_some_and(is_ours))
                .map(|known| known.name.clone())
                .collect(),
            listed: BTreeSet::new(),
            served: BTreeSet::new(),
        };
        let servers = SERVERS.iter().flat_map(|menu| foreign_enabled(router, menu));
        sides.served = sides.of_customers(named_by(servers));
        sides.listed = sides.of_customers(InterfaceLists::foreign(router).members(b"LAN"));
        sides
    }

    fn on_lan_list(&self) -> BTreeSet<Value> {
        let mut listed = self.listed.clone();
        listed.retain(|name| self.served.contains(name) || !self.away.contains(name));
        listed
    }

    /// What has an address that others can be behind.
    fn addressed(&self) -> BTreeSet<Value> {
        let outside: BTreeSet<Value> = self.outside().into_iter().collect();
        let addresses = foreign_enabled(self.router, "/ip/address").filter(|row| !is_loopback(row));
        let mut found = self.of_customers(named_by(addresses));
        found.retain(|name| !outside.contains(name));
        found
    }

    /// The lines, what leads to another provider, what a provider's session runs over, and VPNs.
    fn outside(&self) -> Vec<Value> {
        let router = self.router;
        let mut outside = self.away.clone();
        let mut providers = named_by(UPLINKS.iter().flat_map(|menu| foreign_enabled(router, menu)));
        providers.extend(InterfaceLists::foreign(router).members(b"WAN"));
        providers.extend(self.ports.iter().cloned());
        providers.retain(|name| !self.listed.contains(name));
        outside.extend(providers);
        outside.retain(|name| !self.served.contains(name));
        outside.extend(self.lines.iter().cloned());
        outside.into_iter().collect()
    }

    /// The interfaces that packets of customers come in over: no line, and for a port the bridge that it is on.
    fn of_customers(&self, names: impl IntoIterator<Item = Value>) -> BTreeSet<Value> {
        let is_there = |name: &Value| !name.as_bytes().starts_with(DANGLING) && name != "lo";
        let names = names.into_iter().filter(|name| !self.lines.contains(name));
        let master = |name: Value| {
            let bridge = bridge_of(self.router, name.as_bytes()).and_then(|on| on.bridge());
            bridge.cloned().unwrap_or(name)
        };
        names
            .filter(is_there)
            .map(master)
            .filter(|name| !self.lines.contains(name))
            .collect()
    }
}

/// The interfaces that rows name.
fn named_by<'a>(rows: impl Iterator<Item = &'a Row>) -> BTreeSet<Value> {
    rows.filter_map(|row| row.get("interface").cloned()).collect()
}

/// Whether an interface is a client of ours: where its line is not of the site any more, it goes.
fn is_ours(row: &Row) -> bool {
    let menus = [Role::Pppoe.menu(), Role::Ppp.menu()];
    menus.iter().any(|menu| tag_of(menu, row).is_some())
}

/// Whether an address is alone in its network: nobody is behind it.
fn is_loopback(row: &Row) -> bool {
    let address = row.text("address").unwrap_or_default();
    let (host, length) = address.split_once('/').unwrap_or((&address, "32"));
    length == "32" && row.get("network").is_none_or(|network| *network == host)
}

/// Menus whose rows serve the customers of an `interface`.
const SERVERS: [&str; 2] = ["/ip/dhcp-server", "/ip/hotspot"];

/// Menus whose rows get addresses of a provider over an `interface`.
const UPLINKS: [&str; 2] = ["/ip/dhcp-client", "/interface/pppoe-client"];

/// What RouterOS prints instead of a name begins so where what was named is gone.
const DANGLING: &[u8] = b"*";

#[cfg(test)]
mod tests {
    use std::format;
    use std::prelude::rust_2024::*;

    use super::*;
    use crate::site::{LineDraft, Mbps, Mode, SiteDraft};

    /// Lines on ether1 and ether2.
    fn told(rows: &str) -> String {
        let line = |id, port| LineDraft::new(id, port, Access::Dhcp, Mbps::new(100).unwrap());
        let lines = [line("a", "ether1"), line("b", "ether2")];
        told_of(SiteDraft::new(Mode::LoadBalance, lines.into()), rows)
    }

    fn told_of(site: SiteDraft, rows: &str) -> String {
        let export = format!("# 2026-01-05 10:00:00 by RouterOS 7.22.3\n{rows}");
        let router = Router::from_export(export.as_bytes(), None).unwrap();
        let told = customers(&site.build().unwrap(), &router).to_string();
        told.strip_prefix("what comes in over ").unwrap().to_owned()
    }

    const LAN: &str = "/interface list add name=LAN\n/interface bridge add name=bridge\n\
        /interface list member add list=LAN interface=bridge\n";
    const PPPOE: &str = "/interface pppoe-server server add disabled=no interface=ether5\n";
    const VPNS: &str = "/interface wireguard add name=wg1\n/interface l2tp-client add name=l2tp1 connect-to=192.0.2.9\n\
        /interface gre add name=gre1\n/interface eoip add name=eoip1\n/zerotier interface add name=zt1\n\
        /interface ovpn-client add name=ovpn1\n/interface l2tp-server add name=l2tp-in1 user=office\n";

    #[test]
    fn the_list_of_lans_is_taken_without_lines() {
        assert_eq!(told(LAN), "bridge (the router's list `LAN`)");
        let with_line = [LAN, "/interface list member add list=LAN interface=ether2\n"].concat();
        assert_eq!(told(&with_line), "bridge (the router's list `LAN`)");
        let off = LAN.replace("list=LAN interface", "list=LAN disabled=yes interface");
        assert_eq!(told(&off), "anything but ether1, ether2 (no LAN was found)");
    }

    #[test]
    fn the_list_of_lans_may_be_a_list_of_lists() {
        let rows = "/interface list add name=VLANS\n/interface list add name=WAN\n\
            /interface list add name=LAN include=static exclude=WAN\n\
            /interface bridge add name=bridge\n/interface vlan add name=vlan10 interface=bridge vlan-id=10\n\
            /interface list member add list=WAN interface=ether1\n";
        assert_eq!(told(rows), "bridge, vlan10 (the router's list `LAN`)");
        let included = rows
            .replace("include=static exclude=WAN", "include=VLANS")
            .replace("list=WAN interface=ether1", "list=VLANS interface=vlan10");
        assert_eq!(told(&included), "vlan10 (the router's list `LAN`)");
    }

    #[test]
    fn what_runs_a_server_for_customers_belongs_to_them() {
        let hotspot = "/ip hotspot add interface=bridge-hs name=hs1 disabled=no\n/interface bridge add name=bridge-hs\n";
        let vlan = "/interface vlan add name=vlan20 interface=bridge vlan-id=20\n/ip dhcp-server add interface=vlan20 name=guests disabled=no\n";
        assert_eq!(
            told(&[LAN, hotspot, vlan].concat()),
            "bridge, bridge-hs, vlan20 (the router's list `LAN`, and what has a DHCP server or a hotspot)"
        );
        assert_eq!(told(vlan), "vlan20 (with a DHCP server or a hotspot)");
    }

    #[test]
    fn a_port_of_a_bridge_stands_for_the_bridge() {
        let rows = "/interface bridge add name=bridge\n/interface bridge port add bridge=bridge interface=ether3\n\
            /interface bridge port add bridge=bridge interface=ether2\n\
            /interface list add name=LAN\n/interface list member add list=LAN interface=ether3\n";
        assert_eq!(told(rows), "bridge (the router's list `LAN`)");
        let addressed = "/interface bridge add name=bridge\n/interface bridge port add bridge=bridge interface=ether3\n\
            /ip address add address=10.0.0.1/24 interface=ether3\n";
        assert_eq!(
            told(addressed),
            "bridge (with an address, and no way to a provider)"
        );
    }

    #[test]
    fn vpns_are_no_customers_unless_they_have_a_server_for_them() {
        let member = "/interface list member add list=LAN interface=wg1\n/ip address add address=10.9.0.1/24 interface=wg1\n";
        assert_eq!(
            told(&[LAN, VPNS, member].concat()),
            "bridge (the router's list `LAN`)"
        );
        assert_eq!(
            told(&[VPNS, "/ip address add address=10.9.0.1/24 interface=wg1\n"].concat()),
            "anything but eoip1, ether1, ether2, gre1, l2tp-in1, l2tp1, ovpn1, wg1, zt1 (no LAN was found)"
        );
        let customers = [VPNS, "/ip dhcp-server add interface=eoip1 name=far disabled=no\n"].concat();
        assert_eq!(told(&customers), "eoip1 (with a DHCP server or a hotspot)");
    }

    #[test]
    fn customers_of_a_pppoe_server_are_told_by_what_they_are_not() {
        let basis = "(a PPPoE server runs, and the interfaces of its customers are dynamic)";
        let hotspot = "/ip hotspot add interface=bridge name=hs1 disabled=no\n";
        let modem = "/interface pppoe-client add name=pppoe-out1 interface=ether1 disabled=no user=jo\n\
            /ip dhcp-client add interface=ether9\n/interface lte set [ find default-name=lte1 ] comment=x\n";
        assert_eq!(
            told(&[LAN, PPPOE, hotspot].concat()),
            format!("anything but ether1, ether2 {basis}")
        );
        assert_eq!(
            told(&[LAN, PPPOE, modem, "/interface wireguard add name=wg1\n"].concat()),
            format!("anything but ether1, ether2, ether9, lte1, pppoe-out1, wg1 {basis}")
        );
        let off = PPPOE.replace("disabled=no", "disabled=yes");
        assert_eq!(told(&[LAN, &off].concat()), "bridge (the router's list `LAN`)");
    }

    #[test]
    fn a_lan_that_asks_for_an_address_is_still_a_lan() {
        let rows = [LAN, PPPOE, "/ip dhcp-client add interface=bridge\n"].concat();
        assert!(told(&rows).starts_with("anything but ether1, ether2 ("));
    }

    #[test]
    fn addresses_count_where_somebody_can_be_behind_them() {
        let rows = "/interface bridge add name=loopback\n/interface list add name=WAN\n\
            /interface list member add list=WAN interface=ether8\n\
            /interface pppoe-client add name=pppoe-out1 interface=ether9 disabled=no user=jo\n\
            /ip dhcp-client add interface=ether7\n\
            /ip address add address=10.255.0.1 interface=loopback\n\
            /ip address add address=10.255.0.2/32 interface=lo\n\
            /ip address add address=10.1.0.1/24 interface=ether3\n\
            /ip address add address=10.2.0.1/24 interface=ether4 disabled=yes\n\
            /ip address add address=10.3.0.1/24 interface=ether1\n\
            /ip address add address=10.4.0.1/24 interface=ether8\n\
            /ip address add address=192.168.1.2/24 interface=ether9\n\
            /ip address add address=10.5.0.1/24 interface=*1F\n\
            /ip address add address=10.6.0.1/24 interface=ether7\n\
            /ip address add address=10.7.0.1 network=10.7.0.2 interface=ether6\n";
        assert_eq!(
            told(rows),
            "ether3, ether6 (with an address, and no way to a provider)"
        );
    }

    #[test]
    fn what_the_site_names_wins() {
        let line = LineDraft::new("a", "ether1", Access::Dhcp, Mbps::new(100).unwrap());
        let mut site = SiteDraft::new(Mode::LoadBalance, [line].into());
        site.lan = Lan::Interfaces(["wg1".into()].into());
        assert_eq!(
            told_of(site, &[LAN, PPPOE, VPNS].concat()),
            "wg1 (the site names them)"
        );
    }
}
