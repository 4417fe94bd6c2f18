//! Values as text: in a path, a query, a part, or between delimiters.

use serde_json::{Number, Value};

use crate::model::Type;

/// The string that a value is sent as in a path or a query.
pub fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        // 1.0 is 1.
        Value::Number(number) if number.is_f64() => number.as_f64().unwrap_or_default().to_string(),
        other => other.to_string(),
    }
}

/// The value that a string stands for in a path, a query, a part, or between delimiters. A string that does not fit
/// the type stays a string, which validation reports.
pub fn value_of(ty: &Type, text: &str) -> Value {
    let value = match ty {
        Type::Integer => text.parse::<i64>().ok().map(Value::from),
        Type::Number => text.parse().ok().and_then(Number::from_f64).map(Value::Number),
        Type::Boolean => text.parse::<bool>().ok().map(Value::from),
        Type::Object(_) | Type::List(_) | Type::Map(_) | Type::Any => serde_json::from_str(text).ok(),
        Type::Text | Type::Timestamp | Type::Moment | Type::Decimal | Type::Enum(_) | Type::Choice(_) | Type::File => {
            None
        }
    };
    value.unwrap_or_else(|| Value::from(text))
}
