#![doc = include_str!("new_line_outside_firewall.md")]

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::preflight::filter::{
    Chain, End, FORWARD, INPUT, Met, RAW, Traffic, Walk, may_meet, named_interface, walk_both,
};
use crate::preflight::interfaces::Member;
use crate::preflight::{Case, Check, Rule};
use crate::routeros::router::{Router, Row};
use crate::rule::{named, row_subject};
use crate::site::{Line, Text};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("new-line-outside-firewall"),
    level: Level::Error,
    page: include_str!("new_line_outside_firewall.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    let Some((primary, new)) = case.primary_and_new() else {
        return Vec::new();
    };
    let others = new.iter().filter(|line| line.interface() != primary.interface());
    others
        .flat_map(|line| {
            CONCERNS
                .iter()
                .filter_map(|concern| concern.about(case.router, primary, line))
        })
        .collect()
}

/// A way in which the firewall can treat two lines differently
struct Concern {
    chain: Chain,
    traffic: Traffic,
    /// The rules that do, as met by the line of today and the new one
    rules: fn(&Router, &Walk, &Walk) -> Vec<Met>,
    /// What they do, of the interfaces of the line of today and of the new one
    what: fn(&Text, &Text) -> String,
}

const CONCERNS: &[Concern] = &[
    Concern {
        chain: RAW,
        traffic: Traffic::Unasked,
        rules: exposure,
        what: open,
    },
    Concern {
        chain: INPUT,
        traffic: Traffic::Unasked,
        rules: exposure,
        what: open,
    },
    Concern {
        chain: FORWARD,
        traffic: Traffic::Unasked,
        rules: exposure,
        what: open,
    },
    Concern {
        chain: RAW,
        traffic: Traffic::Answers,
        rules: deafness,
        what: deaf,
    },
    Concern {
        chain: INPUT,
        traffic: Traffic::Answers,
        rules: deafness,
        what: deaf,
    },
    Concern {
        chain: FORWARD,
        traffic: Traffic::Answers,
        rules: deafness,
        what: deaf,
    },
    Concern {
        chain: FORWARD,
        traffic: Traffic::Outbound,
        rules: obstacle,
        what: shut,
    },
];

fn open(today: &Text, new: &Text) -> String {
    format!("protect `{today}` and leave `{new}` open")
}

fn deaf(today: &Text, new: &Text) -> String {
    format!("let answers in over `{today}` and not over `{new}`")
}

fn shut(today: &Text, new: &Text) -> String {
    format!("do not let customers out over `{new}` as they do over `{today}`")
}

impl Concern {
    fn about(&self, router: &Router, primary: &Line, line: &Line) -> Option<Diagnostic> {
        let today = Member::of(primary.interface().as_bytes(), router);
        let new = Member::joining(line.interface().as_bytes(), router, today.interface());
        let (by_today, by_new) = walk_both(router, self.chain, self.traffic, &today, &new);
        let rules = (self.rules)(router, &by_today, &by_new);
        if rules.is_empty() {
            return None;
        }
        let gates = gates(&rules);
        let rules = router.table(self.chain.menu).iter().enumerate();
        let rules: Vec<&Row> = rules
            .filter(|(number, _)| gates.contains(number))
            .map(|(_, row)| row)
            .collect();
        let names: Vec<String> = rules.iter().map(|row| named(row)).collect();
        let kind = if self.chain == RAW { "raw rules" } else { "rules" };
        let what = (self.what)(primary.interface(), line.interface());
        let message = format!(
            "line `{}`: {kind} of `{}` {what}: {}",
            line.id(),
            self.chain.name,
            names.join(", ")
        );
        let about = RULE
            .finding(message)
            .with_help(help(&rules, &today, &new))
            .about(Subject::line(line.id().as_str()));
        Some(
            rules
                .iter()
                .fold(about, |about, row| about.about(row_subject(self.chain.menu, row))),
        )
    }
}

/// What to do about the rules: the new line's own interface is where it should not be, or they know ISP 1 by its interface alone
fn help(rules: &[&Row], today: &Member<'_>, new: &Member<'_>) -> String {
    let interface = String::from_utf8_lossy(new.interface());
    let remedies: BTreeSet<String> = rules
        .iter()
        .flat_map(|row| {
            let mut matchers = row.iter().filter_map(|(property, value)| {
                let name = named_interface(property, value)?;
                if property.ends_with("-list") {
                    let list = String::from_utf8_lossy(name);
                    (new.is_in(name) && !today.is_in(name))
                        .then(|| format!("take `{interface}` out of the interface list `{list}`"))
                } else {
                    (name == new.interface())
                        .then(|| format!("take `{interface}` out of the rule {}", named(row)))
                }
            });
            matchers.next().or_else(|| Some(String::from(NAME_A_LIST)))
        })
        .collect();
    remedies.into_iter().collect::<Vec<_>>().join("; ")
}

