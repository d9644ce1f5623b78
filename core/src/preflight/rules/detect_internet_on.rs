#![doc = include_str!("detect_internet_on.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::preflight::{Case, Check, Rule};
use crate::routeros::value::Value;
use crate::rule::typed;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("detect-internet-on"),
    level: Level::Warning,
    page: include_str!("detect_internet_on.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    let settings = case.router.table(MENU).iter();
    let lists = settings.filter_map(|row| row.get("detect-interface-list"));
    let on = lists.filter(|list| **list != "none" && !list.is_empty());
    on.map(|list| finding(list, Subject::menu(typed(MENU)))).collect()
}

pub(crate) fn finding(list: &Value, subject: Subject) -> Diagnostic {
    RULE.finding(format!(
        "the interfaces of `{}` are searched for the internet, which adds DHCP clients and default routes that no line knows",
        list.to_text()
    ))
    .with_help("set `detect-interface-list=none` in `/interface detect-internet`")
    .about(subject)
}

const MENU: &str = "/interface/detect-internet";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::testing::{messages, router, site};

    #[test]
    fn any_list_but_none_is_told() {
        let found = |row| messages(&RULE, &site(&["ether1", "ether2"]), &router(&[row]));
        assert_eq!(
            found("/interface/detect-internet detect-interface-list=all"),
            [
                "the interfaces of `all` are searched for the internet, which adds DHCP clients and default routes that no line knows"
            ]
        );
        assert_eq!(
            found("/interface/detect-internet detect-interface-list=WAN").len(),
            1
        );
        assert!(found("/interface/detect-internet detect-interface-list=none").is_empty());
        assert!(found("/interface/detect-internet lan-interface-list=LAN").is_empty());
    }
}
