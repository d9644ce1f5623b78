//! What scripts do to a router, and where they stop.

use super::*;

const FIREWALL: &str = "/ip firewall filter\n\
    add chain=input action=accept comment=first\n\
    add chain=input action=accept comment=second\n\
    add chain=forward action=drop comment=third\n";

#[test]
fn a_menu_line_lasts_and_a_full_path_does_not() {
    let router = run(
        &router(""),
        "/ip route\nadd gateway=192.0.2.1\n/ip address add address=192.0.2.2/24 interface=ether1\nadd gateway=192.0.2.3\n",
    );
    assert_eq!(
        column(&router.router, "/ip/route", "gateway"),
        ["192.0.2.1", "192.0.2.3"]
    );
}

#[test]
fn braces_give_the_menu_back() {
    let outcome = run(
        &router(""),
        "/ip route\n{ /interface list\nadd name=WAN }\nadd gateway=192.0.2.1\n/interface list { add name=LAN }\nadd gateway=192.0.2.2\n:if (true) do={ add gateway=192.0.2.3 }\n",
    );
    assert_eq!(
        column(&outcome.router, "/ip/route", "gateway"),
        ["192.0.2.1", "192.0.2.2", "192.0.2.3"]
    );
    assert_eq!(column(&outcome.router, "/interface/list", "name"), ["WAN", "LAN"]);
}

#[test]
fn rows_are_placed_moved_and_removed() {
    let router = router(FIREWALL);
    let order = |text: &str| column(&run(&router, text).router, "/ip/firewall/filter", "comment");
    let menu = "/ip firewall filter ";
    assert_eq!(
        order(&format!("{menu}add chain=input comment=new place-before=0")),
        ["new", "first", "second", "third"]
    );
    assert_eq!(
        order(&format!(
            "{menu}add chain=input comment=new place-before=[find where comment=third]"
        )),
        ["first", "second", "new", "third"]
    );
    assert_eq!(
        order(&format!("{menu}move [find comment=third] destination=0")),
        ["third", "first", "second"]
    );
    assert_eq!(order(&format!("{menu}move 2 0")), ["third", "first", "second"]);
    assert_eq!(
        order(&format!("{menu}move 0")),
        ["second", "third", "first"],
        "without a destination it is the end"
    );
    assert_eq!(
        order(&format!(
            "{menu}remove [find where chain=input and comment!=first]"
        )),
        ["first", "third"]
    );
    assert_eq!(order(&format!("{menu}remove 0,2")), ["second"]);
    assert_eq!(
        order(&format!("{menu}remove [find where comment=none]")).len(),
        3,
        "nothing found is nothing done"
    );
    assert_eq!(
        order(&format!("{menu}add copy-from=0 comment=copy"))
            .last()
            .unwrap(),
        "copy"
    );
}

#[test]
fn conditions_find_what_they_say() {
    let router = router(
        "/ip route\n\
         add comment=a distance=1 gateway=192.0.2.1 disabled=yes\n\
         add comment=b distance=5 gateway=192.0.2.2\n\
         add comment=bb distance=10 gateway=192.0.2.2 dst-address=0.0.0.0/0\n",
    );
    let found = |condition: &str| {
        let text =
            format!(":foreach r in=[/ip route find {condition}] do={{ :put [/ip route get $r comment] }}");
        output(&run(&router, &text))
    };
    assert_eq!(found("disabled"), ["a"]);
    assert_eq!(found("where !disabled"), ["b", "bb"]);
    assert_eq!(found("disabled=no"), ["b", "bb"]);
    assert_eq!(found("distance>1"), ["b", "bb"]);
    assert_eq!(found("where distance<10 and distance>=5"), ["b"]);
    assert_eq!(found("where comment~\"^b\" distance!=5"), ["bb"]);
    assert_eq!(found("where comment=a or comment=b"), ["a", "b"]);
    assert_eq!(found("where (comment=a or comment=b) and distance=5"), ["b"]);
    assert_eq!(found("where not (comment=a)"), ["b", "bb"]);
    assert_eq!(
        found("dst-address=0/0").len(),
        3,
        "a route to nowhere is a default one"
    );
    assert_eq!(found("where dst-address=0.0.0.0/0 distance=5"), ["b"]);
    assert_eq!(found("where dynamic"), [""; 0]);
    assert_eq!(found("routing-table=main").len(), 3, "a default counts");
    assert_eq!(found("where comment in {\"a\";\"bb\"}"), ["a", "bb"]);
}

