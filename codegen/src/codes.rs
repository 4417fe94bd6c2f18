//! The stable codes of diagnostics.

macro_rules! codes {
    ($($variant:ident $id:literal $title:literal)*) => {
        /// The kind of a problem. Its id never changes its meaning.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Code {
            $(#[doc = $title] $variant,)*
        }

        impl Code {
            /// Every code, in the order of their ids.
            pub const ALL: &[Code] = &[$(Code::$variant,)*];

            /// The stable id, as in `S003`.
            pub fn id(self) -> &'static str {
                match self { $(Code::$variant => $id,)* }
            }

            /// What it is about, in a few words.
            pub fn title(self) -> &'static str {
                match self { $(Code::$variant => $title,)* }
            }
        }
    };
}

codes! {
    Unreadable "S001" "a file or directory cannot be read"
    Syntax "S002" "the text is not YAML"
    Tab "S003" "a tab where YAML wants spaces"
    DuplicateKey "S004" "a key stands twice in one mapping"
    Indirection "S005" "an anchor, an alias, a merge key or a tag"
    SecondDocument "S006" "more than one YAML document in a file"
    Ambiguous "S007" "a plain scalar that YAML could read as something else than text"
    ParsersDiffer "S008" "YAML that two parsers read differently"
    UnknownKey "S010" "a key that the language does not know"
    MissingKey "S011" "a key that must be there"
    WrongKind "S012" "a value of the wrong kind"
    EmptyText "S013" "a text with nothing in it"
    UnknownWord "S014" "a word outside a fixed list of words"
    Malformed "S015" "a name in the wrong form"
    MissingFile "S016" "a file of the spec is missing"
    UnknownType "S020" "a type that does not exist"
    UnknownField "S021" "a field that does not exist there"
    UnknownValue "S022" "a value that the enumeration does not list"
    UnknownSource "S023" "a source that the file does not declare"
    UnknownAnswer "S024" "an answer type that the file does not declare"
    UnknownExample "S025" "an example that the file does not hold"
    UnknownHost "S026" "a host that plivo.yaml does not declare"
    UnusedExample "S027" "an example that no operation lists"
    UnknownFile "S028" "a file that is not part of a spec"
    DuplicateRoute "S030" "two operations with one method and path"
    DuplicateName "S031" "two names that become one Rust name"
    ReservedName "S032" "a name that the generated code needs for itself"
    MalformedRequest "S040" "a request line that is not a method and a path"
    PathParameter "S041" "a path parameter that is not declared, or not in the path"
    MisplacedKey "S042" "a key that this type or operation cannot have"
    ImpossibleLimit "S050" "limits that no value can meet"
    ExampleBroken "S060" "an example that its own description refuses"
    WrongWarnings "S061" "an example that causes other warnings than it says"
    WrongSends "S062" "an example that goes out differently than it says"
    StaleContradiction "S063" "a contradiction that the examples no longer show"
}
