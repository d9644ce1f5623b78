//! A router as the rules look at it: read once, asked often.

use alloc::format;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::{OnceCell, RefCell};
use core::net::Ipv4Addr;

use ipnet::Ipv4Net;

use super::exposure::Knock;
use super::local::MOST_NETWORKS;
use super::menus::ROUTES;
use crate::diagnostic::Evidence;
use crate::routeros::router::{Router, Row, RowId};
use crate::routeros::value::Value;
use crate::simulate::{
    BY_ORDER, Cause, Class, Condition, ENDLESS, Followed, Matrix, RouteState, RowRef, SOMEWHERE, Scenario,
    Source, Trace, Traffic, Verdict, Way, WhatIf, routes, settle, what_if,
};
use crate::survey::interfaces::kind_of;
use crate::survey::{InterfaceKind, site_of};

/// A router as the rules look at it
///
/// What costs something - the routes as they resolve, the lines, whose traffic goes through - is found when the first rule asks.
#[derive(Debug)]
pub struct View<'a> {
    router: &'a Router,
    settled: OnceCell<Router>,
    routes: OnceCell<Vec<RouteState>>,
    around: OnceCell<Matrix>,
    /// All of them, also those that are not looked at.
    lines: OnceCell<Vec<Value>>,
    followed: RefCell<Vec<(Down, Rc<Followed>)>>,
    traces: RefCell<Vec<(Down, Traffic, Rc<Trace>)>>,
    knocks: OnceCell<Vec<Knock>>,
}

/// A line that fails, and how; none where all are up
type Down = Option<(Value, Condition)>;

impl<'a> View<'a> {
    /// The view of a router
    pub(super) fn of(router: &'a Router) -> Self {
        Self {
            router,
            settled: OnceCell::new(),
            routes: OnceCell::new(),
            around: OnceCell::new(),
            lines: OnceCell::new(),
            followed: RefCell::default(),
            traces: RefCell::default(),
            knocks: OnceCell::new(),
        }
    }

