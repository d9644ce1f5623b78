//! One change of a router: its command, and the change that takes it back.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::Properties;
use super::target::{Target, kind};
use crate::routeros::router::Row;
use crate::routeros::schema;
use crate::routeros::syntax::print::{self, Condition, Line};
use crate::routeros::value::{Kind, Value};

/// One change of a router, in terms that stand for the same rows when it is run.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Change {
    /// A row comes.
    Add {
        /// The row's menu.
        menu: String,
        /// The row.
        row: Properties,
        /// The row that it stands before; at the end of its menu where there is none.
        before: Option<Target>,
    },
    /// Properties of a row get other values.
    Set {
        /// The row's menu.
        menu: String,
        /// The row.
        target: Target,
        /// What becomes of each property.
        values: Vec<Assignment>,
    },
    /// A row goes.
    Remove {
        /// The row's menu.
        menu: String,
        /// The row.
        target: Target,
        /// What it was.
        row: Properties,
        /// The row that stood behind it, where the menu has an order.
        before: Option<Target>,
        /// Whether RouterOS would take it back: not where somebody removed what it refers to.
        comes_back: bool,
    },
    /// A row gets another place in its menu.
    Move {
        /// The row's menu.
        menu: String,
        /// The row.
        target: Target,
        /// The row that it comes to stand before; the end of the menu where there is none.
        before: Option<Target>,
        /// The row that it stood before until now.
        back: Option<Target>,
    },
    /// A command that changes no configuration of its own: it waits, verifies, or copies a lease into rows that follow it.
    Run {
        /// The command.
        script: Commands,
    },
}

/// Commands as text. Neither `Debug` nor JSON shows the secrets in them.
#[derive(Clone, PartialEq)]
pub struct Commands(Value);

impl Commands {
    /// The commands as they are sent.
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// The commands as they are shown to people.
    pub fn shown(&self) -> Value {
        schema::shown("script", &self.0).into_owned()
    }
}

impl<T: Into<Value>> From<T> for Commands {
    fn from(commands: T) -> Self {
        Self(commands.into())
    }
}

impl fmt::Debug for Commands {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.shown().fmt(f)
    }
}

impl Serialize for Commands {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.shown().serialize(serializer)
    }
}

/// What becomes of one property.
#[derive(Clone, PartialEq)]
pub struct Assignment {
    /// The property.
    pub name: String,
    /// Its value today.
    pub from: NewValue,
    /// Its value to be.
    pub to: NewValue,
}

/// The value that a property gets.
#[derive(Clone, Debug, PartialEq)]
pub enum NewValue {
    /// This one.
    Given(Value),
    /// None at all.
    Unset,
    /// What the router reports as this property of the same row when the command runs.
    Reported(String),
}

/// Secrets are not shown.
impl fmt::Debug for Assignment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, to) = (self.from.shown(&self.name), self.to.shown(&self.name));
        write!(f, "{}: {from:?} -> {to:?}", self.name)
    }
}

/// Secrets are not shown.
impl Serialize for Assignment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut assignment = serializer.serialize_struct("Assignment", 3)?;
        assignment.serialize_field("name", &self.name)?;
        assignment.serialize_field("from", &self.from.shown(&self.name))?;
        assignment.serialize_field("to", &self.to.shown(&self.name))?;
        assignment.end()
    }
}

