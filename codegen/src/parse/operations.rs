//! Operations, their rules and their answers.

use super::authorship::{authorship, fact, sources};
use super::contradictions::contradictions;
use super::entries::entries;
use super::fields::field;
use super::like::like;
use super::states::{moves, sees};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{
    AnswerUseDoc, AnsweredDoc, Authorship, CreatesDoc, Encoding, EntryDoc, LikeDoc, Map, OperationDoc, PagedDoc,
    RuleDoc, Spanned,
};
use crate::language::{
    ANSWER_USE, CREATES, CURSOR_OF_LIST, Construct, DEFERRED, DOES, EMPTY_TEXTS, ENCODINGS, METAS, OPERATION, PAGED,
    RETRIES, RULE, STAGES, UNWRAPPED,
};
use crate::model::{Does, EmptyText, Meta, Retry, Stage};
use crate::reader::{Keys, count, integer, list, map, prose, summary, text, texts, word, wrong_kind};
use crate::yaml::{Data, Entry, Node};

pub(super) fn operation(node: &Node, diagnostics: &mut Diagnostics) -> Option<OperationDoc> {
    let mut keys = Keys::open(node, &OPERATION, diagnostics)?;
    let does = keys.read("does", does, diagnostics);
    let creates = keys.read("creates", creates, diagnostics);
    let sees = keys.read("sees", sees, diagnostics);
    let moves = keys.read("moves", moves, diagnostics);
    let summary = summary(&mut keys, diagnostics);
    let request = keys.read("request", text, diagnostics);
    let name = keys.read("name", text, diagnostics);
    let host = keys.read("host", text, diagnostics);
    let by = authorship(&mut keys, diagnostics);
    let stage = keys.read("stage", stage, diagnostics);
    let found_by = keys.read("found_by", text, diagnostics);
    let deprecated = keys.read("deprecated", prose, diagnostics);
    let path = keys.read("path", |node, diagnostics| map(node, field, diagnostics), diagnostics);
    let paged = keys.entry("paged").map(|entry| paged_entry(entry, diagnostics));
    let encoding = keys.read("encoding", encoding, diagnostics);
    let data_part = keys.read("data_part", text, diagnostics);
    let taken = taken(&mut keys, diagnostics);
    let rules = keys.read("rules", |node, diagnostics| map(node, rule, diagnostics), diagnostics);
    let at_least = keys.read("at_least", |node, diagnostics| fact(node, count, diagnostics), diagnostics);
    let empty_text = keys.read("empty_text", empty_text, diagnostics);
    let retry = keys.read("retry", retry, diagnostics);
    let answer = keys.read("answer", answer_use, diagnostics);
    let deferred = keys.entry("deferred").map(|entry| deferred(entry, diagnostics));
    let examples = keys.read("examples", texts, diagnostics);
    let contradictions = keys.read("contradictions", contradictions, diagnostics);
    keys.close(diagnostics);
    Some(OperationDoc {
        does: does.unwrap_or(Does::Action),
        creates,
        sees,
        moves,
        summary,
        request,
        name,
        host,
        by,
        stage,
        found_by,
        deprecated,
        path: path.unwrap_or_default(),
        paged,
        query: taken.query,
        encoding,
        data_part,
        like: taken.like,
        body: taken.body,
        is_unread: taken.is_unread,
        rules: rules.unwrap_or_default(),
        at_least,
        empty_text,
        retry,
        answer,
        deferred,
        examples: examples.unwrap_or_default(),
        contradictions: contradictions.unwrap_or_default(),
    })
}

/// What a request takes.
struct TakenDoc {
    query: Map<EntryDoc>,
    like: Option<LikeDoc>,
    body: Map<EntryDoc>,
    /// Whether something of it could not be read.
    is_unread: bool,
}

