//! Names, labels and secrets of any bytes come out of what is sent as they went in, and none breaks out of its value.

use multi_isp::plan::{Options, Part, Plan, plan_apply, plan_disable};
use multi_isp::routeros::router::{Outcome, Router, Row, Unknown};
use multi_isp::routeros::syntax::quote::quote;
use multi_isp::routeros::syntax::{Item, Script};
use multi_isp::routeros::value::Value;
use multi_isp::routeros::version::Version;
use multi_isp::site::{
    Access, Apn, Dial, Health, LineDraft, Mbps, Mode, Modem, Secret, Site, SiteDraft, StaleConnections, Text,
};
use multi_isp::survey::site_of;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// Signs with a meaning in RouterOS' text, its patterns, its lists and its routes, or next to one; bytes of any encoding.
const SIGNS: &[u8] = b"\"\\$[]{}();#?%@,=:/~!'`&|<>^.*+-_ n0aAF\x80\xC3\xA9\xCF\xFF";

fn byte() -> impl Strategy<Value = u8> {
    prop_oneof![4 => select(SIGNS), 1 => (0x20u8..=0xFF).prop_filter("a site takes no control byte", |byte| *byte != 0x7F)]
}

/// A text as a site takes it.
fn text() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![9 => vec(byte(), 1..12), 1 => vec(byte(), 190..=200)]
}

/// A text as it may stand on a router: control bytes too.
fn foreign() -> impl Strategy<Value = Vec<u8>> {
    vec(prop_oneof![6 => byte(), 1 => any::<u8>()], 0..40)
}

/// A script as somebody may have left it: any bytes in a comment and in a text, one that stops, one that does not end its line.
fn script() -> impl Strategy<Value = Vec<u8>> {
    let note = text().prop_map(|text| [b"# ", text.as_slice(), b"\n"].concat());
    let message = foreign().prop_map(|text| [b":log info ", quote(&text).as_slice()].concat());
    let end = select(vec![
        &b""[..],
        b"\n",
        b"\r\n",
        b"\n:error stop",
        b";/ip no-such-menu add\n",
    ]);
    let whole = (note, message, end).prop_map(|(note, message, end)| [note, message, end.to_vec()].concat());
    prop_oneof![1 => Just(Vec::new()), 4 => whole]
}

/// The names of a router and of its lines, each another one.
#[derive(Clone, Debug)]
struct Names {
    wan: Vec<u8>,
    port: Vec<u8>,
    bridge: Vec<u8>,
    modem: Vec<u8>,
    serial: Vec<u8>,
    session: Vec<u8>,
    wan_list: Vec<u8>,
    lan_list: Vec<u8>,
}

fn names() -> impl Strategy<Value = Names> {
    vec(text(), 8).prop_filter_map("two are one, or one is refused", |names| {
        let mut sorted = names.clone();
        sorted.sort();
        sorted.dedup();
        // A site takes no interface of which firewall rules would mean every other one.
        let are_taken = names.iter().all(|name| !name.starts_with(b"!"));
        let [wan, port, bridge, modem, serial, session, wan_list, lan_list] = <[Vec<u8>; 8]>::try_from(names)
            .ok()
            .filter(|_| sorted.len() == 8 && are_taken)?;
        Some(Names {
            wan,
            port,
            bridge,
            modem,
            serial,
            session,
            wan_list,
            lan_list,
        })
    })
}

/// What else somebody typed: a label and what a client dials with, then the comments and the script that stand on the router.
#[derive(Clone, Debug)]
struct Words {
    label: Vec<u8>,
    user: Vec<u8>,
    password: Vec<u8>,
    service: Vec<u8>,
    comment: Vec<u8>,
    script: Vec<u8>,
}

prop_compose! {
    fn words()(
        [label, user, password, service] in [text(), text(), text(), text()],
        comment in foreign(),
        script in script(),
    ) -> Words {
        Words { label, user, password, service, comment, script }
    }
}

