//! Every documented case on every version that is planned for: run, planned again, undone.

use multi_isp::plan::{Options, plan_apply};
use multi_isp::routeros::router::{Live, Row, Unknown};
use multi_isp::routeros::syntax::Script;
use multi_isp::routeros::value::Value;

use crate::examples::{case, cases};

#[test]
fn every_case_is_proven_on_every_version() {
    let mut failures = Vec::new();
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
                Err(error) => failures.push(format!("{} on {version}: {error:#?}", case.name)),
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// What a 6.x router says of every gateway.
struct Gateways(&'static str);

impl Live for Gateways {
    fn property(&self, menu: &str, row: &Row, name: &str) -> Option<Value> {
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

/// A version of each stretch between two gates.
const VERSIONS: [&str; 9] = [
    "6.40.9", "6.49.10", "7.1.5", "7.5", "7.8", "7.9", "7.14", "7.18", "7.22.3",
];
