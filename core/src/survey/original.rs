//! A router as it was before anything of ours changed rows of others.

use super::{Role, tag_of};
use crate::routeros::router::{Router, Row, Unknown};
use crate::routeros::syntax::Script;
use crate::routeros::value::Value;

/// What the script `multi-isp-restore` says; `None` where there is none.
pub(crate) fn record_source(router: &Router) -> Option<&Value> {
    let is_record = |row: &&Row| tag_of(SCRIPTS, row).is_some_and(|tag| tag.role() == Role::Restore);
    router.table(SCRIPTS).iter().find(is_record)?.get("source")
}

/// The router with the original values that its script `multi-isp-restore` holds. What of it cannot be put back any more, because
/// somebody did so already or edited the script, is passed over: this is to judge by, and a plan, which puts it back, refuses
/// what it cannot read.
pub(crate) fn original(router: &Router) -> Router {
    let today = router.clone();
    let Some(source) = record_source(router) else {
        return today;
    };
    let Ok(script) = Script::parse(source.as_bytes()) else {
        return today;
    };
    script.commands().fold(today, |router, command| {
        match Script::parse(script.text(command.span)) {
            Ok(command) => router.run(&command, &Unknown).router,
            Err(_) => router,
        }
    })
}

const SCRIPTS: &str = "/system/script";

#[cfg(test)]
mod tests {
    use std::format;
    use std::prelude::rust_2024::*;

    use super::*;

    fn distance(source: &str) -> String {
        let export = format!(
            "# 2026-01-05 10:00:00 by RouterOS 7.22.3\n\
            /ip dhcp-client\nadd default-route-distance=201 interface=ether1\n\
            /system script\nadd comment=multi-isp:restore:site:1 name=multi-isp-restore source=\"{source}\"\n"
        );
        let router = Router::from_export(export.as_bytes(), None).unwrap();
        let original = original(&router);
        let client = original.table("/ip/dhcp-client").rows().first().unwrap().clone();
        client.text("default-route-distance").unwrap().into_owned()
    }

    #[test]
    fn what_is_recorded_is_put_back_and_what_fails_is_passed_over() {
        let set = "/ip dhcp-client set [find where interface=ether1] default-route-distance=7";
        assert_eq!(distance(set), "7");
        assert_eq!(distance(&format!("/ip route remove 99\\n{set}")), "7");
        assert_eq!(distance("#"), "201");
        assert_eq!(distance("}"), "201");
    }
}
