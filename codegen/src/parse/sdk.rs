//! A file of `sdks/`: an official client, and its methods.

use crate::diagnostic::Diagnostics;
use crate::document::{DiffersDoc, DiffersWord, SdkDoc, SdkMethodDoc, Spanned};
use crate::language::{DIFFERENCE, DIFFERENCES, METHOD, REGISTRIES, SDK, SDK_RULES};
use crate::model::{Registry, SdkRule};
use crate::reader::{Keys, data, list, map, prose, summary, text, texts, word};
use crate::yaml::{Data, Node};

pub(super) fn sdk(node: &Node, file: usize, diagnostics: &mut Diagnostics) -> Option<SdkDoc> {
    let mut keys = Keys::open(node, &SDK, diagnostics)?;
    let sdk = keys.read("sdk", text, diagnostics);
    let summary = summary(&mut keys, diagnostics);
    let registry = keys.read("registry", registry, diagnostics);
    let package = keys.read("package", text, diagnostics);
    let version = keys.read("version", text, diagnostics);
    let rules = keys.read("rules", rules, diagnostics);
    let methods = keys.read("methods", |node, diagnostics| map(node, method, diagnostics), diagnostics);
    let lacks = keys.read("lacks", |node, diagnostics| map(node, prose, diagnostics), diagnostics);
    keys.close(diagnostics);
    // Missing keys have been reported; the methods are checked all the same.
    let stem = diagnostics.file(file).stem().to_owned();
    let stand_in = |text: &str| Spanned::new(text.to_owned(), node.head());
    Some(SdkDoc {
        file,
        sdk: sdk.unwrap_or_else(|| stand_in(&stem)),
        summary,
        registry: registry.map_or(Registry::PyPi, |registry| registry.is),
        package: package.unwrap_or_else(|| stand_in("package")),
        version: version.unwrap_or_else(|| stand_in("0.0.0")),
        rules: rules.unwrap_or_default(),
        methods: methods.unwrap_or_default(),
        lacks: lacks.unwrap_or_default(),
    })
}

fn registry(node: &Node, diagnostics: &mut Diagnostics) -> Option<Spanned<Registry>> {
    word(node, &REGISTRIES, diagnostics)
}

fn rules(node: &Node, diagnostics: &mut Diagnostics) -> Option<Vec<(SdkRule, String)>> {
    let mut keys = Keys::open(node, &SDK_RULES, diagnostics)?;
    let rules = SdkRule::ALL.map(|rule| (rule, keys.read(rule.name(), prose, diagnostics)));
    keys.close(diagnostics);
    Some(rules.into_iter().filter_map(|(rule, sentence)| Some((rule, sentence?))).collect())
}

fn method(node: &Node, diagnostics: &mut Diagnostics) -> Option<SdkMethodDoc> {
    let mut keys = Keys::open(node, &METHOD, diagnostics)?;
    let calls = keys.read("calls", text, diagnostics);
    let takes = keys.read("takes", texts, diagnostics);
    let object_keys = keys.read("keys", |node, diagnostics| map(node, plain_text, diagnostics), diagnostics);
    let fails = keys.read("fails", |node, diagnostics| map(node, prose, diagnostics), diagnostics);
    let differs = keys.read("differs", |node, diagnostics| map(node, one_or_more, diagnostics), diagnostics);
    let differs = differs.unwrap_or_default().into_iter();
    let differs = differs.flat_map(|(at, all)| all.into_iter().map(move |one| (at.clone(), one)));
    keys.close(diagnostics);
    Some(SdkMethodDoc {
        calls: calls?,
        takes: takes.unwrap_or_default(),
        keys: object_keys.unwrap_or_default(),
        fails: fails.unwrap_or_default(),
        differs: differs.collect(),
    })
}

/// A difference, or a list of them at the same location.
fn one_or_more(node: &Node, diagnostics: &mut Diagnostics) -> Option<Vec<DiffersDoc>> {
    match node.data {
        Data::List(_) => list(node, differs, diagnostics),
        _ => Some(vec![differs(node, diagnostics)?]),
    }
}

fn plain_text(node: &Node, diagnostics: &mut Diagnostics) -> Option<String> {
    text(node, diagnostics).map(|text| text.is)
}

fn differs(node: &Node, diagnostics: &mut Diagnostics) -> Option<DiffersDoc> {
    let mut keys = Keys::open(node, &DIFFERENCE, diagnostics)?;
    let sdk = keys.read("sdk", kind, diagnostics);
    let sends = keys.read("sends", value, diagnostics);
    let when = keys.read("when", value, diagnostics);
    let why = keys.read("why", prose, diagnostics);
    keys.close(diagnostics);
    Some(DiffersDoc { sdk: sdk?, sends, when, why: why? })
}

fn kind(node: &Node, diagnostics: &mut Diagnostics) -> Option<Spanned<DiffersWord>> {
    word(node, &DIFFERENCES, diagnostics)
}

fn value(node: &Node, diagnostics: &mut Diagnostics) -> Option<Spanned<Node>> {
    data(node, diagnostics).map(|data| Spanned::new(data, node.span))
}
