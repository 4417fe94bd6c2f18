//! Looks a number up: its formats, its carrier, and whether it can receive SMS.
//!
//! `cargo run --example look_up_number -- +13125550147`

mod connect;

use std::env;
use std::io::{Write, stdout};

use plivo::Client;
use plivo::lookup::{Lookup, LookupType};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), connect::Failure> {
    let number = env::args().nth(1).ok_or("usage: look_up_number NUMBER")?;
    writeln!(stdout(), "{}", described(&look_up(&connect::builder()?.build()?, &number).await?))?;
    Ok(())
}

/// Asks for the carrier too, which is charged.
pub(crate) async fn look_up(client: &Client, number: &str) -> plivo::Result<Lookup> {
    Ok(client.lookup().get(number).type_(LookupType::Carrier).send().await?.into_inner())
}

/// One line about a number. Plivo leaves out what it does not know.
pub(crate) fn described(lookup: &Lookup) -> String {
    let format = lookup.format.as_ref().and_then(|format| format.international.as_deref());
    let country = lookup.country.as_ref().and_then(|country| country.name.as_deref());
    let carrier = lookup.carrier.as_ref();
    let name = carrier.and_then(|carrier| carrier.name.as_deref());
    let type_ = carrier.and_then(|carrier| carrier.type_.as_ref());
    let kind = type_.map_or_else(|| "-".to_owned(), ToString::to_string);
    format!("{}, {}, {}, {kind}", format.unwrap_or("-"), country.unwrap_or("-"), name.unwrap_or("-"))
}
