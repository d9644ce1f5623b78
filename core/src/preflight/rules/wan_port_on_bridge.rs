#![doc = include_str!("wan_port_on_bridge.md")]

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::preflight::interfaces::runs_on;
use crate::preflight::{Case, Check, Rule};
use crate::routeros::router::{Router, Row};
use crate::routeros::value::Value;
use crate::site::Line;
use crate::survey::interfaces::enabled;
use crate::survey::lists::InterfaceLists;
use crate::survey::{Bridged, bridge_of, port_of};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("wan-port-on-bridge"),
    level: Level::Warning,
    page: include_str!("wan_port_on_bridge.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    let works_there = |line: &Line| {
        let is_primary = case
            .site
            .lines()
            .first()
            .is_some_and(|primary| primary.id() == line.id());
        is_primary && runs_on(case.router, line).is_some()
    };
    let movable = case.site.lines().iter().filter(|line| !works_there(line));
    movable
        .filter_map(|line| {
            let port = port_of(case.router, line);
            let on = bridge_of(case.router, port)?;
            let lost = lost(case.router, port, on);
            Some(finding(line, &String::from_utf8_lossy(port), on, &lost))
        })
        .collect()
}

fn finding(line: &Line, port: &str, on: Bridged<'_>, lost: &[String]) -> Diagnostic {
    let bridge = on.bridge().map(Value::to_text).unwrap_or_default();
    let list = on.member.and_then(|member| member.get("list"));
    let by_list = list
        .map(|list| format!(" by interface list `{}`", list.to_text()))
        .unwrap_or_default();
    let lost: String = lost.iter().map(|what| format!("; {what}")).collect();
    RULE.finding(format!(
        "line `{}`: port `{port}` is on bridge `{bridge}`{by_list}{lost}",
        line.id()
    ))
    .with_help(format!(
        "applying takes `{port}` off: move what is plugged in there, if it is no modem, to another port"
    ))
    .about(Subject::line(line.id().as_str()))
    .about(Subject::interface(port))
    .about(Subject::interface(bridge))
}

/// What goes with the port, as far as the picture of the router tells (`ROUTEROS` §2n)
fn lost(router: &Router, port: &[u8], on: Bridged<'_>) -> Vec<String> {
    let devices = devices_behind(router, port);
    let told = [
        (devices > 0).then(|| format!("devices seen behind it: {devices}")),
        is_last(router, port, on).then(|| String::from("it is the last port of the bridge")),
        has_vlan(router, port, on).then(|| String::from("it carries VLANs of the bridge")),
    ];
    told.into_iter().flatten().collect()
}

/// How many addresses a live bridge learned behind a port, each once whatever its VLANs: the port's own is local, one that
/// somebody wrote down is not dynamic
fn devices_behind(router: &Router, port: &[u8]) -> usize {
    let is_behind = |host: &&Row| {
        let says =
            |property: &str, value: &[u8]| host.live(property).is_some_and(|own| own.as_bytes() == value);
        host.dynamic() && !says("local", b"true") && says("on-interface", port)
    };
    let hosts = router.table("/interface/bridge/host").iter();
    let devices = hosts.filter(is_behind).filter_map(|host| host.get("mac-address"));
    devices.collect::<BTreeSet<_>>().len()
}

/// Whether a bridge has no other port, by itself or by an interface list
fn is_last(router: &Router, port: &[u8], on: Bridged<'_>) -> bool {
    let lists = InterfaceLists::today(router);
    let is_other = |interface: &Value| {
        let members = lists.members(interface.as_bytes());
        let is_list = !members.is_empty();
        let is_other = |interface: &Value| interface.as_bytes() != port;
        (is_list && members.iter().any(is_other)) || (!is_list && is_other(interface))
    };
    let mut ports = of_bridge(router, "/interface/bridge/port", on).filter_map(|row| row.get("interface"));
    !ports.any(is_other)
}

/// Whether a port has a VLAN of its own, or is one of those that the VLANs of its bridge name
fn has_vlan(router: &Router, port: &[u8], on: Bridged<'_>) -> bool {
    let names = |row: &Row, property: &str| {
        let names = row.get(property).map(Value::as_bytes).unwrap_or_default();
        names.split(|&byte| byte == b',').any(|name| name == port)
    };
    let mut vlans = of_bridge(router, "/interface/bridge/vlan", on).filter(|row| !row.dynamic());
    !on.port.is("pvid", "1") || vlans.any(|row| names(row, "tagged") || names(row, "untagged"))
}