    /// The router as it was read
    pub fn router(&self) -> &'a Router {
        self.router
    }

    /// The router with all lines up, its clients bound, its scripts having looked
    pub fn settled(&self) -> &Router {
        self.settled
            .get_or_init(|| settle(self.router, &Scenario::default()))
    }

    /// Its routes with all lines up
    pub fn routes(&self) -> &[RouteState] {
        let scenario = Scenario::default();
        self.routes.get_or_init(|| routes(self.settled(), &scenario))
    }

    /// Its internet lines by the interfaces that packets leave by, the nearest in the main table first; a tunnel runs over one of
    /// them, and is none
    pub fn lines(&self) -> &[Value] {
        let all = self.all_lines();
        all.get(..MOST_LINES).unwrap_or(all)
    }

    fn all_lines(&self) -> &[Value] {
        self.lines.get_or_init(|| {
            let is_tunnel = |line: &&Value| {
                let kind = kind_of(self.router, line.as_bytes());
                matches!(kind, Some(InterfaceKind::PppTunnel | InterfaceKind::Tunnel))
            };
            let lines = self.around().lines.iter().filter(|line| !is_tunnel(line));
            lines.cloned().collect::<Vec<_>>()
        })
    }

    /// Whether there is more than one line: else nothing can fail over or be balanced
    pub fn has_lines(&self) -> bool {
        self.lines().len() > 1
    }

    /// Whether an interface is an internet line
    pub fn is_line(&self, interface: &[u8]) -> bool {
        self.lines().iter().any(|line| line.as_bytes() == interface)
    }

    /// What is around it: its lines, and whose traffic goes through
    fn around(&self) -> &Matrix {
        self.around.get_or_init(|| {
            let asked = WhatIf {
                failures: Vec::new(),
                ..WhatIf::default()
            };
            what_if(self.router, &asked)
        })
    }

    /// Customers' traffic to the internet, a class for each of their networks
    pub fn customers(&self) -> impl Iterator<Item = &Class> {
        self.all_customers().take(MOST_CUSTOMERS)
    }

    fn all_customers(&self) -> impl Iterator<Item = &Class> {
        let classes = self.around().classes.iter();
        classes.filter(|class| class.by.is_none() && !matches!(class.traffic.from, Source::Router))
    }

    /// What is forwarded into the LAN
    pub fn forwarded(&self) -> impl Iterator<Item = &Class> {
        self.all_forwarded().take(MOST_FORWARDED)
    }

    fn all_forwarded(&self) -> impl Iterator<Item = &Class> {
        let classes = self.around().classes.iter();
        classes.filter(|class| class.by.is_some())
    }

    /// What rules that follow traffic leave out of so large a router, in words
    pub(super) fn left_out(&self) -> Vec<String> {
        let counts = [
            (self.all_lines().len(), MOST_LINES, "internet lines"),
            (
                self.all_customers().count(),
                MOST_CUSTOMERS,
                "networks of customers",
            ),
            (self.all_forwarded().count(), MOST_FORWARDED, "forwarded ports"),
            (self.all_inner_hosts().count(), MOST_NETWORKS, "inner networks"),
        ];
        let many = counts.into_iter().filter(|(all, most, _)| all > most);
        let many = many.map(|(all, most, what)| format!("{} of {all} {what}", all.saturating_sub(most)));
        let endless = self.around().unmodelled.iter().any(|told| told.contains(ENDLESS));
        many.chain(endless.then(|| String::from("chains of the firewall that jump without end")))
            .collect()
    }

    /// Enabled rows of a menu that somebody wrote
    pub fn rows(&self, menu: &str) -> impl Iterator<Item = &'a Row> {
        let rows = self.router.table(menu).iter();
        rows.filter(|row| !row.disabled() && !row.dynamic())
    }

    /// The row that a trace or a route names, as it was read; none of rows that came since
    pub fn row(&self, named: &RowRef) -> Option<&'a Row> {
        self.router.table(&named.menu).by_id(RowId::parse(&named.id)?)
    }

    /// Whether the router runs RouterOS 7; where its version is not known, routes that only RouterOS 6 can have speak against it
    pub fn is_v7(&self) -> bool {
        match self.router.version() {
            Some(version) => version.major >= 7,
            None => !self
                .rows(ROUTES)
                .any(|row| row.get("routing-mark").is_some() || row.get("type").is_some()),
        }
    }

    /// Whether a plan of ours was applied: then what is not checked or removed is what its operator chose, and preflight told him
    pub(super) fn is_planned(&self) -> bool {
        matches!(site_of(self.router), Some(Ok(_)))
    }

    /// Whether it is guessed which provider's gateway is behind which line: routes name several that no lease and no address tells
    pub(super) fn is_guessed(&self) -> bool {
        self.around().assumed.iter().any(|told| told.contains(BY_ORDER))
    }

    /// A host of the internet that the router has no network and no route of its own to
    fn somewhere(&self) -> Ipv4Addr {
        let routes = self
            .routes()
            .iter()
            .map(|route| route.prefix)
            .filter(|prefix| prefix.prefix_len() > 0);
        let known: Vec<Ipv4Net> = routes.collect();
        let mut hosts = SOMEWHERES.into_iter();
        let is_free = |host: &Ipv4Addr| !known.iter().any(|prefix| prefix.contains(host));
        hosts.find(is_free).unwrap_or(SOMEWHERE)
    }

    /// The same traffic, to or from a host that is surely in the internet
    fn moved(&self, traffic: &Traffic) -> Traffic {
        let somewhere = self.somewhere();
        let is_far = |host: Ipv4Addr| FAR.contains(&host);
        let from = match &traffic.from {
            Source::Internet { line, source } if is_far(*source) => Source::Internet {
                line: line.clone(),
                source: somewhere,
            },
            other => other.clone(),
        };
        Traffic {
            from,
            to: traffic.to.map(|to| if is_far(to) { somewhere } else { to }),
            ..traffic.clone()
        }
    }

    /// What becomes of a connection while a line is in that condition; all are up where none is named
    pub(super) fn trace(&self, traffic: &Traffic, down: Option<(&Value, Condition)>) -> Rc<Trace> {
        let traces = self.traces(core::slice::from_ref(traffic), down);
        traces.into_iter().next().unwrap_or_default()
    }

    /// What becomes of each of these connections
    pub(super) fn traces(&self, traffic: &[Traffic], down: Option<(&Value, Condition)>) -> Vec<Rc<Trace>> {
        let down: Down = down.map(|(line, condition)| (line.clone(), condition));
        let moved: Vec<Traffic> = traffic.iter().map(|traffic| self.moved(traffic)).collect();
        let known = |traffic: &Traffic| {
            let traces = self.traces.borrow();
            let mut known = traces.iter().filter(|(at, of, _)| *at == down && of == traffic);
            known.next().map(|(.., trace)| trace.clone())
        };
        let unknown: Vec<Traffic> = moved
            .iter()
            .filter(|traffic| known(traffic).is_none())
            .cloned()
            .collect();
        let found = if unknown.is_empty() {
            Vec::new()
        } else {
            self.followed(&down).traces(&unknown)
        };
        let found = unknown.into_iter().zip(found);
        let found = found.map(|(traffic, trace)| (down.clone(), traffic, Rc::new(trace)));
        self.traces.borrow_mut().extend(found);
        moved.iter().filter_map(known).collect()
    }

    /// The router while a line is in that condition
    fn followed(&self, down: &Down) -> Rc<Followed> {
        let known = |of: &(Down, Rc<Followed>)| (of.0 == *down).then(|| of.1.clone());
        if let Some(known) = self.followed.borrow().iter().find_map(known) {
            return known;
        }
        let scenario = Scenario::default();
        let scenario = match down {
            Some((line, condition)) => scenario.with_line(line.clone(), *condition),
            None => scenario,
        };
        let followed = Rc::new(Followed::of(self.router, &scenario));
        self.followed.borrow_mut().push((down.clone(), followed.clone()));
        followed
    }

    /// The way of a connection, packet by packet, as what shows a finding
    pub fn evidence(&self, way: &Way) -> Vec<Evidence> {
        let mut evidence = Vec::new();
        for packet in &way.packets {
            evidence.push(Evidence {
                what: packet.headline(),
                depth: 0,
                place: None,
            });
            for event in &packet.events {
                let row = event.row.as_ref().and_then(|row| self.row(row));
                evidence.push(Evidence {
                    what: format!("{}: {}", event.stage, event.what),
                    depth: 1,
                    place: row.and_then(Row::place),
                });
            }
            evidence.push(Evidence {
                what: format!("{}", packet.end),
                depth: 1,
                place: None,
            });
        }
        evidence
    }

    /// The rows that did something on a way, each once
    pub fn rows_of_way(&self, way: &Way) -> Vec<(String, &'a Row)> {
        let mut rows: Vec<(String, &Row)> = Vec::new();
        let events = way.packets.iter().flat_map(|packet| &packet.events);
        for named in events.filter_map(|event| event.row.as_ref()) {
            let Some(row) = self.row(named) else { continue };
            if !rows
                .iter()
                .any(|(menu, known)| *menu == named.menu && known.id() == row.id())
            {
                rows.push((named.menu.clone(), row));
            }
        }
        rows
    }

    /// What becomes of what strangers send to the router itself, over every line
    pub(super) fn knocks(&self) -> &[Knock] {
        self.knocks.get_or_init(|| self.find_knocks())
    }
}

