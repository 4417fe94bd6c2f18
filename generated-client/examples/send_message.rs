//! Sends a message and follows it until it is delivered.
//!
//! `cargo run --example send_message -- +12125550123 +13125550147 "Your table is ready."`

mod connect;

use std::env;
use std::error::Error;
use std::io::{Write, stdout};
use std::time::Duration;

use plivo::message::{Message, MessageState};
use plivo::{Client, Decimal};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), connect::Failure> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [src, dst, text] = arguments.as_slice() else { return Err("usage: send_message FROM TO TEXT".into()) };
    let client = connect::builder()?.build()?;
    let message_uuid = send(&client, src, dst, text).await?;
    writeln!(stdout(), "message {message_uuid}")?;

    let message = follow(&client, &message_uuid, Duration::from_secs(2)).await?;
    let state = message.message_state.as_ref().map_or("unknown", MessageState::as_str);
    let cost = message.total_amount.as_ref().map_or("-", Decimal::as_str);
    writeln!(stdout(), "{state}, {cost} USD")?;
    Ok(())
}

/// Sends the message, and returns its id.
pub(crate) async fn send(client: &Client, src: &str, dst: &str, text: &str) -> Result<String, Box<dyn Error>> {
    let queued = client.message().send().src(src).dst([dst]).text(text).send().await?;
    // There is an id for each valid recipient. The others are in `invalid_number`.
    match queued.message_uuid.first() {
        Some(message_uuid) => Ok(message_uuid.clone()),
        None => Err(format!("invalid number: {dst}").into()),
    }
}

/// Reads the message again and again, until its state does not change any more.
pub(crate) async fn follow(client: &Client, message_uuid: &str, pause: Duration) -> plivo::Result<Message> {
    loop {
        let message = client.message().get(message_uuid).await?;
        if !matches!(message.message_state, Some(MessageState::Queued | MessageState::Sent)) {
            return Ok(message.into_inner());
        }
        tokio::time::sleep(pause).await;
    }
}
