//! The commands of the root that the grammar knows: those of the scripting language, never menus.

use super::tree::{Arg, Root, Span};

/// A command of the scripting language
pub(super) struct RootCommand {
    name: &'static str,
    /// Whether it is that command in every menu, also without a colon before it
    everywhere: bool,
    /// Arguments whose braces hold code; the empty name stands for the unnamed ones
    code: &'static [&'static str],
    /// Arguments whose value names a variable that the command declares; the empty name stands for the first unnamed one
    declares: &'static [&'static str],
    /// Names of the arguments that it takes, where they are known
    takes: Option<&'static [&'static str]>,
    /// Whether that variable exists only within the command
    pub(super) scopes: bool,
}

impl RootCommand {
    /// Whether braces behind that argument hold code
    pub(super) fn takes_code(&self, argument: &[u8]) -> bool {
        self.code.iter().any(|name| name.as_bytes() == argument)
    }

    /// Whether it may take an argument of that name
    pub(super) fn takes(&self, argument: &[u8]) -> bool {
        self.takes
            .is_none_or(|names| names.iter().any(|name| name.as_bytes() == argument))
    }

    /// Whether that argument names a variable that the command declares
    pub(super) fn declares(&self, argument: &[u8]) -> bool {
        self.declares.iter().any(|name| name.as_bytes() == argument)
    }
}

/// The scripting command that a command's first word names
///
/// Some names are menus' commands too (`set`, `find`): without a colon or slash before them they are the root's only
/// where the root is certainly the current menu.
pub(super) fn known(name: &[u8], root: Root, at_root: bool) -> Option<&'static RootCommand> {
    let found = ROOTS
        .binary_search_by(|known| {
            let known = known.name.as_bytes();
            // Most words are `add`: their first letter decides.
            known.first().cmp(&name.first()).then_with(|| known.cmp(name))
        })
        .ok()?;
    ROOTS
        .get(found)
        .filter(|known| known.everywhere || at_root || root != Root::Relative)
}

/// Whether the root is certainly the current menu for what a command holds
///
/// `[find ..]` in a menu's command runs in that menu.
pub(super) fn at_root_inside(at_root: bool, known: Option<&RootCommand>, words: &[Span]) -> bool {
    at_root && (known.is_some() || words.is_empty())
}

/// Whether the root is certainly the current menu for the next command
///
/// Words without arguments may be a menu line; `/` alone leads back to the root.
pub(super) fn at_root_behind(
    at_root: bool,
    root: Root,
    known: Option<&RootCommand>,
    words: &[Span],
    args: &[Arg],
) -> bool {
    let menu_line = args.is_empty() && known.is_none();
    match root {
        Root::Slash if menu_line => words.is_empty(),
        Root::Relative if menu_line => false,
        Root::Slash | Root::Relative | Root::Colon => at_root,
    }
}

const fn command(name: &'static str) -> RootCommand {
    RootCommand {
        name,
        everywhere: true,
        code: &[],
        declares: &[],
        takes: None,
        scopes: false,
    }
}

/// A command that menus have too: `set`, `find`, `import`
const fn ambiguous(name: &'static str) -> RootCommand {
    RootCommand {
        everywhere: false,
        ..command(name)
    }
}

const fn block(name: &'static str, code: &'static [&'static str]) -> RootCommand {
    RootCommand {
        code,
        ..command(name)
    }
}

const fn declaring(name: &'static str) -> RootCommand {
    RootCommand {
        declares: &[""],
        ..block(name, &["do"])
    }
}

const fn scoping(
    name: &'static str,
    code: &'static [&'static str],
    declares: &'static [&'static str],
) -> RootCommand {
    RootCommand {
        declares,
        scopes: true,
        ..block(name, code)
    }
}

/// In the order of their names
static ROOTS: &[RootCommand] = &[
    ambiguous("beep"),
    command("convert"),
    command("delay"),
    command("deserialize"),
    block("do", &["", "on-error"]),
    command("error"),
    block("execute", &["", "script"]),
    // A query behind the root's `find` is refused at its first `=` (oracle cd29253d2b79).
    RootCommand {
        takes: Some(&["from", "in", "key"]),
        ..ambiguous("find")
    },
    scoping("for", &["do"], &["", "counter"]),
    scoping("foreach", &["do"], &["", "counter"]),
    declaring("global"),
    block("grep", &["script"]),
    block("if", &["do", "else"]),
    command("jobname"),
    command("len"),
    declaring("local"),
    command("nothing"),
    scoping("onerror", &["in", "do"], &["", "error"]),
    command("parse"),
    command("pick"),
    ambiguous("ping"),
    command("put"),
    command("resolve"),
    block("retry", &["command", "on-error"]),
    command("return"),
    command("rndnum"),
    command("rndstr"),
    command("serialize"),
    RootCommand {
        everywhere: false,
        ..block("set", &["do"])
    },
    RootCommand {
        everywhere: false,
        ..block("time", &["", "command"])
    },
    command("timestamp"),
    command("toarray"),
    command("tobool"),
    command("toid"),
    command("toip"),
    command("toip6"),
    command("tonsec"),
    command("tonum"),
    command("tostr"),
    command("totime"),
    command("typeof"),
    block("while", &["do"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_order() {
        assert!(ROOTS.is_sorted_by_key(|root| root.name));
    }

    #[test]
    fn set_is_the_roots_only_at_the_root() {
        assert!(known(b"set", Root::Colon, false).is_some());
        assert!(known(b"set", Root::Relative, true).is_some());
        assert!(known(b"set", Root::Relative, false).is_none());
        assert!(known(b"local", Root::Relative, false).is_some());
    }
}
