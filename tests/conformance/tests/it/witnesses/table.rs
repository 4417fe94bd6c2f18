//! The published table.

use plivo_conformance::witnesses::{Run, Verdict, table};

use super::spec;

#[test]
fn the_table_lists_operations_rules_differences_and_missing_methods() {
    let model = spec();
    let verdict = Verdict { requests: 3, ..Verdict::default() };
    let operations = vec![("thing.paint".to_owned(), vec![Some(verdict)]), ("thing.wash".to_owned(), vec![None])];
    let page = table(&model, &Run { operations, problems: Vec::new() });
    let expected = "\
| operation | PyPI `things` 1.2.3 |
|---|---|
| `thing.paint` | `things.paint`: 3 requests, equal except `/size`, `/label`, `path`, `/sdk` |
| `thing.wash` | not available |

## PyPI `things` 1.2.3

A made-up SDK.

Rules:

- `empty_text`: What is not given is an empty text.
- `letter_case`: Listed values go out as they are given.
- `empty_body`: No body is an empty object.

Known differences:

- `thing.paint`, `/size`, sent as a string: It makes texts of numbers.
- `thing.paint`, `/label`, omitted when it is `\"none\"`: It thinks that this is nothing.
- `thing.paint`, `path`, sent as `\"/v1/Account/{account}/Thing/{name}\"`: It forgets the slash.
- `thing.paint`, `/sdk`, added as `\"made up\"`: Its own name.

Not available:

- `thing.wash`: It came later.
";
    assert!(page.ends_with(expected), "{page}");
}
