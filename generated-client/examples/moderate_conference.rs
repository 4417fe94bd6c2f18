//! Moderates a conference: lists its members, mutes all but one, speaks to them and records.
//!
//! `cargo run --example moderate_conference -- "Example Bakery"`
//!
//! A conference begins when calls join it, by the element `Conference` of PlivoXML.

mod connect;

use std::env;
use std::io::{Write, stdout};

use plivo::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), connect::Failure> {
    let name = env::args().nth(1).ok_or("usage: moderate_conference NAME")?;
    let muted = give_the_floor(&connect::builder()?.build()?, &name).await?;
    writeln!(stdout(), "{muted} members are muted")?;
    Ok(())
}

/// Mutes everyone but the member who was first, and records. Returns how many members are muted.
pub(crate) async fn give_the_floor(client: &Client, name: &str) -> plivo::Result<usize> {
    let conference = client.conference().get(name).await?;
    let members = conference.members.as_deref().unwrap_or_default();
    let listeners: Vec<String> = members.iter().skip(1).filter_map(|member| member.member_id.clone()).collect();

    // One request is enough for several members. A request without members is not valid.
    if !listeners.is_empty() {
        client.conference().members(name).mute(&listeners).await?;
        client.conference().members(name).speak(&listeners).text("You are muted for a moment.").send().await?;
    }
    client.conference().record(name).await?;
    Ok(listeners.len())
}
