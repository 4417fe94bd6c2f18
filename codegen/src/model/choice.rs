//! Choices: texts that name something in one of several ways.

use super::ids::Owner;
use super::position::Position;

/// A text in one of several forms, such as `uuid_{thing_uuid}` or `name_{friendly_name}`.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The Rust type, such as `ThingId`.
    pub name: String,
    /// The file that declares it.
    pub owner: Owner,
    /// Its summary, in Markdown.
    pub summary: String,
    /// The forms. No text has two of them.
    pub forms: Vec<Form>,
    /// Where the spec declares it.
    pub position: Position,
}

/// One form: a value with fixed text around it.
#[derive(Clone, Debug)]
pub struct Form {
    /// The Rust variant.
    pub ident: String,
    /// The Rust function that makes it.
    pub method: String,
    /// The fixed text before the value.
    pub prefix: String,
    /// The field of the named object that has the value.
    pub field: String,
    /// The fixed text after the value.
    pub suffix: String,
}

impl Choice {
    /// The form of a text, and the value in it. `None`: the text has none of the forms.
    pub fn read<'t>(&self, text: &'t str) -> Option<(&Form, &'t str)> {
        self.forms.iter().find_map(|form| {
            let value = text.strip_prefix(form.prefix.as_str())?.strip_suffix(form.suffix.as_str())?;
            (!value.is_empty()).then_some((form, value))
        })
    }

    /// The form whose value is this field of the named object.
    pub fn form_of(&self, field: &str) -> Option<&Form> {
        self.forms.iter().find(|form| form.field == field)
    }

    /// A text of the first form.
    pub fn example(&self) -> String {
        self.forms.first().map(|form| form.text("example")).unwrap_or_default()
    }
}

impl Form {
    /// The text with this value.
    pub fn text(&self, value: &str) -> String {
        format!("{}{value}{}", self.prefix, self.suffix)
    }

    /// The form as it is declared, such as `uuid_{thing_uuid}`.
    pub fn template(&self) -> String {
        self.text(&format!("{{{}}}", self.field))
    }
}