/// The ways of a trace that are lost
pub(super) fn lost(trace: &Trace) -> impl Iterator<Item = &Way> {
    trace
        .ways
        .iter()
        .filter(|way| matches!(way.verdict, Verdict::Lost { .. }))
}

/// A kind of customers, for people: `the customers on vlan10`
pub(super) fn called(class: &Class) -> String {
    format!("the {}", class.name.replacen("customer", "customers", 1))
}

/// Whether a way ends by that cause
pub(super) fn is_lost_by(way: &Way, wanted: &Cause) -> bool {
    matches!(&way.verdict, Verdict::Lost { cause, .. } if cause == wanted)
}

/// Lines that are looked at: nobody who has more of them looks after each
const MOST_LINES: usize = 8;

/// Networks of customers that are looked at: where there are more, they are alike
const MOST_CUSTOMERS: usize = 32;

/// Forwarded ports that are looked at
const MOST_FORWARDED: usize = 64;

/// Hosts that stand for the internet in the simulator: TEST-NET-3 (RFC 5737), which some routers have as a network of their own
const FAR: [Ipv4Addr; 2] = [SOMEWHERE, Ipv4Addr::new(203, 0, 113, 200)];

/// Hosts that stand for it instead, of which one is in none of a router's networks: the first, TEST-NET-2 and 1, and for benchmarks (RFC 2544)
const SOMEWHERES: [Ipv4Addr; 4] = [
    SOMEWHERE,
    Ipv4Addr::new(198, 51, 100, 200),
    Ipv4Addr::new(192, 0, 2, 200),
    Ipv4Addr::new(198, 19, 255, 200),
];
