//! `plivo.yaml`.

use super::operations::confirmation;
use super::resource::sources;
use crate::diagnostic::Diagnostics;
use crate::document::{
    ApiDoc, AuthDoc, DeferralDoc, ErrorsDoc, FormatDoc, HostDoc, MomentsDoc, PageParameterDoc, PagesDoc, Spanned,
};
use crate::language::{
    API, AUTH, CURSOR, DEFERRAL, ERRORS, FORMAT, HOST, LENGTH, MOMENTS, MOMENTS_FORMATS, PAGE_PARAMETER, PAGES,
};
use crate::reader::{Keys, count, integer, list, map, prose, summary, text, texts, word};
use crate::yaml::{Data, Node};

pub(super) fn api(node: &Node, diagnostics: &mut Diagnostics) -> Option<ApiDoc> {
    let mut keys = Keys::open(node, &API, diagnostics)?;
    let api = keys.read("api", text, diagnostics);
    let summary = summary(&mut keys, diagnostics);
    let sources = keys.read("sources", sources, diagnostics).unwrap_or_default();
    let hosts = keys.read("hosts", |node, diagnostics| map(node, host, diagnostics), diagnostics);
    let groups = keys.read("groups", |node, diagnostics| map(node, prose, diagnostics), diagnostics);
    if groups.is_none() && (keys.has("groups") || keys.has_misspelt("groups")) {
        diagnostics.mark_broken(node.span.file, "groups");
    }
    let auth = keys.read("auth", auth, diagnostics);
    let errors = keys.read("errors", errors, diagnostics);
    let pages = keys.read("pages", pages, diagnostics);
    let deferral = keys.read("deferral", deferral, diagnostics);
    if deferral.is_none() && (keys.has("deferral") || keys.has_misspelt("deferral")) {
        diagnostics.mark_broken(node.span.file, "deferral");
    }
    let formats = keys.read("formats", |node, diagnostics| map(node, format, diagnostics), diagnostics);
    let moments = keys.read("moments", moments, diagnostics);
    keys.close(diagnostics);
    // Missing keys have been reported; the resources are checked all the same.
    let stand_in = |text: &str| Spanned::new(text.to_owned(), node.head());
    let api = api.unwrap_or_else(|| stand_in("API"));
    let auth = auth.unwrap_or_else(|| AuthDoc {
        account: stand_in("auth_id"),
        id_variable: String::new(),
        token_variable: String::new(),
    });
    let errors = errors.unwrap_or_else(|| ErrorsDoc { refusal: stand_in("error"), messages: Vec::new() });
    let parameter = |name: &str| PageParameterDoc { name: stand_in(name), summary: String::new(), min: None };
    let pages = pages.unwrap_or_else(|| PagesDoc {
        limit: parameter("limit"),
        offset: parameter("offset"),
        cursor: Some(parameter("cursor")),
    });
    let (hosts, groups, formats) = (hosts.unwrap_or_default(), groups.unwrap_or_default(), formats.unwrap_or_default());
    Some(ApiDoc { sources, api, summary, hosts, groups, auth, errors, pages, deferral, formats, moments })
}

fn host(node: &Node, diagnostics: &mut Diagnostics) -> Option<HostDoc> {
    let mut keys = Keys::open(node, &HOST, diagnostics)?;
    let url = keys.read("url", text, diagnostics);
    let summary = summary(&mut keys, diagnostics);
    keys.close(diagnostics);
    Some(HostDoc { url: url?, summary })
}

fn auth(node: &Node, diagnostics: &mut Diagnostics) -> Option<AuthDoc> {
    let mut keys = Keys::open(node, &AUTH, diagnostics)?;
    let account = keys.read("account", text, diagnostics);
    let id_variable = keys.read("id_variable", prose, diagnostics);
    let token_variable = keys.read("token_variable", prose, diagnostics);
    summary(&mut keys, diagnostics);
    keys.close(diagnostics);
    Some(AuthDoc { account: account?, id_variable: id_variable?, token_variable: token_variable? })
}

