//! The report of the lines: what the router itself posts to a webhook, and when it does not.

use std::time::Duration;

use multi_isp::plan::{Options, Phase, Plan, plan_apply, plan_disable, verify};
use multi_isp::routeros::router::{Live, Outcome, Request, Router, Row};
use multi_isp::routeros::value::Value;
use multi_isp::routeros::version::Version;
use multi_isp::simulate::{Around, Condition, Scenario, settle, what_if};
use multi_isp::site::{Secret, Site, Webhook};
use multi_isp::survey::site_of;
use serde_json::json;

use crate::emitted::Checker;
use crate::examples::{Case, VERSIONS, case, cases_on_both, matrix};
use crate::twin::{clean, run};

/// A webhook with all that a URL may hold and RouterOS reads otherwise.
const URL: &str = "https://portal.example.net/lines?router=7&token=s3cret$x'(a)";

/// The site with a report, whatever it says.
fn reporting(site: &Site) -> Site {
    reporting_to(site, json!({"url": URL, "interval": 60}))
}

fn reporting_to(site: &Site, webhook: serde_json::Value) -> Site {
    let mut document: serde_json::Value = serde_json::from_str(&site.to_json()).unwrap();
    document["webhook"] = webhook;
    Site::from_json(document.to_string().as_bytes()).unwrap()
}

#[track_caller]
fn plan(site: &Site, router: &Router) -> Plan {
    plan_apply(site, router, &Options::default()).unwrap_or_else(|error| panic!("{error:#?}"))
}

#[track_caller]
fn planned(case: &Case) -> Router {
    run(&case.router, &plan(&reporting(&case.site), &case.router).script())
}

/// What a router posts within a minute, and the router after it.
#[track_caller]
fn look(router: &Router, live: &dyn Live) -> (Vec<String>, Router) {
    let outcome = router.advance(Duration::from_secs(60), live);
    assert_eq!(outcome.error, None);
    let posts = outcome.requests.iter().map(|request| {
        assert_eq!(request.url, URL);
        let body: serde_json::Value = serde_json::from_slice(request.data.as_bytes()).unwrap();
        assert_eq!(body["schema"], "multi-isp/line-state/1");
        let told = |name: &str| body[name].as_str().unwrap().to_owned();
        format!("{} {} {}", told("router"), told("line"), told("state"))
    });
    (posts.collect(), outcome.router)
}

fn dead(line: &str) -> Scenario {
    Scenario::default().with_line(line, Condition::UpstreamDead)
}

/// The router some time after lines died, netwatch having looked, and the schedulers not yet.
fn after(router: &Router, scenario: &Scenario) -> Router {
    settle(router, scenario)
}

#[test]
fn a_line_that_fails_or_returns_is_told_once() {
    for version in ["6.49.10", "7.9", "7.22.3"] {
        let fine = Scenario::default();
        let router = run(
            &planned(&case("fiber-lte").at(version)),
            b"/system identity set name=shop-1",
        );
        let (told, router) = look(&after(&router, &fine), &Around { scenario: &fine });
        assert_eq!(told, [""; 0], "{version}: lines that work are no news");

        for (interface, line) in [("ether2", "lte"), ("ether1", "fiber")] {
            let scenario = dead(interface);
            let world = Around { scenario: &scenario };
            let (told, failed) = look(&after(&router, &scenario), &world);
            assert_eq!(told, [format!("shop-1 {line} down")], "{version}");
            let (told, still) = look(&failed, &world);
            assert_eq!(told, [""; 0], "{version}: nothing new");
            let restarted = clean(still.reboot(&world));
            let (told, restarted) = look(&restarted, &world);
            assert_eq!(told, [""; 0], "{version}: a restart tells nothing twice");

            let (told, back) = look(&after(&restarted, &fine), &Around { scenario: &fine });
            assert_eq!(told, [format!("shop-1 {line} up")], "{version}");
            assert_eq!(look(&back, &Around { scenario: &fine }).0, [""; 0], "{version}");
        }
    }
}

/// Nobody takes what is posted.
struct Deaf<'a>(Around<'a>);

