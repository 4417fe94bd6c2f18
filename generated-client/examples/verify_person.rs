//! Verifies that a person has a phone: sends a one-time code, and checks what the person types.
//!
//! `cargo run --example verify_person -- +13125550147`

mod connect;

use std::env;
use std::io::{Write, stdin, stdout};

use plivo::Client;
use plivo::verify_session::VerifyChannel;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), connect::Failure> {
    let recipient = env::args().nth(1).ok_or("usage: verify_person NUMBER")?;
    let client = connect::builder()?.build()?;
    let session_uuid = send_code(&client, &recipient).await?;
    writeln!(stdout(), "The code is on its way. Which is it?")?;
    let mut code = String::new();
    stdin().read_line(&mut code)?;
    writeln!(
        stdout(),
        "{}",
        if is_right(&client, &session_uuid, code.trim()).await? { "verified" } else { "wrong code" }
    )?;
    Ok(())
}

/// Sends a code by SMS. Returns the id of the session.
pub(crate) async fn send_code(client: &Client, recipient: &str) -> plivo::Result<String> {
    let session = client.verify_session().create().recipient(recipient).channel(VerifyChannel::Sms).send().await?;
    Ok(session.session_uuid.clone())
}

/// Whether the code is the one that was sent. Plivo refuses a wrong code.
pub(crate) async fn is_right(client: &Client, session_uuid: &str, code: &str) -> plivo::Result<bool> {
    match client.verify_session().validate(session_uuid).otp(code).send().await {
        Ok(_) => Ok(true),
        Err(error) if is_refused(&error) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Whether Plivo refused the code. Wrong credentials, for example, say nothing about it.
fn is_refused(error: &plivo::Error) -> bool {
    let has_other_reason =
        error.is_authentication() || error.is_forbidden() || error.is_not_found() || error.is_rate_limited();
    error.is_rejected() && !has_other_reason
}
