//! What the router itself says of a row: `;;; text` where it prints, `# text` above the row where it exports, `.about` over REST
//! and the API.

use alloc::string::String;
use alloc::vec::Vec;

use crate::routeros::{
    router::{Router, RowId},
    syntax::{Item, Script, Span},
    value::Value,
};

/// The field by which REST and the API tell it apart from the comment.
pub(super) const ABOUT: &str = ".about";

/// Whether the router itself says so, where it cannot be told apart from what people write.
pub(super) fn is_remark(text: &[u8]) -> bool {
    REMARKS
        .iter()
        .any(|remark| text.starts_with(remark.as_bytes()) || text.ends_with(remark.as_bytes()))
}

impl Router {
    /// Keeps the remarks of an export with the rows behind them, and which menus it lacks.
    pub(super) fn keep_remarks(&mut self, export: &Script) {
        self.set_unexported(unexported(export));
        let remarks = remarks(export);
        if remarks.is_empty() {
            return;
        }
        let mut noted: Vec<(String, RowId, Value)> = Vec::new();
        for menu in self.menus() {
            for row in self.table(menu) {
                let remark = row.place().and_then(|place| {
                    let (_, remark) = remarks.iter().find(|(at, _)| *at == place.offset)?;
                    Some(remark.clone())
                });
                noted.extend(remark.map(|remark| (menu.into(), row.id(), remark)));
            }
        }
        for (menu, id, remark) in noted {
            if let Some(row) = self.row_mut(&menu, id) {
                row.set_remark(remark);
            }
        }
    }
}

/// The remarks of an export, each with where the command behind it begins. RouterOS writes them right above an item.
fn remarks(export: &Script) -> Vec<(usize, Value)> {
    let pairs = export.items().windows(2);
    let remarks = pairs.filter_map(|pair| match pair {
        [Item::Comment(comment), Item::Command(command)] => {
            let text = export.text(*comment).trim_ascii_start();
            let text = text.strip_prefix(b"#")?.trim_ascii();
            let between = export.text(Span::new(comment.end, command.span.start));
            let is_right_above = LINE_ENDS.contains(&between);
            let at = usize::try_from(command.span.start).ok()?;
            (is_right_above && is_remark(text)).then(|| (at, Value::from(text)))
        }
        _ => None,
    });
    remarks.collect()
}

/// The menus that the router could not export: `#error exporting "/ip/route" (timeout)` (ROUTEROS §3.2).
fn unexported(export: &Script) -> Vec<String> {
    let comments = export.items().iter().filter_map(|item| match item {
        Item::Comment(comment) => core::str::from_utf8(export.text(*comment)).ok(),
        Item::Command(_) | Item::Error(_) => None,
    });
    let menus = comments.filter_map(|comment| {
        let named = comment.trim_start().strip_prefix(FAILED)?.trim_start();
        let named = named.trim_start_matches('"').split(['"', '(']).next()?;
        named.starts_with('/').then(|| named.trim_end().replace(' ', "/"))
    });
    menus.collect()
}

const FAILED: &str = "#error exporting ";

/// One end of a text line.
const LINE_ENDS: [&[u8]; 3] = [b"\n", b"\r\n", b"\r"];

/// ROUTEROS §3.2, §4.1; ROUTEROS-BEHAVIOUR §5; the last from an output of a hAP ac^3 on 7.x.
const REMARKS: [&str; 4] = [
    "inactivated, not allowed by device-mode",
    "can not run on slave or passthrough interface!",
    "in/out-interface matcher not possible when interface",
    "Firmware upgraded successfully, please reboot for changes to take effect!",
];

#[cfg(test)]
mod tests {
    use std::format;
    use std::prelude::rust_2024::*;

    use super::*;

    const SLAVE: &str = "# in/out-interface matcher not possible when interface (ether2) is slave - use master instead (bridge)\n";

    fn router(rows: &str) -> Router {
        let export = format!("# 2026-01-05 10:00:00 by RouterOS 7.22.3\n/ip firewall nat\n{rows}");
        Router::from_export(export.as_bytes(), None).unwrap()
    }

    fn told(router: &Router) -> Vec<Option<String>> {
        let rows = router.table("/ip/firewall/nat").iter();
        rows.map(|row| row.remark().map(|remark| remark.to_text().into_owned()))
            .collect()
    }

    #[test]
    fn a_remark_belongs_to_the_row_right_behind_it() {
        let add = "add action=masquerade chain=srcnat out-interface=ether2\n";
        let remarked = router(&format!("{SLAVE}{add}"));
        let text = "in/out-interface matcher not possible when interface (ether2) is slave - use master instead (bridge)";
        assert_eq!(told(&remarked), [Some(text.to_owned())]);
        let first = format!("add action=accept chain=srcnat\n{SLAVE}{add}");
        assert_eq!(told(&router(&first)), [None, Some(text.to_owned())]);
        assert_eq!(
            told(&router(&format!("{SLAVE}{add}").replace('\n', "\r\n"))),
            [Some(text.to_owned())]
        );
        assert_eq!(told(&router(&format!("{SLAVE}\n{add}"))), [None]);
        assert_eq!(told(&router(&format!("# uplink of the office\n{add}"))), [None]);
    }

    #[test]
    fn a_remark_changes_nothing_of_the_configuration() {
        let add = "add action=masquerade chain=srcnat out-interface=ether2\n";
        let (remarked, plain) = (router(&format!("{SLAVE}{add}")), router(add));
        assert!(remarked.diff(&plain).is_empty());
        assert_eq!(remarked.fingerprint(), plain.fingerprint());
        assert_eq!(remarked.to_export(), plain.to_export());
        assert_eq!(
            remarked.table("/ip/firewall/nat").rows(),
            plain.table("/ip/firewall/nat").rows()
        );
    }

    #[test]
    fn what_could_not_be_exported_is_known() {
        let failed =
            router("#error exporting \"/ip/firewall/filter\" (timeout)\n# error exporting the photos\n");
        assert_eq!(failed.unexported(), ["/ip/firewall/filter"]);
        assert!(router("add action=accept chain=srcnat\n").unexported().is_empty());
    }

    #[test]
    fn rest_and_print_tell_them_too() {
        let json = br#"{"/ip/dhcp-client": [{".id": "*1", "interface": "ether2", ".about": "can not run on slave or passthrough interface!"}]}"#;
        let router = Router::from_rest(json, None).unwrap();
        let row = router.table("/ip/dhcp-client").rows().first().unwrap();
        assert_eq!(
            row.remark().unwrap(),
            "can not run on slave or passthrough interface!"
        );
    }
}
