//! Exports and REST JSON load, and come back the same.

use super::*;

/// The exports of the corpus, by the beginning of their names, and their rows: one for each `add` and `set`.
const EXPORTS: [(&str, usize); 8] = [
    ("1b9c989f5c5e", 96),
    ("216187d0d1d2", 96),
    ("513def175e24", 46),
    ("52769299866e", 131),
    ("798a481c00b3", 42),
    ("85c5fe101987", 47),
    ("a6de764ca9a8", 12),
    ("e8447c97ef02", 188),
];

#[track_caller]
fn round_trip(name: &str, export: &[u8]) -> usize {
    let read = |text: &[u8]| {
        Router::from_export(text, None).unwrap_or_else(|error| panic!("{name}: {}", error.render()))
    };
    let first = read(export);
    let second = read(&first.to_export());
    assert_eq!(first.diff(&second), [], "{name}");
    for menu in first.menus() {
        assert_eq!(first.table(menu), second.table(menu), "{name}: {menu}");
    }
    assert_eq!(first.to_export(), second.to_export(), "{name}");
    first.menus().map(|menu| first.table(menu).len()).sum()
}

#[test]
fn every_export_of_the_corpus_comes_back_the_same() {
    let Some(folder) = shared("corpus") else { return };
    for (prefix, wanted) in EXPORTS {
        let entry = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
        let file = entry
            .into_iter()
            .find(|path| path.file_name().unwrap().to_str().unwrap().starts_with(prefix));
        let file = file.unwrap_or_else(|| panic!("no {prefix}"));
        let rows = round_trip(prefix, &fs::read(file).unwrap());
        assert_eq!(rows, wanted, "{prefix}");
    }
}

#[test]
fn every_example_comes_back_the_same() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/routers");
    let mut seen = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read(&path).unwrap();
        if path.extension().is_some_and(|extension| extension == "rsc") {
            assert!(round_trip(&path.display().to_string(), &text) > 20);
            seen += 1;
        }
    }
    assert!(seen >= 4);
}

#[test]
fn all_forms_of_an_export_load_alike() {
    let compact =
        router("/ip firewall filter\nadd action=drop chain=input comment=\"drop all\" in-interface=ether1\n");
    let terse =
        router("/ip firewall filter add action=drop chain=input comment=\"drop all\" in-interface=ether1\n");
    let verbose = router(
        "/ip firewall filter\nadd action=drop chain=input comment=\"drop all\" disabled=no in-interface=ether1 \\\n    log=no log-prefix=\"\"\n",
    );
    assert_eq!(compact.diff(&terse), []);
    assert_eq!(compact.diff(&verbose), []);
    assert_eq!(
        compact.table("/ip/firewall/filter"),
        verbose.table("/ip/firewall/filter")
    );
}

#[test]
fn a_compact_export_describes_rows_of_the_factory() {
    let router = router(
        "/interface ethernet\nset [ find default-name=ether1 ] name=wan\nset [ find default-name=ether2 ] comment=lan\n\
         /ip hotspot profile\nset [ find default=yes ] html-directory=hotspot\n\
         /port\nset 0 name=serial0\n\
         /interface lte apn\nset [ find default=yes ] default-route-distance=5\n\
         /ppp profile\nset *0 use-ipv6=no\n\
         /ip service\nset telnet disabled=yes\n\
         /ip dns\nset allow-remote-requests=yes\n",
    );
    assert_eq!(column(&router, "/interface/ethernet", "name"), ["wan", "ether2"]);
    assert_eq!(
        router.table("/interface/ethernet").rows()[0]
            .live("default-name")
            .unwrap(),
        "ether1"
    );
    assert_eq!(column(&router, "/ip/service", "name"), ["telnet"]);
    assert_eq!(column(&router, "/port", "name"), ["serial0"]);
    let export = String::from_utf8(router.to_export()).unwrap();
    for line in [
        "set [find where default-name=ether1] name=wan",
        "set [find where default-name=ether2] comment=lan",
        "set [find where default=yes] html-directory=hotspot",
        "set 0 name=serial0",
        "set *0 use-ipv6=no",
        "set telnet disabled=yes",
        "set allow-remote-requests=yes",
    ] {
        assert!(export.lines().any(|own| own == line), "{line}\n{export}");
    }
}

