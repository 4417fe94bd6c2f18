//! A server in virtual time: it replies as the test says, and records when each request arrives.

use std::future::pending;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use http::{HeaderMap, StatusCode};
use plivo::clock::Clock;
use plivo::transport::{Transport, TransportError, TransportFuture, TransportRequest, TransportResponse};
use plivo::{Client, ClientBuilder};

use crate::fake_transport::{AUTH_ID, TOKEN};
use crate::virtual_time::VirtualTime;

/// How the server ends a request.
pub(crate) enum Reply {
    /// With a response or a failure of the connection, after a delay.
    Ends { after: Duration, with: Result<TransportResponse, TransportError> },
    /// It does not: the request hangs.
    Never,
}

pub(crate) fn response(status: u16, body: &str) -> Reply {
    response_with(status, &[], body)
}

pub(crate) fn response_with(status: u16, headers: &[(&'static str, &str)], body: &str) -> Reply {
    let headers: HeaderMap =
        headers.iter().map(|(name, value)| (name.parse().expect("a name"), value.parse().expect("a value"))).collect();
    let status = StatusCode::from_u16(status).expect("a status");
    immediately(Ok(TransportResponse::new(status, headers, body.to_owned())))
}

pub(crate) fn failure(error: TransportError) -> Reply {
    immediately(Err(error))
}

fn immediately(with: Result<TransportResponse, TransportError>) -> Reply {
    Reply::Ends { after: Duration::ZERO, with }
}

impl Reply {
    /// Delays the reply.
    pub(crate) fn after(self, delay: Duration) -> Self {
        match self {
            Self::Ends { after, with } => Self::Ends { after: after + delay, with },
            Self::Never => Self::Never,
        }
    }
}

/// A handle to what the server has recorded.
#[derive(Clone, Default)]
pub(crate) struct Recorder(Arc<Mutex<Recording>>);

#[derive(Default)]
pub(crate) struct Recording {
    /// When each request arrived.
    pub(crate) starts: Vec<Duration>,
    /// The requests, in the same order.
    pub(crate) requests: Vec<TransportRequest>,
    pub(crate) in_flight: usize,
    pub(crate) max_in_flight: usize,
}

impl Recorder {
    pub(crate) fn lock(&self) -> MutexGuard<'_, Recording> {
        self.0.lock().expect("no test panics while it holds the lock")
    }

    pub(crate) fn starts(&self) -> Vec<Duration> {
        self.lock().starts.clone()
    }
}

struct FakeServer<F> {
    time: VirtualTime,
    recorder: Recorder,
    reply: F,
}

/// Counts a request as in flight until it is dropped.
struct InFlight(Recorder);

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.lock().in_flight -= 1;
    }
}

impl<F: Fn(usize, &TransportRequest) -> Reply + Send + Sync + 'static> Transport for FakeServer<F> {
    fn send(&self, request: TransportRequest) -> TransportFuture<'_> {
        let index = self.record(&request);
        let in_flight = InFlight(self.recorder.clone());
        let reply = (self.reply)(index, &request);
        Box::pin(async move {
            let _in_flight = in_flight;
            match reply {
                Reply::Never => pending().await,
                Reply::Ends { after, with } => {
                    if !after.is_zero() {
                        self.time.sleep(after).await;
                    }
                    with
                }
            }
        })
    }
}

impl<F> FakeServer<F> {
    /// Records a request. Returns the number of earlier requests.
    fn record(&self, request: &TransportRequest) -> usize {
        let now = self.time.now();
        let mut recording = self.recorder.lock();
        recording.starts.push(now);
        recording.requests.push(request.clone());
        recording.in_flight += 1;
        recording.max_in_flight = recording.max_in_flight.max(recording.in_flight);
        recording.starts.len() - 1
    }
}

/// Returns the settings of a client of a fake server. `reply` is called with the number of earlier requests.
pub(crate) fn fake_server(
    time: &VirtualTime,
    reply: impl Fn(usize, &TransportRequest) -> Reply + Send + Sync + 'static,
) -> (ClientBuilder, Recorder) {
    let recorder = Recorder::default();
    let server = FakeServer { time: time.clone(), recorder: recorder.clone(), reply };
    (Client::builder().credentials(AUTH_ID, TOKEN).clock(time.clone()).transport(server), recorder)
}

/// The id at the end of a request's path.
pub(crate) fn id_of(request: &TransportRequest) -> &str {
    request.url.trim_end_matches('/').rsplit('/').next().expect("a path")
}

pub(crate) const FOUND: &str = r#"{"profile":{"profile_uuid":"p"}}"#;

pub(crate) fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

pub(crate) fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}
