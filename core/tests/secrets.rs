//! Passwords and PINs: they go to the router, and are seen nowhere else.

use std::fmt::Debug;
use std::num::NonZeroU8;

use multi_isp::desired::desired;
use multi_isp::plan::{Options, Part, Plan, plan_apply, plan_disable};
use multi_isp::preflight::{Context, preflight};
use multi_isp::routeros::router::{Difference, Router};
use multi_isp::site::{Access, Site};
use multi_isp::survey::{detect_line, ports, site_of};
use serde_json::{Value, json};

use crate::examples::{Case, cases_on_both};
use crate::twin::run;

/// A password as no other text has it.
const PASSWORD: &str = "Zq7xPassw0rd";
/// A PIN, the same.
const PIN: &str = "90417263";
const TEN: NonZeroU8 = NonZeroU8::new(10).unwrap();
/// What stands on the router already.
const OURS: &str = "Zq7xOnTheRouter";

/// The cases, each client of ours with a secret, on routers whose own clients have some.
fn secretive() -> Vec<Case> {
    cases_on_both()
        .map(|mut case| {
            let mut document: Value = serde_json::from_str(&case.site.to_json()).unwrap();
            for line in document["lines"].as_array_mut().unwrap() {
                let access = line["access"].as_object_mut().unwrap();
                let is_made = ["port", "apn"].iter().any(|field| access.contains_key(*field));
                if is_made {
                    access.insert("password".into(), json!(PASSWORD));
                }
                if access["type"] == "ppp" && is_made {
                    access.insert("pin".into(), json!(PIN));
                }
            }
            case.site = Site::from_json(document.to_string().as_bytes()).unwrap();
            let theirs = format!(
                "/ppp secret add name=customer password={OURS}\n\
                 /interface l2tp-client add connect-to=192.0.2.9 ipsec-secret={OURS} name=vpn user=jo password={OURS}\n"
            );
            case.router = run(&case.router, theirs.as_bytes());
            case
        })
        .collect()
}

/// How many secrets a site gives to clients that are made.
fn secrets(site: &Site) -> usize {
    let of = |access: &Access| match access {
        Access::Pppoe(Some(dial)) => usize::from(dial.password.is_some()),
        Access::Lte(Some(apn)) => usize::from(apn.password.is_some()),
        Access::Ppp(Some(modem)) => {
            usize::from(modem.pin.is_some()) + usize::from(modem.apn.password.is_some())
        }
        _ => 0,
    };
    site.lines().iter().map(|line| of(line.access())).sum()
}

fn count(text: &str) -> usize {
    [PASSWORD, PIN]
        .iter()
        .map(|secret| text.matches(secret).count())
        .sum()
}

#[track_caller]
fn hides(what: &str, text: &str) {
    for secret in [PASSWORD, PIN, OURS] {
        assert!(!text.contains(secret), "{what} shows a secret: {text}");
    }
}

#[track_caller]
fn hides_debug(what: &str, value: &dyn Debug) {
    hides(what, &format!("{value:?}"));
    hides(what, &format!("{value:#?}"));
}

/// All that a plan tells, but what it sends.
fn hides_plan(plan: &Plan) {
    hides_debug("the plan", plan);
    hides("its summary", &plan.summary());
    hides("its report", &plan.report().to_string());
    for step in plan.steps() {
        hides_debug("a step", step);
        hides_debug("the inverse of a change", &step.change.inverse());
        hides("a change as JSON", &serde_json::to_string(&step.change).unwrap());
        hides("a reason", &step.reason);
    }
    for part in [Part::Guarded(TEN), Part::Confirm, Part::Undo] {
        for step in plan.part(part).unwrap() {
            hides_debug("a step of a guard", &step);
            hides(
                "its change as JSON",
                &serde_json::to_string(&step.change).unwrap(),
            );
        }
    }
    let mut document: Value = serde_json::from_str(&plan.to_json()).unwrap();
    for step in document["steps"].as_array_mut().unwrap() {
        let step = step.as_object_mut().unwrap();
        step.remove("command");
        step.remove("undo");
    }
    hides("its document, what is sent apart", &document.to_string());
}

