//! The switch: what must be seen before ISP 1's old default steps back, and what makes it.

use alloc::format;
use alloc::string::ToString;

use super::{Needs, Switch};
use crate::failover;
use crate::routeros::syntax::print::fill;
use crate::routeros::syntax::quote::quote;
use crate::survey::{self, Role};

/// Waits so many seconds.
const WAIT: &str = ":delay SECONDSs";

/// Why the switch waits.
const UNTIL_FAILED: &str = "a dead line may look alive until its check has failed twice";
/// The same where netwatch pings the probes.
const UNTIL_PINGED: &str = "a dead line may look alive until its probes have been pinged";

/// The switch of a site; `None` where only the link of ISP 1 decides.
pub(super) fn switch(needs: &Needs<'_>) -> Option<Switch> {
    let primary = needs.lines.first().filter(|line| line.is_checked())?;
    let detection = failover::detection_time(
        primary.line,
        primary.health,
        needs.router.version()?,
        survey::check_gateway(needs.router),
    )?;
    let pattern = format!("^multi-isp:{}:{}:", Role::Main.word(), primary.id());
    let message = format!(
        "multi-isp: no new route of {} works, nothing was switched",
        primary.id()
    );
    let blanks: [(&str, &[u8]); 2] = [
        ("PATTERN", &quote(pattern.as_bytes())),
        ("MESSAGE", &quote(message.as_bytes())),
    ];
    let (verify, wait_reason) = if primary.is_watched() {
        (needs.dialect.verify_watched, UNTIL_PINGED)
    } else {
        (needs.dialect.verify, UNTIL_FAILED)
    };
    let seconds = detection.latest.as_millis().div_ceil(1_000).to_string();
    Some(Switch {
        wait: fill(WAIT, &[("SECONDS", seconds.as_bytes())]),
        wait_reason,
        verify: fill(verify.trim_end(), &blanks),
    })
}
