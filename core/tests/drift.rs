//! What is not as planned after a plan was applied, row by row, and the plan that mends it.

use multi_isp::plan::{Drift, DriftRow, Fault, Options, PlanError, plan_apply, verify};
use multi_isp::routeros::router::{Difference, Router, Row};
use multi_isp::routeros::schema;
use multi_isp::routeros::syntax::quote;
use multi_isp::routeros::value::Value;
use multi_isp::site::Access;
use multi_isp::survey::{Role, Tag, tag_of};

use crate::examples::{Case, VERSIONS, case, matrix};
use crate::json_schema::faults_of_text;
use crate::twin::run;

fn applied(case: &Case) -> Router {
    let plan = plan_apply(&case.site, &case.router, &Options::default());
    let plan = plan.unwrap_or_else(|error| panic!("{}: {error:#?}", case.name));
    run(&case.router, &plan.script())
}

fn drift(case: &Case, router: &Router) -> Result<Drift, PlanError> {
    verify(&case.site, router, &Options::default())
}

/// What somebody does by hand to a row of ours.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Hand {
    Removes,
    Disables,
    Changes,
    Moves,
}

const HANDS: [Hand; 4] = [Hand::Removes, Hand::Disables, Hand::Changes, Hand::Moves];

/// Properties with another value than a row of ours has.
const OTHERS: [(&str, &str); 18] = [
    ("distance", "77"),
    ("per-connection-classifier", "both-addresses:9/8"),
    ("new-connection-mark", "strange"),
    ("new-routing-mark", "main"),
    ("connection-mark", "strange"),
    ("jump-target", "strange"),
    ("scope", "20"),
    ("host", "192.0.2.99"),
    ("source", "\"#\""),
    ("interval", "77s"),
    ("address", "192.0.2.99/32"),
    ("user", "strange"),
    ("apn", "strange"),
    ("use-peer-dns", "yes"),
    ("list", "static"),
    ("out-interface", "ether9"),
    ("interface", "ether9"),
    ("name", "strange"),
];

/// The rows of ours, each with its menu and tag.
fn ours(router: &Router) -> Vec<(&'static str, Tag, &Row)> {
    let of_menu = |menu: &'static str| {
        let rows = router.table(menu).iter();
        rows.filter_map(move |row| Some((menu, tag_of(menu, row)?, row)))
    };
    Role::menus().flat_map(of_menu).collect()
}

/// The command of a hand, and the property that it changes; `None` where the row cannot take it.
fn command(
    router: &Router,
    menu: &str,
    tag: &Tag,
    row: &Row,
    hand: Hand,
) -> Option<(String, Option<&'static str>)> {
    let path = menu.trim_start_matches('/').replace('/', " ");
    let text = String::from_utf8(quote::quote(tag.text().as_bytes())).unwrap();
    let found = format!("[find where {}={text}]", Tag::property(menu));
    match hand {
        Hand::Removes => Some((format!("/{path} remove {found}"), None)),
        Hand::Disables => {
            schema::menu(menu).unwrap().property("disabled")?;
            let to = if row.disabled() { "no" } else { "yes" };
            Some((format!("/{path} set {found} disabled={to}"), Some("disabled")))
        }
        Hand::Changes => {
            let may = |(name, value): &&(&str, &str)| {
                row.get(name).is_some() && !row.is(name, value) && *name != Tag::property(menu)
            };
            let (name, value) = OTHERS.iter().find(may)?;
            Some((format!("/{path} set {found} {name}={value}"), Some(name)))
        }
        // To the end of the menu; the last of its chain to the front of that.
        Hand::Moves => {
            let chain: Vec<&Row> = chain(router, menu, row);
            let is_last = chain.last().unwrap().id() == row.id();
            let place = format!(" destination={}", chain.first().unwrap().id());
            let to = if is_last { place } else { String::new() };
            let is_ordered = schema::menu(menu).unwrap().ordered() && chain.len() > 1;
            is_ordered.then(|| (format!("/{path} move {found}{to}"), None))
        }
    }
}

fn chain<'a>(router: &'a Router, menu: &str, row: &Row) -> Vec<&'a Row> {
    let rows = router.table(menu).iter();
    rows.filter(|other| other.get("chain") == row.get("chain"))
        .collect()
}

