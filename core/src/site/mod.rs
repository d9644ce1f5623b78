//! What the operator wants: lines, mode, health check, LAN, management endpoints.
//!
//! ```text
//!  JSON document --read--> SiteDraft --build--> Site --write--> JSON document
//!                              ^
//!                program ------'
//! ```
//!
//! A [`SiteDraft`] is loose; a [`Site`] is well-formed: every value is in range, ids are unique, probe hosts are not shared.
//! How many lines there are and whether their ports are distinct and exist is for [`preflight`](mod@crate::preflight) to judge,
//! which knows the router.
//!
//! # Example
//!
//! ```
//! use multi_isp::site::{Health, Mode, Site};
//!
//! let site = Site::from_json(br#"{
//!     "schema": "multi-isp/site/1",
//!     "mode": "load_balance_failover",
//!     "lines": [
//!         {"id": "fiber", "interface": "ether1", "access": {"type": "dhcp"}, "mbps": 100},
//!         {"id": "wireless", "interface": "ether2", "access":
//!             {"type": "static", "address": "198.51.100.2/24", "gateway": "198.51.100.1"}, "mbps": 7.5}
//!     ]
//! }"#)?;
//! assert_eq!(site.mode(), Mode::LoadBalanceFailover);
//! assert_eq!(site.health(), Health::Internet);
//! let [fiber, wireless] = site.lines() else { panic!("two lines went in") };
//! assert_eq!(fiber.label().to_string(), "ISP 1");
//! assert_eq!(wireless.mbps().kbps(), 7_500);
//! assert_eq!(Site::from_json(site.to_json().as_bytes())?, site);
//! # Ok::<(), multi_isp::document::DocumentErrors>(())
//! ```

mod access;
mod check;
mod draft;
mod line;
mod read;
mod speed;
mod text;
mod webhook;
mod write;

use alloc::string::String;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use ipnet::Ipv4Net;

pub use self::access::{Access, Apn, Dial, Modem, Secret};
pub use self::draft::{LineDraft, SiteDraft};
pub use self::line::{Health, Line, LineId};
pub use self::speed::{InvalidSpeed, Mbps};
pub use self::text::Text;
pub use self::webhook::Webhook;
use crate::document::DocumentErrors;

/// What an operator wants of one router; always well-formed
///
/// Made by [`SiteDraft::build`] or [`Site::from_json`]. Sites are equal when they ask for the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    mode: Mode,
    lines: Vec<Line>,
    health: Health,
    lan: Lan,
    management: Vec<Ipv4Net>,
    dns: Dns,
    classifier: Classifier,
    max_buckets: u32,
    spread: Spread,
    replies: bool,
    stale_connections: StaleConnections,
    webhook: Option<Webhook>,
}

impl Site {
    /// Name and version of the JSON document, the value of its field `schema`
    pub const SCHEMA: &str = "multi-isp/site/1";

    /// JSON Schema of the document
    ///
    /// It says what a document may look like; that ids are unique, addresses those of hosts and so on, only
    /// [`Site::from_json`] says.
    pub const JSON_SCHEMA: &str = include_str!("site.schema.json");

