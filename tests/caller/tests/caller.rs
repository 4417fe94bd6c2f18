//! A user's program, in a package that sees only what the client exports. It tests what callers use around a request,
//! against the simulator: optional values, awaiting a builder, drafts, updates from an answer, kinds of errors, times
//! and prices. Async and blocking.

use std::borrow::Cow;

use plivo::profile::{
    Address, AuthorizedContact, CreateProfile, CustomerType, EntityType, Profile, Seniority, UpdateProfile, Vertical,
};
use plivo::{Client, Decimal, ErrorKind, Method, Page, Pending};
use plivo_simulator::Simulator;

/// A row of a form, in which the last two cells may be empty.
struct Row {
    alias: &'static str,
    website: Option<String>,
    ein: Option<&'static str>,
}

const ROW: Row = Row { alias: "Example Bakery", website: None, ein: Some("123456789") };

/// A simulator of the API, and a client of it.
async fn pair() -> (Simulator, Client) {
    let simulator = Simulator::of_spec().await.expect("a free port");
    let client = Client::builder().credentials("MAXXXXXXXXXXXXXXXXXX", "auth-token").base_url(simulator.url());
    (simulator, client.build().expect("a client"))
}

fn address() -> Address {
    Address::builder()
        .street("1 Main Street")
        .city("Springfield")
        .state("IL")
        .postal_code("62701")
        .country("US")
        .build()
}

fn contact() -> AuthorizedContact {
    AuthorizedContact::builder()
        .first_name("Ada")
        .last_name("Example")
        .email("ada@example.com")
        .phone("+12175550123")
        .title("Ms")
        .seniority(Seniority::Ceo)
        .build()
}

#[tokio::test]
async fn async_callers_set_options_and_await_builders() -> plivo::Result<()> {
    let (_simulator, client) = pair().await;
    let created = client
        .profile()
        .create()
        .profile_alias(ROW.alias)
        .customer_type(CustomerType::Direct)
        .entity_type(EntityType::Private)
        .company_name("Example Bakery LLC")
        .vertical(Vertical::Retail)
        .address(address())
        .authorized_contact(contact())
        .website(ROW.website)
        .ein(ROW.ein)
        .stock_exchange("NYSE".parse::<plivo::profile::StockExchange>().ok())
        .await?;
    let stored = client.profile().get(&created.profile_uuid).await?;
    assert_eq!((stored.website.as_deref(), stored.ein.as_deref()), (None, Some("123456789")));

    let created_at = jiff::Timestamp::try_from(stored.created_at.as_ref().expect("a time")).expect("an instant");
    assert!(created_at <= jiff::Timestamp::now());

    let mut update = UpdateProfile::from_answer(&stored);
    assert_eq!(update.profile_uuid.as_deref(), Some(created.profile_uuid.as_str()));
    assert_eq!((update.address.as_ref(), update.vertical.as_ref()), (Some(&address()), Some(&Vertical::Retail)));
    update.company_name = Some("Example Bakeries LLC".to_owned());
    let updated = client.send(update).await?;
    assert_eq!(updated.company_name.as_deref(), Some("Example Bakeries LLC"));
    assert_eq!(updated.ein.as_deref(), Some("123456789"));

    let error = client.profile().get("201faedc-7df9-4840-9ab1-3997ce3f7cf4").await.expect_err("it does not exist");
    assert_eq!(error.kind(), ErrorKind::NotFound);
    let list = client.request(Method::Get, "/v1/Account/{account}/Profile/").await?;
    assert_eq!(list["profiles"].as_array().map(Vec::len), Some(1));
    Ok(())
}

#[tokio::test]
async fn async_callers_change_what_a_program_knows() -> plivo::Result<()> {
    let (_simulator, client) = pair().await;
    let created = client.send(profile()).await?;
    let (alias, website) = (String::from("Example Bakeries"), Some(Cow::from("https://example.com")));
    let moved = Some(Address::builder().street("2 Main Street").city("Springfield").state("IL"))
        .map(|address| address.postal_code("62701").country("US").build());
    let update = client.profile().update(&created.profile_uuid).company_name(&alias).website(website);
    let updated = update.address(moved).ein(None::<String>).vertical(Some(Vertical::Energy)).send().await?;
    assert_eq!(updated.company_name.as_ref(), Some(&alias));
    assert_eq!(updated.website.as_deref(), Some("https://example.com"));
    assert_eq!(updated.address.as_ref().and_then(|address| address.street.as_deref()), Some("2 Main Street"));
    assert_eq!((updated.ein.as_deref(), updated.vertical.as_ref()), (Some("123456789"), Some(&Vertical::Energy)));

    let pending: Pending<Profile> = client.profile().get(&created.profile_uuid).send();
    assert_eq!(pending.await?.company_name, updated.company_name);
    let page = client.profile().list().limit(Some(1)).offset(None::<i64>).send().await?;
    assert_eq!(page.items.len(), 1);
    let missing = client.profile().delete("201faedc-7df9-4840-9ab1-3997ce3f7cf4").send().await;
    assert_eq!(what_to_do(&missing.expect_err("it does not exist")), "forget it");
    Ok(())
}

