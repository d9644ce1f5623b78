#![doc = include_str!("redirect_marked.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::audit::local::SentOut;
use crate::audit::menus::{MANGLE, NAT};
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Fix, Level};
use crate::routeros::router::Row;
use crate::rule::{named, row_subject};
use crate::simulate::{Cause, Protocol, SOMEWHERE};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("redirect-marked"),
    level: Level::Error,
    page: include_str!("redirect_marked.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    faults(view)
        .iter()
        .map(|(row, sent)| finding(view, row, sent))
        .collect()
}

/// The rules that send customers' packets to the router itself, of which some leave by a line
fn faults<'a>(view: &View<'a>) -> Vec<(&'a Row, SentOut)> {
    let mut found = Vec::new();
    let redirects = view
        .rows(NAT)
        .filter(|row| row.is("chain", "dstnat") && row.is("action", "redirect"));
    for (row, service) in redirects.filter_map(|row| Some((row, service(row)?))) {
        let sent = |class| view.sent_out(class, SOMEWHERE, service, &Cause::NotReceived);
        found.extend(view.customers().filter_map(sent).map(|sent| (row, sent)));
    }
    found
}

/// The protocol and the first port of a rule
fn service(row: &Row) -> Option<(Protocol, Option<u16>)> {
    let protocol = match row.text("protocol")?.as_ref() {
        "tcp" | "6" => Protocol::Tcp,
        "udp" | "17" => Protocol::Udp,
        _ => return None,
    };
    let ports = row.text("dst-port")?;
    Some((protocol, Some(ports.split([',', '-']).next()?.parse().ok()?)))
}

fn finding(view: &View<'_>, row: &Row, sent: &SentOut) -> Diagnostic {
    let from = sent.from.to_text();
    let found = RULE
        .finding(format!(
            "what rule {} redirects to the router from `{from}` has a routing mark already, and leaves by a line instead",
            named(row)
        ))
        .with_help("accept in prerouting mangle what is redirected, by protocol and port, before it is marked")
        .about(row_subject(NAT, row));
    let marks = view.routing_marks_of(&sent.way).into_iter();
    marks
        .fold(found, |found, mark| found.about(row_subject(MANGLE, mark)))
        .shown_by(view.evidence(&sent.way))
        .fixed_by(fix(view, row, sent))
}

fn fix(view: &View<'_>, row: &Row, sent: &SentOut) -> Option<Fix> {
    let (protocol, ports) = (row.text("protocol")?, row.text("dst-port")?);
    let matchers = [[("protocol", &*protocol), ("dst-port", &*ports)]];
    let is_faulty = |mended: &View<'_>| {
        let mut left = faults(mended).into_iter();
        left.any(|(other, still)| other.id() == row.id() && still.from == sent.from)
    };
    view.leave_alone("leave alone what is redirected", &sent.from, &matchers, is_faulty)
}

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, defaults, marks, pcc, tables, two_lines};

    Cases {
        flagged: &[
            Flagged {
                router: Export(two_lines!(
                    "/ip firewall nat\nadd action=redirect chain=dstnat comment=dns dst-port=53 in-interface=bridge protocol=udp\n",
                    defaults!(),
                    pcc!()
                )),
                says: &[
                    "what rule `dns` redirects to the router from `bridge` has a routing mark already, and leaves by a line instead",
                ],
                fix: &[
                    "/ip firewall mangle add chain=prerouting in-interface=bridge protocol=udp dst-port=53 place-before=[find where chain=\"prerouting\" and dst-address=192.168.88.0/24 and in-interface=\"bridge\" and comment=\"\" and dynamic=no]",
                ],
            },
            Flagged {
                router: Export(two_lines!(
                    "/ip firewall nat\nadd action=redirect chain=dstnat comment=proxy dst-port=80 in-interface=bridge protocol=tcp to-ports=8080\n",
                    defaults!(),
                    tables!(),
                    "/ip firewall mangle\nadd action=mark-routing chain=prerouting comment=all dst-address-type=!local in-interface=bridge new-routing-mark=to-isp2 passthrough=no dst-address=!192.168.0.0/16\n"
                )),
                says: &[
                    "what rule `proxy` redirects to the router from `bridge` has a routing mark already, and leaves by a line instead",
                ],
                fix: &[
                    "/ip firewall mangle add chain=prerouting in-interface=bridge protocol=tcp dst-port=80 place-before=[find where comment=\"all\"]",
                ],
            },
        ],
        passed: &[
            (
                "what is redirected and left alone before",
                Export(two_lines!(
                    "/ip firewall nat\nadd action=redirect chain=dstnat dst-port=53 in-interface=bridge protocol=udp\n",
                    "/ip firewall mangle\nadd action=accept chain=prerouting dst-port=53 in-interface=bridge protocol=udp\n",
                    defaults!(),
                    tables!(),
                    marks!()
                )),
            ),
            (
                "nothing is marked",
                Export(two_lines!(
                    "/ip firewall nat\nadd action=redirect chain=dstnat dst-port=53 in-interface=bridge protocol=udp\n",
                    defaults!()
                )),
            ),
        ],
    }
};
