//! A web service that sends messages: `POST /messages` with `{"to": "+13125550147", "text": "Hello"}`.
//!
//! `cargo run --example web_service -- +12125550123`
//!
//! All requests share one client, and so its connections, rate limits and retries.

mod connect;

use std::env;
use std::io::{Write, stdout};

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use plivo::{Client, Outcome};
use serde::Deserialize;
use serde_json::{Value, json};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), connect::Failure> {
    let src = env::args().nth(1).ok_or("usage: web_service FROM")?;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
    writeln!(stdout(), "http://{}/messages", listener.local_addr()?)?;
    Ok(axum::serve(listener, service(connect::builder()?.build()?, src)).await?)
}

/// The service. `src` is the sender of all messages.
pub(crate) fn service(client: Client, src: String) -> Router {
    Router::new().route("/messages", post(send)).with_state((client, src))
}

#[derive(Deserialize)]
struct Message {
    to: String,
    text: String,
}

async fn send(
    State((client, src)): State<(Client, String)>,
    Json(message): Json<Message>,
) -> (StatusCode, Json<Value>) {
    let sent = client.message().send().src(src).dst([&message.to]).text(message.text).send().await;
    match sent.as_ref().map(|queued| queued.message_uuid.first()) {
        Ok(Some(message_uuid)) => (StatusCode::ACCEPTED, Json(json!({ "id": message_uuid }))),
        // Plivo accepts the request, but ignores recipients that are not valid.
        Ok(None) => {
            let error = format!("invalid number: {}", message.to);
            (StatusCode::BAD_REQUEST, Json(json!({ "error": error, "may_be_sent": false })))
        }
        Err(error) => {
            // Only the caller can know whether a message that may have been sent should be sent again.
            let may_be_sent = matches!(error.outcome(), Outcome::Executed | Outcome::Unknown);
            let status = if error.is_validation() { StatusCode::BAD_REQUEST } else { StatusCode::BAD_GATEWAY };
            (status, Json(json!({ "error": error.to_string(), "may_be_sent": may_be_sent })))
        }
    }
}
