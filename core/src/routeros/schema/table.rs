//! The table.
use super::Menu;

pub(super) static MENUS: &[Menu] = &[];
