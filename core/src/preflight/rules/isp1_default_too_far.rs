#![doc = include_str!("isp1_default_too_far.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::failover::FARTHEST;
use crate::preflight::{Case, Check, Rule};
use crate::routeros::router::Router;
use crate::site::Line;
use crate::survey::{existing, original};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("isp1-default-too-far"),
    level: Level::Error,
    page: include_str!("isp1_default_too_far.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    let Some((primary, _)) = case.primary_and_new() else {
        return Vec::new();
    };
    // After an apply the default of ISP 1 is a last resort by our own hand.
    let chosen = too_far(case.router, primary).and_then(|_| too_far(&original(case.router), primary));
    let finding = |distance| {
        RULE.finding(format!(
            "line `{}`: its default route stands at distance {distance}, and the other lines would come before it",
            primary.id()
        ))
        .with_help(format!(
            "give it a distance of 1 to {FARTHEST} first: `default-route-distance=1` at its client, or `distance=1` at its route"
        ))
        .about(Subject::line(primary.id().as_str()))
    };
    chosen.map(finding).into_iter().collect()
}

fn too_far(router: &Router, line: &Line) -> Option<u8> {
    existing(router, line)
        .default_distance
        .filter(|&distance| distance > FARTHEST)
}

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use super::*;
    use crate::preflight::testing::{draft, messages, router, site, static_access};
    use crate::site::Health;

    fn found(rows: &[&str]) -> Vec<String> {
        messages(&RULE, &site(&["ether1", "ether2"]), &router(rows))
    }

    const CLIENT: &str = "/ip/dhcp-client interface=ether1 default-route-distance";

    #[test]
    fn a_client_with_no_room_behind_it_is_told() {
        assert_eq!(
            found(&[&format!("{CLIENT}=150")]),
            [
                "line `isp1`: its default route stands at distance 150, and the other lines would come before it"
            ]
        );
        assert_eq!(found(&[&format!("{CLIENT}=101")]).len(), 1);
        assert_eq!(found(&[&format!("{CLIENT}=201")]).len(), 1);
        let mut draft = draft(&["ether1", "ether2"]);
        draft.health = Health::Link;
        let far = router(&[&format!("{CLIENT}=150")]);
        assert_eq!(messages(&RULE, &draft.build().unwrap(), &far).len(), 1);
    }

    #[test]
    fn a_static_route_counts_and_the_nearest_decides() {
        let mut draft = draft(&["ether1", "ether2"]);
        draft.lines[0].access = static_access("198.51.100.2/30", "198.51.100.1");
        let site = draft.build().unwrap();
        let route = |distance: u8| {
            format!("/ip/route dst-address=0.0.0.0/0 gateway=198.51.100.1 distance={distance}")
        };
        let found = |rows: &[&str]| messages(&RULE, &site, &router(rows)).len();
        assert_eq!(found(&[&route(110)]), 1);
        assert_eq!(found(&[&route(110), &route(2)]), 0);
    }

    #[test]
    fn near_ones_and_those_of_other_lines_pass() {
        assert!(found(&[&format!("{CLIENT}=100")]).is_empty());
        assert!(found(&["/ip/dhcp-client interface=ether1"]).is_empty());
        assert!(found(&["/ip/dhcp-client interface=ether2 default-route-distance=150"]).is_empty());
        assert!(found(&[&format!("{CLIENT}=150 add-default-route=no")]).is_empty());
        assert!(found(&[]).is_empty());
    }

    #[test]
    fn what_was_chosen_counts_after_an_apply() {
        let export = |chosen: u8| {
            format!(
                "# 2026-01-05 10:00:00 by RouterOS 7.22.3\n\
                /ip dhcp-client\nadd default-route-distance=201 interface=ether1\n\
                /system script\nadd comment=multi-isp:restore:site:1 name=multi-isp-restore \
                source=\"/ip dhcp-client set [find where interface=ether1] default-route-distance={chosen}\"\n"
            )
        };
        let found = |chosen| {
            let router = Router::from_export(export(chosen).as_bytes(), None).unwrap();
            messages(&RULE, &site(&["ether1", "ether2"]), &router).len()
        };
        assert_eq!((found(1), found(150)), (0, 1));
    }
}
