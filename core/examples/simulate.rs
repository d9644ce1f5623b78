//! Follows a connection through a router, or shows what becomes of all its traffic when lines fail.
//!
//! ```text
//! cargo run --release --example simulate -- ROUTER.rsc --down ether1
//! cargo run --release --example simulate -- ROUTER.rsc --what-if --svg lines.svg
//! ```

use std::net::Ipv4Addr;
use std::process::ExitCode;

use multi_isp::routeros::router::Router;
use multi_isp::routeros::version::Version;
use multi_isp::simulate::{
    Condition, Lease, Noticed, Protocol, Scenario, Source, Traffic, WhatIf, simulate, what_if,
};

#[path = "support/arguments.rs"]
mod arguments;
#[path = "support/program.rs"]
mod program;
#[path = "support/router.rs"]
mod router;

const USAGE: &str = "usage: simulate ROUTER [--version 7.22] [--lease ether1=ADDRESS/24,GATEWAY]
                [--down ether1[=CONDITION],...] [--noticed at_once|checks|everything]
                [--from lan|router|wan:ether2|INTERFACE[=ADDRESS]] [--to 1.1.1.1[:443]] [--protocol tcp|udp|icmp]
                [--established] [--format text|json|mermaid]
       simulate ROUTER --what-if [--version 7.22] [--lease ..] [--lines ether1,ether2] [--down CONDITION,...]
                [--management ADDRESS] [--format text|json] [--svg FILE]

Follows a connection through the router of an export (.rsc) or of what REST gave (.json), and says what becomes of it; with
--what-if, of all traffic in every state of its lines. CONDITION is link_down (the default), no_lease, gateway_dead or
upstream_dead. Traffic from wan:ether2 comes from the internet to the router's address there.";

fn main() -> ExitCode {
    program::run(USAGE, 1, Request::parse, Request::answer)
}

/// What the arguments ask for.
#[derive(Default)]
struct Request {
    router: String,
    version: Option<Version>,
    scenario: Scenario,
    from: Source,
    to: Option<Ipv4Addr>,
    port: Option<u16>,
    protocol: Option<Protocol>,
    established: bool,
    format: Format,
    what_if: bool,
    down: Vec<String>,
    lines: Vec<String>,
    management: Option<Ipv4Addr>,
    svg: Option<String>,
}

#[derive(Clone, Copy, Default)]
enum Format {
    #[default]
    Text,
    Json,
    Mermaid,
}

impl Request {
    fn parse(arguments: Vec<String>) -> Result<Self, String> {
        let mut args = arguments.into_iter();
        let mut request = Self::default();
        while let Some(arg) = args.next() {
            let mut value = || args.next().ok_or_else(|| format!("`{arg}` needs a value"));
            match arg.as_str() {
                "--version" => request.version = Some(router::version(&value()?)?),
                "--lease" => request.add_lease(&value()?)?,
                "--down" => request.down.extend(list(&value()?)),
                "--lines" => request.lines.extend(list(&value()?)),
                "--noticed" => request.scenario.noticed = noticed(&value()?)?,
                "--from" => request.from = from(&value()?)?,
                "--to" => request.set_destination(&value()?)?,
                "--protocol" => request.set_protocol(&value()?)?,
                "--established" => request.established = true,
                "--what-if" => request.what_if = true,
                "--management" => request.management = Some(address(&value()?)?),
                "--svg" => request.svg = Some(value()?),
                "--format" => request.format = format(&value()?)?,
                option if option.starts_with("--") => return Err(format!("`{option}` is not an argument")),
                _ if request.router.is_empty() => request.router = arg,
                _ => return Err(format!("`{arg}`: one router is enough")),
            }
        }
        match request.router.is_empty() {
            true => Err("no router is named".into()),
            false => Ok(request),
        }
    }

    fn add_lease(&mut self, text: &str) -> Result<(), String> {
        let wrong = || format!("`{text}` is not a lease: ether1=198.51.100.2/24,198.51.100.1");
        let (interface, lease) = text.split_once('=').ok_or_else(wrong)?;
        let (own, gateway) = lease.split_once(',').ok_or_else(wrong)?;
        let lease = Lease {
            address: own.parse().map_err(|_| wrong())?,
            gateway: gateway.parse().map_err(|_| wrong())?,
        };
        self.scenario = std::mem::take(&mut self.scenario).with_lease(interface, lease);
        Ok(())
    }

