//! Words of a command → the menu, the command and what is left.

use alloc::{borrow::Cow, format, string::String};

use crate::routeros::{
    schema::{self, Menu},
    syntax::Root,
};

/// A menu: its canonical path, and its schema where there is one.
#[derive(Clone, Debug)]
pub(super) struct Here {
    pub(super) path: Cow<'static, str>,
    pub(super) menu: Option<&'static Menu>,
}

/// The path says it all.
impl PartialEq for Here {
    fn eq(&self, other: &Here) -> bool {
        self.path == other.path
    }
}

impl Eq for Here {}

/// What the words of a command name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A menu, which becomes the current one.
    Menu(Here),
    /// A command of a menu; the words behind it are its first arguments.
    Command {
        here: Here,
        verb: &'static str,
        used: usize,
    },
    /// A command of the scripting language, or another of the root.
    Root { verb: &'static str, used: usize },
    /// Nothing that this menu has.
    Unknown { used: usize },
}

impl Here {
    pub(super) const ROOT: Here = Here {
        path: Cow::Borrowed("/"),
        menu: None,
    };

    fn of(menu: &'static Menu) -> Here {
        Here {
            path: Cow::Borrowed(menu.path()),
            menu: Some(menu),
        }
    }

    pub(super) fn at(path: &str) -> Here {
        match schema::menu(path) {
            Some(menu) => Here::of(menu),
            None => Here {
                path: Cow::Owned(String::from(path)),
                menu: None,
            },
        }
    }

    fn is_root(&self) -> bool {
        self.path == "/"
    }

    fn child(&self, name: &str) -> Here {
        let parent = if self.is_root() { "" } else { &self.path };
        Here::at(&format!("{parent}/{name}"))
    }

    pub(super) fn parent(&self) -> Here {
        match self.path.rsplit_once('/') {
            None | Some(("", _)) => Here::ROOT,
            Some((parent, _)) => Here::at(parent),
        }
    }

    /// The names right below this menu that lead to a menu of the schema; one may come more than once.
    fn children(&self) -> impl Iterator<Item = &'static str> {
        let prefix = if self.is_root() {
            String::from("/")
        } else {
            format!("{}/", self.path)
        };
        let below = schema::menus_below(&prefix);
        below.filter_map(move |menu| menu.path().strip_prefix(prefix.as_str())?.split('/').next())
    }
}

/// Reads words: menus while they are menus, then a command.
///
/// Menus and commands may be abbreviated as long as only one fits. A menu's own commands come before those of the
/// scripting language: `find` in `/ip/route` is that menu's, `:find` the language's.
pub(super) fn resolve(current: &Here, root: Root, words: &[&str]) -> Target {
    if let Some(target) = resolve_exact(root, words) {
        return target;
    }
    let mut here = if root == Root::Relative {
        current.clone()
    } else {
        Here::ROOT
    };
    for (index, word) in words.iter().enumerate() {
        let used = index.saturating_add(1);
        if *word == ".." {
            here = here.parent();
        } else if let Some(verb) = exact_verb(&here, word) {
            return Target::Command { here, verb, used };
        } else if let Some(verb) = exact_script_verb(word).filter(|_| here.is_root() && index == 0) {
            return Target::Root { verb, used };
        } else if let Some(child) = exact_menu(&here, word) {
            here = child;
        } else if let Some(verb) = exact_script_verb(word).filter(|_| root != Root::Slash && index == 0) {
            return Target::Root { verb, used };
        } else {
            match abbreviated(&here, word).filter(|_| root != Root::Colon) {
                Some(Fitting::Menu(name)) => here = here.child(name),
                Some(Fitting::Command(verb)) => return Target::Command { here, verb, used },
                Some(Fitting::Many) => return Target::Unknown { used },
                None => match script_verb(word).filter(|_| root != Root::Slash && index == 0) {
                    Some(verb) => return Target::Root { verb, used },
                    None if may_be_menu(&here, root, words, index) => here = here.child(word),
                    None => return Target::Unknown { used },
                },
            }
        }
    }
    Target::Menu(here)
}

