//! Which plain scalars are text to every YAML parser.

/// Whether YAML 1.1 or 1.2 reads a plain scalar as something other than text.
pub(crate) fn is_ambiguous(text: &str) -> bool {
    read_as(text).is_some()
}

/// What some version of YAML reads a plain scalar as, if not as text.
pub(super) fn read_as(text: &str) -> Option<&'static str> {
    // Most texts begin with another letter than the words and the numbers.
    if text.bytes().next().is_some_and(|first| first.is_ascii_alphabetic() && !b"tfynoTFYNO".contains(&first)) {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    match lower.as_str() {
        "" | "~" | "null" => Some("null"),
        "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n" => Some("a boolean"),
        "=" => Some("a default value"),
        "<<" => Some("a merge key"),
        _ if is_date(&lower) => Some("a date"),
        _ if is_number(&lower) => Some("a number"),
        _ => None,
    }
}

/// Whether a plain scalar is a number to every YAML parser: `0`, `42`, `-7`, `0.5`.
pub(crate) fn is_plain_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    all_digits(whole) && all_digits(fraction) && (whole == "0" || !whole.starts_with('0'))
}

/// The value of a scalar, as far as all versions of YAML agree.
pub(super) fn value(text: &str, plain: bool) -> serde_json::Value {
    let number = || text.parse::<i64>().map(Into::into).or_else(|_| text.parse::<u64>().map(Into::into)).ok();
    match text {
        _ if !plain => text.into(),
        "" | "~" | "null" => serde_json::Value::Null,
        "true" => true.into(),
        "false" => false.into(),
        _ if is_plain_number(text) => {
            let number = number().or_else(|| text.parse::<f64>().map(serde_json::Value::from).ok());
            number.unwrap_or_else(|| text.into())
        }
        _ => text.into(),
    }
}

fn is_number(lower: &str) -> bool {
    let unsigned = lower.strip_prefix(['+', '-']).unwrap_or(lower);
    if matches!(unsigned, ".inf" | ".nan") {
        return true;
    }
    if let Some(rest) = unsigned.strip_prefix("0x") {
        return rest.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'_');
    }
    let unsigned = unsigned.strip_prefix("0o").or_else(|| unsigned.strip_prefix("0b")).unwrap_or(unsigned);
    let (mantissa, exponent) = unsigned.split_once('e').unwrap_or((unsigned, "0"));
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    mantissa.bytes().any(|byte| byte.is_ascii_digit())
        && mantissa.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'_' | b'.' | b':' | b','))
        && !exponent.is_empty()
        && exponent.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_date(lower: &str) -> bool {
    let mut parts = lower.splitn(3, '-');
    let digits = |part: Option<&str>, lengths: &[usize]| {
        part.is_some_and(|part| lengths.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    digits(parts.next(), &[4])
        && digits(parts.next(), &[1, 2])
        && parts.next().is_some_and(|rest| rest.bytes().next().is_some_and(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_that_need_quotes() {
        for text in [
            "",
            "~",
            "NO",
            "Yes",
            "on",
            "Y",
            "null",
            "TRUE",
            "012",
            "1e3",
            "0x1F",
            "0o17",
            "+12175550123",
            "12:30:45",
            "2026-11-23",
            "2026-11-23T10:00:00Z",
            "1_000",
            ".inf",
            "-.5",
            "10001",
            "<<",
            "=",
            "1.10",
            "7.60.2",
            "1,000",
        ] {
            assert!(is_ambiguous(text), "{text}");
        }
    }

    #[test]
    fn scalars_that_are_text() {
        for text in [
            "NASDAQ",
            "B3",
            "1 Main Street",
            "201faedc-7df9-4840-9ab1",
            "string",
            "POST /v1/",
            "no one",
            "e",
            "-",
            "a.b",
            "2026-11",
            "e5",
            "NONE",
            "www.example.com",
            "0xyz",
            "12-3456789",
            "nothing",
            "one: two",
        ] {
            assert!(!is_ambiguous(text), "{text}");
        }
    }

    #[test]
    fn numbers_that_every_yaml_reads_alike() {
        for text in ["0", "42", "-7", "0.5", "10.25"] {
            assert!(is_plain_number(text), "{text}");
        }
        for text in ["", "-", "012", "+1", "1.", ".5", "1e3", "0x1", "1_0", "1:2"] {
            assert!(!is_plain_number(text), "{text}");
        }
    }

    #[test]
    fn values_are_those_of_the_other_parser() {
        let mut random = fastrand::Rng::with_seed(1);
        let letters: Vec<char> = "0123456789+-._:eExXobaAfFnNtTrRuUlLsS~".chars().collect();
        for _ in 0..20_000 {
            let text: String = (0..random.usize(1..6)).map(|_| letters[random.usize(..letters.len())]).collect();
            let Ok(other) = serde_yaml::from_str::<serde_json::Value>(&text) else { continue };
            let is_checked = !is_ambiguous(&text) || is_plain_number(&text);
            let is_scalar = !other.is_array() && !other.is_object();
            assert!(!is_scalar || !is_checked || value(&text, true) == other, "`{text}` is {other}");
        }
    }
}