impl Live for Deaf<'_> {
    fn property(&self, router: &Router, menu: &str, row: &Row, name: &str) -> Option<Value> {
        self.0.property(router, menu, row, name)
    }

    fn takes(&self, _: &Router, _: &Request) -> bool {
        false
    }
}

#[test]
fn what_nobody_took_is_told_again() {
    let scenario = dead("ether2");
    let world = Around { scenario: &scenario };
    let router = after(&planned(&case("fiber-lte")), &scenario);
    let (told, unheard) = look(&router, &Deaf(world));
    assert_eq!(told, [""; 0]);
    assert_eq!(look(&unheard, &world).0.len(), 1);

    // While no line works nothing arrives; both are told when one is back.
    let both = dead("ether1").with_line("ether2", Condition::UpstreamDead);
    let (told, silent) = look(&after(&router, &both), &Around { scenario: &both });
    assert_eq!(told, [""; 0]);
    let (told, _) = look(&after(&silent, &scenario), &world);
    assert_eq!(told.len(), 1, "{told:?}: the other came back unnoticed");
}

#[test]
fn one_probe_that_is_silent_is_no_dead_line() {
    let router = planned(&case("fiber-lte"));
    let row = router
        .table("/tool/netwatch")
        .find_by("comment", b"multi-isp:monitor:fiber:1")
        .unwrap();
    let silent = run(&router, row.get("down-script").unwrap().as_bytes());
    assert_eq!(silent.diff(&router).len(), 1, "a note, and nothing else");
    let scenario = Scenario::default();
    assert_eq!(look(&silent, &Around { scenario: &scenario }).0, [""; 0]);
    let again = run(&silent, row.get("down-script").unwrap().as_bytes());
    assert_eq!(again.diff(&silent), []);
    let back = run(&again, row.get("up-script").unwrap().as_bytes());
    assert_eq!(back.diff(&router), []);
}

