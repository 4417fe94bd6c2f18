//! `Value` for the types of the standard library, for JSON and for files.

use std::collections::BTreeMap;

use bytes::Bytes;

use super::file::File;
use super::kind::ValueKind;
use super::value::{Content, List, Map, Parts, Value, View, filled};

/// 2^53: up to here an `f64` represents every whole number exactly.
pub(crate) const MAX_EXACT_INTEGER: f64 = 9_007_199_254_740_992.0;

impl Value for String {
    fn empty() -> Self {
        Self::new()
    }

    fn kind_of() -> ValueKind {
        ValueKind::Text
    }

    fn kind(&self) -> ValueKind {
        ValueKind::Text
    }

    fn view(&self) -> View<'_> {
        View::Text(self)
    }

    fn clear(&mut self) {
        self.clear();
    }

    fn set(&mut self, content: Content<'_>) -> bool {
        let Content::Text(text) = content else { return false };
        *self = text.to_owned();
        true
    }
}

impl Value for i64 {
    fn empty() -> Self {
        0
    }

    fn kind_of() -> ValueKind {
        ValueKind::Integer
    }

    fn kind(&self) -> ValueKind {
        ValueKind::Integer
    }

    fn view(&self) -> View<'_> {
        View::Integer(*self)
    }

    fn clear(&mut self) {
        *self = 0;
    }

    fn set(&mut self, content: Content<'_>) -> bool {
        *self = match content {
            Content::Integer(number) => number,
            // 5.0 is 5 in JSON.
            Content::Number(number) if number.fract() == 0.0 && number.abs() <= MAX_EXACT_INTEGER => number as Self,
            _ => return false,
        };
        true
    }
}

impl Value for f64 {
    fn empty() -> Self {
        0.0
    }

    fn kind_of() -> ValueKind {
        ValueKind::Number
    }

    fn kind(&self) -> ValueKind {
        ValueKind::Number
    }

    fn view(&self) -> View<'_> {
        View::Number(*self)
    }

    fn clear(&mut self) {
        *self = 0.0;
    }

    fn set(&mut self, content: Content<'_>) -> bool {
        *self = match content {
            Content::Integer(number) => number as Self,
            Content::Number(number) => number,
            _ => return false,
        };
        true
    }
}

impl Value for bool {
    fn empty() -> Self {
        false
    }

    fn kind_of() -> ValueKind {
        ValueKind::Boolean
    }

    fn kind(&self) -> ValueKind {
        ValueKind::Boolean
    }

    fn view(&self) -> View<'_> {
        View::Boolean(*self)
    }

    fn clear(&mut self) {
        *self = false;
    }

    fn set(&mut self, content: Content<'_>) -> bool {
        let Content::Boolean(boolean) = content else { return false };
        *self = boolean;
        true
    }
}

impl Value for serde_json::Value {
    fn empty() -> Self {
        Self::Null
    }

    fn kind_of() -> ValueKind {
        ValueKind::Json
    }

    fn kind(&self) -> ValueKind {
        ValueKind::Json
    }

    fn view(&self) -> View<'_> {
        View::Json(self)
    }

    fn clear(&mut self) {
        *self = Self::Null;
    }

    fn set(&mut self, content: Content<'_>) -> bool {
        let Content::Json(json) = content else { return false };
        *self = json.take();
        true
    }
}

/// An optional value. It becomes present when a value that fits is set.
impl<T: Value> Value for Option<T> {
    fn empty() -> Self {
        None
    }

    fn kind_of() -> ValueKind {
        T::kind_of()
    }

    fn kind(&self) -> ValueKind {
        T::kind_of()
    }

    fn view(&self) -> View<'_> {
        self.as_ref().map_or(View::Absent, Value::view)
    }

    fn clear(&mut self) {
        *self = None;
    }

    fn set(&mut self, content: Content<'_>) -> bool {
        let filled = filled(content);
        let fits = filled.is_some();
        if fits {
            *self = filled;
        }
        fits
    }

    fn parts(&mut self) -> Option<Parts<'_>> {
        if T::kind_of().has_parts() { self.insert(T::empty()).parts() } else { None }
    }
}

impl<T: Value> Value for Vec<T> {
    fn empty() -> Self {
        Self::new()
    }

    fn kind_of() -> ValueKind {
        ValueKind::List
    }

    fn kind(&self) -> ValueKind {
        ValueKind::List
    }

    fn view(&self) -> View<'_> {
        View::List(self)
    }

    fn clear(&mut self) {
        self.clear();
    }

    fn parts(&mut self) -> Option<Parts<'_>> {
        self.clear();
        Some(Parts::List(self))
    }
}

impl<T: Value> List for Vec<T> {
    fn len(&self) -> usize {
        self.len()
    }

    fn item_kind(&self) -> ValueKind {
        T::kind_of()
    }

    fn get(&self, index: usize) -> Option<&dyn Value> {
        self.as_slice().get(index).map(|value| value as &dyn Value)
    }

    fn push(&mut self) -> Option<&mut dyn Value> {
        Vec::push(self, T::empty());
        self.last_mut().map(|value| value as &mut dyn Value)
    }

    fn pop(&mut self) {
        Vec::pop(self);
    }
}

impl<T: Value> Value for BTreeMap<String, T> {
    fn empty() -> Self {
        Self::new()
    }

    fn kind_of() -> ValueKind {
        ValueKind::Map
    }

    fn kind(&self) -> ValueKind {
        ValueKind::Map
    }

    fn view(&self) -> View<'_> {
        View::Map(self)
    }

    fn clear(&mut self) {
        self.clear();
    }

    fn parts(&mut self) -> Option<Parts<'_>> {
        self.clear();
        Some(Parts::Map(self))
    }
}

impl<T: Value> Map for BTreeMap<String, T> {
    fn each<'a>(&'a self, visit: &mut dyn FnMut(&'a str, &'a dyn Value)) {
        for (key, value) in self {
            visit(key, value);
        }
    }

    fn len(&self) -> usize {
        self.len()
    }

    fn entry(&mut self, key: &str) -> &mut dyn Value {
        BTreeMap::entry(self, key.to_owned()).or_insert_with(T::empty)
    }

    fn contains(&self, key: &str) -> bool {
        self.contains_key(key)
    }

    fn remove(&mut self, key: &str) {
        BTreeMap::remove(self, key);
    }
}

impl Value for File {
    fn empty() -> Self {
        Self::new("", Bytes::new())
    }

    fn kind_of() -> ValueKind {
        ValueKind::File
    }

    fn kind(&self) -> ValueKind {
        ValueKind::File
    }

    fn view(&self) -> View<'_> {
        View::File(self)
    }

    fn clear(&mut self) {
        *self = <Self as Value>::empty();
    }

    fn set(&mut self, content: Content<'_>) -> bool {
        let Content::File(file) = content else { return false };
        *self = file.clone();
        true
    }
}
