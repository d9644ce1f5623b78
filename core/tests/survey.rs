//! What a set-up form shows: the ports of a router and ISP 1.

use std::fs;

use multi_isp::plan::{Options, plan_apply};
use multi_isp::routeros::value::Value;
use multi_isp::survey::{Basis, DetectedAccess, InterfaceKind, PortState};
use multi_isp::{DetectedLine, Router, Script, Unknown, detect_line, ports};
use serde_json::json;

use crate::examples::{cases, router as example};
use crate::shared::shared;

fn export(text: &str) -> Router {
    Router::from_export(text.as_bytes(), None).unwrap_or_else(|error| panic!("{}", error.render()))
}

fn rest(json: serde_json::Value) -> Router {
    Router::from_rest(json.to_string().as_bytes(), None).unwrap()
}

fn shown(router: &Router, chosen: &[&str]) -> Vec<String> {
    let chosen: Vec<Value> = chosen.iter().map(|name| Value::from(*name)).collect();
    ports(router, &chosen)
        .ports
        .iter()
        .map(ToString::to_string)
        .collect()
}

fn offered(router: &Router, chosen: &[&str]) -> Vec<String> {
    let chosen: Vec<Value> = chosen.iter().map(|name| Value::from(*name)).collect();
    let ports = ports(router, &chosen).ports.into_iter();
    ports
        .filter(|port| port.state() != PortState::Taken)
        .map(|port| port.name.to_text().into_owned())
        .collect()
}

/// The interface of ISP 1, how it gets its address and why it is that one.
#[track_caller]
fn assert_line(router: &Router, interface: &str, access: DetectedAccess, basis: Basis) {
    let wanted = DetectedLine {
        interface: Value::from(interface),
        access,
        basis,
    };
    assert_eq!(detect_line(router), Some(wanted));
}

fn dhcp(gateway: Option<&str>) -> DetectedAccess {
    DetectedAccess::Dhcp {
        gateway: gateway.map(|text| text.parse().unwrap()),
    }
}

fn fixed(address: Option<&str>, gateway: &str) -> DetectedAccess {
    DetectedAccess::Static {
        address: address.map(Value::from),
        gateway: Some(gateway.parse().unwrap()),
    }
}

#[test]
fn the_home_router_has_its_cable_and_a_bridge() {
    let router = example("routers/hap-defconf-7.16.rsc");
    assert_line(&router, "ether1", dhcp(None), Basis::OnlyDefault);
    let expected = [
        "`ether1` is ISP 1",
        "`ether2` is on bridge `bridge`, from where applying takes it",
        "`ether3` is on bridge `bridge`, from where applying takes it",
        "`ether4` is on bridge `bridge`, from where applying takes it",
        "`ether5` is on bridge `bridge`, from where applying takes it",
        "`wifi1` runs an access point",
        "`wifi2` runs an access point",
    ];
    assert_eq!(shown(&router, &[]), expected);
    assert_eq!(offered(&router, &[]), ["ether2", "ether3", "ether4", "ether5"]);
}

#[test]
fn a_live_router_says_what_is_active_and_what_has_no_link() {
    let router = example("routers/hap-defconf-7.16.json");
    assert_line(&router, "ether1", dhcp(Some("192.168.1.1")), Basis::Active);
    let list = serde_json::to_value(ports(&router, &[]).ports).unwrap();
    assert_eq!(
        list[3],
        json!({
            "name": "ether4", "kind": "ethernet", "state": "usable",
            "reasons": [
                {"code": "on_bridge", "bridge": "bridge", "message": "is on bridge `bridge`, from where applying takes it"},
                {"code": "no_link", "message": "has no link"},
            ]
        })
    );
    assert_eq!(
        list[1]["reasons"].as_array().unwrap().len(),
        1,
        "ether2 has a link"
    );
    assert_eq!(
        serde_json::to_value(detect_line(&router)).unwrap(),
        json!({
            "interface": "ether1", "access": {"kind": "dhcp", "gateway": "192.168.1.1"},
            "basis": "active", "message": "its default route is active"
        })
    );
}

