//! `plivo.yaml`: hosts, authentication, and where errors and pages are.

use super::deferral::deferral;
use super::formats::formats;
use super::groups::groups;
use super::references::check_key_path;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{ApiDoc, HostDoc, Spanned};
use crate::limits;
use crate::model::{Auth, Errors, Host, Model, Moments, Pages};
use crate::names;

/// A model that has no resources yet.
pub(super) fn api(doc: &ApiDoc, diagnostics: &mut Diagnostics) -> Model {
    check_hosts(doc, diagnostics);
    check_errors(doc, diagnostics);
    if !names::is_snake(&doc.auth.account.is) {
        diagnostics.push(
            Diagnostic::new(
                Code::MalformedName,
                format!("`{}` cannot be the name of a path parameter", doc.auth.account.is),
            )
            .at(doc.auth.account.span, "invalid name")
            .help(names::SNAKE_CASE),
        );
    }
    let host = |(name, host): &(Spanned<String>, HostDoc)| Host {
        name: name.is.clone(),
        url: host.url.is.clone(),
        summary: host.summary.clone(),
    };
    Model {
        name: doc.api.is.clone(),
        summary: doc.summary.clone(),
        hosts: doc.hosts.iter().map(host).collect(),
        groups: groups(doc, diagnostics),
        auth: Auth {
            account: doc.auth.account.is.clone(),
            id_variable: doc.auth.id_variable.clone(),
            token_variable: doc.auth.token_variable.clone(),
            summary: doc.auth.summary.clone(),
        },
        errors: Errors {
            refusal: doc.errors.refusal.is.clone(),
            messages: doc.errors.messages.iter().map(|path| path.is.clone()).collect(),
            summary: doc.errors.summary.clone(),
        },
        pages: Pages {
            limit: doc.pages.limit.name.is.clone(),
            offset: doc.pages.offset.name.is.clone(),
            cursor: doc.pages.cursor.as_ref().map(|cursor| cursor.name.is.clone()),
            summary: doc.pages.summary.clone(),
        },
        deferral: deferral(doc, diagnostics),
        formats: formats(doc, diagnostics),
        moments: doc.moments.as_ref().map(|it| Moments { format: it.format }),
        shared: None,
        resources: Vec::new(),
        sdks: Vec::new(),
        enums: Vec::new(),
        choices: Vec::new(),
        objects: Vec::new(),
    }
}

fn check_hosts(doc: &ApiDoc, diagnostics: &mut Diagnostics) {
    for (_, host) in &doc.hosts {
        let authority = host.url.is.strip_prefix("https://").unwrap_or("");
        if authority.is_empty() || authority.len() > limits::NAME || authority.contains(['/', '?', '#', '@', ' ']) {
            diagnostics.push(
                Diagnostic::new(Code::MalformedHost, format!("`{}` is not the address of a host", host.url.is))
                    .at(host.url.span, "expected `https://` and a name")
                    .help("write it as `https://api.example.com`, without a path and without a slash at the end"),
            );
        }
    }
    if doc.hosts.is_empty() && !diagnostics.has_errors() {
        diagnostics.push(
            Diagnostic::new(Code::MissingKey, "`hosts` is empty")
                .at(doc.api.span, "an API needs a host")
                .help("add one, such as `api: { url: https://api.example.com, summary: .. }`"),
        );
    }
}

fn check_errors(doc: &ApiDoc, diagnostics: &mut Diagnostics) {
    for path in &doc.errors.messages {
        check_key_path(path, diagnostics);
    }
    let refusal = &doc.errors.refusal;
    if refusal.is.contains('.') {
        diagnostics.push(
            Diagnostic::new(Code::MalformedName, format!("`{}` is not a single key", refusal.is))
                .at(refusal.span, "contains a dot")
                .help("write one key of the body, such as `error`"),
        );
    }
}
