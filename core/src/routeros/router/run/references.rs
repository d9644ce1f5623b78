//! Hard references: what a value must name.

use alloc::format;

use super::{Items, Result, Stop, machine::Machine};
use crate::routeros::{
    router::{Name, Router, RowId, is_interface_menu},
    schema::{Property, Refers},
    value::{Kind, Value},
    version::Version,
};

impl Machine<'_> {
    /// Refuses what RouterOS refuses: a value that is none of its kind, or names what is not there.
    ///
    /// An export that is read may name rows that it lists further down, or not at all.
    pub(super) fn check(&self, name: &Name, value: &Value) -> Result<()> {
        let property = match name {
            Name::Known(property) if self.items == Items::Exist && !value.is_empty() => property,
            _ => return Ok(()),
        };
        // `blackhole=yes` passes the completion and is refused when executed on 7.23 (tikoci/bench-routeros-tools).
        if property.kind() == Kind::Flag && value == "yes" {
            return Err(Stop::error(format!(
                "invalid value for argument {}",
                property.name()
            )));
        }
        if names_what_is_there(&self.router, property, value) {
            return Ok(());
        }
        Err(Stop::error(format!(
            "input does not match any value of {}",
            property.name()
        )))
    }

    /// Refuses an interface the name of another, of whatever type; `own` is the row that is to have the name.
    pub(super) fn check_name(&self, path: &str, own: Option<RowId>, name: Option<&Value>) -> Result<()> {
        let Some(name) = name.filter(|_| is_interface_menu(path)) else {
            return Ok(());
        };
        let is_other = |menu: &str| {
            let named = self.router.table(menu).named(name);
            named.is_some_and(|row| menu != path || Some(row.id()) != own)
        };
        if self.router.interface_menus().any(is_other) {
            return Err(Stop::error("failure: already have interface with such name"));
        }
        Ok(())
    }
}

fn names_what_is_there(router: &Router, property: &Property, value: &Value) -> bool {
    let text = value.as_bytes();
    let name = Value::from(text.strip_prefix(b"!").unwrap_or(text));
    match property.refers() {
        None => true,
        // v6 has no menu of tables: a mark makes its own.
        Some(Refers::RoutingTable) => {
            router
                .version()
                .is_none_or(|version| version < Version::new(7, 0, 0))
                || name == "main"
                || router.table("/routing/table").named(&name).is_some()
                || router.table("/ip/vrf").named(&name).is_some()
        }
        Some(Refers::InterfaceList) => is_list(router, &name),
        Some(Refers::Interface) => {
            !router.ports_known()
                || is_builtin(&name)
                || router.has_interface(&name)
                || is_list(router, &name)
        }
    }
}

fn is_list(router: &Router, name: &Value) -> bool {
    let builtin = ["all", "dynamic", "none", "static"]
        .iter()
        .any(|list| name == list);
    builtin || router.table("/interface/list").named(name).is_some()
}

/// Names that every router knows (inspect tree 7.22.3).
fn is_builtin(name: &Value) -> bool {
    [
        "all",
        "all-ethernet",
        "all-ppp",
        "all-vlan",
        "all-wireless",
        "lo",
        "none",
    ]
    .iter()
    .any(|own| name == own)
}
