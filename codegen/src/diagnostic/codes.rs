//! The stable codes of diagnostics, and what `cargo xtask explain` says about each.

macro_rules! codes {
    ($($variant:ident $id:literal $title:literal $more:literal)*) => {
        /// The kind of a problem. Its id never changes its meaning.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Code {
            $(#[doc = $title] $variant,)*
        }

        impl Code {
            /// Every code, in the order of the ids.
            pub const ALL: &[Code] = &[$(Code::$variant,)*];

            /// The stable id, such as `S003`.
            pub fn id(self) -> &'static str {
                match self { $(Code::$variant => $id,)* }
            }

            /// Whether it is a warning: the spec can be used all the same.
            pub fn is_warning(self) -> bool {
                matches!(self, Code::UnusedField | Code::UnusedType | Code::UnusedSource)
            }

            /// A short title.
            pub fn title(self) -> &'static str {
                match self { $(Code::$variant => $title,)* }
            }

            /// Why it is a problem, and how to correct it.
            pub fn explanation(self) -> &'static str {
                match self { $(Code::$variant => $more,)* }
            }
        }
    };
}

codes! {
    Unreadable "S001" "a file or directory cannot be read"
        "The spec is read from spec/plivo.yaml and spec/resources/*.yaml. Check that they exist and may be read."
    Syntax "S002" "the text is not YAML"
        "The parser says where it stopped; the cause often stands a line before: an open quote or bracket, a missing colon, an indentation that does not fit."
    Tab "S003" "a tab where YAML wants spaces"
        "YAML does not allow tabs in the indentation. Let the editor indent with spaces."
    DuplicateKey "S004" "a key stands twice in one mapping"
        "Most YAML parsers keep one of the two and say nothing. Remove or rename one."
    Indirection "S005" "an anchor, an alias, a merge key or a tag"
        "Each place of the spec must be readable on its own. Write the value out where it is meant."
    SecondDocument "S006" "more than one YAML document in a file"
        "A file of the spec is one document. Move what follows `---` to a file of its own."
    Ambiguous "S007" "a plain scalar that YAML could read as something else than text"
        "Versions of YAML differ about words such as NO, on and 012, and read 2026-11-23 as a date and +1217 as a number. Where text is meant, quote it."
    ParsersDiffer "S008" "YAML that two parsers read differently"
        "The spec is read by two parsers, which must agree. Write the place more plainly: quote texts, use spaces, avoid rare syntax."
    NotText "S009" "a file that is not UTF-8"
        "Save the file as UTF-8 without a byte order mark."
    UnknownKey "S010" "a key that the language does not know"
        "Every key of the language is listed in spec/README.md. An unknown one is an error, so that a typing mistake cannot lose a fact."
    MissingKey "S011" "a key that must be there"
        "Add the key. spec/README.md says what it means."
    WrongKind "S012" "a value of the wrong kind"
        "A text, a number, a list or a mapping stands where another of them is expected."
    EmptyText "S013" "a text with nothing in it"
        "Say it, or remove the key. Inside braces a comma ends a text that is not quoted."
    UnknownWord "S014" "a word outside a fixed list of words"
        "The message lists the words that are known at this place."
    MalformedName "S015" "a name in the wrong form"
        "Names become Rust names: fields, operations, sources and resources in small letters, digits and underscores; types like PostalAddress."
    MissingFile "S016" "a file of the spec is missing"
        "spec/plivo.yaml names the API, its hosts and how a caller identifies itself."
    FileName "S017" "a file and its resource with different names"
        "The resource `profile` stands in spec/resources/profile.yaml, so that it can be found."
    MalformedHost "S018" "a host that is no address"
        "A host is written as https://api.example.com: no path, no slash at the end, no user, and nothing but https."
    MalformedStatus "S019" "a status that is none of success"
        "`status` lists the statuses with which an operation succeeds: 200 to 299. Every other status is an error by itself."
    UnknownType "S020" "a type that does not exist"
        "The types are listed in spec/README.md. A type is always written and never guessed."
    UnknownField "S021" "a field that does not exist there"
        "Bodies, queries, answers, rules and examples name fields of the file, or of the request that they belong to."
    UnknownValue "S022" "a value that the enumeration does not list"
        "A condition asks for listed values, written as they travel."
    UnknownSource "S023" "a source that the file does not declare"
        "Who states a fact is declared under `sources` of the same file. Witnesses of contradictions are sources too."
    UnknownAnswer "S024" "an answer type that the file does not declare"
        "What an operation answers is declared under `answers` of the same file."
    UnknownExample "S025" "an example that the file does not hold"
        "Operations and contradictions name examples under `examples` of the same file."
    UnknownHost "S026" "a host that plivo.yaml does not declare"
        "Hosts are declared in spec/plivo.yaml. An operation that names none uses the first."
    UnusedExample "S027" "an example that no operation lists"
        "An example is tried with the operation that lists it. One that nobody lists would be a claim that nobody checks."
    UnknownFile "S028" "a file that is not part of a spec"
        "It would be ignored. A resource stands in spec/resources/<name>.yaml, an SDK in spec/sdks/<name>.yaml."
    DuplicateRoute "S030" "two operations that send the same request"
        "One of them is wrong, or they are one operation. Operations may share a path if they fix different query values with `fixed`."
    DuplicateName "S031" "two names that become one Rust name"
        "Wire names that differ in letter case or punctuation can meet in Rust. Rename one, or give it a Rust name."
    ReservedName "S032" "a name that the generated code or the client needs for itself"
        "Types of the client and of Rust, methods of the client, keys of contradictions, and the ids of findings cannot be taken."
    DuplicateValue "S033" "a value that stands twice in one enumeration"
        "Remove one of them."
    NamelessValue "S034" "a value that gives no name of a variant"
        "A value such as `<` or `1` needs a name: `\"<\": { rust: Less, summary: .. }`."
    DuplicateField "S035" "a request that carries one name twice"
        "Path, query and body of one operation share their names. Rename or remove one of the two."
    MalformedRequest "S040" "a request line that is not a method and a path"
        "Write `POST /v1/Account/{auth_id}/Thing/`: GET, POST, DELETE or PATCH, then fixed segments and whole segments in braces."
    PathParameter "S041" "a path parameter that is not declared, or not in the path"
        "A parameter in braces is the account, a field of the file, or declared under `path` of the operation."
    MisplacedKey "S042" "a key that has no meaning where it stands"
        "The message says where it belongs. A key that is silently ignored would be a fact that is silently lost."
    BodyOnGet "S043" "a GET request with a body"
        "Servers ignore it. Move the fields to `query`, or correct the method."
    ServerField "S044" "a request that carries what the server gives"
        "A field with `given_by: server` or `in: answers` is in answers only."
    AnswerType "S045" "a request with a type of answers"
        "Timestamps and decimals keep the text of an answer as it came. In a request the value is `type: string`."
    NotInPath "S046" "a value that fits into no path and no query"
        "A path or a query carries texts, numbers, truth values and enumerations."
    LimitOfAnotherType "S047" "a limit that does not go with the type"
        "Lengths and formats limit texts; `min` and `max` limit numbers."
    ListShape "S048" "an answer whose shape contradicts itself"
        "A list is written with `list` and `total`; an object under a key with `under`; a bare object with neither."
    MissingPage "S049" "a list without the key of its list"
        "An operation that lists says under which key the list stands, and which key of `meta` counts all objects, or `none`."
    ImpossibleLimit "S050" "limits that no value can meet"
        "The lower limit is above the upper one, or more is demanded than there is. Correct one of them."
    NoCollection "S051" "a collection that is not described"
        "Operations that create, read, list, update or delete work on stored objects: `object` names the answer that shows one, `id` the field that identifies it."
    IdNotInPath "S052" "an operation on one object whose path does not name it"
        "To read, update or delete an object, the path holds its `id`."
    EmptyRule "S053" "a rule that says nothing, or two things"
        "A rule has one of needs, may_skip, exactly_one_of, at_least_one_of and at_most_one_of."
    NeverHolds "S054" "a condition that never holds"
        "A condition lists the values for which the rule applies; it can ask for texts, enumerations and truth values."
    FixedInQuery "S055" "a query value that is both fixed and free"
        "A name stands either under `fixed`, with its value, or under `query`."
    EmptyEnumeration "S056" "an enumeration without values"
        "List its values, or make it `type: string`."
    NoOperation "S057" "a resource without operations"
        "A resource is what can be done with it."
    NoSource "S058" "a resource without a source"
        "Every fact is stated by somebody. Declare at least the page that is described."
    AnswerUse "S059" "a word of answers in a request, or of requests in an answer"
        "A request takes a field `required` or `optional`; an answer gives it `always` or `optional`."
    ExampleBroken "S060" "an example that its own description refuses"
        "A documented request must pass. If it is documented so, the fact is a warning: `enforce: warn`."
    WrongWarnings "S061" "an example that causes other warnings than it says"
        "`warns` lists every warning that the example causes, as `/pointer rule`."
    WrongSends "S062" "an example that goes out differently than it says"
        "`sends` lists the fields that go out differently: an empty text that is left out is null, a listed value is written as listed."
    StaleContradiction "S063" "a contradiction that its example does not show"
        "A contradiction names the value that an example holds at its field. If the example holds another, one of the two is wrong."
    WitnessInList "S064" "an example as a witness inside a list or a map"
        "No pointer leads there. Say it in words, or move the contradiction to the list."
    FieldExample "S065" "an example value that its own field refuses"
        "Correct the example or the limit. The simulator answers with this value."
    TooDeep "S066" "lists and mappings that are nested too deeply"
        "64 levels are allowed. Give the inner object fields of its own, or describe what is inside as `type: any`."
    TooLarge "S067" "something that is larger than any description of an API"
        "A file has at most 1 MiB and 25,000 keys and values, an enumeration 2,000 values, a name 100 characters; and what operations repeat has 4 MiB. Split the file, or shorten what the message names."
    TooMany "S068" "more problems than are shown"
        "The first 200 problems are shown and the others counted. Many of them often have one cause: correct what is shown and run it again."
    TooManyRequired "S069" "an object with very many required fields"
        "The compiler checks that each required field is given, and keeps a state for each. More than 100 would be too much for it: let the others be optional, or group them into objects."
    RecursiveType "S070" "an object that holds itself"
        "A struct of Rust that holds itself has no size. Through a list or a map it can: write `type: list, items: { type: Name }`."
    UnusedField "S071" "a field that nobody takes"
        "A warning. A field of the file that no operation and no answer takes is probably a slip of the pen. Use it or remove it."
    UnusedType "S072" "a type or an answer that nobody uses"
        "A warning. Nothing is of this type, or no operation gives this answer. Use it or remove it."
    UnusedSource "S073" "a source on which nothing rests"
        "A warning. No fact, no contradiction and no example names this source. Name it or remove it."
    ContradictsRequired "S074" "a rule that contradicts `required`"
        "A field that every request gives is not needed again, cannot be skipped, and decides what counts as one of several. Take it out of the rule, or make it optional."
    FileOutside "S075" "a file outside of a multipart body"
        "Files travel in the parts of a multipart body: the operation says `encoding: multipart`. No JSON body, path, query or answer holds one."
    DeferredAlways "S076" "an answer that comes later and is always there"
        "Where a field of the request puts the result off, the answer only confirms the order. Nothing else in it can be `always` there."
    AnswerBroken "S077" "a documented answer that its description does not fit"
        "The answer of an example is compared with the answer of its operation: every key is described, what is always there comes, and the kinds fit. A second kind that is known to come is `also`."
    WrongVerb "S078" "a verb that the method does not fit"
        "To read and to list is GET, to create and to update POST or PATCH, to delete DELETE. What is something else is `does: action`."
    UnknownOperation "S079" "an operation that does not exist"
        "An SDK's methods are listed by the operations that they perform, as in `profile.create`: the resource, a dot, the operation."
    ArgumentTwice "S080" "an argument that stands twice"
        "A method takes a field once, and `...` stands for all fields that have no argument of their own."
    DifferenceForm "S081" "a difference that does not say what is sent, or says it twice"
        "`otherwise` and `added` say with `sends` what goes out; `left_out` and `as_text` say it already. What is added is added whenever nothing stands there, and method and path are never left out."
    UnwrittenAnswer "S082" "an operation whose answer nobody has written down"
        "What creates, reads, lists, updates or deletes answers with the stored object. Every other operation answers with what the spec holds: the `answer` of one of its examples, or the `example` of each field of its answer. The simulator makes nothing up, so one of the two is there."
    OperationTwice "S083" "an operation that an SDK has and lacks"
        "It stands under `methods`, or with the reason under `lacks`."
}
