//! Scripts that run on the in-memory router to their end.

use multi_isp::routeros::router::{Outcome, Router, Unknown};
use multi_isp::routeros::syntax::Script;

/// The router after a script, of which nothing but the router itself is known.
#[track_caller]
pub fn run(router: &Router, script: &[u8]) -> Router {
    let script = Script::parse(script)
        .unwrap_or_else(|errors| panic!("{errors}\n{}", String::from_utf8_lossy(script)));
    clean(router.run(&script, &Unknown))
}

/// The router after something that nothing stopped.
#[track_caller]
pub fn clean(outcome: Outcome) -> Router {
    assert_eq!(outcome.error, None);
    outcome.router
}