fn taken(keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> TakenDoc {
    let mut is_unread = ["query", "like", "body"].iter().any(|key| !keys.has(key) && keys.has_misspelt(key));
    let mut listed = |key| {
        let entry: &Entry = keys.entry(key)?;
        let read = entries(&entry.value, diagnostics).unwrap_or_default();
        is_unread |= !matches!(&entry.value.data, Data::List(items) if items.len() == read.len());
        Some(read)
    };
    let (query, body) = (listed("query"), listed("body"));
    let like = keys.read("like", like, diagnostics);
    is_unread |= like.is_none() && keys.has("like");
    TakenDoc { query: query.unwrap_or_default(), like, body: body.unwrap_or_default(), is_unread }
}

fn does(node: &Node, diagnostics: &mut Diagnostics) -> Option<Does> {
    word(node, &DOES, diagnostics).map(|does| does.is)
}

fn creates(node: &Node, diagnostics: &mut Diagnostics) -> Option<CreatesDoc> {
    let mut keys = Keys::open(node, &CREATES, diagnostics)?;
    let each = keys.read("each", text, diagnostics);
    let ids = keys.read("ids", text, diagnostics);
    let objects = keys.read("objects", text, diagnostics);
    keys.close(diagnostics);
    Some(CreatesDoc { each: each?, ids, objects })
}

fn stage(node: &Node, diagnostics: &mut Diagnostics) -> Option<Stage> {
    word(node, &STAGES, diagnostics).map(|stage| stage.is)
}

fn empty_text(node: &Node, diagnostics: &mut Diagnostics) -> Option<EmptyText> {
    word(node, &EMPTY_TEXTS, diagnostics).map(|empty| empty.is)
}

fn encoding(node: &Node, diagnostics: &mut Diagnostics) -> Option<Spanned<Encoding>> {
    word(node, &ENCODINGS, diagnostics)
}

fn meta(node: &Node, diagnostics: &mut Diagnostics) -> Option<Spanned<Meta>> {
    word(node, &METAS, diagnostics)
}

fn retry(node: &Node, diagnostics: &mut Diagnostics) -> Option<Retry> {
    word(node, &RETRIES, diagnostics).map(|retry| retry.is)
}

/// An operation whose `paged` cannot be read takes the parameters all the same.
fn paged_entry(entry: &Entry, diagnostics: &mut Diagnostics) -> Spanned<PagedDoc> {
    Spanned::new(paged(&entry.value, diagnostics).unwrap_or_default(), entry.key_span)
}

fn paged(node: &Node, diagnostics: &mut Diagnostics) -> Option<PagedDoc> {
    let mut keys = keys_of_fact(node, &PAGED, diagnostics)?;
    let by = authorship(&mut keys, diagnostics);
    let max = keys.read("max", |node, diagnostics| fact(node, integer, diagnostics), diagnostics);
    let cursor = keys.read("cursor", |node, diagnostics| stated(node, &CURSOR_OF_LIST, diagnostics), diagnostics);
    keys.close(diagnostics);
    Some(PagedDoc { by, max, cursor })
}

/// An operation whose `deferred` cannot be read can defer its result all the same.
fn deferred(entry: &Entry, diagnostics: &mut Diagnostics) -> Spanned<Authorship> {
    let by = stated(&entry.value, &DEFERRED, diagnostics).map(|by| by.is);
    Spanned::new(by.unwrap_or_default(), entry.key_span)
}

/// A fact without a value: only who states it.
fn stated(node: &Node, fact: &'static Construct, diagnostics: &mut Diagnostics) -> Option<Spanned<Authorship>> {
    let mut keys = keys_of_fact(node, fact, diagnostics)?;
    let by = authorship(&mut keys, diagnostics);
    keys.close(diagnostics);
    Some(Spanned::new(by, node.span))
}

/// The keys of a fact, all of which are optional.
fn keys_of_fact<'n>(node: &'n Node, fact: &'static Construct, diagnostics: &mut Diagnostics) -> Option<Keys<'n>> {
    if let Data::Scalar { .. } = node.data {
        let key = fact.what.trim_matches('`');
        let help = format!("write `{key}: {{}}`, or `{key}: {{ source: .. }}` with who states it");
        diagnostics.push(wrong_kind(node, "a mapping").help(help));
        return None;
    }
    Keys::open(node, fact, diagnostics)
}

fn rule(node: &Node, diagnostics: &mut Diagnostics) -> Option<RuleDoc> {
    let mut keys = Keys::open(node, &RULE, diagnostics)?;
    let when = keys.read("when", |node, diagnostics| map(node, one_or_more, diagnostics), diagnostics);
    let given = keys.read("given", texts, diagnostics);
    let absent = keys.read("absent", texts, diagnostics);
    let needs = keys.read("needs", texts, diagnostics);
    let may_skip = keys.read("may_skip", texts, diagnostics);
    let exactly_one_of = keys.read("exactly_one_of", texts, diagnostics);
    let at_least_one_of = keys.read("at_least_one_of", texts, diagnostics);
    let at_most_one_of = keys.read("at_most_one_of", texts, diagnostics);
    let by = authorship(&mut keys, diagnostics);
    let summary = summary(&mut keys, diagnostics);
    keys.close(diagnostics);
    Some(RuleDoc {
        span: node.span,
        summary,
        when: when.unwrap_or_default(),
        given: given.unwrap_or_default(),
        absent: absent.unwrap_or_default(),
        needs: needs.unwrap_or_default(),
        may_skip: may_skip.unwrap_or_default(),
        exactly_one_of: exactly_one_of.unwrap_or_default(),
        at_least_one_of: at_least_one_of.unwrap_or_default(),
        at_most_one_of: at_most_one_of.unwrap_or_default(),
        by,
    })
}

fn one_or_more(node: &Node, diagnostics: &mut Diagnostics) -> Option<Vec<Spanned<String>>> {
    match node.data {
        Data::List(_) => list(node, condition_value, diagnostics),
        _ => condition_value(node, diagnostics).map(|value| vec![value]),
    }
}

/// A value in a condition: a text, or a boolean as it is written.
fn condition_value(node: &Node, diagnostics: &mut Diagnostics) -> Option<Spanned<String>> {
    let Data::Scalar { text: word, plain: true, .. } = &node.data else { return text(node, diagnostics) };
    match word.as_str() {
        "true" | "false" => Some(Spanned::new(word.clone(), node.span)),
        "given" | "absent" => {
            diagnostics.push(
                Diagnostic::new(Code::NeverHolds, format!("`{word}` is the text of a value here"))
                    .at(node.span, "compared with the value of the field")
                    .help(format!("write `{word}: [field]` beside `when`; if it is the text, quote it: `\"{word}\"`")),
            );
            None
        }
        _ => text(node, diagnostics),
    }
}

/// `type`, or `says`. If both are missing, `expected` is reported.
fn answered(keys: &mut Keys<'_>, expected: &'static str, diagnostics: &mut Diagnostics) -> Option<AnsweredDoc> {
    let (ty, says) = (keys.entry("type"), keys.entry("says"));
    let is_sentence = says.is_some() || (ty.is_none() && (expected == "says" || keys.has_misspelt("says")));
    if !is_sentence {
        return keys.read("type", text, diagnostics).map(AnsweredDoc::Type);
    }
    if let (Some(entry), Some(_)) = (ty, says) {
        let both = Diagnostic::new(Code::MisplacedKey, "an answer has `type` and `says`");
        let help = "remove `says` if the answer has fields, or `type` if it only says that the request was executed";
        diagnostics.push(both.at(entry.key_span, "one of them is enough").help(help));
    }
    keys.read("says", sentence, diagnostics).map(AnsweredDoc::Says)
}

/// A text, which may be empty in quotes.
fn sentence(node: &Node, diagnostics: &mut Diagnostics) -> Option<Spanned<String>> {
    match &node.data {
        Data::Scalar { text, plain: false, .. } if text.is_empty() => Some(Spanned::new(String::new(), node.span)),
        _ => text(node, diagnostics),
    }
}

/// An answer whose `unwrapped` cannot be read may lack its key all the same.
fn unwrapped(entry: &Entry, diagnostics: &mut Diagnostics) -> Spanned<Authorship> {
    let sources = Keys::open(&entry.value, &UNWRAPPED, diagnostics).and_then(|mut keys| {
        let sources = sources(&mut keys, diagnostics);
        keys.close(diagnostics);
        sources
    });
    Spanned::new(Authorship { sources, enforce: None }, entry.key_span)
}

fn answer_use(node: &Node, diagnostics: &mut Diagnostics) -> Option<AnswerUseDoc> {
    answer_with(node, "type", diagnostics)
}

/// An answer that only confirms a request.
pub(super) fn confirmation(node: &Node, diagnostics: &mut Diagnostics) -> Option<AnswerUseDoc> {
    answer_with(node, "says", diagnostics)
}

/// An answer with this key, or with the other one of `type` and `says`.
fn answer_with(node: &Node, expected: &'static str, diagnostics: &mut Diagnostics) -> Option<AnswerUseDoc> {
    if let Data::Scalar { text, .. } = &node.data {
        let value = if node.is_absent() { ".." } else { text };
        diagnostics.push(wrong_kind(node, "a mapping").help(format!("write `answer: {{ {expected}: {value} }}`")));
        return None;
    }
    let mut keys = Keys::open(node, &ANSWER_USE, diagnostics)?;
    let is = answered(&mut keys, expected, diagnostics);
    let status = keys.read("status", |node, diagnostics| list(node, count, diagnostics), diagnostics);
    let under = keys.read("under", text, diagnostics);
    let unwrapped = keys.entry("unwrapped").map(|entry| unwrapped(entry, diagnostics));
    let items = keys.read("list", text, diagnostics);
    let total = keys.read("total", one_or_more, diagnostics);
    let beside = keys.read("beside", text, diagnostics);
    let meta = keys.read("meta", meta, diagnostics);
    let unreadable = [
        ("under", under.is_none()),
        ("list", items.is_none()),
        ("total", total.is_none()),
        ("beside", beside.is_none()),
    ];
    let is_whole = !unreadable.iter().any(|(key, is_none)| *is_none && keys.has(key));
    keys.close(diagnostics);
    if !is_whole {
        return None;
    }
    let status = status.unwrap_or_default();
    Some(AnswerUseDoc { is: is?, status, under, unwrapped, list: items, total, beside, meta })
}
