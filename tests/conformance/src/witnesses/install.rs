//! Installs a published SDK, with exactly the packages that its lock file pins by hash.

use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use plivo_codegen::model::{Registry, Sdk};
use serde_json::Value;
use tokio::process::Command;

use super::table::registry;
use crate::BoxError;

/// A package in its registry.
#[derive(Clone, Copy, Debug)]
pub struct Package<'p> {
    /// The registry.
    pub registry: Registry,
    /// Its name there.
    pub name: &'p str,
    /// The version that the lock file pins.
    pub version: &'p str,
}

impl<'p> From<&'p Sdk> for Package<'p> {
    fn from(sdk: &'p Sdk) -> Self {
        Self { registry: sdk.registry, name: &sdk.package, version: &sdk.version }
    }
}

/// Installs a package into a directory, from the lock file in the directory `lock`. The inner error says why the registry
/// was not available.
///
/// # Errors
///
/// Fails if the lock file pins another version, or if the registry was available, but the installation failed.
pub async fn install(wanted: Package<'_>, lock: &Path, into: &Path) -> Result<Result<(), String>, BoxError> {
    check_lock(wanted, lock)?;
    let package = format!("{} from {}", wanted.name, registry(wanted.registry));
    for program in programs(wanted.registry) {
        if !is_installed(program).await? {
            return Ok(Err(format!("{package} cannot be installed without {program}")));
        }
    }
    if wanted.registry == Registry::Npm {
        // npm installs into the directory of the lock file.
        for name in NPM_FILES {
            let (from, to) = (lock.join(name), into.join(name));
            let copied = fs::create_dir_all(into).and_then(|()| fs::copy(&from, &to));
            copied.map_err(|error| format!("{} to {}: {error}", from.display(), to.display()))?;
        }
    }
    let line = command_line(wanted.registry, lock, into);
    let output = Command::new(&line[0]).args(&line[1..]).kill_on_drop(true).output().await?;
    if output.status.success() {
        return Ok(Ok(()));
    }
    let stderr = String::from_utf8_lossy(&output.stderr);
    match network_error(wanted.registry, &stderr) {
        Some(line) => Ok(Err(format!("{package} cannot be downloaded: {line}"))),
        None => Err(format!("{stderr}\n{package} cannot be installed in version {}", wanted.version).into()),
    }
}

/// The lock file of pip.
const PIP_FILE: &str = "requirements.txt";

/// The manifest and the lock file of npm.
const NPM_FILES: [&str; 2] = ["package.json", "package-lock.json"];

/// Fails if the lock file does not pin the version of the spec.
fn check_lock(package: Package<'_>, lock: &Path) -> Result<(), BoxError> {
    let file = lock.join(match package.registry {
        Registry::PyPi => PIP_FILE,
        Registry::Npm => NPM_FILES[1],
    });
    let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    let is_pinned = match package.registry {
        Registry::PyPi => text.lines().any(|line| line == format!("{}=={} \\", package.name, package.version)),
        Registry::Npm => {
            let lock: Value = serde_json::from_str(&text).map_err(|error| format!("{}: {error}", file.display()))?;
            lock["packages"][format!("node_modules/{}", package.name)]["version"] == package.version
        }
    };
    let problem = || format!("{}: does not pin {} {}", file.display(), package.name, package.version).into();
    if is_pinned { Ok(()) } else { Err(problem()) }
}

/// The programs that install and run an SDK.
fn programs(registry: Registry) -> &'static [&'static str] {
    match registry {
        Registry::PyPi => &["python3"],
        Registry::Npm => &["node", "npm"],
    }
}

/// Whether a program is installed. Whether it works shows when it is used.
async fn is_installed(program: &str) -> Result<bool, BoxError> {
    match Command::new(program).arg("--version").kill_on_drop(true).output().await {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(format!("{program} cannot be started: {error}").into()),
    }
}

/// The program and its arguments. It runs no scripts of packages, and changes nothing outside the directory.
fn command_line(registry: Registry, lock: &Path, into: &Path) -> Vec<OsString> {
    let (words, paths) = match registry {
        Registry::PyPi => {
            let words = "python3 -m pip install --quiet --disable-pip-version-check --no-input --no-cache-dir \
                --only-binary=:all: --retries 1 --no-deps --require-hashes";
            (words, [("--requirement", lock.join(PIP_FILE)), ("--target", into.to_owned())])
        }
        Registry::Npm => {
            let words = "npm ci --no-audit --no-fund --ignore-scripts --fetch-retries=1";
            // npm writes its logs into the cache as well.
            (words, [("--cache", into.join("cache")), ("--prefix", into.to_owned())])
        }
    };
    let mut line: Vec<OsString> = words.split_whitespace().map(OsString::from).collect();
    line.extend(paths.into_iter().flat_map(|(flag, path)| [flag.into(), path.into_os_string()]));
    line
}

/// What pip calls a failed connection.
const PIP_NETWORK_ERRORS: [&str; 7] = [
    "NewConnectionError",
    "NameResolutionError",
    "ConnectTimeoutError",
    "ReadTimeoutError",
    "ProxyError",
    "ProtocolError",
    "Connection refused",
];

/// What npm calls a failed connection.
const NPM_NETWORK_ERRORS: [&str; 8] = [
    "ECONNREFUSED",
    "ECONNRESET",
    "EAI_AGAIN",
    "ENOTFOUND",
    "ENETUNREACH",
    "EHOSTUNREACH",
    "ETIMEDOUT",
    "ERR_SOCKET_TIMEOUT",
];

