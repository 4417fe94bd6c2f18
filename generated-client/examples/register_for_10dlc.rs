//! Registers a company for 10DLC: from its profile over brand and campaign to a number that sends messages.
//!
//! `cargo run --example register_for_10dlc -- +12125550123`
//!
//! Each id is printed as soon as it exists. If a later step fails, or if the program is stopped, it goes on from the last
//! printed id and creates nothing twice:
//!
//! `cargo run --example register_for_10dlc -- +12125550123 --brand BPRXS6E`

mod connect;

use std::env;
use std::error::Error;
use std::io::{Write, stdout};
use std::time::Duration;

use plivo::Client;
use plivo::brand::{BrandStatus, BrandType};
use plivo::campaign::{CampaignStatus, CampaignVertical, CreateCampaign};
use plivo::profile::{Address, AuthorizedContact, CreateProfile, CustomerType, EntityType, Seniority, Vertical};
use plivo::types::CampaignUsecase;

const USAGE: &str = "usage: register_for_10dlc NUMBER [--profile ID | --brand ID | --campaign ID]";

/// The last object that was created, with its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Created {
    Nothing,
    Profile(String),
    Brand(String),
    Campaign(String),
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), connect::Failure> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let (number, created) = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [number] => (*number, Created::Nothing),
        [number, "--profile", id] => (*number, Created::Profile((*id).to_owned())),
        [number, "--brand", id] => (*number, Created::Brand((*id).to_owned())),
        [number, "--campaign", id] => (*number, Created::Campaign((*id).to_owned())),
        _ => return Err(USAGE.into()),
    };
    // Both registrations can take days. A program in production sets `.url(..)` instead, and is told.
    let pause = Duration::from_secs(60);
    register(&connect::builder()?.build()?, number, created, pause, |created| {
        // A closed terminal is no reason to stop.
        let _ = writeln!(stdout(), "{}", shown(created));
    })
    .await?;
    writeln!(stdout(), "{number} is linked to the campaign")?;
    Ok(())
}

/// What exists, as the option that goes on from there.
pub(crate) fn shown(created: &Created) -> String {
    match created {
        Created::Nothing => String::new(),
        Created::Profile(id) => format!("go on with --profile {id}"),
        Created::Brand(id) => format!("go on with --brand {id}"),
        Created::Campaign(id) => format!("go on with --campaign {id}"),
    }
}

/// Registers the company and links the number, from `created` on. Calls `save` as soon as an object exists, before
/// anything else can fail. A program in production saves the id in its database. If a request to create an object has an
/// unknown outcome, `find(alias)` of the resource tells whether the object exists.
pub(crate) async fn register(
    client: &Client,
    number: &str,
    mut created: Created,
    pause: Duration,
    mut save: impl FnMut(&Created),
) -> Result<(), Box<dyn Error>> {
    loop {
        created = match created {
            Created::Nothing => Created::Profile(client.send(company()).await?.profile_uuid.clone()),
            Created::Profile(profile_uuid) => {
                let brand = client.brand().create().profile_uuid(profile_uuid).brand_alias("Example Bakery");
                Created::Brand(brand.brand_type(BrandType::Standard).send().await?.brand_id.clone())
            }
            Created::Brand(brand_id) => {
                wait_for_brand(client, &brand_id, pause).await?;
                Created::Campaign(client.send(campaign(&brand_id)).await?.campaign_id.clone())
            }
            Created::Campaign(campaign_id) => {
                wait_for_campaign(client, &campaign_id, pause).await?;
                client.campaign().numbers(&campaign_id).link().numbers([number]).send().await?;
                return Ok(());
            }
        };
        save(&created);
    }
}

async fn wait_for_brand(client: &Client, brand_id: &str, pause: Duration) -> Result<(), Box<dyn Error>> {
    loop {
        let brand = client.brand().get(brand_id).await?;
        match brand.registration_status {
            Some(BrandStatus::Completed) => return Ok(()),
            Some(BrandStatus::Failed) => {
                let reasons = brand.declined_reasons.iter().flatten().filter_map(|reason| reason.message.as_deref());
                return Err(format!("declined: {}", reasons.collect::<Vec<_>>().join(", ")).into());
            }
            _ => tokio::time::sleep(pause).await,
        }
    }
}

async fn wait_for_campaign(client: &Client, campaign_id: &str, pause: Duration) -> Result<(), Box<dyn Error>> {
    loop {
        let campaign = client.campaign().get(campaign_id).await?;
        match campaign.registration_status {
            Some(CampaignStatus::Active) => return Ok(()),
            Some(CampaignStatus::Failed) => {
                return Err(format!("rejected: {}", campaign.error_reason.as_deref().unwrap_or("no reason")).into());
            }
            _ => tokio::time::sleep(pause).await,
        }
    }
}

fn company() -> CreateProfile {
    let address = Address::builder()
        .street("1 Main Street")
        .city("Springfield")
        .state("IL")
        .postal_code("62701")
        .country("US")
        .build();
    let contact = AuthorizedContact::builder()
        .first_name("Ada")
        .last_name("Example")
        .email("ada@example.com")
        .phone("+12175550123")
        .title("Ms")
        .seniority(Seniority::Ceo)
        .build();
    CreateProfile::builder()
        .profile_alias("Example Bakery")
        .customer_type(CustomerType::Direct)
        .entity_type(EntityType::Private)
        .company_name("Example Bakery LLC")
        .ein("123456789")
        .ein_issuing_country("US")
        .vertical(Vertical::Retail)
        .address(address)
        .authorized_contact(contact)
        .build()
}

fn campaign(brand_id: &str) -> CreateCampaign {
    CreateCampaign::builder()
        .brand_id(brand_id)
        .campaign_alias("Pick-up notices")
        .usecase(CampaignUsecase::CustomerCare)
        .vertical(CampaignVertical::Retail)
        .description("Tells customers of the bakery that their order is ready, and answers questions about it.")
        .sample1("Your order 17 is ready at the Example Bakery. Reply STOP to receive no more notices.")
        .sample2("We open at 7 on Sunday. See you at the Example Bakery!")
        .message_flow("Customers tick a box when they order at www.example.com, and confirm their number.")
        .help_message("Example Bakery: see www.example.com or write to help@example.com.")
        .optout_message("You receive no more notices of the Example Bakery.")
        .subscriber_optin(true)
        .subscriber_optout(true)
        .subscriber_help(true)
        .direct_lending(false)
        .build()
}
