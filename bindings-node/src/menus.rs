//! Menus of a router with what was read of each, as an object of JavaScript has them.

use napi::Result;
use napi::bindgen_prelude::{FromNapiValue, JsObjectValue, Object, ValidateNapiValue};

/// Each own key with its value, in the order of the object.
pub fn of<T: FromNapiValue + ValidateNapiValue>(object: Object<'_>) -> Result<Vec<(String, T)>> {
    let mut menus = Vec::new();
    for menu in Object::keys(&object)? {
        // Keys of a prototype that somebody spoilt are not the caller's.
        if object.has_own_property(&menu)? {
            let value = object.get_named_property(&menu)?;
            menus.push((menu, value));
        }
    }
    Ok(menus)
}
