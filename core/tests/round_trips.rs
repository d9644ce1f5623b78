//! Routers of other people, planned for two lines, applied, taken back: nothing of theirs is lost.
//!
//! Exports are read as they are, scripts run on a router fresh from the factory ([`crate::simulate::corpus`]). Each line is
//! described as the router shows it: ISP 1 is the one that works, the second the port that a set-up form offers first. What a plan
//! is refused for is what somebody at that router would have to mend first.

use std::format as f;

use multi_isp::diagnostic::Level;
use multi_isp::plan::{Options, Plan, plan_apply, plan_disable};
use multi_isp::preflight::Context;
use multi_isp::routeros::router::{Router, Row, Unknown};
use multi_isp::routeros::syntax::Script;
use multi_isp::routeros::value::Value;
use multi_isp::site::Site;
use multi_isp::survey::{
    DetectedAccess, ExistingSetup, Port, PortReason, PortState, detect_line, existing_setup, ports,
};

use crate::simulate::corpus::routers;

const DHCP: &str = r#"{"type":"dhcp"}"#;

const MODES: [&str; 2] = ["failover", "load_balance_failover"];

/// What each router of the folder with two ports comes to in either mode: nothing where it is planned, else the code.
///
/// `rp-filter=strict` drops what comes in by a second line whatever is planned, and only its owner can say whether it must stay. The
/// exports of an access point, all of whose ports carry its management, and pieces without ports are not here.
const TOLD: [(&str, Option<&str>); 14] = [
    ("10ee", None),
    ("1118", None),
    ("1b9c", None),
    ("2161", None),
    ("3370", None),
    ("42e3", None),
    ("50e4", None),
    ("5276", Some("rp-filter-strict")),
    ("53a6", None),
    ("798a", None),
    ("85c5", None),
    ("a6de", None),
    ("c430", None),
    ("e844", Some("rp-filter-strict")),
];

/// How many rows of set-ups by hand are replaced, where there are any.
const REPLACED: [(&str, usize); 4] = [("1118", 26), ("1b9c", 19), ("2161", 19), ("42e3", 4)];

#[test]
fn routers_of_other_people_go_there_and_back() {
    let Some(routers) = routers() else { return };
    let mut told = Vec::new();
    let mut replaced = Vec::new();
    for (name, router) in &routers {
        let Some([first, second]) = lines(router) else {
            continue;
        };
        let results = MODES.map(|mode| {
            let result = planned(&f!("{name}, {mode}"), &site(mode, &first, &second), router);
            println!("{name}, {mode}: {}", result.as_deref().unwrap_or("planned"));
            result
        });
        assert_eq!(results[0], results[1], "{name}");
        let rows = existing_setup(&site(MODES[0], &first, &second), router).len();
        replaced.extend((rows > 0).then_some((name.as_str(), rows)));
        told.push((name.clone(), results[0].clone()));
    }
    let told: Vec<(&str, Option<&str>)> = told
        .iter()
        .map(|(name, code)| (name.as_str(), code.as_deref()))
        .collect();
    assert_eq!(told, TOLD);
    assert_eq!(replaced, REPLACED);
}

/// The owner does what the finding says, and there is a plan.
#[test]
fn routers_that_are_refused_are_planned_when_they_are_mended() {
    let Some(routers) = routers() else { return };
    let refused = TOLD.iter().filter(|(_, code)| code.is_some());
    for (name, _) in refused {
        let (_, router) = routers.iter().find(|(known, _)| known == name).unwrap();
        let router = run(name, router, b"/ip settings set rp-filter=loose");
        let [first, second] = lines(&router).unwrap();
        for mode in MODES {
            let name = f!("{name}, {mode}, loose");
            assert_eq!(
                planned(&name, &site(mode, &first, &second), &router),
                None,
                "{name}"
            );
        }
    }
}

/// Plans and proves a round trip; or the codes of the errors.
fn planned(name: &str, site: &Site, router: &Router) -> Option<String> {
    match plan_apply(site, router, &replace()) {
        Ok(plan) => {
            round_trip(name, site, router, &plan);
            None
        }
        Err(error) => {
            let found = error.diagnostics();
            let errors = found.iter().filter(|found| found.level == Level::Error);
            let mut codes: Vec<&str> = errors.map(|found| found.code.as_str()).collect();
            codes.dedup();
            Some(codes.join(", "))
        }
    }
}

