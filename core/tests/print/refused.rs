//! What is no output of `print`, or tells too little: an error with its place, never a guess.

use multi_isp::routeros::router::Router;
use multi_isp::routeros::version::Version;
use proptest::prelude::*;

use super::routers::{SEVEN, SIX, outputs};

/// The codes of what is wrong, each with the text that it is about.
fn faults(menu: &str, text: &str) -> Vec<(String, String)> {
    let error = Router::from_print(&[(menu, text)], None).unwrap_err();
    let about = |place: multi_isp::Place| text[place.offset..place.offset + place.length].to_owned();
    let findings = error.diagnostics().iter();
    findings
        .map(|it| (it.code.to_string(), it.place.map(about).unwrap_or_default()))
        .collect()
}

#[track_caller]
fn refused(menu: &str, text: &str, wanted: &[(&str, &str)]) {
    let found = faults(menu, text);
    let found: Vec<_> = found
        .iter()
        .map(|(code, about)| (code.as_str(), about.as_str()))
        .collect();
    assert_eq!(found, wanted, "{text}");
}

#[test]
fn what_is_no_output_is_refused() {
    refused("/ip/route", "hello\n", &[("not-print-output", "hello")]);
    refused(
        "/ip/route",
        "add gateway=192.0.2.1\n",
        &[("not-print-output", "add gateway=192.0.2.1")],
    );
    refused(
        "/ip/dns",
        "  servers: 9.9.9.9\n  servers: 9.9.9.9\n",
        &[("unclear-value", "servers")],
    );
    refused(
        "/ip route",
        " 0 Q gateway=192.0.2.1\n",
        &[("unknown-flag", "Q"), ("not-a-menu", "")],
    );
    let error = Router::from_print(&[("/ip/route", ""), ("ip/route", "")], None).unwrap_err();
    assert_eq!(error.to_string(), "`/ip/route` is given twice");
}

#[test]
fn what_the_router_refuses_is_no_empty_menu() {
    for text in [
        "bad command name lte (line 1 column 12)",
        "\r\nno such command or directory (lte)\r\n",
        "expected end of command (line 1 column 20)",
    ] {
        refused("/interface/lte", text, &[("menu-refused", text.trim())]);
    }
    let empty = Router::from_print(&[("/ip/route", "Flags: X - disabled, A - active\r\n")], None).unwrap();
    assert!(empty.table("/ip/route").is_empty());
}

#[test]
fn a_letter_that_nothing_explains_is_refused() {
    refused(
        "/ip/route",
        " 0 AZS gateway=192.0.2.1\n",
        &[("unknown-flag", "Z")],
    );
    let legend = "Flags: X - disabled, Z - frozen\n 0 Z  gateway=192.0.2.1\n";
    let router = Router::from_print(&[("/ip/route", legend)], None).unwrap();
    assert_eq!(
        router.table("/ip/route").rows()[0].live("frozen").unwrap(),
        "true"
    );
    // Without a legend, what a letter means is the version's.
    let read = |version: &str| {
        let route = [("/ip/route", " 0 A S  dst-address=192.0.2.0/24\n")];
        Router::from_print(&route, Version::parse(version)).map(|_| ())
    };
    assert_eq!(read("6.49.10"), Ok(()));
    assert!(read("7.18.2").unwrap_err().to_string().contains('S'));
}

/// A letter means what the legend says, not what it means elsewhere.
#[test]
fn the_legend_decides() {
    let text = "Flags: D - disabled, X - dynamic; R - slave\n 0 DR name=\"ether1\"\n";
    let router = Router::from_print(&[("/interface/ethernet", text)], None).unwrap();
    let port = &router.table("/interface/ethernet").rows()[0];
    assert!(port.disabled() && !port.dynamic());
    assert_eq!(port.live("slave").unwrap(), "true");
}

#[test]
fn a_value_without_an_end_is_refused() {
    for (row, about) in [
        ("0 name=\"ether1", "name"),
        ("0 name=\"ether1 mtu=1500", "name"),
        ("0 name=\"a\\x\" mtu=1500", "name"),
        ("0 mtu=1500 mtu=1500", "mtu"),
        ("0 advertise=10M-baseT-half, and more", "advertise"),
        ("0 mtu=\"1500", "mtu"),
    ] {
        refused("/interface/ethernet", row, &[("unclear-value", about)]);
    }
}

