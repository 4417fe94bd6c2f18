//! Sends documented requests to the simulator and decodes documented answers. Prints requests and answers.

use std::sync::Arc;

use plivo::transport::{Transport, TransportFuture, TransportRequest, TransportResponse};
use plivo::{Client, Error, Request, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Prints each request and passes it on.
struct Printed(Arc<dyn Transport>);

impl Transport for Printed {
    fn send(&self, request: TransportRequest) -> TransportFuture<'_> {
        let path = request.url.splitn(4, '/').nth(3).unwrap_or_default();
        let host = if request.url.contains("127.0.0.1") { "" } else { "(another host) " };
        println!("> {host}{} /{path}", request.method);
        if let Some(kind) = request.headers.get("content-type") {
            println!("> content-type: {}", kind.to_str().unwrap_or_default());
        }
        for line in String::from_utf8_lossy(request.body.as_bytes().expect("a body in memory")).lines() {
            println!("> {line}");
        }
        self.0.send(request)
    }
}

/// Responds with a fixed status and body.
struct Fixed(u16, String);

impl Transport for Fixed {
    fn send(&self, _: TransportRequest) -> TransportFuture<'_> {
        let status = self.0.try_into().expect("a status");
        let response = TransportResponse::new(status, Default::default(), self.1.clone());
        Box::pin(async { Ok(response) })
    }
}

fn client() -> plivo::ClientBuilder {
    let url = std::env::var("PLIVO_BASE_URL").expect("the address of a simulator");
    // Without retries each request is printed once.
    Client::builder().credentials("MAXXXXXXXXXXXXXXXXXX", "auth-token").base_url(url).max_retries(0)
}

async fn call<R>(title: &str, request: &str, answer: Option<(u16, &str)>)
where
    R: Request + DeserializeOwned,
    R::Answer: Serialize,
{
    println!("# {title}");
    let read = || serde_json::from_str::<R>(request).unwrap_or_else(|error| panic!("{title}: {error}"));
    println!("{:?}", read());
    let printed = client().wrap_transport(Printed).build().expect("a client");
    println!("{}", shown(printed.send(read()).await));
    if let Some((status, body)) = answer {
        println!("- the documented answer, {status}: {body}");
        let fixed = client().transport(Fixed(status, body.to_owned())).build().expect("a client");
        println!("{}", shown(fixed.send(read()).await));
    }
    println!();
}

fn shown<T: Serialize>(outcome: Result<Response<T>, Error>) -> String {
    match outcome {
        Ok(response) => {
            let json = serde_json::to_string(&*response).expect("JSON");
            let warnings = response.report().warnings().iter();
            let warnings = warnings.map(|found| format!("\n  warning: {} {}", found.pointer(), found.rule()));
            let drift = response.drift().iter().map(|drift| format!("\n  drift: {drift}"));
            format!("< {} {json}{}", response.status(), warnings.chain(drift).collect::<String>())
        }
        Err(error) => format!("< {:?}: {error}", error.outcome()),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    // INSERT CALLS
}
