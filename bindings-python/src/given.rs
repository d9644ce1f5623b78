//! What a caller gives → values of core: documents as typed values, dicts, `str` or `bytes`; texts as `str` or `bytes`.

use std::num::NonZeroU8;

use multi_isp::{
    Alert, AlertOptions, AlertState, Code, Diagnostic, DocumentErrors, Levels, Log, Messages, Options, Part,
    Scenario, Site, SiteStatus, SplitOptions, Version, WhatIf,
};
use pyo3::exceptions::PyTypeError;
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::pybacked::{PyBackedBytes, PyBackedStr};
use pyo3::types::{PyBool, PyInt, PyMapping, PyString};
use pyo3::{intern, type_hint_identifier, type_hint_subscript, type_hint_union};

use crate::errors;
use crate::units::Units;

/// A document of core that a caller gives.
pub trait Input: Sized + Send {
    /// Its class in `_types.py`.
    const CLASS: PyStaticExpr;
    /// The name of its schema.
    const KIND: &'static str;

    /// Reads its JSON.
    fn read(json: &[u8]) -> Result<Self, DocumentErrors>;
}

/// Says of each document how it is read, and lets Python check any of them.
macro_rules! inputs {
    ($($class:literal $type:ty;)*) => {
        $(
            impl Input for $type {
                const CLASS: PyStaticExpr = type_hint_identifier!("multi_isp._types", $class);
                const KIND: &'static str = <$type>::SCHEMA;

                fn read(json: &[u8]) -> Result<Self, DocumentErrors> {
                    <$type>::from_json(json)
                }
            }
        )*

        /// Raises what core has against a document of a schema; one that core only writes is not looked at.
        ///
        /// Where a caller did not write the text itself, nothing is told of places in it.
        #[pyfunction]
        #[pyo3(signature = (schema, document, is_written, /))]
        pub fn check(py: Python<'_>, schema: &str, document: Text, is_written: bool) -> PyResult<()> {
            let given = match document {
                Text::Str(json) if !is_written => Document::Value(json),
                text => Document::Text(text),
            };
            match schema {
                $(<$type>::SCHEMA => given.read::<$type>(py).map(drop),)*
                _ => Ok(()),
            }
        }
    };
}

inputs! {
    "Site" Site;
    "Options" Options;
    "SplitOptions" SplitOptions;
    "Levels" Levels;
    "Scenario" Scenario;
    "WhatIfOptions" WhatIf;
    "SiteStatus" SiteStatus;
    "AlertOptions" AlertOptions;
    "AlertState" AlertState;
    "Alert" Alert;
    "Messages" Messages;
    "Log" Log;
}

/// A document that was given and read.
pub struct Given<T>(pub T);

impl<'py, T: Input> FromPyObject<'_, 'py> for Given<T> {
    type Error = PyErr;
    const INPUT_TYPE: PyStaticExpr = type_hint_union!(T::CLASS, OBJECT, Text::INPUT_TYPE);

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let document = Document::of(given, T::KIND)?;
        document.read(given.py()).map(Self)
    }
}

/// What is read where a caller gives nothing: core's own.
pub fn or_default<T: Default>(given: Option<Given<T>>) -> T {
    given.map_or_else(T::default, |given| given.0)
}

/// The JSON of a document, and who wrote it.
enum Document {
    /// The caller.
    Text(Text),
    /// A typed value, or `json` from what the caller gave.
    Value(PyBackedStr),
}

impl Document {
    fn of(given: Borrowed<'_, '_, PyAny>, schema: &str) -> PyResult<Self> {
        if let Some(text) = Text::of(given) {
            return text.map(Self::Text);
        }
        let py = given.py();
        let helper = PyModule::import(py, intern!(py, "multi_isp._document"))?;
        let json = helper.call_method1(intern!(py, "json_of"), (given, schema))?;
        Ok(Self::Value(unicode(json.as_borrowed())?))
    }

    fn read<T: Input>(&self, py: Python<'_>) -> PyResult<T> {
        let json = self.bytes();
        py.detach(|| T::read(json))
            .map_err(|found| errors::document(py, &found, &self.units(), self.shown()))
    }

    fn bytes(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.bytes(),
            Self::Value(json) => json.as_bytes(),
        }
    }

    fn units(&self) -> Units {
        match self {
            Self::Text(text) => text.units(),
            Self::Value(_) => Units::Nowhere,
        }
    }

    /// The text, where the caller wrote it.
    fn shown(&self) -> Option<&[u8]> {
        match self {
            Self::Text(text) => Some(text.bytes()),
            Self::Value(_) => None,
        }
    }
}

/// A text: `str`, or `bytes` in any encoding.
pub enum Text {
    /// Of which places count in characters.
    Str(PyBackedStr),
    /// Of which places count in bytes.
    Bytes(PyBackedBytes),
}

impl Text {
    /// What a caller gives, if it is a text.
    fn of(given: Borrowed<'_, '_, PyAny>) -> Option<PyResult<Self>> {
        if given.is_instance_of::<PyString>() {
            return Some(unicode(given).map(Self::Str));
        }
        given.extract().ok().map(|bytes| Ok(Self::Bytes(bytes)))
    }

    /// The text in UTF-8, or the bytes as they came.
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Str(text) => text.as_bytes(),
            Self::Bytes(bytes) => bytes,
        }
    }

    /// How its places count.
    pub fn units(&self) -> Units {
        match self {
            Self::Str(text) => Units::of_text(text),
            Self::Bytes(_) => Units::Bytes,
        }
    }
}

impl AsRef<[u8]> for Text {
    fn as_ref(&self) -> &[u8] {
        self.bytes()
    }
}