#[test]
fn a_variable_named_like_a_property_shadows_nothing() {
    let router =
        router("/ip firewall address-list\nadd list=a address=10.0.0.1\nadd list=b address=10.0.0.2\n");
    let count = |text: &str| output(&run(&router, text));
    assert_eq!(
        count(":local list a; :put [:len [/ip firewall address-list find where list=$list]]"),
        ["2"]
    );
    assert_eq!(
        count(":local mwList a; :put [:len [/ip firewall address-list find where list=$mwList]]"),
        ["1"]
    );
}

#[test]
fn properties_are_set_cleared_and_switched() {
    let router = router(
        "/ip route\nadd comment=a gateway=192.0.2.1 check-gateway=ping\nadd comment=b gateway=192.0.2.2\n",
    );
    let row = |text: &str| run(&router, text).router.table("/ip/route").rows()[0].clone();
    assert_eq!(row("/ip route set 0 !check-gateway").get("check-gateway"), None);
    assert_eq!(row("/ip route unset 0 check-gateway").get("check-gateway"), None);
    assert_eq!(
        row("/ip route unset [find comment=a] value-name=check-gateway").get("check-gateway"),
        None
    );
    assert!(row("/ip route disable 0").disabled());
    assert!(row("/ip route disable [find]").disabled());
    assert!(!row("/ip route disable [find]\n/ip route enable 0,1").disabled());
    assert!(row("/ip route set 0 blackhole !gateway").is("blackhole", "yes"));
    assert_eq!(
        row("/ip route comment 0 comment=new").text("comment").unwrap(),
        "new"
    );
    assert_eq!(
        row("/ip route set [find comment=a] dist=7")
            .text("distance")
            .unwrap(),
        "7"
    );
    assert_eq!(
        row("/ip route set numbers=0 comment=").text("comment").unwrap(),
        ""
    );
}

#[test]
fn the_commands_that_a_router_accepted_are_accepted() {
    let Some(folder) = shared("vectors") else { return };
    let vectors: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.join("commands_chr_validated.json")).unwrap()).unwrap();
    let router = router(
        "/interface ethernet\nset [ find default-name=ether1 ] mtu=1500\nset [ find default-name=ether5 ] mtu=1500\n\
         /interface bridge port\nadd bridge=bridge interface=ether4\n/interface wireguard\nadd name=wg0\n\
         /ip firewall filter\nadd chain=input\n",
    );
    for text in vectors["ok"].as_array().unwrap() {
        run(&router, text.as_str().unwrap());
    }
    for pair in vectors["error"].as_array().unwrap() {
        let text = pair[0].as_str().unwrap();
        let refused = router.run(&script(text), &Unknown).error.is_some();
        let known = schema::menu(text.split(' ').next().unwrap().trim_end_matches("/add")).is_some();
        assert!(refused || !known, "{text}");
    }
    assert!(
        router
            .run(
                &script("/ip/route/add dst-address=10.0.0.0/8 blackhole=yes"),
                &Unknown
            )
            .error
            .is_some()
    );
}

