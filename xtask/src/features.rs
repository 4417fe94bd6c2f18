//! `cargo xtask features`: the client compiles without a warning whatever features somebody chooses.

use std::io::Write;

use serde_json::Value;

use crate::Failure;
use crate::cargo::{cargo, finish};
use crate::project::Project;

const PACKAGE: &str = "plivo";

/// Checks the client with no feature, with each alone, and with all.
pub(crate) fn run(project: &Project, out: &mut impl Write) -> Result<(), Failure> {
    let mut choices = vec![vec!["--no-default-features".to_owned()]];
    for feature in features(project)? {
        choices.push(vec!["--no-default-features".to_owned(), "--features".to_owned(), feature]);
    }
    choices.push(vec!["--all-features".to_owned()]);
    for choice in choices {
        writeln!(out, "{}", choice.join(" "))?;
        out.flush()?;
        let mut command = cargo(project);
        // A target folder of its own: other flags would rebuild everything in the usual one.
        command.args(["check", "--quiet", "--package", PACKAGE, "--target-dir", "target/features"]).args(&choice);
        finish(command.env("RUSTFLAGS", "-D warnings"))?;
    }
    Ok(())
}

/// The names of the features, as cargo knows them.
fn features(project: &Project) -> Result<Vec<String>, Failure> {
    let output = cargo(project).args(["metadata", "--format-version", "1", "--no-deps"]).output()?;
    let metadata: Value = serde_json::from_slice(&output.stdout)?;
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let package = packages.into_iter().find(|package| package["name"] == PACKAGE);
    let features = package.and_then(|package| package["features"].as_object());
    let features = features.ok_or("cargo does not know the features of the client")?;
    Ok(features.keys().filter(|name| *name != "default").cloned().collect())
}
