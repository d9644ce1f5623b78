//! The choice of the route: which tables are looked in, in which order.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::cmp::Reverse;

use ipnet::Ipv4Net;

use super::{Step, Way};
use crate::routeros::router::Row;
use crate::routeros::value::Value;
use crate::simulate::choices::Draw;
use crate::simulate::packet::Direction;
use crate::simulate::routes::{Activity, Hop, RouteKind, Selected};
use crate::simulate::row::RowRef;
use crate::simulate::trace::{Cause, End, Stage, What};
use crate::survey::interfaces::enabled;
use crate::survey::networks::parse;

/// What routing makes of a packet.
#[derive(Debug)]
pub(super) enum Decision<'w, 'a> {
    /// It is for the router.
    Local,
    /// It goes on by this route.
    Over(&'w Selected<'a>),
    /// A route or a rule takes it and gives it to nobody.
    Refused(String),
    /// No table has a route.
    NoRoute,
}

/// One of the places where the answer is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Policy {
    /// The table that mangle marked the packet for.
    Mark,
    /// The router's own addresses.
    Local,
    /// `/routing rule`, on RouterOS 6 `/ip route rule`.
    Rules,
    Main,
}

/// RouterOS 7 looks in the marked table first, and so sends marked packets out that are for the router itself; since early 7.x
/// \[ROUTEROS-BEHAVIOUR §3\], and from 7.22 on as `/routing settings policy-rules` says.
const V7: [Policy; 4] = [Policy::Mark, Policy::Local, Policy::Rules, Policy::Main];
/// RouterOS 6 delivers locally first (ROUTEROS §2c); mangle comes before rules \[F:1114360\].
const V6: [Policy; 4] = [Policy::Local, Policy::Mark, Policy::Rules, Policy::Main];

impl<'w, 'a> Way<'w, 'a> {
    /// The first place that has an answer.
    pub(super) fn decide(&mut self) -> Decision<'w, 'a> {
        let order = self.order();
        let decided = order.iter().find_map(|policy| match policy {
            Policy::Mark => self.by_mark(),
            Policy::Local => self.locally(),
            Policy::Rules => self.by_rules(),
            Policy::Main => self.look_in(b"main", "main", None),
        });
        decided.unwrap_or(Decision::NoRoute)
    }

    /// What the fast path does: it knows the main table alone \[D:328227\].
    pub(super) fn decide_in_main(&mut self) -> Decision<'w, 'a> {
        let decided = self.locally().or_else(|| self.look_in(b"main", "main", None));
        decided.unwrap_or(Decision::NoRoute)
    }

    /// The next hop of a decision, one of several by a hash.
    pub(super) fn hop(&mut self, decision: Decision<'w, 'a>) -> Step<&'w Hop<'a>> {
        let selected = match decision {
            Decision::Over(selected) => selected,
            Decision::Local => return Err(End::Router),
            Decision::Refused(kind) => return Err(self.lost(Cause::Refused { kind })),
            Decision::NoRoute => return Err(self.lost(Cause::NoRoute)),
        };
        let member = self.member(selected);
        let hop = selected
            .hops
            .get(member)
            .ok_or_else(|| self.lost(Cause::NoRoute))?;
        self.tell(selected, hop);
        Ok(hop)
    }

    /// ECMP hashes a connection to one of the members; members over one interface need no telling apart.
    fn member(&mut self, selected: &Selected<'_>) -> usize {
        let hops = &selected.hops;
        let goes_one_way = hops
            .windows(2)
            .all(|pair| matches!(pair, [one, other] if one.interface == other.interface));
        let modulus = u32::try_from(hops.len()).unwrap_or(u32::MAX);
        if goes_one_way {
            return 0;
        }
        let way = match self.packet.direction {
            Direction::Original => "ecmp",
            Direction::Reply => "ecmp back",
        };
        let draw = Draw {
            of: [
                way.as_bytes(),
                selected.table,
                selected.prefix.to_string().as_bytes(),
            ]
            .join(&b' '),
            modulus,
        };
        let mut members = 0..modulus;
        let chosen = members.find(|member| self.choices.leaves(draw.clone(), modulus, *member));
        chosen
            .and_then(|chosen| usize::try_from(chosen).ok())
            .unwrap_or_default()
    }

    fn order(&self) -> Vec<Policy> {
        let network = &self.situation.network;
        if !network.is_v7() {
            return V6.to_vec();
        }
        let settings = network.router().table("/routing/settings").rows().first();
        let said = settings.and_then(|row| row.text("policy-rules"));
        let of = |word: &str| match word {
            "mangle" => Some(Policy::Mark),
            "local" => Some(Policy::Local),
            "user" => Some(Policy::Rules),
            "main" => Some(Policy::Main),
            _ => None,
        };
        said.map_or(V7.to_vec(), |said| said.split(',').filter_map(of).collect())
    }

    fn by_mark(&mut self) -> Option<Decision<'w, 'a>> {
        let mark = self.packet.routing_mark.clone()?;
        self.look_in(mark.as_bytes(), "mark", None)
    }

