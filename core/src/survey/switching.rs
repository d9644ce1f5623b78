//! What scripts that run by themselves do to the way of packets.

use alloc::vec::Vec;

use super::interfaces::enabled;
use crate::routeros::router::Router;

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
    let words = source.replace(
        ['/', ';', '{', '}', '[', ']', '(', ')', '"', '\n', '\r', '\t'],
        " ",
    );
    let words: Vec<&str> = words.split_whitespace().collect();
    let is_menu = |menu: &&str, at: usize| {
        let mut menu = menu.split(' ').enumerate();
        menu.all(|(further, word)| words.get(at.saturating_add(further)) == Some(&word))
    };
    let changes = |menus: &[&str], at: usize| {
        let mut menus = menus.iter().filter(|menu| is_menu(menu, at));
        menus.any(|menu| {
            let behind = at.saturating_add(menu.split(' ').count());
            words.get(behind).is_some_and(|verb| VERBS.contains(verb))
        })
    };
    let switches = (0..words.len()).any(|at| changes(&MENUS, at));
    let mut script = Script {
        switches,
        steers: (0..words.len()).any(|at| changes(&STEERING, at))
            || (switches && words.iter().any(|word| word.starts_with(DISTANCE))),
        pings: words.contains(&"ping"),
    };
    if depth > 0 && (0..words.len()).any(|at| changes(&[SCHEDULER], at)) {
        let mut woken = router.table("/system/scheduler").iter();
        script.steers |= woken.any(|row| {
            let is_named = row.text("name").is_some_and(|name| has_name(&words, &name));
            let event = row.text("on-event").filter(|_| is_named);
            event.is_some_and(|event| read_within(router, &event, depth.saturating_sub(1)).steers)
        });
    }
    let scripts = enabled(router, "/system/script").filter(|_| depth > 0);
    for row in scripts {
        let is_named = row
            .text("name")
            .is_some_and(|name| is_named(source, &words, &name));
        if let Some(source) = row.text("source").filter(|_| is_named) {
            let further = read_within(router, &source, depth.saturating_sub(1));
            script.switches |= further.switches;
            script.steers |= further.steers;
            script.pings |= further.pings;
        }
    }
    script
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
const STEERING: [&str; 4] = ["ip route", "ip route rule", "routing rule", "ip firewall mangle"];

/// The property that moves the default of a client.
const DISTANCE: &str = "default-route-distance";

const VERBS: [&str; 5] = ["add", "set", "remove", "enable", "disable"];

/// Scripts that run scripts.
const DEEPEST: usize = 4;