/// The same for the full names that exports and our own scripts write: one look instead of one a word.
fn resolve_exact(root: Root, words: &[&str]) -> Option<Target> {
    let (last, before) = words.split_last().filter(|_| root == Root::Slash)?;
    let path = format!("/{}", words.join("/"));
    if let Some(menu) = schema::menu(&path) {
        return Some(Target::Menu(Here::of(menu)));
    }
    let here = Here::of(schema::menu(path.strip_suffix(last)?.strip_suffix('/')?)?);
    let verb = exact_verb(&here, last)?;
    Some(Target::Command {
        here,
        verb,
        used: before.len().saturating_add(1),
    })
}

/// Whether an unknown word may be a menu that the schema does not hold: behind a slash, or where a command follows.
///
/// Below a menu whose commands are known it must lead to menus or to a command: numbers and ids say that it was to be
/// a command, and a bad one.
fn may_be_menu(here: &Here, root: Root, words: &[&str], index: usize) -> bool {
    let behind = words.get(index.saturating_add(1)..).unwrap_or_default();
    let is_name = |word: &&str| word.starts_with(|first: char| first.is_ascii_alphabetic());
    let may_stand = here.menu.is_none() || behind.iter().all(is_name);
    let inside = root == Root::Slash || (root == Root::Relative && index > 0);
    (inside && may_stand) || (root != Root::Colon && behind.iter().any(|word| VERBS.contains(word)))
}

fn exact_verb(here: &Here, word: &str) -> Option<&'static str> {
    let generic = VERBS.into_iter().find(|verb| *verb == word);
    let own = || here.menu?.commands().find(|verb| *verb == word);
    generic.or_else(own).filter(|_| !here.is_root())
}

/// The menu `word` below this one; also where it is none itself, as `/ip` or `/ip/firewall`.
fn exact_menu(here: &Here, word: &str) -> Option<Here> {
    let child = here.child(word);
    (child.menu.is_some() || here.children().any(|name| name == word)).then_some(child)
}

/// What an abbreviation may mean.
enum Fitting {
    Menu(&'static str),
    Command(&'static str),
    Many,
}

/// The menus and commands of a menu that begin so; of a menu that nothing is known of, none.
fn abbreviated(here: &Here, word: &str) -> Option<Fitting> {
    let menus = here.children().map(|name| (name, true));
    let own = here.menu.into_iter().flat_map(Menu::commands);
    let every = EVERY_MENU.into_iter().filter(|_| here.menu.is_some());
    let commands = own.chain(every).map(|verb| (verb, false));
    let mut fitting = menus.chain(commands).filter(|(name, _)| name.starts_with(word));
    let first = fitting.next()?;
    match (fitting.all(|other| other == first), first) {
        (false, _) => Some(Fitting::Many),
        (true, (name, true)) => Some(Fitting::Menu(name)),
        (true, (verb, false)) => Some(Fitting::Command(verb)),
    }
}

fn exact_script_verb(word: &str) -> Option<&'static str> {
    SCRIPT_VERBS.iter().find(|verb| **verb == word).copied()
}

/// The command of the scripting language of that name; abbreviations as `:pic` where only one fits.
fn script_verb(word: &str) -> Option<&'static str> {
    let abbreviated = || {
        let mut fitting = SCRIPT_VERBS
            .iter()
            .filter(|verb| word.len() > 1 && verb.starts_with(word));
        let first = fitting.next()?;
        fitting.next().is_none().then_some(*first)
    };
    exact_script_verb(word).or_else(abbreviated)
}

/// What every menu has, and the schema does not say.
pub(super) const EVERY_MENU: [&str; 2] = ["edit", "export"];

/// What menus of rows or settings have.
const VERBS: [&str; 16] = [
    "add",
    "set",
    "remove",
    "find",
    "get",
    "enable",
    "disable",
    "unset",
    "move",
    "comment",
    "print",
    "export",
    "edit",
    "reset",
    "monitor",
    "reset-counters",
];

/// The commands of the scripting language, which work in every menu.
const SCRIPT_VERBS: [&str; 55] = [
    "beep",
    "break",
    "continue",
    "convert",
    "delay",
    "deserialize",
    "do",
    "environment",
    "error",
    "execute",
    "exit",
    "export",
    "find",
    "for",
    "foreach",
    "global",
    "grep",
    "if",
    "import",
    "jobname",
    "len",
    "local",
    "log",
    "nothing",
    "onerror",
    "parse",
    "pick",
    "ping",
    "put",
    "range",
    "resolve",
    "retry",
    "return",
    "rndnum",
    "rndstr",
    "serialize",
    "set",
    "terminal",
    "time",
    "timestamp",
    "toarray",
    "tobool",
    "tocrlf",
    "toid",
    "toip",
    "toip6",
    "tolf",
    "tolower",
    "tonsec",
    "tonum",
    "tostr",
    "totime",
    "toupper",
    "typeof",
    "while",
];

