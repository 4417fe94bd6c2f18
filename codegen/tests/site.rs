//! The reference site: of the real spec, and of one whose texts try to break out of their page.

#[path = "support/api.rs"]
mod api;
#[path = "support/html.rs"]
mod html;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use html::{Tag, is_void, tags};
use plivo_codegen::model::{Model, Operation, Type};
use plivo_codegen::{Change, SiteInputs, SpecFile, model, read_dir, site};

type Files = BTreeMap<String, String>;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn files(spec: &[SpecFile], inputs: &SiteInputs) -> Files {
    let files = site(spec, inputs).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    files.into_iter().map(|file| (file.path, file.text)).collect()
}

fn inputs() -> SiteInputs {
    let file = |name: &str| format!("spec/resources/{name}.yaml");
    let change = Change {
        date: "2026-01-31".to_owned(),
        summary: "spec: a <change>".to_owned(),
        files: vec![file("profile"), file("gone")],
    };
    SiteInputs { coverage: Some("a & b".to_owned()), changes: vec![change] }
}

static SPEC: LazyLock<Vec<SpecFile>> = LazyLock::new(|| read_dir(&root().join("spec")).expect("the spec"));
static MODEL: LazyLock<Model> = LazyLock::new(|| model(&SPEC).expect("the model"));
static SITE: LazyLock<Files> = LazyLock::new(|| files(&SPEC, &inputs()));

fn hostile() -> Files {
    let text = include_str!("emission/hostile.yaml");
    files(&[SpecFile::new("spec/plivo.yaml", api::API), SpecFile::new("spec/resources/thing.yaml", text)], &inputs())
}

fn pages(files: &Files) -> impl Iterator<Item = (&String, &String)> {
    files.iter().filter(|(path, _)| path.ends_with(".html"))
}

#[test]
fn every_tag_is_closed_and_every_id_is_unique() {
    for (path, text) in pages(&SITE).chain(pages(&hostile())) {
        let (mut open, mut ids) = (Vec::new(), BTreeSet::new());
        for tag in tags(text) {
            match tag {
                Tag::Open { name, attributes } => {
                    if let Some(id) = attributes.get("id") {
                        assert!(ids.insert(id.clone()), "{path}: two ids `{id}`");
                        assert!(!id.contains(char::is_whitespace), "{path}: `{id}`");
                    }
                    if !is_void(&name) {
                        open.push(name);
                    }
                }
                Tag::Close(name) => assert_eq!(open.pop(), Some(name), "{path}"),
            }
        }
        assert!(open.is_empty(), "{path}: {open:?} are open");
    }
}

#[test]
fn every_link_and_every_anchor_leads_somewhere() {
    check_links(&SITE);
    check_links(&hostile());
}

