//! Whatever goes wrong is a list of diagnostics: the first is the message, the code and the help of an exception.

use multi_isp::emit::Replies;
use multi_isp::{
    Diagnostic, InvalidSpeed, Mbps, NotReady, Options, PlanError, Refused, Router, Script, UnknownVersion,
    Version, audit, plan_disable,
};

/// Holds findings to one with that code and message.
#[track_caller]
fn is(found: &[Diagnostic], code: &str, message: &str) {
    let [found] = found else { panic!("{found:?}") };
    assert_eq!((found.code.as_str(), found.message.as_str()), (code, message));
    assert!(found.help.is_some(), "{found}");
}

#[test]
fn texts_that_are_no_values() {
    let error: UnknownVersion = "seven".parse::<Version>().unwrap_err();
    is(
        &error.diagnostics(),
        "unknown-version",
        "`seven` is no version of RouterOS",
    );
    let error: InvalidSpeed = "fast".parse::<Mbps>().unwrap_err();
    let message = "a speed is a decimal from 0.001 to 1000000 Mbps with at most three decimals";
    is(&error.diagnostics(), "invalid-speed", message);
    let error = Script::parse(b"/ip route add gateway='").unwrap_err();
    is(&error.diagnostics(), "syntax-error", "`'` cannot stand here");
    let error = Router::from_export(b"/ip route add gateway='", None).unwrap_err();
    is(error.diagnostics(), "syntax-error", "`'` cannot stand here");
    let error = audit::levels(&[("blanket-masquerade", "loud")]).unwrap_err();
    is(
        error.diagnostics(),
        "unknown-level",
        "`blanket-masquerade` cannot be told as `loud`",
    );
}

#[test]
fn routers_that_refuse_or_moved() {
    let mut replies = Replies::default();
    let refused: Refused = replies
        .rest(404, br#"{"error": 404, "message": "Not Found"}"#)
        .unwrap_err();
    is(
        &refused.diagnostics(),
        "router-refused",
        "the router refused call 0: Not Found",
    );
    is(
        &NotReady::from(refused).diagnostics(),
        "router-refused",
        "the router refused call 0: Not Found",
    );
    for (error, code, message) in [
        (
            NotReady::Unanswered { call: 1 },
            "call-not-answered",
            "call 1 is not answered yet",
        ),
        (
            NotReady::Answered { call: 2 },
            "call-answered-twice",
            "call 2 is answered already",
        ),
        (
            NotReady::NoId { call: 3 },
            "reply-without-id",
            "the reply to call 3 gave no id",
        ),
    ] {
        is(&error.diagnostics(), code, message);
    }
    let nameless = plan_disable(&Router::from_export(b"", None).unwrap(), &Options::default()).unwrap_err();
    assert_eq!(nameless, PlanError::VersionUnknown);
    is(
        &nameless.diagnostics(),
        "version-unknown",
        "the version of RouterOS is not known",
    );

    let read = |text: &str| Router::from_export(text.as_bytes(), None).unwrap();
    let before = read("# by RouterOS 7.22.3\n/ip dhcp-client\nadd interface=ether1\n");
    let plan = plan_disable(&before, &Options::default()).unwrap();
    let after =
        read("# by RouterOS 7.22.3\n/ip dhcp-client\nadd default-route-distance=5 interface=ether1\n");
    is(
        &plan.still_valid(&after).unwrap_err().diagnostics(),
        "plan-stale",
        "the router is not as it was when the plan was made: `~ /ip/dhcp-client  interface=ether1  default-route-distance: nothing -> 5`",
    );
}
