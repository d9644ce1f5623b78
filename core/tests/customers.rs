//! Who is balanced and who is not, on routers that are made by hand: what a plan says of it, and the rows that do it.

use multi_isp::plan::{Options, Plan, plan_apply, plan_disable};
use multi_isp::routeros::router::Router;
use multi_isp::site::Site;

use crate::json_schema::faults;
use crate::twin::run;

/// A bridge with customers, ISP 1 with a static address, and what the case adds.
const BASE: &str = "# 2026-01-05 10:00:00 by RouterOS 7.22.3
/interface bridge add name=bridge auto-mac=no admin-mac=2C:C8:1B:00:20:04
/interface list add name=WAN
/interface list add name=LAN
/interface list member add interface=bridge list=LAN
/interface list member add interface=ether1 list=WAN
/ip address add address=192.168.88.1/24 interface=bridge
/ip address add address=198.51.100.2/30 interface=ether1
/ip route add dst-address=0.0.0.0/0 gateway=198.51.100.1
/ip firewall filter add action=drop chain=input in-interface-list=!LAN
/ip firewall filter add action=drop chain=forward connection-nat-state=!dstnat connection-state=new in-interface-list=WAN
";
const MASQUERADE: &str = "/ip firewall nat add action=masquerade chain=srcnat out-interface-list=WAN\n";
const PPPOE: &str =
    "/interface pppoe-server server add disabled=no interface=ether5\n/interface wireguard add name=wg1\n";

fn planned(mode: &str, parts: &[&str]) -> Plan {
    plan(mode, &router(parts))
}

fn router(parts: &[&str]) -> Router {
    let export = [BASE, &parts.concat()].concat();
    Router::from_export(export.as_bytes(), None).unwrap_or_else(|error| panic!("{error}"))
}

fn plan(mode: &str, router: &Router) -> Plan {
    let site = format!(
        r#"{{"schema":"multi-isp/site/1","mode":"{mode}","health":"gateway","lines":[
        {{"id":"a","interface":"ether1","mbps":100,
          "access":{{"type":"static","address":"198.51.100.2/30","gateway":"198.51.100.1"}}}},
        {{"id":"b","interface":"ether2","mbps":50,
          "access":{{"type":"static","address":"203.0.113.6/29","gateway":"203.0.113.1"}}}}]}}"#
    );
    let site = Site::from_json(site.as_bytes()).unwrap();
    plan_apply(&site, router, &Options::default()).unwrap_or_else(|error| panic!("{error:#?}"))
}

fn commands(plan: &Plan, menu: &str) -> Vec<String> {
    let steps = plan
        .steps()
        .iter()
        .filter(|step| step.change.menu() == Some(menu));
    steps
        .map(|step| String::from_utf8(step.change.command()).unwrap())
        .collect()
}

/// The mangle rules of our chains, comments and all.
fn mangle(plan: &Plan) -> Vec<String> {
    let rules = commands(plan, "/ip/firewall/mangle").into_iter();
    rules
        .map(|rule| rule.replace("/ip firewall mangle add ", ""))
        .collect()
}

#[test]
fn a_plan_says_who_the_customers_are_where_it_marks() {
    let said = |mode: &str, parts: &[&str]| {
        let summary = planned(mode, parts).summary();
        let said = summary.lines().find_map(|line| line.strip_prefix("customers: "));
        said.map(str::to_owned)
    };
    assert_eq!(
        said("load_balance", &[MASQUERADE]).as_deref(),
        Some("what comes in over bridge (the router's list `LAN`)")
    );
    assert_eq!(
        said("load_balance", &[MASQUERADE, PPPOE]).as_deref(),
        Some(
            "what comes in over anything but ether1, ether2, wg1 (a PPPoE server runs, and the interfaces of its customers are dynamic)"
        )
    );
    assert_eq!(said("failover", &[MASQUERADE]), None);
}

