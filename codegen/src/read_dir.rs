//! Reads a spec directory. No other code in this crate touches files.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::limits;
use crate::spec_file::SpecFile;

/// Reads `plivo.yaml`, `types.yaml` if it is there, `resources/*.yaml`, and `examples/*.yaml` and `sdks/*.yaml` if
/// there are any, of a spec directory, ordered by name.
///
/// # Errors
///
/// A file or directory that cannot be read, that is not UTF-8, or that is not part of a spec.
pub fn read_dir(spec: &Path) -> Result<Vec<SpecFile>, Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    let mut files = Vec::new();
    if let Err(error) = fs::read_dir(spec) {
        diagnostics.push(unreadable(&spec.display().to_string(), &error.to_string()));
        return Err(diagnostics);
    }
    let names = names(spec, "spec", &mut diagnostics);
    for name in &names {
        match name.as_str() {
            "plivo.yaml" | "types.yaml" => {
                read_file(&spec.join(name), &format!("spec/{name}"), &mut files, &mut diagnostics);
            }
            "resources" | "examples" | "sdks" | "schema" | "README.md" => {}
            _ => diagnostics.push(unknown(&format!("spec/{name}"))),
        }
    }
    read_files(spec, "resources", &mut files, &mut diagnostics);
    for directory in ["examples", "sdks"] {
        if names.iter().any(|name| name == directory) {
            read_files(spec, directory, &mut files, &mut diagnostics);
        }
    }
    diagnostics.into_result(files).map(|(files, _)| files)
}

/// Reads every file of a directory of the spec.
fn read_files(spec: &Path, directory: &str, files: &mut Vec<SpecFile>, diagnostics: &mut Diagnostics) {
    for name in names(&spec.join(directory), &format!("spec/{directory}"), diagnostics) {
        let path = format!("spec/{directory}/{name}");
        if name.ends_with(".yaml") {
            read_file(&spec.join(directory).join(name), &path, files, diagnostics);
        } else {
            diagnostics.push(unknown(&path));
        }
    }
}

/// The names in a directory, sorted, without hidden ones.
fn names(directory: &Path, path: &str, diagnostics: &mut Diagnostics) -> Vec<String> {
    let entries = match fs::read_dir(directory) {
        Ok(entries) => entries,
        Err(error) => {
            diagnostics.push(unreadable(path, &error.to_string()));
            return Vec::new();
        }
    };
    let mut names = Vec::new();
    for entry in entries {
        match entry {
            Ok(entry) => names.push(entry.file_name().to_string_lossy().into_owned()),
            Err(error) => diagnostics.push(unreadable(path, &error.to_string())),
        }
    }
    names.retain(|name| !name.starts_with('.'));
    names.sort();
    names
}

fn unknown(path: &str) -> Diagnostic {
    Diagnostic::new(Code::UnknownFile, format!("`{path}` is not part of a spec")).help(
        "move or rename it: a resource is in `spec/resources/<name>.yaml`, its examples in \
             `spec/examples/<name>.yaml`, an SDK in `spec/sdks/<name>.yaml`",
    )
}

fn read_file(file: &Path, path: &str, files: &mut Vec<SpecFile>, diagnostics: &mut Diagnostics) {
    match bytes(file) {
        Ok(bytes) if bytes.len() > limits::BYTES => diagnostics.push(Diagnostic::file_too_large(path)),
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => files.push(SpecFile::new(path, text)),
            Err(_) => diagnostics
                .push(Diagnostic::new(Code::NotText, format!("`{path}` is not UTF-8")).help("save it as UTF-8")),
        },
        Err(error) => diagnostics.push(unreadable(path, &error.to_string())),
    }
}

/// The bytes of a file, but at most one more than a file may have. Only regular files are opened: reading a pipe or a
/// device may never end.
fn bytes(file: &Path) -> io::Result<Vec<u8>> {
    if !fs::metadata(file)?.is_file() {
        return Err(io::Error::other("not a regular file"));
    }
    let mut bytes = Vec::new();
    File::open(file)?.take(limits::BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn unreadable(path: &str, reason: &str) -> Diagnostic {
    Diagnostic::new(Code::Unreadable, format!("`{path}` cannot be read: {reason}"))
        .help("a spec directory contains `plivo.yaml` and `resources/`, with one file for each resource")
}
