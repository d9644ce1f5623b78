//! A line stands on any kind of interface: what each must have in its plan.

use multi_isp::plan::{Options, PlanError, plan_apply};
use multi_isp::routeros::router::Router;
use multi_isp::routeros::version::Version;

use crate::emitted::Checker;
use crate::versions::{ROUTER, site};

/// Made by hand: interfaces that the router of every kind of access lacks, as exports show them.
const OTHERS: &str = "\
/interface ethernet set [ find default-name=sfp1 ] comment=fiber
/interface vlan add interface=ether5 name=vlan35 vlan-id=35
/interface bonding add mode=802.3ad name=bond1 slaves=ether6,ether7
/interface wireless set [ find default-name=wlan1 ] disabled=no mode=station ssid=tower
/interface gre add name=gre1 remote-address=192.0.2.9
/interface ethernet set [ find default-name=ether8 ] name=lte-stick
/interface lte set [ find default-name=lte2 ] name=lte2
/ip dhcp-client add add-default-route=yes default-route-distance=200 disabled=no interface=lte2
";

/// The same of RouterOS 7 alone.
const OTHERS_OF_7: &str = "\
/interface wifi set [ find default-name=wifi1 ] configuration.mode=station configuration.ssid=tower name=wifi1
/interface wireguard add name=wg1
";

/// Interface, access, and a part of the plan that brings the line up.
const KINDS: [(&str, &str, &str); 16] = [
    ("sfp1", DHCP, "/ip dhcp-client add interface=sfp1 "),
    (
        "sfp1",
        STATIC,
        "/ip address add address=203.0.113.6/29 interface=sfp1 ",
    ),
    ("vlan35", DHCP, "/ip dhcp-client add interface=vlan35 "),
    (
        "vlan35",
        STATIC,
        "/ip address add address=203.0.113.6/29 interface=vlan35 ",
    ),
    (
        "pppoe-v",
        PPPOE,
        "/interface pppoe-client add name=pppoe-v interface=vlan35 user=jo ",
    ),
    ("bond1", DHCP, "/ip dhcp-client add interface=bond1 "),
    (
        "bond1",
        STATIC,
        "/ip address add address=203.0.113.6/29 interface=bond1 ",
    ),
    ("wlan1", DHCP, "/ip dhcp-client add interface=wlan1 "),
    (
        "wlan1",
        STATIC,
        "/ip address add address=203.0.113.6/29 interface=wlan1 ",
    ),
    (
        "gre1",
        STATIC,
        "/ip address add address=203.0.113.6/29 interface=gre1 ",
    ),
    ("gre1", TUNNEL, "list=WAN interface=gre1 "),
    // A stick that calls itself a router: a port of its own, or a modem whose client somebody added.
    ("lte-stick", DHCP, "/ip dhcp-client add interface=lte-stick "),
    (
        "lte2",
        DHCP,
        "/ip dhcp-client set [find where interface=\"lte2\"] default-route-distance=",
    ),
    ("wifi1", DHCP, "/ip dhcp-client add interface=wifi1 "),
    (
        "wg1",
        STATIC,
        "/ip address add address=203.0.113.6/29 interface=wg1 ",
    ),
    ("wg1", TUNNEL, "list=WAN interface=wg1 "),
];

const DHCP: &str = r#"{"type":"dhcp"}"#;
const STATIC: &str = r#"{"type":"static","address":"203.0.113.6/29","gateway":"203.0.113.1"}"#;
const TUNNEL: &str = r#"{"type":"tunnel"}"#;
const PPPOE: &str = r#"{"type":"pppoe","port":"vlan35","user":"jo","password":"x"}"#;

const MODES: [(&str, &str); 3] = [
    ("failover", "link"),
    ("failover", "gateway"),
    ("load_balance_failover", "internet"),
];

fn router(version: Version) -> Router {
    let of_7 = if version.major == 7 { OTHERS_OF_7 } else { "" };
    let text = [ROUTER, OTHERS, of_7].concat();
    Router::from_export(text.as_bytes(), Some(version)).unwrap_or_else(|error| panic!("{}", error.render()))
}

