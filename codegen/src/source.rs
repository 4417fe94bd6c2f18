//! Spec files. Reading a spec directory is the one place in this crate that touches files.

use std::fs;
use std::path::Path;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};

/// One file of the spec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its path from the root of the project, with `/` between the parts.
    pub path: String,
    /// Its text.
    pub text: String,
}

impl Source {
    /// A source from its path and text.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: path.into(), text: text.into() }
    }

    /// The file name without `.yaml`.
    pub(crate) fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or(&self.path);
        name.strip_suffix(".yaml").unwrap_or(name)
    }

    pub(crate) fn is_resource(&self) -> bool {
        self.path.contains("/resources/")
    }
}

/// Reads `plivo.yaml` and `resources/*.yaml` of a spec directory, ordered by name.
///
/// # Errors
///
/// A file or directory that cannot be read, or that is not UTF-8.
pub fn read_dir(spec: &Path) -> Result<Vec<Source>, Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    let mut sources = Vec::new();
    read_file(&spec.join("plivo.yaml"), "spec/plivo.yaml", &mut sources, &mut diagnostics);
    let resources = spec.join("resources");
    match fs::read_dir(&resources) {
        Err(error) => diagnostics.push(unreadable("spec/resources", &error.to_string())),
        Ok(entries) => {
            let mut names: Vec<_> = entries.flatten().map(|entry| entry.file_name()).collect();
            names.sort();
            for name in names {
                let Some(name) = name.to_str().filter(|name| name.ends_with(".yaml")) else { continue };
                let path = format!("spec/resources/{name}");
                read_file(&resources.join(name), &path, &mut sources, &mut diagnostics);
            }
        }
    }
    diagnostics.into_result(sources)
}

fn read_file(file: &Path, path: &str, sources: &mut Vec<Source>, diagnostics: &mut Diagnostics) {
    match fs::read_to_string(file) {
        Ok(text) => sources.push(Source::new(path, text)),
        Err(error) => diagnostics.push(unreadable(path, &error.to_string())),
    }
}

fn unreadable(path: &str, reason: &str) -> Diagnostic {
    Diagnostic::new(Code::Unreadable, format!("`{path}` cannot be read: {reason}"))
        .help("a spec directory holds `plivo.yaml` and a directory `resources` with one UTF-8 file a resource")
}