/// Two lines as the router shows them: ISP 1 and the port that comes next, a line of today before a free port.
fn lines(router: &Router) -> Option<[String; 2]> {
    let primary = detect_line(router)?;
    let ports = ports(router, &[]).ports;
    let rank = |port: &&Port| {
        let is_line = |reason: &PortReason| {
            matches!(
                reason,
                PortReason::HasDefaultRoute { .. } | PortReason::HasDhcpClient
            )
        };
        (!port.reasons.iter().any(is_line), port.state())
    };
    let second = ports
        .iter()
        .filter(|port| port.state() != PortState::Taken)
        .min_by_key(rank)?;
    let name = |name: &Value| name.to_text().into_owned();
    Some([
        line("first", &name(&primary.interface), &access(&primary.access)),
        line(
            "second",
            &name(&second.name),
            &second_access(router, &second.name),
        ),
    ])
}

fn line(id: &str, interface: &str, access: &str) -> String {
    f!(r#"{{"id":"{id}","interface":"{interface}","access":{access},"mbps":100}}"#)
}

fn access(access: &DetectedAccess) -> String {
    match access {
        DetectedAccess::Dhcp { .. } => String::from(DHCP),
        DetectedAccess::Static {
            address: Some(address),
            gateway: Some(gateway),
        } => f!(
            r#"{{"type":"static","address":"{}","gateway":"{gateway}"}}"#,
            address.to_text()
        ),
        other => panic!("{other:?}"),
    }
}

/// A port that has a static address and a default over a neighbour there is described by them, else it gets a lease.
fn second_access(router: &Router, interface: &Value) -> String {
    let addresses = router
        .table("/ip/address")
        .iter()
        .filter(|row| row.is("interface", interface));
    for row in addresses {
        let address = row.text("address").unwrap();
        let network: ipnet::Ipv4Net = address.parse().unwrap();
        let routes = router.table("/ip/route").iter();
        let gateways = routes.filter_map(|row| row.text("gateway")?.parse().ok());
        if let Some(gateway) = gateways.into_iter().find(|gateway| network.contains(gateway)) {
            let gateway: std::net::Ipv4Addr = gateway;
            return f!(r#"{{"type":"static","address":"{address}","gateway":"{gateway}"}}"#);
        }
    }
    let is_session = |row: &Row| row.is("name", interface);
    if router.table("/interface/pppoe-client").iter().any(is_session) {
        return String::from(r#"{"type":"pppoe"}"#);
    }
    String::from(DHCP)
}

fn site(mode: &str, first: &str, second: &str) -> Site {
    let json = f!(r#"{{"schema":"multi-isp/site/1","mode":"{mode}","lines":[{first},{second}]}}"#);
    Site::from_json(json.as_bytes())
        .unwrap_or_else(|errors| panic!("{json}\n{}", errors.render(Some(json.as_bytes()))))
}

fn replace() -> Options {
    let context = Context {
        existing: ExistingSetup::Replace,
        ..Context::default()
    };
    Options { context }
}

/// Applied there is nothing left to do; undone and disabled, the router is as it was.
fn round_trip(name: &str, site: &Site, router: &Router, plan: &Plan) {
    let applied = run(name, router, &plan.script());
    let again = plan_apply(site, &applied, &replace()).unwrap_or_else(|error| panic!("{name}: {error:?}"));
    assert!(again.is_empty(), "{name}\n{}", again.summary());
    assert_same(
        &f!("{name}, undone"),
        &run(name, &applied, &plan.undo_script()),
        router,
        plan,
    );
    let disable =
        plan_disable(&applied, &Options::default()).unwrap_or_else(|error| panic!("{name}: {error:?}"));
    assert_same(
        &f!("{name}, disabled"),
        &run(name, &applied, &disable.script()),
        router,
        plan,
    );
}

fn run(name: &str, router: &Router, script: &[u8]) -> Router {
    let outcome = router.run(&Script::parse(script).unwrap(), &Unknown);
    assert!(outcome.error.is_none(), "{name}: {:?}", outcome.error);
    outcome.router
}

/// Row by row with its place, also when it was exported and read again; and byte by byte in menus that the plan does not know.
fn assert_same(name: &str, back: &Router, router: &Router, plan: &Plan) {
    assert_eq!(back.diff(router), [], "{name}");
    let again = |router: &Router| Router::from_export(&router.to_export(), router.version()).unwrap();
    assert_eq!(again(back).diff(&again(router)), [], "{name}");
    let touched: Vec<&str> = plan
        .steps()
        .iter()
        .filter_map(|step| step.change.menu())
        .collect();
    let untouched = |router: &Router| -> Vec<String> {
        let text = String::from_utf8_lossy(&router.to_export()).into_owned();
        let menus = text.split("\n/").map(str::to_owned);
        menus
            .filter(|menu| {
                let path = menu.lines().next().unwrap_or_default();
                !touched.contains(&f!("/{}", path.replace(' ', "/")).as_str())
            })
            .collect()
    };
    assert_eq!(untouched(back), untouched(router), "{name}");
}
