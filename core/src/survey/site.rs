//! The applied site, as the router itself remembers it.

use alloc::string::String;
use alloc::vec::Vec;

use crate::document::DocumentErrors;
use crate::routeros::router::Router;
use crate::site::Site;

/// The name of the script that holds the applied site.
pub const SITE_SCRIPT: &str = "multi-isp-site";

/// What begins each line of the script that holds the site: a comment, so that the script does nothing when it is run.
const COMMENT: &str = "# ";

/// The source of the script that holds a site, its secrets left out.
pub fn site_source(site: &Site) -> String {
    let mut source = String::new();
    for text in site.without_secrets().to_json().lines() {
        source.push_str(COMMENT);
        source.push_str(text);
        source.push('\n');
    }
    source
}

/// The site that was last applied to a router, its secrets left out; `None` where none was.
///
/// # Errors
///
/// Those of [`Site::from_json`], where somebody edited the script.
pub fn site_of(router: &Router) -> Option<Result<Site, DocumentErrors>> {
    let script = router
        .table("/system/script")
        .iter()
        .find(|row| row.is("name", SITE_SCRIPT))?;
    let source = script.get("source")?.as_bytes();
    let json: Vec<u8> = source
        .split(|byte| *byte == b'\n')
        .flat_map(|text| {
            text.strip_prefix(COMMENT.as_bytes())
                .unwrap_or_default()
                .iter()
                .chain(b"\n")
        })
        .copied()
        .collect();
    Some(Site::from_json(&json))
}