/// An identity that JSON or a script would misread is left out.
#[test]
fn what_is_posted_is_json_whatever_the_router_is_called() {
    let scenario = dead("ether2");
    let router = after(&planned(&case("fiber-lte")), &scenario);
    for (name, told) in [
        (r#""shop 1.a_b-c""#, "shop 1.a_b-c lte down"),
        (r#""a\"b""#, " lte down"),
        (r#""a\\b""#, " lte down"),
        (r#""a\nb""#, " lte down"),
        (r#""\CF\F0""#, " lte down"),
        (r#""\$miLine""#, " lte down"),
    ] {
        let named = run(&router, format!("/system identity set name={name}").as_bytes());
        assert_eq!(look(&named, &Around { scenario: &scenario }).0, [told], "{name}");
    }
}

/// A router with one line that lists its ports, made by hand.
const ROUTER: &str = "/interface bridge\nadd name=bridge\n\
    /interface ethernet\nset [ find default-name=ether1 ] mtu=1500\nset [ find default-name=ether2 ] mtu=1500\n\
    set [ find default-name=ether3 ] mtu=1500\n\
    /interface list\nadd name=WAN\nadd name=LAN\n/interface bridge port\nadd bridge=bridge interface=ether3\n\
    /interface list member\nadd interface=ether1 list=WAN\nadd interface=bridge list=LAN\n\
    /ip address\nadd address=192.168.88.1/24 interface=bridge\n/ip dhcp-client\nadd disabled=no interface=ether1\n\
    /ip firewall filter\nadd action=drop chain=input in-interface-list=!LAN\n\
    add action=drop chain=forward in-interface-list=WAN connection-nat-state=!dstnat connection-state=new\n\
    /ip firewall nat\nadd action=masquerade chain=srcnat out-interface-list=WAN\n/system identity\nset name=shop\n";

/// A line that nothing far is pinged over is told by its routes, or by its link.
#[test]
fn a_line_without_probes_is_told_by_what_decides_it() {
    for (health, condition) in [
        ("gateway", Condition::GatewayDead),
        ("link", Condition::LinkDown),
        ("link", Condition::NoLease),
        ("manual", Condition::LinkDown),
    ] {
        for version in ["6.49.10", "7.22.3"] {
            let what = format!("{health} {condition:?} on {version}");
            let version = Version::parse(version);
            let router = Router::from_export(ROUTER.as_bytes(), version).unwrap();
            let site = format!(
                r#"{{"schema":"multi-isp/site/1","mode":"failover","health":"{health}","webhook":{{"url":"{URL}"}},"lines":[
                {{"id":"fiber","interface":"ether1","access":{{"type":"dhcp"}},"mbps":100}},
                {{"id":"lte","interface":"ether2","access":{{"type":"dhcp"}},"mbps":50}}]}}"#
            );
            let site = Site::from_json(site.as_bytes()).unwrap();
            let router = run(&router, &plan(&site, &router).script());
            assert_eq!(router.table("/tool/netwatch").rows().len(), 0);
            let fine = Scenario::default();
            let (told, router) = look(&after(&router, &fine), &Around { scenario: &fine });
            assert_eq!(told, [""; 0], "{what}");
            let scenario = Scenario::default().with_line("ether2", condition);
            let (told, failed) = look(&after(&router, &scenario), &Around { scenario: &scenario });
            assert_eq!(told, ["shop lte down"], "{what}");
            let (told, _) = look(&after(&failed, &fine), &Around { scenario: &fine });
            assert_eq!(told, ["shop lte up"], "{what}");
        }
    }
}

#[test]
fn every_case_can_have_it_and_can_be_freed_of_it() {
    for version in VERSIONS {
        let number = Version::parse(version).unwrap();
        let checker = Checker::of(number);
        for case in matrix().into_iter().filter(|case| case.fits(version)) {
            let case = case.at(version);
            let what = format!("{} on {version}", case.name);
            let site = reporting(&case.site);
            let plan = plan(&site, &case.router);
            for script in [plan.script(), plan.undo_script()] {
                let verdict = checker.as_ref().map(|checker| checker.check(&script));
                assert_eq!(verdict.unwrap_or_default().faults, [""; 0], "{what}");
            }
            let router = run(&case.router, &plan.script());
            assert_eq!(run(&router, &plan.undo_script()).diff(&case.router), [], "{what}");
            assert_eq!(site_of(&router), Some(Ok(site.without_secrets())));
            // The router keeps the URL that its site does not remember.
            for site in [&site, &site.without_secrets()] {
                let again = plan_apply(site, &router, &Options::default()).unwrap();
                assert!(again.is_empty(), "{what}: {}", again.summary());
            }
            let disable = plan_disable(&router, &Options::default()).unwrap();
            assert_eq!(disable.steps()[0].phase, Phase::Reports, "{what}");
            assert_eq!(disable.steps()[0].change.menu(), Some("/system/scheduler"));
            assert_eq!(run(&router, &disable.script()).diff(&case.router), [], "{what}");
        }
    }
}

#[test]
fn without_it_nothing_of_it_is_there() {
    for case in cases_on_both() {
        let off = plan(&case.site, &case.router);
        assert!(off.steps().iter().all(|step| step.phase != Phase::Reports));
        let on = run(&case.router, &plan(&reporting(&case.site), &case.router).script());
        let router = run(&on, &plan(&case.site, &on).script());
        let fresh = run(&case.router, &off.script());
        // Rows come in another order where a client keeps its routes itself again.
        assert_eq!(router.diff(&fresh), [], "{}", case.name);
    }
}

/// What is noted on the router moves by itself: no drift, and no plan that is out of date.
#[test]
fn notes_are_no_drift() {
    let case = case("fiber-lte");
    let site = reporting(&case.site);
    let router = planned(&case);
    let off = plan_disable(&router, &Options::default()).unwrap();
    let note = |tag: &str| format!("/ip firewall address-list disable [find comment={tag}]");
    let noted = ["multi-isp:state:fiber:1", "multi-isp:sent:lte:1"];
    let moved = noted
        .iter()
        .fold(router.clone(), |router, tag| run(&router, note(tag).as_bytes()));
    assert_eq!(moved.diff(&router).len(), 2);
    assert!(plan(&site, &moved).is_empty());
    assert!(verify(&site, &moved, &Options::default()).unwrap().is_empty());
    assert!(off.still_valid(&moved).is_ok());
    assert_eq!(moved.fingerprint(), router.fingerprint());
    assert_eq!(run(&moved, &off.script()).diff(&case.router), []);
    // The note of another host says nothing of this one.
    let moved = run(
        &moved,
        b"/ip firewall address-list set [find comment=multi-isp:state:fiber:1] address=192.0.2.77",
    );
    let mended = run(&moved, &plan(&site, &moved).script());
    let row = mended
        .table("/ip/firewall/address-list")
        .find_by("comment", b"multi-isp:state:fiber:1");
    assert!(!row.unwrap().disabled());
}

/// The report decides no packet's way, and delays none.
#[test]
fn what_becomes_of_customers_is_the_same() {
    for version in ["6.49.10", "7.22.3"] {
        let case = case("fiber-lte").at(version);
        let without = run(&case.router, &plan(&case.site, &case.router).script());
        let with = planned(&case);
        let told = |router: &Router| what_if(router, &multi_isp::simulate::WhatIf::default()).to_string();
        assert_eq!(told(&with), told(&without), "{version}");
    }
}

#[test]
fn the_url_is_told_to_nobody() {
    let case = case("fiber-lte");
    let site = reporting(&case.site);
    let plan = plan(&site, &case.router);
    let router = run(&case.router, &plan.script());
    let other = Site::from_json(site.to_json().replace("s3cret", "rolled").as_bytes()).unwrap();
    let change = plan_apply(&other, &router, &Options::default()).unwrap();
    assert_eq!(change.steps().len(), 1);
    let guarded = run(&router, &change.guarded_script(10.try_into().unwrap()).unwrap());
    let outcome = look_unclean(&router);
    for (what, text) in [
        ("the site", format!("{site:?}")),
        (
            "what a router remembers",
            site_of(&router).unwrap().unwrap().to_json(),
        ),
        ("the plan", format!("{plan:?}")),
        ("its summary", plan.summary()),
        (
            "its changes",
            serde_json::to_string(&plan.steps().iter().map(|step| &step.change).collect::<Vec<_>>()).unwrap(),
        ),
        ("the change of it", format!("{change:?} {}", change.summary())),
        ("the router", format!("{router:?}")),
        ("a guarded router", format!("{guarded:?}")),
        ("what differs", format!("{:?}", case.router.diff(&guarded))),
        ("what was posted", format!("{outcome:?}")),
    ] {
        assert!(
            !text.contains("s3cret") && !text.contains("rolled"),
            "{what}: {text}"
        );
    }
    assert_eq!(
        String::from_utf8(plan.script())
            .unwrap()
            .matches("s3cret")
            .count(),
        1
    );
    assert!(matches!(
        site.webhook(),
        Some(Webhook { url: Some(url), .. }) if *url == Secret::from(URL)
    ));
}

/// A minute of a router whose modem is dead.
fn look_unclean(router: &Router) -> Outcome {
    let scenario = dead("ether2");
    let outcome = after(router, &scenario).advance(Duration::from_secs(60), &Around { scenario: &scenario });
    assert_eq!(outcome.requests.len(), 1);
    outcome
}

/// A fiber, and a mobile line that is paid for by volume: its probes are pinged once, and switch its defaults, too.
#[test]
fn the_rows_read_well() {
    for version in ["6.49.10", "7.22.3"] {
        let case = case("fiber-lte").at(version);
        let plan = plan(&reporting(&case.site), &case.router);
        let router = run(&case.router, &plan.script());
        let mut text = String::new();
        for step in plan.steps() {
            let is_pinged =
                step.change.menu() == Some("/tool/netwatch") || step.reason.contains("a ping to the host");
            if step.phase == Phase::Reports || is_pinged {
                let command = String::from_utf8(step.change.command()).unwrap();
                let (shown, _) = command.split_once(" source=").unwrap_or((&command, ""));
                text += &format!("{shown}\n");
            }
        }
        let script = router
            .table("/system/script")
            .find_by("comment", b"multi-isp:report:site:1");
        text += &format!("\n{}", script.unwrap().text("source").unwrap());
        insta::assert_snapshot!(format!("rows-{version}"), text);
    }
}
