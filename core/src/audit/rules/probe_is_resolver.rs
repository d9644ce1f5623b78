#![doc = include_str!("probe_is_resolver.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::audit::menus::ROUTES;
use crate::audit::probes::Probe;
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::routeros::value::Value;
use crate::rule::property_subject;
use crate::survey::probes::named_resolvers;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("probe-is-resolver"),
    level: Level::Warning,
    page: include_str!("probe_is_resolver.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    if !view.has_lines() {
        return Vec::new();
    }
    let probes = view.far_probes();
    probes
        .iter()
        .filter_map(|(line, probe)| finding(view, line, probe))
        .collect()
}

fn finding(view: &View<'_>, line: &Value, probe: &Probe<'_, '_>) -> Option<Diagnostic> {
    let host = probe.host;
    let resolvers = named_resolvers(view.router());
    let named: Vec<_> = resolvers
        .iter()
        .filter(|named| named.host == host && !named.row.disabled())
        .collect();
    let first = named.first()?;
    let who = if first.menu == "/ip/dns" {
        "the router asks"
    } else {
        "customers ask"
    };
    let name = line.to_text();
    let found = RULE
        .finding(format!("`{host}` is a probe of `{name}`, and {who} it for names: it is out of reach while `{name}` is dead"))
        .with_help("probe another host, or resolve names by another one")
        .about(property_subject(ROUTES, probe.row, "dst-address"));
    Some(named.iter().fold(found, |found, named| {
        found.about(property_subject(named.menu, named.row, named.property))
    }))
}

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, two_lines};

    macro_rules! probed {
        () => {
            concat!(
                "/ip route\nadd dst-address=203.0.113.10/32 gateway=192.0.2.1 scope=10\nadd dst-address=203.0.113.11/32 gateway=192.0.2.1 scope=10\n",
                "add check-gateway=ping gateway=203.0.113.10 target-scope=11\nadd check-gateway=ping gateway=203.0.113.11 target-scope=11\n",
                "add distance=2 gateway=198.51.100.1\n"
            )
        };
    }
    Cases {
        flagged: &[
            Flagged {
                router: Export(two_lines!(
                    probed!(),
                    "/ip dns\nset servers=203.0.113.10,203.0.113.53\n"
                )),
                says: &[
                    "`203.0.113.10` is a probe of `ether1`, and the router asks it for names: it is out of reach while `ether1` is dead",
                ],
                fix: &[],
            },
            Flagged {
                router: Export(two_lines!(
                    probed!(),
                    "/ip dhcp-server network\nadd address=192.168.88.0/24 dns-server=203.0.113.11 gateway=192.168.88.1\n"
                )),
                says: &[
                    "`203.0.113.11` is a probe of `ether1`, and customers ask it for names: it is out of reach while `ether1` is dead",
                ],
                fix: &[],
            },
            Flagged {
                router: Export(two_lines!(
                    probed!(),
                    "/ip dns\nset use-doh-server=https://203.0.113.11/dns-query\n"
                )),
                says: &[
                    "`203.0.113.11` is a probe of `ether1`, and the router asks it for names: it is out of reach while `ether1` is dead",
                ],
                fix: &[],
            },
        ],
        passed: &[
            (
                "other resolvers",
                Export(two_lines!(
                    probed!(),
                    "/ip dns\nset servers=203.0.113.53,203.0.113.110\n"
                )),
            ),
            (
                "a resolver with a route of its own that nothing hangs on",
                Export(two_lines!(
                    probed!(),
                    "add dst-address=203.0.113.53/32 gateway=192.0.2.1\n/ip dns\nset servers=203.0.113.53\n"
                )),
            ),
            (
                "the router itself as resolver",
                Export(two_lines!(
                    probed!(),
                    "/ip dhcp-server network\nadd address=192.168.88.0/24 dns-server=192.168.88.1\n"
                )),
            ),
        ],
    }
};