/// What `verify` is documented not to see: what scripts of ours keep up to date, the record of original values, and the place among
/// rows of others, but for a jump's.
fn is_unseen(case: &Case, router: &Router, menu: &str, tag: &Tag, row: &Row, hand: Hand) -> bool {
    let of_ours = || {
        chain(router, menu, row)
            .iter()
            .filter(|row| tag_of(menu, row).is_some())
            .count()
    };
    match (tag.role(), hand) {
        (Role::Restore, _) => true,
        (Role::Probe | Role::Main | Role::Own | Role::Backup, Hand::Disables) => is_kept(case, router, tag),
        (Role::Jump, Hand::Moves) => false,
        (_, Hand::Moves) => of_ours() < 2,
        _ => false,
    }
}

/// Whether a lease or a netwatch switches a route.
fn is_kept(case: &Case, router: &Router, tag: &Tag) -> bool {
    let mut lines = case.site.lines().iter();
    let line = lines.find(|line| line.id().as_str() == tag.subject()).unwrap();
    let is_probe =
        |(_, own, _): &(&str, Tag, &Row)| own.role() == Role::Probe && own.subject() == tag.subject();
    let is_probed = ours(router).iter().any(is_probe);
    if tag.role() == Role::Probe || !is_probed {
        matches!(line.access(), Access::Dhcp)
    } else {
        line.metered()
    }
}

/// After which preflight takes what an earlier plan did for what somebody wanted: without the record of the original values, or of the site, or
/// with the line in another of the firewall's lists.
const REFUSED: [(Role, &[&str]); 3] = [
    (Role::Restore, &["isp1-default-too-far"]),
    (Role::Site, &["isp1-not-the-line-of-today"]),
    (Role::Firewall, &["new-line-outside-firewall"]),
];

/// Whether a drift tells what a hand did to a row, and nothing else.
fn is_told(rows: &[DriftRow], menu: &str, tag: &Tag, hand: Hand, property: Option<&str>) -> bool {
    let [row] = rows else { return false };
    let is_it = row
        .row
        .iter()
        .any(|(name, value)| name == Tag::property(menu) && *value == tag.text().as_str());
    let told = match (&row.fault, hand) {
        (Fault::Missing, Hand::Removes) => is_it,
        (Fault::Changed { properties }, Hand::Disables | Hand::Changes) => {
            is_it && matches!(properties.as_slice(), [one] if Some(one.name.as_str()) == property)
        }
        // Of two rows either moved.
        (Fault::Misplaced, Hand::Moves) => true,
        _ => false,
    };
    told && row.menu == menu
}

/// Whether a router has the rows of another; of ours those of each chain in their order, which is all that counts of it.
#[track_caller]
fn is_as_good(mended: &Router, start: &Router, name: &str) {
    let mut differences = mended.diff(start);
    differences.retain(|difference| !matches!(difference, Difference::Moved { .. }));
    assert_eq!(differences, [], "{name}");
    let order = |router: &Router| {
        let rows = ours(router).into_iter();
        let mut rows: Vec<(&str, Option<Value>, String)> = rows
            .filter(|(menu, ..)| schema::menu(menu).unwrap().ordered())
            .map(|(menu, tag, row)| (menu, row.get("chain").cloned(), tag.text()))
            .collect();
        // Stable: the rows of a chain stay in their order.
        rows.sort_by(|(menu, chain, _), (other, another, _)| (menu, chain).cmp(&(other, another)));
        rows
    };
    assert_eq!(order(mended), order(start), "{name}");
}