#[test]
fn a_provider_has_a_hotspot_and_pppoe_customers() {
    let router = example("routers/hex-hotspot-pppoe-7.20.rsc");
    assert_line(&router, "ether1", dhcp(None), Basis::OnlyDefault);
    let expected = [
        "`ether1` is ISP 1",
        "`ether3` is on the hotspot's bridge `bridge-hotspot`, from where applying takes it",
        "`ether4` is on bridge `bridge`, from where applying takes it",
        "`ether5` runs a PPPoE server",
    ];
    assert_eq!(shown(&router, &[]), expected);
    assert!(!router.ports_known(), "ether2 is as the factory made it");
}

#[test]
fn an_office_has_a_static_line_vlans_and_a_management_tunnel() {
    let router = example("routers/rb4011-vlans-wireguard-7.22.rsc");
    let access = fixed(Some("198.51.100.2/30"), "198.51.100.1");
    assert_line(&router, "ether1", access, Basis::OnlyDefault);
    let bridged = |name: &str| format!("`{name}` is on bridge `bridge`, from where applying takes it");
    let expected = [
        "`ether1` is ISP 1".to_owned(),
        "`ether2` is free".to_owned(),
        bridged("ether5"),
        bridged("ether6"),
        bridged("ether7"),
        bridged("ether8"),
        bridged("ether9"),
        bridged("ether10"),
        "`sfp-sfpplus1` is disabled, enable it before applying".to_owned(),
        "`vlan10-staff` has the address `10.10.0.1/24` of the router's own network".to_owned(),
        "`vlan20-guests` has the address `10.10.20.1/23` of the router's own network".to_owned(),
        "`vlan30-voice` has the address `10.10.30.1/24` of the router's own network".to_owned(),
        "`wg-portal` has the address `10.77.0.12/24` of the router's own network".to_owned(),
    ];
    assert_eq!(shown(&router, &[]), expected);
    assert_eq!(ports(&router, &[]).ports[8].kind, InterfaceKind::Sfp);
}

#[test]
fn a_usb_modem_is_a_line_behind_the_cable() {
    let router = example("routers/hap-6.49.rsc");
    assert_line(&router, "ether1", dhcp(None), Basis::LowestDistance);
    let list = shown(&router, &[]);
    assert_eq!(list[5], "`wlan1` runs an access point");
    assert_eq!(
        list[6],
        "`ppp-out1` is a line already: it has a default route of distance 2"
    );
    assert_eq!(list.len(), 7);
}

#[test]
fn a_chosen_port_is_not_offered_again() {
    let router = example("routers/hap-defconf-7.16.json");
    assert_eq!(offered(&router, &["ether2", "ether4"]), ["ether3", "ether5"]);
    assert_eq!(
        shown(&router, &["ether2"])[1],
        "`ether2` is chosen for another line"
    );
}

#[test]
fn a_planned_router_still_has_the_same_isp_1() {
    for case in cases() {
        let before = detect_line(&case.router).map(|line| line.interface);
        let Ok(plan) = plan_apply(&case.site, &case.router, &Options::default()) else {
            continue;
        };
        let script = Script::parse(&plan.script()).unwrap();
        let after = case.router.run(&script, &Unknown);
        assert!(after.error.is_none(), "{}", case.name);
        let line = detect_line(&after.router).map(|line| line.interface);
        assert_eq!(line, before, "{}", case.name);
        let first = case.site.lines()[0].interface().as_bytes();
        assert_eq!(line.unwrap().as_bytes(), first, "{}", case.name);
    }
}

#[test]
fn exports_of_the_corpus_have_the_isp_1_that_a_reader_finds() {
    let Some(folder) = shared("corpus") else { return };
    let mut loaded = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let Ok(router) = Router::from_export(&fs::read(&path).unwrap(), None) else {
            continue;
        };
        loaded += 1;
        let line = detect_line(&router);
        let list = ports(&router, &[]).ports;
        if let Some(line) = &line {
            assert!(
                list.iter()
                    .filter(|port| port.name == line.interface)
                    .all(|port| port.to_string().ends_with("is ISP 1")),
                "{name}"
            );
        }
        let found = line
            .as_ref()
            .map(|line| (line.interface.to_text(), line.basis, &line.access));
        if let Some((_, wanted)) = LINES_OF_THE_CORPUS
            .iter()
            .find(|(prefix, _)| name.starts_with(prefix))
        {
            assert_eq!(
                found.map(|(name, basis, _)| (name.into_owned(), basis)),
                wanted.map(|(name, basis)| (name.to_owned(), basis)),
                "{name}"
            );
        }
    }
    assert!(loaded >= LINES_OF_THE_CORPUS.len(), "{loaded}");
}

