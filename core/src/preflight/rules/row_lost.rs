#![doc = include_str!("row_lost.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::plan::lost_rows;
use crate::preflight::rows::typed;
use crate::preflight::{Check, Rule};
use crate::routeros::router::Router;
use crate::site::Site;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("row-lost"),
    level: Level::Warning,
    page: include_str!("row_lost.md"),
    check: Check::Leave(check),
};

fn check(_: Option<&Site>, router: &Router) -> Vec<Diagnostic> {
    let lost = lost_rows(router).into_iter();
    let finding = lost.map(|lost| {
        let (menu, row, original) = (typed(&lost.menu), lost.row, lost.original);
        let message = format!(
            "the row of `{menu}` that had `{row}` was changed, and is not found any more: it is not given back its `{original}`"
        );
        RULE.finding(message).with_help(HELP).about(row)
    });
    finding.collect()
}

const HELP: &str = "nothing has to be done where it was removed for good; else give it back what it was known by first, or these values by hand";

#[cfg(test)]
mod tests {
    use std::prelude::rust_2024::*;

    use super::*;
    use crate::preflight::testing::{router, site};

    fn found(rows: &[&str]) -> Vec<String> {
        let router = router(rows);
        let sites = [None, Some(site(&["ether1", "ether2"]))];
        let [off, on] = sites.map(|site| check(site.as_ref(), &router));
        assert_eq!(off, on, "whatever is to be done");
        off.into_iter().map(|finding| finding.message).collect()
    }

    const RECORD: &str = "/system/script name=multi-isp-restore comment=multi-isp:restore:site:1 source=/ip_route_set_[find_where_comment=backup]_disabled=no\n/ip_route_set_[find_where_comment=backup]_distance=2\n/ip_dns_set_servers=1.1.1.1";

    #[test]
    fn a_row_that_is_gone_is_told_once_with_all_that_it_had() {
        let backup = "/ip/route dst-address=0.0.0.0/0 gateway=192.0.2.1 comment=backup disabled=yes";
        assert_eq!(found(&[RECORD, backup]), [""; 0]);
        assert_eq!(
            found(&[RECORD, &backup.replace("=backup", "=standby")]),
            [
                "the row of `/ip route` that had `comment=backup` was changed, and is not found any more: it is not given back its `disabled=no distance=2`"
            ]
        );
        assert_eq!(found(&[]), [""; 0]);
    }

    #[test]
    fn what_cannot_be_read_is_the_plans_to_tell() {
        let edited = RECORD.replace("/ip_dns_set", "/ip_dns_print");
        assert_eq!(found(&[&edited]), [""; 0]);
    }
}
