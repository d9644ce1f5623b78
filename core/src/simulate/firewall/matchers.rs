//! The matchers: a property → whether a packet fits it.
//!
//! Sources: the manual's tables of matchers \[D:250708064\] and of mangle \[D:48660587\], the values that `/console/inspect` of
//! 7.22.3 lists, ROUTEROS §2.

use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use super::Pass;
use super::check::{Check, Reader};
use super::fits::Fits;
use super::interfaces;
use super::parse::{halves, is_within, items, negated, range, ranges, span, text};
use crate::routeros::value::Value;
use crate::simulate::network::Network;
use crate::simulate::packet::{Direction, Protocol, State};

/// Reads the value of a matcher; none where it is not understood.
type Read = for<'a> fn(&mut Reader<'_, 'a>, &'a [u8]) -> Option<Check<'a>>;

/// The matchers that are modelled: name, what `!` turns round, and the function that reads it.
#[rustfmt::skip]
pub(super) const MODELLED: &[(&str, Turns, Read)] = &[
    ("connection-mark", Turns::All, |_, value| mark(value, false, |pass| pass.connection.mark.as_ref())),
    ("connection-nat-state", Turns::All, connection_nat_state),
    ("connection-state", Turns::All, connection_state),
    ("dst-address", Turns::All, |_, value| address(value, |pass| pass.packet.destination)),
    ("dst-address-list", Turns::All, |reader, value| address_list(reader, value, |pass| pass.packet.destination)),
    ("dst-address-type", Turns::All, |_, value| address_type(value, |pass| pass.packet.destination)),
    ("dst-port", Turns::All, |_, value| ports(value, |pass| [pass.packet.destination_port, None])),
    ("fragment", Turns::All, fragment),
    ("hotspot", Turns::Each, hotspot),
    ("icmp-options", Turns::All, icmp_options),
    ("in-interface", Turns::All, |reader, value| interfaces::interface(reader, value, |pass| pass.packet.in_interface.as_ref())),
    ("in-interface-list", Turns::All, |reader, value| interfaces::list(reader, value, |pass| pass.packet.in_interface.as_ref())),
    ("ipsec-policy", Turns::All, ipsec_policy),
    ("ipv4-options", Turns::All, ipv4_options),
    ("out-interface", Turns::All, |reader, value| interfaces::interface(reader, value, |pass| pass.packet.out_interface.as_ref())),
    ("out-interface-list", Turns::All, |reader, value| interfaces::list(reader, value, |pass| pass.packet.out_interface.as_ref())),
    ("packet-mark", Turns::All, |_, value| mark(value, false, |pass| pass.packet.packet_mark.as_ref())),
    ("port", Turns::All, |_, value| ports(value, |pass| [pass.packet.source_port, pass.packet.destination_port])),
    ("protocol", Turns::All, protocol),
    ("routing-mark", Turns::All, routing_mark),
    ("src-address", Turns::All, |_, value| address(value, |pass| pass.packet.source)),
    ("src-address-list", Turns::All, |reader, value| address_list(reader, value, |pass| pass.packet.source)),
    ("src-address-type", Turns::All, |_, value| address_type(value, |pass| pass.packet.source)),
    ("src-port", Turns::All, |_, value| ports(value, |pass| [pass.packet.source_port, None])),
    ("tcp-flags", Turns::Each, tcp_flags),
];

/// What a `!` at the beginning of a value turns round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turns {
    /// The whole value: `!established,related`.
    All,
    /// The item that it stands before: `from-client,!auth`.
    Each,
}

/// A mark by its name, or `no-mark`; in RouterOS 7 the routing mark `main` is that of what is not marked (unconfirmed).
fn mark<'a>(
    value: &'a [u8],
    is_main_none: bool,
    of: for<'p> fn(&'p Pass<'_>) -> Option<&'p Value>,
) -> Option<Check<'a>> {
    let wanted = match value {
        b"no-mark" => None,
        b"main" if is_main_none => None,
        name => Some(name),
    };
    Some(Box::new(move |pass| {
        Fits::from(of(pass).map(Value::as_bytes) == wanted)
    }))
}

fn routing_mark<'a>(reader: &mut Reader<'_, 'a>, value: &'a [u8]) -> Option<Check<'a>> {
    mark(value, reader.network.is_v7(), |pass| {
        pass.packet.routing_mark.as_ref()
    })
}