/// ISP 1 of the exports of the corpus, by the beginning of their names.
const LINES_OF_THE_CORPUS: [(&str, Option<(&str, Basis)>); 8] = [
    // A DHCP client of distance 1; Starlink's is a static route of distance 2.
    ("1b9c989f5c5e", Some(("ether1-pldt", Basis::LowestDistance))),
    ("216187d0d1d2", Some(("ether1-pldt", Basis::LowestDistance))),
    // An access point behind a router.
    ("513def175e24", Some(("VLAN_100", Basis::OnlyDefault))),
    // The fibre's port is on a bridge of its own.
    ("52769299866e", Some(("BR_ATT", Basis::OnlyDefault))),
    ("798a481c00b3", Some(("ether1", Basis::OnlyDefault))),
    ("85c5fe101987", Some(("ether1", Basis::OnlyDefault))),
    ("a6de764ca9a8", Some(("ether1", Basis::OnlyDefault))),
    // Two clients, distances 1 and 2.
    ("e8447c97ef02", Some(("ether1", Basis::LowestDistance))),
];

#[test]
fn the_port_of_isp_1s_bridge_is_not_offered() {
    let router = export(
        "/interface bridge\nadd name=bridge\n/interface bridge port\nadd bridge=bridge interface=ether1\n\
         add bridge=bridge interface=ether2\n/ip dhcp-client\nadd interface=bridge\n",
    );
    assert_line(&router, "bridge", dhcp(None), Basis::OnlyDefault);
    assert_eq!(
        shown(&router, &[])[0],
        "`ether1` carries `bridge`, which is ISP 1"
    );
    assert_eq!(offered(&router, &[]), [] as [&str; 0]);
}

#[test]
fn ports_that_a_switch_chip_joins_are_not_offered() {
    let router = export(
        "# mar/28/2019 12:57:18 by RouterOS 6.40.9\n\
         /interface ethernet\nset [ find default-name=ether2 ] name=ether2-master\n\
         set [ find default-name=ether3 ] master-port=ether2-master\n\
         set [ find default-name=ether4 ] comment=roof\n/ip dhcp-client\nadd disabled=no interface=ether1\n",
    );
    let expected = [
        "`ether1` is ISP 1",
        "`ether2-master` is switched together with `ether3`",
        "`ether3` is switched together with `ether2-master`",
        "`ether4` is free",
    ];
    let mut list = shown(&router, &[]);
    list.sort();
    assert_eq!(list, expected);
}

#[test]
fn pppoe_over_a_vlan_over_a_bonding_takes_all_ports_below() {
    let router = export(
        "/interface bonding\nadd name=bond1 slaves=ether1,ether2\n\
         /interface vlan\nadd interface=bond1 name=vlan35 vlan-id=35\nadd interface=bond1 name=vlan36 vlan-id=36\n\
         /interface ethernet\nset [ find default-name=ether1 ] comment=a\nset [ find default-name=ether2 ] comment=b\n\
         /interface pppoe-client\nadd add-default-route=yes disabled=no interface=vlan35 name=pppoe-out1 user=jo\n\
         add interface=ether7 name=pppoe-out2 user=jo\n",
    );
    let access = DetectedAccess::Pppoe {
        over: Some(Value::from("vlan35")),
    };
    assert_line(&router, "pppoe-out1", access, Basis::OnlyDefault);
    let expected = [
        "`ether1` carries `pppoe-out1`, which is ISP 1",
        "`ether2` carries `pppoe-out1`, which is ISP 1",
        "`ether7` is free",
        "`vlan35` carries `pppoe-out1`, which is ISP 1",
        "`vlan36` is free",
        "`bond1` carries `pppoe-out1`, which is ISP 1",
        "`pppoe-out1` is ISP 1",
        "`pppoe-out2` is disabled, enable it before applying",
    ];
    assert_eq!(shown(&router, &[]), expected);
    assert_eq!(
        shown(&router, &["vlan36"])[5],
        "`bond1` carries `pppoe-out1`, which is ISP 1"
    );
    assert_eq!(
        offered(
            &export(
                "/interface bonding\nadd name=bond1 slaves=ether1,ether2\n/interface ethernet\nset [ find default-name=ether1 ] comment=a\n"
            ),
            &[]
        ),
        ["bond1"]
    );
}

