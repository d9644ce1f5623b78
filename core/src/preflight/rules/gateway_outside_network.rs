#![doc = include_str!("gateway_outside_network.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::preflight::{Case, Check, Rule};
use crate::site::{Access, Line};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("gateway-outside-network"),
    level: Level::Warning,
    page: include_str!("gateway_outside_network.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    if case.is_v6() {
        return Vec::new();
    }
    let new = case.primary_and_new().map_or(&[][..], |(_, new)| new);
    new.iter().filter_map(finding).collect()
}

fn finding(line: &Line) -> Option<Diagnostic> {
    let Access::Static { address, gateway } = line.access() else {
        return None;
    };
    if !line.access().gateway_is_outside() {
        return None;
    }
    let id = line.id();
    let found = RULE
        .finding(format!("line `{id}`: gateway `{gateway}` is not in the network of `{address}`"))
        .with_help(format!(
            "see that both are right: applying adds a route to `{gateway}` over `{}`, as some providers want it",
            line.interface()
        ));
    Some(found.about(Subject::line(id.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::testing::{draft, messages, router, static_access};
    use crate::routeros::router::Router;
    use crate::routeros::version::Version;

    #[test]
    fn a_gateway_outside_is_told() {
        let found_on = |router: &Router, address: &str| {
            let mut draft = draft(&["ether1", "ether2"]);
            draft.lines[1].access = static_access(address, "203.0.113.1");
            messages(&RULE, &draft.build().unwrap(), router)
        };
        let found = |address: &str| found_on(&router(&[]), address);
        assert_eq!(
            found("198.51.100.2/32"),
            ["line `isp2`: gateway `203.0.113.1` is not in the network of `198.51.100.2/32`"]
        );
        assert_eq!(found("198.51.100.2/24").len(), 1);
        assert!(found("203.0.113.2/29").is_empty());
        let v6 = Router::new(Version::new(6, 49, 18));
        assert!(found_on(&v6, "198.51.100.2/32").is_empty(), "refused there");
    }
}
