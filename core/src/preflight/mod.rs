//! Checks of a site against a router before anything is planned.
//!
//! ```text
//!  Site + Router + Context --every rule of RULES--> Report
//! ```
//!
//! A rule is a constant, a pure function and a page: [`explain`](crate::rulebook::explain) gives the page of a code. A report without errors is what a
//! plan needs; warnings say what applying costs or changes besides.
//!
//! # Example
//!
//! ```
//! use multi_isp::explain;
//! use multi_isp::preflight::{Context, preflight};
//! use multi_isp::routeros::{router::Router, version::Version};
//! use multi_isp::site::{Access, LineDraft, Mbps, Mode, SiteDraft};
//!
//! let line = LineDraft::new("isp1", "ether1", Access::Dhcp, Mbps::new(100).ok_or("no speed")?);
//! let site = SiteDraft::new(Mode::Failover, vec![line]).build()?;
//! let report = preflight(&site, &Router::new(Version::new(7, 22, 0)), &Context::default());
//! assert!(report.blocks());
//! let codes: Vec<_> = report.findings().iter().map(|finding| finding.code.as_str()).collect();
//! assert_eq!(codes, ["too-few-lines", "port-not-seen", "isp1-not-seen"]);
//! assert!(explain("too-few-lines").is_some_and(|page| page.contains("## Why it matters")));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod case;
mod clients;
mod filter;
mod interfaces;
mod policies;
pub mod rules;
#[cfg(test)]
mod testing;

pub use self::case::{Case, Check};
pub use self::policies::Policies;
use self::rules::RULES;
pub(crate) use self::rules::guard_not_possible::CODE as GUARD_NOT_POSSIBLE;
pub(crate) use self::rules::row_lost::finding as row_lost;
use crate::diagnostic::Level;
use crate::routeros::router::Router;
use crate::rule;
pub use crate::rule::{LevelErrors, Levels, Report};
use crate::site::Site;
use crate::survey::{self, ExistingSetup};

/// A rule of preflight
pub type Rule = rule::Rule<Check>;

/// All findings about applying `site` to `router`
pub fn preflight(site: &Site, router: &Router, context: &Context) -> Report {
    let in_force = survey::in_force(site, router);
    // What is refused or replaced is told by its own rules; the others judge what is left.
    let left = match context.existing {
        ExistingSetup::Keep => router.clone(),
        ExistingSetup::Refuse | ExistingSetup::Replace => survey::without(router, &in_force),
    };
    let case = Case {
        site,
        router: &left,
        today: router,
        setup: &in_force,
        context,
    };
    let findings = RULES.iter().flat_map(|rule| match rule.check {
        Check::Call(check) => check(context),
        Check::Send(check) => check(router, context),
        Check::Apply(check) => check(&case),
        Check::Leave(check) => check(Some(site), router),
        Check::Plan => Default::default(),
    });
    findings.collect::<Report>().at(&context.levels)
}

/// All findings about taking a site off its router again: the router has to be reached, and what goes may not come back
pub fn preflight_disable(router: &Router, context: &Context) -> Report {
    let findings = RULES.iter().flat_map(|rule| match rule.check {
        Check::Call(check) => check(context),
        Check::Send(check) => check(router, context),
        Check::Apply(_) | Check::Plan => Default::default(),
        Check::Leave(check) => check(None, router),
    });
    findings.collect::<Report>().at(&context.levels)
}

/// Levels of findings for [`Context::levels`], by codes of preflight, each `error`, `warning`, `note` or `off`
///
/// # Errors
///
/// `unknown-code`, `unknown-level`, `level-set-twice`; `level-fixed` where an error would be told as less: what it finds
/// would break the plan.
///
/// # Example
///
/// ```
/// use multi_isp::preflight::{self, Context};
///
/// // Nobody here opens a router to the internet.
/// let levels = preflight::levels(&[("no-firewall", "error")])?;
/// let context = Context { levels, ..Context::default() };
/// # let _ = context;
/// assert_eq!(preflight::levels(&[("no-fierwall", "off")]).unwrap_err().diagnostics()[0].code.as_str(), "unknown-code");
/// assert!(preflight::levels(&[("duplicate-port", "off")]).is_err());
/// # Ok::<(), preflight::LevelErrors>(())
/// ```
pub fn levels(wanted: &[(&str, &str)]) -> Result<Levels, LevelErrors> {
    Levels::of(RULES, wanted, |rule| rule.level == Level::Error)
}

/// What only the caller knows
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// Whether the router answers now; yes
    pub reachable: bool,
    /// Whether the portal feature that opens the internet to everyone is on; no
    pub free_access: bool,
    /// Most lines that a site may have; 4, and never more than [`MAX_LINES`](crate::failover::MAX_LINES)
    pub max_lines: usize,
    /// What the user may do that the plan is sent as; `None` where it is not known
    pub policies: Option<Policies>,
    /// What becomes of a multi-WAN set-up that somebody made by hand; refuse
    pub existing: ExistingSetup,
    /// At which level findings are told, where that is another than their own; [`levels`] makes it
    pub levels: Levels,
}

impl Default for Context {
    fn default() -> Self {
        Self {
            reachable: true,
            free_access: false,
            max_lines: 4,
            policies: None,
            existing: ExistingSetup::default(),
            levels: Levels::default(),
        }
    }
}
