//! How the router checks the next hops of its routes.

use alloc::borrow::Cow;
use core::time::Duration;

use crate::failover::CheckGateway;
use crate::routeros::router::Router;
use crate::routeros::value::{Value, milliseconds};

/// The timing of `check-gateway` as the router has it, for all its routes alike; what it does not say is at its default.
pub fn check_gateway(router: &Router) -> CheckGateway {
    let settings = router.table("/routing/settings").rows().first();
    let value = |name: &str| settings.and_then(|row| row.effective(name));
    let duration = |value: Option<Cow<'_, Value>>| milliseconds(&value?.to_text()).map(Duration::from_millis);
    let usual = CheckGateway::default();
    CheckGateway {
        interval: duration(value("check-gateway-ping-interval")).unwrap_or(usual.interval),
        timeout: duration(value("check-gateway-ping-timeout")).unwrap_or(usual.timeout),
        count: value("check-gateway-ping-count")
            .and_then(|count| count.to_text().parse().ok())
            .unwrap_or(usual.count),
    }
}