/// The enabled rows of a menu that are of the bridge
fn of_bridge<'a>(router: &'a Router, menu: &str, on: Bridged<'a>) -> impl Iterator<Item = &'a Row> {
    let is_of_it = move |row: &&Row| on.bridge().is_some_and(|bridge| row.is("bridge", bridge));
    enabled(router, menu).filter(is_of_it)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::testing::{messages, rest, router, site};

    fn found(rows: &[&str]) -> Vec<String> {
        messages(&RULE, &site(&["ether1", "ether2"]), &router(rows))
    }

    const OTHER: &str = "/interface/bridge/port bridge=bridge interface=ether3";

    #[test]
    fn a_slave_port_has_to_leave_its_bridge() {
        let port = "/interface/bridge/port bridge=bridge interface=ether2";
        assert_eq!(
            found(&[port, OTHER]),
            ["line `isp2`: port `ether2` is on bridge `bridge`"]
        );
        assert!(found(&["/interface/bridge/port bridge=bridge interface=ether2 disabled=yes"]).is_empty());
        assert!(found(&[OTHER]).is_empty());
    }

    #[test]
    fn a_list_can_make_it_a_slave() {
        let rows = [
            "/interface/list name=PORTS",
            "/interface/list/member list=PORTS interface=ether2",
            "/interface/bridge/port bridge=bridge interface=PORTS",
            OTHER,
        ];
        assert_eq!(
            found(&rows),
            ["line `isp2`: port `ether2` is on bridge `bridge` by interface list `PORTS`"]
        );
    }

    #[test]
    fn what_is_an_error_already_is_no_warning() {
        let port = "/interface/bridge/port bridge=bridge interface=ether1";
        assert_eq!(found(&[port]).len(), 1);
        assert!(found(&[port, "/ip/dhcp-client interface=bridge"]).is_empty());
    }

    #[test]
    fn the_last_port_of_a_bridge_is_told() {
        let last = ["line `isp2`: port `ether2` is on bridge `bridge`; it is the last port of the bridge"];
        let port = "/interface/bridge/port bridge=bridge interface=ether2";
        assert_eq!(found(&[port]), last);
        for gone in [
            "/interface/bridge/port bridge=bridge interface=ether3 disabled=yes",
            "/interface/bridge/port bridge=other interface=ether3",
        ] {
            assert_eq!(found(&[port, gone]), last, "{gone}");
        }

        let by_list = [
            "/interface/list name=PORTS",
            "/interface/list/member list=PORTS interface=ether2",
            "/interface/bridge/port bridge=bridge interface=PORTS",
        ];
        assert!(found(&by_list)[0].ends_with("; it is the last port of the bridge"));
        let second = "/interface/list/member list=PORTS interface=ether3";
        assert!(found(&[by_list, [second; 3]].concat())[0].ends_with("`PORTS`"));
    }

    #[test]
    fn vlans_that_the_port_carries_are_told() {
        let carries = ["line `isp2`: port `ether2` is on bridge `bridge`; it carries VLANs of the bridge"];
        let port = "/interface/bridge/port bridge=bridge interface=ether2";
        let vlan = |rest: &str| format!("/interface/bridge/vlan bridge=bridge vlan-ids=20 {rest}");
        let (tagged, untagged) = (vlan("tagged=bridge,ether2"), vlan("untagged=ether2"));
        assert_eq!(found(&[&format!("{port} pvid=20"), OTHER]), carries);
        assert_eq!(found(&[port, OTHER, &tagged]), carries);
        assert_eq!(found(&[port, OTHER, &untagged]), carries);
        for others in ["tagged=bridge,ether22", "tagged=ether2 disabled=yes"] {
            assert!(
                found(&[port, OTHER, &vlan(others)])[0].ends_with("`bridge`"),
                "{others}"
            );
        }
        assert!(found(&[&format!("{port} pvid=1"), OTHER])[0].ends_with("`bridge`"));
    }

    /// A host as `GET /rest/interface/bridge/host` gives it, made by hand after answers of RouterOS 7
    fn host(mac: &str, port: &str, dynamic: &str, local: &str) -> String {
        format!(
            r#"{{"bridge": "bridge", "disabled": "false", "dynamic": "{dynamic}", "external": "false", "interface": "{port}",
                "invalid": "false", "local": "{local}", "mac-address": "{mac}", "on-interface": "{port}"}}"#
        )
    }

    #[test]
    fn devices_that_a_live_bridge_learned_are_counted() {
        let seen = |hosts: &[String]| {
            let ports =
                r#"{"bridge": "bridge", "interface": "ether2"}, {"bridge": "bridge", "interface": "ether3"}"#;
            let hosts = hosts.join(",");
            let router =
                format!(r#"{{"/interface/bridge/port": [{ports}], "/interface/bridge/host": [{hosts}]}}"#);
            messages(&RULE, &site(&["ether1", "ether2"]), &rest(&router))
        };
        let nobody = [
            host("2C:C8:1B:00:00:02", "ether2", "true", "true"),
            host("00:00:5E:00:53:09", "ether2", "false", "false"),
            host("00:00:5E:00:53:08", "ether3", "true", "false"),
        ];
        assert_eq!(
            seen(&nobody),
            ["line `isp2`: port `ether2` is on bridge `bridge`"]
        );
        let somebody = [
            host("00:00:5E:00:53:01", "ether2", "true", "false"),
            host("00:00:5E:00:53:01", "ether2", "true", "false"),
            host("00:00:5E:00:53:02", "ether2", "true", "false"),
        ];
        assert_eq!(
            seen(&[nobody, somebody].concat()),
            ["line `isp2`: port `ether2` is on bridge `bridge`; devices seen behind it: 2"]
        );
    }
}
