//! The interpreter: a script → the router that it leaves behind.
//!
//! ```text
//!  command --path--> menu + command --edit--> changed rows
//!     |                    '---query--> ids of rows
//!     '----root---> :if, :foreach, :local ...
//! ```

use alloc::{collections::BTreeMap, format, string::String, vec::Vec};
use core::{fmt, time::Duration};

use serde::Serialize;

use self::{data::Data, machine::Machine, path::Here};
use crate::{
    diagnostic::{Code, Diagnostic, Place},
    routeros::{
        router::{Router, Row},
        syntax::Script,
        value::Value,
    },
};

mod data;
mod edit;
mod expr;
mod fetch;
mod machine;
mod path;
mod query;
mod references;
mod root;
mod targets;
mod text;
mod timers;

pub(super) use self::data::Data as Global;
pub use self::fetch::Request;

/// What only a live router knows: leases, links, reachability, which route is active.
///
/// # Example
/// ```
/// use multi_isp::routeros::router::{Live, Router, Row};
/// use multi_isp::routeros::value::Value;
///
/// /// Every link is up.
/// struct Linked;
///
/// impl Live for Linked {
///     fn property(&self, _: &Router, menu: &str, _: &Row, name: &str) -> Option<Value> {
///         (menu == "/interface/ethernet" && name == "running").then(|| Value::from("true"))
///     }
/// }
/// ```
pub trait Live {
    /// The live value `name` of a row of a router as it is while the script runs; `None` where it is not known or the row
    /// has none.
    fn property(&self, router: &Router, menu: &str, row: &Row, name: &str) -> Option<Value>;

    /// Whether somebody takes a request that a script of the router sends; yes.
    fn takes(&self, _router: &Router, _request: &Request) -> bool {
        true
    }
}

/// Nothing is known but what was read together with the rows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unknown;

impl Live for Unknown {
    fn property(&self, _: &Router, _: &str, _: &Row, _: &str) -> Option<Value> {
        None
    }
}

/// What a script left behind.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The router as it is then; RouterOS stops half way, so an error does not undo what came before it.
    pub router: Router,
    /// The error that stopped the script; of scripts that a scheduler ran, the first.
    pub error: Option<RunError>,
    /// What `:log` wrote.
    pub log: Vec<LogEntry>,
    /// What `:put` wrote, in text lines.
    pub output: Vec<Value>,
    /// What `/tool fetch` sent and somebody took.
    pub requests: Vec<Request>,
}

/// An entry of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LogEntry {
    /// `info`, `warning`, `error`, `debug`.
    pub topic: String,
    /// The text.
    pub message: Value,
}

/// Why a script stopped, in RouterOS' own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunError {
    message: String,
    place: Option<Place>,
}

impl RunError {
    fn new(message: impl Into<String>) -> RunError {
        RunError {
            message: message.into(),
            place: None,
        }
    }

    /// The message, as `no such item`.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Where in the script that was run.
    pub fn place(&self) -> Option<Place> {
        self.place
    }

    /// The error as a finding with code `script-stops`.
    pub fn diagnostic(&self) -> Diagnostic {
        const SCRIPT_STOPS: Code = Code::new("script-stops");
        let found = Diagnostic::error(SCRIPT_STOPS, format!("the script stops here: {}", self.message));
        match self.place {
            Some(place) => found.at(place),
            None => found,
        }
    }
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match self.place {
            Some(place) => write!(f, " (line {} column {})", place.line, place.column),
            None => Ok(()),
        }
    }
}

impl core::error::Error for RunError {}

/// What a command does with rows that are not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Items {
    /// `no such item`: the router is all there is.
    Exist,
    /// An export is read: `set [ find default-name=ether1 ]` describes a row that the factory made and that a
    /// compact export does not list, so it is made; what a row refers to may be such a row as well.
    Create,
}

impl Router {
    /// Runs a script as RouterOS would, up to the first error.
    ///
    /// # Example
    /// ```
    /// use multi_isp::routeros::{router::{Router, Unknown}, syntax::Script, version::Version};
    ///
    /// let script = Script::parse(b"/ip route\nadd gateway=192.0.2.1 distance=2\nset [find distance=2] comment=standby\n")?;
    /// let outcome = Router::new(Version::new(7, 22, 3)).run(&script, &Unknown);
    /// assert_eq!(outcome.error, None);
    /// assert_eq!(outcome.router.table("/ip/route").rows()[0].text("comment").unwrap(), "standby");
    ///
    /// let script = Script::parse(b"/ip route add gateway=192.0.2.1 routing-table=to-isp1")?;
    /// let error = outcome.router.run(&script, &Unknown).error.unwrap();
    /// assert_eq!(error.message(), "input does not match any value of routing-table");
    /// # Ok::<(), multi_isp::routeros::syntax::SyntaxErrors>(())
    /// ```
    pub fn run(&self, script: &Script, live: &dyn Live) -> Outcome {
        self.run_with(script, &[], live)
    }

