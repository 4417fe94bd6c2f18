//! The client of the shapes in its own process. It validates one request per line.

use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use plivo_codegen::model::{Model, Operation};
use serde_json::{Map, Value};

use super::Findings;
use crate::project_copy::ProjectCopy;
use crate::support::root;

pub(super) struct Checker {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Checker {
    /// Starts the program in a copy of the project.
    pub(super) fn start(copy: &ProjectCopy) -> Self {
        let mut command =
            copy.command(&["run", "--quiet", "--package", "plivo", "--features", "preview", "--example", "check"]);
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the client");
        let input = process.stdin.take().expect("stdin");
        let output = BufReader::new(process.stdout.take().expect("stdout"));
        Self { process, input, output }
    }

    /// Validates a request with the client.
    pub(super) fn check(&mut self, operation: &Operation, request: &Map<String, Value>) -> Findings {
        let request = Value::Object(request.clone());
        writeln!(self.input, "{}\t{request}", operation.id).expect("the program reads its input");
        let mut line = String::new();
        self.output.read_line(&mut line).expect("the program writes a line");
        let report: Value = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{request}: {error}"));
        let text = |finding: &Value, key: &str| finding[key].as_str().expect("a text").to_owned();
        let of = |key: &str| {
            let findings = report[key].as_array()?.iter();
            Some(findings.map(|finding| (text(finding, "pointer"), text(finding, "rule"))).collect())
        };
        Some((of("errors")?, of("warnings")?))
    }
}

impl Drop for Checker {
    fn drop(&mut self) {
        // It holds no state.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The source of the program, with a match arm for each operation.
pub(crate) fn program(model: &Model) -> String {
    let mut lines = String::new();
    for resource in &model.resources {
        for operation in &resource.operations {
            let (module, request) = (&resource.module.ident, &model[operation.request].name);
            let (id, request) = (&operation.id, format!("plivo::{module}::{request}"));
            if let Some(keys) = &operation.deferral {
                let key = format!("\"{}\":", keys.url.name);
                let arm = format!("{id:?} if request.contains({key:?})");
                writeln!(
                    lines,
                    "            {arm} => report::<plivo::Deferred<{request}>>(request, |it| it.validate()),"
                )
                .expect("a text");
            }
            writeln!(lines, "            {id:?} => report::<{request}>(request, |it| it.validate()),").expect("a text");
        }
    }
    let path = root().join("tests/conformance/tests/shapes/checker.rs");
    fs::read_to_string(path).expect("the program").replace("            // INSERT OPERATIONS\n", &lines)
}
