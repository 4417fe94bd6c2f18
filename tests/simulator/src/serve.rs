//! From a request to its answer, with what goes wrong on purpose.

use crate::control;
use crate::decide::decide;
use crate::fault::{Due, Reset, send};
use crate::outgoing::{Abort, Outgoing};
use crate::receive::{Received, receive};
use crate::record::Recorded;
use crate::refusal::Refusal;
use crate::reply::Reply;
use crate::route::{self, Route};
use crate::shared::{Shared, UnderWay};
use bytes::Bytes;
use http::request::Parts;
use http::{Request, Response};
use hyper::body::Incoming;
use std::sync::Arc;
use tokio::time::sleep;

/// Receives, records and answers one request, or ends its connection.
pub(crate) async fn serve(shared: Arc<Shared>, request: Request<Incoming>) -> Result<Response<Outgoing>, Abort> {
    let (head, body) = request.into_parts();
    if control::is_own(&head) {
        let received = receive(body, shared.options.time_for_body).await;
        return Ok(control::answer(&shared, &head, received));
    }
    let route = route::find(&shared.model, &head.method, &head.uri);
    let mut due = shared.faults.due(&head.method, route.as_ref().ok());
    let (resets, waits) = due.as_ref().map_or((None, None), |due| (due.fault.resets(), due.fault.waits()));
    let received = match resets {
        Some(Reset::BeforeRead) => Received::Whole(Bytes::new()),
        _ => receive(body, shared.options.time_for_body).await,
    };
    let recorded = Recorded::new(&head, received.kept(), due.as_ref().map(|due| Arc::clone(&due.label)));
    let mut under_way = UnderWay::new(&shared, recorded);
    let reply = match resets {
        Some(Reset::BeforeRead | Reset::BeforeExecuting) => None,
        _ => Some(reply(&shared, &head, route, received, due.as_mut()).await),
    };
    // What gets lost also takes its time before.
    if let Some(time) = waits {
        sleep(time).await;
    }
    match reply {
        Some(reply) if resets != Some(Reset::AfterExecuting) => {
            under_way.answered(reply.status.as_u16(), due.as_ref().map(|due| Arc::clone(&due.label)));
            Ok(send(reply, due.as_ref().map(|due| &*due.fault)))
        }
        _ => Err(Abort::Reset),
    }
}

/// The answer to a request, with what a fault makes of it.
async fn reply(
    shared: &Shared,
    head: &Parts,
    route: Result<Route<'_>, Refusal>,
    received: Received,
    due: Option<&mut Due>,
) -> Reply {
    let model = &shared.model;
    let api_id = shared.api_id();
    let operation = route.as_ref().ok().map(|route| route.operation);
    let mut reply = match due.as_ref().and_then(|due| due.fault.instead(model, &api_id)) {
        Some(instead) => instead,
        None => match decide(shared, head, route, received).await {
            Ok(answer) => Reply::to(answer, &api_id),
            Err(refusal) => Reply::refusing(refusal, &model.errors.refusal, &api_id),
        },
    };
    if let Some(due) = due {
        due.change(model, &head.method, operation, &api_id, &mut reply);
    }
    reply
}