#[test]
fn a_secret_goes_to_the_router_and_nowhere_else() {
    let mut seen = 0;
    for case in secretive() {
        let wanted = secrets(&case.site);
        seen += wanted;
        hides_debug("the site", &case.site);
        hides_debug("the router", &case.router);
        hides_debug(
            "what is desired",
            &desired(&case.site, &case.router, &[]).unwrap(),
        );
        let report = preflight(&case.site, &case.router, &Context::default());
        hides_debug("the report", &report);
        hides("the report as text", &report.to_string());
        hides("the report as JSON", &serde_json::to_string(&report).unwrap());

        let plan = plan_apply(&case.site, &case.router, &Options::default()).unwrap();
        hides_plan(&plan);
        let script = String::from_utf8(plan.script()).unwrap();
        assert_eq!(count(&script), wanted, "{}: each secret is sent once", case.name);
        assert!(!script.contains(OURS), "{}", case.name);
        hides("the undo", &String::from_utf8(plan.undo_script()).unwrap());

        let router = run(&case.router, script.as_bytes());
        hides_debug("the router", &router);
        hides_debug("what differs", &case.router.diff(&router));
        hides(
            "what differs as JSON",
            &Difference::all_to_json(&case.router.diff(&router)),
        );
        for menu in router.menus() {
            hides("rows as JSON", &router.table(menu).to_json());
        }
        hides_debug("what differs, backwards", &router.diff(&case.router));
        hides_debug("its ports", &ports(&router, &[]));
        hides_debug("ISP 1", &detect_line(&router));
        hides(
            "the site as the router has it",
            &site_of(&router).unwrap().unwrap().to_json(),
        );
        for row in router.table("/system/script") {
            hides("a script on the router", &row.text("source").unwrap_or_default());
        }

        let disable = plan_disable(&router, &Options::default()).unwrap();
        hides_plan(&disable);
        hides("the way off", &String::from_utf8(disable.script()).unwrap());
        let back = String::from_utf8(disable.undo_script()).unwrap();
        assert_eq!(
            count(&back),
            wanted,
            "{}: a client comes back as it was",
            case.name
        );
    }
    assert!(seen > 4, "{seen}");
}

/// The guard of a plan that takes clients away holds what they come back with: it is sent, and told by nobody.
#[test]
fn a_guard_holds_secrets_and_does_not_tell_them() {
    let mut held = 0;
    for case in secretive().into_iter().filter(|case| secrets(&case.site) > 0) {
        let plan = plan_apply(&case.site, &case.router, &Options::default()).unwrap();
        let router = run(&case.router, &plan.script());
        let disable = plan_disable(&router, &Options::default()).unwrap();
        let guarded = run(&router, &disable.guarded_script(TEN).unwrap());
        held += count(&String::from_utf8_lossy(&guarded.to_export()));
        hides_debug("a router with a guard", &guarded);
        hides_debug("what differs", &router.diff(&guarded));
        let next = plan_apply(&case.site, &guarded, &Options::default()).unwrap();
        assert!(next.is_unconfirmed());
        hides_plan(&next);
    }
    assert!(held > 4, "{held}");
}

/// Another password: both are sent, one there and one back, and neither is told.
#[test]
fn a_change_of_a_secret_is_told_without_it() {
    let mut seen = 0;
    for case in secretive().into_iter().filter(|case| secrets(&case.site) > 0) {
        let plan = plan_apply(&case.site, &case.router, &Options::default()).unwrap();
        let router = run(&case.router, &plan.script());
        let other = case.site.to_json().replace(PASSWORD, OURS);
        let other = Site::from_json(other.as_bytes()).unwrap();
        let plan = plan_apply(&other, &router, &Options::default()).unwrap();
        hides_plan(&plan);
        let changed = plan.script();
        hides_debug("what differs", &router.diff(&run(&router, &changed)));
        assert_eq!(plan.is_empty(), other == case.site);
        assert!(plan.is_empty() || String::from_utf8(changed).unwrap().contains(OURS));
        seen += usize::from(!plan.is_empty());
    }
    assert!(seen > 1, "{seen}");
}

/// The router as an export of RouterOS 7 shows it: without secrets.
fn hidden(router: &Router) -> Router {
    let mut seen = Router::new(router.version().unwrap());
    for menu in router.menus() {
        for row in router.table(menu) {
            let mut row = row.clone();
            ["password", "pin", "ipsec-secret"]
                .iter()
                .for_each(|name| row.unset(name));
            seen.push(menu, row);
        }
    }
    seen
}

