//! The program: its flags, what it prints, and that it serves.

use crate::client::send;
use crate::model::SPEC;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Output, Stdio};

/// A running program, which ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_simulator"));
    command.args(arguments);
    command
}

fn run(arguments: &[&str]) -> Output {
    program(arguments).output().expect("it runs")
}

#[tokio::test]
async fn it_says_how_to_reach_it() {
    let child =
        program(&["--spec", SPEC, "--seed", "7", "--log"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut running = Running(child.expect("it runs"));
    let mut lines = BufReader::new(running.0.stdout.take().expect("a pipe")).lines().map_while(Result::ok);
    let first = lines.next().expect("a line");
    let url = first.strip_prefix("listening on ").expect("the address");
    assert!(url.starts_with("http://127.0.0.1:"), "{url}");
    let curl = lines.find(|line| line.contains("curl ")).expect("a curl line");
    let words: Vec<&str> = curl.split_whitespace().collect();
    let ["curl", "--user", user, address] = words.as_slice() else { panic!("{curl}") };
    assert!(address.starts_with(url), "{curl}");
    let (id, token) = user.split_once(':').expect("an id and a token");
    let http = reqwest::Client::builder().no_proxy().build().expect("a client");
    assert_eq!(send(http.get(*address).basic_auth(id, Some(token))).await.status, 200);
    let log = BufReader::new(running.0.stderr.take().expect("a pipe")).lines().map_while(Result::ok).next();
    let path = address.strip_prefix(url).expect("a path");
    assert_eq!(log, Some(format!("GET {path} 200")));
}

/// A running program with a file of faults, and its address.
fn faulty(directory: &tempfile::TempDir, faults: &str, arguments: &[&str]) -> (Running, String) {
    let file = directory.path().join("faults.yaml");
    std::fs::write(&file, faults).expect("a file");
    let mut command = program(&["--spec", SPEC, "--faults"]);
    let child = command.arg(file).args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut running = Running(child.expect("it runs"));
    let mut line = String::new();
    BufReader::new(running.0.stdout.as_mut().expect("a pipe")).read_line(&mut line).expect("a line");
    let url = line.trim().strip_prefix("listening on ").expect("the address").to_owned();
    (running, url)
}

#[tokio::test]
async fn it_does_wrong_what_the_file_says() {
    let directory = tempfile::tempdir().expect("a directory");
    let faults = "faults:\n- { on: GET *, nth: 1, status: 503 }\n- { on: GET *, reset: before_executing }";
    let (mut running, url) = faulty(&directory, faults, &["--log", "--limit", "0"]);
    let http = reqwest::Client::builder().no_proxy().build().expect("a client");
    let get = |path| http.get(format!("{url}{path}")).send();
    assert_eq!(get("/a").await.expect("an answer").status(), 503);
    assert!(get("/b").await.is_err());
    assert_eq!(send(http.get(&url)).await.ok()["limit"], serde_json::json!(null));
    let log = BufReader::new(running.0.stderr.take().expect("a pipe")).lines().map_while(Result::ok);
    let lines: Vec<_> = log.take(2).collect();
    assert_eq!(lines, ["GET /a 503 (status 503)", "GET /b no answer (reset before_executing)"]);
}

#[tokio::test]
async fn nobody_writes_lines_into_the_log() {
    let directory = tempfile::tempdir().expect("a directory");
    let faults = r#"{ "faults": [{ "on": "*", "body": { "a\nGET /b": 1 }, "drift": [{ "kind": "drop", "at": "/a\nGET ~1b" }] }] }"#;
    let (mut running, url) = faulty(&directory, faults, &["--log"]);
    let http = reqwest::Client::builder().no_proxy().build().expect("a client");
    assert_eq!(send(http.get(format!("{url}/a"))).await.body, serde_json::json!({}));
    let mut log = BufReader::new(running.0.stderr.take().expect("a pipe")).lines().map_while(Result::ok);
    assert_eq!(log.next().as_deref(), Some("GET /a 404 (body, drift drop /a\\nGET ~1b)"));
    drop(running);
    assert_eq!(log.next(), None);
}

#[cfg(unix)]
#[test]
fn a_signal_ends_it_well() {
    let directory = tempfile::tempdir().expect("a directory");
    for signal in ["INT", "TERM"] {
        let (mut running, _) = faulty(&directory, "faults: []", &[]);
        let kill = format!("kill -{signal} {}", running.0.id());
        assert!(Command::new("sh").args(["-c", &kill]).status().expect("a shell").success());
        assert!(running.0.wait().expect("an end").success(), "{signal}");
    }
}

#[test]
fn it_explains_itself() {
    let help = run(&["--help"]);
    assert!(help.status.success());
    let text = String::from_utf8_lossy(&help.stdout);
    for flag in ["--port", "--spec", "--seed", "--faults", "--limit", "--log", "--help"] {
        assert!(text.contains(flag), "{flag}");
    }
}

/// Runs it with arguments that it cannot use.
fn check(arguments: &[&str], expected: &str) {
    let output = run(arguments);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(text.contains(expected), "{text}");
}

#[test]
fn mistakes_end_it() {
    check(&["--prot", "1"], "error: invalid option '--prot'; --help lists the options\n");
    check(&["--port", "many"], "many");
    check(&["--spec", "no/such/directory"], "plivo.yaml");
    check(&["--spec", SPEC, "--faults", "no/such/file"], "error: no/such/file: ");
}

#[test]
fn impossible_faults_end_it() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("faults.yaml");
    let file = file.to_str().expect("text");
    std::fs::write(file, "faults:\n- on: '*'\n  status: busy\n").expect("a file");
    let place = format!("error: {file}: faults[0].status: invalid type");
    check(&["--spec", SPEC, "--faults", file], &place);
    std::fs::write(file, "faults: [{ on: nonsense, status: 1 }]").expect("a file");
    check(
        &["--spec", SPEC, "--faults", file],
        &format!("error: {file}: faults[0].on: there is no operation `nonsense`; "),
    );
    check(
        &["--spec", SPEC, "--faults", file],
        &format!("\nerror: {file}: faults[0].status: an answer has a status from 200 to 599\n"),
    );
}

#[test]
fn a_port_in_use_is_named() {
    let taken = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let port = taken.local_addr().expect("an address").port();
    check(&["--spec", SPEC, "--port", &port.to_string()], &format!("cannot listen on port {port}"));
}
