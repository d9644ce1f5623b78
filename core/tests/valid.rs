//! Whether a router is still as it was when a plan was made: what moved is told, what moves by itself does not count.

use multi_isp::plan::{Moved, Options, Plan, plan_apply, plan_disable};
use multi_isp::routeros::router::{Router, Unknown};
use multi_isp::routeros::syntax::Script;
use multi_isp::routeros::version::Version;
use proptest::prelude::*;

use crate::diff::any_router;
use crate::examples::{case, cases_on_both};

const START: &str = "# by RouterOS 7.22.3\n\
    /interface list\nadd name=WAN\nadd name=LAN\n\
    /interface pppoe-client\nadd interface=ether2 name=dsl password=hunter2 user=jo\n\
    /ip dhcp-client\nadd interface=ether1\n\
    /ip firewall filter\nadd chain=input comment=a\nadd chain=input comment=b\nadd action=drop chain=forward\n\
    /ip route\nadd comment=isp1 gateway=192.0.2.1\n";

fn router(export: &str) -> Router {
    Router::from_export(export.as_bytes(), None).unwrap()
}

#[track_caller]
fn run(router: &Router, script: &str) -> Router {
    let outcome = router.run(&Script::parse(script.as_bytes()).unwrap(), &Unknown);
    assert_eq!(outcome.error, None, "{script}");
    outcome.router
}

/// A plan for that router.
fn plan(router: &Router) -> Plan {
    plan_disable(router, &Options::default()).unwrap()
}

/// What a plan says of a router on which a script ran since it was made; the fingerprint says the same.
#[track_caller]
fn moved(router: &Router, script: &str) -> Result<(), Moved> {
    let (plan, after) = (plan(router), run(router, script));
    let found = plan.still_valid(&after);
    assert_eq!(
        plan.fingerprint() == after.fingerprint(),
        found.is_ok(),
        "{script}"
    );
    found
}

#[test]
fn what_moved_is_told_as_a_technician_reads_it() {
    let told = |script: &str| moved(&router(START), script).unwrap_err().to_string();
    assert_eq!(
        told("/ip route set 0 distance=5 gateway=192.0.2.9"),
        "~ /ip/route  comment=isp1  distance: nothing -> 5, gateway: 192.0.2.1 -> 192.0.2.9"
    );
    assert_eq!(
        told("/ip route add gateway=192.0.2.2"),
        "+ /ip/route  gateway=192.0.2.2"
    );
    assert_eq!(
        told("/interface list remove [find where name=LAN]"),
        "- /interface/list  name=LAN"
    );
    assert_eq!(
        told("/ip firewall filter move 1 destination=0"),
        "^ /ip/firewall/filter  comment=b"
    );
    assert_eq!(
        told("/ip firewall filter set 2 disabled=yes; /ip dhcp-client set 0 use-peer-dns=no"),
        "~ /ip/dhcp-client  interface=ether1  use-peer-dns: nothing -> no\n\
         ~ /ip/firewall/filter  action=drop chain=forward  disabled: nothing -> yes"
    );
}

#[test]
fn what_means_the_same_has_not_moved() {
    let start = router(START);
    for script in [
        "",
        "/ip route set 0 distance=1 dst-address=0/0 disabled=no",
        "/interface list remove [find where name=WAN]; /interface list add name=WAN",
        "/ip firewall filter set 0 action=accept",
    ] {
        assert_eq!(moved(&start, script), Ok(()), "{script}");
    }
    let again = Router::from_export(&start.to_export(), None).unwrap();
    assert_eq!(plan(&start).still_valid(&again), Ok(()));
    assert_eq!(again.fingerprint(), start.fingerprint());
}

