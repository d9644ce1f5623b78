//! RouterOS 6.

use super::*;

/// Made by hand, in the words of 6.49.10: a line on a cable, a dial-up and an LTE modem, and what an admin built on marks.
const EXPORT: &str = "# jan/05/2026 10:00:00 by RouterOS 6.49.10\n\
/interface bridge\nadd name=bridge\n\
/interface lte\nset [ find ] apn-profiles=mobile mac-address=AC:FF:FF:00:00:00 name=lte1\n\
/interface list\nadd name=WAN\n\
/interface lte apn\nset [ find default=yes ] default-route-distance=1\nadd apn=internet default-route-distance=5 name=mobile\n\
/port\nset 0 name=usb1\n\
/interface ppp-client\nadd apn=internet data-channel=2 dial-on-demand=no disabled=no info-channel=2 name=ppp-out1 port=usb1\n\
/interface pppoe-client\nadd add-default-route=yes disabled=no interface=ether2 name=pppoe-out1 password=x user=jo\n\
/interface list member\nadd interface=ether1 list=WAN\n\
/ip address\nadd address=192.168.88.1/24 interface=bridge network=192.168.88.0\n\
/ip dhcp-client\nadd disabled=no interface=ether1 script=\":log info \\$bound\"\nadd interface=ether4\n\
/ip route\nadd check-gateway=ping comment=marked distance=1 gateway=203.0.113.1 routing-mark=to_isp2\n\
add comment=main distance=2 gateway=203.0.113.1\nadd comment=guard distance=254 dst-address=9.9.9.9/32 type=blackhole\n\
/ip route rule\nadd action=lookup-only-in-table comment=guests routing-mark=to_isp2 src-address=192.168.90.0/24 table=to_isp2\n\
add dst-address=10.0.0.0/8 table=main\n\
/system script\nadd dont-require-permissions=no name=up owner=admin policy=read,write source=\"/ip route enable [find comment=marked]\"\n\
/tool netwatch\nadd comment=probe down-script=\"/ip route disable [find comment=marked]\" host=9.9.9.9 interval=10s up-script=up\n";

fn six() -> Router {
    Router::from_export(EXPORT.as_bytes(), None).unwrap_or_else(|error| panic!("{}", error.render()))
}

#[test]
fn an_export_comes_back_in_the_order_of_a_router() {
    let router = six();
    let export = router.to_export();
    let again = Router::from_export(&export, router.version()).unwrap();
    assert_eq!(router.diff(&again), []);
    let text = String::from_utf8(export).unwrap();
    let menus: Vec<&str> = text.lines().filter(|line| line.starts_with('/')).collect();
    let wanted: Vec<&str> = EXPORT.lines().filter(|line| line.starts_with('/')).collect();
    assert_eq!(menus, wanted);
}

#[test]
fn routes_are_found_by_their_mark() {
    let router = six();
    let found = |condition: &str| {
        output(&run(
            &router,
            &format!(
                ":foreach r in=[/ip route find where {condition}] do={{ :put [/ip route get $r comment] }}"
            ),
        ))
    };
    assert_eq!(found("routing-mark=to_isp2"), ["marked"]);
    assert_eq!(found("routing-mark~\"^to_\""), ["marked"]);
    assert_eq!(found("routing-mark!=to_isp2 and type!=blackhole"), ["main"]);
    assert_eq!(found("type=blackhole"), ["guard"]);
    assert_eq!(found("comment=main and distance=2"), ["main"]);
}

#[test]
fn marks_and_rules_are_set_moved_and_taken_away() {
    let router = run(
        &six(),
        "/ip route add dst-address=0.0.0.0/0 gateway=203.0.113.9 routing-mark=multi-isp-b check-gateway=ping target-scope=10 comment=ours\n\
         /ip route set [find comment=marked] routing-mark=main\n\
         /ip route rule add table=multi-isp-b routing-mark=multi-isp-b comment=ours\n\
         /ip route rule move [find comment=ours] 0\n\
         /ip route rule set [find comment=guests] action=lookup\n\
         /ip route rule remove [find table=main]\n",
    )
    .router;
    assert_eq!(
        column(&router, "/ip/route", "routing-mark"),
        ["main", "", "", "multi-isp-b"]
    );
    assert_eq!(column(&router, "/ip/route/rule", "comment"), ["ours", "guests"]);
    assert_eq!(column(&router, "/ip/route/rule", "action"), ["", "lookup"]);
}

