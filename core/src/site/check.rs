//! What is wrong with a draft.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Display;
use core::net::Ipv4Addr;

use ipnet::Ipv4Net;

use super::draft::default_label;
use super::{Access, Apn, Dial, Dns, Lan, Line, LineDraft, LineId, Secret, SiteDraft, Text};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::fault;

/// Lines of a draft and all its faults; only without faults are the lines all there
pub(super) fn draft(site: &SiteDraft) -> (Vec<Line>, Vec<Diagnostic>) {
    let mut faults = Faults::default();
    let lines = lines(site, &mut faults);
    probes(site, &mut faults);
    lan(site, &mut faults);
    management(&site.management, &mut faults);
    dns(&site.dns, &mut faults);
    bucket_limit(site, &mut faults);
    webhook(site, &mut faults);
    (lines, faults.0)
}

fn lines(site: &SiteDraft, faults: &mut Faults) -> Vec<Line> {
    let mut ids = BTreeSet::new();
    let lines = site.lines.iter().enumerate();
    let lines = lines.filter_map(|(position, draft)| {
        let field = |name| format!("lines[{position}].{name}");
        let id = line_id(&draft.id, field("id"), faults);
        if id.as_ref().is_some_and(|id| !ids.insert(id.clone())) {
            let message = format!("`{}` is also the id of an earlier line", draft.id);
            faults.add(
                DUPLICATE_LINE_ID,
                field("id"),
                message,
                "give every line an id of its own",
            );
        }
        let label = draft.label.clone().unwrap_or_else(|| default_label(position));
        name(&label, field("label"), faults);
        interface(&draft.interface, field("interface"), faults);
        access(&draft.access, field("access"), faults);
        if draft.access.dials_over() == Some(&draft.interface) {
            let message = format!("`{}` is also the interface of the line", draft.interface);
            let help = "a client is an interface of its own: give the line's `interface` another name, as `pppoe-out1`";
            faults.add(CLIENT_IS_PORT, field("access.port"), message, help);
        }
        Some(Line {
            id: id?,
            label,
            interface: draft.interface.clone(),
            access: draft.access.clone(),
            mbps: draft.mbps,
            metered: draft.metered,
            health: draft.health.unwrap_or(site.health),
            probes: draft.probes.clone(),
        })
    });
    lines.collect()
}

fn line_id(text: &str, field: String, faults: &mut Faults) -> Option<LineId> {
    let id = LineId::new(text);
    if id.is_none() {
        let help = "use 1 to 32 of `a-z`, `0-9` and `-`, and not `site`";
        faults.add(INVALID_LINE_ID, field, format!("`{text}` is no line id"), help);
    }
    id
}

fn name(text: &Text, field: String, faults: &mut Faults) {
    if let Some(fault) = text.fault() {
        faults.add(INVALID_NAME, field, fault, "use 1 to 200 bytes of printable text");
    }
}

/// Name of an interface, which firewall rules match: `!` in front of it means every other one
fn interface(text: &Text, field: String, faults: &mut Faults) {
    if text.as_bytes().starts_with(b"!") {
        let help = "rename the interface: a firewall rule would take it for every other one";
        faults.add(INVALID_NAME, &field, "begins with `!`", help);
    }
    name(text, field, faults);
}

fn access(access: &Access, field: String, faults: &mut Faults) {
    if let Access::Static { address, gateway } = *access {
        static_address(address, gateway, &field, faults);
    }
    for (part, text) in texts(access) {
        name(text, format!("{field}.{part}"), faults);
    }
}

/// Texts of an access with their fields
fn texts(access: &Access) -> Vec<(&'static str, &Text)> {
    match access {
        Access::Pppoe(Some(dial)) => texts_of_dial(dial),
        Access::Lte(Some(apn)) => texts_of_apn(apn),
        Access::Ppp(Some(modem)) => {
            let own = [
                ("port", Some(&modem.port)),
                ("pin", exposed(&modem.pin)),
                ("phone", modem.phone.as_ref()),
            ];
            present(own).chain(texts_of_apn(&modem.apn)).collect()
        }
        _ => Vec::new(),
    }
}

