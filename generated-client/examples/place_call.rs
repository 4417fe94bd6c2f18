//! Places a call, speaks, records the answer, and hangs up.
//!
//! `cargo run --example place_call -- +12125550123 +13125550147 https://example.com/answer.xml`

mod connect;

use std::env;
use std::error::Error;
use std::io::{Write, stdout};
use std::time::Duration;

use plivo::call::{Call, CallStatus};
use plivo::{Client, Decimal, Response};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), connect::Failure> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [from, to, answer_url] = arguments.as_slice() else {
        return Err("usage: place_call FROM TO ANSWER_URL".into());
    };
    let client = connect::builder()?.build()?;
    let call_uuid = place(&client, from, to, answer_url).await?;
    writeln!(stdout(), "call {call_uuid}")?;

    let call = ask(&client, &call_uuid, Duration::from_secs(1)).await?;
    let cause = call.hangup_cause_name.as_deref().unwrap_or("unknown cause");
    let cost = call.total_amount.as_ref().map_or("-", Decimal::as_str);
    writeln!(stdout(), "{cause}, {} seconds, {cost} USD", call.call_duration.unwrap_or(0))?;
    Ok(())
}

/// Places the call, and returns its id. `answer_url` keeps the call open, with a `Wait` for example.
pub(crate) async fn place(client: &Client, from: &str, to: &str, answer_url: &str) -> Result<String, Box<dyn Error>> {
    let created = client.call().create().from(from).to([to]).answer_url(answer_url).send().await?;
    let call_uuid = created.request_uuid.as_ref().and_then(|ids| ids.first()).ok_or("Plivo has not named the call")?;
    Ok(call_uuid.clone())
}

/// Waits until the call is answered, asks a question, and records 20 seconds of the answer. Returns the call as it ended,
/// also if nobody answered.
pub(crate) async fn ask(client: &Client, call_uuid: &str, pause: Duration) -> Result<Call, Box<dyn Error>> {
    loop {
        // A call that rings or is in progress is live. Before that, it is queued.
        if let Some(live) = found(client.call().get_live(call_uuid).await)? {
            if live.call_status == Some(CallStatus::InProgress) {
                break;
            }
        } else if let Some(call) = found(client.call().get(call_uuid).await)? {
            return Ok(call);
        }
        tokio::time::sleep(pause).await;
    }
    client.call().speak(call_uuid).text("How did you like the bread? Please speak now.").send().await?;
    let recording = client.call().record(call_uuid).time_limit(20).send().await?;
    writeln!(stdout(), "the recording will be at {}", recording.url.as_deref().unwrap_or("an unknown URL"))?;
    tokio::time::sleep(pause * 20).await;

    // The other party may have hung up already.
    if found(client.call().get_live(call_uuid).await)?.is_some() {
        client.call().hangup(call_uuid).await?;
    }
    Ok(client.call().get(call_uuid).await?.into_inner())
}

/// An answer about a call, or `None` if the call is not in the state that the request is for.
fn found<T>(answer: plivo::Result<Response<T>>) -> plivo::Result<Option<T>> {
    match answer {
        Ok(answer) => Ok(Some(answer.into_inner())),
        Err(error) if error.is_not_found() => Ok(None),
        Err(error) => Err(error),
    }
}
