//! Where a router reports its lines to.

use memchr::{memchr, memmem};

use super::{Role, Tag};
use crate::routeros::router::{Router, Row};
use crate::routeros::syntax::quote::unquote;
use crate::site::{Secret, Site, Text};

/// Where a site wants its lines reported to: the URL that it gives, else the one that its router has already; `None` where nobody
/// knows one, or it wants no report.
pub(crate) fn webhook_url(site: &Site, router: &Router) -> Option<Text> {
    let given = site.webhook()?.url.as_ref().map(Secret::expose);
    given.cloned().or_else(|| url_of(router))
}

/// The URL in the report script of a router: no other word of it begins so, and no URL has a quotation mark in it.
fn url_of(router: &Router) -> Option<Text> {
    let tag = Tag::new(Role::Report, super::SITE_SUBJECT, 1).text();
    let scripts = router.table(Role::Report.menu());
    let source = scripts.find_by("comment", tag.as_bytes())?.get("source")?;
    let start = memmem::find(source.as_bytes(), URL)?.saturating_add(URL.len());
    let quoted = source.as_bytes().get(start..)?;
    let end = memchr(b'"', quoted.get(1..)?)?.saturating_add(2);
    unquote(quoted.get(..end)?).map(Text::from)
}

/// What stands before it.
const URL: &[u8] = b" url=";

/// Whether a row of ours only notes and reports: it decides no packet's way.
pub(crate) fn only_reports(menu: &str, row: &Row) -> bool {
    let tag = super::tag_of(menu, row);
    tag.is_some_and(|tag| matches!(tag.role(), Role::Monitor | Role::ReportTimer))
}
