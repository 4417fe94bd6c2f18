//! The program: its flags, its output, and its exit codes.

use crate::client::send;
use crate::model::spec;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// The directory of a made-up spec.
const SPEC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/spec");

/// A running program. Dropping it kills the process.
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
    program(arguments).output().expect("a process")
}

#[tokio::test]
async fn the_greeting_has_a_working_curl_command() {
    let child =
        program(&["--spec", SPEC, "--seed", "7", "--log"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut running = Running(child.expect("a process"));
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

/// Starts a program, and returns its URL.
fn start(command: &mut Command) -> (Running, String) {
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    // A program that was just copied is busy until every process that another test started has closed the file.
    let child = std::iter::repeat_with(|| command.spawn())
        .find(|child| !matches!(child, Err(error) if error.kind() == ErrorKind::ExecutableFileBusy));
    let mut running = Running(child.expect("an endless iterator").expect("a process"));
    let mut line = String::new();
    BufReader::new(running.0.stdout.as_mut().expect("a pipe")).read_line(&mut line).expect("a line");
    let url = line.trim().strip_prefix("listening on ").expect("the address").to_owned();
    (running, url)
}

#[tokio::test]
async fn the_program_runs_anywhere_with_the_embedded_spec() {
    let directory = tempfile::tempdir().expect("a directory");
    let moved = directory.path().join("moved");
    std::fs::copy(env!("CARGO_BIN_EXE_simulator"), &moved).expect("a copy");
    std::fs::write(directory.path().join("faults.yaml"), "faults: [{ on: GET *, status: 503 }]").expect("a file");
    let mut command = Command::new(moved);
    let (_running, url) = start(command.args(["--faults", "faults.yaml"]).current_dir(&directory).env_clear());
    let http = reqwest::Client::builder().no_proxy().build().expect("a client");
    let index = send(http.get(&url)).await.ok();
    let operations = index["operations"].as_array().expect("a list");
    let model = spec();
    assert_eq!(operations.len(), model.resources.iter().map(|resource| resource.operations.len()).sum::<usize>());
    assert_eq!(send(http.get(format!("{url}/a"))).await.status, 503);
}

#[tokio::test]
async fn the_objects_of_a_file_are_stored() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("objects.yaml");
    std::fs::write(&file, include_str!("../../objects.yaml")).expect("a file");
    let (_running, url) = start(program(&["--seed-file", "objects.yaml"]).current_dir(&directory));
    let http = reqwest::Client::builder().no_proxy().build().expect("a client");
    let stored = send(http.get(format!("{url}/_simulator/objects"))).await.ok();
    assert_eq!(stored["collections"][0]["objects"].as_array().map(Vec::len), Some(2));
    let file = file.to_str().expect("text");
    std::fs::write(file, "collections: [{ account: MA1, resource: profle, objects: [] }]").expect("a file");
    check(
        &["--seed-file", file],
        &format!("error: {file}: collections[0].resource: the spec has no resource `profle`; "),
    );
    check(&["--seed-file", "no/such/file"], "error: no/such/file: ");
}

#[tokio::test]
async fn only_the_given_credentials_are_accepted() {
    let pair = ["--auth-id", "MAONE", "--auth-token", "secret-1", "--auth-id", "MATWO", "--auth-token", "secret-2"];
    let mut command = program(&["--spec", SPEC, "--strict"]);
    let mut child = command.args(pair).stdout(Stdio::piped()).spawn().map(Running).expect("a process");
    let mut lines = BufReader::new(child.0.stdout.take().expect("a pipe")).lines().map_while(Result::ok);
    let url = lines.next().and_then(|line| Some(line.strip_prefix("listening on ")?.to_owned())).expect("the address");
    let greeting: Vec<_> = lines.take_while(|line| !line.contains("received requests")).collect();
    let greeting = greeting.join("\n");
    assert!(greeting.contains("accepts only MAONE and MATWO, with the given token."), "{greeting}");
    assert!(!greeting.contains("secret"), "{greeting}");
    let path = greeting.split(&url).last().expect("a path").trim();
    let http = reqwest::Client::builder().no_proxy().build().expect("a client");
    for (id, token, status) in [("MAONE", "secret-1", 200), ("MATWO", "secret-1", 401), ("MATWO", "secret-2", 200)] {
        let url = format!("{url}{}", path.replace("MAONE", id));
        let get = |url| http.get(url).basic_auth(id, Some(token));
        assert_eq!(send(get(url.clone())).await.status, status);
        // Strict: an unknown filter is an error.
        assert_eq!(send(get(format!("{url}?nonsense=1"))).await.status, if status == 200 { 400 } else { 401 });
    }
}

/// Starts the program with a fault script, and returns its URL.
fn start_with_faults(directory: &tempfile::TempDir, faults: &str, arguments: &[&str]) -> (Running, String) {
    let file = directory.path().join("faults.yaml");
    std::fs::write(&file, faults).expect("a file");
    start(program(&["--spec", SPEC, "--faults"]).arg(file).args(arguments))
}

#[tokio::test]
async fn the_faults_of_a_file_are_injected() {
    let directory = tempfile::tempdir().expect("a directory");
    let faults = "faults:\n- { on: GET *, nth: 1, status: 503 }\n- { on: GET *, reset: before_executing }";
    let (mut running, url) = start_with_faults(&directory, faults, &["--log", "--limit", "0"]);
    let http = reqwest::Client::builder().no_proxy().build().expect("a client");
    let get = |path| http.get(format!("{url}{path}")).send();
    assert_eq!(get("/a").await.expect("a response").status(), 503);
    assert!(get("/b").await.is_err());
    assert_eq!(send(http.get(&url)).await.ok()["limit"], serde_json::json!(null));
    let log = BufReader::new(running.0.stderr.take().expect("a pipe")).lines().map_while(Result::ok);
    let lines: Vec<_> = log.take(2).collect();
    assert_eq!(lines, ["GET /a 503 (status 503)", "GET /b no response (reset before_executing)"]);
}

#[tokio::test]
async fn a_fault_cannot_inject_lines_into_the_log() {
    let directory = tempfile::tempdir().expect("a directory");
    let faults = r#"{ "faults": [{ "on": "*", "body": { "a\nGET /b": 1 }, "drift": [{ "kind": "drop", "at": "/a\nGET ~1b" }] }] }"#;
    let (mut running, url) = start_with_faults(&directory, faults, &["--log"]);
    let http = reqwest::Client::builder().no_proxy().build().expect("a client");
    assert_eq!(send(http.get(format!("{url}/a"))).await.body, serde_json::json!({}));
    let mut log = BufReader::new(running.0.stderr.take().expect("a pipe")).lines().map_while(Result::ok);
    assert_eq!(log.next().as_deref(), Some("GET /a 404 (body, drift drop /a\\nGET ~1b)"));
    drop(running);
    assert_eq!(log.next(), None);
}

#[cfg(unix)]
#[test]
fn a_signal_stops_it_with_success() {
    let directory = tempfile::tempdir().expect("a directory");
    for signal in ["INT", "TERM"] {
        let (mut running, _) = start_with_faults(&directory, "faults: []", &[]);
        let kill = format!("kill -{signal} {}", running.0.id());
        assert!(Command::new("sh").args(["-c", &kill]).status().expect("a shell").success());
        assert!(running.0.wait().expect("an exit status").success(), "{signal}");
    }
}

#[cfg(unix)]
fn send_signal(running: &Running) {
    let kill = format!("kill -INT {}", running.0.id());
    assert!(Command::new("sh").args(["-c", &kill]).status().expect("a shell").success());
}

/// The first one lets requests in progress end, which takes up to 5 seconds.
#[cfg(unix)]
#[test]
fn a_second_signal_stops_it_at_once() {
    let directory = tempfile::tempdir().expect("a directory");
    let (mut running, url) = start_with_faults(&directory, "faults: []", &[]);
    let address = url.strip_prefix("http://").expect("an address");
    let mut unfinished = TcpStream::connect(address).expect("a connection");
    unfinished.write_all(b"POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1\r\n\r\n").expect("it listens");
    // A second connection is answered after the first one was accepted.
    let mut answered = TcpStream::connect(address).expect("a connection");
    answered.write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").expect("it listens");
    answered.read_to_end(&mut Vec::new()).expect("a response");
    send_signal(&running);
    // It has stopped listening, but waits for the request.
    while TcpStream::connect(address).is_ok() {
        std::thread::yield_now();
    }
    assert!(running.0.try_wait().expect("a status").is_none());
    let begin = Instant::now();
    send_signal(&running);
    assert!(running.0.wait().expect("an exit status").success());
    assert!(begin.elapsed() < Duration::from_secs(3), "{:?}", begin.elapsed());
}

#[test]
fn it_can_end_with_the_program_that_started_it() {
    let mut command = program(&["--spec", SPEC, "--stop-with-stdin"]);
    let (mut running, _) = start(command.stdin(Stdio::piped()));
    assert!(running.0.try_wait().expect("a status").is_none());
    // The operating system closes it if the program ends in any way.
    drop(running.0.stdin.take());
    assert!(running.0.wait().expect("an exit status").success());
}

#[test]
fn help_lists_all_options() {
    let help = run(&["--help"]);
    assert!(help.status.success());
    let text = String::from_utf8_lossy(&help.stdout);
    let known = [
        "--port",
        "--spec",
        "--seed",
        "--faults",
        "--seed-file",
        "--auth-id",
        "--auth-token",
        "--limit",
        "--strict",
        "--time",
        "--log",
        "--stop-with-stdin",
        "--help",
    ];
    for flag in known {
        assert!(text.contains(flag), "{flag}");
    }
}

/// Asserts that the program rejects these arguments with this text.
fn check(arguments: &[&str], expected: &str) {
    let output = run(arguments);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(text.contains(expected), "{text}");
}

#[test]
fn invalid_arguments_are_reported() {
    check(&["--prot", "1"], "error: invalid option '--prot'; --help lists the options\n");
    check(&["--port", "many"], "error: --port many: expected a number from 0 to 65535; --help lists the options\n");
    check(&["--auth-id", "MA1"], "error: --auth-id MA1 needs an --auth-token behind it; --help lists the options\n");
    check(&["--time", "fast"], "expected `real` or `virtual`");
    check(&["--spec", "no/such/directory"], "plivo.yaml");
    check(&["--spec", SPEC, "--faults", "no/such/file"], "error: no/such/file: ");
}

#[test]
fn invalid_faults_are_reported() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("faults.yaml");
    let file = file.to_str().expect("text");
    std::fs::write(file, "faults:\n- on: '*'\n  status: busy\n").expect("a file");
    let problem = format!("error: {file}: faults[0].status: invalid type");
    check(&["--spec", SPEC, "--faults", file], &problem);
    std::fs::write(file, "faults: [{ on: nonsense, status: 1 }]").expect("a file");
    check(
        &["--spec", SPEC, "--faults", file],
        &format!("error: {file}: faults[0].on: the spec has no operation `nonsense`; "),
    );
    check(
        &["--spec", SPEC, "--faults", file],
        &format!("\nerror: {file}: faults[0].status: the status must be between 200 and 599\n"),
    );
}

#[test]
fn a_port_in_use_is_reported() {
    let taken = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let port = taken.local_addr().expect("an address").port();
    check(&["--spec", SPEC, "--port", &port.to_string()], &format!("error: cannot listen on port {port}: "));
    check(&["--spec", SPEC, "--port", &port.to_string()], "\n--port 0 takes any free port\n");
}
