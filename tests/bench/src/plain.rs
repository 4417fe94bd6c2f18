//! Handwritten types with derived `serde`, in which enumerations are strings.

use serde::{Deserialize, Serialize};

macro_rules! plain {
    ($(#[$meta:meta])* $name:ident { $($field:ident: $type:ty),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, Deserialize, Serialize)]
        pub(crate) struct $name {
            $(#[serde(skip_serializing_if = "Option::is_none")] pub(crate) $field: Option<$type>,)*
        }
    };
}

plain!(Address { street: String, city: String, state: String, postal_code: String, country: String });

plain!(Contact {
    first_name: String,
    last_name: String,
    email: String,
    phone: String,
    title: String,
    seniority: String,
});

plain!(Profile {
    profile_uuid: String,
    profile_alias: String,
    profile_type: String,
    primary_profile: String,
    customer_type: String,
    entity_type: String,
    company_name: String,
    vertical: String,
    ein: String,
    ein_issuing_country: String,
    address: Address,
    authorized_contact: Contact,
    stock_symbol: String,
    stock_exchange: String,
    alt_business_id: String,
    alt_business_id_type: String,
    website: String,
    plivo_subaccount: String,
    business_contact_email: String,
    doing_business_as: String,
    created_at: String,
});

plain!(Meta { limit: i64, offset: i64, next: String, previous: String, total_count: i64 });

plain!(Page { api_id: String, profiles: Vec<Profile>, meta: Meta });

plain!(Created { api_id: String, message: String, profile_uuid: String });
