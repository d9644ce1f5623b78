//! What strangers in the internet reach of the router itself, and over which lines.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use super::View;
use super::addresses::is_inner;
use super::menus::{FILTER, LIST_MEMBERS, NAT};
use crate::routeros::router::Row;
use crate::routeros::value::Value;
use crate::simulate::{Cause, End, Event, PacketTrace, Protocol, Source, Traffic, Way, What};
use crate::survey::interfaces::{InterfaceKind, kind_of};

/// A service of the router that no setting of its own keeps strangers from
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Service {
    pub(super) name: &'static str,
    protocol: Protocol,
    port: u16,
}

/// What becomes of what strangers send to a service over a line
#[derive(Clone, Debug)]
pub(super) struct Knock {
    pub(super) line: Value,
    pub(super) service: Service,
    /// Whether it reaches the router; else a firewall rule drops it
    pub(super) is_open: bool,
    /// Whether a rule lets it in that names the port and where it comes in: somebody wants it so
    pub(super) is_meant: bool,
    pub(super) way: Way,
}

impl<'a> View<'a> {
    /// Every service over every line that leads to the internet, where it can be told what becomes of strangers
    pub(super) fn find_knocks(&self) -> Vec<Knock> {
        let services = self.services();
        let lines = self.lines().iter().filter(|line| self.is_way_in(line));
        let pairs = lines.flat_map(|line| services.iter().map(move |service| (line, *service)));
        pairs
            .filter_map(|(line, service)| self.knock(line, service))
            .collect()
    }

    /// The services that run, as far as the router was read
    fn services(&self) -> Vec<Service> {
        if !NEEDED.iter().all(|menu| self.is_told(menu)) {
            return Vec::new();
        }
        let mut services: Vec<Service> = Vec::new();
        if self.is_told(SERVICES) {
            services.extend(
                DEFAULTS
                    .iter()
                    .filter_map(|(name, port)| self.service(name, *port)),
            );
        }
        if self.rows(DNS).any(|row| row.is("allow-remote-requests", "yes")) {
            services.push(Service {
                name: "DNS",
                protocol: Protocol::Udp,
                port: 53,
            });
        }
        services
    }

    /// A service as its row says, else as the factory made it; none that is off, limited to some hosts, or in another VRF
    fn service(&self, name: &'static str, port: u16) -> Option<Service> {
        let row = self.router().table(SERVICES).find_by("name", name);
        let told = |property: &str| {
            row.and_then(|row| row.get(property))
                .filter(|value| !value.is_empty())
        };
        let is_off = row.is_some_and(|row| row.disabled() || row.live("invalid").is_some());
        let is_limited = told("address").is_some_and(|address| !address.to_text().contains(EVERYBODY));
        let is_elsewhere = told("vrf").is_some_and(|vrf| *vrf != "main");
        if is_off || is_limited || is_elsewhere {
            return None;
        }
        let port = match told("port") {
            Some(port) => port.to_text().parse().ok()?,
            None => port,
        };
        Some(Service {
            name,
            protocol: Protocol::Tcp,
            port,
        })
    }

    /// What becomes of strangers, whoever they are; none where it cannot be told, or where the line has no address of the internet
    fn knock(&self, line: &Value, service: Service) -> Option<Knock> {
        let mut knocks = STRANGERS
            .iter()
            .map(|source| self.knock_of(line, service, *source));
        let first = knocks.next()??;
        let is_same = |knock: Option<Knock>| knock.is_some_and(|knock| knock.is_open == first.is_open);
        knocks.all(is_same).then_some(first)
    }

    fn knock_of(&self, line: &Value, service: Service, source: Ipv4Addr) -> Option<Knock> {
        let traffic = Traffic {
            from: Source::Internet {
                line: line.clone(),
                source,
            },
            to: None,
            protocol: service.protocol,
            port: Some(service.port),
            established: false,
            logged_in: true,
        };
        let trace = self.trace(&traffic, None);
        // A classifier or a lot before it may decide otherwise for others.
        let [way] = trace.ways.as_slice() else { return None };
        let packet = way.packets.first()?;
        let is_sure = !packet.events.iter().any(|event| self.is_doubtful(event));
        let is_open = match &packet.end {
            End::Router => true,
            End::Lost {
                cause: Cause::Dropped,
                ..
            } => false,
            _ => return None,
        };
        (is_sure && !is_inner(packet.destination.address)).then(|| Knock {
            line: line.clone(),
            service,
            is_open,
            is_meant: self.is_meant(packet),
            way: way.clone(),
        })
    }

