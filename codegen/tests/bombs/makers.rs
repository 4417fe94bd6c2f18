//! Texts that try to make the generator take for ever, take all memory, or run out of stack.
//!
//! Each function makes one kind of bomb; its argument is how often the dangerous thing is repeated.

use std::fmt::Display;

/// The name of a bomb, its maker, and a size that would be dangerous, or is as large as the limits allow.
pub(crate) type Bomb = (&'static str, fn(usize) -> String, usize);

/// Every bomb.
pub(crate) const ALL: [Bomb; 43] = [
    ("flow lists that stay open", open_lists, 100_000),
    ("flow lists", nested_lists, 100_000),
    ("flow maps that stay open", open_maps, 100_000),
    ("flow maps", nested_maps, 100_000),
    ("block lists on one line", block_lists, 100_000),
    ("keys of keys", nested_keys, 100_000),
    ("block maps", block_maps, 1_400),
    ("objects in objects", nested_objects, 5_000),
    ("objects that require two others", doubling_objects, 40),
    ("lists of lists", lists_of_lists, 20_000),
    ("billion laughs", billion_laughs, 30),
    ("anchors", anchors, 100_000),
    ("a scalar", long_scalar, 10_000_000),
    ("a quoted scalar", long_quoted_scalar, 10_000_000),
    ("a line of words", long_line, 2_000_000),
    ("a comment", long_comment, 10_000_000),
    ("list items", list_items, 1_000_000),
    ("keys", keys, 200_000),
    ("one key again and again", same_keys, 100_000),
    ("unknown keys", unknown_keys, 12_000),
    ("fields", fields, 400),
    ("required fields", required_fields, 1_000),
    ("unknown fields", unknown_fields, 500),
    ("long names", long_names, 4),
    ("long names of fields", long_field_names, 100_000),
    ("values", values, 20_000),
    ("one value again and again", same_values, 20_000),
    ("conditions on many values", conditions, 19),
    ("items that are not listed", unlisted_items, 1_900),
    ("operations", operations, 100),
    ("operations that repeat a text", repeated_text, 1_000),
    ("operations that repeat data", repeated_data, 500),
    ("operations that repeat a source", repeated_source, 1_000),
    ("segments of a path", segments, 60_000),
    ("examples", examples, 2_000),
    ("one example again and again", same_example, 5_000),
    ("witnesses of a large example", witnesses, 1_000),
    ("rules", rules, 300),
    ("one rule of many fields and values", large_rule, 5_000),
    ("backticks", backticks, 100_000),
    ("marks of lists", marks, 50_000),
    ("objects in a list", empty_objects, 2_000),
    ("answers of many examples", many_examples, 500),
];

const HEAD: &str = "resource: thing
plural: things
summary: A thing.
sources: { page: { says: a page, enforce: error } }
";

const ANSWERS: &str = "answers: { Done: { summary: It is done., fields: [] } }\n";

/// Lines, made of their numbers.
fn lines<T: Display>(count: usize, line: impl Fn(usize) -> T) -> String {
    (0..count).map(|number| format!("{}\n", line(number))).collect()
}

/// A resource with one operation; `more` stands in the operation.
fn resource(fields: &str, more: &str) -> String {
    let operation = "put: { does: action, summary: Puts., request: POST /v1/Thing/, answer: { type: Done }";
    format!("{HEAD}fields:\n{fields}operations:\n  {operation}{more} }}\n{ANSWERS}")
}

/// An example of the first type that sets everything has 2^depth objects.
fn doubling_objects(depth: usize) -> String {
    let types = lines(depth, |number| {
        let next = |name| format!("{name}!: {{ type: Level{}, summary: Next. }}", number + 1);
        format!("  Level{number}: {{ type: object, summary: A., fields: {{ {}, {} }} }}", next("left"), next("right"))
    });
    let last =
        format!("  Level{depth}: {{ type: object, summary: A., fields: {{ a: {{ type: string, summary: A. }} }} }}\n");
    let fields = "  top: { type: Level0, summary: The first. }\n";
    resource(fields, ", body: [top!]").replace("fields:\n  top", &format!("types:\n{types}{last}fields:\n  top"))
}

fn open_lists(depth: usize) -> String {
    "[".repeat(depth)
}

fn nested_lists(depth: usize) -> String {
    format!("{HEAD}fields: {}{}\n", "[".repeat(depth), "]".repeat(depth))
}

fn open_maps(depth: usize) -> String {
    "{a: ".repeat(depth)
}

fn nested_maps(depth: usize) -> String {
    format!("{HEAD}fields: {}{}\n", "{a: ".repeat(depth), "}".repeat(depth))
}

fn block_lists(depth: usize) -> String {
    format!("{}a\n", "- ".repeat(depth))
}

fn nested_keys(depth: usize) -> String {
    format!("{}a\n", "? ".repeat(depth))
}

fn block_maps(depth: usize) -> String {
    lines(depth, |level| format!("{}a:", " ".repeat(level)))
}

fn nested_objects(depth: usize) -> String {
    let open: String = (0..depth)
        .map(|level| format!("a: {{ type: object, name: Part{level}, summary: A part., fields: {{ "))
        .collect();
    resource(&format!("  {open}b: {{ type: any, summary: Inside. }}{}\n", " } }".repeat(depth)), ", body: [a]")
}

fn lists_of_lists(depth: usize) -> String {
    let open = "items: { type: list, ".repeat(depth);
    let field = format!("  a: {{ type: list, summary: Lists., {open}items: {{ type: any }}{} }}\n", " }".repeat(depth));
    resource(&field, ", body: [a]")
}

fn billion_laughs(depth: usize) -> String {
    let lines = lines(depth, |level| format!("a{}: &a{} [*a{level}, *a{level}, *a{level}]", level + 1, level + 1));
    format!("a0: &a0 [lol]\n{lines}")
}

fn anchors(count: usize) -> String {
    format!("{HEAD}fields: [{}]\n", "&a a, ".repeat(count))
}

fn long_scalar(length: usize) -> String {
    format!("{HEAD}object: {}\n", "a".repeat(length))
}

fn long_quoted_scalar(length: usize) -> String {
    format!("{HEAD}object: \"{}\"\n", "a".repeat(length))
}

fn long_line(words: usize) -> String {
    format!("{HEAD}operations: {{ put: {{ summary: {}, does: nothing }} }}\n", "word ".repeat(words))
}

fn long_comment(length: usize) -> String {
    format!("# {}\n{HEAD}", "a".repeat(length))
}

fn list_items(count: usize) -> String {
    format!("{HEAD}fields: [{}]\n", "a,".repeat(count))
}

fn keys(count: usize) -> String {
    format!("{HEAD}fields:\n{}", lines(count, |number| format!("  a{number}: ~")))
}

fn same_keys(count: usize) -> String {
    format!("{HEAD}fields:\n{}", "  a: ~\n".repeat(count))
}

fn unknown_keys(count: usize) -> String {
    format!("{HEAD}{}", lines(count, |number| format!("unknown_{number}: a")))
}

fn fields(count: usize) -> String {
    let fields =
        lines(count, |number| format!("  field_{number}: {{ type: string, summary: A field., max_length: 9 }}"));
    let taken: String = (0..count).map(|number| format!("field_{number}, ")).collect();
    resource(&fields, &format!(", body: [{taken}]"))
}

fn required_fields(count: usize) -> String {
    let fields = lines(count, |number| format!("  field_{number}: {{ type: any, summary: A field. }}"));
    let taken: String = (0..count).map(|number| format!("field_{number}!, ")).collect();
    resource(&fields, &format!(", body: [{taken}]"))
}

fn unknown_fields(count: usize) -> String {
    let fields = lines(count, |number| format!("  field_{number}: {{ type: any, summary: A field. }}"));
    let taken: String = (0..count).map(|number| format!("feild_{number}, ")).collect();
    resource(&fields, &format!(", body: [{taken}]"))
}

fn long_names(count: usize) -> String {
    let long = "name".repeat(40_000);
    let fields = lines(count, |number| format!("  ? {long}{number}\n  : {{ type: any, summary: A field. }}"));
    let rule = format!(", rules: {{ one: {{ needs: [{long}], summary: A rule. }} }}");
    resource(&fields, &format!(", body: [{long}a]{rule}"))
}

fn long_field_names(length: usize) -> String {
    let name = "a".repeat(length);
    operations(1_000).replace("type: any", &format!("type: any, rust: {name}"))
}

fn values(count: usize) -> String {
    let values: String = (0..count).map(|number| format!("V{number}, ")).collect();
    let field = format!("  a: {{ type: enum, name: Listed, summary: Listed., values: [{values}] }}\n");
    resource(&field, ", body: [a]")
}

fn same_values(count: usize) -> String {
    let field = format!("  a: {{ type: enum, name: Listed, summary: Listed., values: [{}] }}\n", "A, ".repeat(count));
    resource(&field, ", body: [a]")
}

fn conditions(count: usize) -> String {
    let values: String = (0..100 * count).map(|number| format!("V{number}, ")).collect();
    let field = format!("  a: {{ type: enum, name: Listed, summary: Listed., values: [{values}] }}\n");
    let rule = |number| format!("rule_{number}: {{ when: {{ a: [V{number}, V0] }}, needs: [a], summary: A rule. }}, ");
    let rules: String = (0..count).map(rule).collect();
    resource(&field, &format!(", body: [a], rules: {{ {rules} }}"))
}

fn unlisted_items(count: usize) -> String {
    let values: String = (0..count).map(|number| format!("V{number}, ")).collect();
    let items: String = (0..count).map(|number| format!("W{number}, ")).collect();
    let listed = format!("items: {{ type: enum, name: Listed, summary: Listed., values: [{values}] }}");
    let field = format!("  a: {{ type: list, summary: Listed., enforce: warn, {listed} }}\n");
    let example = format!("examples: {{ one: {{ request: {{ a: [{items}] }} }} }}\n");
    resource(&field, ", body: [a], examples: [one]") + &example
}

fn operations(count: usize) -> String {
    let line = |number| {
        let request = format!("request: POST /v1/Thing/{number}/, body: [a!]");
        format!("  put_{number}: {{ does: action, summary: Puts., {request}, answer: {{ type: Done }} }}")
    };
    let field = "fields: { a: { type: any, summary: A field. } }";
    format!("{HEAD}{field}\noperations:\n{}{ANSWERS}", lines(count, line))
}

fn repeated_text(count: usize) -> String {
    operations(count).replace("summary: A field.", &format!("summary: {}", "word ".repeat(100_000).trim()))
}

fn repeated_data(count: usize) -> String {
    let data = format!("{{ one: [{}] }}", "1, ".repeat(5_000));
    let field = format!("summary: A field., contradictions: [{{ page: Says so., examples: {data}, decision: No. }}]");
    let request = format!("{{ request: {{ a: [{}] }} }}", "1, ".repeat(5_000));
    operations(count).replace("summary: A field.", &field) + &format!("examples: {{ one: {request} }}\n")
}

fn repeated_source(count: usize) -> String {
    let name = "a".repeat(100_000);
    fields(count).replace("page: {", &format!("? {name} : {{"))
}

fn segments(count: usize) -> String {
    let path: String = (0..count).map(|number| format!("{{a{number}}}/")).collect();
    resource("  a: { type: string, summary: A field. }\n", "").replace("POST /v1/Thing/", &format!("\"POST /{path}\""))
}

fn examples(count: usize) -> String {
    let field = "  a: { type: any, summary: A field. }\n";
    let names: String = (0..count).map(|number| format!("e{number}, ")).collect();
    let examples = lines(count, |number| format!("  e{number}: {{ request: {{ a: b }} }}"));
    resource(field, &format!(", body: [a], examples: [{names}]")) + &format!("examples:\n{examples}")
}

fn same_example(count: usize) -> String {
    let field = "  a: { type: any, summary: A field. }\n";
    let listed = "one, ".repeat(count);
    let request = format!("examples: {{ one: {{ request: {{ a: [{}] }} }} }}\n", "1, ".repeat(count));
    resource(field, &format!(", body: [a], examples: [{listed}]")) + &request
}

fn witnesses(count: usize) -> String {
    let contradiction = "{ page: Says so., examples: { one: ~ }, decision: No. }, ".repeat(count);
    let field = format!("  a: {{ type: any, summary: A field., contradictions: [{contradiction}] }}\n");
    let request = format!("examples: {{ one: {{ request: {{ b: [{}] }} }} }}\n", "1, ".repeat(10 * count));
    resource(&field, ", body: [a, b: { type: any, summary: B. }], examples: [one]") + &request
}

fn rules(count: usize) -> String {
    let fields = lines(count, |number| format!("  f{number}: {{ type: any, summary: A field. }}"));
    let taken: String = (0..count).map(|number| format!("f{number}, ")).collect();
    let rules: String =
        (0..count).map(|number| format!("r{number}: {{ needs: [f{number}], summary: A rule. }}, ")).collect();
    resource(&fields, &format!(", body: [{taken}], rules: {{ {rules} }}"))
}

fn large_rule(count: usize) -> String {
    let fields = lines(count / 4, |number| format!("  f{number}: {{ type: any, summary: A field. }}"));
    let names: String = (0..count / 4).map(|number| format!("f{number}, ")).collect();
    let values: String = (0..count).map(|number| format!("v{number}, ")).collect();
    let kind = "kind: { type: string, summary: A kind. }";
    let body = format!("[{names}{kind}]");
    let rule = format!("{{ when: {{ kind: [{values}] }}, needs: [{names}], summary: A rule. }}");
    let example = "examples: { one: { request: { kind: v1 } } }\n";
    resource(&fields, &format!(", body: {body}, rules: {{ all: {rule} }}, examples: [one]")) + example
}

fn backticks(count: usize) -> String {
    resource(&format!("  a: {{ type: any, summary: \"{}\" }}\n", "`a".repeat(count)), ", body: [a]")
}

fn marks(count: usize) -> String {
    resource(&format!("  a: {{ type: any, summary: \"{}\" }}\n", "a - ".repeat(count)), ", body: [a]")
}

fn empty_objects(count: usize) -> String {
    let inside = (0..count / 4).map(|number| format!("f{number}: {{ type: any, summary: A field. }}, "));
    let items = format!("{{ type: object, name: Part, fields: {{ {} }} }}", inside.collect::<String>());
    let example = format!("examples: {{ one: {{ request: {{ a: [{}] }} }} }}\n", "{}, ".repeat(count));
    let field = format!("  a: {{ type: list, summary: Parts., items: {items} }}\n");
    resource(&field, ", body: [a], examples: [one]") + &example
}

fn many_examples(count: usize) -> String {
    let example = "a".repeat(1_000);
    let inner = |number| format!("      - f{number}: {{ type: string, summary: A text., example: {example} }}");
    let outer = |number| format!("      - f{number}: {{ type: list, items: {{ type: Inner }}, summary: A list. }}");
    let operation = |number| {
        let request = format!("POST /v1/Thing{number}/");
        format!("  put_{number}: {{ does: action, summary: Puts., request: {request}, answer: {{ type: Outer }} }}")
    };
    let answer = |name, fields| format!("  {name}:\n    summary: An answer.\n    fields:\n{fields}");
    let field = "fields: { last: { type: string, summary: It is always there. } }\n";
    let answers = answer("Outer", lines(count, outer) + "      - last!\n") + &answer("Inner", lines(count, inner));
    format!("{HEAD}{field}operations:\n{}answers:\n{answers}", lines(count, operation))
}
