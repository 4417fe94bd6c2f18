//! Decimal numbers of answers as those of `rust_decimal`.

use super::wire_text::Decimal;

/// Converts the text of an answer, such as `0.00350`, and keeps its digits. The feature `rust_decimal` enables it.
///
/// A text that is not a plain decimal number, or that has more digits than [`rust_decimal::Decimal`] holds, is an error.
impl TryFrom<&Decimal> for rust_decimal::Decimal {
    type Error = rust_decimal::Error;

    fn try_from(decimal: &Decimal) -> Result<Self, rust_decimal::Error> {
        Self::from_str_exact(decimal.as_str())
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
        for text in ["", "free", "1e3", "1,5", "0.00000000000000000000000000001"] {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
