//! Routes: no two operations send the same request.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::document::{ApiDoc, ResourceDoc};

/// Reports operations of any resource that send the same request.
pub(super) fn check_routes(api: Option<&ApiDoc>, resources: &[&ResourceDoc], diagnostics: &mut Diagnostics) {
    let usual = api.and_then(|api| api.hosts.first()).map_or("", |(name, _)| &name.is);
    let mut seen: HashMap<String, Span> = HashMap::new();
    for (_, doc) in resources.iter().flat_map(|resource| &resource.operations) {
        let Some(line) = &doc.request else { continue };
        let host = doc.host.as_ref().map_or(usual, |host| &host.is);
        let parts = line.is.split_whitespace().flat_map(|word| word.split('/'));
        let parts = parts.map(|part| if part.starts_with('{') { "{}" } else { part });
        let fixed = doc.fixed.iter().map(|(name, value)| format!(" {}={}", name.is, value.is));
        let route = format!("{host} {}{}", parts.collect::<Vec<_>>().join("/"), fixed.collect::<String>());
        match seen.get(&route) {
            Some(first) => diagnostics.push(
                Diagnostic::new(Code::DuplicateRoute, "two operations send the same request")
                    .at_repeated(line.span, *first)
                    .help("correct one of them, or merge the two operations"),
            ),
            None => {
                seen.insert(route, line.span);
            }
        }
    }
}