/// A script among exports: what it looks for and does not find is not made.
#[test]
fn only_rows_of_the_factory_are_made_up() {
    let router = router(
        "/ip firewall filter\nset [find comment=x] disabled=yes\nset [find] disabled=yes\nremove [find where name=y]\n\
         set [find where comment~\"x\"] disabled=yes\n/interface lte\nset [ find ] name=lte1\n",
    );
    assert!(router.table("/ip/firewall/filter").is_empty());
    assert_eq!(column(&router, "/interface/lte", "name"), ["lte1"]);
}

#[test]
fn a_running_router_has_no_such_rows_to_describe() {
    let router = router("/ip dns\nset servers=1.1.1.1\n");
    assert_eq!(
        error(&router, "/ip service set telnet disabled=yes"),
        "no such item (line 1 column 1)"
    );
}

#[test]
fn bytes_of_any_encoding_survive() {
    let router = router(
        "/ip address\nadd address=192.0.2.1/24 comment=\"\\CF\\F0 \\\"x\\\" \\$y \\?\" interface=ether1\n",
    );
    let comment = router.table("/ip/address").rows()[0].comment().unwrap();
    assert_eq!(comment.as_bytes(), b"\xCF\xF0 \"x\" $y ?");
    round_trip("bytes", &router.to_export());
}

#[test]
fn a_bad_export_is_refused_with_its_place() {
    let error = Router::from_export(b"/ip route\nadd gateway=\"192.0.2.1\n", None).unwrap_err();
    assert_eq!(error.diagnostics()[0].place.unwrap().line, 2);
    let error = Router::from_export(b"/ip route\nadd gateway=192.0.2.1\nremove 5\n", None).unwrap_err();
    assert_eq!(error.diagnostics()[0].code.as_str(), "script-stops");
    assert_eq!(error.diagnostics()[0].place.unwrap().line, 3);
}

/// A list of 20,000 entries: as many again and a second of each would take minutes if rows were compared one by one.
#[test]
fn long_lists_load_and_their_twins_are_found() {
    let mut export = String::from("/ip firewall address-list\n");
    for index in 0..20_000_u32 {
        export.push_str(&format!(
            "add address=10.{}.{}.{} list=blocked\n",
            index >> 16,
            (index >> 8) & 255,
            index & 255
        ));
    }
    let router = router(&export);
    assert_eq!(router.table("/ip/firewall/address-list").len(), 20_000);
    assert_eq!(
        error(
            &router,
            "/ip firewall address-list add list=blocked address=10.0.78.31"
        ),
        "failure: already have such entry (line 1 column 1)"
    );
    run(
        &router,
        "/ip firewall address-list add list=blocked address=10.0.78.31 disabled=yes",
    );
    run(
        &router,
        "/ip firewall address-list add list=others address=10.0.78.31",
    );
}

#[test]
fn rows_remember_the_text_line_that_the_export_adds_them_on() {
    let export = "# by RouterOS 7.22.3\r\n/interface ethernet\r\nset [ find default-name=ether1 ] \\\r\n    comment=fiber\r\n\
        /ip address\nadd address=192.0.2.2/24 \\\n    interface=ether1\nadd address=192.0.2.3/24 interface=ether1\n\
        /ip dns\nset servers=9.9.9.9\n/ip route add gateway=192.0.2.1\n\
        /ip route\n{ :local x 1; \nadd gateway=192.0.2.4 }\n/interface ethernet set ether1 mtu=1400\n";
    let router = router(export);
    let lines = |router: &Router, menu: &str| -> Vec<Option<u32>> {
        router.table(menu).iter().map(Row::line).collect()
    };
    assert_eq!(
        lines(&router, "/interface/ethernet"),
        [Some(3)],
        "the line that describes it first"
    );
    assert_eq!(lines(&router, "/ip/address"), [Some(6), Some(8)]);
    assert_eq!(lines(&router, "/ip/dns"), [Some(10)]);
    assert_eq!(lines(&router, "/ip/route"), [Some(11), Some(14)]);

    let changed = run(
        &router,
        "/ip route\nset [find gateway=192.0.2.1] distance=2\nadd gateway=192.0.2.9\nadd copy-from=[find distance=2]",
    );
    assert_eq!(
        lines(&changed.router, "/ip/route"),
        [Some(11), Some(14), None, None],
        "what no export says is on no line of it"
    );
    let moved = self::router(&format!("\n\n{export}"));
    assert_eq!(
        moved.table("/ip/route"),
        router.table("/ip/route"),
        "lines mean nothing"
    );
    assert_ne!(lines(&moved, "/ip/route"), lines(&router, "/ip/route"));
}
