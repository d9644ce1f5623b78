//! Ownership tags: the comment that says a row is ours, what it is for and whom it serves.

use alloc::format;
use alloc::string::{String, ToString};
use core::fmt;

/// The first field of every tag.
const PREFIX: &str = "multi-isp";

/// Where our rows are known by their name.
const APN_PROFILES: &str = "/interface/lte/apn";

/// The subject of a row that serves the whole site; no line may be called so.
pub const SITE_SUBJECT: &str = "site";

/// What a row of ours is for. A role lives in one menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// An interface list.
    List,
    /// A line's place in the router's own interface lists, so that its firewall covers it.
    Firewall,
    /// A member of one of our interface lists.
    Member,
    /// A destination that is never balanced.
    Local,
    /// The routing table of a line.
    Table,
    /// The address of a static line.
    Address,
    /// The masquerade of a line.
    Nat,
    /// The DHCP client of a line.
    Client,
    /// The PPPoE client that is the interface of a line.
    Pppoe,
    /// The dial-up client that is the interface of a line.
    Ppp,
    /// The APN profile of a line's modem.
    Apn,
    /// The host route to a next hop outside the network of its line.
    OnLink,
    /// The host route that pins a probe to its line.
    Probe,
    /// What keeps pings to a probe off other lines while its own is down.
    Blackhole,
    /// A default route in the main table.
    Main,
    /// A line's default route in its own table.
    Own,
    /// Another line's default route in a line's table.
    Backup,
    /// Traffic that leaves our chain unmarked.
    Bypass,
    /// The mark of a connection that comes in over a line.
    Ingress,
    /// The mark of a running connection that is already translated for a line.
    Adopt,
    /// Whether new connections of some customers are shared: those of whom the lines translate.
    Translated,
    /// The mark of one bucket of new connections.
    Pcc,
    /// The routing mark of a marked connection.
    Route,
    /// The routing mark of the router's own replies.
    Reply,
    /// The jump into our chain: the switch of the marks.
    Jump,
    /// The netwatch of a probe, which switches the defaults over it.
    Watch,
    /// The script that removes stale connections.
    Flush,
    /// The scheduler that runs it.
    FlushTimer,
    /// Whether a probe answers, as netwatch notes it.
    State,
    /// What was last told of a line.
    Sent,
    /// The netwatch of a probe, which only notes whether it answers.
    Monitor,
    /// The script that reports the lines.
    Report,
    /// The scheduler that runs it.
    ReportTimer,
    /// The script that takes an unconfirmed plan back.
    Undo,
    /// The schedulers that run it.
    Guard,
    /// The script that records the original values of foreign rows.
    Restore,
    /// The script that records the applied site.
    Site,
    /// The script that runs a step for a transport that has no command for it; it goes when it has run.
    Step,
}

