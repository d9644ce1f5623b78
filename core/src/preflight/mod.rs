//! Checks of a site against a router before anything is planned.
//!
//! ```text
//!  Site + Router + Context --every rule of RULES--> Report
//! ```
//!
//! A rule is a constant, a pure function and a page: [`explain`] gives the page of a code. A report without errors is what a
//! plan needs; warnings say what applying costs or changes besides.
//!
//! # Example
//!
//! ```
//! use multi_isp::preflight::{Context, explain, preflight};
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

mod clients;
mod device_mode;
mod filter;
mod interfaces;
mod policies;
mod report;
mod rows;
mod rule;
pub mod rules;
#[cfg(test)]
mod testing;

pub use self::policies::Policies;
pub use self::report::Report;
pub use self::rule::{Case, Check, Rule};
use self::rules::RULES;
pub(crate) use self::rules::guard_not_possible::CODE as GUARD_NOT_POSSIBLE;
pub(crate) use self::rules::row_lost::finding as row_lost;
use crate::routeros::router::Router;
use crate::site::Site;
use crate::survey::{self, ExistingSetup};

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
    RULES
        .iter()
        .flat_map(|rule| match rule.check {
            Check::Call(check) => check(context),
            Check::Send(check) => check(router, context),
            Check::Apply(check) => check(&case),
            Check::Leave(check) => check(Some(site), router),
            Check::Plan => Default::default(),
        })
        .collect()
}

/// All findings about taking a site off its router again: the router has to be reached, and what goes may not come back
pub fn preflight_disable(router: &Router, context: &Context) -> Report {
    RULES
        .iter()
        .flat_map(|rule| match rule.check {
            Check::Call(check) => check(context),
            Check::Send(check) => check(router, context),
            Check::Apply(_) | Check::Plan => Default::default(),
            Check::Leave(check) => check(None, router),
        })
        .collect()
}

/// Page of the rule with that code, in Markdown: Checks, Why it matters, Example, Instead, Fix, Sources
pub fn explain(code: &str) -> Option<&'static str> {
    RULES
        .iter()
        .find(|rule| rule.code.as_str() == code)
        .map(|rule| rule.page)
}

/// What only the caller knows
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
}

impl Default for Context {
    fn default() -> Self {
        Self {
            reachable: true,
            free_access: false,
            max_lines: 4,
            policies: None,
            existing: ExistingSetup::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn codes_are_unique_and_explained() {
        let codes: BTreeSet<_> = RULES.iter().map(|rule| rule.code).collect();
        assert_eq!(codes.len(), RULES.len());
        for code in codes {
            let page = explain(code.as_str()).unwrap_or_default();
            assert!(page.starts_with(&std::format!("# {code}\n")), "{code}");
        }
        assert_eq!(explain("no-such-rule"), None);
    }
}