#[test]
fn so_does_its_document() {
    for (mode, parts) in [
        ("failover", [MASQUERADE, ""]),
        ("load_balance", [MASQUERADE, PPPOE]),
    ] {
        let json: serde_json::Value = serde_json::from_str(&planned(mode, &parts).to_json()).unwrap();
        assert_eq!(faults(Plan::JSON_SCHEMA, &json), Vec::<String>::new());
        let customers = &json["customers"];
        assert_eq!(customers.is_null(), mode == "failover");
        if mode != "failover" {
            assert_eq!(
                customers["interfaces"],
                serde_json::json!(["ether1", "ether2", "wg1"])
            );
            assert_eq!(
                (&customers["come_in"], &customers["basis"]),
                (&"not_over".into(), &"pppoe_server".into())
            );
        }
    }
}

#[test]
fn what_is_no_customer_is_in_one_list() {
    let plan = planned("load_balance", &[MASQUERADE, PPPOE]);
    let members = commands(&plan, "/interface/list/member");
    assert_eq!(
        members,
        [
            "/interface list member add list=WAN interface=ether2 comment=multi-isp:firewall:b:1",
            "/interface list member add list=multi-isp-outside interface=ether1 comment=multi-isp:member:a:1",
            "/interface list member add list=multi-isp-outside interface=ether2 comment=multi-isp:member:b:1",
            "/interface list member add list=multi-isp-outside interface=wg1 comment=multi-isp:member:site:1",
        ]
    );
    assert!(
        mangle(&plan)
            .iter()
            .filter(|rule| rule.contains("multi-isp:pcc:") || rule.contains("multi-isp:route:"))
            .all(|rule| rule.contains("in-interface-list=!multi-isp-outside"))
    );
}

#[test]
fn a_port_that_is_forwarded_from_outside_is_shared_when_customers_use_it() {
    for matcher in [
        "in-interface=ether1",
        "in-interface-list=WAN",
        "in-interface-list=!LAN",
    ] {
        let forward = format!(
            "/ip firewall nat add action=dst-nat chain=dstnat {matcher} protocol=tcp dst-port=443 to-addresses=192.168.88.10\n"
        );
        let plan = planned("load_balance", &[MASQUERADE, &forward]);
        assert!(
            !mangle(&plan).iter().any(|rule| rule.contains("dst-port=443")),
            "{matcher}"
        );
    }
    // Customers of a PPPoE server are in no list: what is not for `LAN` is for them too.
    let forward = "/ip firewall nat add action=dst-nat chain=dstnat in-interface-list=!LAN protocol=tcp dst-port=443 to-addresses=192.168.88.10\n";
    let plan = planned("load_balance", &[MASQUERADE, PPPOE, forward]);
    assert!(mangle(&plan).iter().any(|rule| rule.contains("dst-port=443")));
}

#[test]
fn only_customers_who_are_sent_elsewhere_go_unmarked_there() {
    let expired = "/ip firewall nat add action=dst-nat chain=dstnat src-address-list=expired protocol=tcp dst-port=80 to-addresses=192.168.88.10\n\
        /ip firewall nat add action=redirect chain=dstnat in-interface=bridge src-address-list=blocked\n";
    let plan = planned("load_balance", &[MASQUERADE, expired]);
    let bypasses: Vec<String> = mangle(&plan)
        .into_iter()
        .filter(|rule| rule.contains("multi-isp:bypass:"))
        .skip(1)
        .collect();
    let start = "chain=multi-isp-in in-interface-list=multi-isp-lan";
    assert_eq!(
        bypasses,
        [
            format!(
                "{start} protocol=tcp dst-port=80 src-address-list=expired action=return comment=multi-isp:bypass:site:2"
            ),
            format!("{start} src-address-list=blocked action=return comment=multi-isp:bypass:site:3"),
        ]
    );
}

#[test]
fn a_line_that_stands_by_answers_what_is_forwarded_over_it() {
    let forward = |matcher: &str| {
        let rule = format!(
            "/ip firewall nat add action=dst-nat chain=dstnat {matcher} protocol=tcp dst-port=443 to-addresses=192.168.88.10\n"
        );
        !mangle(&planned("failover", &[MASQUERADE, &rule])).is_empty()
    };
    assert!(forward("in-interface-list=WAN") && forward("in-interface-list=!LAN"));
    assert!(forward("in-interface=ether2") && forward("in-interface=!bridge"));
    assert!(!forward("in-interface=ether1") && !forward("in-interface=bridge"));
}

