//! The difference of two routers as commands: run on the first they give the second, and they are the fewest.

use std::collections::BTreeSet;

use multi_isp::plan::{Change, PlanError, changes};
use multi_isp::routeros::router::{Router, Unknown};
use multi_isp::routeros::syntax::Script;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value as Json;

use crate::shared::shared;

#[track_caller]
fn router(export: &str) -> Router {
    Router::from_export(export.as_bytes(), None)
        .unwrap_or_else(|error| panic!("{export}: {}", error.render()))
}

/// The commands as text.
fn script(changes: &[Change]) -> String {
    let commands = changes.iter().map(Change::command);
    let commands: Vec<String> = commands
        .map(|command| String::from_utf8(command).unwrap())
        .collect();
    commands.join("\n")
}

/// The router after commands that all must run.
#[track_caller]
fn run(router: &Router, script: &str) -> Router {
    let outcome = router.run(&Script::parse(script.as_bytes()).unwrap(), &Unknown);
    assert_eq!(outcome.error, None, "{script}");
    outcome.router
}

/// The router that an export is of: it has what it was made with, too.
fn whole(export: &str) -> Router {
    let made = "/interface ethernet\nset [ find default-name=ether1 ]\nset [ find default-name=ether2 ]\n\
                /ip service\nset telnet\n";
    router(&format!("{export}\n{made}"))
}

/// What makes one export the other, run; what a second look finds is nothing.
#[track_caller]
fn made(before: &str, after: &str) -> Vec<Change> {
    let whole = whole(before);
    let (before, after) = (router(before), router(after));
    let found = changes(&before, &after).unwrap_or_else(|error| panic!("{error}"));
    let changed = run(&whole, &script(&found));
    assert_eq!(changed.diff(&after), [], "{}", script(&found));
    assert_eq!(changes(&changed, &after), Ok(Vec::new()));
    found
}

/// How a change is made: its verb, and for `set` the properties.
fn how(changes: &[Change]) -> Vec<String> {
    let how = |change: &Change| match change {
        Change::Add { .. } => "add".to_owned(),
        Change::Remove { .. } => "remove".to_owned(),
        Change::Move { .. } => "move".to_owned(),
        Change::Run { .. } => "run".to_owned(),
        Change::Set { values, .. } => {
            let names: Vec<&str> = values.iter().map(|value| value.name.as_str()).collect();
            format!("set {}", names.join(" "))
        }
    };
    changes.iter().map(how).collect()
}

fn vectors(file: &str) -> Option<Vec<Json>> {
    let text = std::fs::read(shared(&format!("vectors/{file}"))?).unwrap();
    let vectors: Json = serde_json::from_slice(&text).unwrap();
    Some(vectors["cases"].as_array().unwrap().clone())
}

/// What each case requires of the way, beside the state after it.
const ADVERSARIAL: [(&str, &[&str]); 13] = [
    ("reorder_without_ids", &["move"]),
    ("insert_in_middle_without_ids", &["add"]),
    ("quote_in_comment", &["set comment"]),
    ("duplicate_rows_2_to_1", &["remove"]),
    ("duplicate_rows_1_to_2", &["add"]),
    ("default_route_distance_change", &["set distance"]),
    ("unset_argument", &["set routing-table"]),
    ("flag_argument_blackhole", &["set distance"]),
    ("single_line_path_form", &["set gateway"]),
    ("slash_vs_space_path", &[]),
    ("id_is_prefix_of_other_id", &["set chain"]),
    ("default_value_dropped", &[]),
    ("script_source_with_subcommands", &["set source"]),
];

#[test]
fn diffs_that_others_get_wrong_are_right() {
    let Some(cases) = vectors("diff_adversarial.json") else {
        return;
    };
    assert_eq!(cases.len(), ADVERSARIAL.len());
    for case in cases {
        let name = case["name"].as_str().unwrap();
        let found = made(case["old"].as_str().unwrap(), case["new"].as_str().unwrap());
        let (_, expected) = ADVERSARIAL.iter().find(|(own, _)| *own == name).unwrap();
        assert_eq!(how(&found), *expected, "{name}: {}", script(&found));
    }
}

