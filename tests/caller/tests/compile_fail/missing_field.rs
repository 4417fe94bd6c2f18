//! The vertical of the profile is not set.

use plivo::profile::{Address, CreateProfile, CustomerType, EntityType};

fn main() {
    CreateProfile::builder()
        .profile_alias("Example Bakery")
        .customer_type(CustomerType::Direct)
        .entity_type(EntityType::Private)
        .company_name("Example Bakery LLC")
        .address(Address::draft())
        .build();
}