/// A role with its word in the tag, the menu that it lives in, and what its rows are for.
type Entry = (Role, &'static str, &'static str, &'static str);

/// Every role.
const ROLES: &[Entry] = &[
    (
        Role::Apn,
        "apn",
        APN_PROFILES,
        "the modem uses the access point of the line",
    ),
    (
        Role::Pppoe,
        "pppoe",
        "/interface/pppoe-client",
        "the line is a PPPoE session; it starts when the firewall and NAT cover it",
    ),
    (
        Role::Ppp,
        "ppp",
        "/interface/ppp-client",
        "the line is a dial-up session; it starts when the firewall and NAT cover it",
    ),
    (
        Role::List,
        "list",
        "/interface/list",
        "one list tells customers from lines",
    ),
    (
        Role::Firewall,
        "firewall",
        "/interface/list/member",
        "the router's firewall treats the line as it treats ISP 1",
    ),
    (
        Role::Member,
        "member",
        "/interface/list/member",
        "one list tells customers from lines",
    ),
    (
        Role::Local,
        "local",
        "/ip/firewall/address-list",
        "local destinations are never balanced",
    ),
    (
        Role::Table,
        "table",
        "/routing/table",
        "marked connections are routed by the table of their line",
    ),
    (
        Role::Address,
        "address",
        "/ip/address",
        "the line has its address",
    ),
    (
        Role::Nat,
        "nat",
        "/ip/firewall/nat",
        "what customers send over the line is translated",
    ),
    (
        Role::Client,
        "client",
        "/ip/dhcp-client",
        "the line gets its address and gateway",
    ),
    (
        Role::OnLink,
        "on-link",
        "/ip/route",
        "the next hop lies outside the line's network, and is reached over its interface",
    ),
    (
        Role::Probe,
        "probe",
        "/ip/route",
        "the host is reached over its line only, so that it tells whether the line works",
    ),
    (
        Role::Blackhole,
        "blackhole",
        "/ip/route",
        "a ping to the host goes nowhere while its line is down, instead of over another line",
    ),
    (
        Role::Main,
        "main",
        "/ip/route",
        "the nearest line that works carries what is not marked",
    ),
    (Role::Own, "own", "/ip/route", "a marked connection uses its line"),
    (
        Role::Backup,
        "backup",
        "/ip/route",
        "it uses another line while its own is dead",
    ),
    (
        Role::Bypass,
        "bypass",
        "/ip/firewall/mangle",
        "what must not be balanced leaves our chain unmarked",
    ),
    (
        Role::Ingress,
        "ingress",
        "/ip/firewall/mangle",
        "a connection from outside belongs to the line that it came in by",
    ),
    (
        Role::Adopt,
        "adopt",
        "/ip/firewall/mangle",
        "a running connection stays on the line that it is on",
    ),
    (
        Role::Translated,
        "translated",
        "/ip/firewall/mangle",
        "only customers whose addresses are translated are shared",
    ),
    (
        Role::Pcc,
        "pcc",
        "/ip/firewall/mangle",
        "each line gets its share of new connections",
    ),
    (
        Role::Route,
        "route",
        "/ip/firewall/mangle",
        "the mark decides the routing table",
    ),
    (
        Role::Reply,
        "reply",
        "/ip/firewall/mangle",
        "the router answers over the line that it was asked by",
    ),
    (
        Role::Jump,
        "jump",
        "/ip/firewall/mangle",
        "the jump switches the marks on",
    ),
    (
        Role::Watch,
        "watch",
        "/tool/netwatch",
        "the host of a metered line is pinged once a minute, and switches the defaults over it",
    ),
    (
        Role::Flush,
        "flush",
        "/system/script",
        "connections of a line that failed or returned begin anew",
    ),
    (
        Role::FlushTimer,
        "flush",
        "/system/scheduler",
        "the lines are looked at every ten seconds",
    ),
    (
        Role::State,
        "state",
        "/ip/firewall/address-list",
        "netwatch notes here whether the host answers",
    ),
    (
        Role::Sent,
        "sent",
        "/ip/firewall/address-list",
        "the report notes here what it last told of the line",
    ),
    (
        Role::Monitor,
        "monitor",
        "/tool/netwatch",
        "the host is pinged once a minute, and whether it answers is noted",
    ),
    (
        Role::Report,
        "report",
        "/system/script",
        "a line that stops or starts to work is reported to a webhook",
    ),
    (
        Role::ReportTimer,
        "report",
        "/system/scheduler",
        "what is to be reported is looked for",
    ),
    (
        Role::Undo,
        "undo",
        "/system/script",
        "a plan that nobody confirms is taken back",
    ),
    (
        Role::Guard,
        "guard",
        "/system/scheduler",
        "a plan that nobody confirms is taken back, also after a restart",
    ),
    (
        Role::Restore,
        "restore",
        "/system/script",
        "disable can put other people's rows back as they were",
    ),
    (
        Role::Site,
        "site",
        "/system/script",
        "the router remembers what was applied",
    ),
    (
        Role::Step,
        "step",
        "/system/script",
        "a step runs as a script, which goes when it has run",
    ),
];

impl Role {
    /// The word that stands for the role in a tag.
    pub fn word(self) -> &'static str {
        self.entry().map_or("", |(_, word, ..)| word)
    }

    /// The menu whose rows have this role.
    pub fn menu(self) -> &'static str {
        self.entry().map_or("", |(_, _, menu, _)| menu)
    }

    /// What rows of the role are for, in half a sentence.
    pub fn purpose(self) -> &'static str {
        self.entry().map_or("", |(.., purpose)| purpose)
    }

    /// Whether its rows are interfaces of their own that dial: they come switched off, because others must name them before they
    /// start.
    pub fn dials(self) -> bool {
        matches!(self, Self::Pppoe | Self::Ppp)
    }

    /// The menus that hold rows of ours.
    pub fn menus() -> impl Iterator<Item = &'static str> {
        let menu_at = |index: usize| ROLES.get(index).map(|(_, _, menu, _)| *menu);
        let is_first = move |index: &usize| (0..*index).all(|before| menu_at(before) != menu_at(*index));
        (0..ROLES.len()).filter(is_first).filter_map(menu_at)
    }

    fn entry(self) -> Option<&'static Entry> {
        ROLES.iter().find(|(role, ..)| *role == self)
    }

    fn parse(menu: &str, word: &str) -> Option<Role> {
        ROLES
            .iter()
            .find(|(_, own, place, _)| *own == word && *place == menu)
            .map(|(role, ..)| *role)
    }
}

