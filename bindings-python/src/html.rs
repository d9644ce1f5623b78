//! Tables for notebooks. Every text in them is escaped: comments and names come from routers.

use std::fmt::Write as _;

use multi_isp::{Plan, Report};

/// Findings as a table.
pub fn report(report: &Report) -> String {
    let findings = report.findings().iter();
    let rows = findings.map(|found| {
        let help = found.help.as_deref().unwrap_or_default();
        [found.level.as_str(), found.code.as_str(), &found.message, help].map(String::from)
    });
    table(["level", "code", "message", "help"], rows)
}

/// Findings and steps as tables, the steps without their values, and so without secrets; the summary below them.
pub fn plan(plan: &Plan) -> String {
    let steps = (1..).zip(plan.steps()).map(|(number, step): (usize, _)| {
        let menu = step.change.menu().unwrap_or_default();
        [
            number.to_string(),
            step.heading(),
            menu.into(),
            step.reason.clone(),
        ]
    });
    let findings = match plan.report().is_clean() {
        true => String::new(),
        false => report(plan.report()),
    };
    let summary = preformatted(&plan.summary());
    let steps = table(["step", "part", "menu", "reason"], steps);
    format!("{findings}{steps}<details><summary>rows</summary>{summary}</details>")
}

/// A text as it stands.
pub fn preformatted(text: &str) -> String {
    format!("<pre>{}</pre>", escaped(text))
}

fn table<const COLUMNS: usize>(
    titles: [&str; COLUMNS],
    rows: impl Iterator<Item = [String; COLUMNS]>,
) -> String {
    let mut html = String::from("<table><thead><tr>");
    for title in titles {
        let _ = write!(html, "<th>{}</th>", escaped(title));
    }
    html.push_str("</tr></thead><tbody>");
    for row in rows {
        html.push_str("<tr>");
        for text in row {
            let _ = write!(html, "<td style=\"text-align:left\">{}</td>", escaped(&text));
        }
        html.push_str("</tr>");
    }
    html + "</tbody></table>"
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => safe.push(character),
        }
    }
    safe
}