fn texts_of_dial(dial: &Dial) -> Vec<(&'static str, &Text)> {
    let texts = [
        ("port", Some(&dial.port)),
        ("user", Some(&dial.user)),
        ("password", exposed(&dial.password)),
        ("service", dial.service.as_ref()),
    ];
    present(texts).collect()
}

fn texts_of_apn(apn: &Apn) -> Vec<(&'static str, &Text)> {
    let texts = [
        ("apn", Some(&apn.name)),
        ("user", apn.user.as_ref()),
        ("password", exposed(&apn.password)),
    ];
    present(texts).collect()
}

fn exposed(secret: &Option<Secret>) -> Option<&Text> {
    secret.as_ref().map(Secret::expose)
}

fn present<'a, const N: usize>(
    texts: [(&'static str, Option<&'a Text>); N],
) -> impl Iterator<Item = (&'static str, &'a Text)> {
    texts.into_iter().filter_map(|(field, text)| Some((field, text?)))
}

fn static_address(address: Ipv4Net, gateway: Ipv4Addr, field: &str, faults: &mut Faults) {
    if !is_host_of(address) {
        let message = format!("`{address}` is no address of a host");
        let help =
            "write the router's own address on the line with the length of its prefix, as `198.51.100.2/24`";
        faults.add(INVALID_ADDRESS, format!("{field}.address"), message, help);
    }
    if !is_unicast(gateway) || gateway == address.addr() {
        let message = match gateway == address.addr() {
            true => format!("`{gateway}` is the address of the line itself"),
            false => format!("`{gateway}` is no address of a host"),
        };
        faults.add(
            INVALID_ADDRESS,
            format!("{field}.gateway"),
            message,
            "write the address of the provider's router",
        );
    }
}

fn probes(site: &SiteDraft, faults: &mut Faults) {
    let mut taken = BTreeSet::new();
    for (position, line) in site.lines.iter().enumerate() {
        let Some(probes) = &line.probes else { continue };
        let field = format!("lines[{position}].probes");
        if probes.len() < MIN_PROBES {
            let help = "name two hosts of different operators, or leave the field out: one host that is down must not take the line down";
            faults.add(TOO_FEW_PROBES, &field, "fewer than two probe hosts", help);
        }
        for (index, &probe) in probes.iter().enumerate() {
            let field = format!("{field}[{index}]");
            if let Some(fault) = probe_fault(site, line, probe) {
                faults.add(
                    INVALID_PROBE,
                    &field,
                    format!("`{probe}` {fault}"),
                    "choose a far host that answers pings",
                );
            }
            if !taken.insert(probe) {
                let message = format!("`{probe}` is probed already");
                faults.add(
                    SHARED_PROBE,
                    &field,
                    message,
                    "a probe host is reached by one line only: choose another",
                );
            }
        }
    }
}

fn probe_fault(site: &SiteDraft, line: &LineDraft, probe: Ipv4Addr) -> Option<&'static str> {
    let is_gateway = matches!(line.access, Access::Static { gateway, .. } if gateway == probe);
    let is_resolver = matches!(&site.dns, Dns::Servers(servers) if servers.contains(&probe));
    match probe {
        _ if !is_unicast(probe) => Some("is no address of a host"),
        _ if is_gateway => Some("is the gateway of the line: it answers while the provider is down"),
        _ if is_resolver => Some("is a resolver of the site: its names would be lost with the line"),
        _ => None,
    }
}

fn lan(site: &SiteDraft, faults: &mut Faults) {
    let Lan::Interfaces(interfaces) = &site.lan else {
        return;
    };
    if interfaces.is_empty() {
        faults.add(
            EMPTY_LIST,
            "lan",
            "no interface",
            "name an interface, or write `auto`",
        );
    }
    let mut seen = BTreeSet::new();
    for (index, interface) in interfaces.iter().enumerate() {
        let field = format!("lan[{index}]");
        self::interface(interface, field.clone(), faults);
        if !seen.insert(interface) {
            faults.add(
                DUPLICATE_INTERFACE,
                &field,
                format!("`{interface}` is named twice"),
                "name it once",
            );
        }
        if site.lines.iter().any(|line| line.interface == *interface) {
            let message = format!("`{interface}` is the interface of a line");
            faults.add(LINE_ON_LAN, &field, message, "a port is a line or a LAN: choose");
        }
    }
}

