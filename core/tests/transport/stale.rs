//! What is sent by id is for the router that was read, or is not sent.

use std::num::NonZeroU8;

use multi_isp::emit::{self, Address, Gone, NotReady, Replies, TransportError};
use multi_isp::plan::{Change, Commands, Options, Part, Plan, plan_apply, plan_disable};
use multi_isp::routeros::router::{Router, Row, Unknown};
use multi_isp::routeros::syntax::Script;

use super::other_end::OtherEnd;
use super::reading::over_rest;
use crate::examples::{Case, case};

fn run(router: &Router, script: &str) -> Router {
    let outcome = router.run(&Script::parse(script.as_bytes()).unwrap(), &Unknown);
    assert_eq!(outcome.error, None);
    outcome.router
}

/// A case whose router was read over REST, and its plan.
fn planned(name: &str) -> (Case, Plan) {
    let mut case = case(name);
    case.router = over_rest(&case.router);
    let plan = plan_apply(&case.site, &case.router, &Options::default()).unwrap();
    (case, plan)
}

/// The plan to free a router with one row of ours, and what `today` the router says.
fn freeing(today: &str) -> Result<Vec<emit::ApiCall>, TransportError> {
    const NAT: &str = "/ip firewall nat add chain=srcnat action=masquerade out-interface=ether2 comment=\"multi-isp:nat:lte:1\"\n";
    let export = ["# by RouterOS 7.22.3\n", NAT].concat();
    let router = Router::from_export(export.as_bytes(), None).unwrap();
    let plan = plan_disable(&over_rest(&router), &Options::default()).unwrap();
    plan.api(Part::Plan, &over_rest(&run(&router, today)))
}

#[test]
fn a_router_that_was_read_without_ids_takes_a_script_only() {
    let case = case("fiber-wireless");
    let plan = plan_apply(&case.site, &case.router, &Options::default()).unwrap();
    assert!(!case.router.ids_known());
    for error in [
        plan.api(Part::Plan, &case.router).unwrap_err(),
        plan.rest(Part::Plan, &case.router).unwrap_err(),
    ] {
        assert!(matches!(error, TransportError::IdsUnknown { .. }), "{error:?}");
        let found = error.diagnostics().remove(0);
        assert_eq!(found.code.as_str(), "ids-unknown");
        assert!(found.help.unwrap().contains("script"));
    }
}

/// A copy that a plan was tried on is no picture of the router: ids of rows that came there are made up.
#[test]
fn ids_that_were_made_up_here_are_never_sent() {
    let (case, plan) = planned("fiber-wireless");
    let tried = run(&case.router, &String::from_utf8(plan.script()).unwrap());
    let disable = plan_disable(&tried, &Options::default()).unwrap();
    assert!(case.router.ids_known() && !tried.ids_known());
    assert!(matches!(
        disable.api(Part::Plan, &tried),
        Err(TransportError::IdsUnknown { .. })
    ));
}

#[test]
fn a_router_that_is_another_one_now_is_refused_with_the_row() {
    assert_eq!(freeing("").unwrap().len(), 1);
    for (today, wanted) in [
        ("/ip firewall nat remove 0", "it is not there"),
        ("/ip firewall nat set 0 out-interface=ether3", "it is not there"),
        (
            "/ip firewall nat add copy-from=0 comment=\"multi-isp:nat:lte:1\"",
            "2 rows are like it",
        ),
        (
            "/ip firewall nat set 0 src-address=10.0.0.0/8 action=src-nat",
            "`action` has another value",
        ),
    ] {
        let Err(TransportError::Stale { menu, row, found }) = freeing(today) else {
            panic!("{today}");
        };
        assert_eq!(
            (menu.as_str(), found.as_str()),
            ("/ip/firewall/nat", wanted),
            "{today}"
        );
        assert!(row.contains("multi-isp:nat:lte:1"), "{row}");
    }
}

#[test]
fn a_plan_that_was_sent_already_is_not_sent_again() {
    let (case, plan) = planned("fiber-wireless");
    let applied = over_rest(&run(&case.router, &String::from_utf8(plan.script()).unwrap()));
    let error = plan.api(Part::Plan, &applied).unwrap_err();
    assert!(
        matches!(&error, TransportError::Stale { found, .. } if found == "it is there already"),
        "{error}"
    );
    assert_eq!(error.diagnostics()[0].code.as_str(), "plan-stale");
}

