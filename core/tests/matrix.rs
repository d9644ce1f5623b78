//! The line matrix: every kind of line and of customer, in every version that says things its own way.

use std::collections::BTreeMap;

use multi_isp::desired::Balance;
use multi_isp::pcc::Ratio;
use multi_isp::plan::{Options, Plan, plan_apply, plan_disable};
use multi_isp::routeros::router::{Router, Row, Unknown};
use multi_isp::routeros::syntax::Script;
use multi_isp::site::{Classifier, Site};
use multi_isp::survey::site_of;
use similar::TextDiff;

use crate::examples::{Case, VERSIONS, matrix};

/// Every case in every version.
fn all() -> impl Iterator<Item = (String, Case)> {
    matrix()
        .into_iter()
        .flat_map(|case| VERSIONS.map(|version| (format!("{} at {version}", case.name), case.at(version))))
}

fn plan(name: &str, case: &Case) -> Plan {
    plan_apply(&case.site, &case.router, &Options::default())
        .unwrap_or_else(|error| panic!("{name}: {error:#?}"))
}

fn run(name: &str, router: &Router, script: &[u8]) -> Router {
    let script = Script::parse(script).unwrap_or_else(|errors| panic!("{name}: {errors}"));
    let outcome = router.run(&script, &Unknown);
    assert!(outcome.error.is_none(), "{name}: {:?}", outcome.error);
    outcome.router
}

fn text(plan: &Plan) -> String {
    let script = String::from_utf8(plan.script()).unwrap();
    format!("{}\n{script}", plan.report())
}

#[test]
fn every_kind_of_line_is_there() {
    let names: Vec<String> = matrix().into_iter().map(|case| case.name).collect();
    assert_eq!(names.len(), 12, "{names:?}");
    let kinds = matrix()
        .iter()
        .flat_map(|case| case.site.lines().iter().map(|line| line.access().as_str()))
        .collect::<std::collections::BTreeSet<_>>();
    assert_eq!(Vec::from_iter(kinds), ["dhcp", "lte", "ppp", "pppoe", "static"]);
}

/// The newest version is shown in full by the snapshots of the plans; of the others only what differs from it.
#[test]
fn other_versions_differ_where_they_must() {
    let (newest, others) = VERSIONS.split_last().unwrap();
    for case in matrix() {
        let newest = text(&plan(&case.name, &case.at(newest)));
        for version in others {
            let name = format!("{} at {version}", case.name);
            let other = text(&plan(&name, &case.at(version)));
            let mut diff = TextDiff::from_lines(&newest, &other)
                .unified_diff()
                .context_radius(0)
                .to_string();
            if diff.is_empty() {
                diff.push_str("nothing\n");
            }
            insta::assert_snapshot!(format!("{}@{version}", case.name), diff);
        }
    }
}

#[test]
fn a_second_plan_has_nothing_to_do_and_the_router_remembers_the_site() {
    for (name, case) in all() {
        let applied = run(&name, &case.router, &plan(&name, &case).script());
        let again = plan_apply(&case.site, &applied, &Options::default()).unwrap();
        assert!(again.is_empty(), "{name}: {}", again.summary());
        let remembered = site_of(&applied).unwrap().unwrap();
        assert_eq!(remembered, case.site.without_secrets(), "{name}");
        // What the router remembers asks for nothing else: the secrets stay as they are.
        let again = plan_apply(&remembered, &applied, &Options::default()).unwrap();
        assert!(again.is_empty(), "{name}: {}", again.summary());
    }
}

#[test]
fn undo_and_disable_give_the_router_back() {
    for (name, case) in all() {
        let plan = plan(&name, &case);
        let applied = run(&name, &case.router, &plan.script());
        let undone = run(&name, &applied, &plan.undo_script());
        assert!(undone.diff(&case.router).is_empty(), "{name}");
        let disable = plan_disable(&applied, &Options::default()).unwrap();
        let disabled = run(&name, &applied, &disable.script());
        assert!(disabled.diff(&case.router).is_empty(), "{name}");
    }
}

/// What the plan says of shares is what its rows do: each bucket is followed through its mark and its table, for every set
/// of dead lines.
#[test]
fn the_shares_are_those_of_the_buckets() {
    let mut compared = 0;
    for (name, case) in all() {
        let plan = plan(&name, &case);
        let Some(balance) = plan.balance() else { continue };
        if case.site.mode() != multi_isp::site::Mode::LoadBalanceFailover {
            continue;
        }
        let applied = run(&name, &case.router, &plan.script());
        for failure in balance.failures() {
            let dead: Vec<&str> = failure
                .dead
                .iter()
                .map(|line| balance.lines[*line].as_str())
                .collect();
            assert_eq!(
                failure.shares,
                followed(&applied, balance, &dead),
                "{name}, dead: {dead:?}"
            );
            compared += 1;
        }
    }
    assert!(compared > 100, "only {compared} sets of dead lines were compared");
}