impl Serialize for NewValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let document = match self {
            Self::Given(value) => NewValueDocument::Given { value },
            Self::Unset => NewValueDocument::Unset,
            Self::Reported(property) => NewValueDocument::Reported { property },
        };
        document.serialize(serializer)
    }
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
enum NewValueDocument<'a> {
    Given { value: &'a Value },
    Unset,
    Reported { property: &'a str },
}

impl Change {
    /// The change as one full-path command that stands alone.
    pub fn command(&self) -> Vec<u8> {
        match self {
            Self::Add { menu, row, before } => {
                let line = row.iter().fold(Line::new(menu, "add"), |line, (name, value)| {
                    argument(line, menu, name, value)
                });
                match before {
                    Some(target) => line
                        .arg_expression("place-before", &target.expression(menu))
                        .finish(),
                    None => line.finish(),
                }
            }
            Self::Set { menu, target, values } => {
                let line = target.select(Line::new(menu, "set"), menu);
                values
                    .iter()
                    .fold(line, |line, value| value.argument(line, menu, target))
                    .finish()
            }
            Self::Remove { menu, target, .. } => target.select(Line::new(menu, "remove"), menu).finish(),
            Self::Move {
                menu, target, before, ..
            } => {
                let line = target.select(Line::new(menu, "move"), menu);
                match before {
                    Some(target) => line
                        .arg_expression("destination", &target.expression(menu))
                        .finish(),
                    None => line.finish(),
                }
            }
            Self::Run { script } => script.as_bytes().to_vec(),
        }
    }

    /// The command for a script that may run after any number of the plan's steps: a row comes back only where it is
    /// gone, and moves back only where the row stands that it stood before: else it did not move yet.
    pub fn undo_command(&self) -> Vec<u8> {
        match self {
            Self::Add { menu, row, .. } => {
                let target = Target::of(menu, row);
                print::unless_found(menu, &target.conditions(menu), &self.command())
            }
            Self::Move {
                menu,
                before: Some(before @ Target::Where(_)),
                ..
            } => print::if_found(menu, &before.conditions(menu), &self.command()),
            _ => self.command(),
        }
    }

    /// The change that takes this one back; `None` where there is nothing to take back.
    pub fn inverse(&self) -> Option<Self> {
        match self.clone() {
            Self::Add { menu, row, .. } => Some(Self::Remove {
                target: Target::of(&menu, &row),
                menu,
                row,
                before: None,
                comes_back: true,
            }),
            Self::Set { menu, target, values } => Some(Self::Set {
                menu,
                target: after(target, &values),
                values: values.into_iter().map(Assignment::inverse).collect(),
            }),
            Self::Remove {
                comes_back: false, ..
            } => None,
            Self::Remove {
                menu, row, before, ..
            } => Some(Self::Add { menu, row, before }),
            Self::Move {
                menu,
                target,
                before,
                back,
            } => Some(Self::Move {
                menu,
                target,
                before: back,
                back: before,
            }),
            Self::Run { .. } => None,
        }
    }

    /// The command that makes a bound DHCP client take a changed distance over, without releasing its lease; `None` for other
    /// changes.
    ///
    /// The manual says to renew after a change of a client \[M:network-management/dhcp.md\]; that a changed distance needs it is
    /// likely, and unconfirmed (`ROUTEROS-BEHAVIOUR` §6). A client without a lease is left alone: how it takes the command is
    /// not known.
    pub(super) fn renewal(&self) -> Option<Self> {
        let Self::Set { menu, target, values } = self else {
            return None;
        };
        let moves = values.iter().any(|value| value.name == "default-route-distance");
        let mut bound = target.conditions(menu);
        bound.push(Condition::Typed("status", b"bound"));
        (moves && menu == "/ip/dhcp-client").then(|| Self::Run {
            script: Commands::from(Line::new(menu, "renew").expression(&print::find(&bound)).finish()),
        })
    }

    /// The menu of the change; `None` for a command that changes no configuration.
    pub fn menu(&self) -> Option<&str> {
        match self {
            Self::Add { menu, .. }
            | Self::Set { menu, .. }
            | Self::Remove { menu, .. }
            | Self::Move { menu, .. } => Some(menu),
            Self::Run { .. } => None,
        }
    }
}

impl Assignment {
    /// The change of a row's property to another value.
    pub(super) fn new(row: &Row, name: &str, to: NewValue) -> Self {
        let from = row
            .get(name)
            .cloned()
            .map_or_else(|| NewValue::default_of(row, name), NewValue::Given);
        Self {
            name: String::from(name),
            from,
            to,
        }
    }

    /// Whether the row has the value already.
    pub(super) fn is_met(&self, row: &Row) -> bool {
        match &self.to {
            NewValue::Given(value) => row.is(&self.name, value),
            NewValue::Unset => row.get(&self.name).is_none(),
            NewValue::Reported(_) => false,
        }
    }

    /// Whether the row still has the value that the change was made for; what the router was to report is not compared.
    pub(crate) fn starts_from(&self, row: &Row) -> bool {
        let own = row.get(&self.name);
        match &self.from {
            NewValue::Given(value) if value.is_empty() && own.is_none() => true,
            NewValue::Given(value) => row.is(&self.name, value),
            NewValue::Unset => own.is_none_or(|own| own.is_empty() || row.default_is(&self.name, own)),
            NewValue::Reported(_) => true,
        }
    }

    fn argument(&self, line: Line, menu: &str, target: &Target) -> Line {
        match &self.to {
            NewValue::Given(value) => argument(line, menu, &self.name, value),
            NewValue::Unset => line.unset(&self.name),
            NewValue::Reported(property) => {
                line.arg_expression(&self.name, &print::read(menu, &target.conditions(menu), property))
            }
        }
    }

    pub(super) fn inverse(self) -> Self {
        Self {
            name: self.name,
            from: self.to,
            to: self.from,
        }
    }
}

impl NewValue {
    /// The value as it is shown to people: one of a secret property is not.
    pub(super) fn shown(&self, property: &str) -> Self {
        match self {
            Self::Given(value) => Self::Given(schema::shown(property, value).into_owned()),
            other => other.clone(),
        }
    }

    /// What a property has where nobody sets it. A text is then empty; an empty address or matcher is none at all, and so is a name of
    /// something else that the router has, such as an interface: an empty one is not among its values.
    pub(super) fn default_of(row: &Row, name: &str) -> Self {
        let default = row.default(name).unwrap_or_default();
        if default.is_empty() && (row.kind(name) != Kind::Text || row.refers(name)) {
            return Self::Unset;
        }
        Self::Given(Value::from(default))
    }
}

/// How a row is found when its properties have changed.
fn after(target: Target, values: &[Assignment]) -> Target {
    let Target::Where(mut properties) = target else {
        return target;
    };
    for (name, value) in properties.iter_mut() {
        let change = values
            .iter()
            .find(|change| change.name == *name)
            .map(|change| &change.to);
        if let Some(NewValue::Given(new)) = change {
            *value = new.clone();
        }
    }
    Target::Where(properties)
}

/// A property of a command; a flag has no value, and is there or not.
fn argument(line: Line, menu: &str, name: &str, value: &Value) -> Line {
    let is_flag = kind(menu, name) == Some(Kind::Flag);
    if is_flag {
        line.flag(name)
    } else {
        line.arg(name, value.as_bytes())
    }
}
