//! The vertical is not set.

use plivo::profile::{Address, AuthorizedContact, CustomerType, EntityType};

async fn create(client: plivo::Client, address: Address, contact: AuthorizedContact) -> Result<(), plivo::Error> {
    client
        .profile()
        .create()
        .profile_alias("Example Bakery")
        .customer_type(CustomerType::Direct)
        .entity_type(EntityType::Private)
        .company_name("Example Bakery LLC")
        .address(address)
        .authorized_contact(contact)
        .send()
        .await?;
    Ok(())
}

fn main() {}
