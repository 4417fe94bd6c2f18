//! The scripts in .ci fail when they should.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::support::root;

fn script(name: &str) -> String {
    fs::read_to_string(root().join(".ci").join(name)).expect("a script")
}

/// Otherwise a run could test other dependencies than the committed ones.
#[test]
fn every_cargo_command_of_ci_uses_the_committed_lock_file() {
    let without =
        ["cargo fmt", "cargo deny --version", "cargo deny fetch", "cargo clippy --version", "cargo semver-checks"];
    let mut count = 0;
    for name in ["run", "release", "advisories", "lower-bounds"] {
        let text = script(name);
        let lines = text.lines().filter(|line| !line.trim_start().starts_with('#'));
        for line in lines.filter(|line| line.contains("cargo ") && !line.trim_start().starts_with("echo ")) {
            let is_exempt = without.iter().any(|command| line.contains(command));
            assert!(is_exempt || line.contains("--locked"), ".ci/{name}: {line}");
            count += 1;
        }
    }
    assert!(count > 10, "only {count} commands");
}

/// What a manifest says after `NAME = ` about each dependency of a section.
fn dependencies(manifest: &str, section: &str) -> BTreeMap<String, String> {
    let text = fs::read_to_string(root().join(manifest)).expect("a manifest");
    let lines =
        text.split(&format!("\n[{section}]\n")).nth(1).expect("the section").split("\n[").next().expect("lines");
    let entries = lines.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(['.', ' ']));
    entries.map(|(name, rest)| (name.to_owned(), rest.to_owned())).collect()
}

/// The version requirement of a dependency.
fn requirement(dependency: &str) -> &str {
    dependency.split('"').nth(1).expect("a version")
}

/// The program in tests/lower-bounds pins each dependency of the client to its lower bound, and CI checks it.
#[test]
fn the_lower_bounds_of_the_client_are_what_ci_checks() {
    let bounds = dependencies("Cargo.toml", "workspace.dependencies");
    let mut pinned = dependencies("tests/lower-bounds/Cargo.toml", "dependencies");
    pinned.remove("plivo");
    let client = dependencies("generated-client/Cargo.toml", "dependencies");
    let expected = client.keys().map(|name| (name.as_str(), format!("={}", requirement(&bounds[name]))));
    let pinned = pinned.iter().map(|(name, is)| (name.as_str(), requirement(is).to_owned()));
    assert_eq!(pinned.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    let lock = fs::read_to_string(root().join("tests/lower-bounds/Cargo.lock")).expect("the lock file");
    for (name, is) in dependencies("tests/lower-bounds/Cargo.toml", "dependencies") {
        let version = requirement(&is).trim_start_matches('=');
        let entry = format!("name = \"{name}\"\nversion = \"{version}\"\n");
        assert!(name == "plivo" || lock.contains(&entry), "Cargo.lock: {name} is not {version}");
    }
    assert!(script("run").contains("step .ci/lower-bounds\n"));
    assert!(script("lower-bounds").contains("cargo test --locked"), "compiling is not enough");
}

/// Programs that stay on an older Tokio can use the client.
#[test]
fn a_program_with_tokio_1_49_can_use_the_client() {
    let bound = &dependencies("Cargo.toml", "workspace.dependencies")["tokio"];
    let minor = requirement(bound).split('.').nth(1).and_then(|minor| minor.parse::<u32>().ok());
    assert!(minor.is_some_and(|minor| minor <= 49), "{bound}");
}

/// Writes a made-up cargo into a directory. Returns the search path on which it is first.
#[cfg(unix)]
fn made_up_cargo(directory: &Path, script: &str) -> String {
    use std::os::unix::fs::PermissionsExt;

    let cargo = directory.join("cargo");
    fs::write(&cargo, format!("#!/bin/sh\n{script}\n")).expect("a script");
    fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).expect("a script");
    format!("{}:{}", directory.display(), std::env::var("PATH").unwrap_or_default())
}

