//! What scripts of the router see of the scenario.

use core::net::Ipv4Addr;

use crate::routeros::router::{Live, Request, Router, Row};
use crate::routeros::value::Value;
use crate::simulate::network::Network;
use crate::simulate::observe::{self, said};
use crate::simulate::routes::Fib;
use crate::simulate::scenario::Scenario;

/// The world around a router, for the scripts that run on it: which interfaces run, and what becomes of the routes.
///
/// # Example
/// ```
/// use multi_isp::simulate::{Around, Condition, Scenario};
/// use multi_isp::{Router, Script};
///
/// let export = b"/ip address\nadd address=192.0.2.2/24 interface=ether1\n/ip route\nadd gateway=192.0.2.1 check-gateway=ping\n";
/// let router = Router::from_export(export, None)?;
/// let script = Script::parse(b":put [:len [/ip route find where active]]")?;
/// let active = |scenario: &Scenario| router.run(&script, &Around { scenario }).output[0].to_text().into_owned();
/// assert_eq!(active(&Scenario::default()), "1");
/// assert_eq!(active(&Scenario::default().with_line("ether1", Condition::GatewayDead)), "0");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Around<'a> {
    /// What is wrong with which line.
    pub scenario: &'a Scenario,
}

impl Live for Around<'_> {
    fn property(&self, router: &Router, menu: &str, row: &Row, name: &str) -> Option<Value> {
        match (menu, name) {
            ("/ip/route", _) if STATES.contains(&name) => self.of_route(router, row, name),
            (menu, "running") if menu.starts_with("/interface") => Some(said(self.is_up(router, row))),
            ("/tool/netwatch", "status") => {
                let host: Ipv4Addr = row.get("host")?.to_text().parse().ok()?;
                let answers = super::watches::answers(router, self.scenario, host);
                Some(Value::from(if answers { "up" } else { "down" }))
            }
            _ => None,
        }
    }

    /// What a script sends arrives while the router itself reaches the internet.
    fn takes(&self, router: &Router, _: &Request) -> bool {
        super::watches::answers(router, self.scenario, FAR)
    }
}

/// A far host [RFC 5737].
const FAR: Ipv4Addr = Ipv4Addr::new(203, 0, 113, 80);

/// What routers tell of a route.
const STATES: [&str; 4] = ["active", "inactive", "immediate-gw", "gateway-status"];

impl Around<'_> {
    /// A flag that is not set reads as `false`; RouterOS 6 has no `inactive`.
    fn of_route(self, router: &Router, row: &Row, name: &str) -> Option<Value> {
        let network = Network::of(router, self.scenario);
        let fib = Fib::of(&network);
        let route = fib.routes().iter().find(|route| route.is_static(row));
        let mut told = observe::live(route, network.is_v7()).into_iter();
        let told = told.find_map(|(own, value)| (own == name).then_some(value));
        let is_flag = name == "active" || (name == "inactive" && network.is_v7());
        told.or_else(|| is_flag.then(|| said(false)))
    }

    fn is_up(self, router: &Router, row: &Row) -> bool {
        let network = Network::of(router, self.scenario);
        row.get("name").is_some_and(|name| network.is_up(name.as_bytes()))
    }
}
