//! A router → its export.

use alloc::{format, string::String, vec::Vec};

use crate::routeros::{
    router::{Router, Row, row::Selector},
    schema,
    syntax::{
        print::{self, Condition, Line},
        quote,
    },
    value::{Kind, Value, equal},
};

impl Router {
    /// The configuration as `/export` writes it: menus in its order, rows in theirs, dynamic rows never.
    ///
    /// What was set is printed, also where it is the default; secrets too.
    ///
    /// # Example
    /// ```
    /// use multi_isp::routeros::{router::Router, version::Version};
    ///
    /// let export = "# by RouterOS 7.22.3\n/ip address\nadd address=192.0.2.2/24 interface=ether1\n/ip route\nadd gateway=192.0.2.1\n";
    /// let router = Router::from_export(export.as_bytes(), None)?;
    /// assert_eq!(router.to_export(), export.as_bytes());
    /// # Ok::<(), multi_isp::routeros::read::ReadError>(())
    /// ```
    pub fn to_export(&self) -> Vec<u8> {
        let mut menus: Vec<&str> = self.menus().collect();
        menus.sort_by_key(|menu| schema::export_order(menu));
        let lines: Vec<Line> = menus
            .iter()
            .flat_map(|menu| {
                self.table(menu)
                    .iter()
                    .filter(|row| !row.is_given())
                    .map(|row| line(menu, row))
            })
            .collect();
        let header = self.version().map(|version| format!("# by RouterOS {version}\n"));
        [header.unwrap_or_default().into_bytes(), print::export(&lines)].concat()
    }
}

fn line(menu: &str, row: &Row) -> Line {
    let line = match &row.selector {
        Selector::Added => Line::new(menu, "add"),
        Selector::Single => Line::new(menu, "set"),
        Selector::Position(position) => Line::new(menu, "set").expression(&operand(position.as_bytes())),
        Selector::Found(properties) => Line::new(menu, "set").expression(&find(properties)),
    };
    let said = row
        .iter()
        .filter(|(name, value)| !row.selector.implies(name, value));
    said.fold(line, |line, (name, value)| match row.kind(name) {
        Kind::Flag if equal(Kind::Flag, value, &Value::from("yes")) => line.flag(name),
        _ => line.arg(name, value.as_bytes()),
    })
}

/// A row's name or number; quoted where it would be read as more than one word.
fn operand(position: &[u8]) -> Vec<u8> {
    let is_word = position
        .iter()
        .all(|byte| byte.is_ascii_alphanumeric() || b"-._*".contains(byte));
    if is_word && !position.is_empty() {
        position.to_vec()
    } else {
        quote::quote(position)
    }
}

fn find(properties: &[(String, Value)]) -> Vec<u8> {
    let conditions: Vec<Condition<'_>> = properties
        .iter()
        .map(|(name, value)| Condition::Typed(name, value.as_bytes()))
        .collect();
    print::find(&conditions)
}
