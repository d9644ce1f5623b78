#![doc = include_str!("isp1_client_on_bridge.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::preflight::interfaces::runs_on;
use crate::preflight::{Case, Check, Rule};
use crate::routeros::value::Value;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("isp1-client-on-bridge"),
    level: Level::Error,
    page: include_str!("isp1_client_on_bridge.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    let Some((primary, _)) = case.primary_and_new() else {
        return Vec::new();
    };
    let Some((on, what)) = runs_on(case.router, primary) else {
        return Vec::new();
    };
    let (port, bridge) = (
        primary.interface(),
        on.bridge().map(Value::to_text).unwrap_or_default(),
    );
    let help = format!(
        "at the router, move the {what} to `{port}` and take `{port}` off the bridge; or name `{bridge}` as the port of the line, if no customer is on it"
    );
    let message = format!(
        "line `{}`: its {what} is on bridge `{bridge}`, not on port `{port}`",
        primary.id()
    );
    [RULE
        .finding(message)
        .with_help(help)
        .about(Subject::line(primary.id().as_str()))
        .about(Subject::interface(format!("{port}")))
        .about(Subject::interface(bridge))]
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::testing::{draft, messages, router, site, static_access};

    const ON_BRIDGE: &str = "/interface/bridge/port bridge=bridge interface=ether1";

    #[test]
    fn a_client_on_the_bridge_of_the_port_cannot_be_left_alone() {
        let found = |rows: &[&str]| messages(&RULE, &site(&["ether1", "ether2"]), &router(rows));
        assert_eq!(
            found(&[ON_BRIDGE, "/ip/dhcp-client interface=bridge"]),
            ["line `isp1`: its DHCP client is on bridge `bridge`, not on port `ether1`"]
        );
        assert!(found(&[ON_BRIDGE, "/ip/dhcp-client interface=ether1"]).is_empty());
        assert!(found(&[ON_BRIDGE, "/ip/dhcp-client interface=bridge disabled=yes"]).is_empty());
        assert!(found(&["/ip/dhcp-client interface=bridge"]).is_empty());
    }

    #[test]
    fn so_it_is_with_a_static_address() {
        let mut draft = draft(&["ether1", "ether2"]);
        draft.lines[0].access = static_access("198.51.100.2/24", "198.51.100.1");
        let site = draft.build().unwrap();
        let address = |address| router(&[ON_BRIDGE, address]);
        let on_bridge = address("/ip/address interface=bridge address=198.51.100.2/24");
        assert_eq!(messages(&RULE, &site, &on_bridge).len(), 1);
        let of_the_lan = address("/ip/address interface=bridge address=192.168.88.1/24");
        assert!(messages(&RULE, &site, &of_the_lan).is_empty());
    }
}
