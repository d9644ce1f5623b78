//! What customers lose when a line fails that others could stand in for.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::View;
use super::menus::{MANGLE, ROUTES};
use super::routing::is_usable;
use super::view::called;
use crate::diagnostic::{Diagnostic, Subject};
use crate::pcc::Ratio;
use crate::routeros::router::Router;
use crate::routeros::value::Value;
use crate::rule::row_subject;
use crate::simulate::{Bucket, Cause, Class, Condition, Verdict, Way};
use crate::survey::interfaces::find;

/// What is lost while one line fails, and for good
pub(super) struct Loss<'v> {
    pub(super) line: &'v Value,
    /// The lines that work
    others: Vec<&'v Value>,
    /// The kinds of customers that lose something
    pub(super) classes: Vec<LostClass<'v>>,
}

pub(super) struct LostClass<'v> {
    class: &'v Class,
    /// The part of new connections that is lost
    share: Ratio,
    /// The ways that are lost
    ways: Vec<Way>,
}

/// Which losses of customers are meant, by the cause and by the line that a packet was lost over
pub(super) type IsMeant = fn(&Cause, is_over_failed: bool) -> bool;

/// Whether packets are sent into the line that failed: nothing noticed
pub(super) fn is_not_noticed(cause: &Cause, is_over_failed: bool) -> bool {
    is_over_failed && *cause == Cause::LineDead
}

impl View<'_> {
    /// What new connections of customers lose, until the line is mended, when one line alone fails in that way and another one
    /// that leads everywhere works; what is lost anyway does not count
    pub(super) fn losses(&self, failure: Condition, is_meant: IsMeant) -> Vec<Loss<'_>> {
        if self.is_guessed() {
            return Vec::new();
        }
        let losses = self.lines().iter().map(|line| Loss {
            line,
            others: self.stand_ins(line, failure),
            classes: self.lost_classes(line, failure, is_meant),
        });
        losses
            .filter(|loss| !loss.classes.is_empty() && !loss.others.is_empty())
            .collect()
    }

    /// The lines that work and lead everywhere while one fails: one that stands upon it fails with it, and one without a default
    /// stands in for none
    fn stand_ins(&self, line: &Value, failure: Condition) -> Vec<&Value> {
        let routes = self.routes_while(line, failure);
        let leads = |other: &Value| {
            let mut defaults = routes
                .iter()
                .filter(|route| route.prefix.prefix_len() == 0 && is_usable(route));
            defaults.any(|route| route.hops.iter().any(|hop| hop.interface == *other))
        };
        let stands_upon = |other: &Value| base_of(self.router(), other).contains(&line);
        let others = self
            .lines()
            .iter()
            .filter(|other| *other != line && !stands_upon(other));
        others.filter(|other| leads(other)).collect()
    }

    fn lost_classes(&self, line: &Value, failure: Condition, is_meant: IsMeant) -> Vec<LostClass<'_>> {
        let lost_class = |(class, lost): (_, Lost)| {
            let (anyway, _) = self.lost_of(class, None, line, is_meant);
            let (share, ways) = lost;
            (share > anyway).then_some(LostClass { class, share, ways })
        };
        let down = Some((line, failure));
        let classes = self.customers();
        classes
            .map(|class| (class, self.lost_of(class, down, line, is_meant)))
            .filter_map(lost_class)
            .collect()
    }

    /// The part of a kind of connections that is lost as is meant, and the ways of it
    fn lost_of(
        &self,
        class: &Class,
        down: Option<(&Value, Condition)>,
        failed: &Value,
        is_meant: IsMeant,
    ) -> Lost {
        let is_lost = |way: &&Way| match &way.verdict {
            Verdict::Lost { line, cause } => is_meant(cause, line.as_ref() == Some(failed)),
            Verdict::Works { .. } => false,
        };
        let trace = self.trace(&class.traffic, down);
        let ways: Vec<Way> = trace.ways.iter().filter(is_lost).cloned().collect();
        (
            ways.iter().fold(Ratio::ZERO, |sum, way| sum.plus(way.share)),
            ways,
        )
    }
}

/// A part of connections, and the ways that it goes
type Lost = (Ratio, Vec<Way>);

impl Loss<'_> {
    /// What is lost, for people: `66.7 % of customer (buckets 0, 2 of 3), all of router`
    pub(super) fn told(&self, view: &View<'_>) -> String {
        let parts: Vec<String> = self.classes.iter().map(|lost| lost.told(view)).collect();
        parts.join(", ")
    }

    /// A finding with the way of a packet, and the rows that it took
    pub(super) fn shown(&self, view: &View<'_>, finding: Diagnostic) -> Diagnostic {
        let finding = finding.about(Subject::interface(self.line.to_text()));
        let Some(way) = self.classes.first().and_then(|lost| lost.ways.first()) else {
            return finding;
        };
        let rows = view
            .rows_of_way(way)
            .into_iter()
            .filter(|(menu, _)| DECIDING.contains(&menu.as_str()));
        let about = |finding: Diagnostic, (menu, row): (String, _)| finding.about(row_subject(&menu, row));
        rows.fold(finding, about).shown_by(view.evidence(way))
    }

    /// The lines that work, for people: "`ether2` works", "`ether2`, `lte1` work"
    pub(super) fn others(&self) -> String {
        let names: Vec<String> = self
            .others
            .iter()
            .map(|line| format!("`{}`", line.to_text()))
            .collect();
        let verb = if names.len() == 1 { "works" } else { "work" };
        format!("{} {verb}", names.join(", "))
    }
}

impl LostClass<'_> {
    fn told(&self, view: &View<'_>) -> String {
        let part = match self.share == Ratio::ONE {
            true => "all".into(),
            false => self.share.percent(),
        };
        format!("{part} of {}{}", called(self.class), self.buckets(view))
    }

    /// The buckets of the ways that are lost, where a classifier of one denominator shares them: ` (buckets 0, 2 of 3)`
    fn buckets(&self, view: &View<'_>) -> String {
        let rows = self.ways.iter().flat_map(|way| view.rows_of_way(way));
        let mut buckets: Vec<Bucket> = rows.filter_map(|(_, row)| Bucket::of(row)).collect();
        buckets.sort_unstable_by_key(|bucket| (bucket.denominator, bucket.remainder));
        buckets.dedup();
        let Some(first) = buckets.first().copied().filter(|_| self.share != Ratio::ONE) else {
            return String::new();
        };
        let is_alike = |bucket: &Bucket| bucket.denominator == first.denominator && !bucket.is_negated;
        if !buckets.iter().all(is_alike) {
            return String::new();
        }
        let numbers: Vec<String> = buckets
            .iter()
            .map(|bucket| format!("{}", bucket.remainder))
            .collect();
        let word = if numbers.len() == 1 { "bucket" } else { "buckets" };
        format!(" ({word} {} of {})", numbers.join(", "), first.denominator)
    }
}

/// The interfaces that one stands upon, the nearest first
pub(super) fn base_of<'a>(router: &'a Router, interface: &Value) -> Vec<&'a Value> {
    let mut bases: Vec<&Value> = Vec::new();
    let mut name = find(router, interface.as_bytes());
    while let Some(below) = name
        .and_then(|known| known.row?.get("interface"))
        .filter(|below| !bases.contains(below))
    {
        bases.push(below);
        name = find(router, below.as_bytes());
    }
    bases
}

/// Menus whose rows decide where a packet goes
const DECIDING: [&str; 2] = [MANGLE, ROUTES];
