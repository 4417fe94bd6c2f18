//! Uploads a picture and sends it as MMS.
//!
//! `cargo run --example send_picture -- cake.jpg +12125550123 +13125550147`

mod connect;

use std::env;
use std::error::Error;
use std::io::{Write, stdout};

use plivo::message::MessageType;
use plivo::{Client, File};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), connect::Failure> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [path, src, dst] = arguments.as_slice() else { return Err("usage: send_picture FILE FROM TO".into()) };
    let message_uuid = send(&connect::builder()?.build()?, File::from_path(path), src, dst).await?;
    writeln!(stdout(), "message {message_uuid}")?;
    Ok(())
}

/// Uploads the picture once, so that later messages can send it again. Returns the id of the message.
pub(crate) async fn send(client: &Client, picture: File, src: &str, dst: &str) -> Result<String, Box<dyn Error>> {
    let uploaded = client.media().upload().file([picture]).send().await?;
    let file = uploaded.objects.as_ref().and_then(|files| files.first()).ok_or("Plivo has not stored the file")?;
    // Each file has a result of its own.
    let Some(media_id) = file.media_id.as_deref() else {
        return Err(format!("refused: {}", file.error_message.as_deref().unwrap_or("no reason")).into());
    };

    let message = client.message().send().src(src).dst([dst]).type_(MessageType::Mms).media_ids([media_id]);
    let queued = message.text("This is your cake.").send().await?;
    match queued.message_uuid.first() {
        Some(message_uuid) => Ok(message_uuid.clone()),
        None => Err(format!("invalid number: {dst}").into()),
    }
}
