#![doc = include_str!("pcc_by_ports.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::audit::menus::MANGLE;
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::routeros::router::Row;
use crate::rule::property_subject;
use crate::simulate::Bucket;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("pcc-by-ports"),
    level: Level::Note,
    page: include_str!("pcc_by_ports.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    if !view.has_lines() {
        return Vec::new();
    }
    let by_ports =
        |(_, bucket): &(&Row, Bucket)| CLASSIFIERS.contains(&bucket.classifier) && bucket.denominator > 1;
    let rules: Vec<_> = view.buckets().into_iter().filter(by_ports).collect();
    finding(&rules).into_iter().collect()
}

fn finding(rules: &[(&Row, Bucket)]) -> Option<Diagnostic> {
    let (_, bucket) = rules.first()?;
    let found = RULE
        .finding(format!(
            "`{}` shares the connections of one customer to one host over several lines: sites that look at the address may log him out",
            bucket.classifier
        ))
        .with_help("use `both-addresses`, unless one customer is to have the sum of the lines");
    let subjects = rules
        .iter()
        .map(|(row, _)| property_subject(MANGLE, row, "per-connection-classifier"));
    Some(subjects.fold(found, Diagnostic::about))
}

/// Classifiers that hash the port that a customer sends from, which is another one for every connection
const CLASSIFIERS: [&str; 4] = [
    "both-addresses-and-ports",
    "both-ports",
    "src-address-and-port",
    "src-port",
];

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{
        Cases, Flagged, Source::Export, defaults, pcc, tables, tables_v6, two_lines, two_lines_v6,
    };

    Cases {
        flagged: &[
            Flagged {
                router: Export(two_lines!(
                    defaults!(),
                    tables!(),
                    "/ip firewall mangle\n",
                    "add action=mark-connection chain=prerouting connection-mark=no-mark dst-address-type=!local in-interface=bridge new-connection-mark=isp1 per-connection-classifier=both-addresses-and-ports:2/0\n",
                    "add action=mark-connection chain=prerouting connection-mark=no-mark dst-address-type=!local in-interface=bridge new-connection-mark=isp2 per-connection-classifier=both-addresses-and-ports:2/1\n"
                )),
                says: &[
                    "`both-addresses-and-ports` shares the connections of one customer to one host over several lines: sites that look at the address may log him out",
                ],
                fix: &[],
            },
            Flagged {
                router: Export(two_lines_v6!(
                    defaults!(),
                    tables_v6!(),
                    "/ip firewall mangle\n",
                    "add action=mark-routing chain=prerouting dst-address-type=!local in-interface=bridge new-routing-mark=to-isp1 passthrough=no per-connection-classifier=src-port:2/0\n",
                    "add action=mark-routing chain=prerouting dst-address-type=!local in-interface=bridge new-routing-mark=to-isp2 passthrough=no per-connection-classifier=src-port:2/1\n"
                )),
                says: &[
                    "`src-port` shares the connections of one customer to one host over several lines: sites that look at the address may log him out",
                ],
                fix: &[],
            },
        ],
        passed: &[
            ("both addresses", Export(two_lines!(defaults!(), pcc!()))),
            (
                "the port of the service, which is the same for every connection to it",
                Export(two_lines!(
                    defaults!(),
                    tables!(),
                    "/ip firewall mangle\n",
                    "add action=mark-connection chain=prerouting connection-mark=no-mark dst-address-type=!local in-interface=bridge new-connection-mark=isp1 per-connection-classifier=dst-address-and-port:2/0\n",
                    "add action=mark-connection chain=prerouting connection-mark=no-mark dst-address-type=!local in-interface=bridge new-connection-mark=isp2 per-connection-classifier=dst-address-and-port:2/1\n"
                )),
            ),
        ],
    }
};