#[test]
fn a_secret_that_is_not_seen_is_left_alone_and_may_not_come_back() {
    let mut seen = 0;
    for case in secretive().into_iter().filter(|case| secrets(&case.site) > 0) {
        let plan = plan_apply(&case.site, &case.router, &Options::default()).unwrap();
        let router = run(&case.router, &plan.script());
        let unseen = hidden(&router);
        hides("the export", &String::from_utf8_lossy(&unseen.to_export()));
        for site in [&case.site, &case.site.without_secrets()] {
            let again = plan_apply(site, &unseen, &Options::default()).unwrap();
            assert!(again.is_empty(), "{}: {}", case.name, again.summary());
            assert!(!warns(&again), "nothing goes: {}", case.name);
        }
        assert!(
            !warns(&plan_disable(&router, &Options::default()).unwrap()),
            "{}",
            case.name
        );
        let disable = plan_disable(&unseen, &Options::default()).unwrap();
        let has_user = |access: &Access| match access {
            Access::Pppoe(Some(_)) => true,
            Access::Lte(Some(apn)) => apn.user.is_some(),
            Access::Ppp(Some(modem)) => modem.apn.user.is_some(),
            _ => false,
        };
        let with_user = case.site.lines().iter().any(|line| has_user(line.access()));
        assert_eq!(warns(&disable), with_user, "{}", case.name);
        seen += usize::from(with_user);
    }
    assert!(seen > 0);
}

fn warns(plan: &Plan) -> bool {
    let mut findings = plan.report().findings().iter();
    findings.any(|found| found.code.as_str() == "secret-not-seen")
}

#[test]
fn faults_are_shown_in_surroundings_without_secrets() {
    let document = |field: &str| {
        format!(
            r#"{{"schema": "multi-isp/site/1", "mode": "failover", "lines": [{{"id": "a", "interface": "p", "access": {{"type": "ppp", "port": "usb1", "apn": "internet", {field}}}, "mbps": 10}}]}}"#
        )
    };
    for field in [
        format!(r#""pass-word": "{PASSWORD}""#),
        format!(r#""password": "{PASSWORD}", "pinn": "{PIN}""#),
        format!(r#""password": "{PASSWORD}\u0007""#),
        format!(r#""password": "{PASSWORD}", "phone": 5"#),
        format!(r#""password": ["{PASSWORD}"]"#),
        format!(r#""password": {{"hex": "{PASSWORD}"}}"#),
        format!(r#""password": {{"heks": "{PASSWORD}"}}"#),
        format!(r#""pin": {PIN}"#),
        format!(r#""pin": {PIN}x"#),
        format!(r#""password": "{PASSWORD}", "password": "{PASSWORD}""#),
        format!(r#""password": "{PASSWORD}"#),
        format!(r#""password: "{PASSWORD}""#),
        format!(r#""password": "{PASSWORD}\q""#),
    ] {
        let json = document(&field);
        let errors = Site::from_json(json.as_bytes()).unwrap_err();
        let text = errors.render(Some(json.as_bytes()));
        assert!(text.contains('^'), "{text}");
        hides(&field, &text);
        hides(&field, &errors.to_string());
        hides_debug(&field, &errors);
    }
    for webhook in [
        format!(r#"{{"url": "ftp://a.example/{PASSWORD}"}}"#),
        format!(r#"{{"url": "https://a.example/{PASSWORD}", "interval": 5}}"#),
        format!(r#"{{"url": ["{PASSWORD}"]}}"#),
        format!(r#"{{"uri": "https://a.example/{PASSWORD}"}}"#),
        format!(r#""https://a.example/{PASSWORD}""#),
    ] {
        let json = format!(
            r#"{{"schema": "multi-isp/site/1", "mode": "failover", "lines": [], "webhook": {webhook}}}"#
        );
        let errors = Site::from_json(json.as_bytes()).unwrap_err();
        let text = errors.render(Some(json.as_bytes()));
        assert!(text.contains('^'), "{text}");
        hides(&webhook, &text);
        hides_debug(&webhook, &errors);
    }

    for export in [
        format!("/interface pppoe-client add name=a password=\"{PASSWORD}\" x=\"\n"),
        format!("/interface pppoe-client add name=a password=\"{PASSWORD}\\c\"\n"),
        format!("/interface pppoe-client add interface=none name=a\nset 5 password={PASSWORD}\n"),
    ] {
        let error = Router::from_export(export.as_bytes(), None).unwrap_err();
        let text = error.render();
        assert!(text.contains('^'), "{text}");
        hides(&export, &text);
        hides_debug(&export, &error);
    }
    for json in [
        format!(r#"{{"/interface/pppoe-client": [{{".id": "*1", "password": "{PASSWORD}"}}, 5]}}"#),
        format!(r#"{{"/interface/pppoe-client": [{{".id": "*1", "password": "{PASSWORD}"}}"#),
        format!(r#"{{"/interface/pppoe-client": [{{".id": "x", "password": "{PASSWORD}"}}]}}"#),
    ] {
        let error = Router::from_rest(json.as_bytes(), None).unwrap_err();
        hides(&json, &error.render());
        hides_debug(&json, &error);
    }
}
