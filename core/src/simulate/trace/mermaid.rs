//! A trace as a Mermaid flowchart.

use alloc::format;
use alloc::string::{String, ToString};

use super::{Event, PacketTrace, Trace, Verdict, Way};

impl Trace {
    /// The trace as a [Mermaid](https://mermaid.js.org) flowchart: a column for each way, a node for everything that happened.
    ///
    /// # Example
    /// ```
    /// use multi_isp::simulate::{Scenario, simulate};
    /// use multi_isp::Router;
    ///
    /// let router = Router::from_export(b"/ip address\nadd address=192.168.88.1/24 interface=ether5\n", None)?;
    /// let chart = simulate(&router, &Scenario::default()).to_mermaid();
    /// assert!(chart.starts_with("flowchart TD\n"), "{chart}");
    /// # Ok::<(), multi_isp::routeros::read::ReadError>(())
    /// ```
    pub fn to_mermaid(&self) -> String {
        let mut chart = String::from("flowchart TD\n");
        for (number, way) in (1..).zip(&self.ways) {
            add_way(&mut chart, number, way);
        }
        chart.push_str(
            "  classDef lost fill:#b3261e,color:#ffffff\n  classDef works fill:#1e7b34,color:#ffffff\n",
        );
        chart
    }
}

fn add_way(chart: &mut String, number: usize, way: &Way) {
    chart.push_str(&format!("  subgraph way{number} [\"{}\"]\n", text(&share(way))));
    let mut before: Option<String> = None;
    for (at, packet) in (1..).zip(&way.packets) {
        let stem = format!("w{number}p{at}");
        add(chart, &stem, &head(packet), &mut before);
        for (event_number, event) in (1..).zip(&packet.events) {
            add(
                chart,
                &format!("{stem}e{event_number}"),
                &told(event),
                &mut before,
            );
        }
        add(chart, &format!("{stem}end"), &packet.end.to_string(), &mut before);
    }
    let verdict = format!("w{number}verdict");
    add(chart, &verdict, &way.verdict.to_string(), &mut before);
    chart.push_str("  end\n");
    let class = match way.verdict {
        Verdict::Works { .. } => "works",
        Verdict::Lost { .. } => "lost",
    };
    chart.push_str(&format!("  class {verdict} {class}\n"));
}

fn add(chart: &mut String, id: &str, label: &str, before: &mut Option<String>) {
    chart.push_str(&format!("    {id}[\"{}\"]\n", text(label)));
    if let Some(before) = before.replace(id.into()) {
        chart.push_str(&format!("    {before} --> {id}\n"));
    }
}

fn share(way: &Way) -> String {
    format!("{} of all such connections", way.share.percent())
}

fn head(packet: &PacketTrace) -> String {
    let told = packet.to_string();
    told.lines().next().map(String::from).unwrap_or_default()
}

fn told(event: &Event) -> String {
    let row = event.row.as_ref().map(|row| format!(" ({row})"));
    format!("{}: {}{}", event.stage, event.what, row.unwrap_or_default())
}

/// Customers' text stays text: what means something in a label is written by its number.
fn text(label: &str) -> String {
    let mut text = String::with_capacity(label.len());
    for character in label.chars() {
        match character {
            '"' | '#' | ';' | '<' | '>' | '&' | '`' | '[' | ']' | '{' | '}' | '\\' => {
                text.push_str(&format!("#{};", u32::from(character)));
            }
            character if character.is_control() => text.push(' '),
            character => text.push(character),
        }
    }
    text
}
