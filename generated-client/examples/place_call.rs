//! Places a call, speaks, records the answer, and hangs up.
//!
//! `cargo run --example place_call -- +12125550123 +13125550147 https://example.com/answer.xml`

mod connect;

use std::env;
use std::error::Error;
use std::io::{Write, stdout};
use std::time::Duration;

use plivo::Client;
use plivo::call::Call;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [from, to, answer_url] = arguments.as_slice() else {
        return Err("usage: place_call FROM TO ANSWER_URL".into());
    };
    let call = ask(&connect::builder()?.build()?, from, to, answer_url, Duration::from_secs(1)).await?;
    writeln!(
        stdout(),
        "{:?} seconds, {:?} USD, ended by {:?}",
        call.call_duration,
        call.total_amount,
        call.hangup_source
    )?;
    Ok(())
}

/// Asks a question on the phone, and records 20 seconds of the answer. `answer_url` keeps the call open, with a `Wait` for
/// example. Returns the call as it is charged.
pub(crate) async fn ask(
    client: &Client,
    from: &str,
    to: &str,
    answer_url: &str,
    pause: Duration,
) -> Result<Call, Box<dyn Error>> {
    let created = client.call().create().from(from).to([to]).answer_url(answer_url).send().await?;
    let call_uuid = created.request_uuid.as_ref().and_then(|ids| ids.first()).ok_or("Plivo has not named the call")?;

    while client.call().get_live(call_uuid).await?.call_status.as_deref() != Some("in-progress") {
        tokio::time::sleep(pause).await;
    }
    client.call().speak(call_uuid).text("How did you like the bread? Please speak now.").send().await?;
    let recording = client.call().record(call_uuid).time_limit(20).send().await?;
    writeln!(stdout(), "the recording will be at {:?}", recording.url)?;
    tokio::time::sleep(pause * 20).await;

    client.call().hangup(call_uuid).await?;
    Ok(client.call().get(call_uuid).await?.into_inner())
}
