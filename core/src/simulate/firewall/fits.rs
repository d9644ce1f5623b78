//! Whether a packet fits a matcher.

/// Whether a packet fits a matcher.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fits {
    Yes,
    No,
    /// It does not, nor does it fit the matcher turned round: a port of a packet that has none.
    Never,
    Unknown,
}

impl Fits {
    pub(super) fn turned(self, is_negated: bool) -> Self {
        match self {
            Self::Yes if is_negated => Self::No,
            Self::No if is_negated => Self::Yes,
            same => same,
        }
    }
}

impl From<bool> for Fits {
    fn from(fits: bool) -> Self {
        if fits { Self::Yes } else { Self::No }
    }
}
