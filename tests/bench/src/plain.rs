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

/// The body of the request to create a profile.
pub(crate) fn request() -> Profile {
    let text = |text: &str| Some(text.to_owned());
    Profile {
        profile_alias: text("Example Bakery"),
        customer_type: text("DIRECT"),
        entity_type: text("PRIVATE"),
        company_name: text("Example Bakery LLC"),
        vertical: text("RETAIL"),
        address: Some(Address {
            street: text("1 Main Street"),
            city: text("Springfield"),
            state: text("IL"),
            postal_code: text("62701"),
            country: text("US"),
        }),
        authorized_contact: Some(Contact {
            first_name: text("Ada"),
            last_name: text("Example"),
            email: text("ada@example.com"),
            phone: text("+12175550123"),
            title: text("Ms"),
            seniority: text("CEO"),
        }),
        ein: text("012345678"),
        ..Profile::default()
    }
}

/// The same types with borrowed texts. They refuse a text that contains an escape.
pub(crate) mod borrowed {
    use serde::{Deserialize, Serialize};

    macro_rules! borrowed {
        ($name:ident<$l:lifetime> { $($field:ident: $type:ty),* $(,)? } $($number:ident),*) => {
            #[derive(Clone, Debug, Default, Deserialize, Serialize)]
            pub(crate) struct $name<$l> {
                $(#[serde(borrow, skip_serializing_if = "Option::is_none")] pub(crate) $field: Option<$type>,)*
                $(#[serde(skip_serializing_if = "Option::is_none")] pub(crate) $number: Option<i64>,)*
            }
        };
    }

    borrowed!(Address<'a> { street: &'a str, city: &'a str, state: &'a str, postal_code: &'a str, country: &'a str });

    borrowed!(Contact<'a> {
        first_name: &'a str,
        last_name: &'a str,
        email: &'a str,
        phone: &'a str,
        title: &'a str,
        seniority: &'a str,
    });

    borrowed!(Profile<'a> {
        profile_uuid: &'a str,
        profile_alias: &'a str,
        profile_type: &'a str,
        primary_profile: &'a str,
        customer_type: &'a str,
        entity_type: &'a str,
        company_name: &'a str,
        vertical: &'a str,
        ein: &'a str,
        ein_issuing_country: &'a str,
        address: Address<'a>,
        authorized_contact: Contact<'a>,
        stock_symbol: &'a str,
        stock_exchange: &'a str,
        alt_business_id: &'a str,
        alt_business_id_type: &'a str,
        website: &'a str,
        plivo_subaccount: &'a str,
        business_contact_email: &'a str,
        doing_business_as: &'a str,
        created_at: &'a str,
    });

    borrowed!(Meta<'a> { next: &'a str, previous: &'a str } limit, offset, total_count);

    borrowed!(Page<'a> { api_id: &'a str, profiles: Vec<Profile<'a>>, meta: Meta<'a> });

    borrowed!(Created<'a> { api_id: &'a str, message: &'a str, profile_uuid: &'a str });

    /// The body of the request to create a profile.
    pub(crate) fn request() -> Profile<'static> {
        Profile {
            profile_alias: Some("Example Bakery"),
            customer_type: Some("DIRECT"),
            entity_type: Some("PRIVATE"),
            company_name: Some("Example Bakery LLC"),
            vertical: Some("RETAIL"),
            address: Some(Address {
                street: Some("1 Main Street"),
                city: Some("Springfield"),
                state: Some("IL"),
                postal_code: Some("62701"),
                country: Some("US"),
            }),
            authorized_contact: Some(Contact {
                first_name: Some("Ada"),
                last_name: Some("Example"),
                email: Some("ada@example.com"),
                phone: Some("+12175550123"),
                title: Some("Ms"),
                seniority: Some("CEO"),
            }),
            ein: Some("012345678"),
            ..Profile::default()
        }
    }
}