/// What a program decides by the kind of an error.
fn what_to_do(error: &plivo::Error) -> &'static str {
    match error.kind() {
        ErrorKind::NotFound => "forget it",
        ErrorKind::RateLimited | ErrorKind::Timeout => "try later",
        ErrorKind::Validation | ErrorKind::Authentication => "mend the program",
        _ => "tell somebody",
    }
}

#[tokio::test]
async fn a_draft_is_filled_step_by_step() -> plivo::Result<()> {
    let (_simulator, client) = pair().await;
    let mut draft = CreateProfile::draft();
    for (name, value) in [("alias", ROW.alias), ("company", "Example Bakery LLC"), ("unknown", "")] {
        match name {
            "alias" => draft.profile_alias = Some(value.to_owned()),
            "company" => draft.company_name = Some(value.to_owned()),
            _ => {}
        }
    }
    let report = draft.validate();
    let missing: Vec<_> = report.errors().iter().map(|violation| violation.pointer()).collect();
    assert_eq!(missing, ["/customer_type", "/entity_type", "/vertical", "/address", "/authorized_contact"]);
    let error = client.send(draft.clone()).await.expect_err("fields are missing");
    assert_eq!(error.kind(), ErrorKind::Validation);

    draft.customer_type = Some(CustomerType::Direct);
    draft.entity_type = Some(EntityType::Private);
    draft.vertical = Some(Vertical::Retail);
    draft.address = Some(address());
    draft.authorized_contact = Some(contact());
    assert!(!client.send(draft).await?.profile_uuid.is_empty());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn blocking_callers_wait_for_builders() {
    let (_simulator, client) = pair().await;
    let client = client.blocking().expect("a thread");
    let work = move || -> plivo::Result<()> {
        let created = client.send(profile()).wait()?;
        let stored = client.profile().get(&created.profile_uuid).wait()?;
        let updated = client.send(UpdateProfile::from_answer(&stored)).wait()?;
        assert_eq!(updated.company_name, stored.company_name);
        let website = Some(String::from("https://example.com"));
        let updated = client.profile().update(&created.profile_uuid).website(website.as_ref()).send().wait()?;
        assert_eq!(updated.website, website);
        let error =
            client.profile().delete("201faedc-7df9-4840-9ab1-3997ce3f7cf4").wait().expect_err("it is not there");
        assert_eq!(error.kind(), ErrorKind::NotFound);

        let mut draft = CreateProfile::draft();
        draft.profile_alias = Some(ROW.alias.to_owned());
        let error = client.send(draft).wait().expect_err("fields are missing");
        assert_eq!(error.kind(), ErrorKind::Validation);
        let list = client.request(Method::Get, "/v1/Account/{account}/Profile/").wait()?;
        assert_eq!(list["profiles"].as_array().map(Vec::len), Some(1));
        Ok(())
    };
    tokio::task::spawn_blocking(work).await.expect("no panic").expect("no error");
}

/// A complete request, which either client sends.
fn profile() -> CreateProfile {
    CreateProfile::builder()
        .profile_alias(ROW.alias)
        .customer_type(CustomerType::Direct)
        .entity_type(EntityType::Private)
        .company_name("Example Bakery LLC")
        .vertical(Vertical::Retail)
        .address(address())
        .authorized_contact(contact())
        .website(ROW.website)
        .ein(ROW.ein)
        .build()
}

#[test]
fn an_answer_can_be_made_in_a_test() {
    let mut profile = Profile::draft();
    profile.profile_uuid = "p".to_owned();
    profile.company_name = Some(String::new());
    profile.primary_profile = Some("q".to_owned());
    let update = UpdateProfile::from_answer(&profile);
    assert_eq!((update.profile_uuid.as_deref(), update.company_name), (Some("p"), None));
}

#[test]
fn a_page_can_be_made_in_a_test() {
    let mut page = Page::draft();
    page.items.push(Profile::draft());
    page.meta.total_count = Some(1);
    assert_eq!((page.items.len(), page.meta.total_count, page.meta.next), (1, Some(1), None));
}

#[test]
fn a_price_is_a_decimal_number() {
    let price = rust_decimal::Decimal::try_from(&Decimal::new("0.00350")).expect("a number");
    assert_eq!((price * rust_decimal::Decimal::TEN).to_string(), "0.03500");
}
