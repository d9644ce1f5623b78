//! Plans a site on a router and prints what a technician reads: findings, steps, script.
//!
//! ```text
//! cargo run --release --example plan_apply -- [--router FILE.rsc|FILE.json] [--version 7.22] [--site FILE.json]
//!                                             [--existing refuse|replace|keep] [--disable]
//!                                             [--guard MINUTES] [--format summary|script|confirm|undo|json]
//! ```
//!
//! Without arguments it plans the bundled case "fiber + wireless, combined". The exit code is 1 where there is no plan.

use std::num::NonZeroU8;
use std::process::ExitCode;

use multi_isp::plan::{Options, Plan, PlanError, plan_apply, plan_disable};
use multi_isp::preflight::Context;
use multi_isp::routeros::version::Version;
use multi_isp::site::Site;
use multi_isp::survey::ExistingSetup;

const EXAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples");

#[path = "support/arguments.rs"]
mod arguments;
#[path = "support/program.rs"]
mod program;
#[path = "support/router.rs"]
mod router;

const USAGE: &str = "usage: plan_apply [--router FILE.rsc|FILE.json] [--version 7.22] [--site FILE.json]
                  [--existing refuse|replace|keep] [--disable] [--guard MINUTES]
                  [--format summary|script|confirm|undo|json]

Plans a site on a router and prints findings, steps and script. Without arguments it plans the bundled case
\"fiber + wireless, combined\".";

fn main() -> ExitCode {
    program::run(USAGE, 0, Request::parse, Request::answer)
}

/// What the arguments ask for.
struct Request {
    router: String,
    version: Option<Version>,
    site: String,
    existing: ExistingSetup,
    disable: bool,
    guard: Option<NonZeroU8>,
    format: Option<Format>,
}

#[derive(Clone, Copy)]
enum Format {
    Summary,
    Script,
    Confirm,
    Undo,
    Json,
}

impl Request {
    fn parse(arguments: Vec<String>) -> Result<Self, String> {
        let mut args = arguments.into_iter();
        let mut request = Self {
            router: format!("{EXAMPLES}/routers/rb4011-vlans-wireguard-7.22.rsc"),
            version: None,
            site: format!("{EXAMPLES}/sites/fiber-wireless.json"),
            existing: ExistingSetup::default(),
            disable: false,
            guard: None,
            format: None,
        };
        while let Some(arg) = args.next() {
            let mut value = || args.next().ok_or_else(|| format!("`{arg}` needs a value"));
            match arg.as_str() {
                "--router" => request.router = value()?,
                "--site" => request.site = value()?,
                "--version" => request.version = Some(router::version(&value()?)?),
                "--existing" => request.existing = existing(&value()?)?,
                "--guard" => request.guard = Some(minutes(&value()?)?),
                "--format" => request.format = Some(format(&value()?)?),
                "--disable" => request.disable = true,
                _ => return Err(format!("`{arg}` is not an argument")),
            }
        }
        Ok(request)
    }

    fn answer(&self) -> Result<String, String> {
        let router = router::read(&self.router, self.version)?;
        let plan = if self.disable {
            plan_disable(&router, &Options::default())
        } else {
            plan_apply(&self.read_site()?, &router, &self.options())
        };
        let plan = plan.map_err(|error| refusal(&error))?;
        Ok(match self.format {
            Some(Format::Summary) => summary(&plan),
            Some(Format::Script) => text(self.script(&plan)?),
            Some(Format::Confirm) => text(plan.confirm_script()),
            Some(Format::Undo) => text(plan.undo_script()),
            Some(Format::Json) => plan.to_json() + "\n",
            None => format!("{}\n{}", summary(&plan), text(self.script(&plan)?)),
        })
    }

    fn script(&self, plan: &Plan) -> Result<Vec<u8>, String> {
        let Some(minutes) = self.guard else {
            return Ok(plan.script());
        };
        plan.guarded_script(minutes).map_err(|error| error.to_string())
    }

    fn options(&self) -> Options {
        let context = Context {
            existing: self.existing,
            ..Context::default()
        };
        Options { context }
    }

    fn read_site(&self) -> Result<Site, String> {
        let bytes = read(&self.site)?;
        Site::from_json(&bytes).map_err(|errors| format!("{}:\n{}", self.site, errors.render(Some(&bytes))))
    }
}

fn existing(name: &str) -> Result<ExistingSetup, String> {
    ExistingSetup::from_name(name).ok_or_else(|| {
        format!("`{name}` is not what can be done with a set-up by hand: refuse, replace, keep")
    })
}

fn format(name: &str) -> Result<Format, String> {
    match name {
        "summary" => Ok(Format::Summary),
        "script" => Ok(Format::Script),
        "confirm" => Ok(Format::Confirm),
        "undo" => Ok(Format::Undo),
        "json" => Ok(Format::Json),
        _ => Err(format!(
            "`{name}` is not a format: summary, script, confirm, undo, json"
        )),
    }
}

fn minutes(text: &str) -> Result<NonZeroU8, String> {
    text.parse()
        .map_err(|_| format!("`{text}` is not a number of minutes from 1 to 255"))
}

fn read(path: &str) -> Result<Vec<u8>, String> {
    arguments::read(path).map_err(|error| error.render(None))
}

fn summary(plan: &Plan) -> String {
    format!("{}\n{}", plan.report(), plan.summary())
}

fn refusal(error: &PlanError) -> String {
    let findings: Vec<String> = error
        .diagnostics()
        .iter()
        .map(|finding| finding.render(None))
        .collect();
    format!("no plan: {error}\n\n{}\n", findings.join("\n"))
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8_lossy(&bytes).into_owned()
}
