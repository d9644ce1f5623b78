#![doc = include_str!("existing_multi_wan_replaced.md")]

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::desired::without_lease_script;
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::preflight::{Case, Check, Rule};
use crate::routeros::router::Row;
use crate::routeros::value::Value;
use crate::rule::placed;
use crate::survey::{ExistingSetup, SetupRole, foreign_enabled, main_default, switching};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("existing-multi-wan-replaced"),
    level: Level::Warning,
    page: include_str!("existing_multi_wan_replaced.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    if case.context.existing != ExistingSetup::Replace || case.setup.is_empty() {
        return Vec::new();
    }
    let open = open_connections(case).into_iter();
    open.chain(replies(case))
        .chain(used_marks(case))
        .chain(scripts(case))
        .collect()
}

/// A connection keeps its mark, and no rule routes by it any more: its packets go by the main table. Rules and defaults that share
/// send running ones elsewhere too when they go.
fn open_connections(case: &Case<'_>) -> Option<Diagnostic> {
    let (primary, _) = case.primary_and_new()?;
    case.setup_rows().find(|(role, _, row)| {
        matches!(
            role,
            SetupRole::RoutingMark | SetupRole::Rule | SetupRole::SharedDefault
        ) || (*role == SetupRole::Default && shares(case, row))
    })?;
    let found = RULE.finding(format!(
        "connections that run over another line than `{}` when the set-up by hand goes break, and begin anew",
        primary.id()
    ));
    Some(found.with_help("apply when few are online"))
}

/// Whether another default stands at the distance of this one: v7 shares connections over both.
fn shares(case: &Case<'_>, row: &Row) -> bool {
    let own = main_default(row);
    let mut routes = foreign_enabled(case.today, "/ip/route");
    own.is_some() && routes.any(|other| other.id() != row.id() && main_default(other) == own)
}

/// What comes in over a line finds its way back by marks alone
fn replies(case: &Case<'_>) -> Option<Diagnostic> {
    let (primary, _) = case.primary_and_new()?;
    let comes_in = |row: &Row| {
        let mut lines = case.site.lines().iter();
        row.is("chain", "output") || lines.any(|line| row.is("in-interface", line.interface()))
    };
    case.setup_rows()
        .find(|(role, _, row)| role.marks() && comes_in(row) && !case.marks())?;
    let found = RULE.finding(format!(
        "nothing marks connections any more: those from outside over another line than `{}`, as of Winbox or a forwarded port, get no answer",
        primary.id()
    ));
    Some(found.with_help(
        "give the site `replies: true`, which sends answers back over the line that the question came in by",
    ))
}

/// Rules that stay and wait for a connection mark that nothing sets any more
fn used_marks<'a>(case: &'a Case<'_>) -> impl Iterator<Item = Diagnostic> + 'a {
    let marks: BTreeSet<&Value> = case
        .setup_rows()
        .filter_map(|(.., row)| row.get("new-connection-mark"))
        .collect();
    MATCHING.into_iter().flat_map(move |menu| {
        let marks = marks.clone();
        let goes = |row: &Row| {
            let mut setup = case.setup.iter();
            setup.any(|found| (found.menu, found.row) == (menu, row.id()))
        };
        foreign_enabled(case.today, menu)
            .filter(move |row| !goes(row))
            .filter_map(move |row| {
                let mark = row.get("connection-mark").filter(|mark| marks.contains(mark))?;
                let (rule, mark) = (placed(menu, row), mark.to_text());
                let found = RULE.finding(format!(
                    "{rule} waits for the connection mark `{mark}`, which no rule sets any more"
                ));
                Some(
                    found.with_help(
                        "match by something else there, or leave the set-up with `existing: keep`",
                    ),
                )
            })
    })
}

/// Scripts that run with a lease or a session cannot be switched off by themselves
fn scripts<'a>(case: &'a Case<'_>) -> impl Iterator<Item = Diagnostic> + 'a {
    SCRIPTS.into_iter().flat_map(move |(menu, property)| {
        let steers = move |script: &Value| {
            let script = without_lease_script(script.as_bytes());
            switching::read(case.today, &String::from_utf8_lossy(&script)).steers
        };
        foreign_enabled(case.today, menu)
            .filter(move |row| row.get(property).is_some_and(steers))
            .map(move |row| {
                let found = RULE.finding(format!(
                    "`{property}` of {} changes routes or marks, stays, and may switch rows on again",
                    placed(menu, row)
                ));
                found.with_help("take what it does to the rows that go out of the script")
            })
    })
}

