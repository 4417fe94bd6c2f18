//! Embeds the spec of the project, so that the simulator needs no file of the checkout at run time.

use std::error::Error;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// The spec directory, relative to the manifest.
const SPEC: &str = "../../spec";

fn main() -> Result<(), Box<dyn Error>> {
    let spec = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join(SPEC);
    writeln!(io::stdout(), "cargo::rerun-if-changed={}", spec.display())?;
    let mut files = Vec::new();
    collect(&spec, "spec", &mut files)?;
    files.sort();
    let entries = files.iter().map(|(name, path)| format!("({name:?}, include_str!({path:?})),\n"));
    let array = format!("[\n{}]\n", entries.collect::<String>());
    let out = PathBuf::from(env::var("OUT_DIR")?).join("spec_files.rs");
    fs::write(&out, array).map_err(|error| format!("{}: {error}", out.display()))?;
    Ok(())
}

/// Collects the YAML files of a directory: their names in the spec, and their paths.
fn collect(directory: &Path, name: &str, files: &mut Vec<(String, PathBuf)>) -> Result<(), Box<dyn Error>> {
    let at_directory = |error| format!("{}: {error}", directory.display());
    for entry in fs::read_dir(directory).map_err(at_directory)? {
        let path = entry.map_err(at_directory)?.path();
        let file_name = path.file_name().unwrap_or_default().to_string_lossy();
        let name = format!("{name}/{file_name}");
        if path.is_dir() {
            collect(&path, &name, files)?;
        } else if name.ends_with(".yaml") && !file_name.starts_with('.') {
            // The compiler would read a pipe or a device for ever.
            if !path.is_file() {
                return Err(format!("{}: not a regular file", path.display()).into());
            }
            files.push((name, path));
        }
    }
    Ok(())
}
