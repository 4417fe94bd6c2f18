//! Sends a message with `reqwest` and derived `serde`.

use std::env;
use std::error::Error;

use serde::{Deserialize, Serialize};

#[derive(Serialize)]
struct SendMessage<'a> {
    src: &'a str,
    dst: &'a str,
    text: &'a str,
}

#[derive(Deserialize)]
struct Queued {
    message_uuid: Vec<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(run())
}

async fn run() -> Result<(), Box<dyn Error>> {
    let (auth_id, auth_token) = (env::var("PLIVO_AUTH_ID")?, env::var("PLIVO_AUTH_TOKEN")?);
    let url = format!("https://api.plivo.com/v1/Account/{auth_id}/Message/");
    let message = SendMessage { src: "+12125550123", dst: "+13125550147", text: "Your table is ready." };
    let request = reqwest::Client::new().post(url).basic_auth(auth_id, Some(auth_token)).json(&message);
    let queued: Queued = request.send().await?.error_for_status()?.json().await?;
    println!("{:?}", queued.message_uuid);
    Ok(())
}
