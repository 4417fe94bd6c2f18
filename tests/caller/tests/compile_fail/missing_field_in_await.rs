//! The vertical is not set, and the builder is awaited as it is.

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
        .await?;
    Ok(())
}

fn main() {}