const NAME_A_LIST: &str = "name an interface list that ISP 1 is in, as `WAN`, in these rules instead of its interface: every line joins the lists of ISP 1";

/// Rules that protect the line of today and not the new one, or accept strangers over the new one alone
fn exposure(router: &Router, today: &Walk, new: &Walk) -> Vec<Met> {
    let opens_after = |drop: &Met| {
        let mut later = new
            .accepts
            .iter()
            .filter(|accept| accept.is_open && accept.path > drop.path);
        later.any(|accept| may_meet(router, new, accept, drop))
    };
    let missed = missing(&today.drops, &new.drops).filter(|drop| new.end != End::Drop || opens_after(drop));
    let opened = missing(&new.accepts, &today.accepts).filter(|met| met.is_open && !today.drops.is_empty());
    missed.chain(opened).collect()
}

/// Rules that let answers in over the line of today alone
fn deafness(_: &Router, today: &Walk, new: &Walk) -> Vec<Met> {
    let is_deaf = today.end != End::Drop && new.end == End::Drop;
    differences(today, new).filter(|_| is_deaf).collect()
}

/// Rules that let customers out over one line alone, or forbid them something over one line alone
fn obstacle(_: &Router, today: &Walk, new: &Walk) -> Vec<Met> {
    let is_shut = new.end == End::Drop || missing(&new.drops, &today.drops).next().is_some();
    let forbidden = missing(&today.drops, &new.drops).filter(|_| new.end != End::Drop);
    differences(today, new)
        .filter(|_| is_shut)
        .chain(forbidden)
        .collect()
}

/// Rules that accept over the line of today alone, or drop over the new line alone
fn differences<'a>(today: &'a Walk, new: &'a Walk) -> impl Iterator<Item = Met> + 'a {
    missing(&today.accepts, &new.accepts).chain(missing(&new.drops, &today.drops))
}

/// Numbers of the rules that tell the lines apart; where none of these does, another keeps the packets from them
fn gates(rules: &[Met]) -> BTreeSet<usize> {
    let gates: BTreeSet<usize> = rules.iter().filter_map(|met| met.gate).collect();
    if gates.is_empty() {
        rules.iter().filter_map(|met| met.path.last().copied()).collect()
    } else {
        gates
    }
}

/// Those of `some` that are not in `others`; both are in the order in which they were met, which is that of their paths
fn missing<'a>(some: &'a [Met], others: &'a [Met]) -> impl Iterator<Item = Met> + 'a {
    let is_there = |met: &Met| others.binary_search_by(|other| other.path.cmp(&met.path)).is_ok();
    some.iter().filter(move |met| !is_there(met)).cloned()
}

#[cfg(test)]
mod tests {
    use std::format;
    use std::prelude::rust_2024::*;

    use super::*;
    use crate::preflight::testing::{check, messages, router, site, subjects};

    const LISTS: [&str; 5] = [
        "/interface/list name=WAN",
        "/interface/list name=LAN",
        "/interface/list/member list=WAN interface=ether1",
        "/interface/list/member list=LAN interface=bridge",
        "/interface/bridge name=bridge",
    ];

    fn with_rules(rules: &[&str]) -> Router {
        let rules: Vec<String> = rules
            .iter()
            .map(|rule| format!("/ip/firewall/filter chain={rule}"))
            .collect();
        let rows: Vec<&str> = LISTS
            .into_iter()
            .chain(rules.iter().map(String::as_str))
            .collect();
        router(&rows)
    }

    /// Numbers of the rules that are found fault with
    fn gates(rules: &[&str]) -> Vec<String> {
        let router = with_rules(rules);
        let table = router.table(INPUT.menu).rows();
        let number = |rule: &String| {
            let place = table
                .iter()
                .position(|row| row_subject(INPUT.menu, row).name() == *rule);
            place.unwrap().to_string()
        };
        let found = subjects(&RULE, &site(&["ether1", "ether2"]), &router);
        found
            .iter()
            .map(|subjects| subjects.iter().skip(1).map(number).collect::<Vec<_>>().join(", "))
            .collect()
    }

    /// Message and help of each finding
    fn told(rows: &[&str]) -> Vec<(String, String)> {
        let found = check(&RULE, &site(&["ether1", "ether2"]), &router(rows));
        let found = found.into_iter();
        found
            .map(|finding| (finding.message, finding.help.unwrap()))
            .collect()
    }

