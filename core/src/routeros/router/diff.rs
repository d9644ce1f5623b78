//! Two routers → what differs.

use alloc::{string::String, vec::Vec};

use core::fmt;

use crate::routeros::{
    router::{Router, Row, pairs::MenuPairs},
    schema,
    value::Value,
};

/// A difference between two routers, from the first to the second.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// A row that only the second has.
    Added {
        /// Path of the menu.
        menu: String,
        /// The row.
        row: Row,
    },
    /// A row that only the first has.
    Removed {
        /// Path of the menu.
        menu: String,
        /// The row.
        row: Row,
    },
    /// A row that both have, with other properties.
    Changed {
        /// Path of the menu.
        menu: String,
        /// The row as the first has it.
        row: Row,
        /// Each property that means something else.
        properties: Vec<Change>,
    },
    /// A row that stands elsewhere, in a menu whose order means something.
    Moved {
        /// Path of the menu.
        menu: String,
        /// The row as the second has it.
        row: Row,
    },
}

/// A property that means something else.
#[derive(Clone, PartialEq, Eq)]
pub struct Change {
    /// Its name.
    pub name: String,
    /// The first's value, where it is set.
    pub before: Option<Value>,
    /// The second's value, where it is set.
    pub after: Option<Value>,
}

/// Secrets are not shown.
impl fmt::Debug for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if schema::is_secret(&self.name) {
            return write!(f, "{}: (secret)", self.name);
        }
        write!(f, "{}: {:?} -> {:?}", self.name, self.before, self.after)
    }
}

impl Router {
    /// What changes from this router to `other`, menu by menu; dynamic rows and live values do not count.
    ///
    /// Rows that the factory made are told apart by what an export calls them; one that is as it always is may be in one
    /// router and not in the other. Of the rest rows that mean the same are one, then, as one that changed, those with the same
    /// name, those that differ in one property, those with the same comment, and those of which half is the same. Both
    /// routers are to be read the same way: an export tells less than REST does.
    ///
    /// # Example
    /// ```
    /// use multi_isp::routeros::router::{Difference, Router};
    ///
    /// let before = Router::from_export(b"/ip route add comment=isp1 gateway=192.0.2.1\n", None)?;
    /// let after = Router::from_export(b"/ip route add comment=isp1 gateway=192.0.2.1 distance=2\n", None)?;
    /// let differences = before.diff(&after);
    /// let [Difference::Changed { properties, .. }] = differences.as_slice() else { panic!() };
    /// assert_eq!(format!("{:?}", properties[0]), r#"distance: None -> Some("2")"#);
    /// assert!(before.diff(&before).is_empty());
    /// # Ok::<(), multi_isp::routeros::read::ReadError>(())
    /// ```
    pub fn diff(&self, other: &Router) -> Vec<Difference> {
        self.pairs(other).flat_map(differences).collect()
    }
}

fn differences(pairs: MenuPairs<'_>) -> Vec<Difference> {
    let menu = pairs.menu;
    let gone = pairs.gone.iter().map(|row| Difference::Removed {
        menu: menu.into(),
        row: (*row).clone(),
    });
    let come = pairs.rows.iter().filter_map(|row| match row.old {
        None => Some(Difference::Added {
            menu: menu.into(),
            row: row.new.clone(),
        }),
        Some(_) if row.properties.is_empty() => None,
        Some(old) => Some(Difference::Changed {
            menu: menu.into(),
            row: old.clone(),
            properties: row.properties.clone(),
        }),
    });
    let moved = pairs.rows.iter().filter(|row| row.moved);
    let moved = moved.map(|row| Difference::Moved {
        menu: menu.into(),
        row: row.new.clone(),
    });
    gone.chain(come).chain(moved).collect()
}

#[cfg(test)]
mod tests {
    use std::format;

    use super::*;

    fn rules(chains: &[&str]) -> Router {
        let rules = chains
            .iter()
            .map(|comment| format!("add chain=forward comment={comment}\n"));
        let export = format!("/ip firewall filter\n{}", rules.collect::<String>());
        Router::from_export(export.as_bytes(), None).unwrap()
    }

    #[test]
    fn order_counts_where_the_menu_has_one() {
        let moved = rules(&["a", "b", "c"]).diff(&rules(&["c", "a", "b"]));
        let [Difference::Moved { row, .. }] = moved.as_slice() else {
            panic!("{moved:?}")
        };
        assert_eq!(row.text("comment").unwrap(), "c");

        let lists = |export: &str| Router::from_export(export.as_bytes(), None).unwrap();
        let one = lists("/interface list\nadd name=WAN\nadd name=LAN\n");
        assert_eq!(
            one.diff(&lists("/interface list\nadd name=LAN\nadd name=WAN\n")),
            []
        );
    }

    #[test]
    fn rows_come_and_go_and_one_that_differs_in_its_comment_is_one() {
        let rules = |rules: &[&str]| {
            let rules = rules
                .iter()
                .map(|rule| format!("/ip firewall filter add {rule}\n"));
            Router::from_export(rules.collect::<String>().as_bytes(), None).unwrap()
        };
        let before = rules(&["chain=input action=drop", "chain=forward"]);
        let after = rules(&["chain=forward comment=b", "chain=output src-address=192.0.2.1"]);
        assert!(matches!(
            before.diff(&after).as_slice(),
            [
                Difference::Removed { .. },
                Difference::Changed { .. },
                Difference::Added { .. }
            ]
        ));
    }

    #[test]
    fn secrets_are_not_shown() {
        let client = |password: &str| {
            let export =
                format!("/interface pppoe-client add name=wan interface=ether1 password={password}\n");
            Router::from_export(export.as_bytes(), None).unwrap()
        };
        let shown = format!(
            "{:?} {:?}",
            client("hunter2").diff(&client("hunter3")),
            client("hunter2")
        );
        assert!(shown.contains("password: (secret)"));
        assert!(!shown.contains("hunter"));
    }
}
