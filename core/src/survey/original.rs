//! A router as it was before anything of ours changed rows of others.

use super::{Role, tag_of};
use crate::routeros::router::{Router, Unknown};
use crate::routeros::syntax::Script;

/// The router with the original values that its script `multi-isp-restore` holds. What of it cannot be put back any more, because
/// somebody did so already or edited the script, is passed over.
pub(crate) fn original(router: &Router) -> Router {
    let today = router.clone();
    let is_record = |tag: super::Tag| tag.role() == Role::Restore;
    let mut scripts = router.table(SCRIPTS).iter();
    let record = scripts.find(|row| tag_of(SCRIPTS, row).is_some_and(is_record));
    let Some(source) = record.and_then(|row| row.get("source")) else {
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
