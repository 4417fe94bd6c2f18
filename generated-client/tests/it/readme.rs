//! The examples of the README that read answers, as code that runs. A test compares them with the README.

use plivo::profile::CreateProfile;
use plivo::profile::UpdateProfile;
use plivo::testing::Script;
use plivo::transport::TransportError;
use plivo::{Client, Error, Outcome};

use crate::fake_transport::bakery;

const README: &str = include_str!("../../README.md");

/// The sections whose examples are in this file.
const SECTIONS: [&str; 3] = ["## Lists", "## Updates and deletes", "## Errors and outcomes"];

/// The code of the examples in a section, without imports and without the lines that the documentation hides.
fn examples(section: &str) -> Vec<String> {
    let (_, rest) = README.split_once(&format!("\n{section}\n")).expect(section);
    let text = rest.split("\n## ").next().unwrap_or_default();
    let blocks = text.split("```rust,no_run\n").skip(1).map(|block| block.split("```").next().unwrap_or_default());
    let is_shown = |line: &&str| !line.starts_with("# ") && !line.starts_with("use ");
    blocks.map(|block| trimmed(&block.lines().filter(is_shown).collect::<Vec<_>>().join("\n"))).collect()
}

/// The text with the indentation of its lines removed.
fn trimmed(text: &str) -> String {
    text.lines().map(str::trim).collect::<Vec<_>>().join("\n").trim().to_owned()
}

#[test]
fn the_examples_of_the_readme_are_the_ones_that_run() {
    let code = trimmed(include_str!("readme.rs"));
    for section in SECTIONS {
        let examples = examples(section);
        assert!(!examples.is_empty(), "{section}");
        for example in examples {
            let parts: Vec<_> = example.split("\n\n").collect();
            assert!(parts.iter().all(|part| code.contains(part)), "{section}: not in this file:\n{example}");
        }
    }
}

