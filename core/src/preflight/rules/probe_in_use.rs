#![doc = include_str!("probe_in_use.md")]

use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::preflight::{Case, Check, Rule};
use crate::routeros::router::{Router, Row};
use crate::site::{Health, LineId};
use crate::survey::{self, foreign_enabled, is_of_main};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("probe-in-use"),
    level: Level::Warning,
    page: include_str!("probe_in_use.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    let is_probed = |id: &LineId| {
        let mut lines = case.site.lines().iter();
        let line = lines.find(|line| line.id() == id);
        line.is_some_and(|line| survey::check(case.site, case.router, line).health == Health::Internet)
    };
    // Where hosts run out there is no plan.
    let probes = survey::probes(case.site, case.router).unwrap_or_default();
    let probed = probes.iter().filter(|(line, _)| is_probed(line));
    probed
        .flat_map(|(line, hosts)| hosts.iter().flat_map(|host| findings(case.router, line, *host)))
        .collect()
}

fn findings(router: &Router, line: &LineId, host: Ipv4Addr) -> Vec<Diagnostic> {
    let finding = |message| {
        RULE.finding(message)
            .with_help("let it be about another host, or name other hosts in `probes` of the line")
            .about(Subject::line(line.as_str()))
    };
    let is_watched = foreign_enabled(router, "/tool/netwatch").any(|row| row.is("host", host.to_string()));
    let watch = is_watched
        .then(|| format!("netwatch pings `{host}`, a probe of line `{line}`: it will see that line alone"));
    let leads_there = |row: &Row| is_of_main(row) && row.is("dst-address", format!("{host}/32"));
    let is_routed = foreign_enabled(router, "/ip/route").any(leads_there);
    let route = is_routed.then(|| {
        format!("a route leads to `{host}`, a probe of line `{line}`: its pings may take another line")
    });
    watch.into_iter().chain(route).map(finding).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::testing::{draft, messages, router};
    use crate::site::Mode;

    #[test]
    fn what_others_do_with_a_probe_is_told() {
        let site = draft(&["ether1", "ether2"]).build().unwrap();
        let found = messages(
            &RULE,
            &site,
            &router(&[
                "/tool/netwatch host=9.9.9.10",
                "/ip/route dst-address=64.6.64.6/32 gateway=192.0.2.1",
            ]),
        );
        assert_eq!(
            found,
            [
                "netwatch pings `9.9.9.10`, a probe of line `isp1`: it will see that line alone",
                "a route leads to `64.6.64.6`, a probe of line `isp2`: its pings may take another line"
            ]
        );
    }

    #[test]
    fn one_of_many_is_told() {
        let site = draft(&["ether1", "ether2"]).build().unwrap();
        let rows = [
            "/tool/netwatch host=1.1.1.1",
            "/tool/netwatch host=208.67.222.220",
        ];
        assert_eq!(messages(&RULE, &site, &router(&rows)).len(), 1);
    }

    #[test]
    fn what_is_ours_or_off_or_about_others_is_not() {
        let rows = [
            "/tool/netwatch host=9.9.9.10 comment=multi-isp:watch:isp1:1",
            "/ip/route dst-address=9.9.9.10/32 comment=multi-isp:probe:isp1:1",
            "/tool/netwatch host=208.67.222.220 disabled=yes",
            "/tool/netwatch host=1.1.1.1",
            "/ip/route dst-address=64.6.64.0/24 gateway=192.0.2.1",
            "/ip/route dst-address=64.6.64.6/32 gateway=192.0.2.1 routing-table=vpn",
        ];
        let lines = draft(&["ether1", "ether2"]);
        let found = |rows: &[&str]| messages(&RULE, &lines.clone().build().unwrap(), &router(rows));
        assert!(found(&rows).is_empty(), "{:?}", found(&rows));
        // A resolver is no probe: another host is.
        let moved = ["/ip/dns servers=9.9.9.10", "/tool/netwatch host=9.9.9.10"];
        assert!(found(&moved).is_empty());
    }

    #[test]
    fn lines_that_probe_nothing_have_none() {
        let watch = router(&["/tool/netwatch host=9.9.9.10"]);
        let mut draft = draft(&["ether1", "ether2"]);
        draft.health = Health::Gateway;
        assert!(messages(&RULE, &draft.clone().build().unwrap(), &watch).is_empty());
        (draft.health, draft.mode) = (Health::Internet, Mode::LoadBalance);
        assert!(messages(&RULE, &draft.build().unwrap(), &watch).is_empty());
    }
}
