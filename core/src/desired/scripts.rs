//! Scripts of ours: what they may do, and the one that remembers the site on the router itself.

use super::DesiredRow;
use crate::site::Site;
use crate::survey::{Role, SITE_SCRIPT, site_source};

/// What a script of ours may do that changes rows, and no less its scheduler: else RouterOS does not run it. `read` and `write` are
/// enough for routes and the firewall; `fetch` needs `test` (`ROUTEROS-BEHAVIOUR` §10), and so may a global variable, which is
/// unconfirmed (§5).
pub(crate) const POLICY: &str = "read,write,test";

/// The row of `/system/script` that holds the applied site.
pub(super) fn site_row(site: &Site) -> DesiredRow {
    DesiredRow::site(Role::Site, 1)
        .with("name", SITE_SCRIPT)
        .with("policy", "read")
        .with("source", site_source(site))
}
