//! Every documented case on every version that is planned for: run, planned again, undone.

use std::collections::BTreeSet;

use multi_isp::plan::{Options, PlanError, plan_apply, plan_disable};
use multi_isp::preflight::{Context, preflight};
use multi_isp::routeros::router::{Live, Router, Row, Unknown};
use multi_isp::routeros::syntax::Script;
use multi_isp::routeros::value::Value;
use multi_isp::routeros::version::Version;
use multi_isp::site::Site;

use crate::emitted::Checker;
use crate::examples::{Case, case, cases};

#[test]
fn every_case_is_proven_on_every_version() {
    let (mut failures, mut without) = (Vec::new(), Vec::new());
    for version in VERSIONS {
        for case in cases() {
            let case = case.at(version);
            match plan_apply(&case.site, &case.router, &Options::default()) {
                Ok(plan) => {
                    let outcome = case.router.run(&Script::parse(&plan.script()).unwrap(), &Unknown);
                    failures.extend(
                        outcome
                            .error
                            .map(|error| format!("{} on {version}: {error}", case.name)),
                    );
                }
                Err(PlanError::Refused(report)) => without.push(format!(
                    "{} on {version}: {}",
                    case.name,
                    report.findings()[0].code
                )),
                Err(error) => failures.push(format!("{} on {version}: {error:#?}", case.name)),
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert_eq!(
        without,
        [
            "cable-lte on 6.40.9: modem-without-profiles",
            "gateway-outside on 6.40.9: gateway-unresolvable",
            "gateway-outside on 6.49.10: gateway-unresolvable",
        ]
    );
}

/// No rule finds on RouterOS 6 what it would not find on the same router of 7, or the other way round, but that the version
/// has no command tree, and that it cannot check what 7 can.
/// Findings that only one major version has: on 6 a line that is dialled is checked by its link, and then nothing of ISP 1
/// changes.
const OF_THE_VERSION: [&str; 7] = [
    "version-unconfirmed ",
    "check-not-possible ",
    "gateway-not-pinned ",
    "session-may-restart ",
    "probes-over-modem ",
    "gateway-outside-network ",
    "gateway-unresolvable ",
];

#[test]
fn preflight_finds_the_same_on_6() {
    for case in cases() {
        let told = |case: &Case| -> Vec<String> {
            let report = preflight(&case.site, &case.router, &Context::default());
            report
                .findings()
                .iter()
                .map(|finding| format!("{} {}", finding.code.as_str(), finding.message))
                .collect()
        };
        let mut on_6 = told(&case.at("6.49.10"));
        let mut on_7 = told(&case.at("7.22.3"));
        for found in [&mut on_6, &mut on_7] {
            found.retain(|finding| !OF_THE_VERSION.iter().any(|code| finding.starts_with(code)));
        }
        assert_eq!(on_6, on_7, "{}", case.name);
    }
}

#[test]
fn what_is_older_than_6_40_is_refused() {
    let case = case("fiber-lte");
    for (version, wanted) in [
        ("6.39.3", "RouterOS 6.39.3 is too old"),
        ("5.26", "RouterOS 5.26 is too old"),
    ] {
        let case = case.at(version);
        let refused = [
            plan_apply(&case.site, &case.router, &Options::default()).unwrap_err(),
            plan_disable(&case.router, &Options::default()).unwrap_err(),
        ];
        for error in refused {
            assert_eq!(error.to_string(), wanted);
            let told = error.diagnostics();
            assert_eq!(told[0].code.as_str(), "routeros-too-old");
            let help = told[0].help.as_deref().unwrap_or_default();
            assert!(help.contains("6.40 or later"), "{help}");
        }
    }
}

/// What a 6.x router says of every gateway.
struct Gateways(&'static str);

impl Live for Gateways {
    fn property(&self, _: &Router, menu: &str, row: &Row, name: &str) -> Option<Value> {
        let gateway = row.text("gateway")?;
        (menu == "/ip/route" && name == "gateway-status")
            .then(|| Value::from(format!("{gateway} {}", self.0)))
    }
}

#[test]
fn on_6_nothing_is_switched_while_no_new_route_is_reached() {
    let case = case("fiber-lte").at("6.49.10");
    let plan = plan_apply(&case.site, &case.router, &Options::default()).unwrap();
    let script = Script::parse(&plan.script()).unwrap();
    for status in [
        "reachable via  ether1",
        "recursive via 192.0.2.1 ether1",
        "reachable",
    ] {
        assert_eq!(
            case.router.run(&script, &Gateways(status)).error,
            None,
            "{status}"
        );
    }
    let stopped = case.router.run(&script, &Gateways("unreachable"));
    let message = stopped.error.map(|error| error.message().to_owned());
    assert_eq!(
        message.as_deref(),
        Some("multi-isp: no new route of fiber works, nothing was switched")
    );
    let undo = Script::parse(&plan.undo_script()).unwrap();
    assert_eq!(stopped.router.run(&undo, &Unknown).router.diff(&case.router), []);
}

/// Made by hand: a cable by DHCP, a modem of each kind, a PPPoE client and a dial-up client that stand there already.
pub const ROUTER: &str = "\
/interface bridge add name=bridge auto-mac=no admin-mac=2C:C8:1B:00:20:04
/interface list add name=WAN
/interface list add name=LAN
/interface lte set [ find ] name=lte1
/interface lte apn set [ find default=yes ] default-route-distance=200 name=default
/port set 0 name=usb1
/interface pppoe-client add add-default-route=yes default-route-distance=200 disabled=no interface=ether4 name=pppoe-old user=jo
/interface ppp-client add add-default-route=no apn=internet dial-on-demand=no disabled=no name=ppp-old port=usb1
/interface l2tp-client add connect-to=192.0.2.9 disabled=no name=l2tp-out1 user=jo
/interface bridge port add bridge=bridge interface=ether3
/interface list member add interface=bridge list=LAN
/interface list member add interface=ether1 list=WAN
/ip address add address=192.168.88.1/24 interface=bridge
/ip dhcp-client add disabled=no interface=ether1
/ip firewall filter add action=accept chain=input connection-state=established,related
/ip firewall filter add action=drop chain=input in-interface-list=!LAN
/ip firewall filter add action=drop chain=forward connection-nat-state=!dstnat connection-state=new in-interface-list=WAN
/ip firewall nat add action=masquerade chain=srcnat out-interface-list=WAN
";

/// The second line: its interface and its access.
const LINES: [(&str, &str); 10] = [
    ("ether2", r#"{"type":"dhcp"}"#),
    (
        "ether2",
        r#"{"type":"static","address":"203.0.113.6/29","gateway":"203.0.113.1"}"#,
    ),
    (
        "ether2",
        r#"{"type":"static","address":"203.0.113.6/32","gateway":"203.0.113.1"}"#,
    ),
    (
        "pppoe-new",
        r#"{"type":"pppoe","port":"ether2","user":"jo","password":"x","service":"isp"}"#,
    ),
    ("pppoe-old", r#"{"type":"pppoe"}"#),
    ("lte1", r#"{"type":"lte"}"#),
    (
        "lte1",
        r#"{"type":"lte","apn":"internet","user":"jo","password":"x"}"#,
    ),
    (
        "ppp-new",
        r#"{"type":"ppp","port":"usb1","apn":"internet","pin":"1234","phone":"*99#","data_channel":2,"info_channel":2}"#,
    ),
    ("ppp-old", r#"{"type":"ppp"}"#),
    ("l2tp-out1", r#"{"type":"tunnel"}"#),
];

pub fn site((mode, health, metered): (&str, &str, bool), (interface, access): (&str, &str)) -> Site {
    let json = format!(
        r#"{{"schema":"multi-isp/site/1","mode":"{mode}","health":"{health}","lines":[
        {{"id":"a","interface":"ether1","access":{{"type":"dhcp"}},"mbps":100}},
        {{"id":"b","interface":"{interface}","access":{access},"mbps":50,"metered":{metered}}}]}}"#
    );
    Site::from_json(json.as_bytes())
        .unwrap_or_else(|errors| panic!("{}", errors.render(Some(json.as_bytes()))))
}

/// Every kind of line, in every mode and with every check, is planned, proven, and named by words that the version has.
#[test]
fn every_kind_of_line_fits_every_version() {
    let mut unconfirmed = String::new();
    let mut failures = Vec::new();
    for version in VERSIONS {
        let number = Version::parse(version).unwrap();
        let router = Router::from_export(ROUTER.as_bytes(), Some(number)).unwrap();
        let Some(checker) = Checker::of(number) else {
            return;
        };
        let mut open = BTreeSet::new();
        for line in LINES {
            for mode in MODES {
                let name = format!("{line:?} {mode:?} on {version}");
                match plan_apply(&site(mode, line), &router, &Options::default()) {
                    Ok(plan) => {
                        for script in [plan.script(), plan.undo_script()] {
                            let verdict = checker.check(&script);
                            failures.extend(verdict.faults.iter().map(|fault| format!("{name}: {fault}")));
                            open.extend(verdict.unconfirmed);
                        }
                    }
                    Err(PlanError::Refused(report)) if refusal(version, line).is_some() => {
                        let codes: Vec<&str> = report
                            .findings()
                            .iter()
                            .map(|found| found.code.as_str())
                            .collect();
                        let wanted = refusal(version, line).unwrap();
                        assert!(codes.contains(&wanted), "{name}: {codes:?}");
                    }
                    Err(error) => failures.push(format!("{name}: {error:#?}")),
                }
            }
        }
        if !open.is_empty() {
            let open: Vec<String> = open.into_iter().collect();
            unconfirmed += &format!("{version}: {}\n", open.join(", "));
        }
    }
    failures.dedup();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    insta::assert_snapshot!("every_kind_of_line_unconfirmed", unconfirmed);
}

/// Why a version cannot have a line: APN profiles came with 6.41, and 6 resolves no gateway outside a network.
fn refusal(version: &str, (interface, access): (&str, &str)) -> Option<&'static str> {
    if version == "6.40.9" && interface == "lte1" {
        Some("modem-without-profiles")
    } else if version.starts_with("6.") && access.contains("203.0.113.6/32") {
        Some("gateway-unresolvable")
    } else {
        None
    }
}

/// Mode, check, and whether the second line is metered.
const MODES: [(&str, &str, bool); 7] = [
    ("failover", "manual", false),
    ("failover", "link", false),
    ("failover", "gateway", false),
    ("failover", "internet", false),
    ("failover", "internet", true),
    ("load_balance", "link", false),
    ("load_balance_failover", "internet", false),
];

/// A version of each stretch between two gates.
const VERSIONS: [&str; 9] = [
    "6.40.9", "6.49.10", "7.1.5", "7.5", "7.8", "7.9", "7.14", "7.18", "7.22.3",
];