#[test]
fn the_language_computes() {
    let put = |text: &str| output(&run(&router(""), text));
    assert_eq!(put(":local a 5; :put ($a + 2 * 3)"), ["11"]);
    assert_eq!(put(":local a \"x\"; :put \"$a-$(1 + 1)-$[:len $a]\""), ["x-2-1"]);
    assert_eq!(
        put(":local a {1;2;k=3}; :put ($a->\"k\"); :put [:len $a]; :put ($a->1)"),
        ["3", "3", "2"]
    );
    assert_eq!(put(":for i from=1 to=3 do={ :put $i }"), ["1", "2", "3"]);
    assert_eq!(put(":for i from=3 to=1 do={ :put $i }"), ["3", "2", "1"]);
    assert_eq!(
        put(":foreach k,v in={a=1;b=2} do={ :put \"$k=$v\" }"),
        ["a=1", "b=2"]
    );
    assert_eq!(
        put(":local i 0; :while ($i < 2) do={ :set i ($i + 1) }; :put $i"),
        ["2"]
    );
    assert_eq!(
        put(":local f do={ :return ($1 . $x) }; :put [$f \"a\" x=\"b\"]"),
        ["ab"]
    );
    assert_eq!(
        put(":global g 1; :local f do={ :global g; :set g ($g + 1) }; $f; :put $g"),
        ["2"]
    );
    assert_eq!(
        put(":do { :error \"no\" } on-error={ :put \"caught\" }"),
        ["caught"]
    );
    assert_eq!(put(":onerror e in={ :error \"no\" } do={ :put $e }"), ["no"]);
    assert_eq!(put(":if (1 = 2) do={ :put a } else={ :put b }"), ["b"]);
    assert_eq!(
        put(":put (10.0.0.1 + 5); :put (192.168.1.7 in 192.168.0.0/16); :put (1m + 30s)"),
        ["10.0.0.6", "true", "00:01:30"]
    );
    assert_eq!(
        put(":put [:typeof $nothing]; :put [:len $nothing]"),
        ["nothing", "0"]
    );
    assert_eq!(
        put(":put [:pick \"ether1\" 0 5]; :put [:tostr 1d]; :put ([:toarray \"a,b\"]->1)"),
        ["ether", "1d00:00:00", "b"]
    );
    assert_eq!(
        error(&router(""), ":put (1 / 0)"),
        "division by zero (line 1 column 1)"
    );
}

#[test]
fn a_script_that_never_ends_is_stopped() {
    for endless in [
        ":while (true) do={ :nothing }",
        ":while (true) do={}",
        ":do {} while=(true)",
        ":for i from=1 to=1000000000 do={}",
        ":for i from=9223372036854775807 to=9223372036854775807 do={}",
    ] {
        assert!(
            error(&router(""), endless).starts_with("the script runs too long"),
            "{endless}"
        );
    }
    assert!(
        error(&router(""), ":global f do={ :global f; $f }; $f").starts_with("maximum stack depth reached")
    );
}

/// ROUTEROS §2g: what a DHCP client runs when its lease comes and goes.
#[test]
fn the_lease_script_follows_the_gateway() {
    let router = router(
        "/ip route\n\
         add comment=multi-isp:probe:wan1:1 dst-address=9.9.9.10/32 gateway=192.0.2.1%ether2 scope=10\n\
         add comment=multi-isp:probe:wan1:2 dst-address=208.67.222.220/32 gateway=192.0.2.1%ether2 scope=10\n\
         add comment=multi-isp:probe:wan10:1 dst-address=8.8.8.8/32 gateway=198.51.100.1%ether3 scope=10\n",
    );
    let lease = script(
        r#":if ($bound=1) do={
  :if ([:len $"gateway-address"] > 0) do={
    :local mwGw ($"gateway-address" . "%" . $interface)
    :foreach mwR in=[/ip route find where comment~"^multi-isp:probe:wan1:"] do={
      :if ([/ip route get $mwR gateway] != $mwGw) do={ /ip route set $mwR gateway=$mwGw }
      /ip route enable $mwR
    }
  }
} else={ /ip route disable [/ip route find where comment~"^multi-isp:probe:wan1:"] }
"#,
    );
    let with = |router: &Router, bound: &str, gateway: &str| {
        let variables = [
            ("bound", Value::from(bound)),
            ("gateway-address", Value::from(gateway)),
            ("interface", Value::from("ether2")),
        ];
        let outcome = router.run_with(&lease, &variables, &Unknown);
        assert_eq!(outcome.error, None);
        outcome.router
    };
    let lost = with(&router, "0", "");
    assert_eq!(
        lost.table("/ip/route")
            .iter()
            .map(Row::disabled)
            .collect::<Vec<_>>(),
        [true, true, false]
    );
    let bound = with(&lost, "1", "100.64.0.1");
    assert_eq!(
        column(&bound, "/ip/route", "gateway"),
        ["100.64.0.1%ether2", "100.64.0.1%ether2", "198.51.100.1%ether3"]
    );
    assert_eq!(
        bound
            .table("/ip/route")
            .iter()
            .map(Row::disabled)
            .collect::<Vec<_>>(),
        [false, false, false]
    );
    assert_eq!(
        with(&bound, "1", "").diff(&bound),
        [],
        "a lease without gateway changes nothing"
    );
}