/// Where routes over the line lead; `None` where none is ours, because the default of its client is the line's own.
fn hop(version: Version, interface: &str, access: &str, (mode, health): (&str, &str)) -> Option<String> {
    let gateway = match access {
        STATIC => "203.0.113.1",
        DHCP if (mode, health) == ("failover", "link") => return None,
        DHCP => "192.0.2.1",
        _ => return Some(format!("gateway={interface} ")),
    };
    let is_pinned = version.major == 7 || health != "internet";
    let pin = if is_pinned {
        format!("%{interface}")
    } else {
        String::new()
    };
    Some(format!("gateway={gateway}{pin} "))
}

/// Firewall list and NAT cover each line, routes over it name its gateway and it, or it alone where it leads to one peer, and
/// nothing of the interface itself is touched.
#[test]
fn a_line_stands_on_any_kind_of_interface() {
    let mut failures = Vec::new();
    for version in ["6.49.10", "7.9", "7.22.3"] {
        let version = Version::parse(version).unwrap();
        let router = router(version);
        let Some(checker) = Checker::of(version) else {
            return;
        };
        let exists = |name: &str| version.major == 7 || !["wifi1", "wg1"].contains(&name);
        for (interface, access, wanted) in KINDS.iter().filter(|(name, ..)| exists(name)) {
            for (mode, health) in MODES {
                let name = format!("{interface} {access} {mode} {health} on {version}");
                let site = site((mode, health, false), (interface, access));
                let plan = match plan_apply(&site, &router, &Options::default()) {
                    Ok(plan) => plan,
                    Err(error) => {
                        failures.push(format!("{name}: {error:#?}"));
                        continue;
                    }
                };
                let script = String::from_utf8(plan.script()).unwrap();
                let member = format!("/interface list member add list=WAN interface={interface} ");
                let hop = hop(version, interface, access, (mode, health));
                for part in [*wanted, &member, hop.as_deref().unwrap_or_default()] {
                    if !script.contains(part) {
                        failures.push(format!("{name}: no `{part}` in\n{script}"));
                    }
                }
                let touched = |kind: &&&str| {
                    ["set", "remove", "add"]
                        .iter()
                        .any(|verb| script.contains(&format!("/interface {kind} {verb} ")))
                };
                let kinds = [
                    "ethernet",
                    "vlan",
                    "bonding",
                    "wireless",
                    "wifi",
                    "gre",
                    "wireguard",
                    "lte",
                ];
                failures.extend(
                    kinds
                        .iter()
                        .filter(touched)
                        .map(|kind| format!("{name}: touches {kind}")),
                );
                let faults = checker.check(&plan.script()).faults;
                failures.extend(faults.iter().map(|fault| format!("{name}: {fault}")));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// The client of a HiLink stick is the router's own: no plan changes it, and none adds a second one beside it.
#[test]
fn the_client_of_a_stick_is_never_changed() {
    let rows = r#"{"/system/resource": {"version": "7.22.3 (stable)"},
        "/interface/ethernet": [{".id": "*1", "name": "ether1", "default-name": "ether1"}],
        "/interface/lte": [{".id": "*2", "name": "lte1"}],
        "/interface/bridge": [{".id": "*3", "name": "bridge"}],
        "/ip/address": [{".id": "*1", "address": "192.168.88.1/24", "interface": "bridge"}],
        "/ip/firewall/nat": [{".id": "*1", "chain": "srcnat", "action": "masquerade"}],
        "/ip/dhcp-client": [{".id": "*1", "interface": "ether1", "status": "bound", "gateway": "198.51.100.1"},
            {".id": "*80000001", "interface": "lte1", "dynamic": "true", "status": "bound", "gateway": "192.168.8.1"}]}"#;
    let live = Router::from_rest(rows.as_bytes(), None).unwrap();
    let export = [ROUTER, OTHERS].concat();
    let export = Router::from_export(export.as_bytes(), Some(Version::new(7, 22, 3))).unwrap();
    for router in [live, export] {
        for (mode, health) in MODES {
            let refused = plan_apply(
                &site((mode, health, false), ("lte1", DHCP)),
                &router,
                &Options::default(),
            );
            let Err(PlanError::Refused(report)) = &refused else {
                panic!("{refused:?}");
            };
            let codes: Vec<_> = report.errors().map(|found| found.code.as_str()).collect();
            assert_eq!(codes, ["dynamic-client"]);
        }
    }
}
