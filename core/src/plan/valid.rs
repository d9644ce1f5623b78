//! Whether a router is still as it was when a plan was made for it.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::error::Error;
use core::fmt;

use super::steady::steady;
use super::{Plan, summary};
use crate::diagnostic::{Code, Diagnostic};
use crate::routeros::router::{Change, Difference, Router};
use crate::routeros::schema;
use crate::routeros::version::Version;

/// The router that a plan was made for. Plans are equal where these are set the same.
#[derive(Clone)]
pub(super) struct MadeFor(Router);

impl MadeFor {
    pub(super) fn new(router: &Router) -> Self {
        Self(router.clone())
    }

    pub(super) fn router(&self) -> &Router {
        &self.0
    }
}

impl PartialEq for MadeFor {
    fn eq(&self, other: &Self) -> bool {
        self.0.version() == other.0.version() && self.0.diff(&other.0).is_empty()
    }
}

/// The rows of a whole router are too many to be shown.
impl fmt::Debug for MadeFor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MadeFor({})", self.0.fingerprint())
    }
}

/// What moved in a router since a plan was made for it. As text it is a line of text for each, without secrets.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    version: Option<(String, String)>,
    differences: Vec<Difference>,
}

impl Moved {
    /// The rows that moved, from the router as the plan knows it to the one of today.
    pub fn differences(&self) -> &[Difference] {
        &self.differences
    }

    /// RouterOS then and now, where it is another one.
    pub fn versions(&self) -> Option<(&str, &str)> {
        let (before, after) = self.version.as_ref()?;
        Some((before, after))
    }

    /// What moved as findings, one for each line of its text, for a caller that shows them to people.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let finding = |moved: String| {
            let message = format!("the router is not as it was when the plan was made: `{moved}`");
            Diagnostic::error(PLAN_STALE, message).with_help("read the router again, and make a new plan")
        };
        self.texts().map(finding).collect()
    }

    fn texts(&self) -> impl Iterator<Item = String> {
        let version = self.version.iter();
        let version = version.map(|(before, after)| format!("~ RouterOS  {before} -> {after}"));
        version.chain(self.differences.iter().map(summary::difference))
    }
}

impl Moved {
    /// What moved as a JSON document of schema [`Difference::SCHEMA`]; secrets are not shown.
    pub fn to_json(&self) -> String {
        Difference::moved_to_json(self.versions(), &self.differences)
    }
}

impl Plan {
    /// Whether `router` is still set as it was when the plan was made: then the plan does what it was proven to do.
    ///
    /// What does not count: live values, dynamic rows, next hops and switches that scripts of ours keep up to date, passwords that one of
    /// both pictures does not show, and the order of rows where their menu has none. Both are to be read the same way: an export tells
    /// less than REST does.
    ///
    /// # Example
    ///
    /// ```
    /// use multi_isp::plan::{Options, plan_disable};
    /// use multi_isp::routeros::router::Router;
    ///
    /// let read = |export: &str| Router::from_export(export.as_bytes(), None);
    /// let before = read("# by RouterOS 7.22.3\n/ip dhcp-client\nadd interface=ether1\n")?;
    /// let plan = plan_disable(&before, &Options::default())?;
    /// assert!(plan.still_valid(&before).is_ok());
    ///
    /// let after = read("# by RouterOS 7.22.3\n/ip dhcp-client\nadd default-route-distance=5 interface=ether1\n")?;
    /// let moved = plan.still_valid(&after).unwrap_err();
    /// assert_eq!(
    ///     moved.to_string(),
    ///     "~ /ip/dhcp-client  interface=ether1  default-route-distance: nothing -> 5"
    /// );
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Moved`] with all that is not as it was.
    pub fn still_valid(&self, router: &Router) -> Result<(), Moved> {
        let made_for = self.made_for.router();
        let found = steady(made_for).diff(&steady(router));
        let differences: Vec<Difference> = found.into_iter().filter_map(seen).collect();
        let version = (made_for.version() != router.version())
            .then(|| (told(made_for.version()), told(router.version())));
        if differences.is_empty() && version.is_none() {
            return Ok(());
        }
        Err(Moved { version, differences })
    }
}

fn told(version: Option<Version>) -> String {
    version.map_or_else(|| String::from("unknown"), |version| version.to_string())
}

/// A difference without the passwords that one side does not show; `None` where nothing else differs.
fn seen(difference: Difference) -> Option<Difference> {
    let Difference::Changed {
        menu,
        row,
        mut properties,
    } = difference
    else {
        return Some(difference);
    };
    let is_hidden = |change: &Change| {
        schema::is_secret(&change.name) && (change.before.is_none() || change.after.is_none())
    };
    properties.retain(|change| !is_hidden(change));
    (!properties.is_empty()).then_some(Difference::Changed {
        menu,
        row,
        properties,
    })
}

impl fmt::Display for Moved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let texts: Vec<String> = self.texts().collect();
        f.write_str(&texts.join("\n"))
    }
}

impl Error for Moved {}

const PLAN_STALE: Code = Code::new("plan-stale");
