//! The parser reads what `serde_json` reads, token by token and by taking what is expected.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::{Number, Parser, Stopped, Token};

/// The keys that a test expects. Some occur in its texts.
const NAMES: [&str; 8] = ["b", "a", "", "c", "e", "A", "d", "long enough for two words"];

/// Reads a whole text token by token.
fn read(text: &str) -> Result<Value, Stopped> {
    read_with(text, &[])
}

/// The same, and takes the expected keys, and texts, if they are next.
fn read_by_taking(text: &str) -> Result<Value, Stopped> {
    read_with(text, &NAMES)
}

fn read_with(text: &str, names: &[&str]) -> Result<Value, Stopped> {
    let mut parser = Parser::new(text);
    let value = value(&mut parser, names)?;
    parser.end()?;
    Ok(value)
}

fn value(parser: &mut Parser<'_>, names: &[&str]) -> Result<Value, Stopped> {
    let taken = if names.is_empty() { None } else { parser.take_text() };
    let token = taken.map_or_else(|| parser.next_value(), |text| Ok(Token::Text(text.into())))?;
    Ok(match token {
        Token::Null => Value::Null,
        Token::Boolean(boolean) => boolean.into(),
        Token::Number(Number::Integer(number)) => number.into(),
        Token::Number(Number::Unsigned(number)) => number.into(),
        Token::Number(Number::Float(number)) => number.into(),
        Token::Text(text) => text.into(),
        Token::List => {
            let mut list = Vec::new();
            while parser.next_item()? {
                list.push(value(parser, names)?);
            }
            list.into()
        }
        Token::Object => {
            let mut object = Map::new();
            while let Some(key) = key(parser, names)? {
                object.insert(key, value(parser, names)?);
            }
            object.into()
        }
    })
}

fn key(parser: &mut Parser<'_>, names: &[&str]) -> Result<Option<String>, Stopped> {
    match names.iter().find(|name| parser.take_key(name)) {
        Some(name) => Ok(Some((*name).to_owned())),
        None => Ok(parser.next_key()?.map(Cow::into_owned)),
    }
}

fn skip(text: &str) -> Result<(), Stopped> {
    let mut parser = Parser::new(text);
    parser.skip_value()?;
    parser.end()
}

/// The same JSON, but for the last digit of a float: `serde_json` does not round it correctly.
fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) if one.is_f64() => {
            let (one, other) = (one.as_f64().unwrap_or_default(), other.as_f64().unwrap_or_default());
            (one - other).abs() <= one.abs() * f64::EPSILON
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let is_in = |(key, one): (&String, &Value)| other.get(key).is_some_and(|other| is_same(one, other));
            one.len() == other.len() && one.iter().all(is_in)
        }
        _ => one == other,
    }
}

/// Both read the same, and skip the same.
fn compare(text: &str) {
    let theirs = serde_json::from_str::<Value>(text);
    for ours in [read(text), read_by_taking(text)] {
        match (&ours, &theirs) {
            (Ok(ours), Ok(theirs)) => assert!(is_same(ours, theirs), "{text}: {ours} {theirs}"),
            (ours, theirs) => assert!(ours.is_err() && theirs.is_err(), "{text}: {ours:?} {theirs:?}"),
        }
    }
    let is_skipped = serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
    assert_eq!(skip(text).is_ok(), is_skipped, "skipping {text}");
    let mut parser = Parser::new(text);
    let json = parser.json().and_then(|_| parser.end());
    assert_eq!(json.is_ok(), read(text).is_ok(), "any JSON: {text}");
}

const TEXTS: [&str; 15] = [
    r#"{"a":[1,-2,0.5,1e3,-0,18446744073709551615],"b":{"c":null,"d":[true,false]},"e":""}"#,
    r#" [ { } , [ ] , "a\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00é😀" ] "#,
    r#"{"long enough for two words":"a text of more than sixteen bytes, with a \u0041 in it"}"#,
    r#"["\ud800"]"#,
    r#"["\ud800\u0041"]"#,
    r#"["\u12g4"]"#,
    r#"{"a":1e999}"#,
    "[01, 1., .5, 1e, +1, -]",
    "[1 2]",
    "[\"\u{7f}\", \"tab\there\"]",
    r#"{"a" 1}"#,
    r#"{"a":1,}"#,
    r#"{ "a" : "plain", "b":"é","\u0041":"\"","c": "d" , "":{"a":"e\\"}}"#,
    r#"{"a":1,"b":2,"A":"A"}"#,
    r#"{"\\u0041":["a", "b","c" ]}"#,
];

