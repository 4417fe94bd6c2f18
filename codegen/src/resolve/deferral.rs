//! Deferred results: what `plivo.yaml` says about them once, and the two keys of an operation that can defer its result.

use super::context::Cx;
use super::copy_budget::Fields;
use super::entries::{Taker, entries};
use super::response::confirmation;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::document::{
    AnsweredDoc, ApiDoc, Authorship, ConstraintsDoc, DeferralDoc, EntryDoc, Fact, FieldDoc, OperationDoc, Spanned,
    TypeDoc,
};
use crate::model::{Deferral, DeferralKeys, Location, Method, Path, Segment};

/// How requests defer their result.
pub(super) fn deferral(doc: &ApiDoc, diagnostics: &mut Diagnostics) -> Option<Deferral> {
    let doc = doc.deferral.as_ref()?;
    let deferral = checked(doc, diagnostics);
    if deferral.is_none() {
        diagnostics.mark_broken(doc.url.span.file, "deferral");
    }
    deferral
}

fn checked(doc: &DeferralDoc, diagnostics: &mut Diagnostics) -> Option<Deferral> {
    if doc.url.is == doc.method.is {
        diagnostics.push(
            Diagnostic::new(Code::DuplicateField, format!("`url` and `method` are both named `{}`", doc.url.is))
                .at(doc.method.span, "the key of the method")
                .with(doc.url.span, "the key of the URL")
                .help("correct one of the two"),
        );
    }
    let AnsweredDoc::Says(says) = &doc.answer.is else {
        diagnostics.push(
            Diagnostic::new(Code::MisplacedKey, "`type` is not allowed in the answer of `deferral`")
                .at(doc.answer.is.span(), "such an answer only confirms the request")
                .help("write the sentence instead: `says: ..`, or `says: \"\"` if it is not known"),
        );
        return None;
    };
    let answer = confirmation(&doc.answer, says, diagnostics)?;
    Some(Deferral { url: doc.url.is.clone(), method: doc.method.is.clone(), answer, summary: doc.summary.clone() })
}

/// The keys of an operation that can defer its result.
pub(super) fn deferral_keys(
    cx: &mut Cx<'_, '_>,
    fields: &mut Fields,
    (method, path): (Method, &Path),
    doc: &OperationDoc,
) -> Option<DeferralKeys> {
    let deferred = doc.deferred.as_ref()?;
    let Some((url, method_key)) = cx.model.deferral.as_ref().map(|it| (it.url.clone(), it.method.clone())) else {
        report_undescribed(deferred.span, cx.diagnostics);
        return None;
    };
    for name in [&url, &method_key] {
        check_free(name, deferred.span, path, doc, cx.diagnostics);
    }
    let location = match method {
        Method::Get => Location::Query,
        Method::Delete if doc.body.is_empty() => Location::Query,
        Method::Post | Method::Delete | Method::Patch => Location::Body,
    };
    let format = Fact { is: Spanned::new("url".to_owned(), deferred.span), by: deferred.is.clone() };
    let url = key(url, "The URL that receives the result.", Some(format), deferred);
    let method = key(method_key, "The HTTP method of the request to that URL.", None, deferred);
    let keys = entries(cx, fields, &vec![url, method], Taker::Request(location));
    let mut keys = keys.into_iter().map(|(field, _)| field);
    Some(DeferralKeys { url: keys.next()?, method: keys.next()? })
}

fn key(
    name: String,
    summary: &str,
    format: Option<Fact<String>>,
    deferred: &Spanned<Authorship>,
) -> (Spanned<String>, EntryDoc) {
    let field = FieldDoc {
        constraints: ConstraintsDoc { format, ..ConstraintsDoc::default() },
        by: deferred.is.clone(),
        ..FieldDoc::new(TypeDoc::Text, summary.to_owned())
    };
    (Spanned::new(name, deferred.span), EntryDoc::Own(Box::new(field)))
}

fn report_undescribed(span: Span, diagnostics: &mut Diagnostics) {
    // A `deferral` that could not be read was reported.
    if diagnostics.is_broken_in_api("deferral") {
        return;
    }
    diagnostics.push(
        Diagnostic::new(Code::MissingKey, "`plivo.yaml` does not describe a deferral")
            .at(span, "which keys does the request have?")
            .help("add `deferral: { url: .., method: .., answer: { says: .. }, summary: .. }` to plivo.yaml"),
    );
}

/// A name stands for one value of a request.
fn check_free(name: &str, deferred: Span, path: &Path, doc: &OperationDoc, diagnostics: &mut Diagnostics) {
    let in_path = doc.request.iter().filter(|_| path.segments.contains(&Segment::Parameter(name.to_owned())));
    let sent = doc.query.iter().chain(&doc.body).map(|(field, _)| field);
    let sent = sent.chain(&doc.data_part).filter(|field| field.is == name);
    if let Some(field) = in_path.chain(sent).next() {
        diagnostics.push(
            Diagnostic::new(Code::DuplicateField, format!("the request already has a field `{name}`"))
                .at(deferred, format!("adds the key `{name}`"))
                .with(field.span, "the field")
                .help("remove `deferred`: this field has a meaning of its own; or remove the field"),
        );
    }
}
