#![doc = include_str!("mark_never_set.md")]

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::audit::marks::bare;
use crate::audit::menus::{DHCP_CLIENTS, FILTER, MANGLE, NAT, NETWATCH};
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::routeros::router::Row;
use crate::routeros::value::Value;
use crate::rule::{placed, property_subject};
use crate::survey::interfaces::enabled;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("mark-never-set"),
    level: Level::Warning,
    page: include_str!("mark_never_set.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    MARKS.iter().flat_map(|mark| never_set(view, mark)).collect()
}

/// A kind of mark
struct Mark {
    /// Those who speak of it
    name: &'static str,
    /// The matcher
    matcher: &'static str,
    /// What sets it
    action: &'static str,
    property: &'static str,
    /// Where it is matched
    menus: &'static [&'static str],
}

fn never_set(view: &View<'_>, mark: &'static Mark) -> Vec<Diagnostic> {
    let set: BTreeSet<&Value> = setters(view, mark)
        .filter_map(|(row, value)| (!row.disabled()).then_some(value))
        .collect();
    // Who shows a part of a configuration may have left out the rules that mark.
    if set.is_empty() && setters(view, mark).next().is_none() && !view.marks_routing() {
        return Vec::new();
    }
    let mut found: Vec<(String, Diagnostic)> = Vec::new();
    for menu in mark.menus {
        for row in view.rows(menu) {
            let Some(wanted) = wanted(row, mark) else { continue };
            if set.iter().any(|set| set.as_bytes() == wanted) || is_set_elsewhere(view, wanted) {
                continue;
            }
            let name = Value::from(wanted).to_text().into_owned();
            let subject = property_subject(menu, row, mark.matcher);
            match found.iter().position(|(known, _)| *known == name) {
                Some(at) => {
                    let (name, finding) = found.remove(at);
                    found.insert(at, (name, finding.about(subject)));
                }
                None => found.push((name.clone(), finding(view, mark, &name, menu, row).about(subject))),
            }
        }
    }
    found.into_iter().map(|(_, finding)| finding).collect()
}

/// Rules that set marks of that kind, those that are disabled too
fn setters<'a>(view: &View<'a>, mark: &'static Mark) -> impl Iterator<Item = (&'a Row, &'a Value)> {
    let rows = view
        .router()
        .table(MANGLE)
        .iter()
        .filter(|row| row.is("action", mark.action));
    rows.filter_map(|row| Some((row, row.get(mark.property)?)))
}

/// The mark that a row asks for
fn wanted<'a>(row: &'a Row, mark: &Mark) -> Option<&'a [u8]> {
    let (is_negated, name) = bare(row.get(mark.matcher)?);
    (!is_negated && !name.is_empty() && !UNSET.contains(&name)).then_some(name)
}

/// Whether something else may set a mark, or switch the rule that does: a VRF has the mark of its table, routing rules
/// choose tables too, and scripts may write rules
fn is_set_elsewhere(view: &View<'_>, mark: &[u8]) -> bool {
    let router = view.router();
    let names = |(menu, property): &(&str, &str)| {
        let mut rows = router.table(menu).iter();
        rows.any(|row| row.get(property).is_some_and(|own| own.as_bytes() == mark))
    };
    let name = Value::from(mark).to_text().into_owned();
    let writes = |source: &str| source.contains("mangle") || source.contains(&name);
    TABLES.iter().any(names) || scripts(view).any(|source| writes(&source))
}

/// What runs on the router by itself, or when somebody calls it
fn scripts<'a>(view: &View<'a>) -> impl Iterator<Item = String> {
    let router: &'a _ = view.router();
    SCRIPTS.iter().flat_map(move |(menu, properties)| {
        let sources = move |row: &'a Row| {
            properties
                .iter()
                .filter_map(|property| row.text(property))
                .map(|text| text.to_string())
        };
        enabled(router, menu).flat_map(sources)
    })
}

fn finding(view: &View<'_>, mark: &'static Mark, name: &str, menu: &str, row: &Row) -> Diagnostic {
    let is_off =
        setters(view, mark).any(|(row, value)| row.disabled() && value.as_bytes() == name.as_bytes());
    let why = if is_off {
        "the rule that sets it is disabled"
    } else {
        "no rule sets it"
    };
    let help = match is_off {
        true => "enable the rule that sets the mark, or disable what asks for it",
        false => "look for a slip of the pen in the name; else remove what asks for it",
    };
    RULE.finding(format!(
        "{} mark `{name}` is asked for, and {why}: {} never matches",
        mark.name,
        placed_alone(menu, row)
    ))
    .with_help(help)
}

