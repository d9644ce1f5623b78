//! Runs scripts: items, commands, blocks, functions.

use alloc::{borrow::Cow, collections::BTreeMap, format, string::String, sync::Arc, vec::Vec};

use super::{
    Items, Live, LogEntry, Outcome, Request, Result, RunError, Scope, Stop,
    data::Data,
    fetch::FETCH,
    path::{self, Here, Target},
};
use crate::{
    diagnostic::{LineEnds, Place},
    routeros::{
        router::{Router, table::Table},
        schema::{Menu, Property},
        syntax::{Arg, Command, Expr, Item, Root, Script, Span},
        value::Value,
    },
};

/// A router on which a script runs.
pub(super) struct Machine<'l> {
    pub(super) router: Router,
    pub(super) live: &'l dyn Live,
    pub(super) items: Items,
    pub(super) log: Vec<LogEntry>,
    pub(super) output: Vec<Value>,
    pub(super) requests: Vec<Request>,
    pub(super) pattern: Option<(Vec<u8>, regex::bytes::Regex)>,
    /// The properties that the command before named, by their place in it: rows of a menu mostly name the same.
    pub(super) named: Vec<&'static Property>,
    resolved: Option<Resolved>,
    /// Of the export that is read: its rows remember their text lines.
    pub(super) line_ends: Option<LineEnds>,
    /// Commands and passes of loops that may still run.
    left: usize,
    depth: u32,
}

/// What the words of the command before meant: exports repeat them, and looking menus up takes longer than a row.
struct Resolved {
    current: Here,
    root: Root,
    words: Vec<u8>,
    target: Target,
}

/// A command of a menu with what it needs to run.
pub(super) struct Call<'a> {
    pub(super) source: &'a Script,
    pub(super) command: &'a Command,
    pub(super) here: Here,
    /// The words behind the command.
    pub(super) words: &'a [Span],
}

/// Commands and passes of loops that one script may run; a script that never ends is stopped here.
const MOST_COMMANDS: usize = 250_000;

/// Functions, scripts and substitutions inside one another.
const DEEPEST: u32 = 60;

