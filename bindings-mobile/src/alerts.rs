//! Whom to tell what.

use multi_isp as core;

use crate::documents::{self, Given};
use crate::error::Result;
use crate::records::{Alert, AlertOptions, AlertState, Log, Message, Messages, Replay, SiteStatus};

/// What to tell of a reading, and what to remember for the next.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct AlertUpdate {
    /// What to hand over with the next reading.
    pub state: AlertState,
    /// What to tell now, in the order in which to send it.
    pub alerts: Vec<Alert>,
}

/// What to tell of a reading, and what to remember for the next.
///
/// `state` is what came of the reading before; null for the first. `at` is when the status was read, in seconds of the caller's
/// clock.
#[uniffi::export(default(options = None))]
pub fn alerts(
    state: Option<AlertState>,
    status: SiteStatus,
    at: i64,
    options: Option<AlertOptions>,
) -> Result<AlertUpdate> {
    let (state, alerts) = core::alerts(
        &documents::read_or_usual(state)?,
        &status.read()?,
        at.try_into().unwrap_or_default(),
        &documents::read_or_usual(options)?,
    );
    Ok(AlertUpdate {
        state: documents::written(&state.to_json()),
        alerts: alerts
            .iter()
            .map(|alert| documents::written(&alert.to_json()))
            .collect(),
    })
}

/// What a recorded log would have told, and what became of each line.
#[uniffi::export(default(options = None))]
pub fn replay(log: Log, options: Option<AlertOptions>) -> Result<Replay> {
    let replay = core::replay(&log.read()?.readings, &documents::read_or_usual(options)?);
    Ok(documents::written(&replay.to_json()))
}

/// The text of an alert, and what it takes as an SMS. `router_name` is the router's name, as its people know it.
#[uniffi::export(default(messages = None))]
pub fn message(alert: Alert, router_name: String, messages: Option<Messages>) -> Result<Message> {
    let message = documents::read_or_usual(messages)?.of(&alert.read()?, &router_name);
    Ok(documents::written(&message.to_json()))
}