/// The line which says that the registry could not be reached. `None` if the installation failed for another reason,
/// which is a mistake in the spec or on this machine.
fn network_error(registry: Registry, stderr: &str) -> Option<&str> {
    match registry {
        Registry::PyPi => {
            let is_network = |line: &&str| PIP_NETWORK_ERRORS.iter().any(|word| line.contains(word));
            let errors: Vec<_> = stderr.lines().filter(|line| line.starts_with("ERROR: ")).collect();
            let has_none = errors.iter().any(|line| line.contains("(from versions: none)"));
            // pip reports failed attempts as warnings. Without a connection it finds no version at all.
            let from_warnings = || stderr.lines().find(is_network).filter(|_| has_none);
            errors.into_iter().find(is_network).or_else(from_warnings).map(str::trim)
        }
        Registry::Npm => {
            let code = |line: &&str| {
                let code = line.strip_prefix("npm error code ").or_else(|| line.strip_prefix("npm ERR! code "));
                code.is_some_and(|code| NPM_NETWORK_ERRORS.contains(&code.trim()))
            };
            stderr.lines().find(code).map(str::trim)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    /// The directory of the committed lock files.
    fn locks() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("witnesses")
    }

    fn sdks() -> Vec<Sdk> {
        let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec");
        plivo_codegen::model(&plivo_codegen::read_dir(&spec).unwrap()).unwrap().sdks
    }

    fn line(registry: Registry) -> String {
        let words = command_line(registry, Path::new("lock"), Path::new("into"));
        words.iter().map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn only_what_is_pinned_by_hash_is_installed_and_no_scripts_run() {
        let pip = line(Registry::PyPi);
        let pinned = " --only-binary=:all: --retries 1 --no-deps --require-hashes --requirement lock/requirements.txt ";
        assert!(pip.contains(pinned) && pip.ends_with(" --target into"), "{pip}");
        let npm = line(Registry::Npm);
        assert!(npm.starts_with("npm ci ") && npm.contains(" --ignore-scripts "), "{npm}");
        assert!(npm.ends_with(" --prefix into"), "{npm}");
    }

    #[test]
    fn the_lock_files_pin_the_described_versions_and_every_other_package_by_hash() {
        for sdk in sdks() {
            let lock = locks().join(&sdk.name);
            check_lock(Package::from(&sdk), &lock).unwrap();
            let other = Sdk { version: "0.0.1".to_owned(), ..sdk.clone() };
            let problem = check_lock(Package::from(&other), &lock).unwrap_err().to_string();
            assert!(problem.ends_with(&format!(": does not pin {} 0.0.1", sdk.package)), "{problem}");
            match sdk.registry {
                Registry::PyPi => {
                    let text = fs::read_to_string(lock.join(PIP_FILE)).unwrap();
                    let packages = text.split("\n    --hash=sha256:").count() - 1;
                    let pins = text.lines().filter(|line| line.contains("==") && !line.starts_with('#'));
                    for pin in pins {
                        assert!(pin.ends_with(" \\"), "no hash: {pin}");
                    }
                    assert!(packages >= 5, "{packages}");
                }
                Registry::Npm => {
                    let text = fs::read_to_string(lock.join(NPM_FILES[1])).unwrap();
                    let lock: Value = serde_json::from_str(&text).unwrap();
                    for (name, package) in
                        lock["packages"].as_object().unwrap().iter().filter(|(name, _)| !name.is_empty())
                    {
                        let hash = package["integrity"].as_str().unwrap_or_default();
                        assert!(hash.starts_with("sha512-"), "{name}: {hash}");
                        assert!(package.get("resolved").is_none(), "{name} names a registry");
                    }
                }
            }
        }
    }

    #[test]
    fn caches_stay_inside_the_directory() {
        assert!(line(Registry::PyPi).contains(" --no-cache-dir "));
        assert!(line(Registry::Npm).contains(" --cache into/cache "));
    }

    #[test]
    fn network_errors_are_recognized() {
        let none = "ERROR: Could not find a version that satisfies the requirement a==1 (from versions: none)";
        let warning = "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError('a')': /a/";
        assert_eq!(network_error(Registry::PyPi, &format!("{warning}\n{none}")), Some(warning));
        let error = "ERROR: Could not install packages due to an OSError: (Caused by ReadTimeoutError('a'))";
        assert_eq!(network_error(Registry::PyPi, error), Some(error));
        let npm = "npm error code ECONNREFUSED";
        assert_eq!(network_error(Registry::Npm, &format!("npm warn a\n{npm}\nnpm error errno")), Some(npm));
    }

    #[test]
    fn other_errors_are_not_network_errors() {
        let warning = "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError('a')': /a/";
        let none = "ERROR: Could not find a version that satisfies the requirement a==1 (from versions: none)";
        let others = none.replace("none", "0.1, 0.2");
        for stderr in [
            none,
            &others,
            &format!("{warning}\n{others}"),
            &format!("{warning}\nERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE."),
            "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
            "/usr/bin/python3: No module named pip",
            "",
        ] {
            assert_eq!(network_error(Registry::PyPi, stderr), None, "{stderr}");
        }
        for code in ["ETARGET", "E404", "EINTEGRITY", "ENOSPC", "EACCES"] {
            let stderr = format!("npm error code {code}\nnpm error a ECONNREFUSED b");
            assert_eq!(network_error(Registry::Npm, &stderr), None, "{stderr}");
        }
    }

    #[tokio::test]
    async fn a_missing_program_is_detected() {
        assert!(!is_installed("there-is-no-such-program").await.unwrap());
    }
}
