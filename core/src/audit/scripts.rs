//! Scripts that a router runs by itself.

use alloc::string::String;
use alloc::vec::Vec;

use super::View;
use super::menus::{DHCP_CLIENTS, NETWATCH};
use crate::routeros::router::Row;
use crate::survey::switching;

impl<'a> View<'a> {
    /// The rows that run something by themselves, each with what it runs: a script, or the name of one
    pub(super) fn scripts(&self) -> Vec<(&'static str, &'a Row, String)> {
        let of_menu = |(menu, property): (&'static str, &'static str)| {
            let rows = self.rows(menu);
            rows.filter_map(move |row| Some((menu, row, row.text(property)?.into_owned())))
        };
        let scripts = EVENTS.into_iter().flat_map(of_menu);
        scripts.filter(|(.., source)| !source.is_empty()).collect()
    }

    /// Whether scripts that netwatch, the scheduler or sessions run change routes, routing rules or marks: what looks wrong may be
    /// mended by them, and not all that they do is followed. Lease scripts are.
    pub(super) fn is_steered(&self) -> bool {
        let mut scripts = self
            .scripts()
            .into_iter()
            .filter(|(menu, ..)| *menu != DHCP_CLIENTS);
        scripts.any(|(.., source)| switching::read(self.router(), &source).steers)
    }
}

/// Properties that hold what runs by itself
const EVENTS: [(&str, &str); 8] = [
    ("/system/scheduler", "on-event"),
    (NETWATCH, "up-script"),
    (NETWATCH, "down-script"),
    (NETWATCH, "test-script"),
    (DHCP_CLIENTS, "script"),
    ("/ppp/profile", "on-up"),
    ("/ppp/profile", "on-down"),
    ("/ip/dhcp-server", "lease-script"),
];
