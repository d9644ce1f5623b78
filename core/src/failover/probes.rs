//! Which far hosts tell whether a line reaches the internet.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use crate::diagnostic::{Code, Diagnostic, Subject};
use crate::document::DocumentErrors;
use crate::site::{Dns, Health, Line, LineId, Site};

/// Probe hosts of every line whose health check is `internet`, by priority
///
/// A line has the hosts that its operator chose; else those that it has on the router already, `held`, because a probe is never
/// moved from one line to another; else two of the library's: those of its place, and for one that is in use another that is
/// left, of another operator if there is one. `avoid` are the resolvers that the router or its customers use;
/// those of the site and its management endpoints are avoided as well. A host is never shared, because it is reached over one
/// line only; a line's hosts do not change with the health checks of others.
///
/// # Errors
///
/// All of: `probe-is-resolver` where a host that the operator chose is to be avoided, `too-few-probes` where fewer than two are
/// left.
pub fn allot_probes(
    site: &Site,
    avoid: &[Ipv4Addr],
    held: &[(LineId, Vec<Ipv4Addr>)],
) -> Result<Vec<(LineId, Vec<Ipv4Addr>)>, DocumentErrors> {
    let mut faults = chosen_resolvers(site, avoid);
    let mut left = Vec::from(HOSTS);
    left.retain(|host| !is_taken(site, avoid, host.address));
    let mut allotted = held_hosts(site, held, &mut left);
    own_hosts(site, &mut allotted, &mut left);
    for ((line, _), hosts) in probed(site).zip(&mut allotted) {
        if line.probes().is_none() {
            fill(hosts, &mut left);
        }
        if hosts.len() < A_LINE {
            faults.push(too_few(line));
        }
    }
    DocumentErrors::unless_empty(faults)?;
    let address = |hosts: Vec<Host>| hosts.iter().map(|host| host.address).collect();
    Ok(probed(site)
        .zip(allotted)
        .map(|((line, _), hosts)| (line.id().clone(), address(hosts)))
        .collect())
}

/// Lines with a far health check, and their places
fn probed(site: &Site) -> impl Iterator<Item = (&Line, usize)> {
    site.lines()
        .iter()
        .zip(1..)
        .filter(|(line, _)| line.health() == Health::Internet)
}

/// What each line has on the router already and may keep
fn held_hosts(site: &Site, held: &[(LineId, Vec<Ipv4Addr>)], left: &mut Vec<Host>) -> Vec<Vec<Host>> {
    let mut take = |address: Ipv4Addr| {
        let at = left.iter().position(|host| host.address == address)?;
        Some(left.remove(at))
    };
    let of_line = |(line, _): (&Line, usize)| {
        let own = held
            .iter()
            .filter(|(id, _)| id == line.id() && line.probes().is_none());
        let hosts = own.flat_map(|(_, hosts)| hosts.iter().copied());
        hosts.filter_map(&mut take).take(A_LINE).collect()
    };
    probed(site).map(of_line).collect()
}

/// What each line has before others are asked: the operator's choice, or what is free of its own place
fn own_hosts(site: &Site, allotted: &mut [Vec<Host>], left: &mut Vec<Host>) {
    for ((line, place), hosts) in probed(site).zip(allotted) {
        match line.probes() {
            Some(chosen) => hosts.extend(chosen.iter().map(|&address| Host {
                address,
                operator: "",
                place,
            })),
            None => {
                let operators: BTreeSet<&str> = hosts.iter().map(|host| host.operator).collect();
                let is_own = |host: &mut Host| host.place == place && !operators.contains(host.operator);
                let missing = A_LINE.saturating_sub(hosts.len());
                hosts.extend(left.extract_if(.., is_own).take(missing));
            }
        }
    }
}

/// Adds hosts that are left until there are two, of another operator if possible and of the last places first: they are the
/// ones that a line added later would miss least
fn fill(hosts: &mut Vec<Host>, left: &mut Vec<Host>) {
    while hosts.len() < A_LINE {
        let operators: BTreeSet<&str> = hosts.iter().map(|host| host.operator).collect();
        let other = left.iter().rposition(|host| !operators.contains(host.operator));
        let Some(at) = other.or(left.len().checked_sub(1)) else {
            return;
        };
        hosts.push(left.remove(at));
    }
}