#[test]
fn a_key_is_taken_only_if_it_is_next_and_without_escapes() {
    for (text, is_taken) in [
        (r#"{"a":1}"#, true),
        (r#"{ "a":1}"#, true),
        (r#"{  "a":1}"#, false),
        (r#"{"a" :1}"#, false),
        (r#"{"a"}"#, false),
        (r#"{"a"#, false),
        (r#"{"ab":1}"#, false),
        (r#"{,"a":1}"#, false),
        (r#"{"\u0061":1}"#, false),
        (r#"{"b":{"a":1}}"#, false),
        ("{", false),
        ("{}", false),
    ] {
        let mut parser = Parser::new(text);
        assert_eq!(parser.next_value(), Ok(Token::Object));
        let before = parser.position;
        assert_eq!(parser.take_key("a"), is_taken, "{text}");
        let after = if is_taken { text.len() - "1}".len() } else { before };
        assert_eq!(parser.position, after, "{text}");
    }
    let mut parser = Parser::new(r#"{"a":1,"a":2, "b":3 ,"c":4}"#);
    assert_eq!(parser.next_value(), Ok(Token::Object));
    for (name, is_taken) in [("a", true), ("b", false), ("a", true), ("b", true), ("c", false)] {
        assert_eq!(parser.take_key(name), is_taken, "{name}");
        if is_taken {
            parser.skip_value().expect("a number");
        }
    }
    assert_eq!(parser.next_key().map(|key| key.map(Cow::into_owned)), Ok(Some("c".to_owned())));
}

#[test]
fn a_text_is_taken_only_if_it_is_next_and_without_escapes() {
    for (text, taken) in [
        (r#""""#, Some("")),
        (r#""a""#, Some("a")),
        (r#" "a""#, Some("a")),
        (r#"  "a""#, None),
        (r#""é😀 and more than eight bytes""#, Some("é😀 and more than eight bytes")),
        (r#""a\"b""#, None),
        (r#""more than eight bytes, then \u0041""#, None),
        ("\"tab\t\"", None),
        (r#""a"#, None),
        (r#"""#, None),
        ("1", None),
        ("", None),
        (" ", None),
    ] {
        let mut parser = Parser::new(text);
        assert_eq!(parser.take_text(), taken, "{text}");
        assert_eq!(parser.position, if taken.is_some() { text.len() } else { 0 }, "{text}");
    }
}

#[test]
fn it_reads_what_serde_json_reads() {
    TEXTS.iter().for_each(|text| compare(text));
    for number in ["0", "-0", "00", "1.0", "1.", "-1", "--1", "1e5", "1E+5", "1e-400", "123456789012345678901", "1e"] {
        compare(number);
        compare(&format!("[{number}]"));
    }
    for depth in [126, 127, 128, 129] {
        compare(&format!("{}{}", "[".repeat(depth), "]".repeat(depth)));
        compare(&format!("{}1{}", r#"{"a":"#.repeat(depth), "}".repeat(depth)));
    }
}

#[test]
fn it_refuses_what_serde_json_refuses() {
    let mut random = fastrand::Rng::with_seed(7);
    let bits =
        ["\"", "\\", "{", "}", "[", "]", ",", ":", "0", "-", ".", "e", "\\u", "d8", "\n", "\u{1}", "é", "null", " "];
    for _ in 0..20_000 {
        let mut chars: Vec<String> = TEXTS[random.usize(..TEXTS.len())].chars().map(String::from).collect();
        for _ in 0..random.usize(1..4) {
            let at = random.usize(..chars.len().max(1)).min(chars.len());
            match random.u8(..3) {
                0 if at < chars.len() => drop(chars.remove(at)),
                0 | 1 => chars.insert(at, bits[random.usize(..bits.len())].to_owned()),
                _ => chars.truncate(at),
            }
        }
        compare(&chars.concat());
    }
}