fn management(prefixes: &[Ipv4Net], faults: &mut Faults) {
    for (index, prefix) in prefixes
        .iter()
        .enumerate()
        .filter(|(_, prefix)| prefix.prefix_len() == 0)
    {
        let message = format!("`{prefix}` would keep everything on the main table");
        faults.add(
            MANAGEMENT_EVERYWHERE,
            format!("management[{index}]"),
            message,
            "name the VPN endpoint alone",
        );
    }
}

fn dns(dns: &Dns, faults: &mut Faults) {
    let Dns::Servers(servers) = dns else { return };
    if servers.is_empty() {
        faults.add(EMPTY_LIST, "dns", "no server", "name a server, or write `keep`");
    }
    for (index, server) in servers
        .iter()
        .enumerate()
        .filter(|(_, server)| !is_unicast(**server))
    {
        let message = format!("`{server}` is no address of a host");
        faults.add(
            INVALID_ADDRESS,
            format!("dns[{index}]"),
            message,
            "write the address of a resolver",
        );
    }
}

fn bucket_limit(site: &SiteDraft, faults: &mut Faults) {
    let limit = site.max_buckets;
    let needed = u32::try_from(site.lines.len()).unwrap_or(u32::MAX);
    let message = match limit {
        _ if !(MIN_BUCKETS..=MAX_BUCKETS).contains(&limit) => format!("`{limit}` is not from 2 to 64"),
        _ if site.mode.balances() && limit < needed => format!("`{limit}` is fewer than the lines"),
        _ => return,
    };
    faults.add(
        INVALID_BUCKET_LIMIT,
        "max_buckets",
        message,
        "allow every line a bucket, and 64 at most",
    );
}

fn webhook(site: &SiteDraft, faults: &mut Faults) {
    let Some(webhook) = &site.webhook else { return };
    if let Some(fault) = webhook.url_fault() {
        let help = "write the whole URL, as `https://portal.example.net/lines?token=..`";
        faults.add(INVALID_WEBHOOK, "webhook.url", fault, help);
    }
    if !webhook.has_interval() {
        let message = format!("`{:?}` is not 10 s to 1 h in whole seconds", webhook.interval);
        let help = "look once a minute, unless the receiver wants another rhythm";
        faults.add(INVALID_WEBHOOK, "webhook.interval", message, help);
    }
}

/// Faults found so far
#[derive(Default)]
struct Faults(Vec<Diagnostic>);

impl Faults {
    fn add(&mut self, code: Code, field: impl Display, message: impl Display, help: &str) {
        self.0.push(fault(code, field, message, help));
    }
}

/// Whether a packet can be sent to it over the internet or a line: not 0/8, 127/8, multicast or beyond
fn is_unicast(address: Ipv4Addr) -> bool {
    let [first, ..] = address.octets();
    (1..224).contains(&first) && first != 127
}

/// Whether it is an address that a host can have: neither the first nor the last of a prefix that has more than two
fn is_host_of(address: Ipv4Net) -> bool {
    let host = address.addr();
    let has_ends = address.prefix_len() < 31;
    is_unicast(host) && !(has_ends && (host == address.network() || host == address.broadcast()))
}

const MIN_PROBES: usize = 2;
const MIN_BUCKETS: u32 = 2;
/// More rules than this cost every new connection too much; other generators stop at 8 or 64
const MAX_BUCKETS: u32 = 64;

