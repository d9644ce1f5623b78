//! What is emitted exists in the version of RouterOS that it is emitted for.

use std::collections::BTreeSet;

use multi_isp::plan::{Options, Plan, plan_apply, plan_disable};
use multi_isp::routeros::router::Unknown;
use multi_isp::routeros::syntax::Script;
use multi_isp::routeros::version::Version;

use crate::emitted::{Checker, Verdict, uses};
use crate::examples::{Case, VERSIONS, cases, matrix};
use crate::shared::shared;

fn plan(case: &Case) -> Plan {
    plan_apply(&case.site, &case.router, &Options::default()).expect("a documented case can be planned")
}

/// All that a plan can send: itself, its undo, and how it is all taken away again.
fn scripts(case: &Case) -> Vec<Vec<u8>> {
    let plan = plan(case);
    let script = Script::parse(&plan.script()).expect("what is emitted parses");
    let applied = case.router.run(&script, &Unknown).router;
    let disable = plan_disable(&applied, &Options::default()).expect("a planned router can be freed");
    [&plan, &disable]
        .iter()
        .flat_map(|plan| [plan.script(), plan.undo_script()])
        .collect()
}

fn version(text: &str) -> Version {
    Version::parse(text).unwrap()
}

/// Judges a script for a version; `None` where the trees are not there.
fn check(script: &str, of: &str) -> Option<Verdict> {
    Some(Checker::of(version(of))?.check(script.as_bytes()))
}

#[test]
fn all_that_is_named_exists_in_every_version_between_the_gates() {
    let mut looked_up = 0;
    let trees = VERSIONS.iter().filter(|text| version(text) >= version("7.9"));
    let matrix = trees.flat_map(|text| matrix().into_iter().map(|case| case.at(text)));
    for case in cases().into_iter().chain(matrix) {
        let Some(checker) = Checker::of(case.router.version().unwrap()) else {
            return;
        };
        for script in scripts(&case) {
            let verdict = checker.check(&script);
            assert!(verdict.faults.is_empty(), "{}: {:#?}", case.name, verdict.faults);
            looked_up += verdict.looked_up;
        }
    }
    println!("{looked_up} commands, arguments and conditions were looked up");
    assert!(looked_up > 10_000, "only {looked_up} were looked up");
}

/// What no source says of versions before the first command tree, and is emitted for them all the same.
#[test]
fn what_is_emitted_without_a_source_is_a_visible_list() {
    let mut list = String::new();
    for text in ["6.40.9", "6.49.10", "7.1.5", "7.5", "7.8"] {
        let checker = Checker::of(version(text)).unwrap();
        let mut unconfirmed = BTreeSet::new();
        for case in cases().into_iter().filter(|case| case.fits(text)) {
            for script in scripts(&case.at(text)) {
                let verdict = checker.check(&script);
                assert!(
                    verdict.faults.is_empty(),
                    "{} {text}: {:#?}",
                    case.name,
                    verdict.faults
                );
                unconfirmed.extend(verdict.unconfirmed);
            }
        }
        let unconfirmed: Vec<String> = unconfirmed.into_iter().collect();
        list += &format!("{text}: {}\n", unconfirmed.join(", "));
    }
    insta::assert_snapshot!("unconfirmed", list);
}

#[test]
fn commands_are_found_wherever_a_script_hides_them() {
    let shown = |script: &str| -> Vec<String> {
        let uses = uses(script.as_bytes()).into_iter();
        uses.map(|named| {
            let arguments = named.arguments.iter().map(|(name, value)| match value {
                Some(value) => format!(" {name}={}", String::from_utf8_lossy(value)),
                None => format!(" {name}=?"),
            });
            let asked = named.asked.iter().map(|name| format!(" where {name}"));
            format!("{} {}", named.menu, named.command) + &arguments.chain(asked).collect::<String>()
        })
        .collect()
    };
    assert_eq!(
        shown("/ip route set [find where comment~\"x\" and !inactive] gateway=($a . \"b\") blackhole\n"),
        [
            "/ip/route find where comment where inactive",
            "/ip/route set gateway=? blackhole=yes"
        ]
    );
    assert_eq!(
        shown(
            ":foreach i in=[/ip route rule find] do={ :if ([/ip route get $i gateway] = \"\") do={ /ip route enable $i } }"
        ),
        [
            " foreach",
            "/ip/route/rule find",
            " if",
            "/ip/route get where gateway",
            "/ip/route enable"
        ]
    );
    assert_eq!(
        shown("/system script add name=a source=\"/ip route\\nadd gateway=1.1.1.1\\n:log info x\""),
        [
            "/system/script add name=a source=/ip route\nadd gateway=1.1.1.1\n:log info x",
            "/ip/route add gateway=1.1.1.1",
            " log"
        ]
    );
    assert_eq!(
        shown("/routing table add name=x fib"),
        ["/routing/table add name=x fib=yes"]
    );
    assert_eq!(shown("/ip frob add a=1"), ["/ip frob a=1"]);
    assert_eq!(
        shown("/system scheduler add name=a on-event=multi-isp-undo").len(),
        1
    );
}

