#![doc = include_str!("client_not_as_described.md")]

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::preflight::{Case, Check, Rule};
use crate::routeros::router::Row;
use crate::site::{Access, Line, Text};
use crate::survey::existing;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("client-not-as-described"),
    level: Level::Error,
    page: include_str!("client_not_as_described.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    let lines = case.site.lines().iter();
    lines.filter_map(|line| finding(case, line)).collect()
}

fn finding(case: &Case<'_>, line: &Line) -> Option<Diagnostic> {
    let client = existing(case.router, line).client?.row;
    let differing: Vec<String> = described(line)
        .into_iter()
        .filter_map(|(property, wanted)| differs(client, property, wanted?))
        .collect();
    if differing.is_empty() {
        return None;
    }
    let (id, name) = (line.id(), line.interface());
    let found = RULE
        .finding(format!(
            "line `{id}`: client `{name}` of the router is another one: {}",
            differing.join(", ")
        ))
        .with_help(
            "leave its port and credentials out of the site to take the client as it is, or give the line's `interface` another name",
        );
    Some(
        found
            .about(Subject::line(id.as_str()))
            .about(Subject::interface(format!("{name}"))),
    )
}

/// What a site says of a client that is its own interface
fn described(line: &Line) -> Vec<(&'static str, Option<&Text>)> {
    match line.access() {
        Access::Pppoe(Some(dial)) => Vec::from([("interface", Some(&dial.port)), ("user", Some(&dial.user))]),
        Access::Ppp(Some(modem)) => Vec::from([
            ("port", Some(&modem.port)),
            ("apn", Some(&modem.apn.name)),
            ("user", modem.apn.user.as_ref()),
        ]),
        _ => Vec::new(),
    }
}

fn differs(client: &Row, property: &str, wanted: &Text) -> Option<String> {
    let has = client.effective(property).unwrap_or_default().into_owned();
    (has.as_bytes() != wanted.as_bytes())
        .then(|| format!("its `{property}` is `{}`, not `{wanted}`", has.to_text()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::testing::{dialled_over, messages, router};

    #[test]
    fn a_client_of_somebody_else_is_the_one_that_is_described() {
        let found = |row: &str| messages(&RULE, &dialled_over("ether2"), &router(&[row]));
        let client = "/interface/pppoe-client name=pppoe-out1";
        assert!(found(&format!("{client} interface=ether2 user=jo")).is_empty());
        assert_eq!(
            found(&format!("{client} interface=ether9 user=ann")),
            [
                "line `isp2`: client `pppoe-out1` of the router is another one: its `interface` is `ether9`, not `ether2`, its `user` is `ann`, not `jo`"
            ]
        );
        assert_eq!(
            found(&format!("{client} interface=ether2 user=ann")),
            ["line `isp2`: client `pppoe-out1` of the router is another one: its `user` is `ann`, not `jo`"]
        );
        let ours = format!("{client} interface=ether9 user=ann comment=multi-isp:pppoe:isp2:1");
        assert!(found(&ours).is_empty(), "applying changes it");
    }
}
