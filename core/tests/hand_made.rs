//! Routers that somebody set up by hand, each with one thing that a plan must not stumble over.
//!
//! All are made by hand: a bridge with customers, `WAN` and `LAN` lists, a firewall like that of the factory, and what the
//! case adds. Every plan is proven by `plan_apply` itself; here stands what it must say.

use std::format as f;

use multi_isp::plan::{Change, Options, Plan, PlanError, plan_apply, plan_disable};
use multi_isp::routeros::router::{Router, Unknown};
use multi_isp::routeros::syntax::Script;
use multi_isp::routeros::version::Version;
use multi_isp::site::Site;

use crate::office::{MASQUERADE, OFFICE};

/// The line that works today is one of those that the firewall knows.
const ON_WAN: &str = "/interface list member add interface=ether1 list=WAN\n";
const CLIENT: &str = "/ip dhcp-client add interface=ether1\n";
const STATIC: &str = "/ip address add address=198.51.100.2/30 interface=ether1\n\
    /ip route add dst-address=0.0.0.0/0 gateway=198.51.100.1\n";

const DHCP: &str = r#"{"type":"dhcp"}"#;
const FIRST: &str = r#"{"type":"static","address":"198.51.100.2/30","gateway":"198.51.100.1"}"#;
const SECOND: &str = r#"{"type":"static","address":"203.0.113.6/29","gateway":"203.0.113.1"}"#;

fn router(parts: &[&str]) -> Router {
    let export = [OFFICE, ON_WAN, &parts.concat()].concat();
    Router::from_export(export.as_bytes(), Some(Version::new(7, 22, 3)))
        .unwrap_or_else(|error| panic!("{error}\n{export}"))
}

fn site(mode: &str, health: &str, a: &str, b: &str) -> Site {
    let json = f!(
        r#"{{"schema":"multi-isp/site/1","mode":"{mode}","health":"{health}","lines":[
        {{"id":"a","interface":"ether1","access":{a},"mbps":100}},
        {{"id":"b","interface":"ether2","access":{b},"mbps":50}}]}}"#
    );
    Site::from_json(json.as_bytes()).expect("a site of these tests is well-formed")
}

fn planned(site: &Site, router: &Router) -> Plan {
    plan_apply(site, router, &Options::default()).unwrap_or_else(|error| panic!("{error:#?}"))
}

fn applied(router: &Router, plan: &Plan) -> Router {
    let outcome = router.run(&Script::parse(&plan.script()).expect("it parses"), &Unknown);
    assert!(outcome.error.is_none(), "{:?}", outcome.error);
    outcome.router
}

fn applied_again(router: &Router, site: &Site) -> Router {
    applied(router, &planned(site, router))
}

/// The plan's commands that change `menu`, in their order.
fn commands(plan: &Plan, menu: &str) -> Vec<String> {
    let of_menu = plan
        .steps()
        .iter()
        .filter(|step| step.change.menu() == Some(menu));
    of_menu
        .map(|step| String::from_utf8(step.change.command()).expect("ASCII"))
        .collect()
}

fn disabled(router: &Router) -> Router {
    applied(
        router,
        &plan_disable(router, &Options::default()).expect("it can be disabled"),
    )
}

#[test]
fn a_client_that_was_off_stays_on_while_its_line_is_wanted() {
    let router = router(&[
        MASQUERADE,
        CLIENT,
        "/ip dhcp-client add interface=ether2 disabled=yes\n",
    ]);
    let plan = planned(&site("failover", "internet", DHCP, DHCP), &router);
    let clients = commands(&plan, "/ip/dhcp-client");
    // Its default must never come up beside that of ISP 1: the distance moves in the same command, and first.
    assert!(clients[1].contains("default-route-distance=202"), "{clients:#?}");
    assert!(clients[1].ends_with("disabled=no"), "{clients:#?}");
    let applied = applied(&router, &plan);
    assert!(planned(&site("failover", "internet", DHCP, DHCP), &applied).is_empty());
    assert!(disabled(&applied).diff(&router).is_empty());
}

