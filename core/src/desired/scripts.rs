//! The script that remembers the site on the router itself.

use super::DesiredRow;
use crate::site::Site;
use crate::survey::{Role, SITE_SCRIPT, site_source};

/// The row of `/system/script` that holds the applied site.
pub(super) fn site_row(site: &Site) -> DesiredRow {
    DesiredRow::site(Role::Site, 1)
        .with("name", SITE_SCRIPT)
        .with("policy", "read")
        .with("source", site_source(site))
}
