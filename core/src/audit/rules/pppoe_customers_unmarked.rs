#![doc = include_str!("pppoe_customers_unmarked.md")]

use alloc::format;
use alloc::rc::Rc;
use alloc::vec::Vec;

use crate::audit::menus::MANGLE;
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::routeros::router::Row;
use crate::routeros::value::Value;
use crate::rule::row_subject;
use crate::simulate::{Class, Trace};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("pppoe-customers-unmarked"),
    level: Level::Warning,
    page: include_str!("pppoe_customers_unmarked.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    let server = view.rows(SERVERS).next();
    let Some(server) =
        server.filter(|_| view.marks_routing() && view.has_lines() && !may_be_told_otherwise(view))
    else {
        return Vec::new();
    };
    let traces: Vec<(&Class, Rc<Trace>)> = view
        .customers()
        .map(|class| (class, view.trace(&class.traffic, None)))
        .collect();
    let sessions = traces.iter().filter(|(_, trace)| is_of_session(trace));
    let unmarked = sessions.filter(|(_, trace)| !is_marked(view, trace));
    let is_shared = traces
        .iter()
        .any(|(_, trace)| !is_of_session(trace) && is_marked(view, trace) && is_spread(trace));
    unmarked
        .filter(|_| is_shared || marks_the_server(view, server))
        .map(|(_, trace)| finding(view, server, trace))
        .collect()
}

/// Whether a rule may know sessions by what this cannot see: their addresses, lists that profiles or scripts put them in, or interfaces
/// of their own
fn may_be_told_otherwise(view: &View<'_>) -> bool {
    let says = |row: &Row, properties: &[&str]| {
        properties
            .iter()
            .any(|property| row.get(property).is_some_and(|value| !value.is_empty()))
    };
    let used = view.rows(SERVERS).map(|server| {
        server
            .get("default-profile")
            .map_or(&b"default"[..], Value::as_bytes)
    });
    let used: Vec<&[u8]> = used.collect();
    let is_used = |profile: &Row| {
        profile
            .get("name")
            .is_some_and(|name| used.contains(&name.as_bytes()))
    };
    let is_unread = view.router().ids_known() && !view.router().is_read("/ppp/profile");
    is_unread
        || view.rows("/interface/pppoe-server").next().is_some()
        || view
            .rows(MANGLE)
            .any(|rule| says(rule, &["src-address", "src-address-list"]))
        || view
            .rows("/ppp/profile")
            .any(|row| says(row, &["on-up"]) || (!is_used(row) && says(row, &["interface-list"])))
}

fn is_of_session(trace: &Trace) -> bool {
    let mut packets = trace.ways.iter().filter_map(|way| way.packets.first());
    packets.any(|packet| {
        packet
            .from
            .as_ref()
            .is_some_and(|from| from.as_bytes().starts_with(SESSION))
    })
}

fn is_marked(view: &View<'_>, trace: &Trace) -> bool {
    let packets = trace.ways.iter().flat_map(|way| &way.packets);
    packets
        .flat_map(|packet| view.routing_marks(packet))
        .any(|walk| !walk.is_empty())
}

/// Whether connections go several ways
fn is_spread(trace: &Trace) -> bool {
    let mut ends = trace
        .ways
        .iter()
        .filter_map(|way| way.packets.first())
        .map(|packet| &packet.end);
    let first = ends.next();
    ends.any(|end| Some(end) != first)
}

/// Whether rules mark what comes in over the interface that the server runs on, where no customer's packet is seen
fn marks_the_server(view: &View<'_>, server: &Row) -> bool {
    let interface = server.get("interface");
    view.marking().any(|rule| {
        rule.get("per-connection-classifier").is_some()
            && interface.is_some()
            && rule.get("in-interface") == interface
    })
}

fn finding(view: &View<'_>, server: &Row, trace: &Trace) -> Diagnostic {
    let interface = server.text("interface").unwrap_or_default();
    let way = trace.ways.first();
    RULE.finding(format!(
        "customers who dial in to the PPPoE server on `{interface}` match no rule that marks: they are never balanced"
    ))
    .with_help("let their PPP profile put them in the interface list that the rules name (`interface-list`), or let the rules match `in-interface=all-ppp`")
    .about(row_subject(SERVERS, server))
    .shown_by(way.map(|way| view.evidence(way)).unwrap_or_default())
}