#[test]
fn the_old_default_is_not_taken_for_one_of_ours() {
    let router = router(&[
        MASQUERADE,
        "/ip address add address=198.51.100.2/30 interface=ether1\n",
        "/ip route add dst-address=0.0.0.0/0 gateway=198.51.100.1%ether1\n",
    ]);
    let plan = planned(&site("load_balance_failover", "gateway", FIRST, SECOND), &router);
    let applied = applied(&router, &plan);
    let distances = |comment: &str| {
        let rows = applied
            .table("/ip/route")
            .iter()
            .filter(|row| row.is("comment", comment));
        rows.map(|row| row.text("distance").expect("it is written").into_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(distances(""), ["201"]);
    assert_eq!(distances("multi-isp:main:a:1"), ["2"]);
    assert_eq!(distances("multi-isp:own:a:1"), ["1"]);
}

#[test]
fn a_port_leaves_the_list_that_bridges_it_and_no_other() {
    let router = router(&[
        MASQUERADE,
        CLIENT,
        "/interface list add name=BR\n/interface bridge port add bridge=bridge interface=BR\n",
        "/interface list member add interface=ether2 list=BR\n",
    ]);
    let applied = applied(
        &router,
        &planned(&site("failover", "internet", DHCP, DHCP), &router),
    );
    let members = applied
        .table("/interface/list/member")
        .iter()
        .filter(|row| row.is("interface", "ether2"));
    let lists: Vec<String> = members
        .map(|row| row.text("list").expect("it has one").into_owned())
        .collect();
    assert_eq!(lists, ["WAN"]);
}

#[test]
fn lines_in_another_order_keep_firewall_and_nat() {
    let router = router(&[MASQUERADE, STATIC]);
    let first = applied(
        &router,
        &planned(&site("failover", "internet", FIRST, DHCP), &router),
    );
    let turned = f!(r#"{{"schema":"multi-isp/site/1","mode":"failover","lines":[
        {{"id":"b","interface":"ether2","access":{DHCP},"mbps":50}},
        {{"id":"a","interface":"ether1","access":{FIRST},"mbps":100}}]}}"#);
    let turned = Site::from_json(turned.as_bytes()).expect("it is well-formed");
    let applied = applied(&first, &planned(&turned, &first));
    let is_member = |interface: &str| {
        let mut members = applied.table("/interface/list/member").iter();
        members.any(|row| row.is("interface", interface) && row.is("list", "WAN"))
    };
    assert!(is_member("ether1") && is_member("ether2"));
    assert!(disabled(&applied).diff(&router).is_empty());
}

#[test]
fn source_nat_of_one_line_covers_no_other() {
    let balanced = site("load_balance_failover", "internet", FIRST, SECOND);
    for (rule, expected) in [
        // A masquerade for all lines is enough; `src-nat` gives the address of ISP 1, and would take our packets.
        (MASQUERADE, vec![]),
        (
            "/ip firewall nat add action=src-nat chain=srcnat src-address=192.168.88.0/24 to-addresses=198.51.100.2\n",
            vec![
                "src-address=192.168.88.0/24 comment=multi-isp:nat:b:1 place-before=[:pick [/ip firewall nat find where dynamic=no] 0]",
            ],
        ),
        (
            "/ip firewall nat add action=masquerade chain=srcnat src-address=192.168.88.0/24 out-interface=ether1\n\
             /ip firewall nat add action=masquerade chain=srcnat src-address=192.168.99.0/24 out-interface=ether1\n",
            vec![
                "src-address=192.168.88.0/24 comment=multi-isp:nat:b:1",
                "src-address=192.168.99.0/24 comment=multi-isp:nat:b:2",
            ],
        ),
        (
            "/ip firewall nat add action=masquerade chain=srcnat dst-address-list=!private out-interface=ether1 src-address-list=cust\n",
            vec!["src-address-list=cust comment=multi-isp:nat:b:1"],
        ),
    ] {
        let plan = planned(&balanced, &router(&[STATIC, rule]));
        let start =
            "/ip firewall nat add chain=srcnat out-interface=ether2 ipsec-policy=out,none action=masquerade ";
        let expected: Vec<String> = expected.into_iter().map(|end| [start, end].concat()).collect();
        assert_eq!(commands(&plan, "/ip/firewall/nat"), expected, "{rule}");
    }
}

