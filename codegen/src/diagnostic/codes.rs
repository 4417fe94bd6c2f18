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
        "The spec is in spec/plivo.yaml, spec/types.yaml, spec/resources/ and spec/sdks/. The first and the third must exist. Check that the named file exists and that you may read it."
    Syntax "S002" "invalid YAML"
        "The message says where the parser stopped. The cause is often one line earlier: an open quote or bracket, a missing colon, or wrong indentation."
    Tab "S003" "a tab in the indentation"
        "YAML does not allow tabs in the indentation. Indent with spaces."
    DuplicateKey "S004" "a key occurs twice in one mapping"
        "Most YAML parsers keep one of the two values and do not report the other. Remove or rename one of the keys."
    Indirection "S005" "an anchor, an alias, a merge key or a tag"
        "Each part of the spec must be readable on its own. Write the value itself wherever it is used."
    SecondDocument "S006" "more than one YAML document in a file"
        "A file of the spec is one document. Move what follows `---` to a file of its own."
    Ambiguous "S007" "text that needs quotes"
        "Versions of YAML disagree about unquoted text. Some read NO and on as booleans, 012 and +1217 as numbers, and 2026-11-23 as a date. Quote such text: `values: [YES, \"NO\"]`. An `example` is text for every type, so a number there is quoted as well: `example: \"5000\"`."
    ParsersDiffer "S008" "YAML that two parsers read differently"
        "Two parsers read the spec and must agree. Use plain syntax: quoted text, spaces for indentation, and no rare constructs."
    NotText "S009" "a file that is not UTF-8"
        "Save the file as UTF-8 without a byte order mark."
    UnknownKey "S010" "an unknown key"
        "spec/README.md lists every key of the language. An unknown key is an error, so that a typing mistake cannot hide a fact. Inside braces, a comma ends unquoted text, and the rest becomes a key. Quote the whole text: `{ summary: \"Red, or nearly so.\" }`."
    MissingKey "S011" "a required key is missing"
        "Add the key. spec/README.md explains it and has an example."
    WrongKind "S012" "a value of the wrong kind"
        "The value is text, a number, a boolean, a list or a mapping, and another of these is expected. Numbers and booleans are written without quotes: `max: 20`, `required: true`."
    EmptyText "S013" "an empty value"
        "Write the value, or remove the key. Inside braces, a comma ends unquoted text. Quote text that contains a comma: `{ RED: \"Like blood, really.\" }`."
    UnknownWord "S014" "an unknown word"
        "The value of this key is one word of a fixed list. The message shows the list."
    MalformedName "S015" "an invalid name"
        "Most names become Rust names. Fields, operations, sources, resources and SDKs use lower-case letters, digits and underscores: `postal_address`. Types start with a capital letter: `PostalAddress`. A path of keys has one dot between two keys: `response.objects`."
    MissingFile "S016" "a file of the spec is missing"
        "spec/plivo.yaml names the API, its hosts and its authentication. Without it, nothing can be generated."
    FileName "S017" "a file whose name differs from its content"
        "The resource `profile` is in spec/resources/profile.yaml, and the SDK `python` in spec/sdks/python.yaml. Rename the file, or correct the name inside it."
    MalformedHost "S018" "an invalid host"
        "A host is `https://` and a name: `https://api.example.com`. It has no path, no slash at the end and no user."
    MalformedStatus "S019" "an invalid status"
        "The `status` of an operation lists its success statuses, from 200 to 299: `status: [200, 202]`. Every other status is an error and is not listed. The `status` of an example is that of its `answer`, from 200 to 599."
    UnknownType "S020" "an unknown type"
        "spec/README.md lists the types, such as `type: string`. Other names start with a capital letter and are declared: by a field with `name: Address`, under `types` or under `answers`."
    UnknownField "S021" "an unknown field"
        "Bodies, queries and answers name fields that are declared under `fields` of the same file. Rules, examples and SDK methods name fields of the request that they belong to. Correct the name, or declare the field."
    UnknownValue "S022" "an unknown value of an enumeration"
        "A condition compares a field with values that its enumeration lists. Write them exactly as they are listed: `when: { entity_type: PUBLIC }`."
    UnknownSource "S023" "an unknown source"
        "A source is declared under `sources` of the same file. The keys of a contradiction are sources too, except `examples`, `decision` and `note`."
    UnknownAnswer "S024" "an unknown answer"
        "The `type` of an operation's answer is declared under `answers` of the same file."
    UnknownExample "S025" "an unknown example"
        "Operations and contradictions name examples that are declared under `examples` of the same file."
    UnknownHost "S026" "an unknown host"
        "Hosts are declared under `hosts` in spec/plivo.yaml. An operation without `host` uses the first one."
    UnusedExample "S027" "an example that no operation lists"
        "An example is checked against the operation that lists it. Without such an operation, nothing checks it. Add it to the operation: `examples: [curl]`."
    UnknownFile "S028" "a file that is not part of a spec"
        "The generator would ignore this file. A resource is in spec/resources/<name>.yaml, and an SDK in spec/sdks/<name>.yaml. Move or rename the file."
    DuplicateRoute "S030" "two operations that send the same request"
        "Either one of them is wrong, or they are one operation. Operations may share method and path if they differ in their `fixed` query values: `fixed: { status: live }`."
    DuplicateName "S031" "two names that become the same Rust name"
        "Names that differ only in letter case or punctuation can become the same name in Rust. Rename one of them. A field can have a Rust name of its own: `rust: account_type`."
    ReservedName "S032" "a reserved name"
        "The client and Rust need some names for their types and methods, a contradiction needs the names of its own keys, and built-in rules have ids such as `max_length`. Choose another name."
    DuplicateValue "S033" "a value that occurs twice in one enumeration"
        "Remove one of the two."
    NamelessValue "S034" "a value without a variant name"
        "A value such as `<` or `1` cannot be turned into the name of a Rust variant. Name the variant: `\"<\": { rust: Less, summary: .. }`."
    DuplicateField "S035" "two fields of one request or answer with the same name"
        "A list of fields has each name once, with or without `!`. The fields of path, query and body of one operation have different names, and the data part is named like none of them. Remove or rename one of the two."
    MalformedRequest "S040" "an invalid `request`"
        "Write a method and a path: `POST /v1/Account/{account}/Thing/`. The methods are GET, POST, DELETE and PATCH. A segment of the path is either fixed text or one parameter in braces, and no parameter occurs twice."
    PathParameter "S041" "a path parameter that is not declared, or not in the path"
        "A parameter in braces is the account, a field under `fields`, or declared under `path` of the operation: `path: { code: { type: string, summary: A code. } }`."
    MisplacedKey "S042" "a key that is not allowed here"
        "The key exists, but it has no effect at this place, so the fact that it states would be lost. The message says where the key belongs."
    BodyOnGet "S043" "a GET request with a body"
        "Servers ignore the body of a GET request. Move the fields to `query`, or correct the method."
    ServerField "S044" "a request with a field that only the server sets"
        "A field with `given_by: server` or `in: answers` is in answers only. Remove the field from the request. If callers do send it, remove that key from the field instead."
    AnswerType "S045" "a request with a type that only answers can have"
        "The types `timestamp` and `decimal` keep the text of an answer unchanged, and a type under `answers` describes an answer. In a request, write `type: string`, or declare the object under `types`."
    NotInPath "S046" "a value that cannot be sent in a path or a query"
        "A path parameter is a `string`, an `integer`, a `number`, a `boolean` or an `enum`, or a list of these with a `delimiter`. A query parameter can also be a map of these with a `delimiter`."
    LimitOfAnotherType "S047" "a constraint that does not apply to the type"
        "`min_length`, `max_length` and `format` apply to strings. `min` and `max` apply to integers and numbers."
    ListShape "S048" "an answer with keys that contradict each other"
        "A list has `list` and `total`: `{ type: Tag, list: tags, total: total_count }`. If nothing counts all objects, write `total: none`. An object under a key has `under`: `{ type: Tag, under: tag }`. Any other answer has only `type`: `{ type: Tag }`."
    MissingPage "S049" "a list without the key of the list"
        "An operation with `does: list` names the key of the list and the key that counts all objects: `answer: { type: Tag, list: tags, total: total_count }`. If nothing counts them, write `total: none`."
    ImpossibleLimit "S050" "constraints that no value satisfies"
        "The minimum is greater than the maximum, or `at_least` is greater than the number of fields. Correct one of them."
    NoCollection "S051" "a resource without `object` or `id`"
        "Operations that create, read, list, update or delete work on stored objects. `object` names the answer that shows such an object, and `id` the field that identifies it: `object: Tag`, `id: tag_id`. A resource that stores nothing has neither, and each of its operations has `does: action`."
    IdNotInPath "S052" "an operation on one object without its id in the path"
        "To read, update or delete an object, the path contains its id: `GET /v1/Account/{account}/Tag/{tag_id}/`."
    EmptyRule "S053" "a rule without exactly one consequence"
        "A rule has exactly one of `needs`, `may_skip`, `exactly_one_of`, `at_least_one_of` and `at_most_one_of`, each with a list of fields: `needs: [stock_symbol]`."
    NeverHolds "S054" "a condition that can never hold"
        "A condition lists the values for which the rule applies: `when: { entity_type: PUBLIC }`. It can compare fields of the types `string`, `enum` and `boolean`."
    FixedInQuery "S055" "a query parameter that is both fixed and free"
        "A query parameter is either under `fixed`, with its value, or under `query`. Remove one of the two."
    EmptyEnumeration "S056" "an enumeration without values"
        "List the values: `values: [RED, GREEN]`. If they are not known, write `type: string`."
    NoOperation "S057" "a resource without operations"
        "A client can do nothing with such a resource. Add at least one operation under `operations`."
    NoSource "S058" "a resource without sources"
        "Every fact has a source. Declare at least the page that the file describes: `page: { says: \"the page \\\"Tags\\\"\", enforce: error }`."
    ExampleBroken "S060" "an example that breaks the rules of its operation"
        "A documented request must be valid. Correct the example or the description. If both are as documented, a violation of this fact is a warning: add `enforce: warn` to the fact, and list the warning under `warns` of the example."
    WrongWarnings "S061" "an example whose `warns` is wrong"
        "`warns` lists exactly the warnings that the example causes, each as a JSON pointer, a space and the id of a rule: `warns: [/authorized_contact/phone format]`."
    WrongSends "S062" "an example whose `sends` is wrong"
        "`sends` lists exactly the fields that are sent with another value than the request of the example has. A listed value is sent in the letter case of its list. A field that is not sent is `null`: `sends: { customer_type: RESELLER, plivo_subaccount: null }`."
    StaleContradiction "S063" "a contradiction that its example does not show"
        "Under `examples`, a contradiction states the value of its field in each named example. The example has another value, so one of the two is wrong."
    WitnessInList "S064" "a contradiction with `examples` inside a list or a map"
        "A field inside a list or a map can have several values in one example, so `examples` cannot state its value. Describe the examples in words, or move the contradiction to the field that holds the list or the map."
    FieldExample "S065" "a field whose `example` breaks its own constraints"
        "The documentation and the simulator show this value. Correct the example or the constraint."
    TooDeep "S066" "lists and mappings that are nested too deeply"
        "At most 64 levels are allowed. Declare inner objects under `types` and refer to them by name, or write `type: any`."
    TooLarge "S067" "something that is too large"
        "A file has at most 1 MiB and 25,000 keys and values, an enumeration has 2,000 values, and a name has 100 characters. The fields of all operations and answers of a resource have at most 4 MiB of text together. Split the file, or shorten what the message names."
    TooMany "S068" "more problems than are shown"
        "The first 200 problems are shown, and the others are counted. Many problems often have one cause. Correct those that are shown, and run the command again."
    TooManyRequired "S069" "an object with too many required fields"
        "The compiler tracks each required field of a request in the type of its builder. More than 100 of them take it too long. Make some fields optional, or group them into objects."
    RecursiveType "S070" "a type that contains itself"
        "A Rust struct that contains itself would be infinitely large. A list or a map of the type is possible: `type: list, items: { type: Component }`."
    UnusedField "S071" "a field that nothing uses"
        "This is a warning. No operation and no answer uses the field, so its name may be misspelled somewhere. Use it or remove it."
    UnusedType "S072" "a type or an answer that nothing uses"
        "This is a warning. No field has this type, and no operation has this answer. Use it or remove it."
    UnusedSource "S073" "a source that nothing uses"
        "This is a warning. No fact, contradiction or example names this source. Use it or remove it."
    ContradictsRequired "S074" "a rule that contradicts or repeats `required`"
        "A required field is in every request. A rule cannot require it again or make it optional, and it decides any rule that counts fields. Remove the field from the rule, or make it `optional` in the operation."
    FileOutside "S075" "a file outside of a multipart body"
        "Only a multipart body can contain files. Add `encoding: multipart` to the operation. JSON bodies, paths, queries, maps and answers cannot contain files."
    DeferredAlways "S076" "a deferred answer with a field that is `always` present"
        "If the request has the field of `deferred_by`, the answer only confirms the order, and the result is sent later. So no field of the answer is `always` present. Make all of them `optional`."
    AnswerBroken "S077" "a documented answer that does not match its description"
        "The `answer` of an example must match the answer of its operation. Every key is described, every `always` field is present, and every value has the described type. If a field is known to have two types, add the second one: `also: string`."
    WrongVerb "S078" "a method that does not fit `does`"
        "`read` and `list` use GET, `create` and `update` use POST or PATCH, and `delete` uses DELETE. Correct the method or `does`. Everything else is `does: action`."
    UnknownOperation "S079" "an unknown operation"
        "An SDK lists its methods by the operation that they perform: the name of the resource, a dot and the name of the operation, as in `profile.create`."
    ArgumentTwice "S080" "an argument that is listed twice"
        "`takes` lists each argument of the method once, in the order of its signature. `\"...\"` is one object with all fields that have no argument of their own."
    DifferenceForm "S081" "a difference with keys that contradict each other"
        "`otherwise` and `added` need `sends`: `{ sdk: added, sends: 5, why: .. }`. `left_out` and `as_text` do not have it. `added` applies where this client sends nothing, so it has no `when`. For `method` and `path`, only `otherwise` is possible."
    UnwrittenAnswer "S082" "an operation without an example of its answer"
        "The simulator answers only with data from the spec. An operation that creates, reads, lists, updates or deletes returns the stored object. Any other operation needs the `answer` of one of its examples, or an `example` for each field of its answer."
    OperationTwice "S083" "an operation in both `methods` and `lacks`"
        "An SDK either has a method for the operation, under `methods`, or has none, with the reason under `lacks`. Remove one of the two."
    UnknownResource "S094" "an unknown resource"
        "`parent` names a resource of another file, and the path parameter that names its object: `parent: { powerpack: number_pool_uuid }`."
    ParentInItself "S095" "a resource that contains itself"
        "The parents of a resource lead outwards: a powerpack contains numbers, and no number contains a powerpack. Remove one `parent`."
}
