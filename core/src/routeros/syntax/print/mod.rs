//! Tree and commands → text: the only place that formats RouterOS text.
//!
//! Two styles. Terse is what we emit: every command a full path on a text line of its own. Export is what a router
//! prints: a menu line, then commands relative to it, wrapped at 79 columns.

mod command;
pub(super) mod script;
mod wrap;

use alloc::vec::Vec;

pub use command::{Condition, Line, OR_LOG, fill, find, if_found, nth, or_log, pair, read, unless_found};
pub use script::Style;

/// Commands as we emit them: each on a text line of its own that stands alone
pub fn terse(lines: &[Line]) -> Vec<u8> {
    let mut out = Vec::new();
    for line in lines {
        out.extend(line.clone().finish());
        out.push(b'\n');
    }
    out
}

/// Commands as a router exports them: a menu line wherever the menu changes
///
/// The order is the caller's; a router's own is the one of its menus.
///
/// # Example
///
/// ```
/// use multi_isp::routeros::syntax::print::{Line, export};
///
/// let lines = [
///     Line::new("/interface/list", "add").arg("name", b"WAN"),
///     Line::new("/ip/address", "add").arg("address", b"10.0.0.2/24"),
///     Line::new("/ip/address", "add").arg("address", b"10.0.1.2/24"),
/// ];
/// assert_eq!(
///     export(&lines).escape_ascii().to_string(),
///     "/interface list\\nadd name=WAN\\n/ip address\\nadd address=10.0.0.2/24\\nadd address=10.0.1.2/24\\n"
/// );
/// ```
pub fn export(lines: &[Line]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut menu = None;
    for line in lines {
        if menu != Some(line.menu()) {
            out.extend_from_slice(line.menu());
            out.push(b'\n');
            menu = Some(line.menu());
        }
        out.extend(wrap::wrap(line.pieces()));
        out.push(b'\n');
    }
    out
}