/// A case whose site has other words in one field.
fn with(name: &str, field: &str, value: &str) -> Case {
    let mut case = crate::examples::case(name);
    let mut json: serde_json::Value = serde_json::from_str(&case.site.to_json()).unwrap();
    json[field] = serde_json::from_str(value).unwrap();
    case.site = Site::from_json(json.to_string().as_bytes()).unwrap();
    case
}

fn classifiers(plan: &Plan) -> Vec<String> {
    let script = String::from_utf8(plan.script()).unwrap();
    let words = script.split_whitespace().map(str::to_owned);
    words
        .filter_map(|word| Some(word.strip_prefix("per-connection-classifier=")?.to_owned()))
        .collect()
}

#[test]
fn customers_are_told_apart_by_what_the_site_says() {
    for classifier in Classifier::ALL {
        let word = classifier.as_str();
        let case = with("three-lines", "classifier", &format!("\"{word}\""));
        let found = classifiers(&plan(word, &case));
        assert_eq!(found.len(), 12, "{word}: {found:?}");
        for (remainder, value) in found.iter().enumerate() {
            assert_eq!(*value, format!("{word}:12/{remainder}"));
        }
    }
}

#[test]
fn a_dead_line_s_share_goes_where_the_site_says() {
    let half = Ratio::new(1, 2);
    let all = Ratio::new(3, 4);
    for (spread, wanted) in [
        ("proportional", [Ratio::ZERO, half, half]),
        ("priority", [Ratio::ZERO, all, Ratio::new(1, 4)]),
    ] {
        let case = with("three-lines", "spread", &format!("\"{spread}\""));
        let plan = plan(spread, &case);
        let applied = run(spread, &case.router, &plan.script());
        let shares = followed(&applied, plan.balance().unwrap(), &["fiber"]);
        assert_eq!(shares, wanted, "{spread}");
    }
}

#[test]
fn no_more_buckets_than_the_site_allows() {
    for (limit, found) in [("16", 11), ("8", 8), ("4", 4)] {
        let case = with("four-kinds", "max_buckets", limit);
        let found_here = classifiers(&plan(limit, &case)).len();
        assert!(found_here <= found, "{limit}: {found_here}");
    }
}

/// The share of each line, by following every bucket on the router.
fn followed(router: &Router, balance: &Balance, dead: &[&str]) -> Vec<Ratio> {
    let mangle = router.table("/ip/firewall/mangle");
    let buckets: Vec<&Row> = mangle
        .iter()
        .filter(|row| row.get("per-connection-classifier").is_some())
        .collect();
    let mut carried: BTreeMap<String, u64> = BTreeMap::new();
    for bucket in &buckets {
        let mark = bucket.text("new-connection-mark").unwrap();
        let route = mangle
            .iter()
            .find(|row| row.is("connection-mark", mark.as_bytes()) && row.is("action", "mark-routing"))
            .unwrap();
        let line = first_alive(router, &route.text("new-routing-mark").unwrap(), dead);
        *carried.entry(line).or_default() += 1;
    }
    let all = u64::try_from(buckets.len()).unwrap();
    let share = |line: &String| Ratio::new(carried.get(line).copied().unwrap_or_default(), all);
    balance.lines.iter().map(share).collect()
}

/// The line of the nearest default of a table that is not dead: of ours, or of a client that keeps its own.
fn first_alive(router: &Router, table: &str, dead: &[&str]) -> String {
    let of_routes = router
        .table("/ip/route")
        .iter()
        .filter(|row| row.is("routing-mark", table) || row.is("routing-table", table))
        .map(|row| {
            let distance = row.effective("distance").unwrap();
            (distance.to_text().parse::<u8>().unwrap(), line_of(row))
        });
    let of_clients = router.table("/ip/dhcp-client").iter().filter_map(|row| {
        let tables = row.text("default-route-tables")?.into_owned();
        let own = tables
            .split(',')
            .find_map(|entry| entry.strip_prefix(table)?.strip_prefix(':'))?;
        Some((own.parse().unwrap(), line_of(row)))
    });
    let alive = of_routes
        .chain(of_clients)
        .filter(|(_, line)| !dead.contains(&line.as_str()));
    alive.min().unwrap().1
}

/// The line that a row of ours serves.
fn line_of(row: &Row) -> String {
    let comment = row.text("comment").unwrap();
    comment.split(':').nth(2).unwrap().to_owned()
}
