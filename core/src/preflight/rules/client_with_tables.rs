#![doc = include_str!("client_with_tables.md")]

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::preflight::{Case, Check, Rule};
use crate::routeros::router::Row;
use crate::rule::row_subject;
use crate::site::Line;
use crate::survey::existing;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("client-with-tables"),
    level: Level::Error,
    page: include_str!("client_with_tables.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    let finding = |line: &Line| {
        let client = existing(case.router, line)
            .client
            .filter(|client| client.adds_default())?;
        Some(finding(
            line,
            client.menu,
            client.row,
            &distance_in_main(client.row)?,
        ))
    };
    case.changed_lines().filter_map(finding).collect()
}

/// What gives a client's default of the main table its distance, as `main:1`; `default` is that table too
fn distance_in_main(client: &Row) -> Option<String> {
    let tables = client.text("default-route-tables")?;
    let of_main = |entry: &&str| entry.starts_with("main:") || entry.starts_with("default:");
    tables.split(',').find(of_main).map(String::from)
}

fn finding(line: &Line, menu: &str, client: &Row, entry: &str) -> Diagnostic {
    let id = line.id();
    RULE.finding(format!(
        "line `{id}`: its client has the distance of its default in `default-route-tables`, as `{entry}`, and `default-route-distance` moves nothing"
    ))
    .with_help("take `default-route-tables` from the client and give its distance by `default-route-distance`")
    .about(Subject::line(id.as_str()))
    .about(row_subject(menu, client))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::testing::{draft, messages, router};
    use crate::site::Health;

    fn found(health: Health, client: &str) -> Vec<String> {
        let mut draft = draft(&["ether1", "ether2"]);
        draft.health = health;
        let client = format!("/ip/dhcp-client {client}");
        messages(&RULE, &draft.build().unwrap(), &router(&[&client]))
    }

    #[test]
    fn a_distance_that_applying_cannot_move_is_told() {
        assert_eq!(
            found(Health::Link, "interface=ether2 default-route-tables=vpn:5,main:1"),
            [
                "line `isp2`: its client has the distance of its default in `default-route-tables`, as `main:1`, and `default-route-distance` moves nothing"
            ]
        );
        assert_eq!(
            found(
                Health::Link,
                "interface=ether2 default-route-tables=default:3 disabled=yes"
            )
            .len(),
            1
        );
        assert_eq!(
            found(Health::Internet, "interface=ether1 default-route-tables=main:1").len(),
            1
        );
    }

    #[test]
    fn what_is_not_moved_or_can_be_passes() {
        let passes = |health, client: &str| assert_eq!(found(health, client), [""; 0], "{client}");
        passes(Health::Link, "interface=ether1 default-route-tables=main:1");
        passes(Health::Internet, "interface=ether2 default-route-tables=main");
        passes(Health::Internet, "interface=ether2 default-route-tables=default");
        passes(Health::Internet, "interface=ether2 default-route-tables=vpn:1");
        passes(Health::Internet, "interface=ether3 default-route-tables=main:1");
        passes(
            Health::Internet,
            "interface=ether2 default-route-tables=main:1 add-default-route=no",
        );
        passes(
            Health::Internet,
            "interface=ether2 default-route-tables=main:1 comment=multi-isp:client:isp2:1",
        );
    }
}
