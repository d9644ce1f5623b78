//! What a caller gives → values of core: documents as typed values, dicts, `str` or `bytes`; texts as `str` or `bytes`.

use multi_isp::{
    Alert, AlertOptions, AlertState, DocumentErrors, Levels, Log, Messages, Options, Part, Scenario, Site,
    SiteStatus, SplitOptions, Version, WhatIf,
};
use pyo3::exceptions::PyTypeError;
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::pybacked::{PyBackedBytes, PyBackedStr};
use pyo3::types::{PyMapping, PyString};
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
        if let Ok(text) = given.extract() {
            return Ok(Self::Text(text));
        }
        let py = given.py();
        let helper = PyModule::import(py, intern!(py, "multi_isp._document"))?;
        let json = helper.call_method1(intern!(py, "json_of"), (given, schema))?;
        Ok(Self::Value(json.extract()?))
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
        if given.is_instance_of::<PyString>() {
            return Ok(Self::Str(given.extract()?));
        }
        let bytes = given.extract().map(Self::Bytes);
        bytes.map_err(|_| PyTypeError::new_err(format!("expected str or bytes, not {}", given.get_type())))
    }
}

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
        if let Ok(text) = given.extract() {
            return Ok(Self(Document::Text(text)));
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

/// A part of a plan by its name.
pub fn part(py: Python<'_>, name: &str, minutes: Option<u8>) -> PyResult<Part> {
    Part::named(name, minutes).map_err(|error| errors::document(py, &error, &Units::Nowhere, None))
}

const MAPPING: PyStaticExpr = type_hint_identifier!("collections.abc", "Mapping");
const SEQUENCE: PyStaticExpr = type_hint_identifier!("collections.abc", "Sequence");
const OBJECT: PyStaticExpr = type_hint_subscript!(
    MAPPING,
    type_hint_identifier!("builtins", "str"),
    type_hint_identifier!("builtins", "object")
);