const INVALID_LINE_ID: Code = Code::new("invalid-line-id");
const DUPLICATE_LINE_ID: Code = Code::new("duplicate-line-id");
const CLIENT_IS_PORT: Code = Code::new("client-is-port");
const INVALID_NAME: Code = Code::new("invalid-name");
const DUPLICATE_INTERFACE: Code = Code::new("duplicate-interface");
const LINE_ON_LAN: Code = Code::new("line-on-lan");
const INVALID_ADDRESS: Code = Code::new("invalid-address");
const TOO_FEW_PROBES: Code = Code::new("too-few-probes");
const INVALID_PROBE: Code = Code::new("invalid-probe");
const SHARED_PROBE: Code = Code::new("shared-probe");
const EMPTY_LIST: Code = Code::new("empty-list");
const MANAGEMENT_EVERYWHERE: Code = Code::new("management-everywhere");
const INVALID_BUCKET_LIMIT: Code = Code::new("invalid-bucket-limit");
const INVALID_WEBHOOK: Code = Code::new("invalid-webhook");

#[cfg(test)]
mod tests {
    use std::prelude::rust_2024::*;
    use std::vec;

    use super::*;
    use crate::site::{Health, Mbps, Mode};

    fn line(id: &str, port: &str) -> LineDraft {
        LineDraft::new(id, port, Access::Dhcp, Mbps::new(100).unwrap())
    }

    fn pair() -> SiteDraft {
        SiteDraft::new(
            Mode::Failover,
            vec![line("isp1", "ether1"), line("isp2", "ether2")],
        )
    }

    /// Code and field of each fault
    fn faults(draft: SiteDraft) -> Vec<(String, String)> {
        let errors = draft.build().unwrap_err();
        let faults = errors.diagnostics().iter();
        faults
            .map(|fault| (fault.code.as_str().into(), fault.subjects[0].name().into()))
            .collect()
    }

    fn only(code: &str, field: &str) -> Vec<(String, String)> {
        vec![(code.into(), field.into())]
    }

    fn static_line(address: &str, gateway: &str) -> SiteDraft {
        let mut draft = pair();
        draft.lines[1].access = Access::Static {
            address: address.parse().unwrap(),
            gateway: gateway.parse().unwrap(),
        };
        draft
    }

    fn probing(first: &[&str], second: &[&str]) -> SiteDraft {
        let mut draft = pair();
        for (line, probes) in draft.lines.iter_mut().zip([first, second]) {
            line.probes = Some(probes.iter().map(|probe| probe.parse().unwrap()).collect());
        }
        draft
    }

    #[test]
    fn ports_and_the_number_of_lines_are_not_judged_here() {
        let twins = SiteDraft::new(Mode::LoadBalance, vec![line("a", "ether1"), line("b", "ether1")]);
        assert!(twins.build().is_ok());
        assert!(SiteDraft::new(Mode::Failover, vec![]).build().is_ok());
    }

    #[test]
    fn an_interface_is_not_called_every_other_one() {
        let mut draft = pair();
        draft.lines[1].interface = "!ether2".into();
        assert_eq!(faults(draft), only("invalid-name", "lines[1].interface"));
        let mut draft = pair();
        draft.lan = Lan::Interfaces(vec!["!bridge".into()]);
        assert_eq!(faults(draft), only("invalid-name", "lan[0]"));
        let mut draft = pair();
        draft.lines[1].label = Some("!fast!".into());
        assert!(draft.build().is_ok());
    }

    #[test]
    fn a_line_has_its_own_health_check_or_that_of_the_site() {
        let mut draft = pair();
        draft.health = Health::Gateway;
        draft.lines[1].health = Some(Health::Manual);
        let site = draft.build().unwrap();
        let checks: Vec<_> = site.lines().iter().map(Line::health).collect();
        assert_eq!(checks, [Health::Gateway, Health::Manual]);
    }

    #[test]
    fn every_fault_is_reported() {
        let mut draft = pair();
        draft.lines[0].id = "site".into();
        draft.lines[0].interface = "".into();
        draft.lines[1].label = Some("two\nlines".into());
        draft.dns = Dns::Servers(vec![]);
        draft.max_buckets = 65;
        let found = faults(draft);
        let fields: Vec<_> = found.iter().map(|(_, field)| field.as_str()).collect();
        assert_eq!(
            fields,
            [
                "lines[0].id",
                "lines[0].interface",
                "lines[1].label",
                "dns",
                "max_buckets"
            ]
        );
    }