const SERVERS: &str = "/interface/pppoe-server/server";

/// Interfaces of sessions are called so: `<pppoe-jo>`
const SESSION: &[u8] = b"<";

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, defaults, pcc, tables, two_lines};

    Cases {
        flagged: &[
            Flagged {
                router: Export(two_lines!(
                    defaults!(),
                    pcc!(),
                    "/ip dhcp-server\nadd disabled=no interface=bridge name=lan\n",
                    "/interface pppoe-server server\nadd disabled=no interface=ether5 service-name=isp\n"
                )),
                says: &[
                    "customers who dial in to the PPPoE server on `ether5` match no rule that marks: they are never balanced",
                ],
                fix: &[],
            },
            // The rules name the interface of the server.
            Flagged {
                router: Export(two_lines!(
                    defaults!(),
                    tables!(),
                    "/interface pppoe-server server\nadd default-profile=isp disabled=no interface=ether5 service-name=isp\n",
                    "/ppp profile\nadd local-address=10.20.0.1 name=isp remote-address=10.20.0.99\n",
                    "/ip firewall mangle\n",
                    "add action=mark-routing chain=prerouting dst-address-type=!local in-interface=ether5 new-routing-mark=to-isp1 passthrough=no per-connection-classifier=both-addresses:2/0\n",
                    "add action=mark-routing chain=prerouting dst-address-type=!local in-interface=ether5 new-routing-mark=to-isp2 passthrough=no per-connection-classifier=both-addresses:2/1\n"
                )),
                says: &[
                    "customers who dial in to the PPPoE server on `ether5` match no rule that marks: they are never balanced",
                ],
                fix: &[],
            },
        ],
        passed: &[
            (
                "a profile that puts them in the list",
                Export(two_lines!(
                    defaults!(),
                    tables!(),
                    "/interface pppoe-server server\nadd default-profile=isp disabled=no interface=ether5 service-name=isp\n",
                    "/ppp profile\nadd interface-list=LAN local-address=10.20.0.1 name=isp remote-address=10.20.0.99\n",
                    "/ip dhcp-server\nadd disabled=no interface=bridge name=lan\n",
                    "/ip firewall mangle\n",
                    "add action=mark-routing chain=prerouting dst-address-type=!local in-interface-list=LAN new-routing-mark=to-isp1 passthrough=no per-connection-classifier=both-addresses:2/0\n",
                    "add action=mark-routing chain=prerouting dst-address-type=!local in-interface-list=LAN new-routing-mark=to-isp2 passthrough=no per-connection-classifier=both-addresses:2/1\n"
                )),
            ),
            (
                "rules that know customers by their addresses",
                Export(two_lines!(
                    defaults!(),
                    tables!(),
                    "/interface pppoe-server server\nadd disabled=no interface=ether5 service-name=isp\n",
                    "/ip dhcp-server\nadd disabled=no interface=bridge name=lan\n",
                    "/ip firewall mangle\n",
                    "add action=mark-routing chain=prerouting dst-address-type=!local new-routing-mark=to-isp1 passthrough=no per-connection-classifier=both-addresses:2/0 src-address-list=customers\n",
                    "add action=mark-routing chain=prerouting dst-address-type=!local in-interface=bridge new-routing-mark=to-isp2 passthrough=no per-connection-classifier=both-addresses:2/1\n"
                )),
            ),
            (
                "a server that is disabled",
                Export(two_lines!(
                    defaults!(),
                    pcc!(),
                    "/ip dhcp-server\nadd disabled=no interface=bridge name=lan\n",
                    "/interface pppoe-server server\nadd disabled=yes interface=ether5 service-name=isp\n"
                )),
            ),
            (
                "all that dials in",
                Export(two_lines!(
                    defaults!(),
                    pcc!(),
                    "add action=mark-routing chain=prerouting dst-address-type=!local in-interface=all-ppp new-routing-mark=to-isp2 passthrough=no\n",
                    "/ip dhcp-server\nadd disabled=no interface=bridge name=lan\n",
                    "/interface pppoe-server server\nadd disabled=no interface=ether5 service-name=isp\n"
                )),
            ),
        ],
    }
};