#[test]
fn what_came_with_7_is_refused() {
    let router = six();
    for (text, wanted) in [
        (
            "/routing table add name=x fib",
            "bad command name table (line 1 column 10)",
        ),
        (
            "/routing table remove [find]",
            "bad command name table (line 1 column 10)",
        ),
        (
            "/routing table\nadd name=x fib",
            "bad command name table (line 1 column 10)",
        ),
        (
            "/routing rule add table=x",
            "bad command name rule (line 1 column 10)",
        ),
        (
            "/routing settings set single-process=no",
            "bad command name settings (line 1 column 10)",
        ),
        (
            "/ip route add gateway=192.0.2.1 blackhole",
            "expected end of command (line 1 column 33)",
        ),
        (
            "/ip route add gateway=192.0.2.1 routing-table=main",
            "expected end of command (line 1 column 33)",
        ),
        (
            "/ip dhcp-client set 0 default-route-tables=main",
            "expected end of command (line 1 column 23)",
        ),
        (
            "/tool netwatch add host=192.0.2.1 type=icmp",
            "expected end of command (line 1 column 35)",
        ),
    ] {
        assert_eq!(error(&router, text), wanted, "{text}");
    }
}

#[test]
fn modems_are_found_and_set() {
    let router = run(
        &six(),
        "/interface lte set [find name=lte1] apn-profiles=default\n\
         /interface lte apn set [find default=yes] default-route-distance=200\n\
         /interface lte apn set [find name=mobile] add-default-route=no user=jo password=secret\n\
         /interface ppp-client set [find name=ppp-out1] add-default-route=no dial-on-demand=no\n\
         /interface pppoe-client set pppoe-out1 add-default-route=no\n\
         /tool netwatch set [find host=9.9.9.9] interval=1m\n",
    )
    .router;
    assert_eq!(column(&router, "/interface/lte", "apn-profiles"), ["default"]);
    assert_eq!(
        column(&router, "/interface/lte/apn", "default-route-distance"),
        ["200", "5"]
    );
    assert_eq!(column(&router, "/interface/lte/apn", "user"), ["", "jo"]);
    assert_eq!(
        column(&router, "/interface/ppp-client", "add-default-route"),
        ["no"]
    );
    assert_eq!(column(&router, "/tool/netwatch", "interval"), ["1m"]);
}

#[test]
fn stored_scripts_run() {
    let router = six();
    let netwatch = router.table("/tool/netwatch").rows()[0]
        .get("down-script")
        .unwrap()
        .to_text()
        .into_owned();
    let down = run(&router, &netwatch).router;
    assert_eq!(column(&down, "/ip/route", "disabled"), ["yes", "", ""]);
    let up = run(&down, "/system script run up").router;
    assert_eq!(up.diff(&router), []);
    let lease = router.table("/ip/dhcp-client").rows()[0]
        .get("script")
        .unwrap()
        .clone();
    let outcome = router.run_with(
        &Script::parse(lease.as_bytes()).unwrap(),
        &[("bound", Value::from("1"))],
        &Unknown,
    );
    assert_eq!(outcome.error, None);
    assert_eq!(outcome.log.len(), 1);
}

#[test]
fn defaults_are_those_of_the_version() {
    let client = |version: &str, menu: &str| {
        let text = format!("{menu}\nadd interface=ether1 name=x\n");
        let version = Version::parse(version).unwrap();
        Router::from_export(text.as_bytes(), Some(version))
            .unwrap()
            .table(&menu.replace(' ', "/"))
            .rows()[0]
            .clone()
    };
    assert!(client("6.49.10", "/ip dhcp-client").disabled());
    assert!(!client("7.1.5", "/ip dhcp-client").disabled());
    let distance = |version: &str| {
        let row = client(version, "/interface pppoe-client");
        row.effective("default-route-distance")
            .map(|value| value.to_text().into_owned())
    };
    assert_eq!(distance("6.40.9").as_deref(), Some("0"));
    assert_eq!(distance("6.41.1").as_deref(), Some("1"));
    // A default that is written out is no difference.
    let written = EXPORT.replace(
        "comment=main distance=2",
        "comment=main distance=2 scope=30 target-scope=10 check-gateway=none",
    );
    assert_eq!(
        six().diff(&Router::from_export(written.as_bytes(), None).unwrap()),
        []
    );
}
