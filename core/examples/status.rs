//! What a portal shows of the lines of a site, and what it tells people when they change.
//!
//! ```text
//! cargo run --release --example status -- --down ether1
//! cargo run --release --example status -- --site FILE.json --answers ANSWERS.json [--format text|json]
//! ```
//!
//! Without `--answers` it asks a twin: the site is planned on a router, the plan is run, and the lines fail as `--down` says.

use std::process::ExitCode;

use multi_isp::alerts::{AlertOptions, AlertState, Messages, alerts};
use multi_isp::plan::{Options, plan_apply};
use multi_isp::routeros::router::{Router, Unknown};
use multi_isp::routeros::syntax::Script;
use multi_isp::routeros::version::Version;
use multi_isp::simulate::{Scenario, observe};
use multi_isp::site::Site;
use multi_isp::status::{SiteStatus, Style, status};

const EXAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples");

#[path = "support/arguments.rs"]
mod arguments;
#[path = "support/program.rs"]
mod program;
#[path = "support/router.rs"]
mod router;

const USAGE: &str = "usage: status [--site FILE.json] [--router FILE.rsc] [--version 7.22] [--down ether1[=CONDITION],...]
              [--format text|json]
       status [--site FILE.json] --answers ANSWERS.json [--version 7.22] [--format text|json]

Says how the lines of a site are: by what a router answered to REST (`{\"/ip/route\": [..], ..}`), or on a twin where the site is
applied and lines fail. CONDITION is link_down (the default), no_lease, gateway_dead or upstream_dead. Without
arguments it shows the bundled case \"fiber + wireless, combined\" with all lines up.";

fn main() -> ExitCode {
    program::run(USAGE, 0, Request::parse, Request::answer)
}

/// What the arguments ask for.
struct Request {
    site: String,
    router: String,
    version: Option<Version>,
    answers: Option<String>,
    scenario: Scenario,
    as_json: bool,
}

impl Request {
    fn parse(arguments: Vec<String>) -> Result<Self, String> {
        let mut args = arguments.into_iter();
        let mut request = Self {
            site: format!("{EXAMPLES}/sites/fiber-wireless.json"),
            router: format!("{EXAMPLES}/routers/rb4011-vlans-wireguard-7.22.rsc"),
            version: None,
            answers: None,
            scenario: Scenario::default(),
            as_json: false,
        };
        while let Some(arg) = args.next() {
            let mut value = || args.next().ok_or_else(|| format!("`{arg}` needs a value"));
            match arg.as_str() {
                "--site" => request.site = value()?,
                "--router" => request.router = value()?,
                "--version" => request.version = Some(router::version(&value()?)?),
                "--answers" => request.answers = Some(value()?),
                "--down" => request.fail(&value()?)?,
                "--format" => request.as_json = is_json(&value()?)?,
                _ => return Err(format!("`{arg}` is not an argument")),
            }
        }
        Ok(request)
    }

    fn fail(&mut self, lines: &str) -> Result<(), String> {
        for line in lines.split(',') {
            let (line, condition) = line.split_once('=').unwrap_or((line, "link_down"));
            let condition = router::condition(condition)?;
            self.scenario = std::mem::take(&mut self.scenario).with_line(line, condition);
        }
        Ok(())
    }

    fn answer(&self) -> Result<String, String> {
        let site = self.read_site()?;
        let Some(answers) = &self.answers else {
            return self.on_a_twin(&site);
        };
        Ok(self.show(&status(&site, &router::read(answers, self.version)?)))
    }

    /// How the lines are, and what people are told when they fail so.
    fn on_a_twin(&self, site: &Site) -> Result<String, String> {
        let planned = self.planned(site)?;
        let before = status(site, &observe(&planned, &Scenario::default()));
        let now = status(site, &observe(&planned, &self.scenario));
        if self.as_json {
            return Ok(self.show(&now));
        }
        let options = AlertOptions::default();
        let (state, _) = alerts(&AlertState::default(), &before, 0, &options);
        let (_, told) = alerts(&state, &now, 45, &options);
        let messages = Messages::default();
        let texts = told
            .iter()
            .map(|alert| format!("\n{}\n", messages.of(alert, "Home Router").text));
        Ok(self.show(&now) + &texts.collect::<String>())
    }

    fn planned(&self, site: &Site) -> Result<Router, String> {
        let router = router::read(&self.router, self.version)?;
        let plan =
            plan_apply(site, &router, &Options::default()).map_err(|error| format!("no plan: {error}"))?;
        let script = Script::parse(&plan.script()).map_err(|errors| errors.to_string())?;
        Ok(router.run(&script, &Unknown).router)
    }

    fn show(&self, status: &SiteStatus) -> String {
        match self.as_json {
            true => status.to_json(Style::Unicode) + "\n",
            false => status.to_string(),
        }
    }

    fn read_site(&self) -> Result<Site, String> {
        let bytes = arguments::read(&self.site).map_err(|error| error.render(None))?;
        Site::from_json(&bytes).map_err(|errors| format!("{}:\n{}", self.site, errors.render(Some(&bytes))))
    }
}

fn is_json(format: &str) -> Result<bool, String> {
    match format {
        "text" => Ok(false),
        "json" => Ok(true),
        _ => Err(format!("`{format}` is not a format: text, json")),
    }
}
