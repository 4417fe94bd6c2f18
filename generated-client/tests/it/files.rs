//! Uploads of files from memory, from a path and from a stream.

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

/// A stream of chunks.
pub(crate) struct Chunks {
    rest: std::vec::IntoIter<io::Result<Bytes>>,
    /// How often the stream is pending before its last chunk.
    pending: usize,
}

impl Chunks {
    pub(crate) fn of(chunks: Vec<io::Result<Bytes>>) -> Self {
        Self { rest: chunks.into_iter(), pending: 0 }
    }

    pub(crate) fn with_slow_last_chunk(self) -> Self {
        Self { pending: 5000, ..self }
    }
}

impl Stream for Chunks {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.rest.len() == 1 && self.pending > 0 {
            self.pending -= 1;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(self.rest.next())
    }
}

fn chunks(texts: &[&'static str]) -> Chunks {
    Chunks::of(texts.iter().map(|text| Ok(Bytes::from_static(text.as_bytes()))).collect())
}

/// Uploads a file and returns the body of the request.
async fn upload(file: File) -> String {
    let script = Script::new().answer(200, UPLOADED);
    script.client().send(Upload::of(file)).await.expect("an answer");
    let requests = script.requests();
    String::from_utf8_lossy(requests[0].body.as_bytes().expect("a body in memory")).into_owned()
}

fn on_disk(content: &[u8]) -> (TempDir, std::path::PathBuf) {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("menu.txt");
    fs::write(&path, content).expect("a file");
    (directory, path)
}

#[tokio::test]
async fn files_from_memory_path_and_stream_are_sent_alike() {
    let (_directory, path) = on_disk(b"bread and rolls");
    let in_memory = File::new("menu.txt", "bread and rolls").with_type("text/plain");
    let from_path = File::from_path(&path).with_type("text/plain");
    let streamed = File::from_stream("menu.txt", chunks(&["bread ", "and ", "rolls"])).with_type("text/plain");
    let without_boundary = |text: String| {
        let boundary = text.lines().next().expect("a line").trim_start_matches("--").to_owned();
        text.replace(&boundary, "boundary")
    };
    let expected = without_boundary(upload(in_memory).await);
    assert!(
        expected.contains("filename=\"menu.txt\"\r\nContent-Type: text/plain\r\n\r\nbread and rolls\r\n"),
        "{expected}"
    );
    for file in [from_path.clone(), streamed] {
        assert_eq!(without_boundary(upload(file).await), expected);
    }
    let renamed = upload(from_path.with_name("other.txt")).await;
    assert!(renamed.contains("filename=\"other.txt\""), "{renamed}");
}

#[tokio::test]
async fn a_file_is_streamed_completely() {
    let content: Vec<u8> = (0..300_000_u32).map(|number| (number % 251) as u8).collect();
    let (_directory, path) = on_disk(&content);
    let script = Script::new().answer(200, UPLOADED);
    script.client().send(Upload::of(File::from_path(path))).await.expect("an answer");
    let body = script.requests()[0].body.as_bytes().expect("a body in memory").to_vec();
    assert!(body.windows(content.len()).any(|window| window == content));
}

#[tokio::test]
async fn a_missing_file_fails_before_anything_is_sent() {
    let script = Script::new();
    let file = File::from_path("no/such/file.txt");
    let error = script.client().send(Upload::of(file)).await.expect_err("the file is missing");
    assert_eq!((error.outcome(), error.attempts()), (Outcome::NotSent, 0));
    assert!(error.to_string().ends_with("not sent: a file of the request cannot be read"), "{error}");
    assert!(std::error::Error::source(&error).is_some_and(|source| source.to_string().contains("No such file")));
    assert!(script.requests().is_empty());
}

#[tokio::test]
async fn a_directory_or_device_is_refused_as_a_file() {
    let directory = tempfile::tempdir().expect("a directory");
    for path in [directory.path(), std::path::Path::new("/dev/null")] {
        let error =
            Script::new().client().send(Upload::of(File::from_path(path))).await.expect_err("it is not a regular file");
        assert!(error.is_file() && error.outcome() == Outcome::NotSent && error.attempts() == 0, "{error:?}");
        let source = std::error::Error::source(&error).map(ToString::to_string);
        assert_eq!(source.as_deref(), Some("not a regular file; to send the data of a pipe, use `File::from_reader`"));
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_file_of_unknown_length_is_read_into_memory() {
    assert!(upload(File::from_path("/proc/version")).await.contains("Linux"));
    let (_directory, path) = on_disk(b"");
    assert!(upload(File::from_path(&path)).await.contains("filename=\"menu.txt\""));
    // Its body is then in memory.
    let (settings, sent) = crate::fake_transport::builder(|| Err(TransportError::connect("refused")));
    let client = settings.clock(NoTimeouts).build().expect("a client");
    client.send(Upload::of(File::from_path(path))).await.expect_err("the connection is refused");
    assert!(sent.last().body.as_bytes().is_some());
}

/// The timers of the fake transport end at once, so the deadline passes before the file is open.
#[tokio::test]
async fn opening_a_file_counts_toward_the_deadline() {
    let (_directory, path) = on_disk(b"bread");
    let (settings, sent) = crate::fake_transport::builder(|| Err(TransportError::connect("refused")));
    let error = settings.build().expect("a client").send(Upload::of(File::from_path(path))).await;
    let error = error.expect_err("the deadline has passed");
    assert!(error.is_timeout() && error.is_file() && error.outcome() == Outcome::NotSent, "{error:?}");
    assert_eq!((error.attempts(), sent.count()), (0, 0));
}

#[tokio::test]
async fn a_blocking_reader_can_be_uploaded() {
    let (_directory, path) = on_disk(&[b'x'; 200_000]);
    let file = File::from_reader("menu.txt", fs::File::open(path).expect("the file exists"));
    assert!(upload(file).await.contains(&"x".repeat(200_000)));
    struct Broken;
    impl io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the oven broke"))
        }
    }
    let error =
        Script::new().client().send(Upload::of(File::from_reader("a", Broken))).await.expect_err("the reader fails");
    assert!(error.is_file() && error.outcome() == Outcome::Unknown, "{error:?}");
    assert_eq!(std::error::Error::source(&error).map(ToString::to_string).as_deref(), Some("the oven broke"));
}

/// A clock without backoff and without timeouts, since reading a file takes real time.
struct NoTimeouts;

impl Clock for NoTimeouts {
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

/// A client of the script that retries twice.
fn retrying(script: &Script) -> Client {
    script.builder().max_retries(2).clock(NoTimeouts).build().expect("a client")
}

#[tokio::test]
async fn a_file_is_reread_for_each_retry() {
    let (_directory, path) = on_disk(b"bread");
    let script = Script::new().answer(429, "").answer(429, "").answer(200, UPLOADED);
    let answer = retrying(&script).send(Upload::of(File::from_path(path))).await.expect("an answer");
    assert_eq!(answer.attempts(), 3);
    let requests = script.requests();
    assert!(requests.iter().all(|request| request.body == requests[0].body));
}

#[tokio::test]
async fn a_stream_that_was_read_is_not_retried() {
    let script = Script::new().answer(429, "");
    let file = File::from_stream("menu.txt", chunks(&["bread"]));
    let error = retrying(&script).send(Upload::of(file.clone())).await.expect_err("too many requests");
    assert_eq!((error.attempts(), error.outcome()), (1, Outcome::Rejected));
    // The stream is consumed.
    let error = retrying(&script).send(Upload::of(file)).await.expect_err("the stream is consumed");
    let source = std::error::Error::source(&error).map(ToString::to_string);
    assert_eq!(source.as_deref(), Some("the stream of a file has already been read"));
}

#[tokio::test]
async fn a_stream_that_was_not_read_is_retried() {
    let (settings, sent) = crate::fake_transport::builder(|| Err(TransportError::connect("refused")));
    let file = File::from_stream("menu.txt", chunks(&["bread"]));
    let error =
        settings.build().expect("a client").send(Upload::of(file)).await.expect_err("the connection is refused");
    assert_eq!((error.attempts(), error.outcome(), sent.count()), (3, Outcome::NotSent, 3));
}

#[tokio::test]
async fn the_body_length_is_known_when_the_file_length_is() {
    let (_directory, path) = on_disk(b"bread");
    let length = |file: File| async move {
        let (settings, sent) = crate::fake_transport::builder(|| Err(TransportError::connect("refused")));
        let client = settings.clock(NoTimeouts).build().expect("a client");
        client.send(Upload::of(file)).await.expect_err("the connection is refused");
        sent.last().body.len()
    };
    let of_path = length(File::from_path(path)).await;
    assert_eq!(length(File::from_stream("menu.txt", chunks(&[])).with_length(5)).await, of_path);
    assert!(of_path.is_some() && length(File::from_stream("menu.txt", chunks(&[]))).await.is_none());
}

#[tokio::test]
async fn a_stream_of_the_wrong_length_fails_the_request() {
    for (length, says) in [(4, "longer than its declared"), (6, "shorter than")] {
        let file = File::from_stream("menu.txt", chunks(&["br", "ead"])).with_length(length);
        let error = Script::new().client().send(Upload::of(file)).await.expect_err("the upload fails");
        let source = std::error::Error::source(&error).expect("a reason").to_string();
        assert!(source.contains(says) && error.outcome() == Outcome::Unknown, "{source}");
    }
}

#[tokio::test]
async fn the_error_of_a_stream_is_the_source() {
    let failing = Chunks::of(vec![Ok(Bytes::from_static(b"br")), Err(io::Error::other("the oven broke"))]);
    let file = File::from_stream("menu.txt", failing);
    let error = Script::new().client().send(Upload::of(file)).await.expect_err("the upload fails");
    assert_eq!(std::error::Error::source(&error).map(ToString::to_string).as_deref(), Some("the oven broke"));
}

#[test]
fn only_a_file_in_memory_can_be_serialized() {
    let file = File::new("a", "b");
    assert_eq!(file.content(), Some(b"b".as_slice()));
    let streamed = File::from_stream("a", chunks(&["b"]));
    assert!(streamed.content().is_none() && streamed == streamed.clone() && streamed != file);
    let error = serde_json::to_string(&streamed).expect_err("it is not in memory");
    assert!(error.to_string().contains("in memory can be serialized"), "{error}");
    assert_eq!(File::from_path("a/b.txt"), File::from_path("a/b.txt"));
    assert_eq!(File::from_path("a/b.txt").name(), "b.txt");
}

#[test]
fn debug_output_of_a_body_shows_only_its_length() {
    assert_eq!(format!("{:?}", Body::from("ada@example.com")), "Body { length: Some(15), .. }");
}
