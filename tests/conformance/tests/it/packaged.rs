//! The published crate stands alone.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::root;

/// The files of the package, relative to the folder of the crate.
fn package() -> Vec<PathBuf> {
    let arguments = ["package", "--list", "--offline", "--allow-dirty", "--package", "plivo"];
    let output = Command::new(env!("CARGO")).args(arguments).current_dir(root()).output().expect("cargo");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).lines().map(PathBuf::from).collect()
}

#[test]
fn the_package_contains_its_licences_and_its_readme() {
    let files = package();
    for name in ["LICENSE-APACHE", "LICENSE-MIT", "README.md"] {
        assert!(files.iter().any(|file| file == Path::new(name)), "{name} is missing: {files:?}");
    }
    for name in ["LICENSE-APACHE", "LICENSE-MIT"] {
        let text = |folder: &str| fs::read_to_string(root().join(folder).join(name)).expect(name);
        assert_eq!(text("generated-client"), text("."), "{name} differs from that of the project");
    }
}

/// Its tests and examples included.
#[test]
fn no_code_of_the_package_refers_to_a_file_outside() {
    let folder = root().join("generated-client");
    let mut count = 0;
    for file in package().into_iter().filter(|file| file.extension().is_some_and(|extension| extension == "rs")) {
        let text = fs::read_to_string(folder.join(&file)).expect("a file");
        // The directory of the file, so that `..` stays inside as often as it has a parent.
        let depth = file.components().count() - 1;
        for (number, line) in text.lines().enumerate() {
            let names_file = ["#[path", "include_str!", "include_bytes!", "include!", "CARGO_MANIFEST_DIR"];
            let allowed = if line.contains("CARGO_MANIFEST_DIR") { 0 } else { depth };
            let leaves = names_file.iter().any(|name| line.contains(name)) && line.matches("../").count() > allowed;
            assert!(!leaves, "{}:{}: {}", file.display(), number + 1, line.trim());
        }
        count += 1;
    }
    assert!(count > 50, "only {count} files");
}

/// A made-up address is worse than none.
#[test]
fn the_package_names_no_made_up_repository() {
    let manifest = fs::read_to_string(root().join("generated-client/Cargo.toml")).expect("the manifest");
    let address = manifest.lines().find(|line| line.starts_with("repository"));
    assert!(address.is_none_or(|line| !line.contains("example")), "{address:?}");
    let release = fs::read_to_string(root().join(".ci/release")).expect("the script");
    assert!(release.contains("repository"), "a release does not require the repository");
}