    /// Runs a script with local variables, as a DHCP client runs its lease script with `$bound`, `$interface`,
    /// `$"gateway-address"` and `$"lease-address"`.
    ///
    /// # Example
    /// ```
    /// use multi_isp::routeros::{router::{Router, Unknown}, syntax::Script, value::Value, version::Version};
    ///
    /// let script = Script::parse(br#":if ($bound=1) do={ /ip route add gateway=($"gateway-address" . "%" . $interface) }"#)?;
    /// let lease = [
    ///     ("bound", Value::from("1")),
    ///     ("interface", Value::from("ether2")),
    ///     ("gateway-address", Value::from("100.64.0.1")),
    /// ];
    /// let outcome = Router::new(Version::new(7, 22, 3)).run_with(&script, &lease, &Unknown);
    /// assert_eq!(outcome.router.table("/ip/route").rows()[0].text("gateway").unwrap(), "100.64.0.1%ether2");
    /// # Ok::<(), multi_isp::routeros::syntax::SyntaxErrors>(())
    /// ```
    pub fn run_with(&self, script: &Script, variables: &[(&str, Value)], live: &dyn Live) -> Outcome {
        let mut machine = Machine::new(self.clone(), live, Items::Exist);
        let ran = machine.script(script, variables);
        machine.into_outcome(ran.err())
    }

    /// Lets time pass: the schedulers run what falls due, in the order in which it does.
    ///
    /// An item runs first one interval after it was created or changed, never at once. One call runs at most 100,000
    /// items; where more fall due, time stops there and the error says so.
    pub fn advance(&self, time: Duration, live: &dyn Live) -> Outcome {
        let mut machine = Machine::new(self.clone(), live, Items::Exist);
        let error = machine.advance(u64::try_from(time.as_millis()).unwrap_or(u64::MAX));
        machine.into_outcome(error)
    }

    /// Starts anew: clocks and global variables are gone, `start-time=startup` items without an interval run.
    pub fn reboot(&self, live: &dyn Live) -> Outcome {
        let mut machine = Machine::new(self.clone(), live, Items::Exist);
        let error = machine.reboot();
        machine.into_outcome(error)
    }

    /// Runs an export on this router, which has no rows yet.
    pub(crate) fn load(&self, export: &Script) -> Outcome {
        let mut machine = Machine::new(self.clone(), &Unknown, Items::Create);
        machine.line_ends = Some(export.line_ends());
        let ran = machine.script(export, &[]);
        machine.into_outcome(ran.err())
    }
}

/// What a running script can be stopped by.
#[derive(Debug)]
enum Stop {
    Error(RunError),
    /// `:return`.
    Return(Data),
    /// `:break` and `:continue` of the innermost loop.
    Break,
    Continue,
}

impl Stop {
    fn error(message: impl Into<String>) -> Stop {
        Stop::Error(RunError::new(message))
    }

    /// With the place, where the error has none yet.
    fn at(self, script: &Script, span: crate::routeros::syntax::Span) -> Stop {
        match self {
            Stop::Error(RunError { message, place: None }) => Stop::Error(RunError {
                message,
                place: Some(script.place(span)),
            }),
            placed => placed,
        }
    }
}

type Result<T = Data> = core::result::Result<T, Stop>;

/// Where a command runs: the current menu and the variables that it sees.
#[derive(Clone, Debug)]
struct Scope {
    here: Here,
    /// Innermost last.
    locals: Vec<BTreeMap<String, Data>>,
}

impl Scope {
    fn new() -> Scope {
        Scope {
            here: Here::ROOT,
            locals: alloc::vec![BTreeMap::new()],
        }
    }

    fn local(&self, name: &str) -> Option<&Data> {
        self.locals.iter().rev().find_map(|frame| frame.get(name))
    }

    fn local_mut(&mut self, name: &str) -> Option<&mut Data> {
        self.locals.iter_mut().rev().find_map(|frame| frame.get_mut(name))
    }

    fn declare(&mut self, name: &str, value: Data) {
        if let Some(frame) = self.locals.last_mut() {
            frame.insert(String::from(name), value);
        }
    }
}

/// A row that a condition is asked of, and its menu.
#[derive(Clone, Copy)]
struct Asked<'a> {
    here: &'a Here,
    row: &'a Row,
}