/// `v7_guard.rsc`: the script that reverts removes its schedulers and itself while it runs.
#[test]
fn the_guard_reverts_once_and_takes_itself_away() {
    let plain = router("/ip route\nadd comment=isp1 gateway=192.0.2.1 distance=1\n");
    let guarded = run(
        &plain,
        "/system script add name=multi-isp-undo policy=read,write comment=\"multi-isp:undo:site:1\" source=\"/ip route set [find comment=\\\"isp1\\\"] distance=1\\r\\n\
         /system scheduler remove [find where comment=\\\"multi-isp:guard:site:1\\\"]\\r\\n/system scheduler remove [find where comment=\\\"multi-isp:guard:site:2\\\"]\\r\\n\
         /system script remove [find where comment=\\\"multi-isp:undo:site:1\\\"]\"\n\
         /system scheduler add name=multi-isp-guard interval=10m comment=\"multi-isp:guard:site:1\" on-event=multi-isp-undo\n\
         /system scheduler add name=multi-isp-guard-boot start-time=startup comment=\"multi-isp:guard:site:2\" on-event=multi-isp-undo\n\
         /ip route set [find comment=isp1] distance=3\n",
    )
    .router;
    let distance = |router: &Router| column(router, "/ip/route", "distance").concat();
    let early = guarded.advance(Duration::from_secs(599), &Unknown);
    assert_eq!(
        distance(&early.router),
        "3",
        "the first run is one interval after the creation"
    );
    let late = early.router.advance(Duration::from_secs(1), &Unknown);
    assert_eq!(late.error, None);
    assert_eq!(plain.diff(&late.router), []);
    let booted = guarded.reboot(&Unknown);
    assert_eq!(booted.error, None);
    assert_eq!(plain.diff(&booted.router), []);
}

/// Each on its own major, after a factory configuration with its two lists; the router's own undo takes v7_guard away.
#[test]
fn the_documented_set_ups_run() {
    let Some(folder) = shared("examples-routeros") else {
        return;
    };
    let lists = "/interface list\nadd name=WAN\nadd name=LAN\n";
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        let version = Version::parse(if name.starts_with("v6") {
            "6.49.6"
        } else {
            "7.22.3"
        });
        let router = Router::from_export(lists.as_bytes(), version).unwrap();
        let outcome = router.run(&Script::parse(&fs::read(&path).unwrap()).unwrap(), &Unknown);
        assert_eq!(outcome.error, None, "{name}");
        assert!(!router.diff(&outcome.router).is_empty(), "{name}");
        if name == "v7_guard" {
            let reverted = outcome.router.advance(Duration::from_secs(600), &Unknown);
            assert_eq!(
                (reverted.error, router.diff(&reverted.router)),
                (None, Vec::new())
            );
        }
    }
}

