//! `plivo::testing::Script`, with which users of the client write tests.

use plivo::testing::Script;
use plivo::transport::TransportError;
use plivo::{Error, Outcome};

#[tokio::test]
async fn scripted_responses_come_in_order_and_requests_are_recorded() -> Result<(), Error> {
    let script = Script::new()
        .answer(200, r#"{"profile":{"profile_uuid":"p"}}"#)
        .fail(TransportError::unknown("the line broke").by_timeout())
        .answer(404, r#"{"error":"not here"}"#);
    let client = script.client();
    assert_eq!(client.profile().get("p").await?.profile_uuid, "p");
    let broken = client.profile().update("p").website("https://example.com").await.expect_err("a failure");
    assert!(broken.is_timeout() && broken.outcome() == Outcome::Unknown);
    assert_eq!(client.profile().delete("p").await.expect_err("a refusal").message(), Some("not here"));
    let asked: Vec<_> = script.requests().iter().map(|request| request.method.to_string()).collect();
    assert_eq!((asked, script.left()), (vec!["GET".to_owned(), "POST".to_owned(), "DELETE".to_owned()], 0));
    assert_eq!(script.requests()[1].body.as_bytes(), Some(br#"{"website":"https://example.com"}"#.as_slice()));
    Ok(())
}

#[tokio::test]
async fn an_empty_script_refuses_connections() {
    let script = Script::new();
    let error =
        script.builder().build().expect("a client").profile().delete("p").await.expect_err("the connection is refused");
    assert!(error.is_connect() && error.outcome() == Outcome::NotSent);
    let script = Script::new().otherwise(200, "{}");
    for _ in 0..3 {
        assert!(script.client().profile().delete("p").await.is_ok());
    }
    assert_eq!(format!("{script:?}"), "Script { requests: 3, left: 0, .. }");
}