fn is_taken(site: &Site, avoid: &[Ipv4Addr], address: Ipv4Addr) -> bool {
    let is_chosen = site
        .lines()
        .iter()
        .filter_map(Line::probes)
        .any(|chosen| chosen.contains(&address));
    let is_resolver = matches!(site.dns(), Dns::Servers(servers) if servers.contains(&address));
    let is_management = site.management().iter().any(|prefix| prefix.contains(&address));
    is_chosen || is_resolver || is_management || avoid.contains(&address)
}

fn chosen_resolvers(site: &Site, avoid: &[Ipv4Addr]) -> Vec<Diagnostic> {
    let chosen = probed(site).flat_map(|(line, _)| {
        line.probes()
            .unwrap_or_default()
            .iter()
            .map(move |host| (line, host))
    });
    let in_use = chosen.filter(|(_, host)| avoid.contains(host));
    let fault = |(line, host): (&Line, &Ipv4Addr)| {
        let message = format!(
            "line `{}`: probe host `{host}` is a resolver of the router or its customers",
            line.id()
        );
        Diagnostic::error(PROBE_IS_RESOLVER, message)
            .with_help(
                "probe another host: this one is reached over one line only, and names would be lost with it",
            )
            .about(Subject::line(line.id().as_str()))
    };
    in_use.map(fault).collect()
}

fn too_few(line: &Line) -> Diagnostic {
    Diagnostic::error(
        TOO_FEW_PROBES,
        format!("line `{}`: fewer than two probe hosts are left for it", line.id()),
    )
    .with_help("name two far hosts that answer pings in `probes` of the line")
    .about(Subject::line(line.id().as_str()))
}

/// A host that answers pings from most networks
#[derive(Clone, Copy)]
struct Host {
    address: Ipv4Addr,
    operator: &'static str,
    /// Place of the line that has it by default, from 1
    place: usize,
}

const fn host(place: usize, operator: &'static str, [a, b, c, d]: [u8; 4]) -> Host {
    Host {
        address: Ipv4Addr::new(a, b, c, d),
        operator,
        place,
    }
}

/// Little-used addresses of large anycast operators, two operators a line; that each answers from a given network is not known
/// \[F:213283, F:213829, F:1122718\]
const HOSTS: [Host; 8] = [
    host(1, "Quad9", [9, 9, 9, 10]),
    host(1, "OpenDNS", [208, 67, 222, 220]),
    host(2, "Quad9", [149, 112, 112, 10]),
    host(2, "UltraDNS", [64, 6, 64, 6]),
    host(3, "OpenDNS", [208, 67, 220, 222]),
    host(3, "AdGuard", [94, 140, 14, 140]),
    host(4, "UltraDNS", [64, 6, 65, 6]),
    host(4, "AdGuard", [94, 140, 14, 141]),
];

/// One host that is down must not take a line down
const A_LINE: usize = 2;

const PROBE_IS_RESOLVER: Code = Code::new("probe-is-resolver");
const TOO_FEW_PROBES: Code = Code::new("too-few-probes");

#[cfg(test)]
mod tests {
    use std::prelude::rust_2024::*;
    use std::string::{String, ToString};
    use std::vec;

    use super::*;
    use crate::site::{Access, LineDraft, Mbps, Mode, SiteDraft};

    fn draft(lines: usize) -> SiteDraft {
        let speed = Mbps::new(100).unwrap();
        let line = |n| LineDraft::new(format!("isp{n}"), format!("ether{n}"), Access::Dhcp, speed);
        SiteDraft::new(Mode::Failover, (1..=lines).map(line).collect())
    }

    fn addresses(texts: &[&str]) -> Vec<Ipv4Addr> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    fn allotted(draft: SiteDraft, avoid: &[&str]) -> Vec<String> {
        let allotted = allot_probes(&draft.build().unwrap(), &addresses(avoid), &[]).unwrap();
        let text = |(line, hosts): &(LineId, Vec<Ipv4Addr>)| {
            let hosts: Vec<_> = hosts.iter().map(ToString::to_string).collect();
            format!("{line} {}", hosts.join(" "))
        };
        allotted.iter().map(text).collect()
    }

