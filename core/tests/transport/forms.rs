//! What is sent, word by word, as the facts have it (`ROUTEROS-BEHAVIOUR` §13).

use multi_isp::emit::{self, Gone, NotReady, Replies};
use multi_isp::plan::{Assignment, Change, Commands, NewValue, Properties, Target};
use multi_isp::routeros::router::Router;
use multi_isp::routeros::value::Value;
use multi_isp::routeros::version::Version;

const ROUTER: &str = r#"{"/system/resource": {"version": "7.22.3 (stable)"}, "/ip/dns": {"servers": "192.0.2.53"},
    "/ip/route": [{".id": "*1F", "dst-address": "0.0.0.0/0", "gateway": "192.0.2.1", "comment": "isp1", "pref-src": "192.0.2.2"}],
    "/ip/firewall/mangle": [{".id": "*A", "chain": "prerouting", "action": "accept", "comment": "a"},
        {".id": "*B", "chain": "prerouting", "action": "accept", "comment": "b"}]}"#;

fn properties<const N: usize>(row: [(&str, &str); N]) -> Properties {
    row.map(|(name, value)| (name.to_owned(), Value::from(value)))
        .into()
}

fn called(comment: &str) -> Target {
    Target::Where(properties([("comment", comment)]))
}

fn given(value: &str) -> NewValue {
    NewValue::Given(Value::from(value))
}

/// The words of each sentence, and each request with its body; the rows that come are `*C1`, `*C2`, ..
fn sent(changes: &[Change]) -> (Vec<Vec<String>>, Vec<String>) {
    let router = Router::from_rest(ROUTER.as_bytes(), None).unwrap();
    let api = emit::api(changes, &router, Gone::Refuse).unwrap();
    let rest = emit::rest(changes, &router, Gone::Refuse).unwrap();
    let (mut replies, mut sentences, mut requests) = (Replies::default(), Vec::new(), Vec::new());
    for (number, (sentence, request)) in (1..).zip(api.iter().zip(&rest)) {
        let words = sentence.sentence(&replies).unwrap();
        let words = words.words().iter().map(|word| String::from_utf8(word.clone()));
        sentences.push(words.map(Result::unwrap).collect());
        let request = request.request(&replies).unwrap();
        let body = request.body().unwrap_or_default();
        requests.push(
            format!("{} {} {body}", request.method(), request.path())
                .trim_end()
                .to_owned(),
        );
        replies
            .api(&["!done".to_owned(), format!("=ret=*C{number}")])
            .unwrap();
    }
    (sentences, requests)
}

#[track_caller]
fn is_sent(changes: &[Change], sentences: &[&[&str]], requests: &[&str]) {
    let sent = sent(changes);
    assert_eq!(sent.0, sentences);
    assert_eq!(sent.1, requests);
}

#[test]
fn a_row_comes_before_another_and_is_changed_by_the_id_of_its_reply() {
    let add = Change::Add {
        menu: "/ip/firewall/mangle".into(),
        row: properties([("chain", "prerouting"), ("action", "accept"), ("comment", "new")]),
        before: Some(called("b")),
    };
    let set = Change::Set {
        menu: "/ip/firewall/mangle".into(),
        target: called("new"),
        values: vec![Assignment {
            name: "disabled".into(),
            from: given("no"),
            to: given("yes"),
        }],
    };
    is_sent(
        &[add, set],
        &[
            &[
                "/ip/firewall/mangle/add",
                "=place-before=*B",
                "=chain=prerouting",
                "=action=accept",
                "=comment=new",
            ],
            &["/ip/firewall/mangle/set", "=.id=*C1", "=disabled=yes"],
        ],
        &[
            r#"PUT /rest/ip/firewall/mangle {"action":"accept","chain":"prerouting","comment":"new","place-before":"*B"}"#,
            r#"PATCH /rest/ip/firewall/mangle/*C1 {"disabled":"yes"}"#,
        ],
    );
}

#[test]
fn a_flag_has_no_value_and_what_is_cleared_has_a_sign() {
    let add = Change::Add {
        menu: "/ip/route".into(),
        row: properties([("dst-address", "203.0.113.1/32"), ("blackhole", "yes")]),
        before: None,
    };
    let set = Change::Set {
        menu: "/ip/route".into(),
        target: called("isp1"),
        values: vec![
            Assignment {
                name: "distance".into(),
                from: given("1"),
                to: given("5"),
            },
            Assignment {
                name: "pref-src".into(),
                from: given("192.0.2.2"),
                to: NewValue::Unset,
            },
        ],
    };
    is_sent(
        &[add, set],
        &[
            &["/ip/route/add", "=dst-address=203.0.113.1/32", "=blackhole="],
            &["/ip/route/set", "=.id=*1F", "=distance=5", "=!pref-src="],
        ],
        &[
            r#"PUT /rest/ip/route {"blackhole":"","dst-address":"203.0.113.1/32"}"#,
            r#"PATCH /rest/ip/route/*1F {"!pref-src":"","distance":"5"}"#,
        ],
    );
}

