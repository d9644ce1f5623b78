//! What a router does with packets, computed by hand from the facts and compared with the simulator.
//!
//! The cases are the texts of `cases/`, a file a subject; the routers that they amend are in `routers.txt`. A case is a router,
//! the commands that amend it, and what becomes of traffic, an assumption of the world | who sends what | what comes of it:
//!
//! ```text
//! == What it shows
//! by ROUTEROS §2a, [D:4390920]
//! on v7 failover
//! /ip route set [find comment=main1] check-gateway=none
//! ether1 gateway dead | lan -> 1.1.1.1 udp 53 | lost line_dead over ether1
//!   shows a piece of the trace's text
//! ```
//!
//! * Routers: `v6`, `v7` or a version, and a name of `routers.txt`. `mark MATCHERS` is a mangle rule that sends what it
//!   matches to table `to2`; `provider ether1 gives 192.0.2.2/24 from 192.0.2.1` is a lease; `refused TEXT` is the error that
//!   stops the commands.
//! * Worlds: `all up`, or lines and their conditions; `at once` is before the router's checks noticed, `checked` before
//!   netwatch did; without either, all have.
//! * Traffic: `lan`, `router`, `internet by LINE` or an interface, and perhaps `established` (open before the failure),
//!   `guest` (a hotspot's customer who has not logged in) and the sender's address; then the destination. Without one, it is
//!   TCP to port 443 of a host of the internet; of what comes from there, the router's address on the line.
//! * Outcomes, with their shares: a line, `anew LINE` (the old connection is dead, a new one works), `inside` (it leaves by no
//!   line), `lost CAUSE`; `?` where no fact says.
//!
//! An expectation comes from the facts that the case names, never from what the simulator says. Where that is wrong, the case
//! has the text line `engine fault: ...`, and fails until it is mended.

mod cases;
mod judge;
mod routers;

use self::cases::Case;
use self::judge::faults;

macro_rules! subjects {
    ($($subject:ident)*) => {
        $(
            #[test]
            fn $subject() {
                check(stringify!($subject), include_str!(concat!("cases/", stringify!($subject), ".txt")));
            }
        )*

        const SUBJECTS: &[&str] = &[$(include_str!(concat!("cases/", stringify!($subject), ".txt"))),*];
    };
}

subjects! {
    chains
    clients
    ecmp
    failover
    fasttrack
    gateways
    hotspot
    mangle_order
    marks
    matchers
    nat
    netwatch
    not_in_force
    open_connections
    pcc
    port_forwards
    recursion
    refused
    router_itself
    rules
}

#[test]
fn there_are_enough_cases_and_each_names_its_facts() {
    let cases: Vec<Case> = SUBJECTS.iter().flat_map(|text| Case::read_all(text)).collect();
    assert!(cases.len() >= 300, "{}", cases.len());
    let expected: usize = cases.iter().map(Case::expectations).sum();
    assert!(expected >= 600, "{expected}");
    for case in &cases {
        let cites = |mark: &str| case.sources.contains(mark);
        let is_cited = ["ROUTEROS", "[D:", "[F:", "manual"]
            .iter()
            .any(|mark| cites(mark));
        assert!(is_cited, "`{}` names no fact", case.title);
        assert!(case.expectations() > 0, "`{}` expects nothing", case.title);
    }
}

fn check(subject: &str, text: &str) {
    let cases = Case::read_all(text);
    let faults: Vec<String> = cases.iter().flat_map(faults).collect();
    assert!(
        faults.is_empty(),
        "{subject}: {} faults in {} cases\n\n{}",
        faults.len(),
        cases.len(),
        faults.join("\n")
    );
}