/// One state of several. Nothing that is followed is `related` or `invalid`.
fn connection_state<'a>(_: &mut Reader<'_, 'a>, value: &'a [u8]) -> Option<Check<'a>> {
    let wanted: Vec<State> = items(value)
        .filter_map(|item| match item {
            b"new" => Some(State::New),
            b"established" => Some(State::Established),
            b"untracked" => Some(State::Untracked),
            _ => None,
        })
        .collect();
    Some(Box::new(move |pass| {
        Fits::from(wanted.contains(&pass.connection.state()))
    }))
}

/// Either of several, as in iptables; `ein-snat` and `ein-dnat` are of endpoint-independent NAT, which is not modelled.
fn connection_nat_state<'a>(_: &mut Reader<'_, 'a>, value: &'a [u8]) -> Option<Check<'a>> {
    let [srcnat, dstnat] = [&b"srcnat"[..], b"dstnat"].map(|state| items(value).any(|item| item == state));
    Some(Box::new(move |pass| {
        let connection = &pass.connection;
        Fits::from((srcnat && connection.source.is_some()) || (dstnat && connection.destination.is_some()))
    }))
}

fn address<'a>(value: &'a [u8], of: fn(&Pass<'_>) -> Ipv4Addr) -> Option<Check<'a>> {
    let span = span(value)?;
    Some(Box::new(move |pass| Fits::from(span.has(of(pass)))))
}

fn address_list<'a>(
    reader: &mut Reader<'_, 'a>,
    value: &'a [u8],
    of: fn(&Pass<'_>) -> Ipv4Addr,
) -> Option<Check<'a>> {
    let list = Arc::clone(reader.lists.get(value)?);
    Some(Box::new(move |pass| list.has(of(pass))))
}

/// An address has one type; the types that routes have (`blackhole`, `prohibit`) are not known here.
fn address_type<'a>(value: &'a [u8], of: fn(&Pass<'_>) -> Ipv4Addr) -> Option<Check<'a>> {
    let is_known = |item: &&[u8]| ADDRESS_TYPES.contains(item);
    let (known, others): (Vec<&[u8]>, Vec<&[u8]>) = items(value).partition(is_known);
    Some(Box::new(move |pass| {
        match known.contains(&type_of(pass.network, of(pass))) {
            false if !others.is_empty() => Fits::Unknown,
            is_of_it => Fits::from(is_of_it),
        }
    }))
}

const ADDRESS_TYPES: [&[u8]; 4] = [b"broadcast", b"local", b"multicast", b"unicast"];

fn type_of(network: &Network<'_>, address: Ipv4Addr) -> &'static [u8] {
    let is_broadcast = || {
        let mut nets = network.addresses().map(|own| own.connected);
        nets.any(|net| net.prefix_len() < 31 && net.broadcast() == address)
    };
    if network.is_own(address) || address.is_loopback() {
        b"local"
    } else if address.is_multicast() {
        b"multicast"
    } else if address.is_broadcast() || is_broadcast() {
        b"broadcast"
    } else {
        b"unicast"
    }
}

/// Of several ports any; what has no ports never fits.
fn ports<'a>(value: &'a [u8], of: fn(&Pass<'_>) -> [Option<u16>; 2]) -> Option<Check<'a>> {
    let ranges = ranges(value)?;
    Some(Box::new(move |pass| {
        if !pass.packet.protocol.has_ports() {
            return Fits::Never;
        }
        let mut own = of(pass).into_iter().flatten();
        Fits::from(own.any(|port| is_within(&ranges, port)))
    }))
}

fn protocol<'a>(_: &mut Reader<'_, 'a>, value: &'a [u8]) -> Option<Check<'a>> {
    let value = text(value)?;
    Some(Box::new(move |pass| {
        Fits::from(pass.packet.protocol.names().contains(&value))
    }))
}

/// Connection tracking puts fragments together before any rule sees them \[D:250708064\].
fn fragment<'a>(_: &mut Reader<'_, 'a>, value: &'a [u8]) -> Option<Check<'a>> {
    let is_no = matches!(value, b"no" | b"false");
    Some(Box::new(move |_| Fits::from(is_no)))
}