fn pages(node: &Node, diagnostics: &mut Diagnostics) -> Option<PagesDoc> {
    let mut keys = Keys::open(node, &PAGES, diagnostics)?;
    let limit = keys.read("limit", number_of_items, diagnostics);
    let offset = keys.read("offset", number_of_items, diagnostics);
    // With an unread cursor, lists that have one would be reported too.
    let is_unread = keys.has("cursor") || keys.has_misspelt("cursor");
    let cursor = keys.read("cursor", cursor, diagnostics);
    summary(&mut keys, diagnostics);
    keys.close(diagnostics);
    let is_unread = is_unread && cursor.is_none();
    (!is_unread).then_some(PagesDoc { limit: limit?, offset: offset?, cursor })
}

/// The parameter for the page size, or for the number of items before the page.
fn number_of_items(node: &Node, diagnostics: &mut Diagnostics) -> Option<PageParameterDoc> {
    let mut keys = Keys::open(node, &PAGE_PARAMETER, diagnostics)?;
    let name = keys.read("name", text, diagnostics);
    let summary = summary(&mut keys, diagnostics);
    let min = keys.read("min", integer, diagnostics);
    keys.close(diagnostics);
    Some(PageParameterDoc { name: name?, summary, min })
}

fn cursor(node: &Node, diagnostics: &mut Diagnostics) -> Option<PageParameterDoc> {
    let mut keys = Keys::open(node, &CURSOR, diagnostics)?;
    let name = keys.read("name", text, diagnostics);
    let summary = summary(&mut keys, diagnostics);
    keys.close(diagnostics);
    Some(PageParameterDoc { name: name?, summary, min: None })
}

fn deferral(node: &Node, diagnostics: &mut Diagnostics) -> Option<DeferralDoc> {
    let mut keys = Keys::open(node, &DEFERRAL, diagnostics)?;
    let url = keys.read("url", text, diagnostics);
    let method = keys.read("method", text, diagnostics);
    let answer = keys.read("answer", confirmation, diagnostics);
    summary(&mut keys, diagnostics);
    keys.close(diagnostics);
    Some(DeferralDoc { url: url?, method: method?, answer: answer? })
}

fn moments(node: &Node, diagnostics: &mut Diagnostics) -> Option<MomentsDoc> {
    let mut keys = Keys::open(node, &MOMENTS, diagnostics)?;
    let read = |node: &Node, diagnostics: &mut Diagnostics| word(node, &MOMENTS_FORMATS, diagnostics);
    let format = keys.read("format", read, diagnostics);
    summary(&mut keys, diagnostics);
    keys.close(diagnostics);
    Some(MomentsDoc { format: format?.is })
}

fn errors(node: &Node, diagnostics: &mut Diagnostics) -> Option<ErrorsDoc> {
    let mut keys = Keys::open(node, &ERRORS, diagnostics)?;
    let refusal = keys.read("refusal", text, diagnostics);
    let messages = keys.read("messages", texts, diagnostics);
    summary(&mut keys, diagnostics);
    keys.close(diagnostics);
    Some(ErrorsDoc { refusal: refusal?, messages: messages? })
}

fn format(node: &Node, diagnostics: &mut Diagnostics) -> Option<FormatDoc> {
    let mut keys = Keys::open(node, &FORMAT, diagnostics)?;
    let says = keys.read("says", text, diagnostics);
    let prefix = keys.read("prefix", text, diagnostics);
    let length = keys.read("length", length, diagnostics);
    let alphabet = keys.read("alphabet", alphabet, diagnostics);
    keys.close(diagnostics);
    Some(FormatDoc { says: says?, prefix, length: length?, alphabet: alphabet? })
}

/// A number of characters, or `{ min: .., max: .. }`.
fn length(node: &Node, diagnostics: &mut Diagnostics) -> Option<Spanned<(u64, u64)>> {
    let Data::Map(_) = node.data else {
        return count(node, diagnostics).map(|count| Spanned::new((count.is, count.is), count.span));
    };
    let mut keys = Keys::open(node, &LENGTH, diagnostics)?;
    let least = keys.read("min", count, diagnostics);
    let most = keys.read("max", count, diagnostics);
    keys.close(diagnostics);
    let (least, most) = (least?, most?);
    Some(Spanned::new((least.is, most.is), most.span))
}

fn alphabet(node: &Node, diagnostics: &mut Diagnostics) -> Option<Spanned<Vec<Spanned<String>>>> {
    list(node, text, diagnostics).map(|characters| Spanned::new(characters, node.head()))
}