#[test]
fn an_lte_modem_is_a_line_and_a_radio_is_one_as_a_station() {
    let router = export(
        "/interface lte apn\nadd apn=internet default-route-distance=1 name=mobile\n\
         /interface lte\nset [ find default-name=lte1 ] apn-profiles=mobile\n\
         /interface wireless\nset [ find default-name=wlan1 ] disabled=no mode=station\n\
         set [ find default-name=wlan2 ] disabled=no mode=ap-bridge\n",
    );
    assert_line(&router, "lte1", DetectedAccess::Lte, Basis::OnlyDefault);
    assert_eq!(offered(&router, &[]), ["wlan1"]);
    let factory = export(
        "/interface lte\nset [ find default-name=lte1 ] comment=roof\n/ip dhcp-client\nadd interface=ether1\n",
    );
    assert_line(&factory, "ether1", dhcp(None), Basis::LowestDistance);
    assert_eq!(
        shown(&factory, &[])[1],
        "`lte1` is a line already: it has a default route of distance 2"
    );
}

#[test]
fn a_stick_that_shows_up_as_dhcp_is_a_dhcp_line() {
    let router = export(
        "/interface lte\nset [ find default-name=lte1 ] comment=stick\n/ip dhcp-client\nadd interface=lte1\n",
    );
    assert_line(&router, "lte1", dhcp(None), Basis::OnlyDefault);
}

#[test]
fn a_static_copy_of_a_leased_default_is_the_line_of_the_lease() {
    let copy = "/ip dhcp-client\nadd add-default-route=no interface=ether1\n\
        /ip route\nadd check-gateway=ping distance=1 gateway=192.0.2.1\n";
    assert_line(
        &export(copy),
        "ether1",
        dhcp(Some("192.0.2.1")),
        Basis::OnlyDefault,
    );
    let two = format!("{copy}/ip dhcp-client\nadd add-default-route=no interface=ether2\n");
    assert_eq!(detect_line(&export(&two)), None, "it could be either");
}

#[test]
fn recursive_routes_lead_to_the_line_of_their_probe() {
    let router = export(
        "/ip address\nadd address=198.51.100.2/30 interface=ether2\nadd address=203.0.113.2/30 interface=ether1\n\
         /ip route\nadd dst-address=1.1.1.1/32 gateway=198.51.100.1 scope=10\n\
         add dst-address=9.9.9.9/32 gateway=203.0.113.1%ether1 scope=10\n\
         add distance=2 dst-address=0.0.0.0/0 gateway=9.9.9.9 target-scope=11\n\
         add dst-address=0.0.0.0/0 gateway=1.1.1.1 target-scope=11\n\
         add dst-address=0.0.0.0/0 distance=254 blackhole\n\
         add dst-address=0.0.0.0/0 gateway=203.0.113.1 routing-table=guests\n",
    );
    let access = fixed(Some("198.51.100.2/30"), "198.51.100.1");
    assert_line(&router, "ether2", access, Basis::LowestDistance);
    let circle = export(
        "/ip route\nadd dst-address=1.1.1.1/32 gateway=9.9.9.9\nadd dst-address=9.9.9.9/32 gateway=1.1.1.1\nadd gateway=1.1.1.1\n",
    );
    assert_eq!(detect_line(&circle), None);
}

