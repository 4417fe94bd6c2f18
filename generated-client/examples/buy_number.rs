//! Searches for numbers that can send SMS, and rents the cheapest of the first 20.
//!
//! `cargo run --example buy_number -- US 415`

mod connect;

use std::env;
use std::io::{Write, stdout};

use plivo::Client;
use plivo::number::AvailableNumber;
use plivo::types::{NumberService, NumberType};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), connect::Failure> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [country, digits] = arguments.as_slice() else { return Err("usage: buy_number COUNTRY DIGITS".into()) };
    match buy(&connect::builder()?.build()?, country, digits).await? {
        Some(number) => writeln!(stdout(), "{number} is yours")?,
        None => writeln!(stdout(), "no such number is free")?,
    }
    Ok(())
}

/// Rents the cheapest of the first 20 numbers that contain the digits, and returns it. The rent is charged at once.
pub(crate) async fn buy(client: &Client, country: &str, digits: &str) -> plivo::Result<Option<String>> {
    let search = client.number().search().country_iso(country).type_(NumberType::Local).pattern(digits);
    let found = search.services([NumberService::Sms]).send().await?;
    let Some(cheapest) = found.items.iter().min_by(|one, other| rent(one).total_cmp(&rent(other))) else {
        return Ok(None);
    };
    client.number().buy(&cheapest.number).await?;
    Ok(Some(cheapest.number.clone()))
}

/// The monthly rent of a number, to compare it. Prices are decimal texts, so that none is rounded.
fn rent(number: &AvailableNumber) -> f64 {
    number.monthly_rental_rate.as_ref().and_then(|rent| rent.as_str().parse().ok()).unwrap_or(f64::INFINITY)
}
