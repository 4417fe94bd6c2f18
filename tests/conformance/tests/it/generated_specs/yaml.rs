//! Writes YAML: block mappings at the top levels, flow style below, every string quoted and every character outside
//! printable ASCII escaped.

use std::fmt::Write;

/// The number of levels in block style.
const BLOCK_LEVELS: usize = 2;

#[derive(Clone, Debug)]
pub(crate) enum Yaml {
    /// An unquoted scalar: a number, a boolean or null.
    Plain(String),
    Text(String),
    List(Vec<Yaml>),
    Map(Vec<(String, Yaml)>),
}

/// A quoted string.
pub(crate) fn text(text: impl Into<String>) -> Yaml {
    Yaml::Text(text.into())
}

/// A number or a boolean.
pub(crate) fn plain(value: impl ToString) -> Yaml {
    Yaml::Plain(value.to_string())
}

/// A mapping.
pub(crate) fn map<const N: usize>(entries: [(&str, Yaml); N]) -> Yaml {
    Yaml::Map(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

/// A list of strings.
pub(crate) fn texts<'t>(texts: impl IntoIterator<Item = &'t str>) -> Yaml {
    Yaml::List(texts.into_iter().map(text).collect())
}

impl Yaml {
    /// Appends an entry to a mapping.
    pub(crate) fn with(mut self, key: &str, value: Yaml) -> Self {
        if let Self::Map(entries) = &mut self {
            entries.push((key.to_owned(), value));
        }
        self
    }

    /// The value of a key.
    pub(crate) fn entry(&self, key: &str) -> Option<&Self> {
        let Self::Map(entries) = self else { return None };
        entries.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// The keys of a mapping.
    pub(crate) fn keys(&self) -> Vec<String> {
        let Self::Map(entries) = self else { return Vec::new() };
        entries.iter().map(|(name, _)| name.clone()).collect()
    }

    /// As a file.
    pub(crate) fn file(&self) -> String {
        let mut file = String::new();
        self.write_block(0, &mut file);
        file
    }

    fn write_block(&self, level: usize, out: &mut String) {
        let Self::Map(entries) = self else { return };
        for (key, value) in entries {
            out.push_str(&"  ".repeat(level));
            write_quoted(key, out);
            out.push(':');
            if level < BLOCK_LEVELS && matches!(value, Self::Map(inside) if !inside.is_empty()) {
                out.push('\n');
                value.write_block(level + 1, out);
            } else {
                out.push(' ');
                value.write_flow(out);
                out.push('\n');
            }
        }
    }

    fn write_flow(&self, out: &mut String) {
        match self {
            Self::Plain(value) => out.push_str(value),
            Self::Text(text) => write_quoted(text, out),
            Self::List(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    out.push_str(if index > 0 { ", " } else { "" });
                    item.write_flow(out);
                }
                out.push(']');
            }
            Self::Map(entries) => {
                out.push('{');
                for (index, (key, value)) in entries.iter().enumerate() {
                    out.push_str(if index > 0 { ", " } else { " " });
                    write_quoted(key, out);
                    out.push_str(": ");
                    value.write_flow(out);
                }
                out.push_str(" }");
            }
        }
    }
}

fn write_quoted(text: &str, out: &mut String) {
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            ' '..='~' => out.push(letter),
            _ => write!(out, "\\U{:08x}", u32::from(letter)).expect("writing to a string cannot fail"),
        }
    }
    out.push('"');
}