    #[test]
    fn static_addresses_are_those_of_hosts() {
        assert!(static_line("198.51.100.2/24", "198.51.100.1").build().is_ok());
        assert!(static_line("198.51.100.2/31", "198.51.100.3").build().is_ok());
        assert!(
            static_line("198.51.100.2/32", "10.0.0.1").build().is_ok(),
            "the gateway may lie outside"
        );
        let address = only("invalid-address", "lines[1].access.address");
        assert_eq!(faults(static_line("198.51.100.0/24", "198.51.100.1")), address);
        assert_eq!(faults(static_line("198.51.100.255/24", "198.51.100.1")), address);
        let gateway = only("invalid-address", "lines[1].access.gateway");
        assert_eq!(faults(static_line("198.51.100.2/24", "198.51.100.2")), gateway);
        assert_eq!(faults(static_line("198.51.100.2/24", "224.0.0.1")), gateway);
    }

    #[test]
    fn a_client_is_not_called_like_its_port() {
        let over = |port: &str| {
            let mut draft = pair();
            draft.lines[1].access = Access::Pppoe(Some(Dial {
                port: port.into(),
                user: "jo".into(),
                password: None,
                service: None,
            }));
            draft
        };
        assert_eq!(
            faults(over("ether2")),
            only("client-is-port", "lines[1].access.port")
        );
        assert!(over("ether3").build().is_ok());
    }

    #[test]
    fn probe_hosts_are_two_a_line_and_shared_by_none() {
        assert!(
            probing(&["192.0.2.1", "192.0.2.2"], &["192.0.2.3", "192.0.2.4"])
                .build()
                .is_ok()
        );
        let shared = probing(&["192.0.2.1", "192.0.2.2"], &["192.0.2.3", "192.0.2.1"]);
        assert_eq!(faults(shared), only("shared-probe", "lines[1].probes[1]"));
        let single = probing(&["192.0.2.1"], &["192.0.2.3", "192.0.2.4"]);
        assert_eq!(faults(single), only("too-few-probes", "lines[0].probes"));
        let loopback = probing(&["192.0.2.1", "127.0.0.1"], &["192.0.2.3", "192.0.2.4"]);
        assert_eq!(faults(loopback), only("invalid-probe", "lines[0].probes[1]"));
    }

    #[test]
    fn a_probe_host_is_no_resolver_of_the_site() {
        let mut draft = probing(&["192.0.2.1", "192.0.2.2"], &["192.0.2.3", "192.0.2.4"]);
        draft.dns = Dns::Servers(vec!["192.0.2.4".parse().unwrap()]);
        assert_eq!(faults(draft), only("invalid-probe", "lines[1].probes[1]"));
    }

    #[test]
    fn a_lan_is_no_line() {
        let mut draft = pair();
        draft.lan = Lan::Interfaces(vec!["bridge".into(), "ether2".into(), "bridge".into()]);
        let found = faults(draft);
        assert_eq!(
            found,
            [
                only("line-on-lan", "lan[1]"),
                only("duplicate-interface", "lan[2]")
            ]
            .concat()
        );
    }

    #[test]
    fn management_is_kept_as_networks() {
        let mut draft = pair();
        draft.management = vec!["203.0.113.9/24".parse().unwrap()];
        let site = draft.clone().build().unwrap();
        assert_eq!(site.management(), ["203.0.113.0/24".parse().unwrap()]);
        draft.management.push("0.0.0.0/0".parse().unwrap());
        assert_eq!(faults(draft), only("management-everywhere", "management[1]"));
    }

    #[test]
    fn every_line_that_shares_the_load_has_a_bucket() {
        let lines = ["a", "b", "c"].map(|id| line(id, id)).to_vec();
        let mut draft = SiteDraft::new(Mode::LoadBalance, lines);
        draft.max_buckets = 2;
        assert_eq!(faults(draft.clone()), only("invalid-bucket-limit", "max_buckets"));
        draft.mode = Mode::Failover;
        assert!(draft.build().is_ok());
    }
}
