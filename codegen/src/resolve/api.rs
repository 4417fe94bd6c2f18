//! `plivo.yaml`: hosts, authentication, and where errors and pages are.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{ApiDoc, HostDoc, Spanned};
use crate::limits;
use crate::model::{Auth, Errors, Host, Model, Pages};
use crate::names;

/// A model that has no resources yet.
pub(super) fn api(doc: &ApiDoc, diagnostics: &mut Diagnostics) -> Model {
    check_hosts(doc, diagnostics);
    check_errors(doc, diagnostics);
    if !names::is_snake(&doc.auth.account.is) {
        diagnostics.push(
            Diagnostic::new(Code::MalformedName, format!("`{}` is no name of a path parameter", doc.auth.account.is))
                .at(doc.auth.account.span, "")
                .help("write it in small letters, digits and `_`, starting with a letter"),
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
        auth: Auth {
            account: doc.auth.account.is.clone(),
            id_variable: doc.auth.id_variable.clone(),
            token_variable: doc.auth.token_variable.clone(),
        },
        errors: Errors {
            refusal: doc.errors.refusal.is.clone(),
            messages: doc.errors.messages.iter().map(|path| path.is.clone()).collect(),
        },
        pages: Pages { limit: doc.pages.limit.is.clone(), offset: doc.pages.offset.is.clone() },
        shared: None,
        resources: Vec::new(),
        sdks: Vec::new(),
        enums: Vec::new(),
        objects: Vec::new(),
    }
}

fn check_hosts(doc: &ApiDoc, diagnostics: &mut Diagnostics) {
    for (_, host) in &doc.hosts {
        let authority = host.url.is.strip_prefix("https://").unwrap_or("");
        if authority.is_empty() || authority.len() > limits::NAME || authority.contains(['/', '?', '#', '@', ' ']) {
            diagnostics.push(
                Diagnostic::new(Code::MalformedHost, format!("`{}` is not the address of a host", host.url.is))
                    .at(host.url.span, "scheme and name only")
                    .help("write it as `https://api.example.com`, without a path and without a slash at the end"),
            );
        }
    }
    if doc.hosts.is_empty() && !diagnostics.has_errors() {
        diagnostics.push(
            Diagnostic::new(Code::MissingKey, "`hosts` is empty")
                .at(doc.api.span, "an API needs a host")
                .help("name one"),
        );
    }
}

fn check_errors(doc: &ApiDoc, diagnostics: &mut Diagnostics) {
    let malformed = |path: &&Spanned<String>| path.is.split('.').any(str::is_empty);
    let nested = Some(&doc.errors.refusal).filter(|refusal| refusal.is.contains('.'));
    for path in doc.errors.messages.iter().filter(malformed).chain(nested) {
        diagnostics.push(
            Diagnostic::new(Code::MalformedName, format!("`{}` is no place in an answer", path.is))
                .at(path.span, "")
                .help("`refusal` is a key of the answer; `messages` are keys with one dot between them"),
        );
    }
}
