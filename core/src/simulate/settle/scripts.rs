//! Scripts that run by themselves and are not followed: what they may change is said.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::routeros::router::Router;
use crate::survey::interfaces::enabled;

/// Where scripts stand that are not run, and how people call such a row.
const PLACES: [(&str, &str, &str); 2] = [
    ("/ppp/profile", "on-up", "`on-up` of the PPP profile"),
    ("/ppp/profile", "on-down", "`on-down` of the PPP profile"),
];

/// A sentence for each of them that changes what decides the way of packets.
pub(super) fn unfollowed(router: &Router) -> Vec<String> {
    let mut told = Vec::new();
    for (menu, property, kind) in PLACES {
        for row in enabled(router, menu) {
            let Some(source) = row.text(property) else {
                continue;
            };
            if read(router, &source).switches {
                let name = row.text("name").unwrap_or_default();
                told.push(format!(
                    "{kind} `{name}` changes routes or rules, and is not followed"
                ));
            }
        }
    }
    told
}

/// What a script does, with the scripts that it names. That a command stands there is enough: whether it is reached is not
/// asked.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Script {
    /// It changes rows that decide the way of packets, or forgets connections.
    pub(super) switches: bool,
    /// It asks hosts whether they answer.
    pub(super) pings: bool,
}

pub(super) fn read(router: &Router, source: &str) -> Script {
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
    let changes = |at: usize| {
        let mut menus = MENUS.iter().filter(|menu| is_menu(menu, at));
        menus.any(|menu| {
            let behind = at.saturating_add(menu.split(' ').count());
            words.get(behind).is_some_and(|verb| VERBS.contains(verb))
        })
    };
    let mut script = Script {
        switches: (0..words.len()).any(changes),
        pings: words.contains(&"ping"),
    };
    let scripts = enabled(router, "/system/script").filter(|_| depth > 0);
    for row in scripts {
        let is_named = row
            .text("name")
            .is_some_and(|name| is_named(source, &words, &name));
        if let Some(source) = row.text("source").filter(|_| is_named) {
            let further = read_within(router, &source, depth.saturating_sub(1));
            script.switches |= further.switches;
            script.pings |= further.pings;
        }
    }
    script
}

/// `on-event=NAME`, or `/system script run NAME` in it.
fn is_named(source: &str, words: &[&str], name: &str) -> bool {
    source.trim() == name || words.windows(2).any(|pair| pair == ["run", name])
}

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

const VERBS: [&str; 5] = ["add", "set", "remove", "enable", "disable"];

/// Scripts that run scripts.
const DEEPEST: usize = 4;