#[test]
fn a_table_is_read_where_each_value_stands_below_one_title() {
    let read = |text: &str| Router::from_print(&[("/ip/route", text)], Version::parse("7.18.2"));
    let table = "Flags: D - DYNAMIC; I - INACTIVE, A - ACTIVE; c - CONNECT, s - STATIC, d - DHCP\r\n\
        Columns: DST-ADDRESS, GATEWAY, DISTANCE\r\n\
        #     DST-ADDRESS     GATEWAY    D\r\n\
        \x20 DAd 0.0.0.0/0       192.0.2.1  1\r\n\
        ;;; isp 2\r\n\
        0  Is 0.0.0.0/0       10.1.1.1   2\r\n\
        1  As 198.51.100.0/24 ether1    10\r\n";
    let router = read(table).unwrap();
    let rows = router.table("/ip/route").rows();
    assert_eq!(rows[0].text("gateway").unwrap(), "192.0.2.1");
    assert!(rows[0].dynamic());
    assert_eq!(rows[1].comment().unwrap(), "isp 2");
    assert_eq!(rows[1].live("inactive").unwrap(), "true");
    assert_eq!(rows[2].text("distance").unwrap(), "10");
    // Without the names, a title that is cut off may be any.
    let unlisted = table.replace("Columns: DST-ADDRESS, GATEWAY, DISTANCE\r\n", "");
    assert!(
        read(&unlisted)
            .unwrap_err()
            .to_string()
            .ends_with("the titles of this table are cut off")
    );
    assert!(read(&unlisted.replace("  D\r\n", "  DISTANCE\r\n")).is_ok());
}

#[test]
fn a_table_that_cuts_off_or_shifts_values_is_refused() {
    let header = " #   NAME          MTU INTERFACE\n";
    for (row, about) in [
        (" 0   pppoe-out1-of...  1480 ether1\n", "pppoe-out1-of..."),
        (" 0   a-very-long-name-of 1480 ether1\n", "a-very-long-name-of"),
        (" 0   pppoe1  x    1480 ether1\n", "x"),
        (" 0   a    b     1480 ether1\n", "b"),
    ] {
        refused(
            "/interface/pppoe-client",
            &[header, row].concat(),
            &[("unclear-table", about)],
        );
    }
    let cut = " #   NAME      NEXTHOP-S... INTERFACE\n 0   a         1            ether1\n";
    assert_eq!(faults("/interface/pppoe-client", cut)[0].0, "unclear-table");
}

#[test]
fn remarks_of_the_router_are_no_comments() {
    let text = "Flags: X - disabled, I - invalid, D - dynamic\n \
        0 X ;;; inactivated, not allowed by device-mode\n     name=\"a\" on-event=x\n \
        1   ;;; mine\n     ;;; inactivated, not allowed by device-mode\n     name=\"b\" on-event=x\n";
    let router = Router::from_print(&[("/system/scheduler", text)], None).unwrap();
    let comments = router
        .table("/system/scheduler")
        .iter()
        .map(|row| row.comment().map(|it| it.to_text().into_owned()));
    assert_eq!(comments.collect::<Vec<_>>(), [None, Some("mine".to_owned())]);
}

#[test]
fn every_fault_of_every_menu_is_told_with_its_own_text() {
    let texts = [
        (
            "/ip/route",
            " 0 A S  gateway=\"192.0.2.1\n 1 Q gateway=192.0.2.2\n",
        ),
        ("/ip/dns", " 9: 4\nservers: 1.1.1.1\n"),
    ];
    let shown = Router::from_print(&texts, None).unwrap_err().render();
    insta::assert_snapshot!(shown);
}

