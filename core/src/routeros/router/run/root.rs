//! The commands of the scripting language.

use alloc::{borrow::Cow, collections::BTreeMap, string::String, vec::Vec};

use super::{
    LogEntry, Result, Scope, Stop,
    data::Data,
    expr::key_of,
    machine::{Call, Machine, word_text},
    text,
};
use crate::routeros::{
    syntax::{Arg, BinaryOp, Expr, Script},
    value::Value,
};

impl Machine<'_> {
    /// Runs a command of the language; one that only talks to the outside (`:resolve`, `:beep`) gives nothing.
    pub(super) fn root(&mut self, verb: &str, call: &Call<'_>, scope: &mut Scope) -> Result {
        let operands = call.operands();
        match verb {
            "if" => self.branch(call, &operands, scope),
            "local" => self.declare(call, &operands, scope, false),
            "global" => self.declare(call, &operands, scope, true),
            "set" => self.assign(call, &operands, scope),
            "foreach" => self.for_each(call, &operands, scope),
            "for" => self.count(call, &operands, scope),
            "while" => self.repeat(call, &operands, scope),
            "do" => self.attempt(call, &operands, scope),
            "onerror" => self.on_error(call, &operands, scope),
            "retry" => self.retry(call, scope),
            "put" => {
                let text = self.operand(call, operands.first(), scope)?;
                self.output.push(Value::from(text.to_bytes()));
                Ok(Data::Nothing)
            }
            "log" => {
                let Some((level, texts)) = operands.split_first() else {
                    return Ok(Data::Nothing);
                };
                let level = word_text(call.source, level.span());
                self.write_log(&level, call, texts, scope)
            }
            "error" => {
                let message = self.operand(call, operands.first(), scope)?.to_bytes();
                Err(Stop::error(String::from_utf8_lossy(&message).into_owned()))
            }
            "return" => Err(Stop::Return(self.operand(call, operands.first(), scope)?)),
            "break" => Err(Stop::Break),
            "continue" => Err(Stop::Continue),
            "quit" | "exit" => Err(Stop::Return(Data::Nothing)),
            "parse" => {
                let code = self.operand(call, operands.first(), scope)?.to_bytes();
                Ok(Data::Code(code.into()))
            }
            "execute" => {
                let code = call.named("script").or(operands.first()).cloned();
                let code = self.operand(call, code.as_ref(), scope)?.to_bytes();
                // It runs beside the script, which does not see its errors.
                match self.stored(&code, Scope::new()) {
                    Err(Stop::Error(_)) | Ok(_) => Ok(Data::Nothing),
                    Err(stop) => Err(stop),
                }
            }
            "time" => self.body(call, operands.first(), scope),
            verb => {
                let mut arguments = Vec::with_capacity(operands.len());
                for operand in &operands {
                    arguments.push(self.eval(call.source, operand, scope, None)?);
                }
                text::evaluate(verb, &arguments).unwrap_or(Ok(Data::Nothing))
            }
        }
    }

    pub(super) fn write_log(
        &mut self,
        topic: &str,
        call: &Call<'_>,
        texts: &[Expr],
        scope: &mut Scope,
    ) -> Result {
        let named = call.named("message").cloned();
        let message = self.operand(call, named.as_ref().or(texts.first()), scope)?;
        self.log.push(LogEntry {
            topic: String::from(topic),
            message: Value::from(message.to_bytes()),
        });
        Ok(Data::Nothing)
    }

    fn operand(&mut self, call: &Call<'_>, operand: Option<&Expr>, scope: &mut Scope) -> Result {
        operand.map_or(Ok(Data::Nothing), |operand| {
            self.eval(call.source, operand, scope, None)
        })
    }

    /// Runs the code that an argument holds: `do={ .. }`, or `do=$f`.
    fn body(&mut self, call: &Call<'_>, body: Option<&Expr>, scope: &mut Scope) -> Result {
        match body {
            None => Ok(Data::Nothing),
            Some(Expr::Block { items, .. }) => self.block(call.source, items, scope),
            Some(body) => match self.eval(call.source, body, scope, None)? {
                Data::Code(code) => self.call(&code, BTreeMap::new(), &scope.here),
                value => Ok(value),
            },
        }
    }

    fn branch(&mut self, call: &Call<'_>, operands: &[Expr], scope: &mut Scope) -> Result {
        let condition = call.named("condition").or(operands.first()).cloned();
        let holds = self.operand(call, condition.as_ref(), scope)?.is_true();
        let body =
            call.named(if holds { "do" } else { "else" })
                .or(if holds { operands.get(1) } else { None });
        self.body(call, body, scope)
    }

    /// `:local name value`, `:local name do={ .. }`, `:global a,b`.
    fn declare(&mut self, call: &Call<'_>, operands: &[Expr], scope: &mut Scope, global: bool) -> Result {
        let Some((name, values)) = operands.split_first() else {
            return self.declare_named(call, scope, global);
        };
        let name = self.name_of(call, name, scope)?;
        let value = match (values.first(), call.named("do")) {
            (Some(value), _) => Some(self.eval(call.source, value, scope, None)?),
            (None, Some(code)) => Some(self.eval(call.source, code, scope, None)?),
            (None, None) => None,
        };
        self.bind(&name, value, scope, global);
        Ok(Data::Nothing)
    }

    /// `:local name=value`.
    fn declare_named(&mut self, call: &Call<'_>, scope: &mut Scope, global: bool) -> Result {
        for arg in &call.command.args {
            if let Arg::Named { name, value, .. } = arg {
                let value = self.operand(call, value.as_ref(), scope)?;
                let name = word_text(call.source, *name);
                self.bind(&name, Some(value), scope, global);
            }
        }
        Ok(Data::Nothing)
    }

    fn bind(&mut self, name: &str, value: Option<Data>, scope: &mut Scope, global: bool) {
        match (global, value) {
            (false, value) => scope.declare(name, value.unwrap_or_default()),
            (true, Some(value)) => _ = self.router.memory.globals.insert(String::from(name), value),
            // Without a value it only names what another script may have set.
            (true, None) => _ = self.router.memory.globals.entry(String::from(name)).or_default(),
        }
    }

    /// The name of a variable: a word, `"quoted"`, or `$name`.
    fn name_of(&mut self, call: &Call<'_>, name: &Expr, scope: &mut Scope) -> Result<String> {
        match name {
            Expr::Word(span) => Ok(word_text(call.source, *span).into_owned()),
            Expr::Var { name, .. } => Ok(word_text(call.source, *name).into_owned()),
            other => {
                let name = self.eval(call.source, other, scope, None)?.to_bytes();
                Ok(String::from_utf8_lossy(&name).into_owned())
            }
        }
    }

    /// `:set name value`, `:set ($array->"key") value`.
    fn assign(&mut self, call: &Call<'_>, operands: &[Expr], scope: &mut Scope) -> Result {
        let Some((target, values)) = operands.split_first() else {
            return Ok(Data::Nothing);
        };
        let value = match (values.first(), call.named("do")) {
            (None, Some(code)) => self.eval(call.source, code, scope, None)?,
            (value, _) => self.operand(call, value, scope)?,
        };
        if let Some((array, key)) = indexed(target) {
            let key = match key {
                Expr::Word(key) => key_of(call.source.text(*key)),
                key => self.eval(call.source, key, scope, None)?,
            };
            let name = self.name_of(call, array, scope)?;
            let mut whole = self.variable(&name, scope, None);
            whole.set_element(&key, value);
            self.store(&name, whole, scope);
        } else {
            let name = self.name_of(call, target, scope)?;
            self.store(&name, value, scope);
        }
        Ok(Data::Nothing)
    }

    fn store(&mut self, name: &str, value: Data, scope: &mut Scope) {
        match scope.local_mut(name) {
            Some(local) => *local = value,
            None => _ = self.router.memory.globals.insert(String::from(name), value),
        }
    }

    /// `:foreach v in=..`, `:foreach k,v in=..`.
    fn for_each(&mut self, call: &Call<'_>, operands: &[Expr], scope: &mut Scope) -> Result {
        let names = call.named("counter").or(operands.first());
        let names: Vec<String> = names.map(|names| words(call.source, names)).unwrap_or_default();
        let over = call.named("in").or(operands.get(1)).cloned();
        let over = self.operand(call, over.as_ref(), scope)?;
        let mut position: i64 = 0;
        for (key, value) in over.into_elements() {
            let key = key.map_or(Data::Number(position), Data::Text);
            position = position.saturating_add(1);
            let bindings = match names.as_slice() {
                [value_name] => alloc::vec![(value_name.as_str(), value)],
                [key_name, value_name] => alloc::vec![(key_name.as_str(), key), (value_name.as_str(), value)],
                _ => Vec::new(),
            };
            if !self.pass(call, bindings, scope)? {
                break;
            }
        }
        Ok(Data::Nothing)
    }

    /// `:for i from=1 to=9 step=2`; counts down where `to` is less than `from`.
    fn count(&mut self, call: &Call<'_>, operands: &[Expr], scope: &mut Scope) -> Result {
        let name = call
            .named("counter")
            .or(operands.first())
            .map(|name| words(call.source, name).concat());
        let name = name.unwrap_or_default();
        let mut bounds = [0, 0, 0];
        for (bound, argument) in bounds.iter_mut().zip(["from", "to", "step"]) {
            let value = self.operand(call, call.named(argument).cloned().as_ref(), scope)?;
            *bound = value.number().unwrap_or(0);
        }
        let [mut at, to, step] = bounds;
        let step = match step {
            0 if to < at => -1,
            0 => 1,
            step => step,
        };
        while if step > 0 { at <= to } else { at >= to } {
            if !self.pass(call, alloc::vec![(&name, Data::Number(at))], scope)? {
                break;
            }
            at = at.saturating_add(step);
        }
        Ok(Data::Nothing)
    }

    /// `:while (..) do={ .. }`.
    fn repeat(&mut self, call: &Call<'_>, operands: &[Expr], scope: &mut Scope) -> Result {
        let condition = call.named("condition").or(operands.first()).cloned();
        while self.operand(call, condition.as_ref(), scope)?.is_true() {
            if !self.pass(call, Vec::new(), scope)? {
                break;
            }
        }
        Ok(Data::Nothing)
    }

    /// One pass of a loop; false after `:break`.
    fn pass(&mut self, call: &Call<'_>, bindings: Vec<(&str, Data)>, scope: &mut Scope) -> Result<bool> {
        self.charge(1)?;
        scope.locals.push(BTreeMap::new());
        for (name, value) in bindings {
            scope.declare(name, value);
        }
        let ran = self.body(call, call.named("do"), scope);
        scope.locals.pop();
        match ran {
            Ok(_) | Err(Stop::Continue) => Ok(true),
            Err(Stop::Break) => Ok(false),
            Err(stop) => Err(stop),
        }
    }

    /// `:do { .. } on-error={ .. }`, `:do { .. } while=( .. )`.
    fn attempt(&mut self, call: &Call<'_>, operands: &[Expr], scope: &mut Scope) -> Result {
        let body = call.named("command").or(operands.first());
        let condition = call.named("while").cloned();
        loop {
            self.charge(1)?;
            let ran = match (self.body(call, body, scope), call.named("on-error")) {
                (Err(Stop::Error(_)), Some(remedy)) => self.body(call, Some(remedy), scope)?,
                (ran, _) => ran?,
            };
            if condition.is_none() || !self.operand(call, condition.as_ref(), scope)?.is_true() {
                return Ok(ran);
            }
        }
    }

    /// `:onerror e in={ .. } do={ .. }`: gives whether there was an error.
    fn on_error(&mut self, call: &Call<'_>, operands: &[Expr], scope: &mut Scope) -> Result {
        let name = call
            .named("error")
            .or(operands.first())
            .map(|name| words(call.source, name).concat());
        match self.body(call, call.named("in"), scope) {
            Err(Stop::Error(error)) => {
                let message = Data::text(error.message());
                self.pass(
                    call,
                    alloc::vec![(name.as_deref().unwrap_or_default(), message)],
                    scope,
                )?;
                Ok(Data::Bool(true))
            }
            Err(stop) => Err(stop),
            Ok(_) => Ok(Data::Bool(false)),
        }
    }

    /// `:retry command={ .. } delay=1 max=3 on-error={ .. }`: nothing changes between attempts here, so one tells.
    fn retry(&mut self, call: &Call<'_>, scope: &mut Scope) -> Result {
        match (
            self.body(call, call.named("command"), scope),
            call.named("on-error"),
        ) {
            (Err(Stop::Error(_)), Some(remedy)) => self.body(call, Some(remedy), scope),
            (ran, _) => ran,
        }
    }
}

/// `($array->"key")`: the array and the key.
fn indexed(target: &Expr) -> Option<(&Expr, &Expr)> {
    match target {
        Expr::Paren {
            value: Some(value), ..
        } => indexed(value),
        Expr::Binary {
            op: BinaryOp::Index,
            operands,
            ..
        } => Some((&operands.0, &operands.1)),
        _ => None,
    }
}

/// The names in `k,v`.
fn words(source: &Script, names: &Expr) -> Vec<String> {
    let text: Cow<'_, str> = word_text(source, names.span());
    text.split(',')
        .map(|name| String::from(name.trim_matches(['"', '$', '(', ')', ' '])))
        .collect()
}
