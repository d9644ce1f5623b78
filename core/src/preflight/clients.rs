//! Clients that a plan made and that take a password, and the lines that they are for.

use alloc::vec::Vec;

use crate::routeros::router::{Router, Row};
use crate::site::{Access, Line};
use crate::survey::{Role, Tag, tag_of};

/// A client that a plan made
pub(super) struct OwnClient<'a> {
    pub(super) row: &'a Row,
    pub(super) tag: Tag,
}

/// Those of a router
pub(super) fn own_clients(router: &Router) -> Vec<OwnClient<'_>> {
    let of_role = |role: Role| {
        let rows = router.table(role.menu()).iter();
        rows.filter_map(move |row| {
            Some(OwnClient {
                row,
                tag: tag_of(role.menu(), row)?,
            })
        })
    };
    ROLES.into_iter().flat_map(of_role).collect()
}

/// That of a line, where it has one
pub(super) fn own_client<'a>(router: &'a Router, line: &Line) -> Option<OwnClient<'a>> {
    own_clients(router).into_iter().find(|client| client.is_of(line))
}

impl OwnClient<'_> {
    /// Whether applying keeps it for a line: it has the line's tag, or its name where the line has another id today
    pub(super) fn is_of(&self, line: &Line) -> bool {
        let is_same = *line.id() == *self.tag.subject() || self.row.is("name", line.interface());
        is_same && role(line.access()) == Some(self.tag.role())
    }
}

/// What is made for a line of that access, where that takes a password
fn role(access: &Access) -> Option<Role> {
    match access {
        Access::Pppoe(Some(_)) => Some(Role::Pppoe),
        Access::Ppp(Some(_)) => Some(Role::Ppp),
        Access::Lte(Some(_)) => Some(Role::Apn),
        _ => None,
    }
}

/// What is made with a password
const ROLES: [Role; 3] = [Role::Pppoe, Role::Ppp, Role::Apn];