#[test]
fn what_the_router_takes_for_itself_is_never_marked() {
    let rules = "/ip firewall nat add action=redirect chain=dstnat in-interface=bridge protocol=tcp dst-port=80 to-ports=8080\n";
    let plan = planned(
        &site("load_balance_failover", "internet", FIRST, SECOND),
        &router(&[MASQUERADE, STATIC, rules]),
    );
    let bypass = |plan: &Plan, matcher: &str| {
        commands(plan, "/ip/firewall/mangle")
            .iter()
            .any(|rule| rule.contains("action=return") && rule.contains(matcher))
    };
    assert!(bypass(&plan, "protocol=tcp dst-port=80"));

    let hotspot = "/ip hotspot add interface=bridge name=hs1 disabled=no\n";
    let plan = planned(
        &site("load_balance_failover", "internet", DHCP, DHCP),
        &router(&[MASQUERADE, CLIENT, hotspot]),
    );
    assert!(bypass(&plan, "in-interface=bridge hotspot=!auth"));
    assert!(bypass(&plan, "protocol=udp dst-port=53") && bypass(&plan, "protocol=tcp dst-port=53"));
    assert!(
        commands(&plan, "/ip/firewall/nat")
            .iter()
            .any(|rule| rule.contains("chain=pre-hotspot dst-address-type=!local hotspot=auth"))
    );
}

#[test]
fn customers_with_public_addresses_are_local() {
    let routed = "/ip route add dst-address=192.0.2.64/27 gateway=192.168.88.9\n/ip pool add name=pub ranges=203.0.113.10-203.0.113.200\n";
    let plan = planned(
        &site("load_balance_failover", "internet", FIRST, DHCP),
        &router(&[MASQUERADE, STATIC, routed]),
    );
    let local = commands(&plan, "/ip/firewall/address-list");
    for address in ["192.0.2.64/27", "203.0.113.10-203.0.113.200"] {
        assert!(
            local.iter().any(|row| row.contains(&f!("address={address} "))),
            "{address}: {local:#?}"
        );
    }
}

#[test]
fn another_check_gives_the_routes_another_next_hop() {
    let router = router(&[MASQUERADE, CLIENT]);
    let internet = applied(
        &router,
        &planned(&site("failover", "internet", DHCP, DHCP), &router),
    );
    let plan = planned(&site("failover", "gateway", DHCP, DHCP), &internet);
    let gateway = applied(&internet, &plan);
    let main = gateway
        .table("/ip/route")
        .find_by("comment", "multi-isp:main:a:1")
        .expect("it is there");
    assert!(
        main.is("gateway", "192.0.2.1%ether1") && main.disabled(),
        "it waits for its lease: {main:?}"
    );
    let seeds = plan.steps().iter().filter(
        |step| matches!(&step.change, Change::Run { script } if script.shown().to_text().contains("status=bound")),
    );
    assert_eq!(
        seeds.count(),
        2,
        "clients that are bound already do not run their new scripts"
    );
}

#[test]
fn ours_line_up_behind_the_default_in_use() {
    for (health, client, distances) in [
        (
            "internet",
            "/ip dhcp-client add interface=ether1 default-route-distance=10\n",
            ["11", "12"],
        ),
        ("gateway", "/ip dhcp-client add interface=ether1\n", ["2", "3"]),
    ] {
        let plan = planned(
            &site("failover", health, DHCP, DHCP),
            &router(&[MASQUERADE, client]),
        );
        let routes = commands(&plan, "/ip/route");
        for (line, distance) in ["a", "b"].iter().zip(distances) {
            let main = routes
                .iter()
                .find(|route| route.contains(&f!("multi-isp:main:{line}:1")))
                .expect("it is added");
            assert!(main.contains(&f!(" distance={distance} ")), "{main}");
        }
    }
}