#[test]
fn what_routeros_6_says_of_a_gateway_is_read() {
    let status = |text: &str| {
        let router = rest(json!({
            "/ip/route": [{".id": "*1", "active": "true", "dst-address": "0.0.0.0/0", "gateway": "1.1.1.1", "gateway-status": text}],
        }));
        detect_line(&router).map(|line| (line.interface.to_text().into_owned(), line.access))
    };
    let line = |gateway| Some(("ether1".to_owned(), fixed(None, gateway)));
    assert_eq!(status("1.1.1.1 reachable via  ether1"), line("1.1.1.1"));
    assert_eq!(
        status("1.1.1.1 recursive via 192.0.2.1 ether1"),
        line("192.0.2.1")
    );
    // Real words of 6.x: of a route over a PPPoE session, of two gateways, and of one that does not answer.
    let over = |text: &str| status(text).map(|(interface, _)| interface);
    assert_eq!(over("pppoe-out1 reachable").as_deref(), Some("pppoe-out1"));
    assert_eq!(
        over("1.1.1.1 reachable via  ether6 -  INTERNET 2015").as_deref(),
        Some("ether6 -  INTERNET 2015")
    );
    assert_eq!(
        over("1.1.1.1 recursive via 192.0.2.1 wan 2").as_deref(),
        Some("wan 2")
    );
    assert_eq!(
        over("1.1.1.1 reachable via  ether1,2.2.2.2 unreachable").as_deref(),
        Some("ether1")
    );
    assert_eq!(over("1.1.1.1 unreachable"), None);
}

#[test]
fn equal_distances_are_told() {
    let router = export("/ip dhcp-client\nadd interface=ether2\nadd interface=ether1\n");
    assert_line(&router, "ether2", dhcp(None), Basis::FirstOfEqual);
}

#[test]
fn the_active_default_counts_more_than_its_distance() {
    let clients = json!([
        {".id": "*1", "interface": "ether1", "status": "searching...", "disabled": "false"},
        {".id": "*2", "interface": "ether2", "status": "bound", "gateway": "10.0.0.1", "default-route-distance": "2", "disabled": "false"},
    ]);
    let on_backup = rest(json!({
        "/interface": [{"name": "ether1", "type": "ether", "running": "true"}, {"name": "ether2", "type": "ether", "running": "true"}],
        "/ip/dhcp-client": clients,
        "/ip/route": [{".id": "*80000001", "active": "true", "dynamic": "true", "distance": "2", "dst-address": "0.0.0.0/0", "gateway": "10.0.0.1", "routing-table": "main"}],
    }));
    assert_line(&on_backup, "ether2", dhcp(Some("10.0.0.1")), Basis::Active);
    let without_routes = rest(json!({"/ip/dhcp-client": clients}));
    assert_line(
        &without_routes,
        "ether2",
        dhcp(Some("10.0.0.1")),
        Basis::LowestDistance,
    );
    let cut_off = rest(json!({
        "/ip/dhcp-client": [{".id": "*1", "interface": "ether1", "status": "searching...", "disabled": "false"}],
        "/ip/route": [{".id": "*80000001", "active": "true", "dynamic": "true", "dst-address": "192.168.88.0/24", "gateway": "bridge"}],
    }));
    assert_line(&cut_off, "ether1", dhcp(None), Basis::NoneActive);
}

#[test]
fn active_defaults_over_two_lines_are_told() {
    let route = |id: &str, port: &str| {
        json!({".id": id, "active": "true", "ecmp": "true", "dst-address": "0.0.0.0/0", "gateway": "10.0.0.1",
               "immediate-gw": format!("10.0.0.1%{port}"), "routing-table": "main"})
    };
    let router = rest(json!({
        "/ip/route": [route("*1", "ether3"), route("*2", "ether4")],
        "/ip/address": [{".id": "*3", "address": "10.0.0.2/24", "interface": "ether3"}],
    }));
    let access = fixed(Some("10.0.0.2/24"), "10.0.0.1");
    assert_line(&router, "ether3", access, Basis::FirstOfActive);
}

#[test]
fn names_of_any_bytes_are_ports() {
    let router = export("/interface ethernet\nset [ find default-name=ether2 ] name=\"\\CA\\E0`\"\n");
    let port = ports(&router, &[]).ports.remove(0);
    assert_eq!(port.name.as_bytes(), b"\xCA\xE0`");
    assert_eq!(
        serde_json::to_value(&port).unwrap()["name"],
        json!({"hex": "cae060"})
    );
    assert_eq!(ports(&router, &[port.name]).ports[0].state(), PortState::Taken);
}

#[test]
fn a_router_without_rows_has_neither_ports_nor_a_line() {
    assert_eq!(ports(&export(""), &[]).ports, []);
    assert_eq!(detect_line(&export("")), None);
}