/// Every row of ours, each by another hand in every version.
fn every_row_that_drifts_is_told_and_mended(version: &str) {
    let turn = VERSIONS.iter().position(|own| *own == version).unwrap();
    let mut seen = [0; 4];
    for case in matrix().iter().filter(|case| case.fits(version)) {
        let case = case.at(version);
        let start = applied(&case);
        assert!(
            drift(&case, &start).unwrap().is_empty(),
            "{} on {version}",
            case.name
        );
        for (number, (menu, tag, row)) in ours(&start).into_iter().enumerate() {
            let place = (number + turn) % HANDS.len();
            let hand = HANDS[place];
            let Some((command, property)) = command(&start, menu, &tag, row, hand) else {
                continue;
            };
            let spoilt = run(&start, command.as_bytes());
            let name = format!("{} on {version}: {command}", case.name);
            match drift(&case, &spoilt) {
                Ok(drift) if is_unseen(&case, &start, menu, &tag, row, hand) => {
                    assert!(drift.is_empty(), "{name}\n{drift}");
                }
                Ok(drift) => {
                    assert!(
                        is_told(drift.rows(), menu, &tag, hand, property),
                        "{name}\n{drift}"
                    );
                    is_as_good(&run(&spoilt, &drift.plan().script()), &start, &name);
                    seen[place] += 1;
                }
                Err(error) => {
                    let known = REFUSED.iter().find(|(role, _)| *role == tag.role());
                    let findings = error.diagnostics();
                    let is_known =
                        |code: &&str| findings.iter().any(|found| found.code.to_string() == **code);
                    assert!(
                        known.is_some_and(|(_, codes)| codes.iter().any(is_known)),
                        "{name}: {error} {findings:#?}"
                    );
                }
            }
        }
    }
    assert!(seen.iter().all(|seen| *seen > 20), "{seen:?}");
}

#[test]
fn every_row_that_drifts_on_6_49_is_told_and_mended() {
    every_row_that_drifts_is_told_and_mended(VERSIONS[0]);
}

#[test]
fn every_row_that_drifts_on_7_9_is_told_and_mended() {
    every_row_that_drifts_is_told_and_mended(VERSIONS[1]);
}

#[test]
fn every_row_that_drifts_on_7_18_is_told_and_mended() {
    every_row_that_drifts_is_told_and_mended(VERSIONS[2]);
}

#[test]
fn every_row_that_drifts_on_7_22_is_told_and_mended() {
    every_row_that_drifts_is_told_and_mended(VERSIONS[3]);
}

/// A router on which much was changed by hand.
fn spoilt(case: &Case) -> Router {
    let script = b"/ip route remove [find where comment=\"multi-isp:main:wireless:1\"]\n\
        /ip firewall mangle set [find where comment=\"multi-isp:pcc:fiber:1\"] disabled=yes passthrough=no\n\
        /ip firewall mangle move [find where comment=\"multi-isp:ingress:wireless:1\"]\n\
        /ip firewall nat set [find where comment~\"multi-isp:nat:\"] out-interface-list=static\n\
        /interface list add name=multi-isp-old comment=multi-isp:list:old:1\n\
        /system script set [find where name=multi-isp-site] source=#\n";
    run(&applied(case), script)
}

#[test]
fn drift_reads_well() {
    let case = case("combined");
    insta::assert_snapshot!(drift(&case, &spoilt(&case)).unwrap());
}

#[test]
fn drift_conforms_to_its_schema_and_its_plan_mends_it() {
    for case in matrix() {
        let start = applied(&case);
        let empty = drift(&case, &start).unwrap();
        assert_eq!(empty.to_string(), "the router is as planned");
        assert_eq!(
            faults_of_text(Drift::JSON_SCHEMA, &empty.to_json()),
            Vec::<String>::new()
        );
    }
    let case = case("combined");
    let found = drift(&case, &spoilt(&case)).unwrap();
    assert_eq!(found.rows().len(), 5);
    assert_eq!(
        faults_of_text(Drift::JSON_SCHEMA, &found.to_json()),
        Vec::<String>::new()
    );
    let mended = run(&spoilt(&case), &found.plan().script());
    assert!(drift(&case, &mended).unwrap().is_empty());
    assert_eq!(mended.diff(&applied(&case)), []);
}

#[test]
fn drift_shows_no_passwords() {
    let case = case("pppoe-pair");
    let spoilt = run(
        &applied(&case),
        b"/interface pppoe-client set [find where comment~\"multi-isp:pppoe:\"] password=hunter3",
    );
    let found = drift(&case, &spoilt).unwrap();
    assert!(
        found
            .to_string()
            .contains("password is (secret), planned (secret)"),
        "{found}"
    );
    let rows = serde_json::to_string(found.rows()).unwrap();
    assert!(rows.contains("password"));
    assert!(!format!("{found}{found:?}{rows}").contains("hunter3"));
}
