//! Installs a published SDK.

use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::Path;

use plivo_codegen::model::{Registry, Sdk};
use tokio::process::Command;

use super::table::registry;
use crate::BoxError;

/// Installs an SDK into a directory. The inner error says why the registry was not available.
///
/// # Errors
///
/// Fails if the registry was available, but the installation failed.
pub async fn install(sdk: &Sdk, into: &Path) -> Result<Result<(), String>, BoxError> {
    let package = format!("{} from {}", sdk.package, registry(sdk.registry));
    for program in programs(sdk.registry) {
        if !is_installed(program).await? {
            return Ok(Err(format!("{package} cannot be installed without {program}")));
        }
    }
    let line = command_line(sdk, into);
    let output = Command::new(&line[0]).args(&line[1..]).kill_on_drop(true).output().await?;
    if output.status.success() {
        return Ok(Ok(()));
    }
    let stderr = String::from_utf8_lossy(&output.stderr);
    match network_error(sdk.registry, &stderr) {
        Some(line) => Ok(Err(format!("{package} cannot be downloaded: {line}"))),
        None => Err(format!("{stderr}\n{package} cannot be installed in version {}", sdk.version).into()),
    }
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
fn command_line(sdk: &Sdk, into: &Path) -> Vec<OsString> {
    let (words, into_flag, package) = match sdk.registry {
        Registry::PyPi => {
            let words = "python3 -m pip install --quiet --disable-pip-version-check --no-input --no-cache-dir \
                --only-binary=:all: --retries 1";
            (words, "--target", format!("{}=={}", sdk.package, sdk.version))
        }
        Registry::Npm => {
            let words = "npm install --no-audit --no-fund --ignore-scripts --no-save --fetch-retries=1";
            (words, "--prefix", format!("{}@{}", sdk.package, sdk.version))
        }
    };
    let mut line: Vec<OsString> = words.split_whitespace().map(OsString::from).collect();
    if sdk.registry == Registry::Npm {
        // npm writes its logs into the cache as well.
        line.extend(["--cache".into(), into.join("cache").into()]);
    }
    line.extend([into_flag.into(), into.into(), package.into()]);
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
    use super::*;

    fn sdk(registry: Registry) -> Sdk {
        let (name, package, version) = ("made_up".to_owned(), "made-up".to_owned(), "1.2.3".to_owned());
        let (equal, methods, lacks) = (Vec::new(), Vec::new(), Vec::new());
        Sdk { name, summary: String::new(), registry, package, version, equal, methods, lacks }
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
