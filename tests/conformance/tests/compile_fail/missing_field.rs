//! The vertical of the profile is not set.

use plivo::profile::{CreateProfile, CustomerType, EntityType};

fn main() {
    CreateProfile::builder()
        .profile_alias("Example Bakery")
        .customer_type(CustomerType::Direct)
        .entity_type(EntityType::Private)
        .company_name("Example Bakery LLC")
        .address("1 Main Street")
        .build();
}
