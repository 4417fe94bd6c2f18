//! Decimal numbers of answers as those of `rust_decimal`.

use super::wire_text::Decimal;

/// Converts the text of an answer, such as `0.00350`, and keeps its digits. The feature `rust_decimal` enables it.
///
/// A text that is not a plain decimal number, such as `1e3` or `1_000`, or that has more digits than
/// [`rust_decimal::Decimal`] holds, is an error.
impl TryFrom<&Decimal> for rust_decimal::Decimal {
    type Error = rust_decimal::Error;

    fn try_from(decimal: &Decimal) -> Result<Self, rust_decimal::Error> {
        let text = decimal.as_str();
        if text.contains('_') {
            return Err(rust_decimal::Error::ErrorString(format!("`{text}` is not a plain decimal number")));
        }
        Self::from_str_exact(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Option<String> {
        rust_decimal::Decimal::try_from(&Decimal::new(text)).ok().map(|number| number.to_string())
    }

    #[test]
    fn digits_are_kept() {
        for text in ["0.00350", "12", "-1.50", "0"] {
            assert_eq!(number(text).as_deref(), Some(text));
        }
        for text in ["", "free", "1e3", "1,5", "1_000", "0.00000000000000000000000000001"] {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
