#![doc = include_str!("modem_port_missing.md")]

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::audit::menus::PPP_CLIENTS;
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::routeros::router::Row;
use crate::rule::property_subject;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("modem-port-missing"),
    level: Level::Error,
    page: include_str!("modem_port_missing.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    let router = view.router();
    // An export lists no ports but those that somebody changed.
    if !router.is_read(PORTS) || !router.ids_known() {
        return Vec::new();
    }
    let ports: Vec<String> = router
        .table(PORTS)
        .iter()
        .filter_map(|row| Some(row.text("name")?.into_owned()))
        .collect();
    view.rows(PPP_CLIENTS)
        .filter_map(|row| finding(row, &ports))
        .collect()
}

fn finding(row: &Row, ports: &[String]) -> Option<Diagnostic> {
    let (name, port) = (
        row.text("name")?,
        row.text("port").filter(|port| !port.is_empty())?,
    );
    if port
        .split(',')
        .any(|port| ports.iter().any(|known| known == port))
    {
        return None;
    }
    let found = RULE
        .finding(format!(
            "`{name}` dials over port `{port}`, which the router does not have: the line cannot come up"
        ))
        .with_help(
            "look whether the stick is plugged in and seen as a modem, and which name `/port` gives it",
        )
        .about(property_subject(PPP_CLIENTS, row, "port"));
    Some(found)
}

const PORTS: &str = "/port";

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, Source::Rest, with_ppp};

    Cases {
        flagged: &[
            Flagged {
                router: Rest(
                    r#"{"/port": [{".id": "*0", "name": "serial0"}], "/interface/ppp-client": [{".id": "*A", "name": "ppp-out1", "port": "usb1", "apn": "internet", "dial-on-demand": "false", "disabled": "false"}]}"#,
                ),
                says: &[
                    "`ppp-out1` dials over port `usb1`, which the router does not have: the line cannot come up",
                ],
                fix: &[],
            },
            Flagged {
                router: Rest(
                    r#"{"/port": [], "/interface/ppp-client": [{".id": "*A", "name": "stick", "port": "usb3", "apn": "internet", "dial-on-demand": "false", "disabled": "false"}]}"#,
                ),
                says: &[
                    "`stick` dials over port `usb3`, which the router does not have: the line cannot come up",
                ],
                fix: &[],
            },
        ],
        passed: &[
            (
                "a port that is there",
                Rest(
                    r#"{"/port": [{".id": "*1", "name": "usb1"}], "/interface/ppp-client": [{".id": "*A", "name": "ppp-out1", "port": "usb1", "apn": "internet", "dial-on-demand": "false", "disabled": "false"}]}"#,
                ),
            ),
            (
                "ports that nobody read",
                Rest(
                    r#"{"/interface/ppp-client": [{".id": "*A", "name": "ppp-out1", "port": "usb1", "apn": "internet", "dial-on-demand": "false", "disabled": "false"}]}"#,
                ),
            ),
            (
                "an export, which lists no port but those that were changed",
                Export(with_ppp!("/port\nset 0 name=serial0\n")),
            ),
            (
                "a client that is disabled",
                Rest(
                    r#"{"/port": [], "/interface/ppp-client": [{".id": "*A", "name": "ppp-out1", "port": "usb1", "apn": "internet", "dial-on-demand": "false", "disabled": "true"}]}"#,
                ),
            ),
        ],
    }
};
