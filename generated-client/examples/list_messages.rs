//! Lists the messages of a day without async code, and adds up what they cost.
//!
//! `cargo run --example list_messages --features blocking -- 2026-11-26`

mod connect;

use std::env;
use std::error::Error;
use std::io::{Write, stdout};

use plivo::blocking::Client;
use plivo::message::MessageDirection;

fn main() -> Result<(), Box<dyn Error>> {
    let day = env::args().nth(1).ok_or("usage: list_messages DAY")?;
    let (count, cost) = cost_of(&connect::builder()?.build()?.blocking()?, &day)?;
    writeln!(stdout(), "{count} messages for {cost:.4} USD")?;
    Ok(())
}

/// The number of outbound messages of a day in UTC, and what they cost. Reads all pages.
pub(crate) fn cost_of(client: &Client, day: &str) -> Result<(usize, f64), Box<dyn Error>> {
    let list = client.message().list().message_direction(MessageDirection::Outbound);
    let of_day = list.message_time_gte(format!("{day} 00:00:00")).message_time_lte(format!("{day} 23:59:59"));
    let (mut count, mut cost) = (0, 0.0);
    for message in of_day.items() {
        let amount = message?.total_amount.map_or(Ok(0.0), |amount| amount.as_str().parse::<f64>())?;
        count += 1;
        cost += amount;
    }
    Ok((count, cost))
}
