//! Pages as Markdown, for pull requests: a change of the spec shows there as a reader sees it.

use super::build::pages;
use super::page::{
    ContradictionEntry, EnumEntry, ObjectEntry, OperationEntry, Page, Row, SdkEntry, SourceEntry, TypeLabel, ValueEntry,
};
use crate::emit::output::{Directory, GENERATED_MARK, Output};
use crate::emit::rust;
use crate::model::Model;

/// The directory of the pages. Reports of tests are there too.
pub(in crate::emit) const DIRECTORY: Directory =
    Directory { path: "generated-client/reference", extension: "md", is_shared: true };

/// A page for each resource, and one for what resources share.
pub(in crate::emit) fn emit(model: &Model) -> Vec<Output> {
    let output =
        |page: &Page| Output { path: format!("{}/{}.md", DIRECTORY.path, page.slug), text: page_text(model, page) };
    pages(model, false).iter().map(output).collect()
}

/// A text that grows by paragraphs.
struct Text(String);

impl Text {
    fn paragraph(&mut self, text: &str) {
        if !self.0.is_empty() {
            self.0.push('\n');
        }
        self.0.push_str(text);
        self.0.push('\n');
    }

    fn heading(&mut self, level: usize, text: &str) {
        self.paragraph(&format!("{} {text}", "#".repeat(level)));
    }

    fn list<'t>(&mut self, items: impl IntoIterator<Item = &'t str>) {
        let items: Vec<_> = items.into_iter().map(|item| format!("- {}", rust::line(item))).collect();
        if !items.is_empty() {
            self.paragraph(&items.join("\n"));
        }
    }

    fn table(&mut self, head: &[&str], rows: impl Iterator<Item = Vec<String>>) {
        let line = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
        let mut lines = vec![line(head.iter().map(|&cell| cell.to_owned()).collect())];
        lines.push(line(head.iter().map(|_| "---".to_owned()).collect()));
        lines.extend(rows.map(line));
        self.paragraph(&lines.join("\n"));
    }

    fn code(&mut self, language: &str, code: &str) {
        self.paragraph(&format!("```{language}\n{code}\n```"));
    }
}

fn page_text(model: &Model, page: &Page) -> String {
    let mut text = Text(String::new());
    text.paragraph(&format!("<!-- {GENERATED_MARK} from `{}`. Do not edit. -->", page.file));
    text.heading(1, &page.title);
    text.paragraph(&rust::line(&page.summary));
    let group = page.group.map(|index| format!("Group: {}. ", model.groups[index].name)).unwrap_or_default();
    let handle = page.rust.as_ref().map(|rust| format!(" In Rust: `{rust}`.")).unwrap_or_default();
    text.paragraph(&format!("{group}Spec: [`{}`](../../{}).{handle}", page.file, page.file));
    text.list(page.facts.iter().map(String::as_str));
    let links = page
        .operations
        .iter()
        .map(|it| format!("| [{}](#{}) | {} | {} |", it.name, fragment(&it.name), it.request_line, cell(&it.summary)));
    if !page.operations.is_empty() {
        text.paragraph(&format!(
            "| operation | request | |\n| --- | --- | --- |\n{}",
            links.collect::<Vec<_>>().join("\n")
        ));
    }
    if !page.states.is_empty() {
        text.heading(2, "States");
        text.table(
            &["state", "next", "sets"],
            page.states.iter().map(|it| vec![format!("`{}`", it.name), cell(&it.stay), cell(&it.sets.join(", "))]),
        );
    }
    page.operations.iter().for_each(|it| operation(&mut text, page, it));
    for (is_answer, heading) in [(false, "Objects in requests"), (true, "Answers")] {
        let objects: Vec<_> = page.objects.iter().filter(|it| it.is_answer == is_answer).collect();
        if !objects.is_empty() {
            text.heading(2, heading);
        }
        objects.into_iter().for_each(|it| object(&mut text, page, it));
    }
    if !page.enums.is_empty() || !page.choices.is_empty() {
        text.heading(2, "Values");
    }
    page.enums.iter().for_each(|it| enumeration(&mut text, it));
    for choice in &page.choices {
        text.heading(3, &choice.name);
        text.paragraph(&rust::line(&choice.summary));
        text.list(choice.forms.iter().map(|form| format!("`{form}`")).collect::<Vec<_>>().iter().map(String::as_str));
    }
    text.heading(2, "Sources");
    text.table(&["source", "is", "a violation is"], page.sources.iter().map(source));
    text.0
}

