//! Lines over the mobile network, whose volume mostly costs something: LTE modems, and dial-up clients of USB sticks.

use core::net::Ipv4Addr;

use super::View;
use crate::routeros::value::Value;
use crate::simulate::{Protocol, Source, Traffic, Verdict};
use crate::survey::InterfaceKind;
use crate::survey::interfaces::find;

impl View<'_> {
    /// Whether an interface is a modem, or dials over one
    pub(super) fn is_mobile(&self, interface: &[u8]) -> bool {
        let kind = find(self.router(), interface).map(|known| known.kind);
        matches!(kind, Some(InterfaceKind::Lte | InterfaceKind::Ppp))
    }

    /// The mobile line that the router's own pings to a host leave by, where all of them do while all lines are up
    pub(super) fn mobile_line_to(&self, host: Ipv4Addr) -> Option<&Value> {
        let ping = Traffic::new(Source::Router, host, Protocol::Icmp, None);
        let trace = self.trace(&ping, None);
        let mut lines = trace.ways.iter().map(|way| match &way.verdict {
            Verdict::Works { line, .. } | Verdict::Lost { line, .. } => line.as_ref(),
        });
        let first = lines.next()??;
        let is_same = lines.all(|line| line == Some(first));
        let is_meant = |line: &&Value| is_same && *line == first && self.is_mobile(line.as_bytes());
        self.lines().iter().find(is_meant)
    }
}
