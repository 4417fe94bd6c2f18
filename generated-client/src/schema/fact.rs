//! What the table of an object says about a field, apart from its name and its location.

use super::format::Format;
use super::kind::ValueKind;
use super::source::Authority;

/// A fact about a field.
#[derive(Clone, Copy, Debug)]
pub enum Fact {
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

/// A bit for each kind of fact, so that one look tells that a field has none of a kind.
#[allow(non_upper_case_globals, reason = "a bit has the name of its fact, by which tables find it")]
pub mod mark {
    pub const Required: u32 = 1 << 0;
    pub const Always: u32 = 1 << 1;
    pub const AnswerOnly: u32 = 1 << 2;
    pub const Sensitive: u32 = 1 << 3;
    pub const MinLength: u32 = 1 << 4;
    pub const MaxLength: u32 = 1 << 5;
    pub const Min: u32 = 1 << 6;
    pub const Max: u32 = 1 << 7;
    pub const Format: u32 = 1 << 8;
    pub const MinItems: u32 = 1 << 9;
    pub const MaxItems: u32 = 1 << 10;
    pub const MaxBytes: u32 = 1 << 11;
    pub const ContentTypes: u32 = 1 << 12;
    pub const Values: u32 = 1 << 13;
    pub const Delimiter: u32 = 1 << 14;
    pub const DelimitedBy: u32 = 1 << 15;
    pub const All: u32 = 1 << 16;
    pub const Flatten: u32 = 1 << 17;
    pub const Also: u32 = 1 << 18;
    pub const ItemsAlso: u32 = 1 << 19;
    pub const AbsentAs: u32 = 1 << 20;
    pub const AlsoOne: u32 = 1 << 21;
    pub const OnePlain: u32 = 1 << 22;
}
