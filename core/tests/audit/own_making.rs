//! What our own plans make has no fault that the router did not have before.

use std::collections::BTreeSet;

use multi_isp::audit;
use multi_isp::plan::{Options, plan_apply};
use multi_isp::routeros::router::{Router, Unknown};
use multi_isp::routeros::syntax::Script;

use crate::examples::{VERSIONS, cases, matrix};

/// Code and message of each finding.
fn findings(router: &Router) -> BTreeSet<(&'static str, String)> {
    let report = audit(router);
    let findings = report.findings().iter();
    findings
        .map(|found| (found.code.as_str(), found.message.clone()))
        .collect()
}

fn applied(name: &str, router: &Router, script: &[u8]) -> Router {
    let outcome = router.run(&Script::parse(script).unwrap(), &Unknown);
    assert_eq!(outcome.error, None, "{name}");
    outcome.router
}

#[test]
fn a_plan_brings_no_finding_in_any_case_of_the_matrix() {
    let in_versions = matrix()
        .into_iter()
        .flat_map(|case| VERSIONS.map(|version| (format!("{} at {version}", case.name), case.at(version))));
    let documented = cases().into_iter().map(|case| (case.name.clone(), case));
    let mut faults = Vec::new();
    let mut seen = 0;
    for (name, case) in in_versions.chain(documented) {
        let plan = plan_apply(&case.site, &case.router, &Options::default())
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        let before = findings(&case.router);
        let after = findings(&applied(&name, &case.router, &plan.script()));
        faults.extend(
            after
                .difference(&before)
                .map(|(code, message)| format!("{name}: {code}: {message}")),
        );
        seen += 1;
    }
    println!("audit: {seen} plans audited");
    assert!(seen >= 48 + 12, "{seen}");
    assert!(
        faults.is_empty(),
        "{} findings of our own making\n{}",
        faults.len(),
        faults.join("\n")
    );
}
