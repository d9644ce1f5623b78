#![doc = include_str!("wireguard_responder.md")]

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::audit::addresses::is_inner;
use crate::audit::marked::left_by;
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::routeros::router::Row;
use crate::routeros::value::Value;
use crate::rule::row_subject;
use crate::simulate::{End, Protocol, SOMEWHERE, Source, Traffic, Way, What};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("wireguard-responder"),
    level: Level::Warning,
    page: include_str!("wireguard_responder.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    let responders: Vec<&Row> = view
        .rows(INTERFACES)
        .filter(|row| waits_for_peers(view, row))
        .collect();
    // A rule for the source brings its answers back to the line.
    let sources_are_routed = || {
        view.rows("/routing/rule")
            .any(|row| row.get("src-address").is_some())
    };
    if responders.is_empty() || !view.has_lines() || sources_are_routed() {
        return Vec::new();
    }
    let Some(main) = line_of_router(view) else {
        return Vec::new();
    };
    responders
        .iter()
        .filter_map(|row| finding(view, row, &main))
        .collect()
}

/// Whether somebody may dial in: a peer whose address is not known
fn waits_for_peers(view: &View<'_>, interface: &Row) -> bool {
    let is_open = |peer: &Row| {
        let has_endpoint = peer
            .get("endpoint-address")
            .is_some_and(|address| !address.is_empty());
        peer.get("interface") == interface.get("name") && !has_endpoint
    };
    view.rows(PEERS).any(is_open)
}

/// The line that the router's own packets leave by, where it is one
fn line_of_router(view: &View<'_>) -> Option<Value> {
    let trace = view.trace(
        &Traffic::new(Source::Router, SOMEWHERE, Protocol::Udp, Some(ANY_PORT)),
        None,
    );
    let mut lines = trace.ways.iter().map(|way| left_by(way.packets.first()?));
    let first = lines.next()??;
    lines.all(|line| line == Some(first)).then(|| first.clone())
}

fn finding(view: &View<'_>, interface: &Row, main: &Value) -> Option<Diagnostic> {
    let (name, port) = (
        interface.text("name")?,
        interface.text("listen-port")?.parse().ok()?,
    );
    let others = view
        .lines()
        .iter()
        .filter(|line| *line != main && !view.is_mobile(line.as_bytes()) && view.leads_out(line.as_bytes()));
    let open: Vec<String> = others
        .filter(|line| is_reached(view, line, port))
        .map(|line| format!("`{}`", line.to_text()))
        .collect();
    if open.is_empty() {
        return None;
    }
    let found = RULE
        .finding(format!(
            "peers of `{name}` who dial in over {} are answered from the address of `{}` while that line is up, and wait for another",
            open.join(", "),
            main.to_text()
        ))
        .with_help("let peers dial the line that the main table prefers, or add a routing rule for the source address of the other one")
        .about(row_subject(INTERFACES, interface));
    Some(found)
}

/// Whether what is sent to the port over a line comes to the router itself, and the line has an address that others can reach
fn is_reached(view: &View<'_>, line: &Value, port: u16) -> bool {
    let from = Source::Internet {
        line: line.clone(),
        source: SOMEWHERE,
    };
    let traffic = Traffic {
        to: None,
        ..Traffic::new(from, SOMEWHERE, Protocol::Udp, Some(port))
    };
    let is_received = |way: &Way| {
        way.packets.first().is_some_and(|packet| {
            let is_translated = packet
                .events
                .iter()
                .any(|event| matches!(event.what, What::Destination { .. }));
            packet.end == End::Router && !is_translated && !is_inner(packet.destination.address)
        })
    };
    let ways = view.trace(&traffic, None).ways.clone();
    !ways.is_empty() && ways.iter().all(is_received)
}

const INTERFACES: &str = "/interface/wireguard";
const PEERS: &str = "/interface/wireguard/peers";

/// A port of no known service
const ANY_PORT: u16 = 40_000;

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, defaults, two_lines};

    Cases {
        flagged: &[
            Flagged {
                router: Export(two_lines!(
                    defaults!(),
                    "/interface wireguard\nadd listen-port=13231 mtu=1420 name=wg1\n",
                    "/interface wireguard peers\nadd allowed-address=10.9.0.2/32 interface=wg1 public-key=\"x\"\n"
                )),
                says: &[
                    "peers of `wg1` who dial in over `ether2` are answered from the address of `ether1` while that line is up, and wait for another",
                ],
                fix: &[],
            },
            // A firewall that lets it in over both lines; another peer is dialled.
            Flagged {
                router: Export(two_lines!(
                    defaults!(),
                    "/interface wireguard\nadd listen-port=51820 name=office\n",
                    "/interface wireguard peers\nadd allowed-address=10.9.0.2/32 endpoint-address=203.0.113.7 endpoint-port=51820 interface=office public-key=\"x\"\n",
                    "add allowed-address=10.9.0.3/32 interface=office public-key=\"y\"\n",
                    "/ip firewall filter\nadd action=accept chain=input dst-port=51820 protocol=udp\nadd action=drop chain=input in-interface-list=WAN\n"
                )),
                says: &[
                    "peers of `office` who dial in over `ether2` are answered from the address of `ether1` while that line is up, and wait for another",
                ],
                fix: &[],
            },
        ],
        passed: &[
            (
                "a port that is open on the nearer line alone",
                Export(two_lines!(
                    defaults!(),
                    "/interface wireguard\nadd listen-port=13231 name=wg1\n",
                    "/interface wireguard peers\nadd allowed-address=10.9.0.2/32 interface=wg1 public-key=\"x\"\n",
                    "/ip firewall filter\nadd action=accept chain=input dst-port=13231 in-interface=ether1 protocol=udp\n",
                    "add action=drop chain=input connection-state=new in-interface-list=WAN\n"
                )),
            ),
            (
                "peers that the router dials itself",
                Export(two_lines!(
                    defaults!(),
                    "/interface wireguard\nadd listen-port=13231 name=wg1\n",
                    "/interface wireguard peers\nadd allowed-address=10.9.0.2/32 endpoint-address=203.0.113.7 endpoint-port=13231 interface=wg1 public-key=\"x\"\n"
                )),
            ),
            (
                "a routing rule for the address of the other line",
                Export(two_lines!(
                    defaults!(),
                    "/routing table\nadd fib name=to-isp2\n/ip route\nadd gateway=198.51.100.1 routing-table=to-isp2\n",
                    "/routing rule\nadd action=lookup src-address=198.51.100.2/32 table=to-isp2\n",
                    "/interface wireguard\nadd listen-port=13231 name=wg1\n",
                    "/interface wireguard peers\nadd allowed-address=10.9.0.2/32 interface=wg1 public-key=\"x\"\n"
                )),
            ),
        ],
    }
};