fn router(version: Version, names: &Names, words: &Words) -> Router {
    let mut router = Router::new(version);
    let mut add = |menu: &str, properties: &[(&str, &[u8])]| {
        let mut row = router.new_row(menu);
        properties.iter().for_each(|(name, value)| row.set(name, *value));
        router.push(menu, row);
    };
    let not_lan = [b"!", names.lan_list.as_slice()].concat();
    add("/interface/ethernet", &[("name", &names.wan)]);
    add("/interface/ethernet", &[("name", &names.port)]);
    add(
        "/interface/bridge",
        &[("name", &names.bridge), ("auto-mac", b"no")],
    );
    add(
        "/interface/lte",
        &[("name", &names.modem), ("comment", &words.comment)],
    );
    add(
        "/interface/lte/apn",
        &[
            ("name", b"default"),
            ("apn", b"internet"),
            ("add-default-route", b"no"),
        ],
    );
    add("/port", &[("name", &names.serial)]);
    add("/interface/list", &[("name", &names.wan_list)]);
    add("/interface/list", &[("name", &names.lan_list)]);
    add(
        "/interface/list/member",
        &[("list", &names.wan_list), ("interface", &names.wan)],
    );
    add(
        "/interface/list/member",
        &[("list", &names.lan_list), ("interface", &names.bridge)],
    );
    add(
        "/interface/bridge/port",
        &[
            ("bridge", &names.bridge),
            ("interface", &names.port),
            ("comment", &words.comment),
        ],
    );
    add(
        "/ip/address",
        &[("address", b"192.168.88.1/24"), ("interface", &names.bridge)],
    );
    add(
        "/ip/dhcp-client",
        &[
            ("interface", &names.wan),
            ("disabled", b"no"),
            ("script", &words.script),
            ("comment", &words.comment),
        ],
    );
    add(
        "/ip/firewall/filter",
        &[
            ("chain", b"input"),
            ("action", b"drop"),
            ("in-interface-list", &not_lan),
        ],
    );
    add(
        "/ip/firewall/filter",
        &[
            ("chain", b"forward"),
            ("action", b"fasttrack-connection"),
            ("comment", &words.comment),
        ],
    );
    add(
        "/ip/firewall/filter",
        &[
            ("chain", b"forward"),
            ("action", b"drop"),
            ("in-interface-list", &names.wan_list),
        ],
    );
    add(
        "/ip/firewall/nat",
        &[
            ("chain", b"srcnat"),
            ("action", b"masquerade"),
            ("out-interface-list", &names.wan_list),
            ("comment", &words.comment),
        ],
    );
    router
}

/// Two lines: one by DHCP with a client that stands there, and another.
fn site(kind: &str, mode: Mode, health: Health, names: &Names, words: &Words) -> Site {
    let text = |bytes: &Vec<u8>| Text::from(bytes.clone());
    let secret = || Some(Secret::from(words.password.clone()));
    let apn = || Apn {
        name: text(&words.service),
        user: Some(text(&words.user)),
        password: secret(),
    };
    let (interface, access) = match kind {
        "dhcp" => (&names.port, Access::Dhcp),
        "static" => (
            &names.port,
            Access::Static {
                address: "203.0.113.6/29".parse().unwrap(),
                gateway: "203.0.113.1".parse().unwrap(),
            },
        ),
        "pppoe" => (
            &names.session,
            Access::Pppoe(Some(Dial {
                port: text(&names.port),
                user: text(&words.user),
                password: secret(),
                service: Some(text(&words.service)),
            })),
        ),
        "lte" => (&names.modem, Access::Lte(Some(apn()))),
        _ => (
            &names.session,
            Access::Ppp(Some(Modem {
                port: text(&names.serial),
                apn: apn(),
                pin: secret(),
                phone: Some(text(&words.label)),
                data_channel: None,
                info_channel: None,
            })),
        ),
    };
    let speed = Mbps::new(100).unwrap();
    let mut lines = vec![
        LineDraft::new("a", names.wan.clone(), Access::Dhcp, speed),
        LineDraft::new("a-1", interface.clone(), access, speed),
    ];
    lines[0].label = Some(text(&words.label));
    lines[1].label = Some(text(&words.comment)).filter(|_| !words.comment.is_empty());
    lines[1].label = lines[1]
        .label
        .clone()
        .filter(|_| !words.comment.iter().any(u8::is_ascii_control));
    let draft = SiteDraft {
        health,
        stale_connections: StaleConnections::FailedLine,
        ..SiteDraft::new(mode, lines)
    };
    draft.build().unwrap()
}

/// A script that parses, each command of which is one text line of its own.
fn parsed(script: &[u8], commands: usize) -> Script {
    let parsed = Script::parse(script).unwrap_or_else(|errors| panic!("{errors}"));
    let items = parsed
        .items()
        .iter()
        .filter(|item| matches!(item, Item::Command(_)));
    assert_eq!(items.count(), commands, "{}", script.escape_ascii());
    assert!(
        script.iter().all(|byte| matches!(byte, b'\n' | b' '..=b'~')),
        "{}",
        script.escape_ascii()
    );
    let lines = script.split(|byte| *byte == b'\n');
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with(b"#"));
    assert_eq!(lines.count(), commands, "{}", script.escape_ascii());
    parsed
}

fn run(router: &Router, script: &Script) -> Router {
    let Outcome { router, error, .. } = router.run(script, &Unknown);
    assert_eq!(error, None);
    router
}

fn ran(router: &Router, plan: &Plan) -> Router {
    run(router, &parsed(&plan.script(), plan.steps().len()))
}

fn undone(router: &Router, plan: &Plan) -> Router {
    run(
        router,
        &parsed(&plan.undo_script(), plan.part(Part::Undo).unwrap().len()),
    )
}