    /// Whether a rule might have decided otherwise, were it known whether it matches
    fn is_doubtful(&self, event: &Event) -> bool {
        let row = event.row.as_ref().and_then(|row| self.row(row));
        let decides = |row: &Row| {
            let action = row
                .effective("action")
                .unwrap_or(Cow::Owned(Value::from("accept")));
            DECIDING.contains(&action.as_bytes())
        };
        matches!(event.what, What::Unmodelled { .. }) && row.is_none_or(decides)
    }

    fn is_meant(&self, packet: &PacketTrace) -> bool {
        let rows = packet
            .events
            .iter()
            .filter_map(|event| self.row(event.row.as_ref()?));
        let last = rows.filter(|row| row.is("action", "accept")).last();
        last.is_some_and(|row| {
            row.get("dst-port").is_some() && WHERE.iter().any(|matcher| row.get(matcher).is_some())
        })
    }

    /// Whether a default leads over a line, by itself and not through another one: neither a VPN nor a client that is there to reach
    /// the pages of a modem is a way in for strangers
    pub(super) fn is_way_in(&self, line: &Value) -> bool {
        let kind = kind_of(self.router(), line.as_bytes());
        let is_vpn = matches!(kind, Some(InterfaceKind::PppTunnel | InterfaceKind::Tunnel));
        !is_vpn && self.leads_out(line.as_bytes())
    }

    /// Whether what a menu has is known: an export leaves out what is empty, others tell only what they were asked for
    pub(super) fn is_told(&self, menu: &str) -> bool {
        let router = self.router();
        let mut rows = router.menus().flat_map(|menu| router.table(menu));
        let is_missing = router.unexported().iter().any(|missing| missing == menu);
        !is_missing && (router.is_read(menu) || rows.any(|row| row.place().is_some()))
    }

    /// The row of a firewall that drops the first packet of a way
    pub(super) fn dropped_by(&self, way: &Way) -> Option<(String, &'a Row)> {
        let event = way.packets.first()?.events.last()?;
        let named = event.row.as_ref()?;
        Some((named.menu.clone(), self.row(named)?))
    }
}

/// The names of services, each once
pub(super) fn names<'k>(knocks: impl Iterator<Item = &'k Knock>) -> String {
    let mut names: Vec<String> = Vec::new();
    for knock in knocks {
        let name = alloc::format!("`{}`", knock.service.name);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}

/// What runs unless somebody turned it off, with its port
const DEFAULTS: [(&str, u16); 5] = [
    ("winbox", 8291),
    ("ssh", 22),
    ("telnet", 23),
    ("www", 80),
    ("api", 8728),
];

/// Hosts of three corners of the internet, none of which is in a list of networks that nobody has: the root servers c, k and m
const STRANGERS: [Ipv4Addr; 3] = [
    Ipv4Addr::new(192, 33, 4, 12),
    Ipv4Addr::new(193, 0, 14, 129),
    Ipv4Addr::new(202, 12, 27, 33),
];

/// Actions that decide what becomes of a packet
const DECIDING: [&[u8]; 8] = [
    b"accept",
    b"dst-nat",
    b"drop",
    b"jump",
    b"redirect",
    b"reject",
    b"return",
    b"tarpit",
];

/// Matchers of where a packet comes in
const WHERE: [&str; 2] = ["in-interface", "in-interface-list"];

const EVERYBODY: &str = "0.0.0.0/0";
/// What decides about strangers
const NEEDED: [&str; 4] = [FILTER, "/ip/firewall/raw", NAT, LIST_MEMBERS];

const SERVICES: &str = "/ip/service";
const DNS: &str = "/ip/dns";
