//! New connections of customers whose packets go different ways, so that none of them works.

use alloc::vec::Vec;

use super::View;
use super::view::{is_lost_by, lost};
use crate::simulate::{Cause, Class, PacketTrace, Way, What};

impl View<'_> {
    /// The ways, with all lines up, of new connections that lose a packet because it leaves by another line than the first one
    pub(super) fn torn(&self) -> Vec<(&Class, Way)> {
        let mut torn = Vec::new();
        for class in self.customers() {
            let trace = self.trace(&class.traffic, None);
            let ways = lost(&trace).filter(|way| is_lost_by(way, &Cause::WrongSource));
            torn.extend(ways.map(|way| (class, way.clone())));
        }
        torn
    }
}

/// Whether something of that kind happened to a packet
pub(super) fn has(packet: &PacketTrace, is_meant: fn(&What) -> bool) -> bool {
    packet.events.iter().any(|event| is_meant(&event.what))
}

/// Whether a way goes on past connection tracking's fast path
pub(super) fn is_fasttracked(way: &Way) -> bool {
    let is_fast = |what: &What| matches!(what, What::FastTrack | What::FastPath);
    way.packets.iter().any(|packet| has(packet, is_fast))
}
