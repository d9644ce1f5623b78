//! The router: loading, running, time, differences.

use std::fs;
use std::time::Duration;

use multi_isp::routeros::router::{Difference, Live, Outcome, Router, Row, Unknown};
use multi_isp::routeros::schema;
use multi_isp::routeros::syntax::Script;
use multi_isp::routeros::value::Value;
use multi_isp::routeros::version::Version;

use crate::shared::shared;

mod loading;
mod refusals;
mod scripts;
mod six;
mod total;

/// A 7.22 router from an export.
#[track_caller]
fn router(export: &str) -> Router {
    Router::from_export(export.as_bytes(), Some(Version::new(7, 22, 3)))
        .unwrap_or_else(|error| panic!("{}", error.render()))
}

#[track_caller]
fn script(text: &str) -> Script {
    Script::parse(text.as_bytes()).unwrap_or_else(|errors| panic!("{}", errors.render()))
}

/// What a script leaves behind that must not stop.
#[track_caller]
fn run(router: &Router, text: &str) -> Outcome {
    let outcome = router.run(&script(text), &Unknown);
    assert_eq!(outcome.error, None, "{text}");
    outcome
}

/// What a script stops with.
#[track_caller]
fn error(router: &Router, text: &str) -> String {
    let outcome = router.run(&script(text), &Unknown);
    outcome
        .error
        .unwrap_or_else(|| panic!("must stop: {text}"))
        .to_string()
}

/// A property of all rows of a menu, in their order.
fn column(router: &Router, menu: &str, property: &str) -> Vec<String> {
    router
        .table(menu)
        .iter()
        .map(|row| row.text(property).unwrap_or_default().into_owned())
        .collect()
}

/// What `:put` wrote.
fn output(outcome: &Outcome) -> Vec<String> {
    outcome
        .output
        .iter()
        .map(|line| line.to_text().into_owned())
        .collect()
}
