//! Sends a message with the client.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(run())
}

async fn run() -> Result<(), Box<dyn Error>> {
    let client = plivo::Client::builder().credentials_from_env()?.build()?;
    let message = client.message().send().src("+12125550123").dst(["+13125550147"]).text("Your table is ready.");
    println!("{:?}", message.send().await?.message_uuid);
    Ok(())
}