    /// Site of a JSON document
    ///
    /// | field | value | default |
    /// |---|---|---|
    /// | `schema` | `"multi-isp/site/1"` | needed |
    /// | `mode` | `"failover"`, `"load_balance"`, `"load_balance_failover"` | needed |
    /// | `lines` | list of lines by priority, ISP 1 first | needed |
    /// | `health` | `"manual"`, `"link"`, `"gateway"`, `"internet"` | `"internet"` |
    /// | `lan` | list of interfaces | those that the router tells |
    /// | `management` | list of IPv4 addresses or prefixes | `[]` |
    /// | `dns` | list of IPv4 addresses | those that the router has |
    /// | `classifier` | `"both-addresses"`, `"src-address"`, `"both-addresses-and-ports"` and others, see [`Classifier`] | `"both-addresses"` |
    /// | `max_buckets` | 2 to 64 | 16 |
    /// | `spread` | `"proportional"`, `"priority"` | `"proportional"` |
    /// | `replies` | `true`, `false` | `false` |
    /// | `stale_connections` | `"none"`, `"failed-line"` | `"none"` |
    /// | `webhook` | `{"url": "https://..", "interval": 60}`, see [`Webhook`] | none |
    ///
    /// | field of a line | value | default |
    /// |---|---|---|
    /// | `id` | see [`LineId`] | needed |
    /// | `label` | text | `"ISP 1"` for the first |
    /// | `interface` | text | needed |
    /// | `access` | see the next table | needed |
    /// | `mbps` | see [`Mbps`] | needed |
    /// | `metered` | `true`, `false` | `false` |
    /// | `health` | as of the site | that of the site |
    /// | `probes` | list of two IPv4 addresses or more | the library's |
    ///
    /// | `type` of an access | its other fields |
    /// |---|---|
    /// | `"dhcp"` | none |
    /// | `"static"` | `address` (`"198.51.100.2/24"`), `gateway` (`"198.51.100.1"`) |
    /// | `"pppoe"` | none: a client called `interface` is there; or `port`, `user`, `password`, `service` of one to make |
    /// | `"lte"` | none: the modem keeps its APN profile; or `apn`, `user`, `password` |
    /// | `"ppp"` | none: a client called `interface` is there; or `port`, `apn`, `user`, `password`, `pin`, `phone`, `data_channel`, `info_channel` of one to make |
    /// | `"tunnel"` | none: the interface is there |
    ///
    /// `null` means absent. Text that is not UTF-8 is written as `{"hex": "CFF0"}`.
    ///
    /// # Errors
    ///
    /// All that is wrong with it, each with code, field and place: `too-large` (beyond 64 KiB), `not-utf8`, `invalid-json`, `unknown-schema`,
    /// `unknown-field`, `missing-field`, `duplicate-field`, `wrong-type`, `unknown-value`, and those of
    /// [`SiteDraft::build`].
    pub fn from_json(json: &[u8]) -> Result<Self, DocumentErrors> {
        read::site(json)
    }

    /// JSON document of the site, from which [`Site::from_json`] makes an equal one, passwords, PINs and the URL of its webhook included
    ///
    /// Site-wide defaults are written out, so that a later default changes nothing of a stored document.
    pub fn to_json(&self) -> String {
        write::site(self)
    }

    /// The same site without passwords, PINs and the URL of its webhook, as a router remembers it
    pub fn without_secrets(&self) -> Self {
        let mut site = self.clone();
        for line in &mut site.lines {
            line.access = line.access.without_secrets();
        }
        site.webhook = site.webhook.as_ref().map(Webhook::without_secrets);
        site
    }

    /// Whether lines stand by for each other, share the load, or both
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// Lines by priority; the first is ISP 1, the line that the router has today
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Line of that id
    pub fn line(&self, id: &LineId) -> Option<&Line> {
        self.lines.iter().find(|line| line.id() == id)
    }

    /// Health check of lines that ask for no other
    pub fn health(&self) -> Health {
        self.health
    }

    /// Where the customers are
    pub fn lan(&self) -> &Lan {
        &self.lan
    }

    /// Far ends that manage the router, such as VPN endpoints: reached by the main table alone, never balanced
    pub fn management(&self) -> &[Ipv4Net] {
        &self.management
    }

    /// Resolvers of the router
    pub fn dns(&self) -> &Dns {
        &self.dns
    }

    /// What makes two packets of customers take the same line
    pub fn classifier(&self) -> Classifier {
        self.classifier
    }

    /// Largest PCC denominator, 2 to 64: every bucket is one rule that each new connection walks
    pub fn max_buckets(&self) -> u32 {
        self.max_buckets
    }

    /// Where the connections of a dead line go, when lines share the load and stand in for each other
    pub fn spread(&self) -> Spread {
        self.spread
    }

    /// Whether answers to inbound connections leave by the line that they came in, in failover mode too
    pub fn replies(&self) -> bool {
        self.replies
    }

    /// What becomes of connections when their line fails or returns
    pub fn stale_connections(&self) -> StaleConnections {
        self.stale_connections
    }

    /// Where the router itself reports its lines to; `None` where it does not
    pub fn webhook(&self) -> Option<&Webhook> {
        self.webhook.as_ref()
    }
}

/// What the lines of a site are to each other
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// One line carries all; the next by priority takes over
    Failover,
    /// All lines whose link is up share the load by their speeds
    LoadBalance,
    /// All healthy lines share the load by their speeds
    LoadBalanceFailover,
}

impl Mode {
    /// All modes
    pub const ALL: &[Self] = &[Self::Failover, Self::LoadBalance, Self::LoadBalanceFailover];

    /// Word of the JSON document
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Failover => "failover",
            Self::LoadBalance => "load_balance",
            Self::LoadBalanceFailover => "load_balance_failover",
        }
    }

    /// Whether connections are spread over the lines
    pub const fn balances(self) -> bool {
        matches!(self, Self::LoadBalance | Self::LoadBalanceFailover)
    }
}

