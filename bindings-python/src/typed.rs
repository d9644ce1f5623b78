//! JSON documents of core → the dataclasses of `multi_isp/_types.py`.

use std::marker::PhantomData;

use pyo3::exceptions::PyValueError;
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyTuple};
use pyo3::{intern, type_hint_identifier, type_hint_subscript, type_hint_union};
use serde::Serialize;

/// What Python calls the type of a value.
pub trait Hint {
    /// Its name, as the stub imports it.
    const HINT: PyStaticExpr;
}

/// A class of `_types.py`.
pub trait Class: Hint {
    /// Its name.
    const NAME: &'static str;
}

/// Names classes of `_types.py`.
macro_rules! classes {
    ($($class:ident)*) => {
        /// The classes that documents become.
        pub mod class {
            $(
                #[doc = concat!("`", stringify!($class), "`")]
                #[derive(Clone, Copy, Debug)]
                pub enum $class {}

                impl super::Hint for $class {
                    const HINT: pyo3::inspect::PyStaticExpr =
                        pyo3::type_hint_identifier!("multi_isp._types", stringify!($class));
                }

                impl super::Class for $class {
                    const NAME: &'static str = stringify!($class);
                }
            )*
        }
    };
}

classes! {
    Alert AlertState Balance Customers DetectedLine Diagnostic Differences DriftDocument DriftRow ExistingRows FetchRequest
    ImportCommands LineState LogEntry MatrixDocument Message OutcomeDocument Outline PhaseScripts PlanDocument PortList Purpose
    Replay RestRequest Rules Site SiteStatus Split StatusReads Step Table TraceDocument TrafficClass Way
}

/// A sentence of core.
pub enum Sentence {}

/// A text of a router: `str`, or `bytes` where it is not UTF-8.
pub enum RouterText {}

impl Hint for Sentence {
    const HINT: PyStaticExpr = type_hint_identifier!("builtins", "str");
}

impl Hint for RouterText {
    const HINT: PyStaticExpr = type_hint_union!(
        type_hint_identifier!("builtins", "str"),
        type_hint_identifier!("builtins", "bytes")
    );
}

/// A document of core that Python gets as a value of a class.
pub struct Typed<C>(String, PhantomData<C>);

impl<C: Class> Typed<C> {
    /// From the document's text.
    pub fn new(json: String) -> Self {
        Self(json, PhantomData)
    }
}

impl<'py, C: Class> IntoPyObject<'py> for Typed<C> {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;
    const OUTPUT_TYPE: PyStaticExpr = C::HINT;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        let class = types(py)?.getattr(C::NAME)?;
        class.call_method1(intern!(py, "_of_core"), (self.0,))
    }
}

/// A value that is there already, of a class of `_types.py`.
pub struct Held<C>(Py<PyAny>, PhantomData<C>);

/// Values that are there already, in a tuple.
pub struct HeldAll<C>(Py<PyAny>, PhantomData<C>);

impl<C> Held<C> {
    /// The value.
    pub fn new(value: Bound<'_, PyAny>) -> Self {
        Self(value.unbind(), PhantomData)
    }
}

impl<C> HeldAll<C> {
    /// The tuple.
    pub fn new(values: Bound<'_, PyAny>) -> Self {
        Self(values.unbind(), PhantomData)
    }
}

impl<'py, C: Hint> IntoPyObject<'py> for Held<C> {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;
    const OUTPUT_TYPE: PyStaticExpr = C::HINT;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        Ok(self.0.into_bound(py))
    }
}

impl<'py, C: Hint> IntoPyObject<'py> for HeldAll<C> {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;
    const OUTPUT_TYPE: PyStaticExpr = type_hint_subscript!(TUPLE, C::HINT, ELLIPSIS);

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        Ok(self.0.into_bound(py))
    }
}

/// Values in a tuple, as the handles and `bytes` that they become.
pub struct Tuple<T>(pub Vec<T>);

impl<'py, T: IntoPyObject<'py>> IntoPyObject<'py> for Tuple<T> {
    type Target = PyTuple;
    type Output = Bound<'py, PyTuple>;
    type Error = PyErr;
    const OUTPUT_TYPE: PyStaticExpr = type_hint_subscript!(TUPLE, T::OUTPUT_TYPE, ELLIPSIS);

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        PyTuple::new(py, self.0)
    }
}

/// Bytes, such as a script or a word of the API.
pub struct Bytes(pub Vec<u8>);

impl<'py> IntoPyObject<'py> for Bytes {
    type Target = PyBytes;
    type Output = Bound<'py, PyBytes>;
    type Error = PyErr;
    const OUTPUT_TYPE: PyStaticExpr = type_hint_identifier!("builtins", "bytes");

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        Ok(PyBytes::new(py, &self.0))
    }
}

/// Diagnostics from a JSON list, in a tuple.
pub fn diagnostics<'py>(py: Python<'py>, json: &str) -> PyResult<Bound<'py, PyTuple>> {
    let class = types(py)?.getattr(intern!(py, "Diagnostic"))?;
    let values = class.call_method1(intern!(py, "_all_of_core"), (json,))?;
    Ok(values.cast_into::<PyTuple>()?)
}

/// The JSON of a value of core that is no document of its own.
pub fn json<T: Serialize + ?Sized>(value: &T) -> PyResult<String> {
    serde_json::to_string(value).map_err(|error| PyValueError::new_err(error.to_string()))
}

/// `multi_isp._types`, imported once.
fn types(py: Python<'_>) -> PyResult<&Bound<'_, PyModule>> {
    static TYPES: PyOnceLock<Py<PyModule>> = PyOnceLock::new();
    let module = TYPES.get_or_try_init(py, || PyModule::import(py, "multi_isp._types").map(Bound::unbind))?;
    Ok(module.bind(py))
}

const TUPLE: PyStaticExpr = type_hint_identifier!("builtins", "tuple");
const ELLIPSIS: PyStaticExpr = PyStaticExpr::Constant {
    value: pyo3::inspect::PyStaticConstant::Ellipsis,
};