impl<'py> FromPyObject<'_, 'py> for Text {
    type Error = PyErr;
    const INPUT_TYPE: PyStaticExpr = type_hint_union!(
        type_hint_identifier!("builtins", "str"),
        type_hint_identifier!("builtins", "bytes")
    );

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        Self::of(given).unwrap_or_else(|| Err(wrong_type("str or bytes", given)))
    }
}

/// A `TypeError` as Python words it: `expected int, not str`.
fn wrong_type(expected: &str, given: Borrowed<'_, '_, PyAny>) -> PyErr {
    match given.get_type().name() {
        Ok(kind) => PyTypeError::new_err(format!("expected {expected}, not {kind}")),
        Err(error) => error,
    }
}

/// The text of a `str`, which Python lets hold what no text can. Unlike Python's own exception this one does not hold it.
fn unicode(text: Borrowed<'_, '_, PyAny>) -> PyResult<PyBackedStr> {
    text.extract().map_err(|_| {
        let found = Diagnostic::error(
            UNKNOWN_VALUE,
            "is text that is cut in the middle of a sign: half a surrogate pair stands in it",
        );
        errors::argument(text.py(), &[found.with_help("write each sign whole")])
    })
}

/// As core calls it in a document.
const UNKNOWN_VALUE: Code = Code::new("unknown-value");

/// Values in the order in which they were given.
pub struct Several<T>(pub Vec<T>);

impl<'py, T: FromPyObjectOwned<'py>> FromPyObject<'_, 'py> for Several<T> {
    type Error = PyErr;
    const INPUT_TYPE: PyStaticExpr = type_hint_subscript!(SEQUENCE, T::INPUT_TYPE);

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        // A text is a sequence of its letters, which nobody means.
        if given.is_instance_of::<PyString>() {
            return Err(PyTypeError::new_err("expected a sequence, not str"));
        }
        let items = given.try_iter()?;
        let items = items.map(|item| item?.extract().map_err(Into::into));
        items.collect::<PyResult<_>>().map(Self)
    }
}

/// What was read of each menu, in the order in which it was given.
pub struct ByMenu<T>(pub Vec<(String, T)>);

impl<'py, T: FromPyObjectOwned<'py>> FromPyObject<'_, 'py> for ByMenu<T> {
    type Error = PyErr;
    const INPUT_TYPE: PyStaticExpr =
        type_hint_subscript!(MAPPING, type_hint_identifier!("builtins", "str"), T::INPUT_TYPE);

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let items = given.cast::<PyMapping>()?.items()?;
        let items = items.iter().map(|item| {
            let (menu, read): (String, Bound<'py, PyAny>) = item.extract()?;
            Ok((menu, read.extract().map_err(Into::into)?))
        });
        items.collect::<PyResult<_>>().map(Self)
    }
}

/// What REST answered: JSON text, or what `json.loads` made of it.
pub struct Answers(Document);

impl Answers {
    /// As JSON.
    pub fn bytes(&self) -> &[u8] {
        self.0.bytes()
    }

    /// How its places count.
    pub fn units(&self) -> Units {
        self.0.units()
    }
}

impl<'py> FromPyObject<'_, 'py> for Answers {
    type Error = PyErr;
    const INPUT_TYPE: PyStaticExpr = type_hint_union!(OBJECT, Text::INPUT_TYPE);

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Some(text) = Text::of(given) {
            return text.map(|text| Self(Document::Text(text)));
        }
        let py = given.py();
        let json = PyModule::import(py, intern!(py, "json"))?;
        let text = json.call_method1(intern!(py, "dumps"), (given,))?;
        Ok(Self(Document::Value(text.extract()?)))
    }
}

/// A version of RouterOS that may be given, as `7.22.3`.
pub fn version_or_none(py: Python<'_>, text: Option<&str>) -> PyResult<Option<Version>> {
    text.map(|text| version(py, text)).transpose()
}

/// A version of RouterOS, as `7.22.3`.
pub fn version(py: Python<'_>, text: &str) -> PyResult<Version> {
    let version = text.parse::<Version>();
    version.map_err(|error| errors::argument(py, &error.diagnostics()))
}

/// The minutes of a guard, as an `int` that may be any.
pub struct Minutes(i64);

impl Minutes {
    /// Those of a guard.
    pub fn of_guard(&self, py: Python<'_>) -> PyResult<NonZeroU8> {
        Part::guard_minutes(self.0).map_err(|error| errors::document(py, &error, &Units::Nowhere, None))
    }
}

impl<'py> FromPyObject<'_, 'py> for Minutes {
    type Error = PyErr;
    const INPUT_TYPE: PyStaticExpr = type_hint_identifier!("builtins", "int");

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if !given.is_instance_of::<PyInt>() || given.is_instance_of::<PyBool>() {
            return Err(wrong_type("int", given));
        }
        // What is too large for the machine is too large for a guard.
        Ok(Self(given.extract().unwrap_or(i64::MAX)))
    }
}

/// A part of a plan by its name.
pub fn part(py: Python<'_>, name: &str, minutes: Option<&Minutes>) -> PyResult<Part> {
    let minutes = minutes.map(|minutes| minutes.0);
    Part::named(name, minutes).map_err(|error| errors::document(py, &error, &Units::Nowhere, None))
}

const MAPPING: PyStaticExpr = type_hint_identifier!("collections.abc", "Mapping");
const SEQUENCE: PyStaticExpr = type_hint_identifier!("collections.abc", "Sequence");
const OBJECT: PyStaticExpr = type_hint_subscript!(
    MAPPING,
    type_hint_identifier!("builtins", "str"),
    type_hint_identifier!("builtins", "object")
);