#[test]
fn a_line_whose_client_adds_no_default_gets_one() {
    let client = "/ip dhcp-client add interface=ether2 add-default-route=no\n";
    let plan = planned(
        &site("failover", "link", DHCP, DHCP),
        &router(&[MASQUERADE, CLIENT, client]),
    );
    assert!(
        commands(&plan, "/ip/route")
            .iter()
            .any(|route| route.contains("multi-isp:main:b:1")),
        "{}",
        plan.summary()
    );
}

#[test]
fn forwarded_connections_answer_over_their_line() {
    let forward = "/ip firewall nat add action=dst-nat chain=dstnat in-interface-list=WAN protocol=tcp dst-port=8443 to-addresses=192.168.88.10\n";
    let failover = site("failover", "internet", FIRST, SECOND);
    let marks = |parts: &[&str]| commands(&planned(&failover, &router(parts)), "/ip/firewall/mangle");
    assert!(
        marks(&[MASQUERADE, STATIC, forward])
            .iter()
            .any(|rule| rule.contains("multi-isp:ingress:b:1"))
    );
    assert!(marks(&[MASQUERADE, STATIC]).is_empty());
}

#[test]
fn an_admins_lease_script_goes_on_running_and_comes_out_as_he_left_it() {
    let router = router(&[
        MASQUERADE,
        "/ip dhcp-client add interface=ether1 script=\":log info mine\"\n",
    ]);
    let applied = applied(
        &router,
        &planned(&site("failover", "internet", DHCP, DHCP), &router),
    );
    let script = |router: &Router| {
        let client = router
            .table("/ip/dhcp-client")
            .find_by("interface", "ether1")
            .expect("it is there");
        client.text("script").expect("it has one").into_owned()
    };
    assert!(
        script(&applied).starts_with("# multi-isp: begin\n")
            && script(&applied).ends_with("# multi-isp: end\n:log info mine")
    );

    let edit = Script::parse(br#"/ip dhcp-client set [find where interface=ether1] script=([/ip dhcp-client get [find where interface=ether1] script] . "\n:log info more")"#);
    let edited = applied.run(&edit.expect("it parses"), &Unknown);
    assert!(edited.error.is_none(), "{:?}", edited.error);
    assert!(
        planned(&site("failover", "internet", DHCP, DHCP), &edited.router).is_empty(),
        "his part is his"
    );
    assert_eq!(
        script(&disabled(&edited.router)),
        ":log info mine\n:log info more"
    );
}

#[test]
fn rows_that_cannot_be_told_apart_are_refused() {
    let twins = "/ip route add dst-address=0.0.0.0/0 gateway=198.51.100.1 distance=5\n";
    let refused = plan_apply(
        &site("failover", "internet", FIRST, SECOND),
        &router(&[MASQUERADE, STATIC, twins]),
        &Options::default(),
    );
    assert!(
        matches!(&refused, Err(PlanError::AmbiguousRow { menu, .. }) if menu == "/ip/route"),
        "{refused:?}"
    );
}

#[test]
fn the_first_recorded_original_is_never_overwritten() {
    let router = router(&[
        MASQUERADE,
        "/ip dhcp-client add interface=ether1 default-route-distance=7\n",
    ]);
    let wanted = site("failover", "internet", DHCP, DHCP);
    let first = applied(&router, &planned(&wanted, &router));
    let edit = Script::parse(b"/ip dhcp-client set [find where interface=ether1] default-route-distance=3")
        .expect("it parses");
    let edited = first.run(&edit, &Unknown).router;
    let again = applied(&edited, &planned(&wanted, &edited));
    assert!(
        disabled(&again).diff(&router).is_empty(),
        "7 is what stood there first"
    );
}

#[test]
fn the_jump_stands_behind_the_routers_own_rules() {
    let rows = r#"{"/system/resource": [{"version": "7.22.3 (stable)"}], "/ip/firewall/mangle": [
        {".id": "*80000001", "dynamic": "true", "chain": "prerouting", "action": "passthrough"},
        {".id": "*1", "chain": "prerouting", "action": "mark-packet", "new-packet-mark": "q", "passthrough": "true"}],
        "/ip/address": [{".id": "*1", "address": "192.168.88.1/24", "interface": "bridge"}]}"#;
    let router = Router::from_rest(rows.as_bytes(), None).expect("it loads");
    let mut wanted = site("load_balance", "link", SECOND, DHCP).to_json();
    wanted = wanted.replace("ether1", "ether5");
    let wanted = Site::from_json(wanted.as_bytes()).expect("it is well-formed");
    let applied = applied(&router, &planned(&wanted, &router));
    let chain = applied
        .table("/ip/firewall/mangle")
        .iter()
        .filter(|row| row.is("chain", "prerouting"));
    let order: Vec<String> = chain
        .map(|row| row.text("action").expect("it has one").into_owned())
        .collect();
    assert_eq!(order, ["passthrough", "jump", "mark-packet"]);
    assert!(planned(&wanted, &applied).is_empty());
}

