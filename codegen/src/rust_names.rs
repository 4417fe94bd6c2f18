//! The names that generated code imports, and where each of them lives.

/// Every name that generated code imports, and the module that it is imported from. A macro ends in `!`; a module
/// is the lower-case name before `::`. No type of a spec can have one of these names.
pub(crate) const HOMES: [(&str, &str); 46] = [
    ("Api", "crate::schema"),
    ("Authority", "crate::schema"),
    ("BTreeMap", "std::collections"),
    ("Caller", "crate"),
    ("Change", "crate"),
    ("Client", "crate"),
    ("Confirmation", "crate"),
    ("Consequence", "crate::schema"),
    ("Decimal", "crate"),
    ("DeclaredFormat", "crate::schema"),
    ("Deferral", "crate::schema"),
    ("File", "crate"),
    ("Find", "crate"),
    ("FormText", "crate"),
    ("Format", "crate::schema"),
    ("Generated", "crate::schema"),
    ("IntoOptional", "crate"),
    ("IntoValue", "crate"),
    ("IsSet", "crate::schema"),
    ("Moment", "crate"),
    ("Operation", "crate::schema"),
    ("Page", "crate"),
    ("Pages", "crate"),
    ("Pending", "crate"),
    ("PhantomData", "std::marker"),
    ("Request", "crate"),
    ("Retry", "crate::schema"),
    ("Rule", "crate::schema"),
    ("Set", "crate::schema"),
    ("Source", "crate::schema"),
    ("ThisCrate", "crate::schema"),
    ("Timestamp", "crate"),
    ("Unset", "crate::schema"),
    ("Value", "crate::schema"),
    ("ValueKind", "crate::schema"),
    ("When", "crate::schema"),
    ("blocking!", "crate::macros"),
    ("choice!", "crate::macros"),
    ("deferrable!", "crate::macros"),
    ("draft!", "crate::macros"),
    ("object!", "crate::macros"),
    ("open_enum!", "crate::macros"),
    ("paged!", "crate::macros"),
    ("part_builder!", "crate::macros"),
    ("request_builder!", "crate::macros"),
    ("schema", "crate"),
];

/// Whether generated code imports the name.
pub(crate) fn is_imported(name: &str) -> bool {
    HOMES.iter().any(|(imported, _)| *imported == name)
}
