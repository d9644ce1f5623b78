#![doc = include_str!("fasttrack_with_marks.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::audit::menus::{FILTER, MANGLE};
use crate::audit::torn::is_fasttracked;
use crate::audit::view::called;
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::routeros::router::Row;
use crate::rule::{property_subject, typed};
use crate::simulate::{Class, Way, What};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("fasttrack-with-marks"),
    level: Level::Error,
    page: include_str!("fasttrack_with_marks.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    let mut seen = Vec::new();
    for (class, way) in view.torn().into_iter().filter(|(_, way)| is_fasttracked(way)) {
        if let Some((menu, row)) = fasttrack_rule(view, &way).filter(|(_, row)| !seen.contains(&row.id())) {
            seen.push(row.id());
            found.push(finding(view, (menu, row), class, &way));
        }
    }
    found
}

/// The rule that put the connection on the fast path
fn fasttrack_rule<'a>(view: &View<'a>, way: &Way) -> Option<(&'static str, &'a Row)> {
    let mut events = way.packets.iter().flat_map(|packet| &packet.events);
    let event = events.find(|event| matches!(event.what, What::FastTrack))?;
    let named = event.row.as_ref()?;
    let menu = MENUS.into_iter().find(|menu| *menu == named.menu)?;
    Some((menu, view.row(named)?))
}

fn finding(view: &View<'_>, (menu, row): (&str, &Row), class: &Class, way: &Way) -> Diagnostic {
    let message = format!(
        "FastTrack in `{}` takes connections of {} that are marked for another line than main's: they are lost after their first packets",
        typed(menu),
        called(class)
    );
    // A mark of its own means something that nobody here knows.
    let has_mark = row.get("connection-mark").is_some();
    let limit = || {
        view.set(
            "leave marked connections off the fast path",
            (menu, row),
            &[("connection-mark", "no-mark")],
        )
    };
    RULE.finding(message)
        .with_help("limit the rule to `connection-mark=no-mark`")
        .about(property_subject(menu, row, "action"))
        .shown_by(view.evidence(way))
        .fixed_by(if has_mark { None } else { limit() })
}

const MENUS: [&str; 2] = [FILTER, MANGLE];

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{
        Cases, Flagged, Source::Export, defaults, pcc, pcc_v6, two_lines, two_lines_v6,
    };

    Cases {
        flagged: &[
            Flagged {
                router: Export(two_lines!(
                    "/ip firewall filter\nadd action=fasttrack-connection chain=forward connection-state=established,related\n",
                    defaults!(),
                    pcc!()
                )),
                says: &[
                    "FastTrack in `/ip firewall filter` takes connections of the customers that are marked for another line than main's: they are lost after their first packets",
                ],
                fix: &[
                    "/ip firewall filter set [find where action=fasttrack-connection and chain=\"forward\" and comment=\"\" and dynamic=no] connection-mark=no-mark",
                ],
            },
            Flagged {
                router: Export(two_lines_v6!(
                    "/ip firewall filter\nadd action=fasttrack-connection chain=forward comment=speed connection-state=established,related\n",
                    defaults!(),
                    pcc_v6!()
                )),
                says: &[
                    "FastTrack in `/ip firewall filter` takes connections of the customers that are marked for another line than main's: they are lost after their first packets",
                ],
                fix: &["/ip firewall filter set [find where comment=\"speed\"] connection-mark=no-mark"],
            },
        ],
        passed: &[
            (
                "unmarked connections alone",
                Export(two_lines!(
                    "/ip firewall filter\nadd action=fasttrack-connection chain=forward connection-mark=no-mark connection-state=established,related\n",
                    defaults!(),
                    pcc!()
                )),
            ),
            (
                "fail-over without marks",
                Export(two_lines!(
                    "/ip firewall filter\nadd action=fasttrack-connection chain=forward connection-state=established,related\n",
                    defaults!()
                )),
            ),
            (
                "what goes between LANs",
                Export(two_lines!(
                    "/ip firewall filter\nadd action=fasttrack-connection chain=forward connection-state=established,related out-interface=bridge in-interface=bridge\n",
                    defaults!(),
                    pcc!()
                )),
            ),
        ],
    }
};
