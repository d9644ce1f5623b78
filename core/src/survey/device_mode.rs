//! What the device mode of a router forbids. Only a router read over REST or the API shows it.

use crate::routeros::router::{Router, Row};
use crate::routeros::value::{Kind, Value, equal};

/// The menu that says what a device allows
pub(crate) const DEVICE_MODE: &str = "/system/device-mode";

/// What a router does not let run, why, and what to do
#[derive(Clone, Copy, Debug)]
pub(crate) struct Forbidden {
    pub why: &'static str,
    pub remedy: &'static str,
}

/// What forbids schedulers, as what (`ROUTEROS-BEHAVIOUR` §5)
const FORBIDDEN_BY: [(&str, &str, Forbidden); 2] = [
    (
        "flagged",
        "yes",
        Forbidden {
            why: "the device is flagged and allows no new scheduler",
            remedy: "find out why it is flagged and clear that in its device mode",
        },
    ),
    (
        "scheduler",
        "no",
        Forbidden {
            why: "the device mode allows no scheduler",
            remedy: "run `/system device-mode update scheduler=yes` and confirm it on the device",
        },
    ),
];

/// What forbids `/tool fetch` (`ROUTEROS-BEHAVIOUR` §5)
const NO_FETCH: [(&str, &str, Forbidden); 1] = [(
    "fetch",
    "no",
    Forbidden {
        why: "the device mode allows no fetch",
        remedy: "run `/system device-mode update fetch=yes` and confirm it on the device",
    },
)];

/// What forbids hotspots, as `home` and `basic` do (`ROUTEROS` §2k)
const NO_HOTSPOT: [(&str, &str, Forbidden); 1] = [(
    "hotspot",
    "no",
    Forbidden {
        why: "the device mode allows no hotspot",
        remedy: "run `/system device-mode update hotspot=yes` and confirm it on the device",
    },
)];

/// Why no scheduler runs on a router; `None` where one does, or nothing is said of it
pub(crate) fn no_scheduler(router: &Router) -> Option<Forbidden> {
    forbidden(router, &FORBIDDEN_BY)
}

/// Why no script of a router may fetch; `None` where one may, or nothing is said of it
pub(crate) fn no_fetch(router: &Router) -> Option<Forbidden> {
    forbidden(router, &NO_FETCH)
}

/// Why no hotspot of a router runs; `None` where one may, or nothing is said of it
pub(crate) fn no_hotspot(router: &Router) -> Option<Forbidden> {
    forbidden(router, &NO_HOTSPOT)
}

/// Whether the device is flagged, which forbids new schedulers and leaves those that are there
pub(crate) fn is_flagged(router: &Router) -> bool {
    let mut modes = router.table(DEVICE_MODE).iter();
    modes.any(|mode| says(mode, "flagged", "yes"))
}

fn forbidden(router: &Router, by: &[(&str, &str, Forbidden)]) -> Option<Forbidden> {
    let mode = router.table(DEVICE_MODE).rows().first()?;
    let found = by.iter().find(|(name, value, _)| says(mode, name, value));
    found.map(|(.., forbidden)| *forbidden)
}

fn says(mode: &Row, name: &str, value: &str) -> bool {
    let own = mode.live(name).or_else(|| mode.get(name));
    own.is_some_and(|own| equal(Kind::Bool, own, &Value::from(value)))
}
