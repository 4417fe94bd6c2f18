//! The five operations of Profile, from the client to the simulator's store and back.

use std::time::Duration;

use plivo::profile::{
    Address, AuthorizedContact, CreateProfile, CustomerType, EntityType, Profile, ProfileType, Seniority, Vertical,
};
use plivo::{Client, Pending};

use crate::support::{AUTH_TOKEN, client, pair};

fn bakery(client: &Client) -> Pending<plivo::profile::ProfileCreated> {
    client
        .profile()
        .create()
        .profile_alias("Example Bakery")
        .customer_type(CustomerType::Direct)
        .entity_type(EntityType::Private)
        .company_name("Example Bakery LLC")
        .vertical(Vertical::Retail)
        .address(address())
        .authorized_contact(contact())
        .ein("123456789")
        .send()
}

pub(crate) fn address() -> Address {
    Address::builder()
        .street("1 Main Street")
        .city("Springfield")
        .state("IL")
        .postal_code("62701")
        .country("US")
        .build()
}

pub(crate) fn contact() -> AuthorizedContact {
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
async fn a_profile_is_created_read_listed_updated_and_deleted() -> Result<(), plivo::Error> {
    let (simulator, client) = pair().await;
    let created = bakery(&client).await?;
    assert_eq!(created.status(), 200);
    assert!(created.api_id().is_some());
    assert!(created.report().errors().is_empty() && created.report().warnings().is_empty());

    let one = client.profile().get(&created.profile_uuid).await?;
    assert_eq!(one.ein.as_deref(), Some("123456789"));
    assert_eq!(one.vertical, Some(Vertical::Retail));
    assert_eq!(one.address, Some(address()));
    assert_eq!(one.profile_uuid, created.profile_uuid);

    let page = client.profile().list().limit(20).offset(0).send().await?;
    assert_eq!(page.items.len(), 1);
    assert_eq!(page.meta.limit, Some(20));
    assert_eq!(
        page.into_iter().map(|profile| profile.profile_uuid).collect::<Vec<_>>(),
        [created.profile_uuid.as_str()]
    );

    let secondary = client.profile().list().type_(ProfileType::Secondary).vertical(Vertical::Retail).await?;
    assert_eq!(secondary.items.len(), 1);
    assert!(client.profile().list().type_(ProfileType::Primary).await?.items.is_empty());

    client.profile().update(&created.profile_uuid).website("https://bakery.example.com").send().await?;
    let call: Pending<Profile> = client.profile().get(&created.profile_uuid).send();
    let changed = tokio::spawn(call).await.expect("the task")?;
    assert_eq!(changed.website.as_deref(), Some("https://bakery.example.com"));
    assert_eq!(changed.company_name.as_deref(), Some("Example Bakery LLC"));

    client.profile().delete(&created.profile_uuid).await?;
    let gone = client.profile().get(&created.profile_uuid).await.expect_err("a deleted profile");
    assert!(gone.is_not_found());
    assert_eq!(gone.message(), Some("Profile not found."));
    let paths: Vec<_> =
        simulator.requests().iter().map(|request| format!("{} {}", request.method(), request.path())).collect();
    assert_eq!(paths[0], "POST /v1/Account/MAXXXXXXXXXXXXXXXXXX/Profile/");
    assert_eq!(paths[7], format!("DELETE /v1/Account/MAXXXXXXXXXXXXXXXXXX/Profile/{}/", created.profile_uuid));
    Ok(())
}

#[tokio::test]
async fn items_of_several_pages_come_once_and_in_order() -> Result<(), plivo::Error> {
    let (simulator, client) = pair().await;
    let mut ids = Vec::new();
    for _ in 0..45 {
        ids.push(bakery(&client).await?.profile_uuid.clone());
    }
    let mut items = client.profile().list().items();
    let mut found = Vec::new();
    while let Some(profile) = items.next().await {
        found.push(profile?.profile_uuid);
    }
    assert_eq!(found, ids);
    let lists = simulator.requests().iter().filter(|request| request.method() == "GET").count();
    assert_eq!(lists, 3, "two full pages and a short one");
    Ok(())
}

#[tokio::test]
async fn a_request_can_be_built_deserialized_and_sent_later() -> Result<(), Box<dyn std::error::Error>> {
    let (_simulator, client) = pair().await;
    let text = r#"{
        "profile_alias": "Example Bakery", "customer_type": "direct", "entity_type": "Private",
        "company_name": "Example Bakery LLC", "vertical": "RETAIL",
        "address": {"street": "1 Main Street", "city": "Springfield", "state": "IL", "postal_code": "62701", "country": "US"},
        "authorized_contact": {"first_name": "Ada", "last_name": "Example", "email": "ada@example.com",
            "phone": "+12175550123", "title": "Ms", "seniority": "CEO"},
        "ein": "123456789"
    }"#;
    let request: CreateProfile = serde_json::from_str(text)?;
    assert!(request.validate().errors().is_empty());
    assert_eq!(request, detached());
    let created = client.send(request).with_timeout(Duration::from_secs(5)).await?;
    assert_eq!(client.profile().get(&created.profile_uuid).await?.ein.as_deref(), Some("123456789"));
    Ok(())
}