    fn locally(&mut self) -> Option<Decision<'w, 'a>> {
        let is_own = self.situation.network.is_own(self.packet.destination);
        is_own.then(|| {
            self.log.add(|| Stage::Routing, || What::Local);
            Decision::Local
        })
    }

    fn by_rules(&mut self) -> Option<Decision<'w, 'a>> {
        let network = &self.situation.network;
        let menu = if network.is_v7() {
            "/routing/rule"
        } else {
            "/ip/route/rule"
        };
        enabled(network.router(), menu).find_map(|row| {
            if self.fits(row) {
                self.by_rule(menu, row)
            } else {
                None
            }
        })
    }

    fn fits(&self, row: &Row) -> bool {
        let packet = &self.packet;
        let within = |property: &str, address| {
            row.get(property)
                .is_none_or(|net| parse(net).is_some_and(|net| net.contains(&address)))
        };
        let is =
            |property: &str, own: Option<&Value>| row.get(property).is_none_or(|wanted| Some(wanted) == own);
        within("src-address", packet.source)
            && within("dst-address", packet.destination)
            && is("routing-mark", packet.routing_mark.as_ref())
            && is("interface", packet.in_interface.as_ref())
    }

    fn by_rule(&mut self, menu: &'static str, row: &Row) -> Option<Decision<'w, 'a>> {
        if let Some(property) = UNKNOWN.iter().find(|property| row.get(property).is_some()) {
            let what = alloc::format!("`{property}` of a routing rule");
            self.log.unmodelled(what.clone());
            self.log.add_row(
                || Stage::Routing,
                menu,
                row,
                || What::Unmodelled { property: what },
            );
        }
        let action = row
            .effective("action")
            .map(|action| action.to_text().into_owned());
        let action = action.unwrap_or_else(|| String::from("lookup"));
        let told = action.clone();
        self.log
            .add_row(|| Stage::Routing, menu, row, || What::Action { action: told });
        if !action.starts_with("lookup") {
            return Some(Decision::Refused(action));
        }
        let suppressed = row.text("min-prefix").and_then(|length| length.parse().ok());
        let table = row.get("table").map_or(&b"main"[..], Value::as_bytes);
        let found = self.look_in(table, "rule", suppressed);
        // `lookup-only-in-table` is the only way to stop at a table without a route (ROUTEROS §2c).
        found.or_else(|| (action == "lookup-only-in-table").then_some(Decision::NoRoute))
    }

    fn look_in(
        &mut self,
        table: &[u8],
        because: &'static str,
        suppressed: Option<u8>,
    ) -> Option<Decision<'w, 'a>> {
        let name = || String::from_utf8_lossy(table).into_owned();
        self.log.add(
            || Stage::Routing,
            || What::Lookup {
                table: name(),
                because,
            },
        );
        let situation = self.situation;
        let selected = situation.fib.lookup(table, self.packet.destination, suppressed);
        self.tell_inactive(table, selected);
        let Some(selected) = selected else {
            self.log
                .add(|| Stage::Routing, || What::NoRouteIn { table: name() });
            return None;
        };
        if selected.kind == RouteKind::Unicast {
            return Some(Decision::Over(selected));
        }
        let kind = selected.kind.to_string();
        let (prefix, told) = (selected.prefix.to_string(), kind.clone());
        self.log
            .add(|| Stage::Routing, || What::Refuses { prefix, kind: told });
        Some(Decision::Refused(kind))
    }

    /// Takes down the routes that would have been chosen before, were they not inactive.
    fn tell_inactive(&mut self, table: &[u8], selected: Option<&Selected<'a>>) {
        if !self.log.is_wanted {
            return;
        }
        let order = |prefix: Ipv4Net, distance| (Reverse(prefix.prefix_len()), distance);
        let found = selected.map(|found| order(found.prefix, found.distance));
        for route in self.situation.fib.routes() {
            let Activity::Inactive(reason) = route.activity else {
                continue;
            };
            let comes_first = found.is_none_or(|found| order(route.prefix, route.distance) < found);
            if route.table != table || !comes_first || !route.prefix.contains(&self.packet.destination) {
                continue;
            }
            let what = || What::Inactive {
                prefix: route.prefix.to_string(),
                distance: route.distance,
                gateway: route.gateway().to_text().into_owned(),
                reason,
            };
            self.log.add_row(|| Stage::Routing, route.menu, route.row, what);
        }
    }

    /// Takes down the route that was chosen.
    fn tell(&mut self, selected: &Selected<'a>, hop: &Hop<'a>) {
        let fib = &self.situation.fib;
        let Some(route) = fib.routes().get(hop.route) else {
            return;
        };
        let what = || What::Route {
            prefix: selected.prefix.to_string(),
            distance: selected.distance,
            gateway: route.gateway().to_text().into_owned(),
            through: hop
                .through
                .iter()
                .filter_map(|at| fib.routes().get(*at))
                .map(|route| RowRef::of(route.menu, route.row))
                .collect(),
            interface: Value::from(hop.interface),
            next_hop: hop.next_hop,
            members: selected.hops.len(),
        };
        self.log.add_row(|| Stage::Routing, route.menu, route.row, what);
    }
}

/// Matchers of routing rules that are not modelled.
const UNKNOWN: [&str; 3] = ["chain", "vrf", "realm"];