    fn passes(rules: &[&str]) {
        assert_eq!(gates(rules), Vec::<String>::new(), "{rules:?}");
    }

    const DEFCONF: &[&str] = &[
        "input action=accept connection-state=established,related,untracked",
        "input action=drop connection-state=invalid",
        "input action=accept protocol=icmp",
        "input action=drop in-interface-list=!LAN",
        "forward action=accept ipsec-policy=in,ipsec",
        "forward action=fasttrack-connection connection-state=established,related",
        "forward action=accept connection-state=established,related,untracked",
        "forward action=drop connection-state=invalid",
        "forward action=drop connection-state=new connection-nat-state=!dstnat in-interface-list=WAN",
    ];

    #[test]
    fn the_default_configuration_covers_every_line() {
        passes(DEFCONF);
        passes(&[]);
    }

    #[test]
    fn rules_that_name_the_interface_of_isp_1_are_named() {
        let router = with_rules(&[
            "input action=accept connection-state=established,related",
            "input action=drop in-interface=ether1 comment=no_strangers",
            "forward action=drop in-interface=ether1 connection-state=new connection-nat-state=!dstnat",
        ]);
        let site = site(&["ether1", "ether2"]);
        assert_eq!(
            messages(&RULE, &site, &router),
            [
                "line `isp2`: rules of `input` protect `ether1` and leave `ether2` open: `no strangers`",
                "line `isp2`: rules of `forward` protect `ether1` and leave `ether2` open: `drop in-interface=ether1 connection-state=new connection-nat-state=!dstnat`",
            ]
        );
        assert_eq!(
            subjects(&RULE, &site, &router)[0],
            [
                "isp2",
                "/ip firewall filter add chain=input action=drop in-interface=ether1 comment=\"no strangers\"",
            ]
        );
    }

    #[test]
    fn a_last_drop_for_everybody_covers_a_new_line() {
        passes(&[
            "input action=accept connection-state=established,related",
            "input action=accept in-interface=bridge",
            "input action=drop in-interface=ether1",
            "input action=drop",
        ]);
        passes(&[
            "input action=drop in-interface=ether1",
            "input action=drop src-address-list=!admins",
        ]);
    }

    #[test]
    fn a_service_closed_on_isp_1_alone_is_open_on_the_new_line() {
        let rules = [
            "input action=drop in-interface=ether1",
            "input action=accept protocol=tcp dst-port=8291",
            "input action=drop",
        ];
        assert_eq!(gates(&rules), ["0"]);
        passes(&[
            "input action=drop in-interface=ether1",
            "input action=accept src-address=10.0.0.0/8",
            "input action=drop",
        ]);
        assert_eq!(
            gates(&["input action=drop in-interface=ether1 protocol=udp dst-port=53"]),
            ["0"]
        );
    }

    #[test]
    fn what_is_no_isp_1_is_taken_for_the_lan() {
        let rules = ["input action=accept in-interface=!ether1", "input action=drop"];
        assert_eq!(gates(&rules), ["0"]);
    }

    #[test]
    fn chains_of_their_own_are_followed() {
        let rules = [
            "input action=jump in-interface=ether1 jump-target=from-internet",
            "from-internet action=accept protocol=icmp",
            "from-internet action=drop",
        ];
        assert_eq!(gates(&rules), ["0"]);
        passes(&[
            "input action=jump in-interface-list=WAN jump-target=x",
            "x action=drop",
        ]);
        passes(&[
            "input action=jump jump-target=x",
            "x action=jump jump-target=input",
            "x action=return",
        ]);
    }

    #[test]
    fn a_return_is_a_way_past_what_follows() {
        let ways = [
            "input action=jump jump-target=x",
            "x action=return in-interface=ether2 protocol=udp",
            "x action=drop",
        ];
        assert_eq!(gates(&ways), ["1"]);
        passes(&[
            "input action=jump jump-target=x",
            "x action=return src-address-list=admins",
            "x action=drop",
        ]);
        passes(&[
            "input action=drop in-interface=ether1",
            "input action=return protocol=icmp",
            "input action=drop",
        ]);
        passes(&[
            "input action=return protocol=tcp dst-port=22",
            "input action=drop in-interface=ether1",
            "input action=drop",
        ]);
    }

    #[test]
    fn disabled_rules_do_not_count() {
        passes(&["input action=drop in-interface=ether1 disabled=yes"]);
        let rules = [
            "input action=drop in-interface=ether1",
            "input action=drop disabled=yes",
        ];
        assert_eq!(gates(&rules), ["0"]);
    }