#[test]
fn resolvers_are_set_on_a_router_whose_export_has_none() {
    let json = site("failover", "internet", DHCP, DHCP).to_json().replace(
        r#""management":[]"#,
        r#""management":[],"dns":["1.1.1.1","8.8.8.8"]"#,
    );
    let wanted = Site::from_json(json.as_bytes()).expect("it is well-formed");
    let router = router(&[MASQUERADE, CLIENT]);
    let plan = planned(&wanted, &router);
    assert_eq!(
        commands(&plan, "/ip/dns"),
        ["/ip dns set servers=1.1.1.1,8.8.8.8"]
    );
    assert!(disabled(&applied(&router, &plan)).diff(&router).is_empty());
}

#[test]
fn a_row_with_a_name_of_ours_is_refused_by_name() {
    let taken = "/routing table add name=multi-isp-a fib\n";
    let balanced = site("load_balance_failover", "internet", FIRST, SECOND);
    let refused = plan_apply(
        &balanced,
        &router(&[MASQUERADE, STATIC, taken]),
        &Options::default(),
    );
    assert!(
        matches!(&refused, Err(PlanError::NameTaken { menu, row }) if menu == "/routing/table" && row.contains("multi-isp-a")),
        "{refused:?}"
    );
}

#[test]
fn rows_that_come_before_a_foreign_one_keep_their_order() {
    let rules = "/ip firewall nat add action=src-nat chain=srcnat src-address=192.168.88.0/24 to-addresses=198.51.100.2\n\
        /ip firewall nat add action=src-nat chain=srcnat src-address=192.168.99.0/24 to-addresses=198.51.100.2\n";
    let router = router(&[STATIC, rules]);
    let applied = applied(
        &router,
        &planned(&site("failover", "internet", FIRST, SECOND), &router),
    );
    let nat = applied.table("/ip/firewall/nat").iter();
    let order: Vec<String> = nat
        .map(|row| {
            row.text("comment")
                .map_or("theirs".to_owned(), |own| own.into_owned())
        })
        .collect();
    assert_eq!(
        order,
        ["multi-isp:nat:b:1", "multi-isp:nat:b:2", "theirs", "theirs"]
    );
}

/// What stands before the lines that a portal and an operator add.
const DEFCONF: &str = "/interface bridge port add bridge=bridge interface=ether2\n\
    /interface bridge port add bridge=bridge interface=ether5\n";

