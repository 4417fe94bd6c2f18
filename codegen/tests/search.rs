//! The search of the reference site, as its script finds names. Without Node there is nothing that runs the script.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use plivo_codegen::{SiteInputs, read_dir, site};

/// The script, with the index of the real spec.
static SCRIPT: LazyLock<String> = LazyLock::new(|| {
    let spec = read_dir(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec")).expect("the spec");
    let files = site(&spec, &SiteInputs::default()).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    files.into_iter().find(|file| file.path == "search.js").expect("the script").text
});

/// What the script finds for each query: a name and its place in each line. Without Node it is nothing.
fn search<const N: usize>(queries: [&str; N]) -> Option<[Vec<String>; N]> {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("search.js");
    let print = "console.log(process.argv.slice(2).map((query) => search(query).map(([name, place]) => `${name} ${place}`).join('\\n')).join('\\0'));";
    std::fs::write(&file, format!("globalThis.addEventListener = () => {{}};\n{}\n{print}", *SCRIPT)).expect("a file");
    let mut node = Command::new("node");
    let output = node.arg(&file).args(queries).stdin(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).expect("text");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut found = text.trim_end_matches('\n').split('\0').map(|lines| lines.lines().map(str::to_owned).collect());
    Some(std::array::from_fn(|_| found.next().expect("an answer to each query")))
}

#[test]
fn separators_and_letter_case_do_not_count() {
    let spellings = ["profile_alias", "PROFILE_ALIAS", "Profile alias", "profilealias", " profile-alias "];
    let Some(found) = search(spellings) else { return };
    for (spelling, found) in spellings.iter().zip(&found) {
        let expected = ["profile_alias argument of profile.create", "profile_alias field of Profile"];
        assert_eq!(found.len(), 2, "{spelling}: {found:?}");
        assert!(expected.iter().all(|it| found.iter().any(|found| found == it)), "{spelling}: {found:?}");
    }
}

#[test]
fn the_whole_name_comes_first_and_resources_and_operations_before_their_parts() {
    let Some([profile, send, id]) = search(["profile", "send", "message send"]) else { return };
    assert_eq!(profile[..2], ["profile resource", "Profile object of profile"]);
    assert!(send[0].starts_with("message.send operation, POST "), "{send:?}");
    assert!(id[0].starts_with("message.send operation, POST "), "{id:?}");
}

#[test]
fn words_are_found_in_any_order_and_in_the_place() {
    let Some([order, place]) = search(["send message", "alias create"]) else { return };
    assert!(order.iter().any(|found| found.starts_with("message.send operation")), "{order:?}");
    assert!(place.iter().any(|found| found == "profile_alias argument of profile.create"), "{place:?}");
}

#[test]
fn an_operation_is_found_by_its_route() {
    let Some(found) = search(["POST /v1/Account/{auth_id}/Message/"]) else { return };
    assert!(found[0][0].starts_with("message.send operation, POST /v1/Account/"), "{found:?}");
}

#[test]
fn nonsense_finds_nothing() {
    let queries = ["", "  ", "_", "zzqx", "<script>", "field", "\u{130}"];
    let Some(found) = search(queries) else { return };
    let long: Vec<_> = queries.iter().zip(&found).filter(|(_, found)| found.len() > 20).collect();
    assert!(long.is_empty(), "{long:?}");
    assert!(found[..5].iter().all(Vec::is_empty), "{found:?}");
}
