//! Sends a message and follows it until it is delivered.
//!
//! `cargo run --example send_message -- +12125550123 +13125550147 "Your table is ready."`

mod connect;

use std::env;
use std::error::Error;
use std::io::{Write, stdout};
use std::time::Duration;

use plivo::Client;
use plivo::message::{Message, MessageState};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [src, dst, text] = arguments.as_slice() else { return Err("usage: send_message FROM TO TEXT".into()) };
    let message = send(&connect::builder()?.build()?, src, dst, text, Duration::from_secs(2)).await?;
    writeln!(stdout(), "{:?}, {:?} units, {:?} USD", message.message_state, message.units, message.total_amount)?;
    Ok(())
}

/// Sends the message and asks for its state again and again, until it does not change any more.
pub(crate) async fn send(client: &Client, src: &str, dst: &str, text: &str, pause: Duration) -> plivo::Result<Message> {
    let queued = client.message().send().src(src).dst([dst]).text(text).send().await?;
    // A message to several recipients has an id for each.
    let message_uuid = &queued.message_uuid[0];
    loop {
        let message = client.message().get(message_uuid).await?;
        if !matches!(message.message_state, Some(MessageState::Queued | MessageState::Sent)) {
            return Ok(message.into_inner());
        }
        tokio::time::sleep(pause).await;
    }
}
