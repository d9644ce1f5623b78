//! How a line gets its address.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::net::Ipv4Addr;

use ipnet::Ipv4Net;

use super::Text;

/// How a line gets its address
///
/// The clients of `Pppoe` and `Ppp` are interfaces of their own, and the line's [`interface`](super::Line::interface) is the name of
/// that client. One that the router has is adopted as it is; else one is made from the `Dial` or `Modem` here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Access {
    /// From the provider's DHCP server, also that of an LTE stick which calls itself a router
    Dhcp,
    /// By agreement
    Static {
        /// Address of the router on the line, with the length of its prefix
        address: Ipv4Net,
        /// Next hop; it may lie outside the prefix
        gateway: Ipv4Addr,
    },
    /// From a PPPoE session
    Pppoe(Option<Dial>),
    /// From an LTE or 5G modem that the router drives itself; the APN profile that it has today, unless another is named
    Lte(Option<Apn>),
    /// From a dial-up session over a USB modem
    Ppp(Option<Modem>),
    /// Over a point-to-point interface that somebody else keeps up: L2TP, SSTP, GRE
    Tunnel,
}

/// What a PPPoE client dials with
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dial {
    /// Interface that the modem is plugged into: `ether2`, `vlan35`
    pub port: Text,
    /// User name that the provider gave
    pub user: Text,
    /// Password; `None` where it is not known, as in a site read back from a router: the client keeps the one that it has
    pub password: Option<Secret>,
    /// Service to ask for, where the provider has several
    pub service: Option<Text>,
}

/// An access point of a mobile network
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Apn {
    /// Its name, `internet`
    pub name: Text,
    /// User name, where the network asks for one
    pub user: Option<Text>,
    /// Password; `None` where there is none, or where it is not known
    pub password: Option<Secret>,
}

/// A USB modem that is dialled as a serial one
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Modem {
    /// Its port in `/port`: `usb1`
    pub port: Text,
    /// Access point with its credentials
    pub apn: Apn,
    /// PIN of the SIM card
    pub pin: Option<Secret>,
    /// Number that is dialled, `*99#`
    pub phone: Option<Text>,
    /// Serial channel of the data; 0 unless the modem wants another (2 on many Huawei sticks)
    pub data_channel: Option<u8>,
    /// Serial channel of the commands; 0 unless the modem wants another
    pub info_channel: Option<u8>,
}

impl Access {
    /// Words of the JSON document
    pub const WORDS: [&str; 6] = ["dhcp", "static", "pppoe", "lte", "ppp", "tunnel"];

    /// Word of the JSON document
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Dhcp => "dhcp",
            Self::Static { .. } => "static",
            Self::Pppoe(_) => "pppoe",
            Self::Lte(_) => "lte",
            Self::Ppp(_) => "ppp",
            Self::Tunnel => "tunnel",
        }
    }

    /// Whether the interface leads to one peer alone, so that a route names it instead of a next hop
    pub const fn is_point_to_point(&self) -> bool {
        matches!(self, Self::Pppoe(_) | Self::Lte(_) | Self::Ppp(_) | Self::Tunnel)
    }

    /// Whether the next hop is not in the network of the line's address, so that a route must lead to it first
    pub fn gateway_is_outside(&self) -> bool {
        matches!(self, Self::Static { address, gateway } if !address.contains(gateway))
    }

    /// Port that a client is dialled over, where the site says how to make one
    pub const fn dials_over(&self) -> Option<&Text> {
        match self {
            Self::Pppoe(Some(dial)) => Some(&dial.port),
            Self::Ppp(Some(modem)) => Some(&modem.port),
            _ => None,
        }
    }

    /// The same without passwords and PINs
    pub fn without_secrets(&self) -> Self {
        let mut access = self.clone();
        match &mut access {
            Self::Pppoe(Some(dial)) => dial.password = None,
            Self::Lte(Some(apn)) => apn.password = None,
            Self::Ppp(Some(modem)) => {
                modem.apn.password = None;
                modem.pin = None;
            }
            _ => {}
        }
        access
    }
}

impl Apn {
    /// An access point that asks for no credentials
    pub fn new(name: impl Into<Text>) -> Self {
        Self {
            name: name.into(),
            user: None,
            password: None,
        }
    }
}

/// A password or PIN: it goes to the router, and is never shown
///
/// # Example
///
/// ```
/// use multi_isp::site::Secret;
///
/// let password = Secret::from("correct horse");
/// assert_eq!(format!("{password:?}"), "Secret(***)");
/// assert_eq!(password.expose().as_bytes(), b"correct horse");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Text);

impl Secret {
    /// The text itself
    pub fn expose(&self) -> &Text {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(***)")
    }
}

impl From<Text> for Secret {
    fn from(text: Text) -> Self {
        Self(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<Vec<u8>> for Secret {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes.into())
    }
}