    fn set_destination(&mut self, text: &str) -> Result<(), String> {
        let (host, port) = match text.split_once(':') {
            Some((host, port)) => (
                host,
                Some(port.parse().map_err(|_| format!("`{port}` is not a port"))?),
            ),
            None => (text, self.port),
        };
        self.to = Some(address(host)?);
        self.port = port;
        Ok(())
    }

    fn set_protocol(&mut self, text: &str) -> Result<(), String> {
        let known = Protocol::ALL.iter().find(|protocol| protocol.as_str() == text);
        let known = known.ok_or_else(|| format!("`{text}` is not a protocol: tcp, udp, icmp"))?;
        self.protocol = Some(*known);
        Ok(())
    }

    fn traffic(&self) -> Traffic {
        let usual = Traffic::of(self.from.clone());
        Traffic {
            to: self.to.or(usual.to),
            port: self.port.or(usual.port),
            protocol: self.protocol.unwrap_or(usual.protocol),
            established: self.established,
            ..usual
        }
    }

    fn answer(&self) -> Result<String, String> {
        let router = router::read(&self.router, self.version)?;
        if self.what_if {
            self.all(&router)
        } else {
            self.one(&router)
        }
    }

    fn one(&self, router: &Router) -> Result<String, String> {
        let mut scenario = self.scenario.clone().with_traffic(self.traffic());
        for line in &self.down {
            let (line, failure) = line
                .split_once('=')
                .unwrap_or((line, Condition::LinkDown.as_str()));
            scenario = scenario.with_line(line, router::condition(failure)?);
        }
        let trace = simulate(router, &scenario);
        Ok(match self.format {
            Format::Text => trace.to_string(),
            Format::Json => trace.to_json() + "\n",
            Format::Mermaid => trace.to_mermaid(),
        })
    }

    fn all(&self, router: &Router) -> Result<String, String> {
        let mut asked = WhatIf {
            lines: self.lines.iter().map(|line| line.as_str().into()).collect(),
            management: self.management,
            scenario: self.scenario.clone(),
            ..WhatIf::default()
        };
        if !self.down.is_empty() {
            asked.failures = self
                .down
                .iter()
                .map(|failure| router::condition(failure))
                .collect::<Result<_, _>>()?;
        }
        let matrix = what_if(router, &asked);
        if let Some(file) = &self.svg {
            std::fs::write(file, matrix.to_svg())
                .map_err(|error| format!("`{file}` cannot be written: {error}"))?;
        }
        match self.format {
            Format::Text => Ok(matrix.to_string()),
            Format::Json => Ok(matrix.to_json() + "\n"),
            Format::Mermaid => Err("a matrix is no flowchart: text, json, or --svg FILE".into()),
        }
    }
}

fn list(text: &str) -> impl Iterator<Item = String> {
    text.split(',').map(String::from)
}

fn from(text: &str) -> Result<Source, String> {
    Ok(match text.split_once([':', '=']) {
        None if text == "lan" => Source::Lan,
        None if text == "router" => Source::Router,
        None => Source::Interface {
            interface: text.into(),
            source: None,
        },
        Some(("wan", line)) => Source::internet(line, None),
        Some((interface, source)) => Source::Interface {
            interface: interface.into(),
            source: Some(address(source)?),
        },
    })
}

fn noticed(text: &str) -> Result<Noticed, String> {
    let known = Noticed::ALL.iter().find(|noticed| noticed.as_str() == text);
    known
        .copied()
        .ok_or_else(|| format!("`{text}` is not a time: at_once, checks, everything"))
}

fn format(text: &str) -> Result<Format, String> {
    match text {
        "text" => Ok(Format::Text),
        "json" => Ok(Format::Json),
        "mermaid" => Ok(Format::Mermaid),
        _ => Err(format!("`{text}` is not a format: text, json, mermaid")),
    }
}

fn address(text: &str) -> Result<Ipv4Addr, String> {
    text.parse().map_err(|_| format!("`{text}` is not an address"))
}
