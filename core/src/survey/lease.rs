//! The gateway of a line's lease: what a live router reports, else what the lease script of an earlier plan wrote into routes.

use core::net::Ipv4Addr;

use super::interfaces::enabled;
use super::{Role, dhcp_client, site_of, tag_of};
use crate::routeros::router::{Router, Row};
use crate::site::{Access, Line};

/// The gateway that the client of a line has from its provider; `None` where the picture of the router does not have it.
pub(super) fn gateway(router: &Router, line: &Line) -> Option<Ipv4Addr> {
    let client = dhcp_client(router, line.interface().as_bytes())?;
    match (client.live("gateway"), client.live("status")) {
        (Some(gateway), _) => gateway.to_text().parse().ok(),
        // It has no lease.
        (None, Some(_)) => None,
        (None, None) => kept(router, line),
    }
}

/// What the routes of the line name: its lease script keeps them, and disables them without a lease.
fn kept(router: &Router, line: &Line) -> Option<Ipv4Addr> {
    let of_line = |row: &&Row| {
        let tag = tag_of(ROUTES, row);
        tag.is_some_and(|tag| tag.subject() == line.id().as_str() && KEPT.contains(&tag.role()))
    };
    let mut routes = enabled(router, ROUTES).filter(of_line);
    routes.find_map(|row| {
        let gateway = row.get("gateway")?.to_text().into_owned();
        match gateway.split_once('%') {
            Some((hop, pin)) if pin.as_bytes() == line.interface().as_bytes() => hop.parse().ok(),
            // RouterOS 6 pins none: only the host routes of probes name next hops for sure.
            None if row.get("scope").is_some() && was_on_port(router, line) => gateway.parse().ok(),
            _ => None,
        }
    })
}

/// Whether the line had a lease on the same port when the routes were made.
fn was_on_port(router: &Router, line: &Line) -> bool {
    let Some(Ok(applied)) = site_of(router) else {
        return false;
    };
    let is_it = |known: &Line| {
        known.id() == line.id()
            && known.interface() == line.interface()
            && matches!(known.access(), Access::Dhcp)
    };
    applied.lines().iter().any(is_it)
}

/// The routes that a lease script keeps.
const KEPT: [Role; 4] = [Role::Probe, Role::Main, Role::Own, Role::Backup];
const ROUTES: &str = "/ip/route";

#[cfg(test)]
mod tests {
    use std::format;
    use std::prelude::rust_2024::*;

    use super::*;
    use crate::site::{LineDraft, Mbps, Mode, SiteDraft};

    /// What is told of `fiber` on `ether1`, whose client says `client`, by a route like this.
    fn told(client: &str, route: &str) -> Option<String> {
        let draft = |id: &str, port: &str| LineDraft::new(id, port, Access::Dhcp, Mbps::new(100).unwrap());
        let lines = vec![draft("fiber", "ether1"), draft("lte", "ether2")];
        let site = SiteDraft::new(Mode::Failover, lines).build().unwrap();
        let export = format!("/ip dhcp-client\nadd interface=ether1\n/ip route\nadd {route}\n");
        let mut router = Router::from_export(export.as_bytes(), None).unwrap();
        let row = router.table("/ip/dhcp-client").rows().first().unwrap().id();
        for said in client.split_whitespace() {
            let (name, value) = said.split_once('=').unwrap();
            router
                .row_mut("/ip/dhcp-client", row)
                .unwrap()
                .set_live(name, value);
        }
        gateway(&router, site.lines().first().unwrap()).map(|gateway| gateway.to_string())
    }

    const PROBE: &str =
        "dst-address=9.9.9.10/32 gateway=198.51.100.1%ether1 scope=10 comment=multi-isp:probe:fiber:1";

    #[test]
    fn what_the_router_reports_comes_first() {
        let reported = told("status=bound gateway=198.51.100.9", PROBE);
        assert_eq!(reported.as_deref(), Some("198.51.100.9"));
        assert_eq!(told("status=searching...", PROBE), None);
    }

    #[test]
    fn routes_of_the_line_keep_it() {
        assert_eq!(told("", PROBE).as_deref(), Some("198.51.100.1"));
        for other in ["probe:lte:1", "probe:fiber", "on-link:fiber:1"] {
            assert_eq!(told("", &PROBE.replace("probe:fiber:1", other)), None, "{other}");
        }
        assert_eq!(told("", &PROBE.replace("%ether1", "%ether2")), None);
        assert_eq!(
            told("", &PROBE.replace("%ether1", "")),
            None,
            "the port is not known"
        );
        assert_eq!(told("", &format!("{PROBE} disabled=yes")), None);
    }
}
