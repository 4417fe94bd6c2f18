//! The three tasks over HTTP: by this client, and by hand with `reqwest` and derived `serde`.

use std::hint::black_box;
use std::sync::Arc;

use plivo::Client;
use reqwest::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::BoxError;
use crate::cases::request;
use crate::plain::{self, borrowed};

/// The request to measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Task {
    Create,
    List,
    /// A list in which values differ from the spec. By hand, which would refuse it, the same list without differences.
    DifferingList,
}

impl Task {
    pub(crate) const ALL: [Self; 3] = [Self::Create, Self::List, Self::DifferingList];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Create => "create, full body",
            Self::List => "list of 20",
            Self::DifferingList => "list, 40 differ",
        }
    }
}

/// An implementation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Client,
    /// By hand, with types that own their texts.
    Owned,
    /// By hand, with types that borrow their texts.
    Borrowed,
}

impl Side {
    pub(crate) const ALL: [Self; 3] = [Self::Owned, Self::Borrowed, Self::Client];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Owned => "owned",
            Self::Borrowed => "borrowed",
        }
    }
}

/// Sends one kind of request in one implementation.
pub(crate) enum Sender {
    Client(Client, Task),
    ByHand(Arc<ByHand>, Task, Side),
}

impl Sender {
    /// The client keeps its limits, unless more than they allow are to be in flight.
    pub(crate) fn new(task: Task, side: Side, url: &str, at_once: usize) -> Result<Self, BoxError> {
        Ok(match side {
            Side::Client => {
                let builder = Client::builder().credentials(plivo::testing::AUTH_ID, plivo::testing::AUTH_TOKEN);
                let builder = if at_once > 100 { builder.without_limits() } else { builder };
                Self::Client(builder.base_url(url).build()?, task)
            }
            Side::Owned | Side::Borrowed => Self::ByHand(Arc::new(ByHand::new(url)?), task, side),
        })
    }

    pub(crate) async fn send(&self) -> Result<(), BoxError> {
        match self {
            Self::Client(client, Task::Create) => {
                black_box(client.send(request()).await?);
            }
            Self::Client(client, Task::List) => {
                black_box(client.profile().list().limit(20).send().await?);
            }
            Self::Client(client, Task::DifferingList) => {
                black_box(client.profile().list().limit(20).offset(20).send().await?);
            }
            Self::ByHand(by_hand, Task::Create, Side::Borrowed) => {
                let body = by_hand.fetch(Method::POST, "/", Some(&borrowed::request())).await?;
                black_box(serde_json::from_slice::<borrowed::Created<'_>>(&body)?);
            }
            Self::ByHand(by_hand, Task::List | Task::DifferingList, Side::Borrowed) => {
                let body = by_hand.fetch(Method::GET, "/?limit=20", None::<&()>).await?;
                black_box(serde_json::from_slice::<borrowed::Page<'_>>(&body)?);
            }
            Self::ByHand(by_hand, Task::Create, _) => {
                black_box(by_hand.json::<plain::Created>(Method::POST, "/", Some(&plain::request())).await?);
            }
            Self::ByHand(by_hand, Task::List | Task::DifferingList, _) => {
                black_box(by_hand.json::<plain::Page>(Method::GET, "/?limit=20", None::<&()>).await?);
            }
        }
        Ok(())
    }
}

/// What a program has that calls the API without a client crate.
pub(crate) struct ByHand {
    http: reqwest::Client,
    profiles: String,
}

impl ByHand {
    fn new(url: &str) -> Result<Self, BoxError> {
        let http = reqwest::Client::builder().no_proxy().user_agent("by-hand/1.0").build()?;
        Ok(Self { http, profiles: format!("{url}/v1/Account/{}/Profile", plivo::testing::AUTH_ID) })
    }

    async fn response(
        &self,
        method: Method,
        path: &str,
        body: Option<&impl Serialize>,
    ) -> Result<reqwest::Response, reqwest::Error> {
        let request = self.http.request(method, format!("{}{path}", self.profiles));
        let request = request.basic_auth(plivo::testing::AUTH_ID, Some(plivo::testing::AUTH_TOKEN));
        let request = if let Some(body) = body { request.json(body) } else { request };
        request.send().await?.error_for_status()
    }

    async fn json<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: Option<&impl Serialize>,
    ) -> Result<T, reqwest::Error> {
        self.response(method, path, body).await?.json().await
    }

    async fn fetch(
        &self,
        method: Method,
        path: &str,
        body: Option<&impl Serialize>,
    ) -> Result<bytes::Bytes, reqwest::Error> {
        self.response(method, path, body).await?.bytes().await
    }
}
