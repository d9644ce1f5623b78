//! The text of cases → what they say.

use std::net::Ipv4Addr;

use multi_isp::simulate::{Condition, Lease, Noticed, Protocol, SOMEWHERE, Scenario, Source, Traffic};

/// A router, the commands that amend it, and what is expected of it.
#[derive(Debug, Default)]
pub(super) struct Case {
    pub(super) title: String,
    pub(super) sources: String,
    pub(super) router: String,
    pub(super) commands: Vec<String>,
    pub(super) refused: Option<String>,
    pub(super) checks: Vec<Check>,
    /// Why the simulator is wrong, where it is known to be.
    pub(super) engine_fault: Option<String>,
    leases: Vec<(String, Lease)>,
}

/// What is expected of traffic in a world.
#[derive(Debug)]
pub(super) struct Check {
    /// As it is written.
    pub(super) text: String,
    pub(super) scenario: Scenario,
    pub(super) expected: String,
    /// Pieces of the trace's text.
    pub(super) shows: Vec<String>,
    pub(super) hides: Vec<String>,
}

impl Case {
    pub(super) fn read_all(text: &str) -> Vec<Self> {
        let mut cases: Vec<Self> = Vec::new();
        let lines = text.lines().map(str::trim);
        for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some(title) = line.strip_prefix("== ") {
                cases.push(Self {
                    title: title.into(),
                    ..Self::default()
                });
            } else {
                let case = cases.last_mut();
                case.unwrap_or_else(|| panic!("no case before `{line}`"))
                    .add(line);
            }
        }
        cases
    }

    pub(super) fn expectations(&self) -> usize {
        self.checks.len() + usize::from(self.refused.is_some())
    }

    fn add(&mut self, line: &str) {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "by" => self.sources = rest.into(),
            "on" => self.router = rest.into(),
            "mark" => self.commands.push(mark(rest)),
            "provider" => self.leases.push(lease(rest)),
            "refused" => self.refused = Some(rest.into()),
            "engine" => self.engine_fault = rest.strip_prefix("fault: ").map(Into::into),
            "shows" => self.last_check(line).shows.push(rest.into()),
            "hides" => self.last_check(line).hides.push(rest.into()),
            _ if word.starts_with(['/', ':']) => self.commands.push(line.into()),
            _ => self.check(line),
        }
    }

    fn last_check(&mut self, line: &str) -> &mut Check {
        let check = self.checks.last_mut();
        check.unwrap_or_else(|| panic!("nothing is expected before `{line}`"))
    }

    fn check(&mut self, line: &str) {
        let mut columns = line.split(" | ").map(str::trim);
        let [Some(world), Some(sent), Some(expected), None] = [(); 4].map(|()| columns.next()) else {
            panic!("`{line}` is not `world | traffic | outcome`");
        };
        let mut scenario = Scenario::default().with_traffic(traffic(sent));
        for (interface, lease) in self.leases.clone() {
            scenario = scenario.with_lease(interface.as_bytes(), lease);
        }
        for part in world.split(", ") {
            scenario = assume(scenario, part);
        }
        self.checks.push(Check {
            text: line.into(),
            scenario,
            expected: expected.into(),
            shows: Vec::new(),
            hides: Vec::new(),
        });
    }
}

/// A rule that sends what it matches to the table of ISP 2.
fn mark(matchers: &str) -> String {
    format!(
        "/ip firewall mangle add chain=prerouting {matchers} action=mark-routing new-routing-mark=to2 passthrough=no"
    )
}

/// `all up`, `at once`, `checked`, `ether1 link down`, `ether1 gives 192.0.2.2/24 from 192.0.2.1`.
fn assume(scenario: Scenario, part: &str) -> Scenario {
    match part {
        "all up" => return scenario,
        "at once" => return scenario.at(Noticed::AtOnce),
        "checked" => return scenario.at(Noticed::Checks),
        _ => {}
    }
    if part.contains(" gives ") {
        let (interface, lease) = lease(part);
        return scenario.with_lease(interface.as_bytes(), lease);
    }
    let (line, condition) = part
        .split_once(' ')
        .unwrap_or_else(|| panic!("`{part}` is no world"));
    let condition = Condition::parse(&condition.replace(' ', "_"));
    scenario.with_line(
        line.as_bytes(),
        condition.unwrap_or_else(|| panic!("`{part}` is no condition")),
    )
}

/// `ether1 gives 192.0.2.2/24 from 192.0.2.1`.
pub(super) fn lease(text: &str) -> (String, Lease) {
    let words: Vec<&str> = text.split(' ').collect();
    let [interface, "gives", address, "from", gateway] = words[..] else {
        panic!("`{text}` is no lease");
    };
    let lease = Lease {
        address: address.parse().unwrap(),
        gateway: gateway.parse().unwrap(),
    };
    (interface.into(), lease)
}

/// `lan`, `router -> 1.1.1.1 udp 53`, `bridge 192.168.88.50 established`, `internet by ether2 -> tcp 8080`.
fn traffic(text: &str) -> Traffic {
    let (sender, target) = text.split_once(" -> ").unwrap_or((text, ""));
    let words: Vec<&str> = sender.split(' ').collect();
    let has = |word: &str| words.contains(&word);
    let own = words.iter().find_map(|word| word.parse().ok());
    let from = match words[..] {
        ["lan", ..] => Source::Lan,
        ["router", ..] => Source::Router,
        ["internet", "by", line, ..] => Source::Internet {
            line: line.as_bytes().into(),
            source: own.unwrap_or(SOMEWHERE),
        },
        [interface, ..] => Source::Interface {
            interface: interface.as_bytes().into(),
            source: own,
        },
        [] => unreachable!("there is always a first word"),
    };
    let is_from_outside = matches!(from, Source::Internet { .. });
    let mut sent = Traffic {
        from,
        to: (!is_from_outside).then_some(SOMEWHERE),
        established: has("established"),
        logged_in: !has("guest"),
        ..Traffic::default()
    };
    for word in target.split(' ').filter(|word| !word.is_empty()) {
        set_target(&mut sent, word);
    }
    sent
}

fn set_target(sent: &mut Traffic, word: &str) {
    match word {
        "tcp" => sent.protocol = Protocol::Tcp,
        "udp" => sent.protocol = Protocol::Udp,
        "icmp" => (sent.protocol, sent.port) = (Protocol::Icmp, None),
        word => match (word.parse::<Ipv4Addr>(), word.parse::<u16>()) {
            (Ok(address), _) => sent.to = Some(address),
            (_, Ok(port)) => sent.port = Some(port),
            _ => panic!("`{word}` is no destination"),
        },
    }
}
