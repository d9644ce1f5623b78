//! What goes wrong, as JavaScript throws it: an `Error` with code, help and all diagnostics.

use multi_isp::{
    Code, Diagnostic, DocumentErrors, InvalidSpeed, NoGuard, NotReady, PlanError, ReadError, Refused,
    Subject, SyntaxErrors, TransportError, UnknownVersion,
};
use napi::bindgen_prelude::{Function, JsObjectValue, Property, Unknown};
use napi::{Env, JsValue, PropertyAttributes, Result, ValueType};
use napi_derive::napi;

use crate::places::Places;
use crate::report::Report;
use crate::{json, names};

/// What comes of a verb.
pub type Answer<T> = std::result::Result<T, Fault>;

/// Why a verb has no answer.
#[derive(Debug)]
pub struct Fault {
    /// At least one; the first is what the error says.
    diagnostics: Vec<Diagnostic>,
    places: Places,
    /// The findings for which a plan was refused.
    report: Option<multi_isp::Report>,
}

impl Fault {
    /// The fault of that diagnostics.
    pub fn new(diagnostics: Vec<Diagnostic>) -> Self {
        Self {
            diagnostics,
            places: Places::default(),
            report: None,
        }
    }

    /// An argument that JavaScript lets through and core cannot be asked with.
    pub fn argument(message: &str) -> Self {
        Self::new(vec![Diagnostic::error(INVALID_ARGUMENT, message)])
    }

    /// With places as the caller counts them.
    pub fn counted_by(self, places: &Places) -> Self {
        Self {
            places: places.clone(),
            ..self
        }
    }

    /// With the place of each diagnostic as its own text is counted.
    pub fn counted_each<'a>(mut self, places: impl Fn(&Diagnostic) -> Option<&'a Places>) -> Self {
        for diagnostic in &mut self.diagnostics {
            if let Some((place, places)) = diagnostic.place.zip(places(diagnostic)) {
                diagnostic.place = Some(places.of(place));
            }
        }
        self
    }

    /// Without places, for the text that was made of an object is nobody's; fields have names of JavaScript.
    pub fn of_an_object(mut self) -> Self {
        for diagnostic in &mut self.diagnostics {
            diagnostic.place = None;
            for subject in &mut diagnostic.subjects {
                if let Subject::Field(path) = subject {
                    *path = names::camel(path);
                }
            }
        }
        self
    }

    /// The error that JavaScript catches.
    pub fn thrown(self, env: &Env) -> napi::Error {
        self.error(env).map_or_else(|failed| failed, napi::Error::from)
    }

    fn error<'a>(self, env: &Env) -> Result<Unknown<'a>> {
        let first = self.diagnostics.first();
        let message = first.map_or("", |first| &first.message);
        let class: Function<&str> = env.get_global()?.get_named_property("Error")?;
        let error = class.new_instance(message)?;
        let mut fields = error.coerce_to_object()?;
        let name = Property::new()
            .with_utf8_name("name")?
            .with_napi_value(env, NAME)?;
        fields.define_properties(&[
            name.with_property_attributes(PropertyAttributes::Writable | PropertyAttributes::Configurable)
        ])?;
        fields.set_named_property("code", first.map(|first| first.code.as_str()))?;
        fields.set_named_property("help", first.and_then(|first| first.help.as_deref()))?;
        let diagnostics = serde_json::to_string(&self.diagnostics).unwrap_or_default();
        fields.set_named_property("diagnostics", json::parse(env, &self.places.told(diagnostics))?)?;
        if let Some(report) = self.report {
            fields.set_named_property("report", Report::new(report, self.places))?;
        }
        Ok(error)
    }
}

/// Errors of core that are nothing but their diagnostics.
macro_rules! faults {
    ($($error:ty),+ $(,)?) => {$(
        impl From<$error> for Fault {
            fn from(error: $error) -> Self {
                Self::new(Vec::from(error.diagnostics()))
            }
        }
    )+};
}

faults!(
    DocumentErrors,
    InvalidSpeed,
    NoGuard,
    NotReady,
    ReadError,
    Refused,
    SyntaxErrors,
    TransportError,
    UnknownVersion,
);

impl From<PlanError> for Fault {
    fn from(error: PlanError) -> Self {
        let diagnostics = error.diagnostics();
        let report = match error {
            PlanError::Refused(report) => Some(report),
            _ => None,
        };
        Self {
            report,
            ..Self::new(diagnostics)
        }
    }
}

/// Whether something that was caught is an error of multi-isp, with `code`, `help` and `diagnostics`.
#[napi(catch_unwind, ts_return_type = "error is MultiIspError")]
pub fn is_multi_isp_error(error: Unknown<'_>) -> Result<bool> {
    if !error.is_error()? {
        return Ok(false);
    }
    let name: Unknown = error.coerce_to_object()?.get_named_property("name")?;
    Ok(name.get_type()? == ValueType::String && name.coerce_to_string()?.into_utf8()?.as_str()? == NAME)
}

const NAME: &str = "MultiIspError";
const INVALID_ARGUMENT: Code = Code::new("invalid-argument");
