//! What a route names as its gateway.

use core::net::Ipv4Addr;

use super::super::network::Network;
use super::MAIN;

/// One of the gateways of a route.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Gateway<'a> {
    /// As it is written.
    pub(crate) text: &'a [u8],
    pub(super) target: Target<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target<'a> {
    /// `192.0.2.1`, `192.0.2.1@main`: found by the routes of that table.
    Address(Ipv4Addr, &'a [u8]),
    /// `192.0.2.1%ether1`
    Pinned(Ipv4Addr, &'a [u8]),
    /// `pppoe-out1`
    Interface(&'a [u8]),
    /// It names an interface that the router does not have, or one that is gone (`*16`).
    Nothing,
}

impl<'a> Gateway<'a> {
    pub(super) fn parse(network: &Network<'a>, text: &'a [u8]) -> Self {
        Self {
            text,
            target: Target::parse(network, text),
        }
    }

    pub(super) fn over(interface: &'a [u8]) -> Self {
        Self {
            text: interface,
            target: Target::Interface(interface),
        }
    }

    /// The address that is looked for, where it is one.
    pub(super) fn address(&self) -> Option<Ipv4Addr> {
        match self.target {
            Target::Address(address, _) | Target::Pinned(address, _) => Some(address),
            Target::Interface(_) | Target::Nothing => None,
        }
    }

    /// Whether it names the interface that packets leave by.
    pub(super) fn names_interface(&self) -> bool {
        matches!(self.target, Target::Pinned(..) | Target::Interface(_))
    }
}

impl<'a> Target<'a> {
    fn parse(network: &Network<'a>, text: &'a [u8]) -> Self {
        // Names of interfaces may hold any sign.
        if network.has_interface(text) {
            return Self::Interface(text);
        }
        // v6 knows no `@table`.
        let (hop, table) = match split(text, b'@') {
            (hop, Some(table)) if network.is_v7() => (hop, table),
            (_, Some(_)) => return Self::Nothing,
            (hop, None) => (hop, MAIN),
        };
        let (host, pin) = split(hop, b'%');
        match (address(host), pin) {
            (Some(address), None) => Self::Address(address, table),
            (Some(address), Some(pin)) if network.has_interface(pin) => Self::Pinned(address, pin),
            (None, None) if network.has_interface(hop) => Self::Interface(hop),
            _ => Self::Nothing,
        }
    }
}

pub(super) fn address(text: &[u8]) -> Option<Ipv4Addr> {
    core::str::from_utf8(text).ok()?.parse().ok()
}

/// What stands before a sign and what behind it.
pub(super) fn split(text: &[u8], sign: u8) -> (&[u8], Option<&[u8]>) {
    let mut parts = text.splitn(2, |byte| *byte == sign);
    (parts.next().unwrap_or_default(), parts.next())
}
