#![doc = include_str!("router_unreachable.md")]

use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::preflight::{Check, Context, Rule};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("router-unreachable"),
    level: Level::Error,
    page: include_str!("router_unreachable.md"),
    check: Check::Call(check),
};

fn check(context: &Context) -> Vec<Diagnostic> {
    let found = RULE
        .finding("the router does not answer")
        .with_help("wait until it is online and its management tunnel is up, read it again, then apply");
    (!context.reachable).then_some(found).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::{Context, preflight_disable};
    use crate::routeros::router::Router;

    #[test]
    fn a_router_has_to_answer_whatever_is_to_be_done() {
        let away = Context {
            reachable: false,
            free_access: true,
            ..Context::default()
        };
        let codes_of = |router: &Router, context| {
            let report = preflight_disable(router, &context);
            report
                .findings()
                .iter()
                .map(|finding| finding.code)
                .collect::<Vec<_>>()
        };
        let routers = [
            Router::default(),
            Router::new(crate::routeros::version::Version::new(7, 22, 0)),
        ];
        for router in &routers {
            assert_eq!(codes_of(router, away.clone()), [RULE.code]);
            assert_eq!(codes_of(router, Context::default()), []);
        }
    }
}