#[cfg(test)]
mod tests {
    use std::string::ToString;

    use super::*;

    #[track_caller]
    fn command(from: &str, root: Root, words: &[&str], path: &str, verb: &str) {
        match resolve(&Here::at(from), root, words) {
            Target::Command {
                here,
                verb: found,
                used,
            } => {
                assert_eq!((here.path.to_string().as_str(), found), (path, verb));
                assert_eq!(used, words.len());
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn menus_and_commands_may_be_abbreviated_where_only_one_fits() {
        command("/", Root::Slash, &["ip", "route", "add"], "/ip/route", "add");
        command(
            "/",
            Root::Relative,
            &["ip", "fire", "mang", "add"],
            "/ip/firewall/mangle",
            "add",
        );
        command(
            "/",
            Root::Slash,
            &["sys", "sch", "remove"],
            "/system/scheduler",
            "remove",
        );
        command("/ip/route", Root::Relative, &["dis"], "/ip/route", "disable");
        command("/ip/route", Root::Relative, &["en"], "/ip/route", "enable");
        command(
            "/ip/firewall/nat",
            Root::Relative,
            &["..", "mangle", "add"],
            "/ip/firewall/mangle",
            "add",
        );
        command(
            "/ip/route",
            Root::Slash,
            &["ip", "ipsec", "policy", "set"],
            "/ip/ipsec/policy",
            "set",
        );
    }

    #[test]
    fn an_abbreviation_that_fits_twice_means_nothing() {
        let unknown = |from: &str, root, words: &[&str], at| {
            let target = resolve(&Here::at(from), root, words);
            assert_eq!(target, Target::Unknown { used: at }, "{words:?}");
        };
        unknown("/", Root::Slash, &["ip", "firewall", "filter", "e", "0"], 4);
        unknown("/ip/firewall/filter", Root::Relative, &["re", "0"], 1);
        unknown("/", Root::Slash, &["i", "a", "print"], 1);
        unknown(
            "/",
            Root::Slash,
            &["ip", "firewall", "filter", "frobnicate", "0"],
            4,
        );
    }

    #[test]
    fn a_menu_line_may_name_a_menu_that_the_schema_does_not_hold() {
        let target = resolve(&Here::ROOT, Root::Slash, &["interface", "gre6"]);
        assert_eq!(target, Target::Menu(Here::at("/interface/gre6")));
        assert_eq!(
            resolve(&Here::ROOT, Root::Slash, &["ip", "firewall"]),
            Target::Menu(Here::at("/ip/firewall"))
        );
        assert_eq!(
            resolve(&Here::ROOT, Root::Slash, &["tool", "mac-server", "ping"]),
            Target::Menu(Here::at("/tool/mac-server/ping"))
        );
        for root in [Root::Colon, Root::Relative] {
            assert_eq!(resolve(&Here::ROOT, root, &["frob"]), Target::Unknown { used: 1 });
        }
    }

    #[test]
    fn script_commands_work_everywhere_but_menus_come_first() {
        let route = Here::at("/ip/route");
        let of = |root, word| resolve(&route, root, &[word]);
        assert_eq!(of(Root::Relative, "put"), Target::Root { verb: "put", used: 1 });
        assert_eq!(
            of(Root::Colon, "pic"),
            Target::Root {
                verb: "pick",
                used: 1
            }
        );
        assert_eq!(
            of(Root::Colon, "find"),
            Target::Root {
                verb: "find",
                used: 1
            }
        );
        assert_eq!(
            of(Root::Relative, "find"),
            Target::Command {
                here: route.clone(),
                verb: "find",
                used: 1
            }
        );
        assert_eq!(
            resolve(&Here::ROOT, Root::Relative, &["find"]),
            Target::Root {
                verb: "find",
                used: 1
            }
        );
    }
}
