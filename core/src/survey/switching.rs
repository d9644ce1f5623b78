//! What scripts that run by themselves do to the way of packets.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::interfaces::enabled;
use crate::routeros::router::{Router, Row};

/// What a script does, with the scripts that it names. That a command stands there is enough: whether it is reached is not
/// asked.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Script {
    /// It changes rows that decide the way of packets, or forgets connections.
    pub(crate) switches: bool,
    /// It changes routes, routing rules, marks or the distance of a client's default, or switches a scheduler that does.
    pub(crate) steers: bool,
    /// It asks hosts whether they answer.
    pub(crate) pings: bool,
}

/// What `source` does: a script, or the name of one.
pub(crate) fn read(router: &Router, source: &str) -> Script {
    read_within(router, source, DEEPEST)
}

fn read_within(router: &Router, source: &str, depth: usize) -> Script {
    let text = spaced(source);
    let words: Vec<&str> = text.split_whitespace().collect();
    let changes = |menus: &[&str], at: usize| changes(&words, menus, at);
    let switches = (0..words.len()).any(|at| changes(&MENUS, at));
    let mut script = Script {
        switches,
        steers: (0..words.len()).any(|at| changes(&STEERING, at))
            || (switches && words.iter().any(|word| word.starts_with(DISTANCE))),
        pings: words.contains(&"ping"),
    };
    if depth > 0 {
        let mut events = woken(router, &words).into_iter();
        script.steers |= events.any(|event| read_within(router, &event, depth.saturating_sub(1)).steers);
        for source in named(router, source, &words) {
            let further = read_within(router, &source, depth.saturating_sub(1));
            script.switches |= further.switches;
            script.steers |= further.steers;
            script.pings |= further.pings;
        }
    }
    script
}

/// A script, or the one that it is the name of, with those that it runs and those of the schedulers that it switches.
pub(crate) fn reached(router: &Router, source: &str) -> Vec<String> {
    let mut reached: Vec<String> = alloc::vec![source.to_string()];
    let mut last = reached.clone();
    for _ in 0..DEEPEST {
        let further = |source: &String| {
            let text = spaced(source);
            let words: Vec<&str> = text.split_whitespace().collect();
            [woken(router, &words), named(router, source, &words)].concat()
        };
        last = last.iter().flat_map(further).collect();
        last.retain(|source| !reached.contains(source));
        reached.extend(last.iter().cloned());
    }
    reached
}

/// Whether a script alone has a command that changes routes, routing rules or marks, or the distance of a client's default.
pub(crate) fn steers(source: &str) -> bool {
    read_within(&Router::default(), source, 0).steers
}

/// The scripts that a script runs.
fn named(router: &Router, source: &str, words: &[&str]) -> Vec<String> {
    let is_named = |row: &&Row| {
        let name = row.text("name");
        name.is_some_and(|name| is_named(source, words, &name))
    };
    let rows = enabled(router, "/system/script").filter(is_named);
    rows.filter_map(|row| Some(row.text("source")?.into_owned()))
        .collect()
}

/// What the schedulers run that a script switches.
fn woken(router: &Router, words: &[&str]) -> Vec<String> {
    if !(0..words.len()).any(|at| changes(words, &[SCHEDULER], at)) {
        return Vec::new();
    }
    let is_named = |row: &&Row| row.text("name").is_some_and(|name| has_name(words, &name));
    let rows = router.table("/system/scheduler").iter().filter(is_named);
    rows.filter_map(|row| Some(row.text("on-event")?.into_owned()))
        .collect()
}

/// Whether a command that changes rows of one of these menus stands at a word.
fn changes(words: &[&str], menus: &[&str], at: usize) -> bool {
    let is_menu = |menu: &&&str| {
        let mut menu = menu.split(' ').enumerate();
        menu.all(|(further, word)| words.get(at.saturating_add(further)) == Some(&word))
    };
    menus.iter().filter(is_menu).any(|menu| {
        let behind = at.saturating_add(menu.split(' ').count());
        words.get(behind).is_some_and(|verb| VERBS.contains(verb))
    })
}

/// A script with blanks for all that stands between words.
fn spaced(source: &str) -> String {
    source.replace(
        ['/', ';', '{', '}', '[', ']', '(', ')', '"', '\n', '\r', '\t'],
        " ",
    )
}

/// `on-event=NAME`, or `/system script run NAME` in it.
fn is_named(source: &str, words: &[&str], name: &str) -> bool {
    source.trim() == name || words.windows(2).any(|pair| pair == ["run", name])
}

/// `find name=NAME`, or with quotes.
fn has_name(words: &[&str], name: &str) -> bool {
    let mut words = words.iter();
    words.any(|word| *word == name || word.strip_prefix("name=") == Some(name))
}

/// What wakes others.
const SCHEDULER: &str = "system scheduler";

const MENUS: [&str; 10] = [
    "ip route",
    "ip route rule",
    "routing rule",
    "ip firewall mangle",
    "ip firewall nat",
    "ip firewall address-list",
    "ip firewall connection",
    "ip dhcp-client",
    "interface",
    "interface ethernet",
];

/// Those of them whose rows choose between lines.
pub(crate) const STEERING: [&str; 4] = ["ip route", "ip route rule", "routing rule", "ip firewall mangle"];

/// The property that moves the default of a client.
const DISTANCE: &str = "default-route-distance";

/// Commands that change rows.
pub(crate) const VERBS: [&str; 5] = ["add", "set", "remove", "enable", "disable"];

/// Scripts that run scripts.
pub(crate) const DEEPEST: usize = 4;