fn detached() -> CreateProfile {
    CreateProfile::builder()
        .profile_alias("Example Bakery")
        .customer_type(CustomerType::Direct)
        .entity_type(EntityType::Private)
        .company_name("Example Bakery LLC")
        .vertical(Vertical::Retail)
        .address(address())
        .authorized_contact(contact())
        .ein("123456789")
        .build()
}

#[tokio::test]
async fn all_violations_are_reported_and_nothing_is_sent() -> Result<(), Box<dyn std::error::Error>> {
    let (simulator, client) = pair().await;
    let request: CreateProfile = serde_json::from_str(
        r#"{"profile_alias": "", "entity_type": "PUBLC", "vertical": "RETAIL", "company_name": "Example",
            "address": {"street": "1 Main Street", "country": "us"}}"#,
    )?;
    let error = client.send(request).await.expect_err("an invalid request");
    assert!(error.is_validation());
    let report = error.report().expect("a report");
    let errors: Vec<_> = report.errors().iter().map(|violation| (violation.pointer(), violation.rule())).collect();
    assert_eq!(
        errors,
        [
            ("/profile_alias", "required"),
            ("/customer_type", "required"),
            ("/entity_type", "values"),
            ("/address/country", "format"),
            ("/authorized_contact", "required"),
        ]
    );
    let warnings: Vec<_> = report.warnings().iter().map(|violation| (violation.pointer(), violation.rule())).collect();
    let samples_say = |field| (field, "required");
    assert_eq!(warnings, ["/address/city", "/address/state", "/address/postal_code"].map(samples_say));
    assert!(report.errors().iter().all(|violation| !violation.message().is_empty() && !violation.source().is_empty()));
    assert!(simulator.requests().is_empty());
    Ok(())
}

#[tokio::test]
async fn an_empty_update_is_not_sent_but_an_empty_string_is() -> Result<(), plivo::Error> {
    let (simulator, client) = pair().await;
    let created = bakery(&client).await?;
    let error = client.profile().update(&created.profile_uuid).await.expect_err("an empty update");
    assert_eq!(error.report().expect("a report").errors()[0].rule(), "at_least");
    client.profile().update(&created.profile_uuid).website("").await?;
    let requests = simulator.requests();
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[1].json(), Some(serde_json::json!({ "website": "" })));
    Ok(())
}

#[tokio::test]
async fn wrong_credentials_are_an_authentication_error() {
    let (simulator, _) = pair().await;
    let stranger = client(&simulator.url(), "another-token");
    let error = stranger.profile().list().await.expect_err("wrong credentials");
    assert!(error.is_authentication());
    assert_eq!(error.status(), Some(401));
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("another-token") && !shown.contains(AUTH_TOKEN) && !shown.contains("MAXXXX"), "{shown}");
}