    fn codes(draft: SiteDraft, avoid: &[&str]) -> Vec<&'static str> {
        let errors = allot_probes(&draft.build().unwrap(), &addresses(avoid), &[]).unwrap_err();
        errors
            .diagnostics()
            .iter()
            .map(|fault| fault.code.as_str())
            .collect()
    }

    #[test]
    fn a_line_keeps_the_hosts_that_it_has() {
        let site = draft(2).build().unwrap();
        let ids: Vec<&LineId> = site.lines().iter().map(Line::id).collect();
        let usual = allot_probes(&site, &[], &[]).unwrap();
        let turned = [
            (ids[0].clone(), usual[1].1.clone()),
            (ids[1].clone(), usual[0].1.clone()),
        ];
        assert_eq!(allot_probes(&site, &[], &turned).unwrap(), turned);
        // Of two that it has, one has become a resolver.
        let kept = allot_probes(&site, &usual[1].1[..1], &turned).unwrap();
        assert_eq!(kept[1].1, usual[0].1);
        assert_eq!(kept[0].1[0], usual[1].1[1]);
        assert_eq!(kept[0].1.len(), 2);
    }

    #[test]
    fn each_place_has_hosts_of_two_operators() {
        let expected = [
            "isp1 9.9.9.10 208.67.222.220",
            "isp2 149.112.112.10 64.6.64.6",
            "isp3 208.67.220.222 94.140.14.140",
            "isp4 64.6.65.6 94.140.14.141",
        ];
        assert_eq!(allotted(draft(4), &[]), expected);
        assert_eq!(allotted(draft(2), &[]), expected[..2]);
    }

    #[test]
    fn a_resolver_is_replaced_by_a_host_of_another_operator() {
        let found = allotted(draft(2), &["208.67.222.220", "149.112.112.10"]);
        assert_eq!(
            found,
            ["isp1 9.9.9.10 94.140.14.141", "isp2 64.6.64.6 94.140.14.140"]
        );
    }

    #[test]
    fn resolvers_and_management_of_the_site_are_avoided() {
        let mut site = draft(1);
        site.dns = Dns::Servers(addresses(&["9.9.9.10"]));
        site.management = vec!["208.67.222.0/24".parse().unwrap()];
        assert_eq!(allotted(site, &[]), ["isp1 94.140.14.141 64.6.65.6"]);
    }

    /// A plan that stopped half way left one host of a line, and goes on with the other.
    #[test]
    fn what_is_missing_comes_from_the_place_of_the_line() {
        let site = draft(2).build().unwrap();
        let whole = allot_probes(&site, &[], &[]).unwrap();
        for (line, hosts) in &whole {
            for host in hosts {
                let held = [(line.clone(), vec![*host])];
                let mut again = allot_probes(&site, &[], &held).unwrap();
                let mut wanted = whole.clone();
                for (_, hosts) in again.iter_mut().chain(&mut wanted) {
                    hosts.sort_unstable();
                }
                assert_eq!(again, wanted, "{host} is held");
            }
        }
    }

    #[test]
    fn the_choice_of_the_operator_wins_and_is_taken_from_the_others() {
        let mut site = draft(2);
        site.lines[1].probes = Some(addresses(&["9.9.9.10", "192.0.2.7", "192.0.2.8"]));
        let expected = [
            "isp1 208.67.222.220 94.140.14.141",
            "isp2 9.9.9.10 192.0.2.7 192.0.2.8",
        ];
        assert_eq!(allotted(site.clone(), &[]), expected);
        assert_eq!(codes(site, &["192.0.2.7"]), ["probe-is-resolver"]);
    }

    #[test]
    fn a_line_that_probes_nothing_needs_no_hosts() {
        let mut site = draft(3);
        site.lines[0].health = Some(Health::Link);
        site.lines[2].health = Some(Health::Manual);
        assert_eq!(allotted(site, &[]), ["isp2 149.112.112.10 64.6.64.6"]);
    }

    #[test]
    fn every_line_that_goes_without_is_named() {
        assert_eq!(codes(draft(6), &[]), ["too-few-probes", "too-few-probes"]);
        assert_eq!(codes(draft(4), &["9.9.9.10"]), ["too-few-probes"]);
    }
}
