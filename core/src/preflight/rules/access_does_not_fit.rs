#![doc = include_str!("access_does_not_fit.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::preflight::{Case, Check, Rule};
use crate::site::{Access, Line};
use crate::survey::InterfaceKind;
use crate::survey::interfaces::kind_of;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("access-does-not-fit"),
    level: Level::Error,
    page: include_str!("access_does_not_fit.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    let lines = case.site.lines().iter();
    lines.filter_map(|line| finding(case, line)).collect()
}

fn finding(case: &Case<'_>, line: &Line) -> Option<Diagnostic> {
    let kind = kind_of(case.router, line.interface().as_bytes())?;
    if fits(line.access(), kind) {
        return None;
    }
    let (id, name, access) = (line.id(), line.interface(), line.access().as_str());
    let found = RULE
        .finding(format!(
            "line `{id}`: `{name}` is {}, and its access is `{access}`",
            described(kind)
        ))
        .with_help(
            "a client that dials is an interface of its own, as `pppoe-out1`: name that as the line's `interface`, and the port that it dials over in its access",
        );
    Some(
        found
            .about(Subject::line(id.as_str()))
            .about(Subject::interface(format!("{name}"))),
    )
}

/// Whether a line on an interface of that kind can get its address so
fn fits(access: &Access, kind: InterfaceKind) -> bool {
    use InterfaceKind as Kind;
    match access {
        Access::Dhcp => !kind.is_ppp(),
        Access::Static { .. } => !matches!(kind, Kind::Pppoe | Kind::Ppp),
        Access::Pppoe(_) => kind == Kind::Pppoe,
        Access::Ppp(_) => kind == Kind::Ppp,
        Access::Lte(_) => kind == Kind::Lte,
        Access::Tunnel => matches!(kind, Kind::PppTunnel | Kind::Tunnel | Kind::Other),
    }
}

fn described(kind: InterfaceKind) -> &'static str {
    match kind {
        InterfaceKind::Ethernet => "an Ethernet port",
        InterfaceKind::Sfp => "a port for an optical module",
        InterfaceKind::Wireless => "a radio",
        InterfaceKind::Lte => "an LTE modem",
        InterfaceKind::Vlan => "a VLAN",
        InterfaceKind::Bonding => "a bonding",
        InterfaceKind::Pppoe => "a PPPoE client",
        InterfaceKind::Ppp => "a dial-up client",
        InterfaceKind::PppTunnel | InterfaceKind::Tunnel => "a tunnel",
        InterfaceKind::Bridge => "a bridge",
        InterfaceKind::Other => "an interface of another kind",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::testing::{draft, messages, router};

    #[test]
    fn a_client_is_not_called_like_a_port() {
        let found = |access: Access, row: &str| {
            let mut draft = draft(&["ether1", "wan2"]);
            draft.lines[1].access = access;
            messages(&RULE, &draft.build().unwrap(), &router(&[row]))
        };
        let vlan = "/interface/vlan name=wan2 interface=ether2 vlan-id=7";
        let pppoe = "/interface/pppoe-client name=wan2 interface=ether2";
        let lte = "/interface/lte name=wan2";
        let wireguard = "/interface/wireguard name=wan2";
        assert_eq!(
            found(Access::Pppoe(None), vlan),
            ["line `isp2`: `wan2` is a VLAN, and its access is `pppoe`"]
        );
        assert_eq!(found(Access::Dhcp, pppoe).len(), 1);
        assert_eq!(found(Access::Tunnel, vlan).len(), 1);
        assert_eq!(found(Access::Lte(None), pppoe).len(), 1);
        for (access, row) in [
            (Access::Dhcp, vlan),
            (Access::Dhcp, lte),
            (Access::Pppoe(None), pppoe),
            (Access::Lte(None), lte),
            (Access::Tunnel, wireguard),
            (Access::Ppp(None), "/interface/list name=wan2"),
        ] {
            assert!(found(access, row).is_empty(), "{row}");
        }
    }
}