fn operation(text: &mut Text, page: &Page, it: &OperationEntry) {
    text.heading(2, &it.name);
    text.paragraph(&rust::line(&it.summary));
    text.paragraph(&it.request_line);
    text.list(it.warnings.iter().chain(&it.limits).chain(&it.sending).map(String::as_str).chain([it.retry]));
    if !it.arguments.is_empty() {
        text.table(
            &["argument", "in", "type", "presence", "description", "sources"],
            it.arguments.iter().map(|row| argument(page, row)),
        );
    }
    let ty = it.answer.ty.as_ref().map(|ty| format!("{}. ", type_text(page, ty))).unwrap_or_default();
    text.paragraph(&format!(
        "Answer: {ty}{}",
        rust::line(&format!("{} {}", it.answer.statuses, it.answer.shape.join(" ")))
    ));
    contradictions(text, &it.contradictions);
    if let Some(body) = &it.sample.body {
        text.code("json", body);
    }
    if let Some(answer) = &it.sample.answer {
        text.code("json", answer);
    }
    let sdk = |(name, entry): &(String, SdkEntry)| match entry {
        SdkEntry::Calls(method, differences) => Some(format!("{name}: `{method}`. {}", differences.join(" "))),
        SdkEntry::Lacks(why) => Some(format!("{name} has no method: {why}")),
        SdkEntry::Unknown => None,
    };
    let sdks: Vec<_> = it.sdks.iter().filter_map(sdk).collect();
    text.list(sdks.iter().map(String::as_str));
}

fn argument(page: &Page, row: &Row) -> Vec<String> {
    let location = row.location.unwrap_or("").to_owned();
    let mut cells = field(page, row);
    cells.insert(1, location);
    cells
}

/// Name, type, need, what is to say, and sources.
fn field(page: &Page, row: &Row) -> Vec<String> {
    let mut says = vec![cell(&row.summary)];
    says.extend(row.need.sentence.iter().chain(&row.facts).map(|fact| cell(fact)));
    if !row.values.is_empty() {
        says.push(format!("Values: {}.", row.values.iter().map(value).collect::<Vec<_>>().join(", ")));
    }
    says.extend(row.contradictions.iter().map(|it| cell(&it.sentence())));
    says.extend(row.contradictions_at.iter().map(|(_, place)| cell(&format!("Sources differ: see {place}."))));
    let sources = row.sources.join(", ");
    vec![
        format!("`{}{}`", row.outer, row.name),
        type_text(page, &row.ty),
        row.need.word.to_owned(),
        says.join("<br>"),
        sources,
    ]
}

fn value(value: &ValueEntry) -> String {
    format!("`{}`", value.wire.replace('|', "\\|"))
}

fn object(text: &mut Text, page: &Page, it: &ObjectEntry) {
    text.heading(3, &it.name);
    text.paragraph(&rust::line(&it.summary));
    if !it.rows.is_empty() {
        text.table(
            &["field", "type", "presence", "description", "sources"],
            it.rows.iter().map(|row| field(page, row)),
        );
    }
}

fn enumeration(text: &mut Text, it: &EnumEntry) {
    text.heading(3, &it.name);
    text.paragraph(&rust::line(&it.summary));
    let row = |it: &ValueEntry| vec![value(it), it.summary.as_deref().map(cell).unwrap_or_default()];
    text.table(&["value", "meaning"], it.values.iter().map(row));
}

fn source(source: &SourceEntry) -> Vec<String> {
    let url = source.url.as_ref().map(|url| format!(", <{url}>")).unwrap_or_default();
    vec![format!("`{}`", source.name), format!("{}{url}", cell(&source.says)), source.violation.to_owned()]
}

fn contradictions(text: &mut Text, entries: &[ContradictionEntry]) {
    let entries: Vec<_> = entries.iter().map(ContradictionEntry::sentence).collect();
    text.list(entries.iter().map(String::as_str));
}

fn type_text(page: &Page, ty: &TypeLabel) -> String {
    match &ty.link {
        None => ty.text.clone(),
        Some((slug, anchor)) => {
            let file = if *slug == page.slug { String::new() } else { format!("{slug}.md") };
            format!("[{}]({file}#{})", ty.text, fragment(anchor))
        }
    }
}

/// The fragment that GitHub gives a heading of one word.
fn fragment(heading: &str) -> String {
    heading.to_lowercase()
}

/// A text in a cell of a table.
fn cell(text: &str) -> String {
    rust::line(text).replace('|', "\\|")
}
