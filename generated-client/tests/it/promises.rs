//! What types promise, held by the compiler.

use plivo::profile::{Profile, ProfileCreated, Seniority, Vertical};
use plivo::{Call, Client, Error, Page, Report, Response};

use crate::double::{AUTH_ID, TOKEN, UUID, answering, bakery, now};

fn shared<T: Send + Sync + Clone + 'static>() {}

fn sent_to_threads<T: Send + Unpin + 'static>() {}

#[test]
fn types_can_be_shared_and_moved() {
    shared::<Client>();
    shared::<Response<Page<Profile>>>();
    shared::<Report>();
    sent_to_threads::<Call<ProfileCreated>>();
    sent_to_threads::<Call<Page<Profile>>>();
    fn error<T: std::error::Error + Send + Sync + 'static>() {}
    error::<Error>();
    assert_eq!(size_of::<Error>(), size_of::<usize>());
    assert_eq!(size_of::<Client>(), size_of::<usize>());
    assert!(size_of::<Call<Profile>>() <= 4 * size_of::<usize>());
}

#[test]
fn a_call_is_lazy_and_outlives_its_client() {
    let (client, sent) = answering(200, r#"{"profile_uuid":"p"}"#);
    drop(client.send(bakery()));
    let call = client.send(bakery());
    drop(client);
    assert_eq!(sent.count(), 0);
    now(call).expect("an answer");
    assert_eq!(sent.count(), 1);
}

#[test]
fn listed_values_are_read_in_any_case() {
    assert_eq!("real_estate".parse(), Ok(Vertical::RealEstate));
    let error = "retial".parse::<Vertical>().expect_err("it is not listed");
    assert_eq!(error.to_string(), "\"retial\" is not listed; did you mean RETAIL?");
    assert_eq!(Vertical::unlisted("RETAIL"), Vertical::Retail);
    assert_ne!(Vertical::unlisted("retail"), Vertical::Retail);
    assert_eq!((Seniority::Gm.to_string(), Seniority::Gm.is_listed()), ("GM".to_owned(), true));
}

#[tokio::test]
async fn calls_can_be_spawned() {
    let (client, _) = answering(200, r#"{"profile":{"profile_uuid":"p"}}"#);
    let call: Call<Profile> = client.profile().get(UUID).send();
    let one = tokio::spawn(call).await.expect("it does not panic").expect("an answer");
    assert_eq!(one.into_inner().profile_uuid, "p");
    assert!(!TOKEN.is_empty() && !AUTH_ID.is_empty());
}
