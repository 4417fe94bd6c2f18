//! The commands in the README print what it shows.

use crate::client::{Client, start_with};
use crate::model::spec;
use plivo_simulator::Options;
use reqwest::{Method, RequestBuilder};

const README: &str = include_str!("../../../../README.md");
const ADDRESS: &str = "http://127.0.0.1:8080";

/// A curl command, split into words, and its output.
#[derive(Debug, Default)]
struct Example {
    words: Vec<String>,
    output: String,
}

/// The commands in the console blocks of the section on the simulator.
fn examples() -> Vec<Example> {
    let section = README.split("## The simulator").nth(1).expect("the section");
    let section = section.split("\n## ").next().expect("its text");
    let consoles = section.split("```console\n").skip(1).map(|rest| rest.split("```").next().expect("a block"));
    let commands = consoles.flat_map(|console| console.split("$ curl ").skip(1));
    commands.map(parse).collect()
}

/// Splits a command into words like a shell. The rest of the text is its output.
fn parse(text: &str) -> Example {
    let mut example = Example::default();
    let (mut word, mut quoted) = (String::new(), false);
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '\'' => quoted = !quoted,
            _ if quoted => word.push(character),
            '\\' => drop(characters.next()),
            '\n' | ' ' => {
                if !word.is_empty() {
                    example.words.push(std::mem::take(&mut word));
                }
                if character == '\n' {
                    example.output = characters.as_str().trim_end().to_owned();
                    break;
                }
            }
            _ => word.push(character),
        }
    }
    example
}

/// The request that curl would send.
fn request(client: &Client, words: &[String]) -> RequestBuilder {
    let value = |flag: &str| words.iter().skip_while(|word| *word != flag).nth(1);
    let url = words.iter().find_map(|word| word.strip_prefix(ADDRESS)).expect("an address");
    let default = if value("-d").is_some() { "POST" } else { "GET" };
    let method = value("-X").map_or(default, String::as_str);
    let mut request = client.unauthenticated(Method::from_bytes(method.as_bytes()).expect("a method"), url);
    if let Some((id, token)) = value("--user").and_then(|user| user.split_once(':')) {
        request = request.basic_auth(id, Some(token));
    }
    let Some(body) = value("-d") else { return request };
    let header = value("-H").and_then(|header| header.split_once(": "));
    let (name, content) = header.unwrap_or(("Content-Type", "application/x-www-form-urlencoded"));
    request.header(name, content).body(body.clone())
}

/// Whether a text matches a pattern, in which `...` stands for any text.
fn matches(text: &str, pattern: &str) -> bool {
    let Some((first, rest)) = pattern.split_once("...") else { return text == pattern };
    let (between, last) = rest.rsplit_once("...").unwrap_or(("", rest));
    let mut inner = text.strip_prefix(first).and_then(|text| text.strip_suffix(last));
    for piece in between.split("...") {
        inner = inner.and_then(|inner| inner.split_once(piece)).map(|(_, after)| after);
    }
    inner.is_some()
}

#[tokio::test]
async fn the_commands_of_the_readme_print_what_it_shows() {
    let client = start_with(spec(), Options::new()).await;
    let examples = examples();
    assert!(examples.len() >= 7, "only {}", examples.len());
    for Example { words, output } in examples {
        let printed = request(&client, &words).send().await.expect("a response").text().await.expect("a text");
        assert!(matches(&printed, &output), "{words:?}\nprints {printed}\ninstead of {output}");
    }
}

#[test]
fn ellipses_match_any_text_between_ordered_pieces() {
    assert!(["abcd", "a...d", "abc...", "...b...d", "a...b...c...d"].iter().all(|pattern| matches("abcd", pattern)));
    assert!(["abc", "...c", "b...d", "a...c...b...d"].iter().all(|pattern| !matches("abcd", pattern)));
}
