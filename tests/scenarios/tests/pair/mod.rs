//! A simulator of the API, and a client of it.

use std::sync::Arc;
use std::time::Duration;

use plivo::Client;
use plivo::transport::{Transport, TransportFuture, TransportRequest};
use plivo_simulator::{Objects, Simulator};

/// Shorter than every state of an object, so that an example sees each of them.
pub(crate) const TICK: Duration = Duration::from_millis(400);

/// Advances the time of the simulator after each request.
struct Ticking<T> {
    inner: T,
    simulator: Arc<Simulator>,
    tick: Duration,
}

impl<T: Transport> Transport for Ticking<T> {
    fn send(&self, request: TransportRequest) -> TransportFuture<'_> {
        Box::pin(async {
            let response = self.inner.send(request).await;
            self.simulator.advance(self.tick);
            response
        })
    }
}

/// A simulator of the API, and a client of it.
pub(crate) async fn pair() -> (Arc<Simulator>, Client) {
    pair_with(TICK).await
}

/// A simulator of the API whose time advances after each request, and a client of it.
pub(crate) async fn pair_with(tick: Duration) -> (Arc<Simulator>, Client) {
    let simulator = Arc::new(Simulator::of_spec().await.expect("a free port"));
    let (url, ticking) = (simulator.url(), simulator.clone());
    let builder = Client::builder().credentials("MAXXXXXXXXXXXXXXXXXX", "auth-token").base_url(url);
    let client = builder.wrap_transport(move |inner| Ticking { inner, simulator: ticking, tick }).build();
    (simulator, client.expect("a client"))
}

/// Puts an object into the simulator that no request can create.
pub(crate) fn seed(simulator: &Simulator, resource: &str, object: serde_json::Value) {
    let collection =
        serde_json::json!({ "account": "MAXXXXXXXXXXXXXXXXXX", "resource": resource, "objects": [object] });
    let objects: Objects = serde_json::from_value(serde_json::json!({ "collections": [collection] })).expect("objects");
    simulator.seed(&objects).expect("an object");
}

/// The methods and the ends of the paths that the simulator was asked for, without repetitions in a row. Ids are `*`.
pub(crate) fn routes(simulator: &Simulator) -> Vec<String> {
    let shown = |step: &str| if step.contains(|letter: char| letter.is_ascii_digit()) { "*" } else { step }.to_owned();
    let route = |request: &plivo_simulator::RecordedRequest| {
        let steps: Vec<String> = request.path().trim_matches('/').split('/').skip(3).map(shown).collect();
        format!("{} {}", request.method(), steps.join("/"))
    };
    let mut routes: Vec<String> = simulator.requests().iter().map(route).collect();
    routes.dedup();
    routes
}