/// Where the customers are
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Lan {
    /// The router's own interface list or bridges say
    #[default]
    Auto,
    /// These interfaces, at least one, none twice and none of them a line
    Interfaces(Vec<Text>),
}

/// Resolvers of the router
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Dns {
    /// As they are today
    #[default]
    Keep,
    /// These servers, at least one, as static ones; a lease of ISP 1 may still bring its own
    Servers(Vec<Ipv4Addr>),
}

impl Lan {
    /// The interfaces that are named; `None` where the router says
    pub fn named(&self) -> Option<&[Text]> {
        match self {
            Self::Auto => None,
            Self::Interfaces(interfaces) => Some(interfaces),
        }
    }
}

impl Dns {
    /// The servers that are named; `None` where they stay as they are
    pub fn named(&self) -> Option<&[Ipv4Addr]> {
        match self {
            Self::Keep => None,
            Self::Servers(servers) => Some(servers),
        }
    }
}

/// Where the connections of a dead line go
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Spread {
    /// To all lines that work, in proportion to their speeds; takes up to twelve routing tables
    #[default]
    Proportional,
    /// To the first line by priority that works, which then carries its own share and that of the dead line
    Priority,
}

impl Spread {
    /// All spreads
    pub const ALL: &[Self] = &[Self::Proportional, Self::Priority];

    /// Word of the JSON document
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Proportional => "proportional",
            Self::Priority => "priority",
        }
    }
}

/// What becomes of connections when their line fails or returns while its link stays up
///
/// Such a connection keeps the address that it was translated to, and its packets leave over another line with the wrong
/// source: UDP such as SIP, WireGuard and QUIC hangs for good, TCP until it times out. Only where the link goes down or
/// gets another address does a masquerade forget its connections by itself \[D:3211299\].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StaleConnections {
    /// Nothing: nothing runs on the router, and a line that is up and down by turns interrupts nobody
    #[default]
    Keep,
    /// Those of the line are removed, so that their next packet begins anew over a line that works
    ///
    /// It costs a scheduler that looks at the lines every ten seconds, and with each failure and each return every
    /// download, call and session of that line: those that had found another way or would have outlived a short failure too.
    FailedLine,
}

impl StaleConnections {
    /// All choices
    pub const ALL: &[Self] = &[Self::Keep, Self::FailedLine];

    /// Word of the JSON document
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Keep => "none",
            Self::FailedLine => "failed-line",
        }
    }
}

/// Values that RouterOS' per-connection classifier hashes, in its own words \[D:152600617\]
///
/// What is alike in these values takes the same line. Ports differ from one connection to the next, so a classifier with a port
/// spreads best, and breaks what ties a session to an address: banks and portals log customers out, calls and games that use
/// several connections fail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Classifier {
    /// A customer and a server always meet over one line: banks and portals keep their sessions, the spread is good
    #[default]
    BothAddresses,
    /// A customer stays on one line: safest for calls and games, a poor spread over few customers
    SrcAddress,
    /// A server is always reached over one line: a busy one loads that line alone
    DstAddress,
    /// Every connection for itself: the best spread, but sites that tie a session to an address log customers out
    BothAddressesAndPorts,
    /// Every connection of a customer for itself, whatever it leads to
    SrcAddressAndPort,
    /// A service of a server is always reached over one line
    DstAddressAndPort,
    /// Every connection for itself, whoever it is from and leads to
    BothPorts,
    /// By the customer's port alone, which is as good as random
    SrcPort,
    /// By the service alone: nearly all of the web would take one line
    DstPort,
}

impl Classifier {
    /// All classifiers
    pub const ALL: &[Self] = &[
        Self::BothAddresses,
        Self::SrcAddress,
        Self::DstAddress,
        Self::BothAddressesAndPorts,
        Self::SrcAddressAndPort,
        Self::DstAddressAndPort,
        Self::BothPorts,
        Self::SrcPort,
        Self::DstPort,
    ];

    /// Word of RouterOS and of the JSON document
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BothAddresses => "both-addresses",
            Self::SrcAddress => "src-address",
            Self::DstAddress => "dst-address",
            Self::BothAddressesAndPorts => "both-addresses-and-ports",
            Self::SrcAddressAndPort => "src-address-and-port",
            Self::DstAddressAndPort => "dst-address-and-port",
            Self::BothPorts => "both-ports",
            Self::SrcPort => "src-port",
            Self::DstPort => "dst-port",
        }
    }
}