    #[test]
    fn customers_have_to_get_out_and_answers_in() {
        let out = [
            "forward action=accept in-interface=bridge out-interface=ether1",
            "forward action=drop",
        ];
        assert_eq!(gates(&out), ["0"]);
        passes(&["forward action=accept in-interface=bridge", "forward action=drop"]);
        passes(&[
            "forward action=accept out-interface-list=WAN",
            "forward action=drop",
        ]);
        let answers = [
            "input action=accept connection-state=established in-interface=ether1",
            "input action=drop in-interface-list=!LAN",
        ];
        assert_eq!(gates(&answers), ["0"]);
    }

    #[test]
    fn a_line_that_stands_among_the_lans_is_open() {
        let rows: Vec<String> = DEFCONF
            .iter()
            .map(|rule| format!("/ip/firewall/filter chain={rule}"))
            .collect();
        let mut all: Vec<&str> = LISTS.into_iter().chain(rows.iter().map(String::as_str)).collect();
        all.push("/interface/list/member list=LAN interface=ether2");
        assert_eq!(
            told(&all),
            [(
                String::from(
                    "line `isp2`: rules of `input` protect `ether1` and leave `ether2` open: `drop in-interface-list=!LAN`"
                ),
                String::from("take `ether2` out of the interface list `LAN`")
            )]
        );
    }

    #[test]
    fn an_accept_that_names_the_new_line_is_to_be_changed() {
        let accept = "/ip/firewall/filter chain=input action=accept in-interface=ether2";
        let drop = "/ip/firewall/filter chain=input action=drop in-interface-list=!LAN";
        let told = told(&[&LISTS[..], &[accept, drop]].concat());
        assert_eq!(
            told,
            [(
                String::from(
                    "line `isp2`: rules of `input` protect `ether1` and leave `ether2` open: `accept in-interface=ether2`"
                ),
                String::from("take `ether2` out of the rule `accept in-interface=ether2`")
            )]
        );
    }

    #[test]
    fn raw_rules_count_too() {
        let raw = |rule: &str| {
            let row = format!("/ip/firewall/raw chain=prerouting {rule}");
            told(&[&LISTS[..], &[row.as_str()]].concat())
        };
        assert_eq!(
            raw("action=drop in-interface=ether1 protocol=tcp"),
            [(
                String::from(
                    "line `isp2`: raw rules of `prerouting` protect `ether1` and leave `ether2` open: `drop in-interface=ether1 protocol=tcp`"
                ),
                String::from(NAME_A_LIST)
            )]
        );
        assert_eq!(raw("action=drop in-interface=ether2").len(), 1);
        assert_eq!(raw("action=drop in-interface-list=WAN"), []);
        assert_eq!(raw("action=drop src-address-list=bad"), []);
        assert_eq!(raw("action=drop in-interface=ether1 disabled=yes"), []);
        assert_eq!(raw("action=notrack in-interface=ether1"), []);
        let unjoined = [
            "/interface/list name=OUTSIDE",
            "/ip/firewall/raw chain=prerouting action=drop in-interface-list=OUTSIDE",
        ];
        assert_eq!(told(&unjoined), [], "nor is ISP 1 in it");
    }

    #[test]
    fn raw_rules_that_know_isp_1_alone_make_a_new_line_deaf() {
        let rows = [
            "/ip/firewall/raw chain=prerouting action=accept in-interface=ether1",
            "/ip/firewall/raw chain=prerouting action=accept in-interface=bridge",
            "/ip/firewall/raw chain=prerouting action=drop",
        ];
        let found = messages(&RULE, &site(&["ether1", "ether2"]), &router(&rows));
        assert_eq!(
            found,
            [
                "line `isp2`: raw rules of `prerouting` let answers in over `ether1` and not over `ether2`: `accept in-interface=ether1`"
            ]
        );
    }

    #[test]
    fn a_list_of_lists_covers_what_joins_its_parts() {
        let rows = [
            "/interface/list name=FIBERS",
            "/interface/list name=WAN include=FIBERS",
            "/interface/list/member list=FIBERS interface=ether1",
            "/ip/firewall/filter chain=input action=drop in-interface-list=WAN",
        ];
        assert!(messages(&RULE, &site(&["ether1", "ether2"]), &router(&rows)).is_empty());
    }

    #[test]
    fn kinds_of_interfaces_are_told_apart() {
        passes(&["input action=drop in-interface=all-ethernet"]);
        assert_eq!(
            gates(&["input action=accept in-interface=!all-ppp protocol=tcp dst-port=22"]),
            Vec::<String>::new()
        );
    }
}
