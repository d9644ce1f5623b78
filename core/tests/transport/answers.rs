//! The twin answers over the API and over REST as the facts have it: what it tells is read back, what it is told is done.

use std::path::Path;

use multi_isp::emit::{ApiCall, Replies, RestCall};
use multi_isp::plan::{Options, Part, Plan, plan_apply, plan_disable};
use multi_isp::routeros::router::{Router, Unknown};
use multi_isp::routeros::syntax::Script;
use multi_isp::routeros::version::Version;
use multi_isp::status::{StatusRead, status_reads};
use proptest::prelude::*;

use crate::examples::{self, VERSIONS, case, cases_on_both, matrix};

/// The version that REST came with.
const REST: Version = Version::new(7, 1, 0);

fn api(twin: &Router, words: &[&str]) -> Vec<Vec<String>> {
    let answer = twin.answer_sentence(words, &Unknown);
    let text = |word: Vec<u8>| String::from_utf8(word).unwrap();
    let sentences = answer.sentences.into_iter();
    sentences
        .map(|words| words.into_iter().map(text).collect())
        .collect()
}

/// Every menu of a router, and that of all interfaces, as it tells of them over the API.
fn over_api(twin: &Router) -> Router {
    let menus = twin
        .menus()
        .chain(["/interface", "/system/resource", "/system/identity"]);
    let menus: std::collections::BTreeSet<&str> = menus.collect();
    let reply = |menu: &str| {
        twin.answer_sentence(&[format!("{menu}/print")], &Unknown)
            .sentences
    };
    let replies: Vec<(&str, _)> = menus.into_iter().map(|menu| (menu, reply(menu))).collect();
    let read = Router::from_api(&replies, None).unwrap_or_else(|error| panic!("{}", error.render()));
    checked(twin, read)
}

/// The same over REST.
fn over_rest(twin: &Router) -> Router {
    let menus = twin
        .menus()
        .chain(["/interface", "/system/resource", "/system/identity"]);
    let menus: std::collections::BTreeSet<&str> = menus.collect();
    let rows = menus.into_iter().map(|menu| {
        let answer = twin.answer_request("GET", &format!("/rest{menu}"), None, &Unknown);
        assert_eq!(answer.status, 200, "{menu}: {}", answer.body);
        format!("\"{menu}\": {}", answer.body)
    });
    let json = format!("{{{}}}", rows.collect::<Vec<_>>().join(","));
    let read = Router::from_rest(json.as_bytes(), None);
    checked(twin, read.unwrap_or_else(|error| panic!("{}", error.render())))
}

fn checked(twin: &Router, read: Router) -> Router {
    same("", twin, &read);
    assert!(read.ids_known());
    assert_eq!(read.version(), twin.version());
    read
}

/// A router as its version can be read.
fn read(twin: &Router) -> Router {
    let read = over_api(twin);
    if twin.version() >= Some(REST) {
        same("", &read, &over_rest(twin));
    }
    read
}

#[track_caller]
fn same(name: &str, left: &Router, right: &Router) {
    assert_eq!(left.diff(right), [], "{name}");
    assert_eq!(right.diff(left), [], "{name}");
}

fn send_api(name: &str, twin: &Router, calls: &[ApiCall]) -> Router {
    let (mut twin, mut replies) = (twin.clone(), Replies::default());
    for call in calls {
        let sentence = call.sentence(&replies).unwrap();
        let answer = twin.answer_sentence(sentence.words(), &Unknown);
        for reply in &answer.sentences {
            replies
                .api(reply)
                .unwrap_or_else(|refused| panic!("{name}: {sentence:?}: {refused}"));
        }
        twin = answer.router;
    }
    twin
}

fn send_rest(name: &str, twin: &Router, calls: &[RestCall]) -> Router {
    let (mut twin, mut replies) = (twin.clone(), Replies::default());
    for call in calls {
        let request = call.request(&replies).unwrap();
        let body = request.body();
        let body = body.as_deref().map(str::as_bytes);
        let answer = twin.answer_request(request.method(), request.path(), body, &Unknown);
        replies
            .rest(answer.status, answer.body.as_bytes())
            .unwrap_or_else(|refused| panic!("{name}: {request:?}: {refused}"));
        twin = answer.router;
    }
    twin
}

