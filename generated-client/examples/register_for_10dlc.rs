//! Registers a company for 10DLC: from its profile over brand and campaign to a number that sends messages.
//!
//! `cargo run --example register_for_10dlc -- +12125550123`

mod connect;

use std::env;
use std::error::Error;
use std::io::{Write, stdout};
use std::time::Duration;

use plivo::Client;
use plivo::brand::{BrandStatus, BrandType};
use plivo::campaign::{CampaignStatus, CampaignUsecase, CampaignVertical, CreateCampaign};
use plivo::profile::{Address, AuthorizedContact, CreateProfile, CustomerType, EntityType, Seniority, Vertical};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let number = env::args().nth(1).ok_or("usage: register_for_10dlc NUMBER")?;
    // Both registrations can take days. A program in production sets `.url(..)` instead, and is told.
    let campaign_id = register(&connect::builder()?.build()?, &number, Duration::from_secs(60)).await?;
    writeln!(stdout(), "campaign {campaign_id} is active, and {number} is linked to it")?;
    Ok(())
}

/// Registers the company and links the number. Returns the id of the campaign.
pub(crate) async fn register(client: &Client, number: &str, pause: Duration) -> Result<String, Box<dyn Error>> {
    let profile_uuid = client.send(company()).await?.profile_uuid.clone();

    let brand = client.brand().create().profile_uuid(profile_uuid).brand_alias("Example Bakery");
    let brand_id = brand.brand_type(BrandType::Standard).send().await?.brand_id.clone();
    loop {
        let brand = client.brand().get(&brand_id).await?;
        match brand.registration_status {
            Some(BrandStatus::Completed) => break,
            Some(BrandStatus::Failed) => {
                let reasons = brand.declined_reasons.iter().flatten().filter_map(|reason| reason.message.as_deref());
                return Err(format!("declined: {}", reasons.collect::<Vec<_>>().join(", ")).into());
            }
            _ => tokio::time::sleep(pause).await,
        }
    }

    let campaign_id = client.send(campaign(&brand_id)).await?.campaign_id.clone();
    loop {
        let campaign = client.campaign().get(&campaign_id).await?;
        match campaign.registration_status {
            Some(CampaignStatus::Active) => break,
            Some(CampaignStatus::Failed) => {
                return Err(format!("rejected: {}", campaign.error_reason.as_deref().unwrap_or("no reason")).into());
            }
            _ => tokio::time::sleep(pause).await,
        }
    }

    client.campaign().numbers(&campaign_id).link().numbers([number]).send().await?;
    Ok(campaign_id)
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
