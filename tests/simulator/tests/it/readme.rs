//! What the README shows of the simulator is what happens.

use crate::client::{Client, start_with};
use crate::model::spec;
use plivo_simulator::Options;
use reqwest::{Method, RequestBuilder};

const README: &str = include_str!("../../../../README.md");
const ADDRESS: &str = "http://127.0.0.1:8080";

/// A command of curl in words, and what it prints.
#[derive(Debug, Default)]
struct Shown {
    words: Vec<String>,
    output: String,
}

/// The commands of the consoles in the simulator's section.
fn shown() -> Vec<Shown> {
    let section = README.split("## The simulator").nth(1).expect("the section");
    let section = section.split("\n## ").next().expect("its text");
    let consoles = section.split("```console\n").skip(1).map(|rest| rest.split("```").next().expect("a block"));
    let commands = consoles.flat_map(|console| console.split("$ curl ").skip(1));
    commands.map(read).collect()
}

/// Takes a command apart as a shell does, up to the end of its last line.
fn read(text: &str) -> Shown {
    let mut shown = Shown::default();
    let (mut word, mut quoted) = (String::new(), false);
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\'' => quoted = !quoted,
            _ if quoted => word.push(letter),
            '\\' => drop(letters.next()),
            '\n' | ' ' => {
                if !word.is_empty() {
                    shown.words.push(std::mem::take(&mut word));
                }
                if letter == '\n' {
                    shown.output = letters.as_str().trim_end().to_owned();
                    break;
                }
            }
            _ => word.push(letter),
        }
    }
    shown
}

/// The request that curl would make.
fn request(client: &Client, words: &[String]) -> RequestBuilder {
    let value = |flag: &str| words.iter().skip_while(|word| *word != flag).nth(1);
    let url = words.iter().find_map(|word| word.strip_prefix(ADDRESS)).expect("an address");
    let usual = if value("-d").is_some() { "POST" } else { "GET" };
    let method = value("-X").map_or(usual, String::as_str);
    let mut request = client.bare(Method::from_bytes(method.as_bytes()).expect("a method"), url);
    if let Some((id, token)) = value("--user").and_then(|user| user.split_once(':')) {
        request = request.basic_auth(id, Some(token));
    }
    request.body(value("-d").cloned().unwrap_or_default())
}

/// Whether a text is what is shown, where `...` stands for what is left out.
fn fits(text: &str, shown: &str) -> bool {
    let Some((first, rest)) = shown.split_once("...") else { return text == shown };
    let (between, last) = rest.rsplit_once("...").unwrap_or(("", rest));
    let mut inner = text.strip_prefix(first).and_then(|text| text.strip_suffix(last));
    for piece in between.split("...") {
        inner = inner.and_then(|inner| inner.split_once(piece)).map(|(_, behind)| behind);
    }
    inner.is_some()
}

#[tokio::test]
async fn its_commands_print_what_it_shows() {
    let client = start_with(spec(), Options::new()).await;
    let shown = shown();
    assert!(shown.len() >= 7, "only {}", shown.len());
    for Shown { words, output } in shown {
        let printed = request(&client, &words).send().await.expect("an answer").text().await.expect("a text");
        assert!(fits(&printed, &output), "{words:?}\nprints {printed}\nand not {output}");
    }
}

#[test]
fn pieces_stand_in_order() {
    assert!(["abcd", "a...d", "abc...", "...b...d", "a...b...c...d"].iter().all(|shown| fits("abcd", shown)));
    assert!(["abc", "...c", "b...d", "a...c...b...d"].iter().all(|shown| !fits("abcd", shown)));
}
