//! What a router is set to, in 32 bytes.

use alloc::string::ToString;
use alloc::vec::Vec;
use core::fmt;

use serde::{Serialize, Serializer};
use sha2::{Digest, Sha256};

use super::Plan;
use super::steady::steady;
use crate::routeros::router::{Router, Row};

/// What a router is set to, in 32 bytes: those of two routers are equal where their configurations mean the same.
///
/// The text is that of the plan's JSON: 64 hexadecimal digits. It stays the same between versions of this library of which the
/// changelog does not say otherwise.
///
/// It is SHA-256 over the version of RouterOS and, menu by menu, over what each row means: every property that differs from its default,
/// in one spelling; the order of the rows counts where the menu has one. What does not count: live values, dynamic rows, rows of the
/// factory that are as they were made, next hops and switches that scripts of ours keep up to date, and secrets, which could be
/// guessed from it. Two ways to read one router give two fingerprints: an export tells less than REST does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint([u8; 32]);

impl Router {
    /// What the router is set to, to compare with what it is set to later.
    ///
    /// # Example
    ///
    /// ```
    /// use multi_isp::routeros::router::Router;
    ///
    /// let router = |export: &str| Router::from_export(export.as_bytes(), None);
    /// let plain = router("/ip route add gateway=192.0.2.1\n")?;
    /// let wordy = router("/ip route add distance=1 gateway=192.0.2.1 disabled=false\n")?;
    /// assert_eq!(plain.fingerprint(), wordy.fingerprint());
    /// assert_ne!(plain.fingerprint(), router("/ip route add gateway=192.0.2.2\n")?.fingerprint());
    /// # Ok::<(), multi_isp::routeros::read::ReadError>(())
    /// ```
    pub fn fingerprint(&self) -> Fingerprint {
        let steady = steady(self);
        let mut hash = Sha256::new();
        let version = steady.version().map(|version| version.to_string());
        write(&mut hash, SCHEME);
        write(&mut hash, version.unwrap_or_default().as_bytes());
        for menu in steady.menus() {
            let rows = steady.table(menu).iter().filter_map(Row::essence);
            let mut rows: Vec<Vec<u8>> = rows.collect();
            if rows.is_empty() {
                continue;
            }
            if !super::is_ordered(menu) {
                rows.sort_unstable();
            }
            write(&mut hash, menu.as_bytes());
            rows.iter().for_each(|row| write(&mut hash, row));
            // No row is empty.
            write(&mut hash, b"");
        }
        Fingerprint(hash.finalize().into())
    }
}

impl Plan {
    /// What the router was set to that the plan was made for.
    ///
    /// For a program that kept the plan's JSON alone; who has the plan asks [`Plan::still_valid`], which tells what moved.
    pub fn fingerprint(&self) -> Fingerprint {
        self.made_for.router().fingerprint()
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// The text.
impl Serialize for Fingerprint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// What is hashed and how; another number where that changes.
const SCHEME: &[u8] = b"multi-isp/fingerprint/1";

/// A text with its length before it: no two sequences of texts are one.
fn write(hash: &mut Sha256, text: &[u8]) {
    hash.update(u64::try_from(text.len()).unwrap_or(u64::MAX).to_be_bytes());
    hash.update(text);
}
