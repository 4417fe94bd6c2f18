//! The published table.

use plivo_codegen::model::SdkRule;
use plivo_conformance::witnesses::{Run, Verdict, table};

use super::spec;

#[test]
fn the_table_lists_operations_rules_differences_and_missing_methods() {
    let model = spec();
    let needed = [(SdkRule::MissingArgument, ["/title".to_owned()].into())].into();
    let verdict = Verdict { requests: 3, needed, ..Verdict::default() };
    let operations = vec![("thing.paint".to_owned(), vec![Some(verdict)]), ("thing.wash".to_owned(), vec![None])];
    let page = table(&model, &Run { operations, problems: Vec::new() });
    let expected = "\
| SDK | operations | requests | known differences | causes |
|---|---|---|---|---|
| PyPI `things` 1.2.3 | 1 of 2 | 3 | 5 | 5 |

## PyPI `things` 1.2.3

A made-up SDK.

Differences without a meaning, in any operation:

- What is not given is an empty text.
- Listed values go out as they are given.
- No body is an empty object.

Known differences, by cause:

| cause | the SDK's value is | where |
|---|---|---|
| Its own name. | added as `\"made up\"` | `thing.paint` `/sdk` |
| There is no argument. | omitted | `thing.paint` `/title` |
| It thinks that this is nothing. | omitted when it is `\"none\"` | `thing.paint` `/label` |
| It forgets the slash. | sent as `\"/v1/Account/{account}/Thing/{name}\"` | `thing.paint` `path` |
| It makes texts of numbers. | sent as a string | `thing.paint` `/size` |

Not available:

- `thing.wash`: It came later.

## Methods

| operation | PyPI `things` 1.2.3 |
|---|---|
| `thing.paint` | `things.paint` |
| `thing.wash` | - |
";
    assert!(page.ends_with(expected), "{page}");
}
