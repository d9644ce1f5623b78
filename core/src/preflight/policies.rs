//! What a user of a router may do.

/// The policies of a user's group that matter to what runs by itself: a guard, a report
///
/// # Example
///
/// ```
/// use multi_isp::preflight::Policies;
///
/// let policies = Policies::of_group("local,ssh,read,write,!policy,!test");
/// assert_eq!(policies, Policies { read: true, write: true, test: false });
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policies {
    /// It may read the configuration
    pub read: bool,
    /// It may change the configuration
    pub write: bool,
    /// It may ping, and set global variables
    pub test: bool,
}

impl Policies {
    /// The policies that `/user group print` shows as `policy`: words with commas between them, `!` before those it lacks
    pub fn of_group(policy: &str) -> Self {
        let has = |name: &str| policy.split(',').any(|word| word.trim() == name);
        Self {
            read: has("read"),
            write: has("write"),
            test: has("test"),
        }
    }

    /// The names of those that are missing
    pub(super) fn missing(self) -> impl Iterator<Item = &'static str> {
        let all = [("read", self.read), ("write", self.write), ("test", self.test)];
        all.into_iter().filter(|(_, has)| !has).map(|(name, _)| name)
    }
}