#[test]
fn on_routeros_6_a_gateway_that_is_not_reached_is_down() {
    let router = |first: &str, second: &str| {
        rest(json!({
            "/ip/address": [
                {"address": "192.0.2.2/30", "interface": "ether1"},
                {"address": "198.51.100.2/30", "interface": "ether2"}],
            "/ip/route": [
                {".id": "*1", "distance": "1", "gateway": "192.0.2.1", "gateway-status": first},
                {".id": "*2", "distance": "2", "gateway": "198.51.100.1", "gateway-status": second},
                {".id": "*3", "distance": "1", "gateway": "198.51.100.1", "routing-mark": "guests"}],
        }))
    };
    let found = |first: &str, second: &str| {
        detect_line(&router(first, second)).map(|line| line.interface.to_text().into_owned())
    };
    let (one, two) = (
        "192.0.2.1 reachable via  ether1",
        "198.51.100.1 reachable via  ether2",
    );
    assert_eq!(found(one, two).as_deref(), Some("ether1"));
    assert_eq!(found("192.0.2.1 unreachable", two).as_deref(), Some("ether2"));
    assert_eq!(found(one, "198.51.100.1 unreachable").as_deref(), Some("ether1"));
}

#[test]
fn lines_of_every_kind_are_told_on_routeros_6() {
    const HEAD: &str = "# jan/05/2026 10:00:00 by RouterOS 6.49.10\n";
    let of = |text: &str| detect_line(&export(&[HEAD, text].concat()));
    let told = |text: &str| of(text).map(|line| (line.interface.to_text().into_owned(), line.access));
    assert_eq!(
        told(
            "/interface pppoe-client\nadd add-default-route=yes disabled=no interface=ether1 name=pppoe-out1 user=jo\n"
        ),
        Some((
            "pppoe-out1".into(),
            DetectedAccess::Pppoe {
                over: Some("ether1".into())
            }
        ))
    );
    // A client of 6.x is disabled where it does not say that it is not, and adds no default where it does not say that it does.
    assert_eq!(
        told("/interface pppoe-client\nadd add-default-route=yes interface=ether1 name=pppoe-out1\n"),
        None
    );
    assert_eq!(told("/ip dhcp-client\nadd interface=ether1\n"), None);
    assert_eq!(
        told("/interface ppp-client\nadd apn=internet disabled=no name=ppp-out1 port=usb1\n"),
        Some(("ppp-out1".into(), DetectedAccess::Ppp))
    );
    assert_eq!(
        told("/interface ppp-client\nadd apn=internet name=ppp-out1 port=usb1\n"),
        None
    );
    assert_eq!(
        told("/interface lte\nset [ find ] mac-address=AC:FF:FF:00:00:00 name=lte1\n"),
        Some(("lte1".into(), DetectedAccess::Lte))
    );
    // The factory's profile has distance 2, one of the router's own another.
    let beside = "/ip dhcp-client\nadd default-route-distance=2 disabled=no interface=ether1\n";
    let modem = |distance: u8| {
        told(&format!(
            "/interface lte\nset [ find ] apn-profiles=mobile name=lte1\n\
             /interface lte apn\nadd apn=internet default-route-distance={distance} name=mobile\n{beside}"
        ))
    };
    assert_eq!(modem(1), Some(("lte1".into(), DetectedAccess::Lte)));
    assert_eq!(modem(3), Some(("ether1".into(), dhcp(None))));
    // A marked default is of a table of its own, even where it is nearer.
    assert_eq!(
        told(&format!(
            "/ip route\nadd distance=1 gateway=pppoe-out9 routing-mark=guests\n{beside}"
        )),
        Some(("ether1".into(), dhcp(None)))
    );
    // A probe and the default over it lead to the line of the probe.
    assert_eq!(
        told(
            "/ip address\nadd address=198.51.100.2/30 interface=ether3 network=198.51.100.0\n/ip route\n\
             add check-gateway=ping distance=1 gateway=9.9.9.10\nadd distance=1 dst-address=9.9.9.10/32 gateway=198.51.100.1 scope=10\n\
             add distance=1 dst-address=9.9.9.10/32 gateway=203.0.113.1 routing-mark=guests\n"
        ),
        Some(("ether3".into(), fixed(Some("198.51.100.2/30"), "198.51.100.1")))
    );
}
