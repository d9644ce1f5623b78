#![doc = include_str!("dynamic_client.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::preflight::{Case, Check, Rule};
use crate::routeros::router::Row;
use crate::site::{Access, Line};
use crate::survey::interfaces::find;
use crate::survey::{InterfaceKind, dhcp_client, follows_lease};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("dynamic-client"),
    level: Level::Error,
    page: include_str!("dynamic_client.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    let lines = case.site.lines().iter();
    lines
        .filter(|line| is_out_of_reach(case, line))
        .map(finding)
        .collect()
}

/// Whether the client of a line would have to change, and cannot
fn is_out_of_reach(case: &Case<'_>, line: &Line) -> bool {
    let is_primary = case
        .site
        .lines()
        .first()
        .is_some_and(|first| first.id() == line.id());
    let stays = is_primary && !follows_lease(case.site, case.router, line);
    let name = line.interface().as_bytes();
    let is_modem = || find(case.router, name).is_some_and(|known| known.kind == InterfaceKind::Lte);
    let client = dhcp_client(case.router, name);
    match line.access() {
        Access::Dhcp if stays => false,
        Access::Dhcp => client.map_or_else(is_modem, Row::dynamic),
        Access::Static { .. } => client.is_some_and(Row::dynamic),
        _ => false,
    }
}

fn finding(line: &Line) -> Diagnostic {
    let (id, interface) = (line.id(), line.interface());
    RULE.finding(format!(
        "line `{id}`: modem `{interface}` has a DHCP client of its own or none, which nothing can put behind the other lines"
    ))
    .with_help("describe a modem that RouterOS drives as `lte`; switch a HiLink stick to such a mode, or use one that shows up as an Ethernet port")
    .about(Subject::line(id.as_str()))
    .about(Subject::interface(format!("{interface}")))
}

#[cfg(test)]
mod tests {
    use std::prelude::rust_2024::*;

    use super::*;
    use crate::preflight::testing::{draft, rest, router, site, static_access, subjects};
    use crate::site::Health;

    const HILINK: &str = r#"{"/interface/lte": [{"name": "lte1"}], "/ip/dhcp-client": [
        {".id": "*1", "interface": "ether1"},
        {".id": "*80000001", "interface": "lte1", "dynamic": "true", "status": "bound", "gateway": "192.168.8.1"}]}"#;

    #[test]
    fn the_client_of_a_stick_cannot_be_changed() {
        assert_eq!(
            subjects(&RULE, &site(&["ether1", "lte1"]), &rest(HILINK)),
            [["isp2", "lte1"]]
        );
        let mut draft = draft(&["ether1", "lte1"]);
        draft.lines[1].access = static_access("192.168.8.100/24", "192.168.8.1");
        assert_eq!(subjects(&RULE, &draft.build().unwrap(), &rest(HILINK)).len(), 1);
    }

    #[test]
    fn an_export_shows_no_such_client() {
        let both = site(&["ether1", "lte1"]);
        assert_eq!(
            subjects(&RULE, &both, &router(&["/interface/lte name=lte1"])),
            [["isp2", "lte1"]]
        );
        let own = ["/interface/lte name=lte1", "/ip/dhcp-client interface=lte1"];
        assert!(
            subjects(&RULE, &both, &router(&own)).is_empty(),
            "somebody added it: it can be changed"
        );
        let port = router(&["/interface/ethernet name=stick"]);
        assert!(
            subjects(&RULE, &site(&["ether1", "stick"]), &port).is_empty(),
            "a stick that shows up as a port"
        );
    }

    #[test]
    fn isp_1_may_keep_it_where_nothing_of_it_changes() {
        let mut draft = draft(&["lte1", "ether1"]);
        assert_eq!(
            subjects(&RULE, &draft.clone().build().unwrap(), &rest(HILINK)),
            [["isp1", "lte1"]]
        );
        draft.health = Health::Link;
        assert!(subjects(&RULE, &draft.build().unwrap(), &rest(HILINK)).is_empty());
    }
}