/// A reply that is taken twice, as after a request that was sent again, would shift the ids of all that follow.
#[test]
fn a_reply_too_many_stops_everything() {
    let router = Router::from_rest(ROUTER.as_bytes(), None).unwrap();
    let add = Change::Add {
        menu: "/ip/route".into(),
        row: properties([("dst-address", "203.0.113.1/32")]),
        before: None,
    };
    let calls = emit::rest(&[add.clone(), add], &router, Gone::Refuse).unwrap();
    let mut replies = Replies::default();
    for _ in 0..2 {
        replies.rest(201, br#"{".id": "*20"}"#).unwrap();
    }
    assert_eq!(calls[0].request(&replies), Err(NotReady::Answered { call: 0 }));
    assert_eq!(calls[1].request(&replies), Err(NotReady::Answered { call: 1 }));
}

/// Somebody's rows that are alike in everything are switched off together: a script finds them all.
#[test]
fn rows_that_are_alike_are_changed_one_by_one() {
    let router = |second: &str| {
        let row = |id: &str, comment: &str| {
            format!(r#"{{".id": "{id}", "chain": "prerouting", "action": "accept", "comment": "{comment}"}}"#)
        };
        let json = format!(
            r#"{{"/ip/firewall/mangle": [{}, {}]}}"#,
            row("*A", "a"),
            row("*B", second)
        );
        Router::from_rest(json.as_bytes(), Version::parse("7.22.3")).unwrap()
    };
    let off = Change::Set {
        menu: "/ip/firewall/mangle".into(),
        target: Target::Where(properties([("action", "accept")])),
        values: vec![Assignment {
            name: "disabled".into(),
            from: given("no"),
            to: given("yes"),
        }],
    };
    let calls = emit::api(std::slice::from_ref(&off), &router("a"), Gone::Refuse).unwrap();
    let mut replies = Replies::default();
    for (call, id) in calls.iter().zip(["=.id=*A", "=.id=*B"]) {
        assert!(
            call.sentence(&replies)
                .unwrap()
                .words()
                .contains(&id.as_bytes().to_vec())
        );
        replies.api(&["!done"]).unwrap();
    }
    assert_eq!(calls.len(), 2);
    // Where they differ, it is not told which one is meant.
    assert!(emit::api(&[off], &router("b"), Gone::Refuse).is_err());
}

#[test]
fn rows_move_and_go_by_id_and_settings_have_none() {
    let shift = |before: Option<&str>| Change::Move {
        menu: "/ip/firewall/mangle".into(),
        target: called("a"),
        before: before.map(called),
        back: None,
    };
    let remove = Change::Remove {
        menu: "/ip/firewall/mangle".into(),
        target: called("b"),
        row: properties([("action", "accept")]),
        before: None,
        comes_back: true,
    };
    let set = Change::Set {
        menu: "/ip/dns".into(),
        target: Target::Only,
        values: vec![Assignment {
            name: "servers".into(),
            from: given("192.0.2.53"),
            to: given("192.0.2.54"),
        }],
    };
    is_sent(
        &[shift(None), shift(Some("b")), remove, set],
        &[
            &["/ip/firewall/mangle/move", "=numbers=*A"],
            &["/ip/firewall/mangle/move", "=numbers=*A", "=destination=*B"],
            &["/ip/firewall/mangle/remove", "=.id=*B"],
            &["/ip/dns/set", "=servers=192.0.2.54"],
        ],
        &[
            r#"POST /rest/ip/firewall/mangle/move {"numbers":"*A"}"#,
            r#"POST /rest/ip/firewall/mangle/move {"destination":"*B","numbers":"*A"}"#,
            "DELETE /rest/ip/firewall/mangle/*B",
            r#"POST /rest/ip/dns/set {"servers":"192.0.2.54"}"#,
        ],
    );
}

#[test]
fn a_command_of_its_own_comes_runs_and_goes() {
    let run = Change::Run {
        script: Commands::from(":log info \"it's \\\"fiber\\\"\""),
    };
    let source = ":do { :log info \"it's \\\"fiber\\\"\" } on-error={ /system script remove \
        [find where comment=\"multi-isp:step:site:1\"]; :error \"multi-isp: the command of this step failed\" }";
    let (sentences, requests) = sent(&[run]);
    let source = format!("=source={source}");
    let add: [&str; 5] = [
        "/system/script/add",
        "=name=multi-isp-step",
        "=policy=read,write",
        &source,
        "=comment=multi-isp:step:site:1",
    ];
    assert_eq!(sentences[0], add);
    assert_eq!(sentences[1], ["/system/script/run", "=.id=*C1"]);
    assert_eq!(sentences[2], ["/system/script/remove", "=.id=*C1"]);
    assert_eq!(requests[1], r#"POST /rest/system/script/run {".id":"*C1"}"#);
    assert_eq!(requests[2], "DELETE /rest/system/script/*C1");
}
