#![doc = include_str!("password_not_compared.md")]

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::preflight::clients::own_client;
use crate::preflight::{Case, Check, Rule};
use crate::site::{Access, Line};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("password-not-compared"),
    level: Level::Note,
    page: include_str!("password_not_compared.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    let lines = case.site.lines().iter();
    lines.filter_map(|line| finding(case, line)).collect()
}

fn finding(case: &Case<'_>, line: &Line) -> Option<Diagnostic> {
    let row = own_client(case.router, line)?.row;
    let unseen: Vec<String> = given(line.access())
        .into_iter()
        .filter(|property| row.get(property).is_none())
        .map(|property| format!("`{property}`"))
        .collect();
    if unseen.is_empty() {
        return None;
    }
    let (id, name) = (line.id(), row.text("name").unwrap_or_default());
    let found = RULE.finding(format!(
        "line `{id}`: the picture of the router hides {} of `{name}`: what the site gives is not compared",
        unseen.join(" and ")
    ));
    let help = "if it changed, read the router over REST or with `/export show-sensitive`, and plan again";
    Some(
        found
            .with_help(help)
            .about(Subject::line(id.as_str()))
            .about(Subject::interface(name)),
    )
}

/// The secret properties that a site gives to the client of a line
fn given(access: &Access) -> Vec<&'static str> {
    let secrets = match access {
        Access::Pppoe(Some(dial)) => [(PASSWORD, dial.password.is_some()), (PIN, false)],
        Access::Lte(Some(apn)) => [(PASSWORD, apn.password.is_some()), (PIN, false)],
        Access::Ppp(Some(modem)) => [
            (PASSWORD, modem.apn.password.is_some()),
            (PIN, modem.pin.is_some()),
        ],
        _ => return Vec::new(),
    };
    let given = secrets.into_iter().filter(|(_, is_given)| *is_given);
    given.map(|(property, _)| property).collect()
}

const PASSWORD: &str = "password";
const PIN: &str = "pin";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::testing::{dialled_over, messages, router, site};
    use crate::site::Site;

    fn site_of(access: &str) -> Site {
        let json = format!(
            r#"{{"schema": "multi-isp/site/1", "mode": "failover", "lines": [
                {{"id": "isp1", "interface": "ether1", "access": {{"type": "dhcp"}}, "mbps": 100}},
                {{"id": "isp2", "interface": "out1", "access": {access}, "mbps": 100}}]}}"#
        );
        Site::from_json(json.as_bytes()).unwrap()
    }

    const DIAL: &str = r#"{"type": "pppoe", "port": "ether2", "user": "jo", "password": "x"}"#;
    const HIDDEN: &str = "/interface/pppoe-client name=out1 user=jo comment=multi-isp:pppoe:isp2:1";

    #[test]
    fn a_password_that_an_export_hides_is_not_compared() {
        assert_eq!(
            messages(&RULE, &site_of(DIAL), &router(&[HIDDEN])),
            [
                "line `isp2`: the picture of the router hides `password` of `out1`: what the site gives is not compared"
            ]
        );
        let modem = r#"{"type": "ppp", "port": "usb1", "apn": "internet", "password": "x", "pin": "1234"}"#;
        let hidden = "/interface/ppp-client name=out1 port=usb1 comment=multi-isp:ppp:isp2:1";
        assert_eq!(
            messages(&RULE, &site_of(modem), &router(&[hidden])),
            [
                "line `isp2`: the picture of the router hides `password` and `pin` of `out1`: what the site gives is not compared"
            ]
        );
        let half = [hidden, " password=x"].concat();
        assert_eq!(
            messages(&RULE, &site_of(modem), &router(&[&half])),
            [
                "line `isp2`: the picture of the router hides `pin` of `out1`: what the site gives is not compared"
            ]
        );
        let apn = r#"{"type": "lte", "apn": "internet", "user": "jo", "password": "x"}"#;
        let profile = "/interface/lte/apn name=multi-isp-isp2 apn=internet user=jo";
        assert_eq!(messages(&RULE, &site_of(apn), &router(&[profile])).len(), 1);
    }

    #[test]
    fn nothing_to_compare_passes() {
        let seen = [HIDDEN, " password=y"].concat();
        assert!(messages(&RULE, &site_of(DIAL), &router(&[&seen])).is_empty());
        assert!(messages(&RULE, &site_of(DIAL), &router(&[])).is_empty());
        let foreign = "/interface/pppoe-client name=out1 user=jo";
        assert!(messages(&RULE, &site_of(DIAL), &router(&[foreign])).is_empty());
        assert!(messages(&RULE, &dialled_over("ether2"), &router(&[HIDDEN])).is_empty());
        assert!(messages(&RULE, &site(&["ether1", "ether2"]), &router(&[HIDDEN])).is_empty());
    }
}