#[test]
fn ports_that_stand_beside_each_other_leave_their_bridge() {
    let router = router(&[MASQUERADE, CLIENT, DEFCONF]);
    let json = site("failover", "internet", DHCP, DHCP).to_json().replace(
        r#"],"health""#,
        &f!(r#",{{"id":"c","interface":"ether5","access":{DHCP},"mbps":5}},{{"id":"d","interface":"ether3","access":{DHCP},"mbps":5}}],"health""#),
    );
    let wanted = Site::from_json(json.as_bytes()).expect("it is well-formed");
    let applied = applied(&router, &planned(&wanted, &router));
    assert!(applied.table("/interface/bridge/port").is_empty());
    assert!(disabled(&applied).diff(&router).is_empty());
    // Somebody takes another port off meanwhile: what is left still comes back.
    let fewer = site("failover", "internet", DHCP, DHCP);
    let freed = applied_again(&applied, &fewer);
    assert_eq!(freed.table("/interface/bridge/port").iter().count(), 2);
}

#[test]
fn a_line_keeps_its_probe_hosts_when_lines_change_places() {
    let router = router(&[MASQUERADE, CLIENT]);
    let applied = applied(
        &router,
        &planned(&site("failover", "internet", DHCP, DHCP), &router),
    );
    let turned = Site::from_json(
        f!(r#"{{"schema":"multi-isp/site/1","mode":"failover","lines":[
            {{"id":"b","interface":"ether2","access":{DHCP},"mbps":50}},
            {{"id":"a","interface":"ether1","access":{DHCP},"mbps":100}}]}}"#)
        .as_bytes(),
    )
    .expect("it is well-formed");
    let plan = planned(&turned, &applied);
    let routes = commands(&plan, "/ip/route");
    assert!(
        routes.iter().all(|command| !command.contains("dst-address")),
        "{routes:#?}"
    );
    assert!(
        routes.iter().all(|command| !command.contains("gateway=")),
        "{routes:#?}"
    );
}

#[test]
fn a_client_takes_a_changed_distance_over_whichever_way_it_changes() {
    let router = router(&[
        MASQUERADE,
        CLIENT,
        "/ip dhcp-client add interface=ether2 disabled=no\n",
    ]);
    let plan = planned(&site("failover", "internet", DHCP, DHCP), &router);
    let applied = applied(&router, &plan);
    let disable = plan_disable(&applied, &Options::default()).expect("it can be disabled");
    for script in [plan.script(), plan.undo_script(), disable.script()] {
        let script = String::from_utf8(script).expect("ASCII");
        let lines: Vec<&str> = script.lines().collect();
        let moves = |line: &&&str| {
            line.starts_with("/ip dhcp-client set") && line.contains("default-route-distance=")
        };
        assert_eq!(lines.iter().filter(moves).count(), 2, "{script}");
        for pair in lines.windows(2).filter(|pair| moves(&&pair[0])) {
            let interface = pair[0]
                .split(['"', '"'])
                .nth(1)
                .expect("it is found by its interface");
            assert!(
                pair[1].starts_with("/ip dhcp-client renew") && pair[1].contains(interface),
                "{pair:#?}"
            );
        }
    }
}

#[test]
fn the_nearest_default_comes_back_first_and_the_others_when_ours_are_gone() {
    let router = router(&[
        MASQUERADE,
        CLIENT,
        "/ip dhcp-client add default-route-distance=2 interface=ether2\n",
    ]);
    let applied = applied(
        &router,
        &planned(&site("failover", "internet", DHCP, DHCP), &router),
    );
    let disable = plan_disable(&applied, &Options::default()).expect("it can be disabled");
    let place = |wanted: &str| {
        let mut steps = disable.steps().iter();
        let found = steps.position(|step| String::from_utf8_lossy(&step.change.command()).contains(wanted));
        found.unwrap_or_else(|| panic!("no {wanted} in {}", disable.summary()))
    };
    let (first, other) = (
        place("\"ether1\"] default-route-distance=1"),
        place("\"ether2\"] default-route-distance=2"),
    );
    let ours = place("multi-isp:main:a:1");
    assert!(first < ours && ours < other, "{}", disable.summary());
}

#[test]
fn a_default_over_a_gateway_that_two_lines_share_is_the_first_one_s() {
    let access =
        |host: u8| f!(r#"{{"type":"static","address":"192.168.1.{host}/24","gateway":"192.168.1.1"}}"#);
    let router = router(&[
        MASQUERADE,
        "/ip address add address=192.168.1.2/24 interface=ether1\n",
        "/ip route add dst-address=0.0.0.0/0 gateway=192.168.1.1\n",
    ]);
    let wanted = site("failover", "internet", &access(2), &access(3));
    let applied = applied(&router, &planned(&wanted, &router));
    let old = applied
        .table("/ip/route")
        .iter()
        .find(|row| row.is("gateway", "192.168.1.1"))
        .expect("it is there");
    assert!(old.is("distance", "201"));
    assert!(disabled(&applied).diff(&router).is_empty());
}
