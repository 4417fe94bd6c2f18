//! `cargo xtask features`: checks that the client compiles without warnings, whichever features are enabled.

use std::io::Write;

use serde_json::Value;

use crate::BoxError;
use crate::cargo::{self, cargo};
use crate::project::Project;

const PACKAGE: &str = "plivo";

/// Checks the client without features, with each feature alone, and with all.
pub(crate) fn run(project: &Project, out: &mut impl Write) -> Result<(), BoxError> {
    let metadata = cargo::metadata(project)?;
    // With other RUSTFLAGS, cargo would rebuild everything in the default target directory.
    let target = cargo::target_directory(&metadata)?.join("features");
    let mut flag_sets = vec![vec!["--no-default-features".to_owned()]];
    for feature in features(&metadata)? {
        flag_sets.push(vec!["--no-default-features".to_owned(), "--features".to_owned(), feature]);
    }
    flag_sets.push(vec!["--all-features".to_owned()]);
    for flags in flag_sets {
        // The check goes on if nobody reads what it checks.
        let _ = writeln!(out, "cargo check {}", flags.join(" ")).and_then(|()| out.flush());
        let mut command = cargo(project);
        command.args(["check", "--package", PACKAGE, "--target-dir"]).arg(&target).args(&flags);
        cargo::run(command.env("RUSTFLAGS", "-D warnings"))?;
    }
    Ok(())
}

/// The features of the client, without `default`.
fn features(metadata: &Value) -> Result<Vec<String>, BoxError> {
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let package = packages.into_iter().find(|package| package["name"] == PACKAGE);
    let features = package.and_then(|package| package["features"].as_object());
    let features = features.ok_or_else(|| format!("cargo metadata reports no features of the package `{PACKAGE}`"))?;
    Ok(features.keys().filter(|name| *name != "default").cloned().collect())
}