/// The row, without its text line
fn placed_alone(menu: &str, row: &Row) -> String {
    let placed = placed(menu, row);
    placed.split(" (text line").next().unwrap_or_default().into()
}

const MARKS: &[Mark] = &[
    Mark {
        name: "connection",
        matcher: "connection-mark",
        action: "mark-connection",
        property: "new-connection-mark",
        menus: &[MANGLE, FILTER, NAT],
    },
    Mark {
        name: "routing",
        matcher: "routing-mark",
        action: "mark-routing",
        property: "new-routing-mark",
        menus: &[MANGLE, FILTER, NAT, "/ip/route/rule", "/routing/rule"],
    },
];

/// What asks for no mark
const UNSET: [&[u8]; 2] = [b"no-mark", b"main"];

/// What chooses a table, or has one of its own, by menu and property
const TABLES: [(&str, &str); 4] = [
    ("/ip/vrf", "name"),
    ("/ip/route/vrf", "routing-mark"),
    ("/ip/route/rule", "table"),
    ("/routing/rule", "table"),
];

/// Scripts, by menu
const SCRIPTS: &[(&str, &[&str])] = &[
    (DHCP_CLIENTS, &["script"]),
    ("/ip/dhcp-server", &["lease-script"]),
    ("/ip/hotspot/user/profile", &["on-login", "on-logout"]),
    ("/ppp/profile", &["on-up", "on-down"]),
    ("/system/scheduler", &["on-event"]),
    ("/system/script", &["source"]),
    (NETWATCH, &["up-script", "down-script", "test-script"]),
];

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{
        Cases, Flagged, Source::Export, defaults, pcc, pcc_v6, two_lines, two_lines_v6,
    };

    Cases {
        flagged: &[
            // A slip of the pen.
            Flagged {
                router: Export(two_lines!(
                    defaults!(),
                    pcc!(),
                    "add action=mark-routing chain=prerouting comment=second connection-mark=ips2 in-interface=bridge new-routing-mark=to-isp2 passthrough=no\n",
                    "/ip firewall nat\nadd action=accept chain=srcnat comment=keep connection-mark=ips2\n"
                )),
                says: &[
                    "connection mark `ips2` is asked for, and no rule sets it: `/ip firewall mangle` `second` never matches",
                ],
                fix: &[],
            },
            Flagged {
                router: Export(two_lines_v6!(
                    defaults!(),
                    pcc_v6!(),
                    "add action=mark-connection chain=prerouting connection-state=new disabled=yes in-interface=bridge new-connection-mark=calls protocol=udp\n",
                    "add action=mark-routing chain=prerouting comment=calls connection-mark=calls in-interface=bridge new-routing-mark=to-isp2 passthrough=no\n",
                    "/ip firewall filter\nadd action=drop chain=forward comment=never routing-mark=to-isp3\n"
                )),
                says: &[
                    "connection mark `calls` is asked for, and the rule that sets it is disabled: `/ip firewall mangle` `calls` never matches",
                    "routing mark `to-isp3` is asked for, and no rule sets it: `/ip firewall filter` `never` never matches",
                ],
                fix: &[],
            },
        ],
        passed: &[
            ("marks that are set", Export(two_lines!(defaults!(), pcc!()))),
            (
                "a block that is disabled as a whole, and what asks for no mark or for any other",
                Export(two_lines!(
                    defaults!(),
                    pcc!(),
                    "add action=mark-connection chain=prerouting disabled=yes in-interface=bridge new-connection-mark=old\n",
                    "add action=mark-routing chain=prerouting connection-mark=old disabled=yes in-interface=bridge new-routing-mark=to-isp2\n",
                    "add action=accept chain=forward connection-mark=!old\n"
                )),
            ),
            (
                "a part of a configuration, without the rules that mark",
                Export(two_lines!(
                    "/ip firewall nat\nadd action=accept chain=srcnat connection-mark=vpn\n",
                    defaults!()
                )),
            ),
            (
                "a mark that a script sets",
                Export(two_lines!(
                    defaults!(),
                    pcc!(),
                    "add action=mark-routing chain=prerouting connection-mark=night in-interface=bridge new-routing-mark=to-isp2 passthrough=no\n",
                    "/system script\nadd name=night source=\"/ip firewall mangle add action=mark-connection chain=prerouting new-connection-mark=night\"\n"
                )),
            ),
            (
                "the mark of a VRF",
                Export(two_lines!(
                    defaults!(),
                    pcc!(),
                    "/ip vrf\nadd interfaces=ether5 name=guests\n",
                    "/ip firewall filter\nadd action=drop chain=forward routing-mark=guests\n"
                )),
            ),
        ],
    }
};