/// The plan lets the default of ISP 1 step back, from the distance that it had.
#[test]
fn a_value_that_somebody_changed_since_is_refused() {
    let (case, plan) = planned("fiber-wireless");
    assert_eq!(case.router.table("/ip/route").len(), 1);
    for (today, wanted) in [
        ("/ip route set 0 distance=7", "`distance` has another value"),
        ("/ip route set 0 gateway=198.51.100.9", "it is not there"),
    ] {
        let other = over_rest(&run(&case.router, today));
        let Err(TransportError::Stale { found, .. }) = plan.api(Part::Plan, &other) else {
            panic!("{today}");
        };
        assert_eq!(found, wanted);
    }
}

/// The row is the same to people, its id is not.
#[test]
fn a_row_that_was_removed_and_added_again_has_its_new_id() {
    let (case, plan) = planned("fiber-wireless");
    let old = plan.api(Part::Plan, &case.router).unwrap();
    let mut end = OtherEnd::new(&case.router);
    let route = case.router.table("/ip/route").rows()[0].clone();
    end.router = run(&end.router, "/ip route remove 0");
    let id = end.router.push("/ip/route", route.clone());
    assert_ne!(id, route.id());
    let now = over_rest(&end.router);

    let mut end = OtherEnd::new(&now);
    assert_eq!(end.api(&old), Err("no such item".to_owned()));
    let mut end = OtherEnd::new(&now);
    end.api(&plan.api(Part::Plan, &now).unwrap()).unwrap();
    let applied = run(&case.router, &String::from_utf8(plan.script()).unwrap());
    assert_eq!(applied.diff(&end.router), []);
}

#[test]
fn a_call_waits_for_the_replies_before_it_and_stops_at_a_refusal() {
    let (case, plan) = planned("combined");
    let calls = plan.api(Part::Plan, &case.router).unwrap();
    let needs = |call: &emit::ApiCall| {
        call.addresses().find_map(|address| match address {
            Address::Added { call } => Some(call),
            Address::Known(_) => None,
        })
    };
    let (index, needed) = calls
        .iter()
        .enumerate()
        .find_map(|(index, call)| Some((index, needs(call)?)))
        .unwrap();
    let mut replies = Replies::default();
    assert_eq!(
        calls[index].sentence(&replies),
        Err(NotReady::Unanswered { call: 0 })
    );
    for _ in 0..index {
        replies.api(&["!done"]).unwrap();
    }
    assert_eq!(
        calls[index].sentence(&replies),
        Err(NotReady::NoId { call: needed })
    );

    let mut replies = Replies::default();
    assert!(replies.api(&["!trap", "=message=failure: no"]).is_err());
    assert!(
        replies.api(&["!done"]).is_err(),
        "the end of a refusal is no answer"
    );
    let refused = calls[0].sentence(&replies).unwrap_err();
    assert_eq!(refused.to_string(), "the router refused call 0: failure: no");
    assert!(replies.is_empty());
}

/// Interrupted after each call: a new plan goes on from there, one to disable gives the router back, and nothing of a step stays.
#[test]
fn what_was_cut_off_goes_on_with_a_new_plan() {
    let (case, plan) = planned("fiber-wireless");
    let calls = plan.api(Part::Plan, &case.router).unwrap();
    // Every third call, and those between which a step is half done.
    let is_within = |count: usize| count > 0 && calls[count - 1].change() == calls[count].change();
    for count in (0..calls.len()).filter(|count| count % 3 == 0 || is_within(*count)) {
        let mut end = OtherEnd::new(&case.router);
        end.api(&calls[..count]).unwrap();
        let now = over_rest(&end.router);
        let sent = |plan: &Plan| {
            let mut end = OtherEnd::new(&now);
            end.rest(&plan.rest(Part::Plan, &now).unwrap()).unwrap();
            end.router
        };
        let whole = sent(&plan_apply(&case.site, &now, &Options::default()).unwrap());
        let again = plan_apply(&case.site, &whole, &Options::default()).unwrap();
        assert!(again.is_empty(), "after {count} calls: {}", again.summary());
        let is_step = |row: &Row| row.text("name").is_some_and(|name| name.contains("step"));
        assert!(!whole.table("/system/script").iter().any(is_step));
        let freed = sent(&plan_disable(&now, &Options::default()).unwrap());
        assert_eq!(case.router.diff(&freed), [], "after {count} calls");
    }
}

#[test]
fn undo_takes_back_what_was_sent_and_passes_over_the_rest() {
    let (case, plan) = planned("fiber-wireless");
    let calls = plan.api(Part::Plan, &case.router).unwrap();
    for change in (0..plan.steps().len()).step_by(2) {
        let sent = calls
            .iter()
            .take_while(|call| call.change() <= change)
            .cloned()
            .collect::<Vec<_>>();
        let mut end = OtherEnd::new(&case.router);
        end.api(&sent).unwrap();
        let now = over_rest(&end.router);
        let mut end = OtherEnd::new(&now);
        end.api(&plan.api(Part::Undo, &now).unwrap()).unwrap();
        assert_eq!(case.router.diff(&end.router), [], "after step {change}");
    }
}