impl<'l> Machine<'l> {
    pub(super) fn new(router: Router, live: &'l dyn Live, items: Items) -> Machine<'l> {
        let (log, output) = (Vec::new(), Vec::new());
        Machine {
            router,
            live,
            items,
            log,
            output,
            requests: Vec::new(),
            pattern: None,
            named: Vec::new(),
            resolved: None,
            line_ends: None,
            left: MOST_COMMANDS,
            depth: 0,
        }
    }

    pub(super) fn into_outcome(self, error: Option<RunError>) -> Outcome {
        Outcome {
            router: self.router,
            error,
            log: self.log,
            output: self.output,
            requests: self.requests,
        }
    }

    /// Runs a whole script.
    pub(super) fn script(
        &mut self,
        script: &Script,
        variables: &[(&str, Value)],
    ) -> core::result::Result<Data, RunError> {
        self.fill_up(script.items());
        let mut scope = Scope::new();
        for (name, value) in variables {
            scope.declare(name, Data::text(value));
        }
        let ran = self.items(script, script.items(), &mut scope);
        self.start_timers();
        match ran {
            Ok(value) | Err(Stop::Return(value)) => Ok(value),
            Err(Stop::Break | Stop::Continue) => Ok(Data::Nothing),
            Err(Stop::Error(error)) => Err(error),
        }
    }

    /// Runs text that the router stores: a script, `on-event`, the body of a function.
    pub(super) fn stored(&mut self, text: &[u8], mut scope: Scope) -> Result {
        let script = Script::parse_lenient(text);
        // Lines and places in that text would mislead: the place is where it was called.
        let line_ends = self.line_ends.take();
        let ran = self.deeper(
            |machine| match machine.items(&script, script.items(), &mut scope) {
                Err(Stop::Return(value)) => Ok(value),
                Err(Stop::Error(error)) => Err(Stop::error(error.message)),
                other => other,
            },
        );
        self.line_ends = line_ends;
        ran
    }

    /// Runs commands one after the other; the value is the last one's.
    pub(super) fn items(&mut self, source: &Script, items: &[Item], scope: &mut Scope) -> Result {
        let mut last = Data::Nothing;
        for item in items {
            match item {
                Item::Comment(_) => {}
                Item::Error(span) => return Err(Stop::error("syntax error").at(source, *span)),
                Item::Command(command) => {
                    last = self
                        .command(source, command, scope)
                        .map_err(|stop| stop.at(source, command.span))?;
                }
            }
        }
        Ok(last)
    }

    /// Runs a `{ .. }` or `[ .. ]`: menu and variables are those of before when it ends.
    pub(super) fn block(&mut self, source: &Script, items: &[Item], scope: &mut Scope) -> Result {
        let here = scope.here.clone();
        scope.locals.push(BTreeMap::new());
        let ran = self.deeper(|machine| machine.items(source, items, scope));
        scope.locals.pop();
        scope.here = here;
        ran
    }

    /// Calls a function: it sees its arguments (`$1`, `$name`) and global variables only.
    pub(super) fn call(
        &mut self,
        code: &Arc<[u8]>,
        arguments: BTreeMap<String, Data>,
        here: &Here,
    ) -> Result {
        let scope = Scope {
            here: here.clone(),
            locals: alloc::vec![arguments],
        };
        self.stored(code, scope)
    }

    /// Allows a script what its loops may run, and all that is written out.
    pub(super) fn fill_up(&mut self, items: &[Item]) {
        self.left = MOST_COMMANDS.saturating_add(items.len());
    }

    /// What was run since a script was allowed what its loops may run.
    pub(super) fn spent(&self) -> usize {
        MOST_COMMANDS.saturating_sub(self.left)
    }

    /// Takes what a step costs from what the script may still run.
    pub(super) fn charge(&mut self, cost: usize) -> Result<()> {
        let left = self.left.checked_sub(cost);
        self.left = left.ok_or_else(|| Stop::error("the script runs too long"))?;
        Ok(())
    }

    fn deeper(&mut self, run: impl FnOnce(&mut Self) -> Result) -> Result {
        if self.depth >= DEEPEST {
            return Err(Stop::error("maximum stack depth reached"));
        }
        self.depth = self.depth.saturating_add(1);
        let ran = run(self);
        self.depth = self.depth.saturating_sub(1);
        ran
    }

    fn command(&mut self, source: &Script, command: &Command, scope: &mut Scope) -> Result {
        self.charge(1)?;
        if command.words.is_empty() {
            return self.statement(source, command, scope);
        }
        match self.resolve(source, command, &scope.here) {
            Target::Menu(here) => {
                self.must_exist(source, command, &here, command.words.len())?;
                self.menu_line(source, command, here, scope)
            }
            Target::Command { here, verb, used } => {
                self.must_exist(source, command, &here, used.saturating_sub(1))?;
                self.must_have(source, command, &here, verb, used)?;
                let words = command.words.get(used..).unwrap_or_default();
                let call = Call {
                    source,
                    command,
                    here,
                    words,
                };
                self.verb(verb, &call, scope)
            }
            Target::Root { verb, used } => {
                let words = command.words.get(used..).unwrap_or_default();
                let call = Call {
                    source,
                    command,
                    here: Here::ROOT,
                    words,
                };
                self.root(verb, &call, scope)
            }
            Target::Unknown { used } => {
                let word = used.checked_sub(1).and_then(|index| command.words.get(index));
                Err(bad_command(source, word.copied().unwrap_or(command.span)))
            }
        }
    }

    pub(super) fn resolve(&mut self, source: &Script, command: &Command, current: &Here) -> Target {
        let (first, last) = (command.words.first(), command.words.last());
        let text = first
            .zip(last)
            .map_or(&[][..], |(first, last)| source.text(first.to(*last)));
        let same = |known: &&Resolved| {
            known.words == text
                && known.root == command.root
                && (known.root != Root::Relative || known.current == *current)
        };
        if let Some(known) = self.resolved.as_ref().filter(same) {
            return known.target.clone();
        }
        let words: Vec<Cow<'_, str>> = command
            .words
            .iter()
            .map(|word| word_text(source, *word))
            .collect();
        let words: Vec<&str> = words.iter().map(|word| &**word).collect();
        let target = path::resolve(current, command.root, &words);
        self.resolved = Some(Resolved {
            current: current.clone(),
            root: command.root,
            words: text.to_vec(),
            target: target.clone(),
        });
        target
    }

    /// A menu that this version does not have is a bad command name: `/routing/table` on RouterOS 6.
    fn must_exist(&self, source: &Script, command: &Command, here: &Here, words: usize) -> Result<()> {
        let known = here
            .menu
            .zip(self.router.version())
            .filter(|_| self.items == Items::Exist);
        if known.is_none_or(|(menu, version)| !menu.existence(version).is_no()) {
            return Ok(());
        }
        let word = words.checked_sub(1).and_then(|index| command.words.get(index));
        Err(bad_command(source, word.copied().unwrap_or(command.span)))
    }

    /// A menu refuses a command that it does not have: `unset` in `/ip/pool`.
    fn must_have(
        &self,
        source: &Script,
        command: &Command,
        here: &Here,
        verb: &str,
        used: usize,
    ) -> Result<()> {
        let has = |menu: &Menu| menu.has(verb) || path::EVERY_MENU.contains(&verb);
        if self.items == Items::Create || here.menu.is_none_or(has) {
            return Ok(());
        }
        let word = used.checked_sub(1).and_then(|index| command.words.get(index));
        Err(bad_command(source, word.copied().unwrap_or(command.span)))
    }

    /// `/ip route`, `/ip route { .. }`, or a command of a menu that nothing is known of.
    fn menu_line(&mut self, source: &Script, command: &Command, here: Here, scope: &mut Scope) -> Result {
        match command.args.as_slice() {
            [] => {
                scope.here = here;
                Ok(Data::Nothing)
            }
            [Arg::Positional(Expr::Block { items, .. })] => {
                let before = core::mem::replace(&mut scope.here, here);
                let ran = self.block(source, items, scope);
                scope.here = before;
                ran
            }
            _ if here.path == FETCH && self.items == Items::Exist => {
                let call = Call {
                    source,
                    command,
                    here,
                    words: &[],
                };
                self.fetch(&call, scope)
            }
            _ if here.menu.is_none() && here.parent().menu.is_none() => Ok(Data::Nothing),
            _ => Err(bad_command(
                source,
                command.words.last().copied().unwrap_or(command.span),
            )),
        }
    }

    /// A statement without a command word: `{ .. }`, `[ .. ]`, `$f 1 x=2`.
    fn statement(&mut self, source: &Script, command: &Command, scope: &mut Scope) -> Result {
        let Some((Arg::Positional(first), arguments)) = command.args.split_first() else {
            return Ok(Data::Nothing);
        };
        if let Expr::Block { items, .. } = first {
            return self.block(source, items, scope);
        }
        let code = match self.eval(source, first, scope, None)? {
            Data::Code(code) => code,
            value => return Ok(value),
        };
        let mut locals = BTreeMap::new();
        let mut position: u32 = 1;
        for argument in arguments {
            match argument {
                Arg::Positional(value) => {
                    let value = self.eval(source, value, scope, None)?;
                    locals.insert(format!("{position}"), value);
                    position = position.saturating_add(1);
                }
                Arg::Named {
                    name,
                    value: Some(value),
                    ..
                } => {
                    let value = self.eval(source, value, scope, None)?;
                    locals.insert(word_text(source, *name).into_owned(), value);
                }
                Arg::Named { .. } | Arg::Unset { .. } | Arg::Where { .. } => {}
            }
        }
        self.call(&code, locals, &scope.here)
    }

    /// Where a command of the export stands.
    pub(super) fn place(&self, call: &Call<'_>) -> Option<Place> {
        let ends = self.line_ends.as_ref()?;
        let span = call.command.span;
        let offset = usize::try_from(span.start).ok()?;
        let length = usize::try_from(span.end.saturating_sub(span.start)).ok()?;
        Some(ends.place(offset, length))
    }

    /// The rows of a menu, kept as they are while a script goes on changing them.
    pub(super) fn rows(&self, path: &str) -> Arc<Table> {
        self.router.tables.get(path).cloned().unwrap_or_default()
    }
}

impl Call<'_> {
    /// Unnamed arguments: words behind the command, then values.
    pub(super) fn operands(&self) -> Vec<Expr> {
        let words = self.words.iter().copied().map(Expr::Word);
        let values = self.command.args.iter().filter_map(|arg| match arg {
            Arg::Positional(value) => Some(value.clone()),
            _ => None,
        });
        words.chain(values).collect()
    }

    /// The value of a named argument.
    pub(super) fn named(&self, wanted: &str) -> Option<&Expr> {
        self.command.args.iter().find_map(|arg| match arg {
            Arg::Named { name, value, .. } if self.source.text(*name) == wanted.as_bytes() => value.as_ref(),
            _ => None,
        })
    }
}

/// `bad command name frob (line 1 column 5)`.
fn bad_command(source: &Script, word: Span) -> Stop {
    Stop::error(format!("bad command name {}", word_text(source, word))).at(source, word)
}

pub(super) fn word_text(source: &Script, span: Span) -> Cow<'_, str> {
    String::from_utf8_lossy(source.text(span))
}