/// A row of ours has exactly these bytes.
fn has(router: &Router, menu: &str, tag: &str, properties: &[(&str, &[u8])]) {
    let property = if menu.ends_with("/apn") { "name" } else { "comment" };
    let row = router
        .table(menu)
        .find_by(property, tag)
        .unwrap_or_else(|| panic!("{menu} {tag}"));
    for (name, value) in properties {
        let own = row.get(name).map(Value::as_bytes).unwrap_or_default();
        assert_eq!(
            own.escape_ascii().to_string(),
            value.escape_ascii().to_string(),
            "{menu} {name}"
        );
    }
}

fn has_what_the_site_says(router: &Router, kind: &str, names: &Names, words: &Words) {
    match kind {
        "dhcp" => has(
            router,
            "/ip/dhcp-client",
            "multi-isp:client:a-1:1",
            &[("interface", &names.port)],
        ),
        "static" => has(
            router,
            "/ip/address",
            "multi-isp:address:a-1:1",
            &[("interface", &names.port)],
        ),
        "pppoe" => has(
            router,
            "/interface/pppoe-client",
            "multi-isp:pppoe:a-1:1",
            &[
                ("name", &names.session),
                ("interface", &names.port),
                ("user", &words.user),
                ("password", &words.password),
                ("service-name", &words.service),
            ],
        ),
        "lte" => has(
            router,
            "/interface/lte/apn",
            "multi-isp-a-1",
            &[
                ("apn", &words.service),
                ("user", &words.user),
                ("password", &words.password),
            ],
        ),
        _ => has(
            router,
            "/interface/ppp-client",
            "multi-isp:ppp:a-1:1",
            &[
                ("name", &names.session),
                ("port", &names.serial),
                ("apn", &words.service),
                ("user", &words.user),
                ("password", &words.password),
                ("pin", &words.password),
                ("phone", &words.label),
            ],
        ),
    }
}

/// The client's script moves its routes, whatever stood in it before.
fn lease_script_works(router: &Router, interface: &[u8], before: &[u8]) {
    let clients = router.table("/ip/dhcp-client");
    let client = clients.iter().find(|row| {
        row.get("interface")
            .is_some_and(|own| own.as_bytes() == interface)
    });
    let script = client
        .and_then(|row| row.get("script"))
        .map(Value::as_bytes)
        .unwrap_or_default();
    if !script.starts_with(b"# multi-isp: begin\n") {
        return;
    }
    assert!(script.ends_with(before));
    let lease = [
        ("bound", &b"1"[..]),
        ("gateway-address", b"198.51.100.77"),
        ("interface", interface),
    ];
    let lease = lease.map(|(name, value)| (name, Value::from(value)));
    let outcome = router.run_with(&Script::parse(script).unwrap(), &lease, &Unknown);
    assert_eq!(
        outcome.log.len(),
        usize::from(!before.is_empty()),
        "what stood there runs too"
    );
    let moved = |row: &&Row| {
        let hop = row.get("gateway").map(Value::as_bytes).unwrap_or_default();
        hop == b"198.51.100.77" || hop == [b"198.51.100.77%", interface].concat()
    };
    assert!(outcome.router.table("/ip/route").iter().filter(moved).count() > 0);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn whatever_goes_in_comes_out(
        version in select(vec![Version::new(6, 49, 10), Version::new(7, 9, 0), Version::new(7, 22, 3)]),
        kind in select(vec!["dhcp", "static", "pppoe", "lte", "ppp"]),
        mode in select(Mode::ALL),
        health in select(Health::ALL),
        names in names(),
        words in words(),
    ) {
        let router = router(version, &names, &words);
        let site = site(kind, mode, health, &names, &words);
        let plan = plan_apply(&site, &router, &Options::default()).unwrap_or_else(|error| panic!("{error:#?}"));
        let applied = ran(&router, &plan);
        prop_assert_eq!(undone(&applied, &plan).diff(&router), []);
        prop_assert_eq!(site_of(&applied), Some(Ok(site.without_secrets())));
        has_what_the_site_says(&applied, kind, &names, &words);
        for script in applied.table("/system/script") {
            prop_assert!(Script::parse(script.get("source").unwrap().as_bytes()).is_ok());
        }
        lease_script_works(&applied, &names.wan, &words.script);
        lease_script_works(&applied, &names.port, b"");
        let looked = applied.advance(std::time::Duration::from_secs(10), &Unknown);
        prop_assert_eq!(looked.error, None);

        let plan = plan_disable(&applied, &Options::default()).unwrap_or_else(|error| panic!("{error:#?}"));
        let freed = ran(&applied, &plan);
        prop_assert_eq!(freed.diff(&router), []);
        prop_assert_eq!(undone(&freed, &plan).diff(&applied), []);
    }
}
