//! A server of the [`World`]: it does what the test says, and notes when.

use std::future::pending;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use http::{HeaderMap, StatusCode};
use plivo::clock::Clock;
use plivo::transport::{Transport, TransportError, TransportFuture, TransportRequest, TransportResponse};
use plivo::{Client, ClientBuilder};

use crate::double::{AUTH_ID, TOKEN};
use crate::world::World;

/// How a request ends.
pub(crate) enum Played {
    Ends { after: Duration, with: Result<TransportResponse, TransportError> },
    Never,
}

pub(crate) fn answer(status: u16, body: &str) -> Played {
    answer_with(status, &[], body)
}

pub(crate) fn answer_with(status: u16, headers: &[(&'static str, &str)], body: &str) -> Played {
    let headers: HeaderMap =
        headers.iter().map(|(name, value)| (name.parse().expect("a name"), value.parse().expect("a value"))).collect();
    let status = StatusCode::from_u16(status).expect("a status");
    at_once(Ok(TransportResponse::new(status, headers, body.to_owned())))
}

pub(crate) fn fail(error: TransportError) -> Played {
    at_once(Err(error))
}

fn at_once(with: Result<TransportResponse, TransportError>) -> Played {
    Played::Ends { after: Duration::ZERO, with }
}

impl Played {
    /// The same, later.
    pub(crate) fn after(self, time: Duration) -> Self {
        match self {
            Self::Ends { after, with } => Self::Ends { after: after + time, with },
            Self::Never => Self::Never,
        }
    }
}

/// What the server noted.
#[derive(Clone, Default)]
pub(crate) struct Noted(Arc<Mutex<Notes>>);

#[derive(Default)]
pub(crate) struct Notes {
    /// When each request came.
    pub(crate) starts: Vec<Duration>,
    /// The same requests.
    pub(crate) requests: Vec<TransportRequest>,
    pub(crate) in_flight: usize,
    pub(crate) most_in_flight: usize,
}

impl Noted {
    pub(crate) fn lock(&self) -> MutexGuard<'_, Notes> {
        self.0.lock().expect("no test panics while it holds this")
    }

    pub(crate) fn starts(&self) -> Vec<Duration> {
        self.lock().starts.clone()
    }
}

struct Server<F> {
    world: World,
    noted: Noted,
    play: F,
}

/// Counts a request as long as somebody waits for it.
struct InFlight(Noted);

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.lock().in_flight -= 1;
    }
}

impl<F: Fn(usize, &TransportRequest) -> Played + Send + Sync + 'static> Transport for Server<F> {
    fn send(&self, request: TransportRequest) -> TransportFuture<'_> {
        let which = self.note(&request);
        let in_flight = InFlight(self.noted.clone());
        let played = (self.play)(which, &request);
        Box::pin(async move {
            let _in_flight = in_flight;
            match played {
                Played::Never => pending().await,
                Played::Ends { after, with } => {
                    if !after.is_zero() {
                        self.world.sleep(after).await;
                    }
                    with
                }
            }
        })
    }
}

impl<F> Server<F> {
    /// Gives the number of requests before.
    fn note(&self, request: &TransportRequest) -> usize {
        let now = self.world.now();
        let mut notes = self.noted.lock();
        notes.starts.push(now);
        notes.requests.push(request.clone());
        notes.in_flight += 1;
        notes.most_in_flight = notes.most_in_flight.max(notes.in_flight);
        notes.starts.len() - 1
    }
}

/// Settings of a client in this world. What it sends ends as `play` says, which is given how many were before.
pub(crate) fn stage(
    world: &World,
    play: impl Fn(usize, &TransportRequest) -> Played + Send + Sync + 'static,
) -> (ClientBuilder, Noted) {
    let noted = Noted::default();
    let server = Server { world: world.clone(), noted: noted.clone(), play };
    (Client::builder().credentials(AUTH_ID, TOKEN).clock(world.clone()).transport(server), noted)
}

/// The id in the path of a request.
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