/// The comment of a row of ours: `multi-isp:<role>:<subject>:<n>`, unique in its menu.
///
/// # Example
///
/// ```
/// use multi_isp::survey::{Role, Tag};
///
/// let tag = Tag::new(Role::Probe, "fiber", 2);
/// assert_eq!(tag.to_string(), "multi-isp:probe:fiber:2");
/// assert_eq!(Tag::parse("/ip/route", b"multi-isp:probe:fiber:2"), Some(tag));
/// // A tag is matched whole, and in the menu of its role.
/// assert_eq!(Tag::parse("/ip/route", b"multi-isp:probe:fiber:2 do not touch"), None);
/// assert_eq!(Tag::parse("/ip/firewall/nat", b"multi-isp:probe:fiber:2"), None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tag {
    role: Role,
    subject: String,
    number: usize,
}

impl Tag {
    /// The `number`-th row (from 1) of a role that serves `subject`: a line's id or `site`.
    pub fn new(role: Role, subject: &str, number: usize) -> Self {
        Self {
            role,
            subject: subject.to_string(),
            number,
        }
    }

    /// The property that holds the tag in `menu`. Whether an APN profile has a comment on v6 is not known
    /// (`ROUTEROS-BEHAVIOUR` §4): there it is the name.
    pub fn property(menu: &str) -> &'static str {
        if menu == APN_PROFILES { "name" } else { "comment" }
    }

    /// The tag as the value of its property.
    pub fn text(&self) -> String {
        match self.role {
            Role::Apn => name(&self.subject),
            _ => self.to_string(),
        }
    }

    /// The tag that its property holds in `menu`; `None` where the row is not ours.
    pub fn parse(menu: &str, text: &[u8]) -> Option<Self> {
        let text = core::str::from_utf8(text).ok()?;
        if menu == APN_PROFILES {
            let subject = text.strip_prefix(PREFIX)?.strip_prefix('-')?;
            return Some(Self::new(Role::Apn, subject, 1));
        }
        let mut fields = text.split(':');
        let (prefix, role, subject, number) =
            (fields.next()?, fields.next()?, fields.next()?, fields.next()?);
        let tag = Self::new(Role::parse(menu, role)?, subject, number.parse().ok()?);
        let whole = fields.next().is_none() && prefix == PREFIX && tag.number.to_string() == number;
        whole.then_some(tag)
    }

    /// What the row is for.
    pub fn role(&self) -> Role {
        self.role
    }

    /// Its number among the rows of the same role and subject, from 1.
    pub fn number(&self) -> usize {
        self.number
    }

    /// The line that the row serves, or `site`.
    pub fn subject(&self) -> &str {
        &self.subject
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{PREFIX}:{}:{}:{}",
            self.role.word(),
            self.subject,
            self.number
        )
    }
}

/// The name of what cannot carry a comment or is referred to by name: `multi-isp-<subject>`.
///
/// # Example
///
/// ```
/// assert_eq!(multi_isp::survey::name("fiber"), "multi-isp-fiber");
/// ```
pub fn name(subject: &str) -> String {
    format!("{PREFIX}-{subject}")
}
