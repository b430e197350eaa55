//! In: a Rust type. Out: its JSON Schema (draft 2020-12), made once for each type.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::Value;

/// Gives the JSON Schema of a type, with descriptions from its documentation, for editors.
pub fn json_schema<T: JsonSchema>() -> Value {
    SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>().to_value()
}

/// The schema of a type, from the cache after the first time.
pub(super) fn cached<T: JsonSchema>() -> Arc<Value> {
    static CACHE: Mutex<BTreeMap<usize, Arc<Value>>> = Mutex::new(BTreeMap::new());
    // The function that makes the schema stands for the type (`TypeId` would ask every caller for `'static`): two
    // types share an address only where the linker found their code, and so their schema, to be the same.
    let key = T::json_schema as fn(&mut SchemaGenerator) -> Schema as usize;
    let lock = || CACHE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(schema) = lock().get(&key) {
        return schema.clone();
    }
    let schema = Arc::new(json_schema::<T>());
    lock().insert(key, schema.clone());
    schema
}
