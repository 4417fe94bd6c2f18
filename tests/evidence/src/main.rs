//! `cargo xtask coverage`: prints how much of what the SDKs have is in the spec.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use lexopt::prelude::{Long, Short, ValueExt};
use plivo_codegen::Model;
use plivo_evidence::{BoxError, Coverage, Evidence, check};

const HELP: &str = include_str!("help.txt");

/// What the command line says.
#[derive(Debug, Default, PartialEq, Eq)]
struct Options {
    help: bool,
    missing: bool,
    resource: Option<String>,
    spec: Option<PathBuf>,
    evidence: Option<PathBuf>,
}

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        // The table contains the reason.
        Ok(false) => ExitCode::FAILURE,
        // The reader of stdout has seen enough.
        Err(error)
            if error.downcast_ref().is_some_and(|error: &io::Error| error.kind() == io::ErrorKind::BrokenPipe) =>
        {
            ExitCode::SUCCESS
        }
        Err(error) => {
            // If stderr is closed, the error cannot be reported anywhere.
            let _ = writeln!(io::stderr(), "{}", error.to_string().trim_end());
            ExitCode::FAILURE
        }
    }
}

/// Returns whether the spec has everything, but for exceptions.
fn run() -> Result<bool, BoxError> {
    let options = parse(lexopt::Parser::from_env())?;
    let mut out = io::stdout().lock();
    if options.help {
        write!(out, "{HELP}")?;
        return Ok(true);
    }
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let spec = options.spec.unwrap_or_else(|| package.join("../../spec"));
    let evidence = options.evidence.unwrap_or_else(|| package.join("sources"));
    let model = plivo_codegen::model(&plivo_codegen::read_dir(&spec)?)?;
    check_resource(&model, options.resource.as_deref())?;
    let evidence = Evidence::read(&evidence)?;
    let report = check(&model, &evidence);
    let coverage = Coverage::new(&evidence, &report);
    if options.missing || options.resource.is_some() {
        let report = match &options.resource {
            Some(resource) => report.of(resource),
            None => report,
        };
        writeln!(out, "{report}")?;
    }
    write!(out, "{coverage}")?;
    Ok(coverage.is_complete())
}

/// A report on a misspelt resource would have no differences.
fn check_resource(model: &Model, name: Option<&str>) -> Result<(), BoxError> {
    match name {
        Some(name) if !model.resources.iter().any(|resource| resource.name == name) => {
            Err(format!("there is no resource `{name}`").into())
        }
        _ => Ok(()),
    }
}

fn parse(mut parser: lexopt::Parser) -> Result<Options, lexopt::Error> {
    let mut options = Options::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("missing") => options.missing = true,
            Long("resource") => options.resource = Some(parser.value()?.string()?),
            Long("spec") => options.spec = Some(parser.value()?.into()),
            Long("evidence") => options.evidence = Some(parser.value()?.into()),
            Long("help") | Short('h') => options.help = true,
            _ => return Err(argument.unexpected()),
        }
    }
    Ok(options)
}

#[cfg(test)]
mod tests {
    use super::{Options, check_resource, parse};

    fn read(words: &[&str]) -> Result<Options, String> {
        // The first word is the name of the program.
        let words = ["coverage"].iter().chain(words);
        parse(lexopt::Parser::from_iter(words)).map_err(|error| error.to_string())
    }

    #[test]
    fn a_misspelt_resource_is_no_resource_without_differences() {
        let spec = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec");
        let model = plivo_codegen::model(&plivo_codegen::read_dir(&spec).unwrap()).unwrap();
        let error = check_resource(&model, Some("profil")).unwrap_err();
        assert_eq!(error.to_string(), "there is no resource `profil`");
        assert!(check_resource(&model, Some("profile")).is_ok() && check_resource(&model, None).is_ok());
    }

    #[test]
    fn options() {
        assert_eq!(read(&[]), Ok(Options::default()));
        let of_profile = Options { missing: true, resource: Some("profile".to_owned()), ..Options::default() };
        assert_eq!(read(&["--missing", "--resource", "profile"]), Ok(of_profile));
        assert_eq!(read(&["profile"]), Err("unexpected argument \"profile\"".to_owned()));
        assert_eq!(read(&["--resuorce", "x"]), Err("invalid option '--resuorce'".to_owned()));
    }
}
