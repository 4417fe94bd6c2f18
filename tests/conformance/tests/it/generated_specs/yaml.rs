//! YAML as it is written: block mappings outside, one line for each thing inside, every text quoted and
//! every letter that is not plain escaped.

use std::fmt::Write;

/// How deep mappings take a line for each entry.
const BLOCKS: usize = 2;

#[derive(Clone, Debug)]
pub(crate) enum Yaml {
    /// A number, a truth value or nothing, as it stands.
    Plain(String),
    Text(String),
    List(Vec<Yaml>),
    Map(Vec<(String, Yaml)>),
}

/// A text.
pub(crate) fn text(text: impl Into<String>) -> Yaml {
    Yaml::Text(text.into())
}

/// A number or a truth value.
pub(crate) fn plain(value: impl ToString) -> Yaml {
    Yaml::Plain(value.to_string())
}

/// A mapping.
pub(crate) fn map<const N: usize>(entries: [(&str, Yaml); N]) -> Yaml {
    Yaml::Map(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

/// Texts in a list.
pub(crate) fn texts<'t>(texts: impl IntoIterator<Item = &'t str>) -> Yaml {
    Yaml::List(texts.into_iter().map(text).collect())
}

impl Yaml {
    /// With one more entry at its end.
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
            if level < BLOCKS && matches!(value, Self::Map(inside) if !inside.is_empty()) {
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
            _ => write!(out, "\\U{:08x}", u32::from(letter)).expect("a string takes everything"),
        }
    }
    out.push('"');
}
