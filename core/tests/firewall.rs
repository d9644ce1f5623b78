//! The rule `new-line-outside-firewall` against packets: what a stranger reaches over a new line and not over ISP 1 is found.

use multi_isp::preflight::{Context, preflight};
use multi_isp::routeros::router::Router;
use multi_isp::routeros::version::Version;
use multi_isp::site::{Access, LineDraft, Mbps, Mode, Site, SiteDraft};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// A rule of a small firewall
#[derive(Clone, Debug)]
struct Rule {
    chain: &'static str,
    action: &'static str,
    matchers: Vec<(&'static str, &'static str)>,
}

/// A stranger's packet that nobody asked for
#[derive(Clone, Copy, Debug)]
struct Packet {
    port: &'static str,
    protocol: &'static str,
    dst_port: &'static str,
}

const SERVICES: [(&str, &str); 4] = [("tcp", "53"), ("tcp", "8291"), ("udp", "53"), ("udp", "9")];

prop_compose! {
    fn rule()(
        chain in select(vec!["input", "input", "a", "b"]),
        action in select(vec!["accept", "accept", "drop", "drop", "a", "b", "return", "log"]),
        port in option::of(select(vec!["ether1", "ether2", "!ether1", "!ether2", "bridge"])),
        protocol in option::of(select(vec!["tcp", "udp", "!tcp"])),
        dst_port in option::of(select(vec!["53", "8291"])),
        source in option::of(select(vec!["admins", "!admins"])),
        state in option::of(select(vec!["established,related", "new", "!established", "invalid"])),
    ) -> Rule {
        let names = ["in-interface", "protocol", "dst-port", "src-address-list", "connection-state"];
        let values = [port, protocol, dst_port, source, state];
        let matchers = names.into_iter().zip(values).filter_map(|(name, value)| Some((name, value?)));
        Rule { chain, action, matchers: matchers.collect() }
    }
}

/// Rules whose chains jump one way only: `input` to `a` to `b`
fn rules() -> impl Strategy<Value = Vec<Rule>> {
    let goes_down = |rule: &Rule| match rule.action {
        "a" => rule.chain == "input",
        "b" => rule.chain != "b",
        _ => true,
    };
    vec(rule(), 0..9).prop_map(move |rules| rules.into_iter().filter(goes_down).collect())
}

impl Rule {
    fn matches(&self, packet: Packet) -> bool {
        self.matchers.iter().all(|&(name, value)| {
            let (negated, value) = value
                .strip_prefix('!')
                .map_or((false, value), |value| (true, value));
            let is_meant = match name {
                "in-interface" => value == packet.port,
                "protocol" => value == packet.protocol,
                "dst-port" => value == packet.dst_port,
                "connection-state" => value == "new",
                _ => false,
            };
            is_meant != negated
        })
    }
}

/// Whether the packet is dropped, where the chain decides it
fn verdict(rules: &[Rule], chain: &str, packet: Packet) -> Option<bool> {
    for rule in rules
        .iter()
        .filter(|rule| rule.chain == chain && rule.matches(packet))
    {
        let verdict = match rule.action {
            "accept" => Some(false),
            "drop" => Some(true),
            "return" => return None,
            "log" => None,
            target => verdict(rules, target, packet),
        };
        if verdict.is_some() {
            return verdict;
        }
    }
    None
}

fn is_open(rules: &[Rule], port: &'static str, (protocol, dst_port): (&'static str, &'static str)) -> bool {
    verdict(
        rules,
        "input",
        Packet {
            port,
            protocol,
            dst_port,
        },
    ) != Some(true)
}

fn router(rules: &[Rule]) -> Router {
    let mut router = Router::new(Version::new(7, 22, 0));
    for rule in rules {
        let mut row = router.new_row("/ip/firewall/filter");
        row.set("chain", rule.chain);
        match rule.action {
            target @ ("a" | "b") => {
                row.set("action", "jump");
                row.set("jump-target", target);
            }
            action => row.set("action", action),
        }
        rule.matchers
            .iter()
            .for_each(|&(name, value)| row.set(name, value));
        router.push("/ip/firewall/filter", row);
    }
    router
}

fn site() -> Site {
    let line = |id, port| LineDraft::new(id, port, Access::Dhcp, Mbps::new(100).unwrap());
    SiteDraft::new(
        Mode::Failover,
        vec![line("isp1", "ether1"), line("isp2", "ether2")],
    )
    .build()
    .unwrap()
}

fn is_found(rules: &[Rule]) -> bool {
    let report = preflight(&site(), &router(rules), &Context::default());
    report
        .findings()
        .iter()
        .any(|finding| finding.code.as_str() == "new-line-outside-firewall")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_open_over_the_new_line_alone_is_found(rules in rules()) {
        let is_exposed = SERVICES.iter().any(|&to| is_open(&rules, "ether2", to) && !is_open(&rules, "ether1", to));
        prop_assert!(!is_exposed || is_found(&rules));
    }

    #[test]
    fn nothing_is_found_where_no_rule_tells_the_lines_apart(rules in rules()) {
        let mut rules = rules;
        for rule in &mut rules {
            rule.matchers.retain(|&(name, value)| name != "in-interface" || value == "bridge");
        }
        prop_assert!(!is_found(&rules));
    }

    #[test]
    fn nothing_is_found_under_a_first_rule_that_drops_strangers(rules in rules()) {
        let drop = Rule { chain: "input", action: "drop", matchers: vec![("in-interface", "!bridge")] };
        let answers = Rule {
            chain: "input",
            action: "accept",
            matchers: vec![("connection-state", "established,related")],
        };
        prop_assert!(!is_found(&[vec![answers, drop], rules].concat()));
    }
}