const MATCHING: [&str; 3] = ["/ip/firewall/mangle", "/ip/firewall/filter", "/ip/firewall/nat"];

const SCRIPTS: [(&str, &str); 3] = [
    ("/ip/dhcp-client", "script"),
    ("/ppp/profile", "on-up"),
    ("/ppp/profile", "on-down"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::Context;
    use crate::preflight::testing::{check_in, draft, router, site};

    const SETUP: [&str; 3] = [
        "/ip/route dst-address=0.0.0.0/0 gateway=192.0.2.1%ether2 routing-table=to2",
        "/ip/firewall/mangle chain=prerouting action=mark-connection in-interface=ether2 new-connection-mark=c2",
        "/ip/firewall/mangle chain=prerouting action=mark-routing connection-mark=c2 new-routing-mark=to2",
    ];

    fn told(setup: &[&str], rows: &[&str]) -> Vec<String> {
        let context = Context {
            existing: ExistingSetup::Replace,
            ..Context::default()
        };
        let router = router(&[setup, rows].concat());
        let found = check_in(&RULE, &site(&["ether1", "ether2"]), &router, &context);
        found.into_iter().map(|finding| finding.message).collect()
    }

    const OPEN: &str = "connections that run over another line than `isp1` when the set-up by hand goes break, and begin anew";

    const UNANSWERED: &str = "nothing marks connections any more: those from outside over another line than `isp1`, as of Winbox or a forwarded port, get no answer";

    #[test]
    fn what_replacing_costs_is_told() {
        assert_eq!(told(&SETUP, &[]), [OPEN, UNANSWERED]);
        let shaper = "/ip/firewall/mangle chain=forward action=mark-packet connection-mark=c2 new-packet-mark=p comment=queue";
        assert_eq!(
            told(&SETUP, &[shaper]),
            [
                OPEN,
                UNANSWERED,
                "`/ip firewall mangle` `queue` waits for the connection mark `c2`, which no rule sets any more"
            ]
        );
        let script =
            "/ip/dhcp-client interface=ether2 comment=second script=/ip_route_enable_[find_comment=x]";
        assert_eq!(
            told(&SETUP, &[script]),
            [
                OPEN,
                UNANSWERED,
                "`script` of `/ip dhcp-client` `second` changes routes or marks, stays, and may switch rows on again"
            ]
        );
    }

    #[test]
    fn nothing_is_told_where_nothing_goes() {
        assert_eq!(
            told(
                &[],
                &["/ip/dhcp-client interface=ether2 script=/ip_route_enable_1"]
            ),
            [""; 0]
        );
        let default = ["/ip/route dst-address=0.0.0.0/0 gateway=192.0.2.1%ether2 distance=2"];
        assert_eq!(told(&default, &[]), [""; 0], "routes leave no marks behind");
    }

    #[test]
    fn rules_and_shared_defaults_move_running_connections_too() {
        let rule = [SETUP[0], "/routing/rule src-address=192.168.88.20 table=to2"];
        assert_eq!(told(&rule, &[]), [OPEN]);
        let first = "/ip/route dst-address=0.0.0.0/0 gateway=192.0.2.129%ether1";
        let second = SETUP[0].replace(" routing-table=to2", "");
        assert_eq!(told(&[first, &second], &[]), [OPEN], "at one distance");
        let several = "/ip/route dst-address=0.0.0.0/0 gateway=192.0.2.129%ether1,192.0.2.1%ether2";
        assert_eq!(told(&[several], &[]), [OPEN]);
    }

    #[test]
    fn a_plan_that_marks_goes_on_answering() {
        let context = Context {
            existing: ExistingSetup::Replace,
            ..Context::default()
        };
        let mut draft = draft(&["ether1", "ether2"]);
        draft.replies = true;
        let found = check_in(&RULE, &draft.build().unwrap(), &router(&SETUP), &context);
        let messages: Vec<String> = found.into_iter().map(|finding| finding.message).collect();
        assert_eq!(messages, [OPEN]);
    }
}
