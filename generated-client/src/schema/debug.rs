//! `Debug` of generated types. It shows the fields that are set and hides the values of sensitive ones.

use std::fmt;

use super::value::{Object, Value, View};

/// Writes an object with the fields that are set.
pub fn debug(object: &dyn Object, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut debug = f.debug_struct(object.schema().name);
    for (field, value) in object.fields() {
        match value.view() {
            View::Absent => {}
            _ if field.is_sensitive() => _ = debug.field(field.name, &format_args!("***")),
            view => _ = debug.field(field.name, &view),
        }
    }
    debug.finish()
}

/// A text of an open enum is shown as it is on the wire.
impl fmt::Debug for View<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            View::Absent => f.write_str("None"),
            View::Text(text) => fmt::Debug::fmt(text, f),
            View::Listed("", _) => f.write_str("\"\""),
            View::Listed(text, _) => f.write_str(text),
            View::Integer(number) => fmt::Debug::fmt(&number, f),
            View::Number(number) => fmt::Debug::fmt(&number, f),
            View::Boolean(boolean) => fmt::Debug::fmt(&boolean, f),
            View::Json(json) => fmt::Display::fmt(json, f),
            View::File(file) => fmt::Debug::fmt(file, f),
            View::Object(object) => debug(object, f),
            View::List(list) => {
                let values = (0..list.len()).filter_map(|index| list.get(index));
                f.debug_list().entries(values.map(Value::view)).finish()
            }
            View::Map(map) => {
                let mut debug = f.debug_map();
                map.each(&mut |key, value| _ = debug.entry(&key, &value.view()));
                debug.finish()
            }
        }
    }
}
