#![doc = include_str!("nat_missing.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::audit::addresses::is_inner;
use crate::audit::menus::NAT;
use crate::audit::torn::has;
use crate::audit::view::{called, lost};
use crate::audit::{Rule, View, fix};
use crate::diagnostic::{Code, Diagnostic, Fix, Level, Subject};
use crate::routeros::router::{Router, Row};
use crate::routeros::value::Value;
use crate::simulate::{Cause, Class, Condition, Verdict, Way, What};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("nat-missing"),
    level: Level::Error,
    page: include_str!("nat_missing.md"),
    check,
};

/// A router that translates nothing at all leaves that to the one before it, or is a part of a configuration
fn check(view: &View<'_>) -> Vec<Diagnostic> {
    let translates = |row: &Row| row.is("chain", "srcnat") && !row.is("action", "accept");
    if view.is_guessed() || !view.rows(NAT).any(translates) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for class in view.customers() {
        for line in view.lines() {
            if let Some(way) = untranslated(view, class, line) {
                found.push(finding(view, class, line, &way));
            }
        }
    }
    found
}

/// The way over a line by which customers' packets leave with their own private address, while all lines are up or as soon as
/// others fail
fn untranslated(view: &View<'_>, class: &Class, line: &Value) -> Option<Way> {
    let others = view.lines().iter().filter(|other| *other != line);
    let downs = core::iter::once(None).chain(others.map(|other| Some((other, Condition::LinkDown))));
    downs.into_iter().find_map(|down| {
        let trace = view.trace(&class.traffic, down);
        let is_meant = |way: &&Way| is_untranslated(way, line);
        lost(&trace).find(is_meant).cloned()
    })
}

/// Whether a way ends behind a line with an address that is in use within an organisation only: whoever has public addresses of
/// his own needs no translation
fn is_untranslated(way: &Way, line: &Value) -> bool {
    let is_private = || {
        way.packets
            .first()
            .is_some_and(|packet| is_inner(packet.source.address))
    };
    // What is translated to an address that is not the line's is another fault.
    let is_translated = || {
        way.packets
            .iter()
            .any(|packet| has(packet, |what| matches!(what, What::Source { .. })))
    };
    match &way.verdict {
        Verdict::Lost {
            line: Some(own),
            cause: Cause::Untranslated,
        } => own == line && is_private() && !is_translated(),
        _ => false,
    }
}

fn finding(view: &View<'_>, class: &Class, line: &Value, way: &Way) -> Diagnostic {
    let name = line.to_text();
    RULE.finding(format!("connections of {} leave by `{name}` with their private address, which nobody can answer to", called(class)))
        .with_help(format!("translate what leaves by `{name}`: one masquerade rule a line, or one with an interface list of the lines"))
        .about(Subject::interface(name))
        .shown_by(view.evidence(way))
        .fixed_by(fix(view, class, line))
}

fn fix(view: &View<'_>, class: &Class, line: &Value) -> Option<Fix> {
    let name = line.to_text();
    let values = [
        ("chain", "srcnat"),
        ("action", "masquerade"),
        ("out-interface", &*name),
    ];
    let edit = |router: &mut Router| fix::add(router, NAT, &values, None);
    // A rule before it may accept what it would translate.
    let is_mended = |mended: &Router| untranslated(&View::of(mended), class, line).is_none();
    view.fix_if(format!("translate what leaves by `{name}`"), edit, is_mended)
}

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, defaults, two_lines};

    const ONE_TRANSLATED: &str = concat!(
        "# 2026-01-05 10:00:00 by RouterOS 7.22.1\n/interface bridge\nadd name=bridge\n",
        "/ip address\nadd address=192.168.88.1/24 interface=bridge\nadd address=192.0.2.2/24 interface=ether1\n",
        "add address=198.51.100.2/24 interface=ether2\n/ip firewall nat\nadd action=masquerade chain=srcnat out-interface=ether1\n",
        "/ip route\nadd gateway=192.0.2.1\n"
    );
    Cases {
        flagged: &[
            // Only once ether1 fails.
            Flagged {
                router: Export(concat!(
                    "# 2026-01-05 10:00:00 by RouterOS 7.22.1\n/interface bridge\nadd name=bridge\n",
                    "/ip address\nadd address=192.168.88.1/24 interface=bridge\nadd address=192.0.2.2/24 interface=ether1\n",
                    "add address=198.51.100.2/24 interface=ether2\n",
                    "/ip firewall nat\nadd action=masquerade chain=srcnat out-interface=ether1\n",
                    "/ip route\nadd gateway=192.0.2.1\nadd distance=2 gateway=198.51.100.1\n"
                )),
                says: &[
                    "connections of the customers leave by `ether2` with their private address, which nobody can answer to",
                ],
                fix: &["/ip firewall nat add chain=srcnat action=masquerade out-interface=ether2"],
            },
            // Somebody accepts it before any rule at the end could translate it.
            Flagged {
                router: Export(concat!(
                    "# 2026-01-05 10:00:00 by RouterOS 7.22.1\n/interface bridge\nadd name=bridge\n",
                    "/ip address\nadd address=192.168.88.1/24 interface=bridge\nadd address=192.0.2.2/24 interface=ether1\n",
                    "/ip firewall nat\nadd action=accept chain=srcnat out-interface=ether1\nadd action=masquerade chain=srcnat out-interface=ether9\n",
                    "/ip route\nadd gateway=192.0.2.1\n"
                )),
                says: &[
                    "connections of the customers leave by `ether1` with their private address, which nobody can answer to",
                ],
                fix: &[],
            },
            Flagged {
                router: Export(concat!(
                    "# 2026-01-05 10:00:00 by RouterOS 7.22.1\n/interface bridge\nadd name=bridge\n",
                    "/ip address\nadd address=100.64.1.1/24 interface=bridge\nadd address=192.0.2.2/24 interface=ether1\n",
                    "/ip firewall nat\nadd action=masquerade chain=srcnat out-interface=ether1 src-address=192.168.88.0/24\n",
                    "/ip route\nadd gateway=192.0.2.1\n"
                )),
                says: &[
                    "connections of the customers leave by `ether1` with their private address, which nobody can answer to",
                ],
                fix: &["/ip firewall nat add chain=srcnat action=masquerade out-interface=ether1"],
            },
        ],
        passed: &[
            (
                "lines that are translated by a list",
                Export(two_lines!(defaults!())),
            ),
            ("a line that nothing leads over", Export(ONE_TRANSLATED)),
            (
                "a router that leaves all translation to the modems before it",
                Export(concat!(
                    "# 2026-01-05 10:00:00 by RouterOS 7.22.1\n/interface bridge\nadd name=bridge\n",
                    "/ip address\nadd address=192.168.88.1/24 interface=bridge\nadd address=192.168.1.2/24 interface=ether1\n",
                    "/ip route\nadd gateway=192.168.1.1\n"
                )),
            ),
            (
                "customers with public addresses of their own",
                Export(concat!(
                    "# 2026-01-05 10:00:00 by RouterOS 7.22.1\n/interface bridge\nadd name=bridge\n",
                    "/ip address\nadd address=203.0.113.129/25 interface=bridge\nadd address=192.0.2.2/24 interface=ether1\n",
                    "/ip route\nadd gateway=192.0.2.1\n"
                )),
            ),
        ],
    }
};