fn check_links(files: &Files) {
    let ids: BTreeMap<_, BTreeSet<_>> = pages(files)
        .map(|(path, text)| (path.as_str(), tags(text).filter_map(|tag| tag.attribute("id")).collect()))
        .collect();
    let mut broken = BTreeSet::new();
    for (path, text) in pages(files) {
        for address in tags(text).filter_map(|tag| tag.attribute("href").or_else(|| tag.attribute("src"))) {
            if address.starts_with("https://") || address.starts_with("http://") {
                continue;
            }
            let (file, anchor) = address.split_once('#').unwrap_or((&address, ""));
            let file = if file.is_empty() { path } else { file };
            let is_there = match anchor {
                "" => files.contains_key(file),
                anchor => ids.get(file).is_some_and(|ids| ids.contains(anchor)),
            };
            if !is_there {
                broken.insert(format!("{path}: {address}"));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn scripts_and_styles_are_files_of_the_site() {
    for (path, text) in pages(&SITE) {
        for tag in tags(text) {
            let Tag::Open { name, attributes } = &tag else { continue };
            let loads = matches!(name.as_str(), "script" | "link" | "img" | "iframe");
            let address = attributes.get("src").or_else(|| attributes.get("href")).filter(|_| loads);
            assert!(address.is_none_or(|address| SITE.contains_key(address)), "{path}: {address:?}");
            let is_handler = |name: &String| name.starts_with("on") || name == "style";
            assert!(!attributes.keys().any(is_handler), "{path}: {attributes:?}");
        }
    }
    assert!(!SITE["style.css"].contains("url(") && !SITE["style.css"].contains("@import"));
}

#[test]
fn every_operation_field_value_and_contradiction_is_on_its_page() {
    let mut missing = BTreeSet::new();
    for resource in &MODEL.resources {
        let text = plain(&SITE[&format!("{}.html", resource.module.ident)]);
        let mut expect = |what: &str| {
            if !text.contains(&words(what)) {
                missing.insert(format!("{}: {what}", resource.name));
            }
        };
        for operation in &resource.operations {
            expect(&operation.summary);
            expect(&operation.path.template);
            operation.contradictions.iter().for_each(|it| expect(&it.decision));
            facts_of(operation).iter().for_each(|fact| expect(fact));
        }
        let objects = MODEL
            .objects
            .iter()
            .filter(|object| MODEL.module(object.owner).is_some_and(|it| it.file == resource.module.file));
        for field in objects.flat_map(|object| &object.fields) {
            expect(&field.name);
            expect(&field.summary);
            field.contradictions.iter().for_each(|it| expect(&it.decision));
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

/// The names of the arguments, their summaries and allowed values.
fn facts_of(operation: &Operation) -> Vec<String> {
    let mut facts = Vec::new();
    for field in MODEL.request_fields(operation) {
        facts.extend([field.name.clone(), field.summary.clone()]);
        if let Type::Enum(id) = field.ty {
            let values = MODEL[id].values.iter();
            facts.extend(values.flat_map(|value| [Some(value.wire.clone()), value.summary.clone()]).flatten());
        }
    }
    facts
}

/// The text of a page, without tags and without the marks of Markdown.
fn plain(page: &str) -> String {
    let mut text = String::new();
    for part in page.split('<') {
        text.push_str(part.split_once('>').map_or("", |(_, text)| text));
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    words(&text)
}

fn words(text: &str) -> String {
    let text = text.replace(['`', '\u{2022}'], "");
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace(" - ", " ")
}

/// `page.create.csv` was transcribed from Plivo's page, independently of the spec.
#[test]
fn the_review_of_creating_a_profile_has_the_order_of_the_page() {
    let path = root().join("tests/evidence/sources/profile/page.create.csv");
    let text = fs::read_to_string(&path).expect("the page");
    let rows = text.lines().filter(|line| !line.starts_with('#')).skip(1);
    let mut expected = Vec::new();
    for row in rows {
        let cells: Vec<_> = row.split(',').collect();
        let outer = if cells[0].is_empty() { String::new() } else { format!("{}.", cells[0]) };
        let name = format!("create.{outer}{}", cells[1]);
        expected.push(name.clone());
        expected.extend(cells[4].split_whitespace().map(|value| format!("{name}={value}")));
    }
    let page = &SITE["profile.create.review.html"];
    let ticks = tags(page).filter_map(|tag| tag.attribute("name"));
    let ticks: Vec<_> = ticks.filter(|name| name.starts_with("create.") && !name.contains([':', '!'])).collect();
    assert_eq!(ticks[..expected.len()], expected);
    let text = plain(page);
    for what in ["these fields are not needed: ein, ein_issuing_country", "Status 200 or 202", "api_id", "profile_uuid"]
    {
        assert!(text.contains(what), "{what}");
    }
    // A decision alone says nothing about what the sources say.
    assert!(text.contains("Sources differ. page: an integer; docs: a string;"), "what the sources say");
}

#[test]
fn samples_of_answers_have_the_order_of_the_fields() {
    let text = plain(&SITE["profile.html"]);
    let samples = ["{ \"profile\": { \"profile_uuid\":", "\"profiles\": [ { \"profile_uuid\":"];
    for start in samples {
        assert!(text.contains(start), "{start}");
    }
}

#[test]
fn a_heading_is_what_an_object_is_called_in_prose() {
    for (page, title) in [("mms_media", "MMS media file"), ("hosted_loa", "Hosted LOA"), ("end_user", "End user")] {
        assert!(SITE[&format!("{page}.html")].contains(&format!("<h1>{title}</h1>")), "{title}");
    }
}

#[test]
fn the_page_says_how_to_find_an_object_and_what_the_server_sets() {
    let text = plain(&SITE["profile.html"]);
    assert!(text.contains("find of the client looks for profiles with the same profile_alias."));
    let row = text.split("The profile_uuid of the account's primary profile.").nth(1).expect("the field");
    assert!(row.trim_start().starts_with("A UUID (source: answers)."), "{}", &row[..60]);
}

#[test]
fn the_search_has_a_label_and_says_what_it_finds() {
    let page = &SITE["index.html"];
    for part in ["role=\"search\" hidden>", "<label for=\"page-query\">", "<p id=\"page-status\" role=\"status\">"] {
        assert!(page.contains(part), "{part}");
    }
}

#[test]
fn a_table_without_a_head_has_labels_on_a_phone() {
    assert!(SITE["call.html"].contains("<td data-of=\"Sets\">") && !SITE["profile.html"].contains("data-of=\"Sets\""));
    assert!(SITE["call.html"].contains("<td data-of=\"What follows\">"));
    assert!(SITE["profile.html"].contains("<td data-of=\"A violation is\">error</td>"));
}

#[test]
fn contradictions_have_contents_and_one_heading_for_each_place() {
    let page = &SITE["all-contradictions.html"];
    assert!(page.contains("<a href=\"#profile\">Profile</a>"), "no contents");
    let headings: Vec<_> = page.split("<h3>").skip(1).filter_map(|rest| rest.split("</h3>").next()).collect();
    assert_eq!(headings.len(), headings.iter().collect::<BTreeSet<_>>().len(), "a heading is repeated");
}

#[test]
fn places_that_differ_for_the_same_reason_are_in_one_sentence() {
    let text = plain(&SITE["call.html"]);
    assert_eq!(text.matches("calls.create. /answer_method, /error_if_parent_not_found, ").count(), 1);
}

#[test]
fn print_is_black_on_white() {
    assert!(!SITE["style.css"].contains("@media (prefers-color-scheme"), "dark only on a screen");
}

#[test]
fn the_same_site_comes_out_twice() {
    assert_eq!(files(&SPEC, &inputs()), *SITE);
}

#[test]
fn a_site_without_reports_says_so() {
    let files = files(&SPEC, &SiteInputs::default());
    assert!(files["what-changed.html"].contains("The history of the spec is not known here."));
    assert!(!files["sdk-coverage.html"].contains("id=\"report\""));
    assert!(SITE["what-changed.html"].contains("spec: a &lt;change&gt;"));
    assert!(SITE["sdk-coverage.html"].contains("a &amp; b"));
    assert!(SITE["sdk-coverage.html"].contains("data-of=\"npm plivo "), "on a phone, the table has no head");
}

/// Text on its background, in light and in dark.
const PAIRS: [(&str, &[&str]); 4] = [
    ("paper", &["ink", "muted", "link", "get", "post", "delete", "patch"]),
    ("panel", &["ink", "muted", "link"]),
    ("code", &["ink", "muted"]),
    ("mark", &["mark-ink", "ink"]),
];

#[test]
fn text_has_enough_contrast() {
    let style = &SITE["style.css"];
    let palettes: Vec<_> =
        style.split(":root {").skip(1).map(|rest| rest.split('}').next().unwrap_or_default()).collect();
    assert_eq!(palettes.len(), 2, "light and dark");
    for palette in palettes {
        let luminance = |name: &str| {
            let value = palette.split_once(&format!("--{name}: #")).expect(name).1;
            let channel = |at: usize| {
                let part = f64::from(u8::from_str_radix(&value[at..at + 2], 16).expect(name)) / 255.0;
                if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
            };
            0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
        };
        for (ground, texts) in PAIRS {
            for text in texts {
                let (one, other) = (luminance(ground) + 0.05, luminance(text) + 0.05);
                let contrast = one.max(other) / one.min(other);
                assert!(contrast >= 4.5, "{text} on {ground}: {contrast:.2}");
            }
        }
    }
}