/// The twin after a plan that was made of what it told: the same over each transport, and as the script leaves it.
fn sent(name: &str, twin: &Router, now: &Router, plan: &Plan) -> Router {
    let script = twin.run(&Script::parse(&plan.script()).unwrap(), &Unknown);
    assert_eq!(script.error, None, "{name}");
    let told = send_api(name, twin, &plan.api(Part::Plan, now).unwrap());
    same(name, &script.router, &told);
    if twin.version() >= Some(REST) {
        let told = send_rest(name, twin, &plan.rest(Part::Plan, now).unwrap());
        same(name, &script.router, &told);
    }
    told
}

/// From an export to a set-up and back, by what the twin tells alone.
#[test]
fn every_case_of_the_matrix_is_applied_and_taken_back_through_answers() {
    let mut steps = 0;
    for version in VERSIONS {
        for case in matrix() {
            let name = format!("{} at {version}", case.name);
            let twin = case.at(version).router;
            let now = read(&twin);
            let plan = plan_apply(&case.site, &now, &Options::default())
                .unwrap_or_else(|error| panic!("{name}: {error:#?}"));
            let of_export = plan_apply(&case.site, &twin, &Options::default()).unwrap();
            assert_eq!(plan.steps().len(), of_export.steps().len(), "{name}");
            let applied = sent(&name, &twin, &now, &plan);
            let now = read(&applied);
            let again = plan_apply(&case.site, &now, &Options::default()).unwrap();
            assert!(again.is_empty(), "{name}: {}", again.summary());
            let disable = plan_disable(&now, &Options::default()).unwrap();
            same(&name, &twin, &sent(&name, &applied, &now, &disable));
            steps += plan.steps().len();
        }
    }
    assert!(steps > 1_000, "only {steps} steps");
}

#[test]
fn every_router_of_the_examples_is_read_back() {
    for case in cases_on_both() {
        read(&case.router);
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/routers");
    let mut seen = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let file = file.unwrap().file_name().into_string().unwrap();
        read(&examples::router(&format!("routers/{file}")));
        seen += 1;
    }
    assert!(seen > 10, "only {seen} routers");
}

#[test]
fn what_a_status_needs_is_told() {
    for version in ["6.49.10", "7.22.3"] {
        let case = case("combined").at(version);
        let twin = case.router;
        let reads = status_reads(&case.site, Version::parse(version).unwrap());
        let whole = |read: &StatusRead| {
            let reply = twin.answer_sentence(read.sentence().words(), &Unknown);
            (read.menu, reply.sentences)
        };
        let replies: Vec<_> = reads.iter().map(whole).collect();
        let read = Router::from_api(&replies, Version::parse(version)).unwrap();
        let lines = case.site.lines().len();
        let names: Vec<_> = read
            .table("/interface/ethernet")
            .iter()
            .filter_map(|row| row.text("name"))
            .collect();
        assert!(!names.is_empty() && names.len() <= lines, "{version}: {names:?}");
    }
}

const EXPORT: &str = "# by RouterOS 7.22.3
/interface ethernet set [ find default-name=ether1 ] comment=uplink
/ip dns set servers=192.0.2.53
/ip firewall mangle add chain=prerouting action=accept comment=a
/ip firewall mangle add chain=prerouting action=accept comment=b disabled=no
/ip firewall mangle add chain=prerouting action=accept comment=c
/ip route add gateway=192.0.2.1 distance=2 comment=\"isp 1\"
/system scheduler add name=check interval=00:01:00 on-event=\":log info x\"
";

fn twin() -> Router {
    Router::from_export(EXPORT.as_bytes(), None).unwrap()
}

fn at(version: &str) -> Router {
    let export = EXPORT.replace("7.22.3", version);
    Router::from_export(export.as_bytes(), None).unwrap()
}

