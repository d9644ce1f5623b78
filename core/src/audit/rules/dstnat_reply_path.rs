#![doc = include_str!("dstnat_reply_path.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::audit::menus::NAT;
use crate::audit::view::{is_lost_by, lost};
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::rule::{named, row_subject};
use crate::simulate::{Cause, Class, Way};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("dstnat-reply-path"),
    level: Level::Warning,
    page: include_str!("dstnat_reply_path.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    if view.is_guessed() {
        return Vec::new();
    }
    view.forwarded()
        .filter_map(|class| finding(view, class, &misled(view, class)?))
        .collect()
}

/// The way of a forwarded connection whose answers leave by another line than it came in by, with all lines up
fn misled(view: &View<'_>, class: &Class) -> Option<Way> {
    let trace = view.trace(&class.traffic, None);
    lost(&trace)
        .find(|way| is_lost_by(way, &Cause::WrongLine))
        .cloned()
}

fn finding(view: &View<'_>, class: &Class, way: &Way) -> Option<Diagnostic> {
    let row = view.row(class.rule.as_ref()?)?;
    let line = class.by.as_ref()?.to_text();
    let found = RULE
        .finding(format!("what rule {} forwards from `{line}` is answered by another line", named(row)))
        .with_help("mark connections that come in over each line, in prerouting, and route packets of the LAN by that mark")
        .about(row_subject(NAT, row))
        .about(Subject::interface(line))
        .shown_by(view.evidence(way));
    Some(found)
}

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, defaults, pcc, tables, two_lines};

    Cases {
        flagged: &[
            Flagged {
                router: Export(two_lines!(
                    "/ip firewall nat\nadd action=dst-nat chain=dstnat comment=camera dst-port=8443 in-interface-list=WAN protocol=tcp to-addresses=192.168.88.20\n",
                    defaults!()
                )),
                says: &["what rule `camera` forwards from `ether2` is answered by another line"],
                fix: &[],
            },
            // Marked in input alone, which forwarded packets never pass.
            Flagged {
                router: Export(two_lines!(
                    "/ip firewall nat\nadd action=dst-nat chain=dstnat comment=mail dst-address=198.51.100.2 dst-port=25 protocol=tcp to-addresses=192.168.88.25\n",
                    defaults!(),
                    tables!(),
                    "/ip firewall mangle\n",
                    "add action=mark-connection chain=input in-interface=ether2 new-connection-mark=isp2\n",
                    "add action=mark-routing chain=output connection-mark=isp2 new-routing-mark=to-isp2\n"
                )),
                says: &["what rule `mail` forwards from `ether2` is answered by another line"],
                fix: &[],
            },
        ],
        passed: &[
            (
                "connections that are marked where they come in",
                Export(two_lines!(
                    "/ip firewall nat\nadd action=dst-nat chain=dstnat dst-port=8443 in-interface-list=WAN protocol=tcp to-addresses=192.168.88.20\n",
                    defaults!(),
                    pcc!()
                )),
            ),
            (
                "what is forwarded from the line that main prefers",
                Export(two_lines!(
                    "/ip firewall nat\nadd action=dst-nat chain=dstnat dst-port=8443 in-interface=ether1 protocol=tcp to-addresses=192.168.88.20\n",
                    defaults!()
                )),
            ),
        ],
    }
};