#[test]
fn live_values_and_dynamic_rows_do_not_count() {
    let read = |route: &str, dynamic: &str| {
        let rest = format!(
            r#"{{"/ip/route": [{{".id": "*1", "gateway": "192.0.2.1", "dst-address": "0.0.0.0/0", {route} "static": "true"}}{dynamic}]}}"#
        );
        Router::from_rest(rest.as_bytes(), Some(Version::new(7, 22, 3))).unwrap()
    };
    let before = read(r#""active": "true","#, "");
    let after = read(
        r#""inactive": "true","#,
        r#", {".id": "*2", "dst-address": "192.0.2.0/24", "gateway": "ether1", "dynamic": "true"}"#,
    );
    assert_eq!(plan(&before).still_valid(&after), Ok(()));
    assert_eq!(before.fingerprint(), after.fingerprint());
}

#[test]
fn passwords_are_not_shown_and_one_that_is_hidden_has_not_moved() {
    let start = router(START);
    let client = "/interface pppoe-client set 0";
    let changed = run(&start, &format!("{client} password=hunter3"));
    let found = plan(&start).still_valid(&changed).unwrap_err();
    assert_eq!(
        found.to_string(),
        "~ /interface/pppoe-client  name=dsl  password: (secret) -> (secret)"
    );
    assert!(!format!("{found:?} {:?}", plan(&start)).contains("hunter"));
    // A fingerprint that holds a password would tell it to whom tries all of them.
    assert_eq!(start.fingerprint(), changed.fingerprint());

    let hidden = router(&START.replace("password=hunter2 ", ""));
    assert_eq!(plan(&start).still_valid(&hidden), Ok(()));
    assert_eq!(plan(&hidden).still_valid(&start), Ok(()));
}

#[test]
fn another_version_is_another_router() {
    let start = router(START);
    let upgraded = router(&START.replace("7.22.3", "7.23"));
    let found = plan(&start).still_valid(&upgraded).unwrap_err();
    assert_eq!(found.to_string(), "~ RouterOS  7.22.3 -> 7.23");
    assert_eq!(found.versions(), Some(("7.22.3", "7.23")));
    assert_eq!(found.differences(), []);
    assert_ne!(start.fingerprint(), upgraded.fingerprint());
}

#[test]
fn what_a_lease_or_a_netwatch_keeps_does_not_count() {
    let applied = |name: &str| {
        let case = case(name);
        let plan = plan_apply(&case.site, &case.router, &Options::default()).unwrap();
        run(&case.router, std::str::from_utf8(&plan.script()).unwrap())
    };
    let combined = applied("combined");
    let probe = "[find where comment=\"multi-isp:probe:wireless:1\"]";
    let route = combined
        .table("/ip/route")
        .find_by("comment", "multi-isp:probe:wireless:1")
        .unwrap();
    let gateway = route.text("gateway").unwrap();
    let port = gateway.split_once('%').unwrap().1;
    let leased = format!("/ip route set {probe} gateway=198.51.100.99%{port} disabled=no");
    assert_eq!(moved(&combined, &leased), Ok(()));
    assert_eq!(
        moved(&combined, &format!("/ip route set {probe} disabled=yes")),
        Ok(())
    );

    // Over another port it is not the lease of this line; and a default over a probe that nothing switches is not to be off.
    let other = moved(
        &combined,
        &format!("/ip route set {probe} gateway=198.51.100.99%ether9"),
    );
    assert!(other.unwrap_err().to_string().contains("gateway: "));
    let default = "[find where comment=\"multi-isp:main:wireless:1\"]";
    assert!(moved(&combined, &format!("/ip route set {default} disabled=yes")).is_err());

    let metered = applied("fiber-stick");
    let default = "[find where comment=\"multi-isp:main:lte:1\"]";
    assert_eq!(
        moved(&metered, &format!("/ip route set {default} disabled=yes")),
        Ok(())
    );
    assert!(moved(&metered, &format!("/ip route set {default} distance=77")).is_err());
}

#[test]
fn a_plan_tells_the_fingerprint_of_its_router() {
    for case in cases_on_both() {
        let plan = plan_apply(&case.site, &case.router, &Options::default()).unwrap();
        let json: serde_json::Value = serde_json::from_str(&plan.to_json()).unwrap();
        assert_eq!(
            json["fingerprint"],
            case.router.fingerprint().to_string(),
            "{}",
            case.name
        );
        assert_eq!(plan.still_valid(&case.router), Ok(()), "{}", case.name);
        let applied = run(&case.router, std::str::from_utf8(&plan.script()).unwrap());
        assert!(plan.still_valid(&applied).is_err(), "{}", case.name);
        assert_ne!(applied.fingerprint(), plan.fingerprint(), "{}", case.name);
    }
}

/// What portals store must not change with this library; where it has to, its number and the changelog say so.
#[test]
fn a_fingerprint_stays_what_it_was() {
    let digits = router(START).fingerprint().to_string();
    assert_eq!(
        digits,
        "b5b6b995e01c7b4cf3f8c91cb53f82ad234912d5f98c104a9a98201d794b31a7"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn fingerprints_are_equal_where_nothing_differs(before in any_router(), after in any_router()) {
        let (before, after) = (router(&before), router(&after));
        prop_assert_eq!(before.fingerprint() == after.fingerprint(), before.diff(&after).is_empty());
        let again = Router::from_export(&before.to_export(), None).unwrap();
        prop_assert_eq!(before.fingerprint(), again.fingerprint());
    }
}