/// The rows that say which customers are shared, and the first bucket.
fn shared(nat: &str) -> Vec<String> {
    let plan = planned("load_balance_failover", &[nat]);
    let rows = mangle(&plan).into_iter();
    rows.filter(|rule| rule.contains("multi-isp:translated:") || rule.contains("multi-isp:pcc:a:1"))
        .map(|rule| rule.rsplit_once(" comment=").unwrap().0.to_owned())
        .collect()
}

const NEW: &str = "in-interface-list=multi-isp-lan connection-state=new connection-mark=no-mark";

fn bucket(chain: &str) -> String {
    format!(
        "chain={chain} {NEW} dst-address-type=!local per-connection-classifier=both-addresses:3/0 \
        action=mark-connection new-connection-mark=multi-isp-a passthrough=yes"
    )
}

fn jump(source: &str) -> String {
    format!("chain=multi-isp-in {NEW} {source} action=jump jump-target=multi-isp-pcc")
}

#[test]
fn where_everybody_is_translated_everybody_is_shared() {
    for nat in [
        MASQUERADE,
        "",
        "/ip firewall nat add action=masquerade chain=srcnat\n",
        // One customer has an address of ISP 1 to himself; on another line he has that of the line.
        "/ip firewall nat add action=src-nat chain=srcnat src-address=192.168.88.5 out-interface=ether1 to-addresses=198.51.100.2\n\
         /ip firewall nat add action=masquerade chain=srcnat out-interface=ether1\n",
        // What is spared is what goes to another site, a line of its own, or nothing.
        "/ip firewall nat add action=accept chain=srcnat src-address=192.168.88.0/24 dst-address=10.9.0.0/16\n\
         /ip firewall nat add action=accept chain=srcnat ipsec-policy=out,ipsec\n\
         /ip firewall nat add action=accept chain=srcnat src-address=203.0.113.64/28 out-interface=ether9\n\
         /ip firewall nat add action=accept chain=srcnat src-address=203.0.113.80/28 disabled=yes\n\
         /ip firewall nat add action=masquerade chain=srcnat out-interface-list=WAN\n",
    ] {
        assert_eq!(shared(nat), [bucket("multi-isp-in")], "{nat}");
    }
}

#[test]
fn only_translated_customers_are_shared() {
    for (matchers, expected) in [
        ("src-address=192.168.88.0/24", jump("src-address=192.168.88.0/24")),
        (
            "src-address=!203.0.113.64/28",
            jump("src-address=!203.0.113.64/28"),
        ),
        ("src-address-list=cust", jump("src-address-list=cust")),
        ("src-address-list=!public", jump("src-address-list=!public")),
    ] {
        for out in ["out-interface-list=WAN", "out-interface=ether1", ""] {
            let nat = format!("/ip firewall nat add action=masquerade chain=srcnat {matchers} {out}\n");
            assert_eq!(shared(&nat), [expected.clone(), bucket("multi-isp-pcc")], "{nat}");
        }
    }
    let two = "/ip firewall nat add action=masquerade chain=srcnat src-address=192.168.88.0/24 out-interface=ether1\n\
        /ip firewall nat add action=src-nat chain=srcnat src-address=192.168.99.0/24 out-interface=ether1 to-addresses=198.51.100.2\n";
    assert_eq!(
        shared(two),
        [
            jump("src-address=192.168.88.0/24"),
            jump("src-address=192.168.99.0/24"),
            bucket("multi-isp-pcc")
        ]
    );
}

#[test]
fn who_is_let_out_untranslated_stays_on_the_main_table() {
    let nat = "/ip firewall nat add action=accept chain=srcnat src-address=203.0.113.64/28\n\
        /ip firewall nat add action=masquerade chain=srcnat out-interface-list=WAN\n\
        /ip firewall nat add action=accept chain=srcnat src-address=203.0.113.80/28\n";
    let rest = format!("chain=multi-isp-in {NEW} action=jump jump-target=multi-isp-pcc");
    let spared = format!("chain=multi-isp-in {NEW} src-address=203.0.113.64/28 action=return");
    assert_eq!(shared(nat), [spared, rest, bucket("multi-isp-pcc")]);
}

