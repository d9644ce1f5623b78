#![doc = include_str!("secret_not_seen.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::preflight::{Check, Rule};
use crate::routeros::router::{Router, Row};
use crate::routeros::schema;
use crate::site::{Access, Site};
use crate::survey::{Role, Tag, tag_of};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("secret-not-seen"),
    level: Level::Warning,
    page: include_str!("secret_not_seen.md"),
    check: Check::Leave(check),
};

fn check(site: Option<&Site>, router: &Router) -> Vec<Diagnostic> {
    let rows = ROLES.iter().flat_map(|role| router.table(role.menu()));
    rows.filter(|row| row.get("user").is_some() && !row.iter().any(|(name, _)| schema::is_secret(name)))
        .filter_map(|row| Some((row, tag(row)?)))
        .filter(|(_, tag)| site.is_none_or(|site| !keeps(site, tag)))
        .map(|(row, tag)| finding(row, &tag))
        .collect()
}

fn finding(row: &Row, tag: &Tag) -> Diagnostic {
    let (menu, name) = (tag.role().menu(), row.text("name").unwrap_or_default());
    let message =
        format!("`{name}` of `{menu}` goes, and its password is not seen: an undo gives it back without one");
    RULE.finding(message)
        .with_help("read the router over REST or with `/export show-sensitive`, or have the password at hand")
        .about(tag.subject())
        .about(name)
}

/// The tag of a row of ours that dials, whichever of the menus it is from
fn tag(row: &Row) -> Option<Tag> {
    let mut tags = ROLES.iter().filter_map(|role| tag_of(role.menu(), row));
    tags.find(|tag| ROLES.contains(&tag.role()))
}

/// Whether the site makes the client of that tag
fn keeps(site: &Site, tag: &Tag) -> bool {
    let role = |access: &Access| match access {
        Access::Pppoe(Some(_)) => Some(Role::Pppoe),
        Access::Ppp(Some(_)) => Some(Role::Ppp),
        Access::Lte(Some(_)) => Some(Role::Apn),
        _ => None,
    };
    let mut lines = site.lines().iter();
    lines.any(|line| *line.id() == *tag.subject() && role(line.access()) == Some(tag.role()))
}

/// What is made with a password
const ROLES: [Role; 3] = [Role::Pppoe, Role::Ppp, Role::Apn];

#[cfg(test)]
mod tests {
    use std::prelude::rust_2024::*;

    use super::*;
    use crate::preflight::testing::{dialled_over, router, site};

    fn found(site: Option<&Site>, row: &str) -> Vec<Vec<String>> {
        let found = check(site, &router(&[row]));
        assert!(found.iter().all(|finding| finding.help.is_some()));
        found.into_iter().map(|finding| finding.subjects).collect()
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
        assert!(found(Some(&dialled_over("ether2")), HIDDEN).is_empty());
        for row in [
            "/interface/pppoe-client name=pppoe-out1 user=jo password=x comment=multi-isp:pppoe:isp2:1",
            "/interface/pppoe-client name=pppoe-out1 user=jo",
            "/interface/lte/apn name=multi-isp-isp2 apn=internet",
        ] {
            assert!(found(None, row).is_empty(), "{row}");
        }
    }
}