#[test]
fn secrets_are_not_shown() {
    for (menu, text) in [
        (
            "/interface/pppoe-client",
            " 0 Q name=a password=hunter2 hunter2 user=jo\n",
        ),
        (
            "/interface/pppoe-client",
            " 0 Q name=\"a\" password=\"x\\\" hunter2\n    hunter2\" user=jo\n",
        ),
        ("/interface/pppoe-client", " 0 Q name=\"a\" password=\"hunter2\n"),
        (
            "/interface/pppoe-client",
            " 0 Q name=a password=x\n     hunter2 user=jo\n",
        ),
        (
            "/interface/lte/apn",
            " 0 Q name=a\n 1 password=hunter2 password=hunter2\n",
        ),
        (
            "/ip/dns",
            "  password: hunter2 hunter2\n            hunter2\n  a: x\n  a: x\n",
        ),
        (
            "/ppp/secret",
            " # NAME  PASSWORD  PROFILE\n 0 a  hunter2   default\n",
        ),
        (
            "/ppp/secret",
            "Columns: NAME, PASSWORD, PROFILE\n # NAME  PASS  PROFILE\n 0  a     hunter2 hunter2   default\n",
        ),
    ] {
        let error = Router::from_print(&[(menu, text)], None).unwrap_err();
        let told = format!("{}{error}{:?}", error.render(), error.diagnostics());
        assert!(!told.contains("hunter2"), "{told}");
        assert!(!error.render().is_empty());
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(text: Vec<u8>, menu in menus()) {
        tried(menu, &text);
    }

    #[test]
    fn any_words_are_read_or_refused(words in prop::collection::vec(word(), 0..40), menu in menus()) {
        tried(menu, words.concat().as_bytes());
    }

    #[test]
    fn changed_outputs_are_read_or_refused(
        form in 0..4_usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0..3_u8, any::<u8>()), 1..8),
    ) {
        let text = [SEVEN.detail, SEVEN.terse, SIX.detail, SIX.terse][form];
        for (menu, output) in outputs(text) {
            let mut output = output.as_bytes().to_vec();
            for (index, kind, byte) in &changes {
                let at = index.index(output.len());
                match kind {
                    0 => output[at] = *byte,
                    1 => output.insert(at, *byte),
                    _ => _ = output.drain(at..output.len().min(at + usize::from(*byte))),
                }
                if output.is_empty() {
                    break;
                }
            }
            tried(menu, &output);
        }
    }
}

/// Whatever is read can be exported and read again; whatever is not says where and why.
fn tried(menu: &str, text: &[u8]) {
    match Router::from_print(&[(menu, text)], None) {
        Ok(router) => {
            let rows = || router.menus().flat_map(|menu| router.table(menu).iter());
            assert!(rows().all(|row| row.router_id().is_none()));
        }
        Err(error) => {
            assert!(!error.render().is_empty());
            for finding in error.diagnostics() {
                let end = finding.place.map_or(0, |place| place.offset + place.length);
                assert!(end <= text.len(), "{finding:?}");
                assert!(finding.help.is_some(), "{finding:?}");
            }
        }
    }
}

fn menus() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "/ip/route",
        "/ip/dhcp-client",
        "/interface",
        "/ip/dns",
        "/ip/neighbor",
        "/tool/netwatch",
    ])
}

fn word() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "Flags: ",
        "X - disabled",
        ", ",
        ";",
        "Columns: ",
        "NAME",
        " # ",
        "\n",
        "\r\n",
        "\r",
        " ",
        "    ",
        " 0 ",
        "12",
        "A",
        "DAd",
        "S",
        ";;; ",
        "comment",
        "=",
        "name=",
        "script=",
        "status=",
        "gateway=",
        "\"",
        "\\",
        "{",
        "]",
        "name: ",
        "x",
        "\t",
        "\x1b[",
        "m",
        "[admin@a] > ",
        "password=",
        "blackhole",
        "8 053",
        ",",
        "…",
        "\u{0}",
        "é",
    ])
}

/// What a program or a proxy wrote instead of the router, and a legend that cannot be read, is no router without routes.
#[test]
fn what_is_no_output_is_no_empty_menu() {
    for text in [
        "ssh: connect to host 10.0.0.1 port 22: Connection refused\n",
        "HTTP: 502\n",
        "error: not logged in\n",
        "Flags: X - disabled, A - active\n 0 A dst-address=0.0.0.0/0 gateway=1.1.1.1\r\n-- [Q quit|D dump|down]\r\n",
        "Flags: X - disabled, A - active (best)\n 0 A dst-address=0.0.0.0/0 gateway=1.1.1.1\n",
    ] {
        let error = Router::from_print(&[("/ip/route", text)], None).unwrap_err();
        assert_eq!(error.diagnostics()[0].code.as_str(), "not-print-output", "{text}");
    }
}
