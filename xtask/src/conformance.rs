//! `cargo xtask conformance`: the official SDKs, installed for this run, beside the client.

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use plivo_codegen::model::{Registry, Sdk};

use crate::Failure;
use crate::cargo::{cargo, finish};
use crate::project::Project;

/// Installs the SDKs of the spec into a temporary directory and starts the comparison. Where a registry cannot
/// be reached, says so and succeeds.
pub(crate) fn run(project: &Project, out: &mut impl Write) -> Result<(), Failure> {
    let model = plivo_codegen::model(&plivo_codegen::read_dir(&project.spec())?)?;
    let directory = tempfile::tempdir()?;
    let mut directories: Vec<PathBuf> = Vec::new();
    for sdk in &model.sdks {
        let into = directory.path().join(&sdk.name);
        if let Err(why) = install(sdk, &into)? {
            writeln!(out, "skipped: {why}")?;
            return Ok(());
        }
        directories.push(into);
    }
    let mut command = cargo(project);
    finish(command.args(["run", "--quiet", "--package", "plivo-conformance", "--"]).args(directories))
}

/// Installs an SDK. The inner error says why nobody could be asked for it.
fn install(sdk: &Sdk, into: &Path) -> Result<Result<(), String>, Failure> {
    let words = command_line(sdk, into);
    let asked = Command::new(&words[0]).args(&words[1..]).output();
    let of = format!("{} of {}", sdk.package, registry(sdk.registry));
    let output = match asked {
        Ok(output) => output,
        Err(error) => {
            return Ok(Err(format!("{of} cannot be installed, {} cannot be started: {error}", words[0].display())));
        }
    };
    if output.status.success() {
        return Ok(Ok(()));
    }
    let said = String::from_utf8_lossy(&output.stderr);
    match is_refusal(sdk.registry, &said) {
        true => Err(format!("{said}\n{of} cannot be installed in version {}", sdk.version).into()),
        false => Ok(Err(format!("{of} cannot be reached: {}", first_error(&said)))),
    }
}

/// The program and its arguments. No script of a package is run, and nothing outside of the directory changes.
fn command_line(sdk: &Sdk, into: &Path) -> Vec<OsString> {
    let (words, into_flag, package) = match sdk.registry {
        Registry::PyPi => {
            let words =
                "python3 -m pip install --quiet --disable-pip-version-check --no-input --only-binary=:all: --retries 1";
            (words, "--target", format!("{}=={}", sdk.package, sdk.version))
        }
        Registry::Npm => {
            let words = "npm install --no-audit --no-fund --ignore-scripts --no-save --fetch-retries=1";
            (words, "--prefix", format!("{}@{}", sdk.package, sdk.version))
        }
    };
    let mut line: Vec<OsString> = words.split(' ').map(OsString::from).collect();
    line.extend([into_flag.into(), into.into(), package.into()]);
    line
}

fn registry(registry: Registry) -> &'static str {
    match registry {
        Registry::PyPi => "PyPI",
        Registry::Npm => "npm",
    }
}

/// Whether a registry has answered that it does not have the package. Nothing else that keeps somebody from
/// installing it is a mistake of the spec.
fn is_refusal(registry: Registry, said: &str) -> bool {
    match registry {
        Registry::PyPi => said.contains("(from versions: ") && !said.contains("(from versions: none)"),
        Registry::Npm => ["ETARGET", "E404"].iter().any(|code| said.contains(code)),
    }
}

/// The line that says most.
fn first_error(said: &str) -> &str {
    let is_error = |line: &&str| line.to_lowercase().contains("error");
    said.lines().find(is_error).or_else(|| said.lines().next()).unwrap_or("it says nothing").trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sdk(registry: Registry) -> Sdk {
        let (name, package, version) = ("made_up".to_owned(), "made-up".to_owned(), "1.2.3".to_owned());
        let (equal, methods) = (Vec::new(), Vec::new());
        Sdk { name, summary: String::new(), registry, package, version, equal, methods }
    }

    fn line(registry: Registry) -> String {
        let words = command_line(&sdk(registry), Path::new("into"));
        words.iter().map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn versions_are_pinned_and_scripts_do_not_run() {
        let pip = line(Registry::PyPi);
        assert!(pip.ends_with(" --target into made-up==1.2.3"), "{pip}");
        let npm = line(Registry::Npm);
        assert!(npm.contains(" --ignore-scripts ") && npm.ends_with(" --prefix into made-up@1.2.3"), "{npm}");
    }

    #[test]
    fn who_cannot_be_reached_has_not_refused() {
        let none = "ERROR: Could not find a version that satisfies the requirement a==1 (from versions: none)";
        assert!(!is_refusal(Registry::PyPi, none));
        assert!(is_refusal(Registry::PyPi, &none.replace("none", "0.1, 0.2")));
        assert!(!is_refusal(Registry::Npm, "npm error code ECONNREFUSED"));
        assert!(is_refusal(Registry::Npm, "npm error code ETARGET"));
        assert_eq!(first_error("warning\nnpm error code ECONNREFUSED\nmore"), "npm error code ECONNREFUSED");
    }
}
