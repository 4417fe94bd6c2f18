//! Masks the numbers of two people: both call a virtual number, and neither sees the number of the other.
//!
//! `cargo run --example mask_numbers -- +12125550123 +13125550147`

mod connect;

use std::env;
use std::io::{Write, stdout};

use plivo::Client;
use plivo::masking_session::MaskingSessionCreated;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), connect::Failure> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [driver, rider] = arguments.as_slice() else { return Err("usage: mask_numbers FIRST SECOND".into()) };
    let session = mask(&connect::builder()?.build()?, driver, rider).await?;
    let number = session.virtual_number.as_deref().unwrap_or("a number that Plivo has not named");
    writeln!(stdout(), "both call {number}; session {}", session.session_uuid)?;
    Ok(())
}

/// Opens a session of an hour, whose calls are recorded.
pub(crate) async fn mask(client: &Client, driver: &str, rider: &str) -> plivo::Result<MaskingSessionCreated> {
    let session = client.masking_session().create().first_party(driver).second_party(rider);
    Ok(session.session_expiry(3600).record(true).send().await?.into_inner())
}
