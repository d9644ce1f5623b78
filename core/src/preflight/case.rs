//! What a rule of preflight looks at.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::net::Ipv4Addr;

use super::{Context, Rule};
use crate::diagnostic::{Diagnostic, Subject};
use crate::routeros::router::{Router, Row};
use crate::rule::{placed, row_subject};
use crate::site::{Health, Line, Site};
use crate::survey::{self, Replaced, SetupRole};

/// What finds a fault
#[derive(Clone, Copy)]
pub enum Check {
    /// Looks at what the caller knows, whatever is to be done
    Call(fn(&Context) -> Vec<Diagnostic>),
    /// Looks at the router that something is sent to, whatever it is
    Send(fn(&Router, &Context) -> Vec<Diagnostic>),
    /// Looks at a site that is to be applied
    Apply(fn(&Case<'_>) -> Vec<Diagnostic>),
    /// Looks at what goes from a router: what is ours, and not of the site; all of it where there is no site any more
    Leave(fn(Option<&Site>, &Router) -> Vec<Diagnostic>),
    /// Is told by the plan, which reads what an earlier one recorded on the router
    Plan,
}

/// What is to be checked: a site that is to be applied to a router
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// What the operator wants
    pub site: &'a Site,
    /// What the router is, without the set-up by hand that is refused or replaced
    pub router: &'a Router,
    /// The router as it is
    pub today: &'a Router,
    /// The rows of a set-up by hand that are in force today
    pub setup: &'a [Replaced],
    /// What only the caller knows
    pub context: &'a Context,
}

impl<'a> Case<'a> {
    /// ISP 1 and the lines that are new beside it
    pub(super) fn primary_and_new(&self) -> Option<(&'a Line, &'a [Line])> {
        self.site.lines().split_first()
    }

    /// The addresses that more than one line has, with those lines
    pub(super) fn sharing(
        &self,
        addresses: impl Fn(&Line) -> Vec<Ipv4Addr>,
    ) -> Vec<(Ipv4Addr, Vec<&'a Line>)> {
        let mut holders: BTreeMap<Ipv4Addr, Vec<&Line>> = BTreeMap::new();
        for line in self.site.lines() {
            for address in addresses(line) {
                let lines = holders.entry(address).or_default();
                if !lines.contains(&line) {
                    lines.push(line);
                }
            }
        }
        holders.into_iter().filter(|(_, lines)| lines.len() > 1).collect()
    }

    /// The lines whose clients applying may change: all but an ISP 1 that nothing checks
    pub(super) fn changed_lines(&self) -> impl Iterator<Item = &'a Line> {
        let is_checked = |line: &Line| {
            let health = survey::check(self.site, self.router, line).health;
            matches!(health, Health::Gateway | Health::Internet)
        };
        let lines = self.site.lines().iter().enumerate();
        lines
            .filter(move |(index, line)| *index > 0 || is_checked(line))
            .map(|(_, line)| line)
    }

    /// A finding about lines that have something in common; `message` says what of their names
    pub(super) fn finding_of(rule: &Rule, lines: &[&Line], message: impl Fn(&str) -> String) -> Diagnostic {
        let names: Vec<String> = lines.iter().map(|line| format!("`{}`", line.id())).collect();
        let found = rule.finding(message(&names.join(", ")));
        lines.iter().fold(found, |found, line| {
            found.about(Subject::line(line.id().as_str()))
        })
    }

    /// The rows of the set-up by hand, with what they do
    pub(super) fn setup_rows(&self) -> impl Iterator<Item = (SetupRole, &'static str, &'a Row)> {
        let today = self.today;
        let row = move |found: &Replaced| {
            let row = today.table(found.menu).by_id(found.row)?;
            Some((found.role, found.menu, row))
        };
        self.setup.iter().filter_map(row)
    }

    /// A finding about each kind of row of the set-up by hand; `message` says what of their names
    pub(super) fn findings_of_setup(
        &self,
        rule: &Rule,
        message: impl Fn(SetupRole, &str) -> String,
    ) -> Vec<Diagnostic> {
        let mut kinds: BTreeMap<SetupRole, Vec<(&'static str, &Row)>> = BTreeMap::new();
        for (role, menu, row) in self.setup_rows() {
            kinds.entry(role).or_default().push((menu, row));
        }
        let finding = |(role, rows): (SetupRole, Vec<(&'static str, &Row)>)| {
            let names: Vec<String> = rows.iter().map(|(menu, row)| placed(menu, row)).collect();
            let found = rule.finding(message(role, &names.join(", ")));
            rows.iter()
                .fold(found, |found, (menu, row)| found.about(row_subject(menu, row)))
        };
        kinds.into_iter().map(finding).collect()
    }

    /// Whether the router runs RouterOS 6
    pub(super) fn is_v6(&self) -> bool {
        self.router.version().is_some_and(|version| version.major == 6)
    }

    /// Whether applying marks connections: to share them, or to send answers back over the line that the question came in by
    pub(super) fn marks(&self) -> bool {
        survey::marks(self.site, self.router)
    }
}

impl fmt::Debug for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Call(_) => "Call",
            Self::Send(_) => "Send",
            Self::Apply(_) => "Apply",
            Self::Leave(_) => "Leave",
            Self::Plan => "Plan",
        })
    }
}
