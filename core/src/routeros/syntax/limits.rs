//! Bounds on what a parse takes on, as values.

/// How much a parse takes on before it gives up
///
/// # Example
///
/// ```
/// use multi_isp::routeros::syntax::{Limits, Script};
///
/// let narrow = Limits { depth: 2, ..Limits::default() };
/// assert!(Script::parse_within(b":put [:len [:tostr 1]]", narrow).is_ok());
/// let errors = Script::parse_within(b":put [:len [:tostr [:nothing]]]", narrow).unwrap_err();
/// assert_eq!(errors.first().code.as_str(), "nesting-too-deep");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the source; a script of a router is below 64 kB, an export with its address lists a few megabytes
    pub bytes: u32,
    /// Brackets, braces, parentheses and prefix operators inside one another
    pub depth: u16,
    /// Operators in one expression without parentheses between them
    pub operators: u16,
    /// Errors that are kept; what follows is still read, and what is unreadable still becomes an error node
    pub errors: u16,
}

impl Default for Limits {
    /// 64 MiB, 64 levels, 500 operators, 1000 errors
    fn default() -> Self {
        Self {
            bytes: 64 << 20,
            depth: 64,
            operators: 500,
            errors: 1000,
        }
    }
}