#[test]
fn chains_of_source_nat_are_followed() {
    let nat = "/ip firewall nat add action=jump chain=srcnat jump-target=out out-interface-list=WAN\n\
        /ip firewall nat add action=accept chain=out src-address=203.0.113.64/28\n\
        /ip firewall nat add action=jump chain=out jump-target=cust src-address-list=cust\n\
        /ip firewall nat add action=jump chain=cust jump-target=out\n\
        /ip firewall nat add action=masquerade chain=cust\n";
    let rows = shared(nat);
    let spared = format!("chain=multi-isp-in {NEW} src-address=203.0.113.64/28 action=return");
    assert_eq!(rows.first(), Some(&spared));
    assert!(rows.contains(&jump("src-address-list=cust")), "{rows:#?}");
    let plan = planned("load_balance_failover", &[nat]);
    assert_eq!(
        commands(&plan, "/ip/firewall/nat"),
        [""; 0],
        "both lines leave by that chain"
    );
}

#[test]
fn a_router_with_public_customers_is_balanced_so() {
    let nat = "/ip address add address=203.0.113.65/28 interface=bridge\n\
        /ip firewall nat add action=accept chain=srcnat src-address-list=public\n\
        /ip firewall nat add action=masquerade chain=srcnat src-address=192.168.88.0/24 out-interface=ether1\n\
        /ip firewall nat add action=masquerade chain=srcnat src-address=192.168.99.0/24 out-interface=ether1\n";
    let plan = planned("load_balance_failover", &[nat]);
    let rows = [commands(&plan, "/ip/firewall/nat"), mangle(&plan)].concat();
    insta::assert_snapshot!(rows.join("\n"));
}

#[test]
fn failover_shares_nothing_and_needs_no_chain_for_it() {
    let nat = "/ip firewall nat add action=masquerade chain=srcnat src-address=192.168.88.0/24\n\
        /ip firewall nat add action=dst-nat chain=dstnat in-interface-list=WAN protocol=tcp dst-port=443 to-addresses=192.168.88.10\n";
    let plan = planned("failover", &[nat]);
    let rows = mangle(&plan);
    assert!(rows.iter().any(|rule| rule.contains("multi-isp:ingress:")));
    assert!(!rows.iter().any(|rule| rule.contains("multi-isp-pcc")));
}

#[test]
fn a_line_translates_all_that_isp_1_does() {
    let nat = |rules: &str| {
        let rows = commands(&planned("failover", &[rules]), "/ip/firewall/nat").into_iter();
        rows.map(|row| row.rsplit_once(" comment=").unwrap().0.to_owned())
            .collect::<Vec<_>>()
    };
    let ours =
        "/ip firewall nat add chain=srcnat out-interface=ether2 ipsec-policy=out,none action=masquerade";
    let isp1 = "/ip firewall nat add action=masquerade chain=srcnat out-interface=ether1\n";
    let own = "/ip firewall nat add action=masquerade chain=srcnat out-interface=ether2 src-address=192.168.88.0/24\n";
    assert_eq!(nat(&[isp1, own].concat()), [ours]);
    assert_eq!(
        nat(&[isp1, &own.replace(" src-address=192.168.88.0/24", "")].concat()),
        [""; 0]
    );
    // ISP 1 works without: it is left alone.
    assert_eq!(nat(""), [ours]);
}

#[test]
fn public_customers_may_come_and_go() {
    let first = router(&[MASQUERADE]);
    let applied = run(&first, &plan("load_balance", &first).script());
    let accept =
        b"/ip firewall nat add action=accept chain=srcnat src-address=203.0.113.64/28 place-before=0";
    let edited = run(&applied, accept);
    let balanced = run(&edited, &plan("load_balance", &edited).script());
    assert!(plan("load_balance", &balanced).is_empty());
    let chain = |router: &Router| {
        let rules = router.table("/ip/firewall/mangle").iter();
        let buckets = rules.filter(|row| row.text("comment").is_some_and(|tag| tag.contains(":pcc:")));
        buckets
            .map(|row| row.text("chain").unwrap().into_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(chain(&balanced), ["multi-isp-pcc"; 3]);

    let gone = run(&balanced, b"/ip firewall nat remove [find where action=accept]");
    let again = run(&gone, &plan("load_balance", &gone).script());
    assert_eq!(chain(&again), ["multi-isp-in"; 3]);
    let disabled = run(
        &again,
        &plan_disable(&again, &Options::default()).unwrap().script(),
    );
    assert_eq!(disabled.diff(&first), []);
}
