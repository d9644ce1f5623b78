//! What customers typed leaves its value over no transport, and nothing but the plan's rows changes.

use multi_isp::emit::TransportError;
use multi_isp::plan::{Change, NewValue, Options, Part, Plan, plan_apply, plan_disable};
use multi_isp::routeros::router::{Difference, Router, Unknown};
use multi_isp::routeros::syntax::Script;
use multi_isp::routeros::value::Value;
use multi_isp::routeros::version::Version;
use multi_isp::site::{Access, Health, LineDraft, Mbps, Mode, Site, SiteDraft, Text};
use proptest::collection::vec;
use proptest::prelude::*;

use super::other_end::OtherEnd;
use super::reading::over_api;

/// Names and comments that would be commands, ends of values, words of the API or JSON, were they not kept in their value.
const NASTY: [&[u8]; 12] = [
    b"\"] remove [find]; #",
    b"x\"; /ip firewall nat remove [find]",
    b"\\\"",
    b"\\",
    b"$[/system reboot]",
    b"a=b =disabled=yes",
    b"=.id=*1",
    b"_!trap",
    b"*1",
    b"\", \"disabled\": \"true",
    b"Jos\xC3\xA9",
    b"\xCF\xF0\x80\xFF",
];

/// What a comment or a script may have beside.
const BROKEN: [&[u8]; 3] = [b"two\nlines\r\n/system reset", b"\x00\x01\x1F\x7F", b"tab\there"];

/// The words of one router.
#[derive(Clone, Debug)]
struct Words {
    wan: Vec<u8>,
    port: Vec<u8>,
    bridge: Vec<u8>,
    list: Vec<u8>,
    comment: Vec<u8>,
    label: Vec<u8>,
}

/// A router with the WAN client and the port on one bridge: the plan writes down, takes off, pins, moves and adds.
fn router(version: Version, words: &Words) -> Router {
    let mut router = Router::new(version);
    let mut add = |menu: &str, properties: &[(&str, &[u8])]| {
        let mut row = router.new_row(menu);
        properties.iter().for_each(|(name, value)| row.set(name, *value));
        router.push(menu, row);
    };
    let comment = ("comment", words.comment.as_slice());
    add("/interface/ethernet", &[("name", &words.wan), comment]);
    add("/interface/ethernet", &[("name", &words.port)]);
    add("/interface/bridge", &[("name", &words.bridge), comment]);
    add("/interface/list", &[("name", &words.list), comment]);
    add(
        "/interface/list/member",
        &[("list", &words.list), ("interface", &words.wan)],
    );
    add(
        "/interface/bridge/port",
        &[("bridge", &words.bridge), ("interface", &words.port), comment],
    );
    add(
        "/ip/address",
        &[("address", b"192.168.88.1/24"), ("interface", &words.bridge)],
    );
    add(
        "/ip/dhcp-client",
        &[("interface", &words.wan), ("disabled", b"no"), comment],
    );
    let forward = |action| [("chain", &b"forward"[..]), ("action", action), comment];
    add("/ip/firewall/filter", &forward(b"fasttrack-connection"));
    add(
        "/ip/firewall/mangle",
        &[
            ("chain", b"prerouting"),
            ("action", b"change-mss"),
            ("new-mss", b"1400"),
            ("protocol", b"tcp"),
            ("tcp-flags", b"syn"),
            comment,
        ],
    );
    add(
        "/ip/firewall/nat",
        &[
            ("chain", b"srcnat"),
            ("action", b"masquerade"),
            ("out-interface-list", &words.list),
            comment,
        ],
    );
    add(
        "/ip/firewall/filter",
        &[
            ("chain", b"forward"),
            ("action", b"drop"),
            ("in-interface-list", &words.list),
        ],
    );
    over_api(&router)
}

fn site(words: &Words) -> Site {
    let speed = Mbps::new(100).unwrap();
    let line = |id: &str, interface: &Vec<u8>| LineDraft::new(id, interface.clone(), Access::Dhcp, speed);
    let mut lines = vec![line("a", &words.wan), line("b", &words.port)];
    lines[0].label = Some(Text::from(words.label.clone()));
    let draft = SiteDraft {
        health: Health::Internet,
        ..SiteDraft::new(Mode::LoadBalanceFailover, lines)
    };
    draft.build().unwrap()
}

/// The router that a plan leaves: the same over each transport that can carry it.
fn sent(plan: &Plan, part: Part, router: &Router, script: &[u8]) -> Router {
    let outcome = router.run(&Script::parse(script).unwrap(), &Unknown);
    assert_eq!(outcome.error, None);
    let mut api = OtherEnd::new(router);
    api.api(&plan.api(part, router).unwrap()).unwrap();
    assert_eq!(outcome.router.diff(&api.router), []);
    let mut rest = OtherEnd::new(router);
    match plan.rest(part, router) {
        Ok(calls) => {
            rest.rest(&calls).unwrap();
            assert_eq!(outcome.router.diff(&rest.router), []);
        }
        Err(TransportError::NotUtf8 { .. }) => assert!(!is_text(plan, part)),
        Err(TransportError::NoRest { .. }) => assert!(router.version() < Some(Version::new(7, 1, 0))),
        Err(error) => panic!("{error}"),
    }
    over_api(&api.router)
}