#[test]
fn rows_are_told_as_a_live_router_tells_them() {
    let get = |path: &str| {
        let answer = twin().answer_request("GET", path, None, &Unknown);
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.body
    };
    assert_eq!(
        get("/rest/ip/route"),
        r#"[{".id":"*6","comment":"isp 1","distance":"2","dynamic":"false","gateway":"192.0.2.1"}]"#
    );
    assert_eq!(
        get("/rest/ip/route?comment=isp%201&.proplist=gateway"),
        r#"[{".id":"*6","gateway":"192.0.2.1"}]"#
    );
    assert_eq!(get("/rest/ip/route?comment=isp2"), "[]");
    assert_eq!(
        get("/rest/system/scheduler/check"),
        r#"{".id":"*7","disabled":"false","interval":"1m","name":"check","on-event":":log info x"}"#
    );
    assert_eq!(
        get("/rest/interface/ether1"),
        r#"{".id":"*1","comment":"uplink","default-name":"ether1","disabled":"false","dynamic":"false","name":"ether1","type":"ether"}"#
    );
    assert_eq!(get("/rest/system/identity"), r#"{"name":"Mikrotik"}"#);
    assert_eq!(get("/rest/system/resource"), r#"{"version":"7.22.3"}"#);
    assert!(get("/rest/ip/firewall/mangle/*4").contains(r#""disabled":"false""#));
    assert!(!get("/rest/ip/firewall/mangle/*3").contains("disabled"));
    assert_eq!(
        api(
            &at("6.49.10"),
            &["/ip/firewall/mangle/print", "=.proplist=disabled,frob,chain"]
        )[0],
        ["!re", "=disabled=false"]
    );
}

#[test]
fn who_asks_for_rows_that_are_not_there_hears_so() {
    let words = ["/ip/route/print", "?comment=x", ".tag=4"];
    assert_eq!(
        api(&twin(), &words),
        [vec!["!empty", ".tag=4"], vec!["!done", ".tag=4"]]
    );
    assert_eq!(api(&at("7.17"), &words), [vec!["!done", ".tag=4"]]);
    assert_eq!(
        api(&twin(), &["/ip/route/print", "=count-only="]),
        [["!done", "=ret=1"]]
    );
    assert_eq!(
        api(&twin(), &["/ip/firewall/mangle/find"]),
        [["!done", "=ret=*3;*4;*5"]]
    );
    assert_eq!(
        api(&twin(), &["/ip/route/get", "=.id=*6", "=value-name=distance"]),
        [["!done", "=ret=2"]]
    );
    assert_eq!(
        api(&twin(), &["/quit"]),
        [["!fatal", "session terminated on request"]]
    );
    assert_eq!(api(&twin(), &[]), Vec::<Vec<String>>::new());
}

#[test]
fn what_the_api_refuses() {
    let refused = |words: &[&str]| {
        let sentences = api(&twin(), words);
        assert_eq!(sentences.last().unwrap(), &["!done"], "{words:?}");
        assert!(sentences.len() > 1, "{words:?}");
        assert_eq!(sentences[0][0], "!trap");
        sentences[0]
            .last()
            .unwrap()
            .strip_prefix("=message=")
            .unwrap()
            .to_owned()
    };
    for (words, wanted) in [
        (
            &["/ip/nowhere/print"][..],
            "no such command or directory (nowhere)",
        ),
        (&["/ip/route/frob"], "no such command"),
        (&["/ip/print"], "no such command"),
        (&["/ip/pool/unset", "=.id=*1"], "no such command"),
        (&["/login", "=name=admin"], "no such command"),
        (&["ip route print"], "no such command"),
        (&["/ip/route/remove", "=.id=*FF"], "no such item"),
        (&["/ip/route/set", "=.id=*FF", "=distance=2"], "no such item"),
        (&["/ip/route/set", "=distance=2"], "missing =.id="),
        (&["/ip/route/set", "=.id=*6", "=frob=2"], "unknown parameter frob"),
        (
            &["/ip/route/set", "=.id=*6", "=dst-addr=2"],
            "unknown parameter dst-addr",
        ),
        (
            &["/ip/route/set", "=.id=*6", "=distance\n/system=2"],
            "unknown parameter distance\n/system",
        ),
        (
            &["/ip/route/set", "=.id=*6", "=routing-table=x"],
            "input does not match any value of routing-table",
        ),
        (
            &["/ip/route/add", "=dst-address=0.0.0.0/0", "=blackhole=yes"],
            "invalid value for argument blackhole",
        ),
        (
            &["/ip/firewall/mangle/set", "=.id=*3", "=place-before=*4"],
            "unknown parameter place-before",
        ),
        (&["/ip/dns/set", "=.id=*2", "=servers="], "unknown parameter .id"),
        (&["/system/scheduler/add", "=on-event=x"], "missing =name="),
        (&["/ip/route/print", "?#|"], "invalid query"),
        (&["/ip/route/print", "=frob="], "unknown parameter frob"),
    ] {
        assert_eq!(refused(words), wanted, "{words:?}");
    }
    let old = api(&at("6.49.10"), &["/routing/table/print"]);
    assert_eq!(
        old,
        [
            vec![
                "!trap",
                "=category=0",
                "=message=no such command or directory (table)"
            ],
            vec!["!trap", "=message=no such command prefix"],
            vec!["!done"]
        ]
    );
}

/// Statuses and details of the capture of 7.23.7, some of them in its own requests.
#[test]
fn what_rest_refuses() {
    let refused = |twin: &Router, method: &str, path: &str, body: &str| {
        let answer = twin.answer_request(method, path, Some(body.as_bytes()), &Unknown);
        same(path, twin, &answer.router);
        (answer.status, answer.body)
    };
    let bad = |detail: &str| {
        (
            400,
            format!(r#"{{"detail":"{detail}","error":400,"message":"Bad Request"}}"#),
        )
    };
    let gone = (404, r#"{"error":404,"message":"Not Found"}"#.to_owned());
    for (method, path, body, wanted) in [
        (
            "GET",
            "/rest/nonexistent/path",
            "",
            bad("no such command or directory (nonexistent)"),
        ),
        (
            "GET",
            "/rest/ip/firewall/filter/print",
            "",
            bad("no such command"),
        ),
        ("GET", "/rest/ip/firewall/filter/*1", "", gone.clone()),
        (
            "GET",
            "/rest/ip/firewall/mangle/a",
            "",
            bad("no such command prefix"),
        ),
        ("GET", "/rest/system/scheduler/x", "", gone.clone()),
        ("GET", "/rest", "", bad("no such command")),
        ("POST", "/rest/ip/route", "{}", bad("no such command")),
        ("POST", "/rest/ip/route/frob", "{}", bad("no such command")),
        (
            "PATCH",
            "/rest/system/identity",
            r#"{"name": "x"}"#,
            bad("missing or invalid resource identifier"),
        ),
        (
            "PATCH",
            "/rest/ip/route/%2A6",
            r#"{"distance": "3"}"#,
            bad("missing or invalid resource identifier"),
        ),
        (
            "PATCH",
            "/rest/ip/route/*6",
            r#"{"place-before": "*6"}"#,
            bad("unknown parameter place-before"),
        ),
        (
            "PATCH",
            "/rest/ip/route/*6",
            r#"{"routing-table": "far"}"#,
            bad("input does not match any value of routing-table"),
        ),
        ("PATCH", "/rest/ip/route/*6", "distance=2", bad("invalid JSON")),
        (
            "PATCH",
            "/rest/ip/route/*FF",
            r#"{"distance": "3"}"#,
            gone.clone(),
        ),
        ("DELETE", "/rest/ip/route/*FF", "", gone.clone()),
        (
            "PUT",
            "/rest/interface/list",
            r#"{"comment": "x"}"#,
            bad("missing =name="),
        ),
        (
            "PUT",
            "/rest/ip/route",
            r#"{"vrid": "1"}"#,
            bad("unknown parameter vrid"),
        ),
        (
            "POST",
            "/rest/ip/firewall/mangle/move",
            "{}",
            bad("missing =.id="),
        ),
        (
            "POST",
            "/rest/ip/firewall/mangle/move",
            r#"{"numbers": "*FF"}"#,
            gone.clone(),
        ),
        (
            "POST",
            "/rest/ip/firewall/mangle/move",
            r#"{"numbers": "*3", "destination": "*3"}"#,
            bad("failure: can not move object before itself"),
        ),
        (
            "HEAD",
            "/rest/ip/route",
            "",
            (501, r#"{"error":501,"message":"Not Implemented"}"#.to_owned()),
        ),
    ] {
        assert_eq!(
            refused(&twin(), method, path, body),
            wanted,
            "{method} {path} {body}"
        );
    }
    assert_eq!(refused(&at("6.49.10"), "GET", "/rest/ip/route", ""), gone);
}

#[test]
fn rest_moves_changes_and_clears() {
    let done = |twin: &Router, method: &str, path: &str, body: &str| {
        let answer = twin.answer_request(method, path, Some(body.as_bytes()), &Unknown);
        assert!(answer.status < 300, "{}", answer.body);
        (answer.router, answer.body)
    };
    let order = |twin: &Router| -> String {
        let rules = twin.table("/ip/firewall/mangle").iter();
        rules
            .map(|row| row.text("comment").unwrap().into_owned())
            .collect()
    };
    for (body, wanted) in [
        (r#"{"numbers": "*5", "destination": "*3"}"#, "cab"),
        (r#"{".id": "*5,*4", "destination": "*3"}"#, "cba"),
        (r#"{"numbers": "*3"}"#, "bca"),
        (r#"{"numbers": "*3", "destination": "*FF"}"#, "bca"),
        (r#"{"numbers": "0"}"#, "bca"),
        (r#"{"numbers": "b", "destination": "0"}"#, "bac"),
    ] {
        let (moved, reply) = done(&twin(), "POST", "/rest/ip/firewall/mangle/move", body);
        assert_eq!((order(&moved).as_str(), reply.as_str()), (wanted, "[]"), "{body}");
    }
    let (off, _) = done(
        &twin(),
        "POST",
        "/rest/ip/firewall/mangle/disable",
        r#"{"numbers": "*3,*4"}"#,
    );
    let (_, body) = done(
        &off,
        "POST",
        "/rest/ip/firewall/mangle/print",
        r##"{".proplist": [".id"], ".query": ["disabled=true", "comment=b", "#!&"]}"##,
    );
    assert_eq!(body, r#"[{".id":"*3"}]"#);
    let (set, body) = done(
        &off,
        "PATCH",
        "/rest/ip/route/*6",
        r#"{"!distance": "", "comment": ""}"#,
    );
    assert_eq!(body, r#"{".id":"*6","dynamic":"false","gateway":"192.0.2.1"}"#);
    let (set, _) = done(
        &set,
        "POST",
        "/rest/system/identity/set",
        r#"{"name": "a \"b\" $c"}"#,
    );
    let (_, body) = done(&set, "GET", "/rest/system/identity", "");
    assert_eq!(body, r#"{"name":"a \"b\" $c"}"#);
    let (hole, body) = done(
        &set,
        "PUT",
        "/rest/ip/route",
        r#"{"dst-address": "203.0.113.1", "blackhole": "", "disabled": true}"#,
    );
    assert!(
        body.contains(r#""blackhole":"""#) && body.contains(r#""disabled":"true""#),
        "{body}"
    );
    assert!(hole.table("/ip/route").rows()[1].is("blackhole", "yes"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever the text is, it comes back, and is no command.
    #[test]
    fn any_text_is_kept_over_the_api(comment in proptest::collection::vec(any::<u8>(), 1..40)) {
        let word = [b"=comment=", comment.as_slice()].concat();
        let words = [&b"/ip/route/set"[..], b"=.id=*6", &word];
        let answer = twin().answer_sentence(&words, &Unknown);
        prop_assert_eq!(&answer.sentences, &[[b"!done"]]);
        let told = answer.router.answer_sentence(&["/ip/route/print"], &Unknown).sentences;
        prop_assert!(told[0].contains(&word));
        prop_assert_eq!(twin().diff(&answer.router).len(), 1);
        same("", &answer.router, &over_api(&answer.router));
    }

    /// No words and no request make it panic; what it refuses leaves it as it is.
    #[test]
    fn anything_is_answered(
        words in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..12), 0..5),
        path in "/rest(/(ip|route|mangle|firewall|\\*[0-9]|[a-z%?=&.]{1,6})){0,4}",
        body in proptest::option::of("\\{\"[a-z.!-]{0,8}\": \"[ -~]{0,8}\"\\}|[ -~]{0,12}"),
        method in "GET|PUT|POST|PATCH|DELETE",
    ) {
        let answer = twin().answer_sentence(&words, &Unknown);
        prop_assert_eq!(answer.sentences.is_empty(), words.is_empty());
        let answer = twin().answer_request(&method, &path, body.as_deref().map(str::as_bytes), &Unknown);
        prop_assert!([200, 201, 204, 400, 404].contains(&answer.status));
        prop_assert!(answer.status < 300 || twin().diff(&answer.router).is_empty());
    }
}
