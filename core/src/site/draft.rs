//! Loose input, of which a site is made.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use ipnet::Ipv4Net;

use super::{
    Access, Classifier, Dns, Health, Lan, Mbps, Mode, Site, Spread, StaleConnections, Text, Webhook, check,
};
use crate::document::DocumentErrors;

/// A site in the making: public fields, nothing checked
///
/// # Example
///
/// ```
/// use multi_isp::site::{Access, LineDraft, Mbps, Mode, SiteDraft};
///
/// let speed = Mbps::new(100).ok_or("no speed")?;
/// let line = |id: &str, port: &str| LineDraft::new(id, port, Access::Dhcp, speed);
/// let site = SiteDraft::new(Mode::Failover, vec![line("isp1", "ether1"), line("isp2", "ether2")]).build()?;
/// assert_eq!(site.lines().len(), 2);
///
/// let twins = SiteDraft::new(Mode::Failover, vec![line("isp1", "ether1"), line("isp1", "ether2")]);
/// let errors = twins.build().err().ok_or("twins were let through")?;
/// assert_eq!(errors.to_string(), "error[duplicate-line-id]: `lines[1].id`: `isp1` is also the id of an earlier line");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteDraft {
    /// What the lines are to each other
    pub mode: Mode,
    /// Lines by priority, ISP 1 first
    pub lines: Vec<LineDraft>,
    /// Health check of lines that ask for no other; [`Health::Internet`]
    pub health: Health,
    /// Where the customers are; [`Lan::Auto`]
    pub lan: Lan,
    /// Far ends that manage the router; none
    pub management: Vec<Ipv4Net>,
    /// Resolvers of the router; [`Dns::Keep`]
    pub dns: Dns,
    /// What the PCC hashes; [`Classifier::BothAddresses`]
    pub classifier: Classifier,
    /// Largest PCC denominator, 2 to 64; 16
    pub max_buckets: u32,
    /// Where the connections of a dead line go; [`Spread::Proportional`]
    pub spread: Spread,
    /// Whether answers to inbound connections leave by the line that they came in, in failover mode too; no
    pub replies: bool,
    /// What becomes of connections when their line fails or returns; [`StaleConnections::Keep`]
    pub stale_connections: StaleConnections,
    /// Where the router itself reports its lines to; nowhere
    pub webhook: Option<Webhook>,
}

impl SiteDraft {
    /// Draft with the defaults that each field names
    pub fn new(mode: Mode, lines: Vec<LineDraft>) -> Self {
        Self {
            mode,
            lines,
            health: Health::default(),
            lan: Lan::default(),
            management: Vec::new(),
            dns: Dns::default(),
            classifier: Classifier::default(),
            max_buckets: 16,
            spread: Spread::default(),
            replies: false,
            stale_connections: StaleConnections::default(),
            webhook: None,
        }
    }

    /// The site that it describes
    ///
    /// # Errors
    ///
    /// All that is wrong with it: `invalid-line-id`, `duplicate-line-id`, `invalid-name`, `client-is-port`, `duplicate-interface`,
    /// `line-on-lan`, `invalid-address`, `too-few-probes`, `invalid-probe`, `shared-probe`, `empty-list`,
    /// `management-everywhere`, `invalid-bucket-limit`, `invalid-webhook`.
    pub fn build(self) -> Result<Site, DocumentErrors> {
        let (lines, faults) = check::draft(&self);
        DocumentErrors::unless_empty(faults)?;
        Ok(Site {
            mode: self.mode,
            lines,
            health: self.health,
            lan: self.lan,
            management: self.management.iter().map(Ipv4Net::trunc).collect(),
            dns: self.dns,
            classifier: self.classifier,
            max_buckets: self.max_buckets,
            spread: self.spread,
            replies: self.replies,
            stale_connections: self.stale_connections,
            webhook: self.webhook,
        })
    }
}

/// A line in the making: public fields, nothing checked
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineDraft {
    /// See [`LineId`](super::LineId)
    pub id: String,
    /// Name for people; `ISP 2` for the second line
    pub label: Option<Text>,
    /// Interface as the router calls it
    pub interface: Text,
    /// How it gets its address
    pub access: Access,
    /// Its speed
    pub mbps: Mbps,
    /// Whether its data is paid for by volume; no
    pub metered: bool,
    /// Health check of its own; that of the site
    pub health: Option<Health>,
    /// Probe hosts of its own, at least two; the library's
    pub probes: Option<Vec<Ipv4Addr>>,
}

impl LineDraft {
    /// Draft with the defaults that each field names
    pub fn new(id: impl Into<String>, interface: impl Into<Text>, access: Access, mbps: Mbps) -> Self {
        Self {
            id: id.into(),
            label: None,
            interface: interface.into(),
            access,
            mbps,
            metered: false,
            health: None,
            probes: None,
        }
    }
}

/// Label of the line at `position` of its site, from 0, that was given none
pub(super) fn default_label(position: usize) -> Text {
    format!("ISP {}", position.saturating_add(1)).into()
}
