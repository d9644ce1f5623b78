//! What a router refuses, and in which words.

use super::*;

#[test]
fn errors_are_in_the_words_of_routeros_and_stop_half_way() {
    let router = router("/interface list\nadd name=WAN\n");
    let outcome = router.run(
        &script(
            "/ip route add gateway=192.0.2.1\n/ip route set 7 distance=2\n/ip route add gateway=192.0.2.2\n",
        ),
        &Unknown,
    );
    let stopped = outcome.error.unwrap();
    assert_eq!(
        (stopped.message(), stopped.place().unwrap().line),
        ("no such item", 2)
    );
    assert_eq!(column(&outcome.router, "/ip/route", "gateway"), ["192.0.2.1"]);

    for (text, wanted) in [
        (
            "/ip route add gateway=192.0.2.1 routing-table=x",
            "input does not match any value of routing-table (line 1 column 33)",
        ),
        (
            "/ip firewall mangle add chain=output action=mark-routing new-routing-mark=x",
            "input does not match any value of new-routing-mark (line 1 column 58)",
        ),
        (
            "/interface list member add list=LAN interface=ether1",
            "input does not match any value of list (line 1 column 28)",
        ),
        (
            "/interface list member add list=WAN",
            "missing value(s) of argument(s) interface (line 1 column 1)",
        ),
        (
            "/ip route add metric=1",
            "expected end of command (line 1 column 15)",
        ),
        (
            "/ip route add routing-mark=x",
            "expected end of command (line 1 column 15)",
        ),
        (
            "/interface vlan add name=v vlan-id=1 interface=ether2 tag-mode=x",
            "expected end of command (line 1 column 55)",
        ),
        ("/ip route frob a=1", "bad command name frob (line 1 column 11)"),
        (":frob", "bad command name frob (line 1 column 2)"),
        (
            "/ip firewall filter frobnicate 0",
            "bad command name frobnicate (line 1 column 21)",
        ),
        (
            "/ip firewall filter frobnicate numbers=0",
            "bad command name frobnicate (line 1 column 21)",
        ),
        ("/ip firewall filter e 0", "bad command name e (line 1 column 21)"),
        ("/i a print", "bad command name i (line 1 column 2)"),
        ("/ip dns find", "bad command name find (line 1 column 9)"),
        (
            "/ip hotspot setup",
            "what setup changes is not known here (line 1 column 1)",
        ),
        (
            "/ip route set [find] routing-table=none",
            "input does not match any value of routing-table (line 1 column 22)",
        ),
        ("/ip route get [find] gateway", "no such item (line 1 column 1)"),
        (
            "/interface list { add name=LAN; get [find] name }",
            "invalid internal item number (line 1 column 33)",
        ),
        (
            "/interface list get WAN title",
            "input does not match any value of value-name (line 1 column 1)",
        ),
        (
            ":put [/ip dns get cache-length]",
            "input does not match any value of value-name (line 1 column 7)",
        ),
        (":error \"enough\"", "enough (line 1 column 1)"),
    ] {
        assert_eq!(error(&router, text), wanted, "{text}");
    }
    run(
        &router,
        "/interface list { get WAN name; get WAN builtin; get WAN comment }; /ip dns get cache-used",
    );
    run(
        &router,
        "/ip firewall mangle add chain=x action=jump jump-target=nowhere src-address-list=nobody",
    );
}

#[test]
fn what_must_be_unique_stays_so_however_it_is_written() {
    let router = router(
        "/interface bridge\nadd name=bridge1\nadd name=bridge2\n\
         /interface vlan\nadd interface=bridge1 name=vlan10 vlan-id=10\n\
         /interface list\nadd name=WAN\nadd name=LAN\n/routing table\nadd fib name=a\nadd fib name=b\n\
         /ip firewall address-list\nadd address=10.0.0.1 list=x\nadd address=10.0.0.2 list=x\n\
         add address=10.0.0.1 disabled=yes list=x\n/system script\nadd name=s\nadd name=t\n",
    );
    let entry = "failure: already have such entry";
    let interface = "failure: already have interface with such name";
    for (text, wanted) in [
        ("/interface list add name=WAN", entry),
        ("/interface list add copy-from=WAN", entry),
        ("/interface list set LAN name=WAN", entry),
        ("/interface list set [find] name=both", entry),
        ("/routing table set b name=a", entry),
        ("/system script set t name=s", entry),
        ("/ip firewall address-list set 1 address=10.0.0.1", entry),
        ("/ip firewall address-list set 1 address=10.0.0.1/32", entry),
        ("/ip firewall address-list enable 2", entry),
        ("/ip firewall address-list set 2 disabled=no", entry),
        ("/interface bridge add name=vlan10", interface),
        ("/interface bridge add copy-from=bridge1", interface),
        ("/interface bridge set bridge2 name=bridge1", interface),
        ("/interface set bridge2 name=vlan10", interface),
    ] {
        let stopped = error(&router, text);
        assert!(stopped.starts_with(wanted), "{text}: {stopped}");
    }
    for text in [
        "/interface list set WAN name=WAN",
        "/interface list set WAN name=old; /interface list add name=WAN",
        "/interface bridge set bridge1 name=bridge1",
        "/interface bridge add copy-from=bridge1 name=bridge3",
        "/ip firewall address-list set 1 disabled=yes; /ip firewall address-list set 1 address=10.0.0.1",
        "/ip firewall address-list remove 0; /ip firewall address-list enable [find disabled]",
    ] {
        run(&router, text);
    }
}

#[test]
fn what_a_version_does_not_have_is_refused() {
    let on = |version: &str, text: &str| {
        let router = Router::new(Version::parse(version).unwrap());
        router
            .run(&script(text), &Unknown)
            .error
            .map(|error| error.message().to_owned())
    };
    let refused = |message: &str| Some(message.to_owned());
    assert_eq!(
        on(
            "7.18.2",
            "/ip dhcp-client add interface=ether1 check-gateway=ping"
        ),
        refused("expected end of command")
    );
    assert_eq!(
        on("7.19", "/ip dhcp-client add interface=ether1 check-gateway=ping"),
        None
    );
    assert_eq!(
        on("7.10.2", "/routing settings set single-process=no"),
        refused("bad command name settings")
    );
    assert_eq!(
        on("6.49.6", "/routing table add name=x fib"),
        refused("bad command name table")
    );
    assert_eq!(
        on("6.49.6", "/ip route add gateway=192.0.2.1 routing-mark=x"),
        None
    );
    assert_eq!(
        on("6.49.6", "/ip route add gateway=192.0.2.1 routing-table=x"),
        refused("expected end of command")
    );
    assert_eq!(
        on("7.22.3", "/ip route rule add routing-mark=x"),
        refused("bad command name rule")
    );
}

#[test]
fn a_router_that_lists_its_ports_refuses_others() {
    let router = Router::from_rest(
        br#"{"/interface/ethernet": [{"name": "ether1", "default-name": "ether1"}]}"#,
        Some(Version::new(7, 22, 3)),
    )
    .unwrap();
    run(&router, "/ip dhcp-client add interface=ether1");
    assert_eq!(
        error(&router, "/ip dhcp-client add interface=ether9"),
        "input does not match any value of interface (line 1 column 21)"
    );
    run(
        &router,
        "/interface disable ether1\n/interface set [find name=ether1] disabled=yes",
    );
}