/// No IPsec is modelled: no packet is subject to a policy.
fn ipsec_policy<'a>(_: &mut Reader<'_, 'a>, value: &'a [u8]) -> Option<Check<'a>> {
    let (_, policy) = halves(value, ',')?;
    let is_none = policy == "none";
    Some(Box::new(move |_| Fits::from(is_none)))
}

/// Packets have no options: they fit `none` and every `no-...`.
fn ipv4_options<'a>(_: &mut Reader<'_, 'a>, value: &'a [u8]) -> Option<Check<'a>> {
    let is_without = value.starts_with(b"no");
    Some(Box::new(move |_| Fits::from(is_without)))
}

/// All items must fit, as in the rules that a hotspot makes itself (`from-client,!auth`). Where there is no hotspot, none does
/// (ROUTEROS §2k). Of packets to the login page (`http`, `local-dst`) too little is known.
fn hotspot<'a>(_: &mut Reader<'_, 'a>, value: &'a [u8]) -> Option<Check<'a>> {
    let wanted: Vec<(bool, &[u8])> = items(value).map(negated).collect();
    Some(Box::new(move |pass| {
        let Some(is_logged_in) = pass.packet.logged_in else {
            return all(wanted.iter().map(|(is_negated, _)| Fits::No.turned(*is_negated)));
        };
        let is_from_client = || {
            let from = pass.packet.in_interface.as_ref();
            from.is_some_and(|interface| !pass.network.is_uplink(interface.as_bytes()))
        };
        all(wanted.iter().map(|(is_negated, item)| {
            let fits = match *item {
                b"auth" => Fits::from(is_logged_in),
                b"from-client" => Fits::from(is_from_client()),
                b"to-client" => Fits::from(!is_from_client()),
                _ => Fits::Unknown,
            };
            fits.turned(*is_negated)
        }))
    }))
}

/// All flags must be as they are wanted. The first packet of a TCP connection has `syn` alone; of the others `ack` is sure, and
/// whether they push is not known. The `syn` of the first answer is not told from later answers: what asks for it changes the MSS.
fn tcp_flags<'a>(_: &mut Reader<'_, 'a>, value: &'a [u8]) -> Option<Check<'a>> {
    let wanted: Vec<(bool, &[u8])> = items(value).map(negated).collect();
    Some(Box::new(move |pass| {
        if pass.packet.protocol != Protocol::Tcp {
            return Fits::Never;
        }
        let is_first = pass.packet.direction == Direction::Original && !pass.connection.is_known;
        all(wanted.iter().map(|(is_negated, flag)| {
            let fits = match *flag {
                b"syn" => Fits::from(is_first),
                b"ack" => Fits::from(!is_first),
                b"psh" if !is_first => Fits::Unknown,
                _ => Fits::No,
            };
            fits.turned(*is_negated)
        }))
    }))
}

/// `type`, `type:code` or `type:first-last`. ICMP that is followed is a ping: 8:0, answered by 0:0.
fn icmp_options<'a>(_: &mut Reader<'_, 'a>, value: &'a [u8]) -> Option<Check<'a>> {
    let (kind, code) = match halves(value, ':') {
        Some((kind, code)) => (kind, range(code.as_bytes())?),
        None => (text(value)?, (0, u16::MAX)),
    };
    let kind: u16 = kind.parse().ok()?;
    Some(Box::new(move |pass| {
        let own = match pass.packet.direction {
            Direction::Original => 8,
            Direction::Reply => 0,
        };
        match pass.packet.protocol {
            Protocol::Icmp => Fits::from(kind == own && is_within(&[code], 0)),
            Protocol::Tcp | Protocol::Udp => Fits::Never,
        }
    }))
}

/// Whether all fit; what one does not is not hidden by what is not known of another.
pub(super) fn all(fits: impl Iterator<Item = Fits>) -> Fits {
    fits.fold(Fits::Yes, |sum, fits| match (sum, fits) {
        (Fits::Never, _) | (_, Fits::Never) => Fits::Never,
        (Fits::No, _) | (_, Fits::No) => Fits::No,
        (Fits::Unknown, _) | (_, Fits::Unknown) => Fits::Unknown,
        (Fits::Yes, Fits::Yes) => Fits::Yes,
    })
}
