//! Files: from memory, from a path, and from a stream.

use std::fs;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use plivo::clock::{Clock, Sleep};
use plivo::testing::Script;
use plivo::transport::{Body, TransportError};
use plivo::{Client, File, Outcome};
use tempfile::TempDir;

use crate::upload::{UPLOADED, Upload};

/// A stream of these pieces.
pub(crate) struct Pieces {
    rest: std::vec::IntoIter<io::Result<Bytes>>,
    /// How often others have a turn before the last one.
    turns: usize,
}

impl Pieces {
    pub(crate) fn of(pieces: Vec<io::Result<Bytes>>) -> Self {
        Self { rest: pieces.into_iter(), turns: 0 }
    }

    pub(crate) fn with_a_last_one_that_takes_long(self) -> Self {
        Self { turns: 5000, ..self }
    }
}

impl Stream for Pieces {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.rest.len() == 1 && self.turns > 0 {
            self.turns -= 1;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(self.rest.next())
    }
}

fn pieces(texts: &[&'static str]) -> Pieces {
    Pieces::of(texts.iter().map(|text| Ok(Bytes::from_static(text.as_bytes()))).collect())
}

/// What arrives of a request with this file.
async fn arrives(file: File) -> String {
    let script = Script::new().answer(200, UPLOADED);
    script.client().send(Upload::of(file)).await.expect("an answer");
    let requests = script.requests();
    String::from_utf8_lossy(requests[0].body.as_bytes().expect("it was received")).into_owned()
}

fn on_disk(content: &[u8]) -> (TempDir, std::path::PathBuf) {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("menu.txt");
    fs::write(&path, content).expect("a file");
    (directory, path)
}

#[tokio::test]
async fn the_three_kinds_arrive_alike() {
    let (_directory, path) = on_disk(b"bread and rolls");
    let in_memory = File::new("menu.txt", "bread and rolls").with_type("text/plain");
    let from_path = File::from_path(&path).with_type("text/plain");
    let streamed = File::from_stream("menu.txt", pieces(&["bread ", "and ", "rolls"])).with_type("text/plain");
    let without_boundary = |text: String| {
        let boundary = text.lines().next().expect("a line").trim_start_matches("--").to_owned();
        text.replace(&boundary, "boundary")
    };
    let expected = without_boundary(arrives(in_memory).await);
    assert!(
        expected.contains("filename=\"menu.txt\"\r\nContent-Type: text/plain\r\n\r\nbread and rolls\r\n"),
        "{expected}"
    );
    for file in [from_path.clone(), streamed] {
        assert_eq!(without_boundary(arrives(file).await), expected);
    }
    let renamed = arrives(from_path.with_name("other.txt")).await;
    assert!(renamed.contains("filename=\"other.txt\""), "{renamed}");
}

#[tokio::test]
async fn a_file_is_read_piece_by_piece_and_whole() {
    let content: Vec<u8> = (0..300_000_u32).map(|number| (number % 251) as u8).collect();
    let (_directory, path) = on_disk(&content);
    let script = Script::new().answer(200, UPLOADED);
    script.client().send(Upload::of(File::from_path(path))).await.expect("an answer");
    let body = script.requests()[0].body.as_bytes().expect("it was received").to_vec();
    assert!(body.windows(content.len()).any(|window| window == content));
}

#[tokio::test]
async fn a_file_that_is_not_there_stops_the_call_before_it_is_sent() {
    let script = Script::new();
    let file = File::from_path("no/such/file.txt");
    let error = script.client().send(Upload::of(file)).await.expect_err("it is not there");
    assert_eq!((error.outcome(), error.attempts()), (Outcome::NotSent, 0));
    assert!(error.to_string().ends_with("not sent: a file of the request cannot be read"), "{error}");
    assert!(std::error::Error::source(&error).is_some_and(|source| source.to_string().contains("No such file")));
    assert!(script.requests().is_empty());
}

#[tokio::test]
async fn what_is_no_regular_file_stops_the_call() {
    let directory = tempfile::tempdir().expect("a directory");
    for path in [directory.path(), std::path::Path::new("/dev/null")] {
        let error = Script::new().client().send(Upload::of(File::from_path(path))).await.expect_err("no file");
        assert!(error.is_file() && error.outcome() == Outcome::NotSent && error.attempts() == 0, "{error:?}");
        let source = std::error::Error::source(&error).map(ToString::to_string);
        assert_eq!(source.as_deref(), Some("not a regular file; to send the data of a pipe, use `File::from_reader`"));
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_file_that_is_made_while_it_is_read_arrives() {
    assert!(arrives(File::from_path("/proc/version")).await.contains("Linux"));
    let (_directory, path) = on_disk(b"");
    assert!(arrives(File::from_path(&path)).await.contains("filename=\"menu.txt\""));
    // What is in memory then is one piece, as everything in memory is.
    let (settings, sent) = crate::double::builder(|| Err(TransportError::connect("refused")));
    let client = settings.clock(Patience).build().expect("a client");
    client.send(Upload::of(File::from_path(path))).await.expect_err("nobody listens");
    assert!(sent.last().body.as_bytes().is_some());
}

/// Here all waits are over at once, so that there is no time even for opening a file.
#[tokio::test]
async fn looking_at_a_file_takes_of_the_time_of_the_call() {
    let (_directory, path) = on_disk(b"bread");
    let (settings, sent) = crate::double::builder(|| Err(TransportError::connect("refused")));
    let error = settings.build().expect("a client").send(Upload::of(File::from_path(path))).await;
    let error = error.expect_err("there is no time");
    assert!(error.is_timeout() && error.is_file() && error.outcome() == Outcome::NotSent, "{error:?}");
    assert_eq!((error.attempts(), sent.count()), (0, 0));
}

#[tokio::test]
async fn a_reader_may_make_its_thread_wait() {
    let (_directory, path) = on_disk(&[b'x'; 200_000]);
    let file = File::from_reader("menu.txt", fs::File::open(path).expect("it is there"));
    assert!(arrives(file).await.contains(&"x".repeat(200_000)));
    struct Broken;
    impl io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the oven broke"))
        }
    }
    let error = Script::new().client().send(Upload::of(File::from_reader("a", Broken))).await.expect_err("it broke");
    assert!(error.is_file() && error.outcome() == Outcome::Unknown, "{error:?}");
    assert_eq!(std::error::Error::source(&error).map(ToString::to_string).as_deref(), Some("the oven broke"));
}

/// No wait before a retry takes time, and no time ever runs out: reading a file takes some.
struct Patience;

impl Clock for Patience {
    fn now(&self) -> Duration {
        Duration::ZERO
    }

    fn since_1970(&self) -> Duration {
        Duration::ZERO
    }

    fn sleep(&self, time: Duration) -> Sleep {
        if time.is_zero() { Box::pin(async {}) } else { Box::pin(std::future::pending()) }
    }

    fn random(&self) -> f64 {
        0.0
    }
}

/// A client that sends again twice, whatever its script plays.
fn persistent(script: &Script) -> Client {
    script.builder().max_retries(2).clock(Patience).build().expect("a client")
}

#[tokio::test]
async fn a_file_is_read_anew_when_it_is_sent_again() {
    let (_directory, path) = on_disk(b"bread");
    let script = Script::new().answer(429, "").answer(429, "").answer(200, UPLOADED);
    let answer = persistent(&script).send(Upload::of(File::from_path(path))).await.expect("an answer");
    assert_eq!(answer.attempts(), 3);
    let requests = script.requests();
    assert!(requests.iter().all(|request| request.body == requests[0].body));
}

#[tokio::test]
async fn a_stream_that_has_begun_is_not_sent_again() {
    let script = Script::new().answer(429, "");
    let file = File::from_stream("menu.txt", pieces(&["bread"]));
    let error = persistent(&script).send(Upload::of(file.clone())).await.expect_err("too many requests");
    assert_eq!((error.attempts(), error.outcome()), (1, Outcome::Rejected));
    // The same stream has nothing more to give.
    let error = persistent(&script).send(Upload::of(file)).await.expect_err("it was read");
    let source = std::error::Error::source(&error).map(ToString::to_string);
    assert_eq!(source.as_deref(), Some("the stream of a file has already been read"));
}

#[tokio::test]
async fn a_stream_that_has_not_begun_is() {
    let (settings, sent) = crate::double::builder(|| Err(TransportError::connect("refused")));
    let file = File::from_stream("menu.txt", pieces(&["bread"]));
    let error = settings.build().expect("a client").send(Upload::of(file)).await.expect_err("nobody listens");
    assert_eq!((error.attempts(), error.outcome(), sent.count()), (3, Outcome::NotSent, 3));
}

#[tokio::test]
async fn the_length_is_known_where_it_can_be() {
    let (_directory, path) = on_disk(b"bread");
    let length = |file: File| async move {
        let (settings, sent) = crate::double::builder(|| Err(TransportError::connect("refused")));
        let client = settings.clock(Patience).build().expect("a client");
        client.send(Upload::of(file)).await.expect_err("nobody listens");
        sent.last().body.len()
    };
    let of_path = length(File::from_path(path)).await;
    assert_eq!(length(File::from_stream("menu.txt", pieces(&[])).with_length(5)).await, of_path);
    assert!(of_path.is_some() && length(File::from_stream("menu.txt", pieces(&[]))).await.is_none());
}

#[tokio::test]
async fn a_stream_of_another_length_than_was_said_breaks_off() {
    for (length, says) in [(4, "longer than its declared"), (6, "shorter than")] {
        let file = File::from_stream("menu.txt", pieces(&["br", "ead"])).with_length(length);
        let error = Script::new().client().send(Upload::of(file)).await.expect_err("it breaks off");
        let source = std::error::Error::source(&error).expect("a reason").to_string();
        assert!(source.contains(says) && error.outcome() == Outcome::Unknown, "{source}");
    }
}

#[tokio::test]
async fn what_a_stream_fails_with_is_the_reason() {
    let failing = Pieces::of(vec![Ok(Bytes::from_static(b"br")), Err(io::Error::other("the oven broke"))]);
    let file = File::from_stream("menu.txt", failing);
    let error = Script::new().client().send(Upload::of(file)).await.expect_err("it breaks off");
    assert_eq!(std::error::Error::source(&error).map(ToString::to_string).as_deref(), Some("the oven broke"));
}

#[test]
fn only_bytes_in_memory_are_data() {
    let file = File::new("a", "b");
    assert_eq!(file.content(), Some(b"b".as_slice()));
    let streamed = File::from_stream("a", pieces(&["b"]));
    assert!(streamed.content().is_none() && streamed == streamed.clone() && streamed != file);
    let error = serde_json::to_string(&streamed).expect_err("it is not in memory");
    assert!(error.to_string().contains("in memory can be serialized"), "{error}");
    assert_eq!(File::from_path("a/b.txt"), File::from_path("a/b.txt"));
    assert_eq!(File::from_path("a/b.txt").name(), "b.txt");
}

#[test]
fn a_body_shows_its_length_only() {
    assert_eq!(format!("{:?}", Body::from("ada@example.com")), "Body { length: Some(15), .. }");
}
