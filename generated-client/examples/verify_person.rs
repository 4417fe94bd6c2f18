//! Verifies that a person has a phone: sends a one-time code, and checks what the person types.
//!
//! `cargo run --example verify_person -- +13125550147`

mod connect;

use std::error::Error;
use std::{env, io};

use plivo::verify_session::VerifyChannel;
use plivo::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let recipient = env::args().nth(1).ok_or("usage: verify_person NUMBER")?;
    let client = connect::builder()?.build()?;
    let session_uuid = send_code(&client, &recipient).await?;
    println!("The code is on its way. Which is it?");
    let mut code = String::new();
    io::stdin().read_line(&mut code)?;
    println!("{}", if is_right(&client, &session_uuid, code.trim()).await? { "verified" } else { "wrong code" });
    Ok(())
}

/// Sends a code by SMS. Returns the id of the session.
pub async fn send_code(client: &Client, recipient: &str) -> plivo::Result<String> {
    let session = client.verify_session().create().recipient(recipient).channel(VerifyChannel::Sms).send().await?;
    Ok(session.session_uuid.clone())
}

/// Whether the code is the one that was sent. Plivo rejects a wrong code.
pub async fn is_right(client: &Client, session_uuid: &str, code: &str) -> plivo::Result<bool> {
    match client.verify_session().validate(session_uuid).otp(code).send().await {
        Ok(_) => Ok(true),
        Err(error) if error.is_rejected() => Ok(false),
        Err(error) => Err(error),
    }
}