#[test]
fn the_way_is_as_it_must_be() {
    let Some(cases) = vectors("diff_adversarial.json") else {
        return;
    };
    let found = |name: &str| {
        let case = cases.iter().find(|case| case["name"] == name).unwrap();
        script(&made(
            case["old"].as_str().unwrap(),
            case["new"].as_str().unwrap(),
        ))
    };
    // Before the third, which is found by what it alone has.
    assert!(found("insert_in_middle_without_ids").contains("place-before=[find where "));
    // One of two that cannot be told apart goes by its place.
    assert_eq!(
        found("duplicate_rows_2_to_1"),
        "/ip firewall mangle remove [:pick [/ip firewall mangle find where dynamic=no] 1]"
    );
    assert_eq!(
        found("unset_argument"),
        "/ip route set [find where comment=\"x [ID:r1]\"] routing-table=main"
    );
    assert_eq!(
        found("id_is_prefix_of_other_id"),
        "/ip firewall mangle set [find where comment=\"[ID:pcc-1]\"] chain=b"
    );
    assert_eq!(
        found("quote_in_comment"),
        r#"/ip firewall mangle set [find where comment="say \"hi\""] comment="say \"ho\"""#
    );
}

#[test]
fn what_cannot_come_is_refused() {
    let of = |ports: &str| {
        Router::from_rest(
            format!(r#"{{"/interface/ethernet": [{ports}]}}"#).as_bytes(),
            None,
        )
        .unwrap()
    };
    let port = |name: &str| format!(r#"{{"name": "{name}", "default-name": "{name}", "mtu": "1400"}}"#);
    // A port of which only one router tells is as the factory made it.
    assert_eq!(how(&changes(&of(&port("ether1")), &of("")).unwrap()), ["set mtu"]);

    let before = router("# by RouterOS 7.16\n/interface list\nadd name=LAN\n");
    let after = router(
        "# by RouterOS 7.16\n/interface list\nadd name=LAN\n/interface list member\nadd interface=ether1 list=WAN\n",
    );
    let error = changes(&before, &after).unwrap_err();
    assert!(matches!(error, PlanError::Unproven { .. }), "{error}");
    assert!(
        error
            .to_string()
            .contains("input does not match any value of list"),
        "{error}"
    );
}

#[test]
fn secrets_are_set_and_not_shown() {
    let client = |password: &str| {
        format!("/interface pppoe-client add name=wan interface=ether1 password={password}\n")
    };
    let found = made(&client("hunter2"), &client("hunter3"));
    assert!(script(&found).ends_with("password=hunter3"), "{}", script(&found));
    assert!(!format!("{found:?}").contains("hunter"));
}

#[test]
fn what_is_named_comes_first_and_goes_last() {
    let plain = "/interface bridge\nadd name=bridge1\n";
    let more = "/interface bridge\nadd name=bridge1\n/interface list\nadd name=LAN\n\
                /interface list member\nadd interface=bridge1 list=LAN\n";
    let come = script(&made(plain, more));
    assert_eq!(
        come,
        "/interface list add name=LAN\n/interface list member add interface=bridge1 list=LAN"
    );
    let go = script(&made(more, plain));
    assert!(go.starts_with("/interface list member remove"), "{go}");

    // The name is free only when the other interface is gone.
    let vlan = "/interface vlan\nadd interface=ether1 name=wan vlan-id=7\n";
    let bridge = "/interface bridge\nadd name=wan\n";
    assert_eq!(how(&made(vlan, bridge)), ["remove", "add"]);
    assert_eq!(how(&made(bridge, vlan)), ["remove", "add"]);
}

#[test]
fn what_a_menu_tells_its_rows_apart_by_makes_them_one() {
    let before = "/ip dhcp-client\nadd interface=ether1\n";
    let after =
        "/ip dhcp-client\nadd add-default-route=no default-route-distance=7 interface=ether1 script=x\n";
    assert_eq!(
        how(&made(before, after)),
        ["set add-default-route default-route-distance script"]
    );
}

#[test]
fn rows_of_the_factory_neither_come_nor_go() {
    let renamed = "/interface ethernet\nset [ find default-name=ether1 ] comment=fiber name=wan\n";
    let script = |before, after| script(&made(before, after));
    let set = "/interface ethernet set [find where default-name=\"ether1\"]";
    assert_eq!(script("", renamed), format!("{set} comment=fiber name=wan"));
    assert_eq!(script(renamed, ""), format!("{set} comment=\"\" name=ether1"));
    assert_eq!(
        script("/ip service\nset telnet disabled=yes\n", ""),
        "/ip service set [find where name=\"telnet\"] disabled=no"
    );
}

/// Where the commands of the other tool, run on the old router, do not give the new one, and what is wrong; in all other cases
/// they do.
const OTHER_TOOL: [(&str, &str); 5] = [
    (
        "test_diff_expression_deleted",
        "an empty text stays where the property was to go",
    ),
    (
        "test_diff_expression_source_uses_find_different_names",
        "it gives up: one row goes, and one comes",
    ),
    (
        "test_diff_section_modify_with_default_yes",
        "an empty text stays where the property was to go",
    ),
    (
        "test_diff_config_modify_identity_remove_arg",
        "an empty text stays where the property was to go",
    ),
    (
        "test_diff_config_remove_identity",
        "what the new router says nothing of is not at its default",
    ),
];

/// Its rows of NAT have no chain, without which no router takes one.
fn with_chain(text: &str) -> String {
    if text.contains("foo=") || text.contains("value=") {
        text.replace("add ", "add chain=srcnat ")
    } else {
        text.to_owned()
    }
}

#[test]
fn the_cases_of_another_tool_change_the_rows_that_they_should() {
    let Some(cases) = vectors("diff_routeros_diff.json") else {
        return;
    };
    assert_eq!(cases.len(), 21);
    let mut others = Vec::new();
    for case in &cases {
        let name = case["test"].as_str().unwrap();
        let section = case["section_path"].as_str();
        let export = |side: &str| {
            let text = case[side].as_str().unwrap();
            with_chain(&section.map_or_else(|| text.to_owned(), |path| format!("{path}\n{text}\n")))
        };
        let (old, new) = (export("old"), export("new"));
        made(&old, &new);
        let is_right = expected(case, section.or_else(|| old.lines().next())).is_some_and(|script| {
            let outcome = router(&old).run(&Script::parse(script.as_bytes()).unwrap(), &Unknown);
            outcome.error.is_none() && outcome.router.diff(&router(&new)).is_empty()
        });
        if !is_right {
            others.push(name);
        }
    }
    println!(
        "{} of {} agree with routeros-diff",
        cases.len() - others.len(),
        cases.len()
    );
    let known: Vec<&str> = OTHER_TOOL.iter().map(|(name, _)| *name).collect();
    assert_eq!(others, known);
}

/// The commands that the other tool prints; `None` where it gives up.
fn expected(case: &Json, path: Option<&str>) -> Option<String> {
    let mut script = format!("{}\n", path.unwrap_or_default());
    let mut push = |line: &Json| {
        script.push_str(&with_chain(line.as_str().unwrap()));
        script.push('\n');
    };
    for entry in case["expected"].as_array()? {
        match entry {
            Json::Array(section) => {
                push(&section[0]);
                section[1].as_array().unwrap().iter().for_each(&mut push);
            }
            command => push(command),
        }
    }
    Some(script)
}

/// Rows of menus with and without an order, single and unknown ones; some mean the same in other words.
const RULES: [&str; 7] = [
    "chain=prerouting action=accept",
    "chain=prerouting action=accept disabled=no",
    "chain=prerouting action=accept comment=a",
    "chain=prerouting action=mark-connection new-connection-mark=m passthrough=yes",
    "chain=prerouting action=mark-connection new-connection-mark=m passthrough=no comment=a",
    "chain=output action=accept disabled=yes",
    "chain=output action=accept dst-address=192.0.2.1 comment=\"b \\\" ] remove\"",
];

const ROUTES: [&str; 7] = [
    "gateway=192.0.2.1",
    "gateway=192.0.2.1 dst-address=0.0.0.0/0 distance=1",
    "gateway=192.0.2.1 distance=2",
    "gateway=198.51.100.1 comment=isp1",
    "gateway=198.51.100.1 comment=isp1 distance=5",
    "blackhole dst-address=203.0.113.0/24",
    "blackhole dst-address=203.0.113.0/24 disabled=yes",
];

const UNKNOWN: [&str; 4] = ["a=1", "a=1 b=2", "comment=x a=2", "a=\"\""];

/// Two rows each of what there may be once.
const KEYED: [(&str, [&str; 4]); 4] = [
    (
        "/interface ethernet",
        [
            "set [ find default-name=ether1 ] name=wan",
            "set [ find default-name=ether1 ] comment=x",
            "set [ find default-name=ether2 ] name=lan mtu=1400",
            "set [ find default-name=ether2 ] disabled=yes",
        ],
    ),
    (
        "/interface list",
        [
            "add name=WAN",
            "add name=WAN comment=x",
            "add name=LAN",
            "add name=LAN comment=x",
        ],
    ),
    (
        "/ip firewall address-list",
        [
            "add address=192.0.2.1 list=a",
            "add address=192.0.2.1/32 list=a comment=x",
            "add address=192.0.2.2 list=a",
            "add address=192.0.2.2 list=a comment=x",
        ],
    ),
    (
        "/system script",
        [
            "add name=one source=1",
            "add name=one source=2 comment=x",
            "add name=two source=1",
            "add name=two source=\"\"",
        ],
    ),
];

pub fn any_router() -> impl Strategy<Value = String> {
    let rows = |menu: &'static str, rows: &'static [&'static str]| {
        let rows = prop::collection::vec(select(rows), 0..6);
        rows.prop_map(move |rows| {
            rows.iter()
                .map(|row| format!("{menu} add {row}\n"))
                .collect::<String>()
        })
    };
    let keyed = |(menu, [a, b, c, d]): (&'static str, [&'static str; 4])| {
        let one = |pair: Vec<&'static str>| prop::option::of(select(pair));
        let (first, second) = (one(vec![a, b]), one(vec![c, d]));
        (first, second, any::<bool>()).prop_map(move |(first, second, is_turned)| {
            let mut rows: Vec<&str> = first.into_iter().chain(second).collect();
            if is_turned {
                rows.reverse();
            }
            rows.iter()
                .map(|row| format!("{menu} {row}\n"))
                .collect::<String>()
        })
    };
    let single = select(vec![
        "",
        "/system identity set name=core\n",
        "/ip dns set servers=192.0.2.53\n",
    ]);
    let [ports, lists, addresses, scripts] = KEYED.map(keyed);
    let keyed = (ports, lists, addresses, scripts).prop_map(|(a, b, c, d)| [a, b, c, d].concat());
    let plain = (
        rows("/ip firewall mangle", &RULES),
        rows("/ip route", &ROUTES),
        rows("/foo bar", &UNKNOWN),
    );
    let plain = plain.prop_map(|(a, b, c)| [a, b, c].concat());
    (plain, keyed, single).prop_map(|(plain, keyed, single)| [plain, keyed, single.to_owned()].concat())
}

/// How many rows differ, counted by hand: those of either router that the other has not; and in a menu with an order those of
/// both that are in no longest common run.
fn differing(before: &Router, after: &Router) -> usize {
    let menus: BTreeSet<&str> = before.menus().chain(after.menus()).collect();
    let of_menu = |menu: &&str| {
        let (before, after) = (before.table(menu).rows(), after.table(menu).rows());
        let mut left: Vec<_> = after.iter().collect();
        let mut common = 0;
        for row in before {
            if let Some(place) = left.iter().position(|other| *other == row) {
                left.remove(place);
                common += 1;
            }
        }
        let is_ordered = *menu == "/ip/firewall/mangle";
        let moves = if is_ordered {
            common - longest_common(before, after)
        } else {
            0
        };
        before.len() + after.len() - 2 * common + moves
    };
    menus.iter().map(of_menu).sum()
}

/// The length of a longest common subsequence.
fn longest_common<T: PartialEq>(left: &[T], right: &[T]) -> usize {
    let mut lengths = vec![vec![0; right.len() + 1]; left.len() + 1];
    for (i, own) in left.iter().enumerate() {
        for (j, other) in right.iter().enumerate() {
            lengths[i + 1][j + 1] = if own == other {
                lengths[i][j] + 1
            } else {
                lengths[i][j + 1].max(lengths[i + 1][j])
            };
        }
    }
    lengths[left.len()][right.len()]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn any_router_becomes_any_other(before in any_router(), after in any_router()) {
        let found = made(&before, &after);
        made(&after, &before);
        prop_assert_eq!(made(&before, &before), []);
        let (before, after) = (router(&before), router(&after));
        prop_assert!(found.len() <= differing(&before, &after), "{}", script(&found));
    }

    #[test]
    fn an_order_with_equal_rows_takes_the_fewest_moves(
        rows in prop::collection::vec(select(&["a", "b", "c"][..]), 0..9),
        places in prop::collection::vec(any::<prop::sample::Index>(), 9),
    ) {
        let mut shuffled = rows.clone();
        for (place, other) in places.iter().enumerate().take(shuffled.len()) {
            shuffled.swap(place, other.index(rows.len()));
        }
        let export = |rows: &[&str]| -> String {
            rows.iter().map(|row| format!("/ip firewall filter add chain={row}\n")).collect()
        };
        let found = made(&export(&rows), &export(&shuffled));
        prop_assert!(how(&found).iter().all(|how| how == "move"));
        prop_assert_eq!(found.len(), rows.len() - longest_common(&rows, &shuffled));
    }
}