/// Whether all values that a part sends are text; a command of its own is always, its bytes are written as codes.
fn is_text(plan: &Plan, part: Part) -> bool {
    let steps = plan.part(part).unwrap();
    let values = steps.iter().flat_map(|step| match &step.change {
        Change::Add { row, .. } => row.iter().map(|(_, value)| value.clone()).collect(),
        Change::Set { values, .. } => values.iter().filter_map(|value| given(&value.to)).collect(),
        Change::Remove { .. } | Change::Move { .. } | Change::Run { .. } => Vec::new(),
    });
    values
        .into_iter()
        .all(|value| std::str::from_utf8(value.as_bytes()).is_ok())
}

fn given(value: &NewValue) -> Option<Value> {
    match value {
        NewValue::Given(value) => Some(value.clone()),
        NewValue::Unset | NewValue::Reported(_) => None,
    }
}

/// Every row of others that is changed is one that the plan names, and none is gone but the port's place on the bridge.
fn only_ours_came(router: &Router, applied: &Router, words: &Words) {
    for difference in router.diff(applied) {
        match difference {
            Difference::Added { menu, row } => {
                let comment = row.text("comment").unwrap_or_default().into_owned();
                assert!(comment.starts_with("multi-isp:"), "{menu} {row:?}");
            }
            Difference::Removed { menu, row } => {
                assert_eq!(menu, "/interface/bridge/port");
                assert_eq!(row.get("interface").unwrap().as_bytes(), words.port);
            }
            Difference::Changed { menu, properties, .. } => {
                let names: Vec<&str> = properties.iter().map(|change| change.name.as_str()).collect();
                let allowed: &[&str] = match menu.as_str() {
                    "/interface/bridge" => &["admin-mac", "auto-mac"],
                    "/ip/dhcp-client" => &["add-default-route", "default-route-distance", "script"],
                    "/ip/firewall/filter" => &["connection-mark"],
                    _ => &[],
                };
                assert!(
                    names.iter().all(|name| allowed.contains(name)),
                    "{menu} {names:?}"
                );
            }
            Difference::Moved { menu, row } => panic!("{menu} {row:?}"),
        }
    }
}

fn check(version: Version, words: &Words) {
    let router = router(version, words);
    let site = site(words);
    let plan = plan_apply(&site, &router, &Options::default()).unwrap_or_else(|error| panic!("{error:#?}"));
    let applied = sent(&plan, Part::Plan, &router, &plan.script());
    only_ours_came(&router, &applied, words);
    let undone = sent(&plan, Part::Undo, &applied, &plan.undo_script());
    assert_eq!(undone.diff(&router), []);
    let disable = plan_disable(&applied, &Options::default()).unwrap();
    let freed = sent(&disable, Part::Plan, &applied, &disable.script());
    assert_eq!(freed.diff(&router), []);
}

const SIX: Version = Version::new(6, 49, 10);
const SEVEN: Version = Version::new(7, 22, 3);

#[test]
fn what_would_be_a_command_stays_a_name() {
    for (index, text) in NASTY.into_iter().enumerate() {
        let version = if index % 3 == 0 { SIX } else { SEVEN };
        let name = |sign: &[u8]| [text, sign].concat();
        let words = Words {
            wan: text.to_vec(),
            port: name(b"2"),
            bridge: name(b"3"),
            list: name(b"4"),
            comment: [text, BROKEN[index % BROKEN.len()]].concat(),
            label: text.to_vec(),
        };
        check(version, &words);
    }
}

/// A byte with a meaning in one of the three, or next to one.
fn byte() -> impl Strategy<Value = u8> {
    let signs = b"\"\\$[]{}();#?%@,=:/~!'`&|<>^.*+-_ n0aAF\xC3\xA9\xCF\xFF".to_vec();
    prop_oneof![4 => prop::sample::select(signs), 1 => 0x20u8..0x7F]
}

fn name() -> impl Strategy<Value = Vec<u8>> {
    // A site takes no interface of which firewall rules would mean every other one.
    vec(byte(), 1..12).prop_filter("means another one", |name| !name.starts_with(b"!"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_stay_in_their_value(
        version in prop::sample::select(vec![SIX, SEVEN]),
        mut names in vec(name(), 4),
        comment in vec(any::<u8>(), 0..30),
        label in name(),
    ) {
        for (number, name) in (b'1'..).zip(&mut names) {
            name.push(number);
        }
        let [wan, port, bridge, list] = <[Vec<u8>; 4]>::try_from(names).unwrap();
        check(version, &Words { wan, port, bridge, list, comment, label });
    }
}
