//! `paged`: the parameters of pages, which `plivo.yaml` describes once, become query parameters of the list.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{
    Authorship, ConstraintsDoc, EntryDoc, Fact, FieldDoc, Map, OperationDoc, PageParameterDoc, PagedDoc, PagesDoc,
    Spanned, TypeDoc,
};
use crate::parse::Documents;

/// Adds the parameters to the query of every list that takes them, before its other parameters.
pub(super) fn add_parameters(documents: &mut Documents, diagnostics: &mut Diagnostics) {
    let Some(api) = &documents.api else { return };
    for operation in documents.resources.iter_mut().flat_map(|doc| &mut doc.operations).map(|(_, doc)| doc) {
        check_query(operation, &api.pages, diagnostics);
        if let Some(paged) = operation.paged.take() {
            check_list(operation, &paged, diagnostics);
            let mut query = parameters(&paged, &api.pages, diagnostics);
            // Reported already: the list describes a parameter of pages itself.
            operation.query.retain(|(name, _)| query.iter().all(|(added, _)| added.is != name.is));
            query.append(&mut operation.query);
            operation.query = query;
        }
    }
}

fn parameters(paged: &Spanned<PagedDoc>, pages: &PagesDoc, diagnostics: &mut Diagnostics) -> Map<EntryDoc> {
    let PagedDoc { by, max, cursor } = &paged.is;
    let entry = |parameter: &PageParameterDoc, field: FieldDoc| {
        (Spanned::new(parameter.name.is.clone(), paged.span), EntryDoc::Own(Box::new(field)))
    };
    let mut limit = field(TypeDoc::Integer, &pages.limit, by);
    limit.constraints.max.clone_from(max);
    let offset = field(TypeDoc::Integer, &pages.offset, by);
    let mut parameters = vec![entry(&pages.limit, limit), entry(&pages.offset, offset)];
    match (cursor, &pages.cursor) {
        (Some(by), Some(cursor)) => parameters.push(entry(cursor, field(TypeDoc::Text, cursor, &by.is))),
        (Some(by), None) => diagnostics.push(
            Diagnostic::new(Code::MissingKey, "`plivo.yaml` does not describe a cursor")
                .at(by.span, "which query parameter is the cursor?")
                .help("add `cursor: { name: .., summary: .. }` to `pages` in plivo.yaml, or remove `cursor` here"),
        ),
        (None, _) => {}
    }
    parameters
}

fn field(ty: TypeDoc, parameter: &PageParameterDoc, by: &Authorship) -> FieldDoc {
    let min = parameter.min.clone().map(|is| Fact { is, by: Authorship::default() });
    FieldDoc {
        constraints: ConstraintsDoc { min, ..ConstraintsDoc::default() },
        by: by.clone(),
        ..FieldDoc::new(ty, parameter.summary.clone())
    }
}

fn is_list(operation: &OperationDoc) -> Option<bool> {
    operation.answer.as_ref().map(|answer| answer.list.is_some())
}

/// Only lists have pages.
fn check_list(operation: &OperationDoc, paged: &Spanned<PagedDoc>, diagnostics: &mut Diagnostics) {
    if is_list(operation) == Some(false) {
        diagnostics.push(
            Diagnostic::new(Code::MisplacedKey, "`paged` is not allowed here")
                .at(paged.span, "the answer of this operation is not a list")
                .help("remove `paged`, or add `list: <key>` to the answer"),
        );
    }
}

/// A list does not describe a parameter of pages itself.
fn check_query(operation: &OperationDoc, pages: &PagesDoc, diagnostics: &mut Diagnostics) {
    let parameters = || [Some(&pages.limit), Some(&pages.offset), pages.cursor.as_ref()].into_iter().flatten();
    let is_list = is_list(operation) == Some(true);
    let is_parameter = |name: &str| is_list && parameters().any(|parameter| parameter.name.is == name);
    for (name, _) in operation.query.iter().filter(|(name, _)| is_parameter(&name.is)) {
        let instead = match (&operation.paged, &pages.cursor) {
            (Some(_), Some(cursor)) if cursor.name.is == name.is => "remove it, and write `cursor: {}` under `paged`",
            (Some(_), _) => "remove it: `paged` stands for it",
            (None, _) => "remove it, and write `paged: { max: 20 }` beside `query`, or `paged: {}` without a maximum",
        };
        diagnostics.push(
            Diagnostic::new(Code::MisplacedKey, format!("`{}` is not allowed in the `query` of a list", name.is))
                .at(name.span, "`pages` in plivo.yaml describes this parameter")
                .help(instead),
        );
    }
}