/// What fails on a copy of the router is not sent at all.
#[test]
fn a_step_that_fails_here_is_not_sent() {
    let (case, _) = planned("fiber-wireless");
    let step = Change::Run {
        script: Commands::from(":error \"the line \\\"fiber\\\" does not work\""),
    };
    let Err(TransportError::Stale { found, .. }) = emit::api(&[step], &case.router, Gone::Refuse) else {
        panic!();
    };
    assert_eq!(found, "the line \"fiber\" does not work");
}

/// Whether the API tells what a script failed of is unconfirmed: the caller hears of it either way, and nothing stays behind.
#[test]
fn a_step_that_fails_is_refused_even_where_its_error_is_not_told() {
    let (case, _) = planned("fiber-wireless");
    let step = Change::Run {
        script: Commands::from("/ip dhcp-client renew [find where status=bound]"),
    };
    let calls = emit::api(&[step], &case.router, Gone::Refuse).unwrap();
    let end = |breaks, is_silent| {
        let mut end = OtherEnd::new(&case.router);
        (end.breaks, end.is_silent) = (breaks, is_silent);
        end
    };
    for (mut end, wanted) in [
        (end(false, false), Ok(())),
        (
            end(true, false),
            Err("multi-isp: the command of this step failed".to_owned()),
        ),
        (end(true, true), Err("no such item".to_owned())),
    ] {
        assert_eq!(end.api(&calls), wanted);
        assert_eq!(case.router.diff(&end.router), []);
    }
}

/// What is sent holds passwords, what is shown does not: neither those of a plan nor those that its guard would bring back.
#[test]
fn what_is_shown_of_calls_has_no_secrets() {
    let export = "# by RouterOS 7.22.3\n/interface pppoe-client add name=pppoe-a interface=ether2 user=jo password=hunter2 \
        disabled=no comment=\"multi-isp:pppoe:a:1\"\n";
    let router = over_rest(&Router::from_export(export.as_bytes(), None).unwrap());
    let plan = plan_disable(&router, &Options::default()).unwrap();
    let part = Part::Guarded(NonZeroU8::MIN);
    let back = Change::Add {
        menu: "/interface/pppoe-client".into(),
        row: [("name", "b"), ("interface", "ether2"), ("password", "hunter2")]
            .map(|(name, value)| (name.into(), value.into()))
            .into(),
        before: None,
    };
    let back = [back];
    let lists = [
        (
            plan.api(part, &router).unwrap(),
            plan.rest(part, &router).unwrap(),
        ),
        (
            emit::api(&back, &router, Gone::Refuse).unwrap(),
            emit::rest(&back, &router, Gone::Refuse).unwrap(),
        ),
    ];
    let (mut shown, mut sent) = (format!("{lists:?}"), Vec::new());
    for (api, rest) in &lists {
        let mut replies = Replies::default();
        for (number, (sentence, request)) in api.iter().zip(rest).enumerate() {
            let sentence = sentence.sentence(&replies).unwrap();
            let request = request.request(&replies).unwrap();
            shown += &format!("{sentence:?}{request:?}");
            sent.extend(sentence.to_bytes());
            sent.extend(request.body().unwrap_or_default().into_bytes());
            replies
                .api(&["!done".to_owned(), format!("=ret=*{number:X}")])
                .unwrap();
        }
    }
    assert!(!shown.contains("hunter2"), "{shown}");
    assert_eq!(String::from_utf8_lossy(&sent).matches("hunter2").count(), 4);
}

/// Also between the three calls of a step that is a script.
#[test]
fn a_plan_that_is_cut_off_behind_any_call_is_taken_back_to_the_row() {
    let (case, plan) = planned("fiber-wireless");
    let calls = plan.rest(Part::Plan, &case.router).unwrap();
    let mut left = 0;
    for sent in 0..=calls.len() {
        let mut end = OtherEnd::new(&case.router);
        end.rest(&calls[..sent]).unwrap();
        let cut = over_rest(&end.router);
        left += usize::from(
            cut.table("/system/script")
                .find_by("name", "multi-isp-step")
                .is_some(),
        );
        let mut end = OtherEnd::new(&cut);
        end.rest(&plan.rest(Part::Undo, &cut).unwrap()).unwrap();
        assert_eq!(case.router.diff(&end.router), [], "after {sent} calls");
    }
    assert!(left > 0, "no step is a script");
}