#[test]
fn what_a_version_does_not_have_is_found() {
    let found = |script: &str, of: &str| {
        check(script, of).map(|verdict| {
            assert!(!verdict.faults.is_empty(), "{of}: {script}");
        })
    };
    for script in [
        "/ip route add gateway=1.1.1.1 routing-mark=x",
        "/ip route add gateway=1.1.1.1 type=blackhole",
        "/ip route rule add table=x",
        "/ip frob add name=x",
        "/ip route frob 0",
        "/ip dhcp-client add script=x",
        "/ip route add check-gateway=bfd",
        "/ip route set [find where frob=1] distance=2",
        "/ip route set 0 disabled=maybe",
        "/ip firewall mangle add chain=x action=mark",
        "/ip firewall mangle add chain=x action=accept connection-state=new,old",
        "/ip firewall mangle add chain=x action=accept per-connection-classifier=both:2/0",
        "/ip firewall mangle add chain=x action=accept dst-address-type=!locals",
        "/ip firewall nat add chain=x action=masquerade ipsec-policy=on,none",
        "/ip dhcp-client add interface=ether1 script=\"/ip route add frob=1\"",
        ":onerrors e in={} do={}",
    ] {
        if found(script, "7.22.3").is_none() {
            return;
        }
    }
    found(
        "/ip dhcp-client add interface=ether1 default-route-tables=main",
        "7.17.2",
    );
    let gated = check(
        "/ip dhcp-client add interface=ether1 default-route-tables=main",
        "7.9",
    );
    assert!(gated.is_some_and(|verdict| verdict.faults.iter().any(|fault| fault.contains("7.16.2"))));
}

#[test]
fn before_the_trees_the_cited_facts_decide() {
    for (script, of) in [
        ("/routing table add name=x fib", "6.49.10"),
        ("/ip route add gateway=1.1.1.1 routing-table=x", "6.49.10"),
        ("/ip route add gateway=1.1.1.1 routing-mark=x", "7.1.5"),
        ("/ip route rule add table=x", "7.5"),
        ("/interface lte apn add apn=x name=y", "6.40.9"),
        ("/tool netwatch add host=1.1.1.1 type=icmp", "7.3.1"),
        (
            "/system script add name=a dont-require-permissions=yes",
            "6.42.12",
        ),
        (":onerror e in={ :put 1 } do={}", "6.49.10"),
        ("/ip dhcp-client add interface=ether1 check-gateway=ping", "7.8"),
        (
            "/ip dhcp-client add interface=ether1 script=\"/routing table add name=x\"",
            "6.49.10",
        ),
    ] {
        let verdict = check(script, of).unwrap();
        assert!(!verdict.faults.is_empty(), "{of}: {script}");
    }
    for (script, of) in [
        (
            "/ip route add gateway=1.1.1.1 routing-mark=x type=blackhole scope=10 target-scope=10",
            "6.40.9",
        ),
        ("/ip route add gateway=1.1.1.1 routing-table=x blackhole", "7.1.5"),
        ("/tool netwatch add host=1.1.1.1 type=icmp", "7.4.1"),
        (
            ":do { /ip route enable [find where comment~\"x\"] } on-error={ :put 1 }",
            "6.40.9",
        ),
    ] {
        let verdict = check(script, of).unwrap();
        assert!(
            verdict.faults.is_empty() && verdict.unconfirmed.is_empty(),
            "{of}: {script}: {verdict:#?}"
        );
    }
}

/// The documented text of both majors, whose names were checked by hand when it was written.
#[test]
fn the_documented_scripts_fit_their_major() {
    let Some(folder) = shared("examples-routeros") else {
        return;
    };
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let script = std::fs::read(&path).unwrap();
        let is_v6 = path.file_name().unwrap().to_string_lossy().starts_with("v6");
        let versions = if is_v6 {
            ["6.40.9", "6.49.18"]
        } else {
            ["7.9", "7.24"]
        };
        for text in versions {
            let Some(checker) = Checker::of(version(text)) else {
                return;
            };
            let Verdict {
                faults, unconfirmed, ..
            } = checker.check(&script);
            assert!(faults.is_empty(), "{}: {faults:#?}", path.display());
            assert!(unconfirmed.is_empty(), "{}: {unconfirmed:#?}", path.display());
        }
    }
}