/// The body of a page with these profiles, each of which has the alias `mine`.
fn page(ids: &[&str], more: &str) -> String {
    let item = |id: &&str| format!(r#"{{"profile_uuid":"{id}","profile_alias":"mine"}}"#);
    format!(r#"{{"profiles":[{}]{more}}}"#, ids.iter().map(item).collect::<Vec<_>>().join(","))
}

const NEXT: &str = r#","meta":{"next":"/v1/Account/MA/Profile/?limit=10&offset=2"}"#;

#[expect(clippy::print_stdout, reason = "as in the README")]
async fn lists(client: Client) -> Result<(), Error> {
    let page = client.profile().list().limit(10).await?; // one page
    println!("{} profiles, total {:?}", page.items.len(), page.meta.total_count);

    let mut profiles = client.profile().list().items(); // every profile, page after page
    while let Some(profile) = profiles.next().await {
        println!("{}", profile?.profile_uuid);
    }
    Ok(())
}

#[tokio::test]
async fn a_list_is_read_to_its_end_or_fails() {
    let script = Script::new().answer(200, page(&["a"], "")).answer(200, page(&["a", "b"], NEXT));
    lists(script.clone().answer(200, page(&["c"], "")).client()).await.expect("both pages");
    assert_eq!(script.requests().len(), 3);
    let script = Script::new().answer(200, page(&["a"], "")).answer(200, page(&["a", "b"], NEXT));
    let error = lists(script.answer(200, r#"{"api_id":"x"}"#).client()).await.expect_err("the second page has no list");
    assert_eq!(error.outcome(), Outcome::Executed);
}

#[expect(clippy::print_stdout, clippy::print_stderr, reason = "as in the README")]
async fn pages(client: Client) -> i64 {
    let mut pages = client.profile().list().limit(10).pages();
    while let Some(page) = pages.next().await {
        match page {
            Ok(page) => println!("{} profiles", page.items.len()),
            Err(error) => eprintln!("{error}; continue at {} or {:?}", pages.offset(), pages.cursor()),
        }
    }
    pages.offset()
}

#[tokio::test]
async fn after_an_error_the_pages_tell_where_to_continue() {
    let script = Script::new().answer(200, page(&["a", "b"], NEXT)).answer(503, "");
    assert_eq!((pages(script.client()).await, script.requests().len()), (2, 2));
}

#[expect(clippy::print_stdout, reason = "as in the README")]
async fn update(client: Client) -> Result<(), Error> {
    let profile = client.profile().update("201faedc-7df9-4840-9ab1-3997ce3f7cf4").website("www.example.com").await?;
    println!("{:?}", profile.website);
    Ok(())
}

async fn update_from_answer(client: Client) -> plivo::Result<()> {
    let profile = client.profile().get("201faedc-7df9-4840-9ab1-3997ce3f7cf4").await?;
    let mut update = UpdateProfile::from_answer(&profile);
    update.company_name = Some("Example Bakeries LLC".to_owned());
    client.send(update).await?;
    Ok(())
}

#[tokio::test]
async fn an_update_sends_what_is_set() {
    let stored = r#"{"profile":{"profile_uuid":"201faedc-7df9-4840-9ab1-3997ce3f7cf4","website":"www.example.com"}}"#;
    let script = Script::new().otherwise(200, stored);
    update(script.client()).await.expect("an update");
    update_from_answer(script.client()).await.expect("an update");
    let requests = script.requests();
    let bodies: Vec<_> = requests.iter().filter_map(|request| request.body.as_bytes()).collect();
    assert_eq!(bodies[0], br#"{"website":"www.example.com"}"#);
    assert_eq!(bodies.last(), Some(&&br#"{"company_name":"Example Bakeries LLC","website":"www.example.com"}"#[..]));
}

#[expect(clippy::print_stdout, reason = "as in the README")]
async fn delete(client: Client) -> plivo::Result<()> {
    match client.profile().delete("201faedc-7df9-4840-9ab1-3997ce3f7cf4").await {
        Ok(deleted) => println!("{:?}", deleted.message),
        Err(error) if error.is_not_found() => println!("there was no such profile"),
        Err(error) => return Err(error),
    }
    Ok(())
}

#[tokio::test]
async fn what_is_deleted_or_was_never_there_is_gone() {
    for (status, body) in [(200, r#"{"message":"deleted"}"#), (204, ""), (404, "{}")] {
        delete(Script::new().answer(status, body).client()).await.expect(body);
    }
    let error = delete(Script::new().answer(403, "{}").client()).await.expect_err("no permission");
    assert_eq!(error.outcome(), Outcome::Rejected);
}

async fn create(client: &Client, request: CreateProfile, alias: &str) -> Result<String, Error> {
    match client.send(request).await {
        Ok(created) => Ok(created.into_inner().profile_uuid),
        Err(error) if matches!(error.outcome(), Outcome::Unknown | Outcome::Executed) => {
            // A profile that is not found now may still appear. Whether to send again is your decision.
            let found = client.profile().find(alias).await?;
            found.into_iter().next().map(|profile| profile.profile_uuid).ok_or(error)
        }
        Err(error) => Err(error),
    }
}

#[tokio::test]
async fn after_an_unknown_outcome_all_pages_are_searched() {
    let lost = || Script::new().fail(TransportError::unknown("reset"));
    let others = page(&["other", "another"], NEXT).replace("mine", "theirs");
    let script = lost().answer(200, others.clone()).answer(200, page(&["a"], ""));
    assert_eq!(create(&script.client(), bakery(), "mine").await.expect("it was created"), "a");
    assert_eq!(script.requests().iter().filter(|request| request.method == "POST").count(), 1);
    // A page without a list does not mean that there is no such profile.
    let script = lost().answer(200, others.clone()).answer(200, r#"{"api_id":"x"}"#);
    let error = create(&script.client(), bakery(), "mine").await.expect_err("the list was not read to its end");
    assert!(error.to_string().starts_with("GET "), "{error}");
    // What is not found was perhaps not created, and the error says so.
    let script = lost().answer(200, others).answer(200, page(&[], ""));
    let error = create(&script.client(), bakery(), "mine").await.expect_err("nothing was found");
    assert_eq!((error.outcome(), error.to_string().starts_with("POST ")), (Outcome::Unknown, true), "{error}");
}
