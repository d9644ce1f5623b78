#![doc = include_str!("secret_not_seen.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::preflight::clients::{OwnClient, own_clients};
use crate::preflight::{Check, Rule};
use crate::routeros::router::Router;
use crate::routeros::schema;
use crate::site::Site;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("secret-not-seen"),
    level: Level::Warning,
    page: include_str!("secret_not_seen.md"),
    check: Check::Leave(check),
};

fn check(site: Option<&Site>, router: &Router) -> Vec<Diagnostic> {
    let goes =
        |client: &OwnClient<'_>| site.is_none_or(|site| !site.lines().iter().any(|line| client.is_of(line)));
    let clients = own_clients(router).into_iter();
    clients
        .filter(|client| goes(client) && hides_password(client))
        .map(|client| finding(&client))
        .collect()
}

/// Whether the picture of the router shows a user and no password
fn hides_password(client: &OwnClient<'_>) -> bool {
    client.row.get("user").is_some() && !client.row.iter().any(|(name, _)| schema::is_secret(name))
}

fn finding(client: &OwnClient<'_>) -> Diagnostic {
    let menu = client.tag.role().menu();
    let name = client.row.text("name").unwrap_or_default();
    let message =
        format!("`{name}` of `{menu}` goes, and its password is not seen: an undo gives it back without one");
    RULE.finding(message)
        .with_help("read the router over REST or with `/export show-sensitive`, or have the password at hand")
        .about(Subject::line(client.tag.subject()))
        .about(Subject::interface(name))
}

#[cfg(test)]
mod tests {
    use std::prelude::rust_2024::*;

    use super::*;
    use crate::preflight::testing::{dialled_over, names, router, site};

    fn found(site: Option<&Site>, row: &str) -> Vec<Vec<String>> {
        let found = check(site, &router(&[row]));
        assert!(found.iter().all(|finding| finding.help.is_some()));
        found.iter().map(names).collect()
    }

    const HIDDEN: &str = "/interface/pppoe-client name=pppoe-out1 user=jo comment=multi-isp:pppoe:isp2:1";

    #[test]
    fn a_client_of_ours_that_goes_is_named() {
        assert_eq!(found(None, HIDDEN), [["isp2", "pppoe-out1"]]);
        assert_eq!(
            found(Some(&site(&["ether1", "ether2"])), HIDDEN),
            [["isp2", "pppoe-out1"]]
        );
        assert_eq!(
            found(
                None,
                "/interface/lte/apn name=multi-isp-isp2 apn=internet user=jo"
            ),
            [["isp2", "multi-isp-isp2"]]
        );
    }

    #[test]
    fn what_stays_is_seen_or_is_not_ours_passes() {
        let site = dialled_over("ether2");
        assert!(found(Some(&site), HIDDEN).is_empty());
        let of_another_id = HIDDEN.replace("isp2", "dsl");
        assert!(found(Some(&site), &of_another_id).is_empty());
        assert_eq!(
            found(Some(&site), &of_another_id.replace("out1", "out2")).len(),
            1
        );
        for row in [
            "/interface/pppoe-client name=pppoe-out1 user=jo password=x comment=multi-isp:pppoe:isp2:1",
            "/interface/pppoe-client name=pppoe-out1 user=jo",
            "/interface/lte/apn name=multi-isp-isp2 apn=internet",
        ] {
            assert!(found(None, row).is_empty(), "{row}");
        }
    }
}