/// How cargo-deny says that the database cannot be reached.
#[cfg(unix)]
const UNREACHABLE: &str = "fatal: unable to access https://github.com/RustSec/advisory-db/: Could not resolve host";

/// Runs .ci/advisories with a made-up cargo, which cannot fetch the database if there is a problem. Returns whether the
/// script succeeds, and its output.
#[cfg(unix)]
fn advisories(problem: Option<&str>, has_database: bool, is_clean: bool) -> (bool, String) {
    use std::process::Command;

    let directory = tempfile::tempdir().expect("a directory");
    let fetch = problem.map_or("exit 0".to_owned(), |problem| format!("echo '{problem}' >&2; exit 1"));
    let check = if is_clean { "exit 0" } else { "exit 1" };
    let script = format!("case \"$*\" in\n*fetch*) {fetch} ;;\n*check*) {check} ;;\n*) exit 9 ;;\nesac");
    let path = made_up_cargo(directory.path(), &script);
    if has_database {
        fs::create_dir_all(directory.path().join("advisory-dbs/advisory-db-1")).expect("a database");
    }
    let mut command = Command::new("bash");
    command.arg(root().join(".ci/advisories")).env("PATH", path).env("CARGO_HOME", directory.path());
    let output = command.output().expect("bash");
    (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
#[cfg(unix)]
fn a_reported_advisory_fails_whatever_the_network_does() {
    for problem in [None, Some(UNREACHABLE)] {
        assert!(!advisories(problem, true, false).0, "{problem:?}");
        assert!(advisories(problem, true, true).0, "{problem:?}");
    }
    // The database was fetched, but into another place.
    assert!(!advisories(None, false, false).0);
}

#[test]
#[cfg(unix)]
fn only_an_unreachable_database_of_advisories_skips_the_check() {
    for problem in [
        UNREACHABLE,
        "fatal: unable to access: Failed to connect to github.com port 443 after 12 ms: Could not connect to server",
        "ssh: connect to host github.com port 22: Network is unreachable",
        "fatal: unable to access: Failed to connect to github.com port 443: Connection timed out",
        "fatal: unable to access: CONNECT tunnel failed, response 403",
    ] {
        let (success, output) = advisories(Some(problem), false, false);
        assert!(success && output.contains("skipped: the advisory database cannot be reached"), "{problem}: {output}");
        let (success, output) = advisories(Some(problem), true, true);
        assert!(success && output.contains("its last state is used"), "{problem}: {output}");
    }
    for problem in [
        "error: no such command: deny",
        "failed to fetch database: failed to spawn git",
        "failed to fetch database: No space left on device",
        "failed to acquire advisory database lock: timed out",
        "fatal: unable to access: The requested URL returned error: 404",
        "error: expected a table, found a string in deny.toml",
    ] {
        for has_database in [false, true] {
            let (success, output) = advisories(Some(problem), has_database, true);
            assert_eq!((success, output.as_str()), (false, ""), "{problem}");
        }
    }
}

/// Runs .ci/lower-bounds with a made-up cargo that cannot fetch. Returns whether it succeeds, and its output.
#[cfg(unix)]
fn lower_bounds(message: &str) -> (bool, String) {
    let directory = tempfile::tempdir().expect("a directory");
    let path = made_up_cargo(directory.path(), &format!("echo '{message}' >&2; exit 1"));
    let output = std::process::Command::new("bash").arg(root().join(".ci/lower-bounds")).env("PATH", path).output();
    let output = output.expect("bash");
    (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
#[cfg(unix)]
fn a_lock_file_of_the_lower_bounds_that_is_stale_fails_whatever_the_network_does() {
    let stale = "error: cannot update the lock file because --locked was passed
help: to generate the lock file without accessing the network, remove the --locked flag";
    for message in [stale, "error: failed to download `a`: the checksum differs", "error: no such manifest"] {
        assert_eq!(lower_bounds(message), (false, String::new()), "{message}");
    }
    let (success, output) = lower_bounds("error: failed to download from the registry: could not resolve host");
    assert!(success && output.contains("skipped: "), "{output}");
}