#[test]
fn the_interface_menu_knows_interfaces_of_every_type() {
    let router = router(
        "/interface bridge\nadd name=bridge\n/interface ethernet\nset [ find default-name=ether1 ] name=wan\n\
         /interface vlan\nadd interface=bridge name=vlan10 vlan-id=10\n/interface list\nadd name=LAN\n",
    );
    let outcome = run(
        &router,
        "/interface\nset [find name=wan] comment=fiber\ndisable vlan10\n:put [:len [find]]\n:put [get vlan10 vlan-id]\n",
    );
    assert_eq!(output(&outcome), ["3", "10"]);
    assert_eq!(
        column(&outcome.router, "/interface/ethernet", "comment"),
        ["fiber"]
    );
    assert!(outcome.router.table("/interface/vlan").rows()[0].disabled());
}

#[test]
fn schedulers_run_names_or_code_at_their_interval() {
    let router = router(
        "/system script\nadd name=note source=\":log info \\\"by name\\\"\"\n/system scheduler\n\
         add name=a interval=1m on-event=note\nadd name=b interval=90s on-event=\":log info \\\"by code\\\"\"\n\
         add name=c interval=1m disabled=yes on-event=note\nadd name=d on-event=note\n",
    );
    let outcome = router.advance(Duration::from_secs(180), &Unknown);
    let log: Vec<String> = outcome
        .log
        .iter()
        .map(|entry| entry.message.to_text().into_owned())
        .collect();
    assert_eq!(log, ["by name", "by code", "by name", "by name", "by code"]);
    let failing = run(
        &outcome.router,
        "/system script set note source=\":error \\\"no\\\"\"",
    )
    .router;
    let outcome = failing.advance(Duration::from_secs(60), &Unknown);
    assert_eq!(outcome.error.unwrap().message(), "no");
    assert_eq!(outcome.log.last().unwrap().topic, "error");
}

#[test]
fn a_start_runs_what_waits_for_it_and_is_not_disabled() {
    let router = router(
        "/system scheduler\n\
         add name=a start-time=startup on-event=\":log info a\"\n\
         add name=b start-time=startup disabled=yes on-event=\":log info b\"\n\
         add name=c start-time=startup interval=1m on-event=\":log info c\"\n\
         add name=d on-event=\":log info d\"\n",
    );
    let outcome = router.reboot(&Unknown);
    let log: Vec<_> = outcome.log.iter().map(|entry| entry.message.to_text()).collect();
    assert_eq!((outcome.error, log), (None, vec!["a".into()]));
}

#[test]
fn what_a_live_router_knows_is_asked_of_it() {
    struct Lease;
    impl Live for Lease {
        fn property(&self, _: &Router, menu: &str, row: &Row, name: &str) -> Option<Value> {
            let ours = menu == "/ip/dhcp-client" && row.is("interface", "ether2") && name == "gateway";
            ours.then(|| Value::from("100.64.0.1"))
        }
    }
    let router = router("/ip dhcp-client\nadd interface=ether1\nadd interface=ether2\n");
    let settings = run(
        &router,
        ":put [/ip dns get cache-size]; :put [:len [/system resource get uptime]]",
    );
    assert_eq!(output(&settings), ["2048KiB", "0"]);
    assert_eq!(router.diff(&settings.router), [], "reading writes nothing");
    let text = script(
        ":put [/ip dhcp-client get [find interface=ether2] gateway]\n:put [:len [/ip dhcp-client get [find interface=ether1] gateway]]",
    );
    assert_eq!(output(&router.run(&text, &Lease)), ["100.64.0.1", "0"]);
}

#[test]
fn differences_are_seen_in_both_directions() {
    let before = router(FIREWALL);
    let after = run(&before, "/ip firewall filter\nset [find comment=first] action=drop\nremove [find comment=second]\nadd chain=output comment=fourth\n").router;
    let kinds: Vec<&str> = before
        .diff(&after)
        .iter()
        .map(|difference| match difference {
            Difference::Added { .. } => "added",
            Difference::Removed { .. } => "removed",
            Difference::Changed { .. } => "changed",
            Difference::Moved { .. } => "moved",
        })
        .collect();
    assert_eq!(kinds, ["removed", "changed", "added"]);
}
