//! Routes: no two operations send the same request.

use std::collections::{BTreeSet, HashMap};

use super::fixed::fixed_entries;
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
        let fixed = fixed_entries(doc).map(|(name, value, location)| (location as u8, &name.is, &value.is));
        let fixed: BTreeSet<_> = fixed.collect();
        let route = format!("{host} {}{fixed:?}", parts.collect::<Vec<_>>().join("/"));
        match seen.get(&route) {
            Some(first) => diagnostics.push(
                Diagnostic::new(Code::DuplicateRoute, "two operations send the same request")
                    .at_repeated(line.span, *first)
                    .help(if fixed.is_empty() {
                        "correct one of them, merge the two operations, or give one a `fixed` value"
                    } else {
                        "correct one of them, or let their `fixed` values differ"
                    }),
            ),
            None => {
                seen.insert(route, line.span);
            }
        }
    }
}
