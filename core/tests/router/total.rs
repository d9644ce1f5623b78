//! Whatever comes in: no panic, no script without an end, no value that changes on its way.

use proptest::prelude::*;

use super::*;

/// Scripts of all kinds, run on an empty router and as exports; most stop soon.
#[test]
fn every_script_of_the_oracle_ends() {
    let Some(folder) = shared("oracle") else { return };
    let mut ran = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "rsc") {
            continue;
        }
        let text = fs::read(&path).unwrap();
        let outcome = Router::new(Version::new(7, 22, 1)).run(&Script::parse_lenient(&text), &Unknown);
        let _ = outcome.router.advance(Duration::from_secs(600), &Unknown);
        let _ = Router::from_export(&text, None);
        ran += 1;
    }
    assert!(ran > 400, "only {ran}");
}

#[test]
fn a_value_that_grows_without_end_is_stopped() {
    let grow = |text: &str| error(&router(""), text);
    assert!(grow(":local a x; :while (true) do={ :set a ($a . $a) }").starts_with("out of memory"));
    assert!(grow(":local a x; :while (true) do={ :set a \"$a$a\" }").starts_with("out of memory"));
    assert!(grow(":local a x; :while (true) do={ :set a ($a, $a) }").starts_with("out of memory"));
    assert!(grow(":local a x; :while (true) do={ :set a {$a; $a} }").starts_with("out of memory"));
    assert!(grow(":local a x; :while (true) do={ :set a {$a} }").starts_with("out of memory"));
    assert!(grow(":local a {1}; :while (true) do={ :set ($a->\"k\") $a }").starts_with("out of memory"));
}

#[test]
fn many_large_values_are_stopped_too() {
    let large = ":local s aaaaaaaa; :for i from=1 to=16 do={ :set s ($s . $s) }\n";
    for keep in [
        ":while (true) do={ :put $s }",
        ":while (true) do={ :log info $s }",
        ":local a [:toarray \"\"]; :for i from=1 to=100000 do={ :set ($a->\"k$i\") $s }",
        ":while (true) do={ /ip route add gateway=192.0.2.1 comment=$s }",
    ] {
        let outcome = router("").run(&script(&format!("{large}{keep}")), &Unknown);
        let error = outcome.error.unwrap();
        assert!(
            ["the script runs too long", "out of memory"].contains(&error.message()),
            "{keep}: {error}"
        );
        let kept = outcome.output.len() + outcome.log.len() + outcome.router.table("/ip/route").len();
        assert!(kept < 1_000, "{keep}: {kept}");
    }
}

#[test]
fn time_with_too_many_events_is_stopped() {
    let advance = |days: u64, scheduler: &str| {
        let router = router(&format!("/system scheduler\nadd name=a {scheduler}\n"));
        let outcome = router.advance(Duration::from_secs(days * 86_400), &Unknown);
        outcome.error.map(|error| error.message().to_owned())
    };
    let too_often = Some("the schedulers run too often for that time".to_owned());
    assert_eq!(advance(30, "interval=1m on-event=\":nothing\""), None);
    assert_eq!(advance(30, "interval=1ms on-event=\":nothing\""), too_often);
    assert_eq!(advance(30, "interval=1ms on-event=\"\""), too_often);
    assert_eq!(
        advance(30, "interval=1m on-event=\":while (true) do={}\""),
        too_often
    );
}

fn value() -> impl Strategy<Value = Vec<u8>> {
    let odd = prop::sample::select(b"\"\\$ ;=?()[]{}|&'`^#!~<>*%+,._-/:\r\n\t\0aA1\xC3\xA9\xFF".to_vec());
    prop::collection::vec(prop_oneof![odd, any::<u8>()], 0..120)
}

proptest! {
    #[test]
    fn any_bytes_come_through_an_export(values in prop::collection::vec(value(), 1..4)) {
        let mut first = Router::new(Version::new(7, 22, 3));
        for bytes in &values {
            let mut row = first.new_row("/ip/route");
            row.set("gateway", "192.0.2.1");
            row.set("comment", Value::from(bytes.as_slice()));
            first.push("/ip/route", row);
        }
        let second = Router::from_export(&first.to_export(), None).unwrap();
        let comments: Vec<&[u8]> = second.table("/ip/route").iter().map(|row| row.comment().unwrap().as_bytes()).collect();
        prop_assert_eq!(comments, values.iter().map(Vec::as_slice).collect::<Vec<_>>());
        prop_assert_eq!(first.diff(&second), []);
    }

    #[test]
    fn any_bytes_load_or_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = Router::from_export(&bytes, None);
        let _ = Router::from_rest(&bytes, None);
        let _ = Router::new(Version::new(7, 22, 3)).run(&Script::parse_lenient(&bytes), &Unknown);
    }

    /// Commands out of real words, in an order that nobody would write.
    #[test]
    fn any_words_run_or_stop(words in prop::collection::vec(prop::sample::select(WORDS.to_vec()), 1..40)) {
        let script = Script::parse_lenient(words.join(" ").as_bytes());
        let outcome = router("/ip route\nadd gateway=192.0.2.1\n").run(&script, &Unknown);
        let _ = Router::from_export(&outcome.router.to_export(), None).map_err(|error| error.render()).unwrap();
    }

    /// A difference names what changed: rows that are put together again from it are the second's.
    #[test]
    fn an_order_of_rules_is_moved_with_as_few_rules_as_possible(order in Just((0..8_usize).collect::<Vec<_>>()).prop_shuffle()) {
        let rules = |order: &[usize]| {
            let lines: String = order.iter().map(|rule| format!("add chain=forward comment=rule{rule}\n")).collect();
            router(&format!("/ip firewall filter\n{lines}"))
        };
        let sorted: Vec<usize> = (0..8).collect();
        let moved = rules(&sorted).diff(&rules(&order));
        let all_moves = moved.iter().all(|difference| matches!(difference, Difference::Moved { .. }));
        prop_assert!(all_moves);
        prop_assert_eq!(moved.is_empty(), order == sorted);
        prop_assert!(moved.len() < 8);
    }
}

const WORDS: [&str; 44] = [
    "/ip",
    "/ip route",
    "route",
    "add",
    "set",
    "remove",
    "move",
    "find",
    "[find]",
    "[find where disabled]",
    "0",
    "*1",
    "1,2",
    "gateway=1.1.1.1",
    "!gateway",
    "distance=5",
    "comment=\"a b\"",
    "place-before=0",
    "copy-from=0",
    "numbers=0",
    "\n",
    ";",
    "/interface list",
    "name=x",
    "/ip firewall filter",
    "chain=input",
    ":put",
    ":local a 1",
    "$a",
    ":foreach i in=[find]",
    "do={",
    "}",
    "{",
    "(1 + 2)",
    ":if (true)",
    "else={",
    ":return 1",
    "get",
    "print",
    "where",
    "..",
    "enable",
    "unset",
    "/system scheduler add name=s interval=1s on-event=\":put 1\"",
];
