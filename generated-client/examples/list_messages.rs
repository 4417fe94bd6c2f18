//! Lists the messages of a day without async code, and adds up what they cost.
//!
//! `cargo run --example list_messages --features blocking,jiff,rust_decimal -- 2026-11-26`

mod connect;

use std::env;
use std::error::Error;
use std::io::{Write, stdout};
use std::time::Duration;

use jiff::civil::Date;
use plivo::ClientBuilder;
use plivo::blocking::Client;
use plivo::message::MessageDirection;
use rust_decimal::Decimal;

fn main() -> Result<(), connect::Failure> {
    let day = env::args().nth(1).ok_or("usage: list_messages DAY")?.parse()?;
    let (count, cost) = cost_of(&paced(connect::builder()?).build()?.blocking()?, day)?;
    writeln!(stdout(), "{count} messages for {cost} USD")?;
    Ok(())
}

/// Sets the rate at which Plivo lets an account list messages. A request that waits for its turn does not time out.
pub(crate) fn paced(builder: ClientBuilder) -> ClientBuilder {
    builder.rate_limit(20, Duration::from_secs(60)).timeout(Duration::from_secs(120))
}

/// The number of outbound messages of a day in UTC, and what they cost. Reads all pages.
pub(crate) fn cost_of(client: &Client, day: Date) -> Result<(usize, Decimal), Box<dyn Error>> {
    let list = client.message().list().message_direction(MessageDirection::Outbound);
    let of_day = list.message_time_gte(format!("{day} 00:00")).message_time_lt(format!("{} 00:00", day.tomorrow()?));
    let (mut count, mut cost) = (0, Decimal::ZERO);
    for message in of_day.items() {
        if let Some(amount) = message?.total_amount {
            cost += Decimal::try_from(&amount)?;
        }
        count += 1;
    }
    Ok((count, cost))
}
