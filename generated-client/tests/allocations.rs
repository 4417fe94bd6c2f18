//! Validating a valid request and cloning a client do not allocate.

use plivo::profile::{
    Address, AuthorizedContact, CreateProfile, CustomerType, EntityType, ListProfiles, Seniority, StockExchange,
    Vertical,
};

#[test]
fn validating_a_valid_request_does_not_allocate() {
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
    let request = CreateProfile::builder()
        .profile_alias("Example Bakery")
        .customer_type(CustomerType::Direct)
        .entity_type(EntityType::Public)
        .company_name("\u{dc}".repeat(100))
        .vertical(Vertical::Retail)
        .address(address)
        .authorized_contact(contact)
        .stock_symbol("EXMP")
        .stock_exchange("NYSE".parse::<StockExchange>().expect("a listed value"))
        .build();
    let list = ListProfiles::builder().limit(20).offset(0).build();
    let allocations = allocation_counter::measure(|| {
        assert!(request.validate().is_empty());
        assert!(list.validate().is_empty());
    });
    assert_eq!(allocations.count_total, 0);
}

#[test]
fn cloning_a_client_does_not_allocate() {
    let client = plivo::Client::new("MAXXXXXXXXXXXXXXXXXX", "token").expect("a client");
    assert_eq!(size_of_val(&client), size_of::<usize>());
    let mut clones = Vec::with_capacity(100);
    let allocations = allocation_counter::measure(|| clones.resize(100, client));
    assert_eq!(allocations.count_total, 0);
}
