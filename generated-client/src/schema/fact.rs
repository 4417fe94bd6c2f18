//! What the table of an object says about a field, apart from its name and its location.

use super::format::Format;
use super::kind::ValueKind;
use super::source::Authority;

/// Declares the facts, and a bit for each kind of fact.
macro_rules! facts {
    ($($(#[doc = $doc:literal])* $fact:ident $(($($content:ty),*))?,)*) => {
        /// A fact about a field.
        #[derive(Clone, Copy, Debug)]
        pub enum Fact {
            $($(#[doc = $doc])* $fact $(($($content),*))?,)*
        }

        /// The kinds of facts.
        enum Kind {
            $($fact,)*
        }

        /// A bit for each kind of fact. A field has those of its facts, so that checking for a fact needs no search.
        #[allow(non_upper_case_globals, reason = "a bit has the name of its fact, by which tables find it")]
        pub mod mark {
            $(pub const $fact: u32 = 1 << super::Kind::$fact as u32;)*
        }
    };
}

facts! {
    /// Requests must set the field.
    Required(Authority),
    /// Every answer contains the field.
    Always,
    /// Answers contain the field; requests never send it.
    AnswerOnly,
    /// The value is never printed.
    Sensitive,
    /// The minimum number of characters.
    MinLength(u64, Authority),
    /// The maximum number of characters.
    MaxLength(u64, Authority),
    /// The minimum value.
    Min(i64, Authority),
    /// The maximum value.
    Max(i64, Authority),
    /// The format of a text.
    Format(Format, Authority),
    /// The minimum number of items of a list, or of entries of a map.
    MinItems(u64, Authority),
    /// The maximum number of items of a list, or of entries of a map.
    MaxItems(u64, Authority),
    /// The maximum number of bytes of a file.
    MaxBytes(u64, Authority),
    /// The media types of a file.
    ContentTypes(&'static [&'static str], Authority),
    /// The value must be one of the listed values.
    Values(Authority),
    /// The list or map is sent as one text with this delimiter between the items. No item may contain the delimiter.
    Delimiter(&'static str, Authority),
    /// Like [`Delimiter`](Self::Delimiter), for a field that only answers contain.
    DelimitedBy(&'static str),
    /// This item stands for all objects. No constraint on items applies to it.
    All(&'static str),
    /// The entries of the map are sent as fields of the object that contains it.
    Flatten,
    /// The value may also be of this kind. It is converted if possible.
    Also(ValueKind),
    /// What the lists and maps of the field contain in the end may also be of this kind.
    ItemsAlso(ValueKind),
    /// A value of this kind stands for no value.
    AbsentAs(ValueKind),
    /// A single value is read as a list of one.
    AlsoOne,
    /// A list of one is sent as its item, and a single value is read as a list of one.
    OnePlain,
}
