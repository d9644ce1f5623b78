//! What mends a finding: the router as it should be → the commands that make it so.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use super::View;
use super::menus::{APN_PROFILES, PPP_CLIENTS, PPPOE_CLIENTS};
use super::view::lost;
use crate::diagnostic::Fix;
use crate::pcc::Ratio;
use crate::plan::changes;
use crate::routeros::router::{Router, Row};
use crate::simulate::{Class, Protocol, Trace, Traffic};

impl View<'_> {
    /// The commands that do to the router what `edit` does to a copy of it, and those that take it back
    ///
    /// There is none where something is lost then that works now, where the copy stays as it is, or where a row cannot be told from another one by a command.
    pub(super) fn fix(&self, what: impl Into<String>, edit: impl FnOnce(&mut Router)) -> Option<Fix> {
        self.fix_if(what, edit, |_| true)
    }

    /// The same, where `mends` says that the copy is well then
    pub(super) fn fix_if(
        &self,
        what: impl Into<String>,
        edit: impl FnOnce(&mut Router),
        mends: impl FnOnce(&Router) -> bool,
    ) -> Option<Fix> {
        let mut mended = self.router().clone();
        edit(&mut mended);
        if !mends(&mended) || !self.is_harmless(&mended) {
            return None;
        }
        let (commands, undo) = (
            commands(self.router(), &mended)?,
            commands(&mended, self.router())?,
        );
        let restarts = commands.iter().any(|command| sets_client(command));
        let warning = if restarts { RESTARTS } else { "" };
        (!commands.is_empty()).then(|| Fix {
            what: [what.into().as_str(), warning].concat(),
            commands,
            undo,
        })
    }

    /// Whether all works on the mended router that works on this one, with all lines up: customers to the internet and to the router
    /// itself, and what is forwarded to them
    fn is_harmless(&self, mended: &Router) -> bool {
        let after = View::of(mended);
        let own = self
            .inner_addresses()
            .into_iter()
            .map(|(address, _)| address.addr());
        let own: Vec<Ipv4Addr> = own.take(MOST_OWN).collect();
        let to_router = |class: &Class| -> Vec<Traffic> {
            let from = &class.traffic.from;
            let traffic = |to: &Ipv4Addr| Traffic::new(from.clone(), *to, Protocol::Tcp, Some(WINBOX));
            own.iter().map(traffic).collect()
        };
        let mut traffic: Vec<Traffic> = self.customers().flat_map(to_router).collect();
        traffic.extend(
            self.customers()
                .chain(self.forwarded())
                .map(|class| class.traffic.clone()),
        );
        let (before, then) = (self.traces(&traffic, None), after.traces(&traffic, None));
        before
            .iter()
            .zip(&then)
            .all(|(before, then)| lost_part(then) <= lost_part(before))
    }

    /// The same for properties of one row: what is empty is unset
    pub(super) fn set(
        &self,
        what: impl Into<String>,
        (menu, row): (&str, &Row),
        values: &[(&str, &str)],
    ) -> Option<Fix> {
        self.fix(what, |router| set(router, menu, row, values))
    }
}

/// Sets properties of a row of a copy; what is empty is unset
pub(super) fn set(router: &mut Router, menu: &str, row: &Row, values: &[(&str, &str)]) {
    router.change(menu, row.id(), |row| {
        for (name, value) in values {
            match value.is_empty() {
                true => row.unset(name),
                false => row.set(name, *value),
            }
        }
    });
}

/// Adds a row to a copy, before another one where that is given
pub(super) fn add(router: &mut Router, menu: &str, values: &[(&str, &str)], before: Option<&Row>) {
    let mut row = router.new_row(menu);
    for (name, value) in values {
        row.set(name, *value);
    }
    router.add(menu.to_string().into(), row, before.map(Row::id));
}

/// Takes a row out of a copy
pub(super) fn remove(router: &mut Router, menu: &str, row: &Row) {
    router.remove(&[(menu.to_string(), row.id())]);
}

/// The part of a connection's ways that is lost
fn lost_part(trace: &Trace) -> Ratio {
    lost(trace).fold(Ratio::ZERO, |sum, way| sum.plus(way.share))
}

/// A port of the router itself, of Winbox
const WINBOX: u16 = 8291;

/// Whether a command sets something of a client that holds a session
fn sets_client(command: &str) -> bool {
    let menu = command
        .split_once(" set ")
        .map(|(menu, _)| menu.replace(' ', "/"));
    menu.is_some_and(|menu| SESSIONS.contains(&menu.as_str()))
}

/// Clients of which nothing says that their sessions outlive a `set` (`ROUTEROS-BEHAVIOUR` §6)
const SESSIONS: [&str; 3] = [APN_PROFILES, PPP_CLIENTS, PPPOE_CLIENTS];

/// What is told of a fix that sets one
const RESTARTS: &str = "; the session may restart";

/// Addresses of the router that are asked
const MOST_OWN: usize = 4;

/// What makes one router the other, as text: what is none is quoted
fn commands(from: &Router, to: &Router) -> Option<Vec<String>> {
    let changes = changes(from, to).ok()?;
    changes
        .iter()
        .map(|change| String::from_utf8(change.command()).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::audit;

    #[test]
    fn a_fix_that_sets_a_client_says_what_that_may_cost() {
        let export = b"# 2026-01-05 10:00:00 by RouterOS 7.22.1\n/interface bridge\nadd name=bridge\n\
            /interface ppp-client\nadd apn=internet default-route-distance=2 disabled=no name=stick port=usb1 use-peer-dns=no\n\
            /ip address\nadd address=192.168.88.1/24 interface=bridge\n/ip dhcp-client\nadd disabled=no interface=ether1\n\
            /ip firewall nat\nadd action=masquerade chain=srcnat out-interface=!bridge\n";
        let router = Router::from_export(export, None).unwrap();
        let report = audit(&router);
        let mut fixes = report.findings().iter().filter_map(|found| found.fix.as_ref());
        let fix = fixes.find(|fix| {
            fix.commands
                .iter()
                .any(|command| command.contains("dial-on-demand"))
        });
        assert_eq!(
            fix.unwrap().what,
            "keep `stick` connected; the session may restart"
        );
    }
}
