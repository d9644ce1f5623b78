//! Audits routers: what is wrong with them, where, what shows it, and what mends it.
//!
//! ```text
//! cargo run --release --example audit -- --format text examples/routers/two-isps-by-hand-7.16.rsc
//! ```

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use multi_isp::rulebook::{Audited, index, sarif};
use multi_isp::{Levels, Report, Router, Version, audit, explain};
use serde_json::json;

#[path = "support/arguments.rs"]
mod arguments;
#[path = "support/router.rs"]
mod router;

const USAGE: &str = "usage: audit [--format json|text|sarif] [--version 7.22] [--level CODE=error|warning|note|off]... FILE...
       audit --explain CODE
       audit --index

Audits the router of each file: an export (.rsc), or with .json what REST gave. Prints a JSON line a file (its report, or
why it is no router), a text with the places in the file, or one SARIF document. --version is that of exports which do not say it. The code is 1 where an error was
found or a file is no router, 2 where the arguments are not as above. --explain prints the page of a rule, --index that of all.";

fn main() -> ExitCode {
    let arguments = match arguments::arguments(USAGE, 1) {
        Ok(arguments) => arguments,
        Err(code) => return code,
    };
    match Request::parse(arguments) {
        Ok(Request::Page(page)) => {
            told(&page);
            ExitCode::SUCCESS
        }
        Ok(Request::Audit(wanted)) => wanted.run(),
        Err(error) => {
            eprintln!("{error}\n");
            arguments::misused(USAGE)
        }
    }
}

enum Request {
    Page(String),
    Audit(Wanted),
}

#[derive(Default)]
struct Wanted {
    format: Format,
    version: Option<Version>,
    levels: Levels,
    files: Vec<String>,
}

#[derive(Clone, Copy, Default)]
enum Format {
    #[default]
    Json,
    Text,
    Sarif,
}

/// A router that was read and audited.
struct Answer {
    file: String,
    bytes: Vec<u8>,
    report: Report,
}

impl Request {
    fn parse(arguments: Vec<String>) -> Result<Self, String> {
        let mut args = arguments.into_iter();
        let mut wanted = Wanted::default();
        let mut levels = Vec::new();
        while let Some(arg) = args.next() {
            let mut value = || args.next().ok_or_else(|| format!("`{arg}` needs a value"));
            match arg.as_str() {
                "--format" => wanted.format = format(&value()?)?,
                "--version" => wanted.version = Some(router::version(&value()?)?),
                "--level" => levels.push(level(&value()?)?),
                "--explain" => return page(&value()?).map(Self::Page),
                "--index" => return Ok(Self::Page(index())),
                option if option.starts_with("--") => return Err(format!("`{option}` is not an argument")),
                _ => wanted.files.push(arg),
            }
        }
        let levels: Vec<(&str, &str)> = levels.iter().map(|(code, level)| (&**code, &**level)).collect();
        wanted.levels = multi_isp::audit::levels(&levels).map_err(|error| error.to_string())?;
        match wanted.files.is_empty() {
            true => Err("no router is named".into()),
            false => Ok(Self::Audit(wanted)),
        }
    }
}

impl Wanted {
    fn run(&self) -> ExitCode {
        let mut is_well = true;
        let mut answers = Vec::new();
        for file in &self.files {
            match self.answer(file) {
                Ok(answer) => {
                    is_well &= !answer.report.blocks();
                    self.print(&answer);
                    answers.push(answer);
                }
                Err(error) => {
                    is_well = false;
                    eprintln!("{error}");
                    if let Format::Json = self.format {
                        told(&format!("{}\n", json!({"file": file, "error": error})));
                    }
                }
            }
        }
        if let Format::Sarif = self.format {
            let routers: Vec<Audited<'_>> = answers.iter().map(Answer::audited).collect();
            told(&sarif(&routers));
        }
        if is_well {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }

    fn answer(&self, file: &str) -> Result<Answer, String> {
        let router: Router = router::read(file, self.version)?;
        Ok(Answer {
            file: file.into(),
            bytes: arguments::read(file).map_err(|error| error.render(None))?,
            report: audit(&router).at(&self.levels),
        })
    }

    fn print(&self, answer: &Answer) {
        match self.format {
            Format::Json => told(&format!(
                "{}\n",
                json!({"file": answer.file, "report": answer.report})
            )),
            Format::Text => told(&answer.text()),
            Format::Sarif => {}
        }
    }
}

impl Answer {
    fn audited(&self) -> Audited<'_> {
        Audited {
            file: &self.file,
            export: &self.bytes,
            report: &self.report,
        }
    }

    /// The findings with their places; what REST gave has none.
    fn text(&self) -> String {
        let is_json = Path::new(&self.file)
            .extension()
            .is_some_and(|extension| extension == "json");
        let text = match is_json || self.report.is_clean() {
            true => self.report.to_string(),
            false => self.report.render(&self.file, &self.bytes),
        };
        let report = &self.report;
        let [errors, warnings, notes] = [
            report.errors().count(),
            report.warnings().count(),
            report.notes().count(),
        ];
        format!(
            "{text}{}: errors: {errors}, warnings: {warnings}, notes: {notes}\n",
            self.file
        )
    }
}

/// Prints a text; whoever reads may have read enough.
fn told(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}

fn format(text: &str) -> Result<Format, String> {
    match text {
        "json" => Ok(Format::Json),
        "text" => Ok(Format::Text),
        "sarif" => Ok(Format::Sarif),
        _ => Err(format!("`{text}` is not a format: json, text, sarif")),
    }
}

fn level(text: &str) -> Result<(String, String), String> {
    let (code, level) = text
        .split_once('=')
        .ok_or_else(|| format!("`{text}` is not CODE=LEVEL"))?;
    Ok((code.into(), level.into()))
}

fn page(code: &str) -> Result<String, String> {
    explain(code)
        .map(String::from)
        .ok_or_else(|| format!("no rule has the code `{code}`"))
}
