//! Calls the operations that were added by YAML alone.

use plivo::bakery::Bread;
use plivo::profile::{Address, AuthorizedContact, CustomerType, EntityType, Seniority, Vertical};
use plivo::thing::{Color, Part, PutThing};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = plivo::Client::builder()
        .credentials("MAXXXXXXXXXXXXXXXXXX", "auth-token")
        .base_url(std::env::var("PLIVO_BASE_URL")?)
        .build()?;

    // A new resource, with state.
    let opened = client.bakery().create().town("Springfield").bread(Bread::Rye).loaves(12).send().await?;
    let bakery = client.bakery().get(&opened.bakery_id).await?;
    assert_eq!((bakery.town.as_deref(), bakery.loaves), (Some("Springfield"), Some(12)));
    assert_eq!(bakery.bread, Some(Bread::Rye));
    let page = client.bakery().list().bread(Bread::Rye).await?;
    assert_eq!((page.items.len(), page.meta.total_count), (1, Some(1)));
    let refused = client.bakery().create().town("S".repeat(31)).bread(Bread::Wheat).send().await;
    assert!(refused.is_err_and(|error| error.is_validation()));

    // A sixth operation of Profile, a new optional field and a new value.
    let address = Address::builder().street("1 Main Street").city("Springfield").state("IL").postal_code("62701");
    let contact = AuthorizedContact::builder().first_name("Ada").last_name("Example").email("ada@example.com");
    let created = client
        .profile()
        .create()
        .profile_alias("Example Bakery")
        .customer_type(CustomerType::Direct)
        .entity_type(EntityType::Private)
        .company_name("Example Bakery LLC")
        .vertical(Vertical::Baking)
        .address(address.country("US").build())
        .authorized_contact(contact.phone("+12175550123").title("Ms").seniority(Seniority::Ceo).build())
        .send()
        .await?;
    let archived = client.profile().archive(&created.profile_uuid).reason("closed").await?;
    assert_eq!(archived.message.as_deref(), Some("Profile archived."));
    let request = plivo::profile::UpdateProfile::builder("201faedc-7df9-4840-9ab1-3997ce3f7cf4")
        .vertical(Vertical::Baking)
        .favourite_bread("rye")
        .build();
    assert!(request.validate().is_ok());

    // Rules that count fields.
    let thing = PutThing::builder()
        .owner_id("one")
        .thing_id("201faedc-7df9-4840-9ab1-3997ce3f7cf4")
        .color(Color::Red)
        .build_(true)
        .part(Part::builder().mail("ada@example.com").build())
        .type_(1)
        .ratio(0.5)
        .build();
    let report = thing.validate();
    let found: Vec<_> = report.errors().iter().map(|violation| (violation.pointer(), violation.rule())).collect();
    assert_eq!(found, [("", "one_measure")]);
    assert!(!format!("{thing:?}").contains("one\""), "a sensitive value is printed: {thing:?}");
    assert_eq!("<".parse(), Ok(Color::Less));
    Ok(())
}
