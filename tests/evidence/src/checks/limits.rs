//! What the SDKs refuse to send: numbers out of a range, texts that are too long, or that are not listed.

use std::collections::BTreeSet;

use plivo_codegen::model::{Authority, Constraint, Field, Format, Location, NonEmpty, Operation, SourceId, Type};

use crate::authority::{Who, stated, who};
use crate::checks::listed::{Texts, of_value};
use crate::checks::values::is_uuid;
use crate::evidence::{Fixed, Folder, Limit};
use crate::finding::{Finding, Findings, Source, Stated};
use crate::requests::field;
use crate::subject::Subject;

pub(crate) fn check(subject: &Subject<'_>, folder: &Folder) -> Vec<Finding> {
    let mut findings = Findings::new(&folder.name, Source::Sdks);
    for found in subject.of_folder(folder) {
        for operation in &found.operations {
            findings.about(&operation.id);
            let keys = subject.model.request_fields(operation).map(|field| field.name.as_str());
            let rows = || folder.limits.iter().filter(|row| row.operation == found.name);
            let mut keys: Vec<&str> = keys.chain(rows().map(|row| row.key.as_str())).collect();
            keys.sort_unstable();
            keys.dedup();
            for key in keys {
                let rows: Vec<&Limit> = rows().filter(|row| row.key == key).collect();
                let place = rows.first().map_or(found.place(), |row| row.place.as_str());
                if let Some(field) = field(subject.model, operation, key) {
                    // The check of Go's tags knows this length.
                    let has_tag = folder.structs.iter().any(|row| row.key == key && row.tag.contains("max="));
                    let at = (place, found.name, key);
                    let checked = Checked { subject, folder, operation, at, field, rows: &rows };
                    checked.range(&mut findings, has_tag);
                    checked.values(&mut findings);
                    checked.format(&mut findings);
                    checked.default(&mut findings);
                }
            }
        }
    }
    findings.found
}

/// A field of a request, and what SDKs check about it.
struct Checked<'c> {
    subject: &'c Subject<'c>,
    folder: &'c Folder,
    operation: &'c Operation,
    at: (&'c str, &'c str, &'c str),
    field: &'c Field,
    rows: &'c [&'c Limit],
}

impl Checked<'_> {
    /// The SDKs whose rows fulfil a condition.
    fn sdks(&self, holds: impl Fn(&Limit) -> bool) -> Vec<String> {
        let sdks: BTreeSet<&String> = self.rows.iter().filter(|row| holds(row)).flat_map(|row| &row.sdks).collect();
        sdks.into_iter().cloned().collect()
    }

    fn who(&self, authority: &Authority) -> Who<'static> {
        who(self.subject.model, self.subject.request(self.operation), &authority.sources)
    }

    /// Checks each limit. A limit that no SDK states is a claim with its number, so that an exception is about this number.
    fn range(&self, findings: &mut Findings, has_tag: bool) {
        let stated = |rule: &str, limit: fn(&Limit) -> Option<i64>| -> Vec<i64> {
            self.rows.iter().filter(|row| row.rule == rule).filter_map(|row| limit(row)).collect()
        };
        let checks = &self.field.constraints;
        let number = |limit| constraint(limit, Some);
        let count = |limit| constraint(limit, |number| i64::try_from(number).ok());
        let limits = [
            ("min", number(&checks.min), stated("range", |row| row.least)),
            ("max", number(&checks.max), stated("range", |row| row.most)),
            ("max_length", count(&checks.max_length), stated("length", |row| row.most)),
            ("min_length", count(&checks.min_length), Vec::new()),
            ("min_items", count(&checks.min_items), Vec::new()),
            ("max_items", count(&checks.max_items), Vec::new()),
            ("max_bytes", count(&checks.max_bytes), Vec::new()),
        ];
        for (name, now, stated) in limits {
            let Some((now, authority)) = now else {
                findings.expect(stated.is_empty() || self.is_no_number(), self.at, format!("no {name}"), || {
                    format!("it has no `{name}`, and SDKs state {stated:?}")
                });
                continue;
            };
            let sdks = self.sdks(|row| [row.least, row.most].contains(&Some(now)));
            let who = self.who(authority);
            let can_be = !stated.contains(&now) || who.can_be(&sdks) || self.is_of_pages();
            findings.expect(can_be, self.at, "source", || {
                format!("the source of `{name}` is {who:?} instead of {}", sdks.join(" "))
            });
            // The check of Go's tags knows the length of a field with a tag.
            let holds = stated.contains(&now) || (has_tag && name == "max_length");
            findings.expect_stated(holds, self.at, format!("{name} {now}"), || {
                (format!("`{name}` is {now}, and SDKs state {stated:?}"), self.stated(&authority.sources))
            });
        }
        if let Some(types) = &checks.content_types {
            let listed = types.are.join(" ");
            findings.expect_stated(false, self.at, format!("content_types {listed}"), || {
                ("no SDK checks them".to_owned(), self.stated(&types.authority.sources))
            });
        }
    }

    /// The tags of the field in Go's structs for the resource.
    fn tags(&self) -> impl Iterator<Item = &str> {
        let structs = self.folder.structs.iter().filter(|row| row.key == self.field.name);
        structs.flat_map(|row| row.tag.split(','))
    }

    /// Whether a page about the resource says which form the value has.
    fn has_form(&self) -> bool {
        let mut rows = self.folder.pages.iter().flat_map(|page| &page.rows);
        rows.any(|row| row.name == self.field.name && !row.form.is_empty())
    }

    /// Whether it identifies an object of the resource.
    fn is_id(&self) -> bool {
        let mut resources = self.subject.model.resources.iter();
        let resource = resources.find(|resource| resource.operations.iter().any(|other| other.id == self.operation.id));
        let id = resource.and_then(|resource| resource.collection.as_ref()?.id.as_ref());
        self.field.location == Location::Path && id == Some(&self.field.name)
    }

    /// Whether most values of the name in recorded answers are UUIDs.
    fn has_recorded_uuids(&self) -> bool {
        let mut texts = Texts::new();
        self.folder.answers.iter().for_each(|row| of_value("", &row.body, &mut texts));
        let Some(texts) = texts.get(self.field.name.as_str()) else { return false };
        2 * texts.iter().filter(|text| is_uuid(text)).count() > texts.len()
    }

    /// What is assumed without a value: an SDK's own default, or what an exception states. A default of several SDKs is
    /// stated.
    fn default(&self, findings: &mut Findings) {
        let Some(default) = &self.field.default else {
            let id = format!("{}.{}", self.folder.name, self.at.1);
            let of_field = |row: &&Fixed| row.operation == id && row.key == self.at.2;
            let mut rows = self.subject.evidence.defaults.iter().filter(of_field);
            let shared = rows.find(|row| row.sdks.len() > 1 && !row.value.is_empty());
            let claim = shared.map(|row| format!("no default {}", row.value)).unwrap_or_default();
            return findings.expect(shared.is_none(), self.at, claim, || "SDKs send a default".to_owned());
        };
        let now = default.is.as_str().map_or_else(|| default.is.to_string(), str::to_owned);
        let id = format!("{}.{}", self.folder.name, self.at.1);
        let mut own = self.subject.evidence.defaults.iter();
        let is_own = own.any(|row| row.operation == id && row.key == self.at.2 && row.value.eq_ignore_ascii_case(&now));
        findings.expect_stated(is_own, self.at, format!("default {now}"), || {
            (format!("no SDK has the default `{now}`"), self.stated(&default.sources))
        });
    }

    fn stated(&self, sources: &NonEmpty<SourceId>) -> Stated {
        stated(self.subject.model, self.subject.request(self.operation).owner, sources)
    }

    /// Whether it is a parameter of pages. The limits of these are stated once for all lists.
    fn is_of_pages(&self) -> bool {
        let pages = &self.subject.model.pages;
        [&pages.limit, &pages.offset].contains(&&self.field.name)
    }

    /// Some SDKs check the length of a text as a range.
    fn is_no_number(&self) -> bool {
        let checks = &self.field.constraints;
        let has_length = checks.max_length.is_some() || checks.min_length.is_some();
        !matches!(self.field.ty, Type::Integer | Type::Number) && has_length
    }

    fn values(&self, findings: &mut Findings) {
        let of_rule = self.rows.iter().filter(|row| row.rule.split(' ').next() == Some("values"));
        let stated: BTreeSet<String> = of_rule.flat_map(|row| &row.values).map(|value| value.to_lowercase()).collect();
        // The values of a boolean in a text, and the method of a deferral, which is a text for every operation.
        let is_deferral = self.operation.deferral.iter().any(|keys| keys.method.name == self.field.name);
        if stated.is_empty() || stated.iter().all(|value| value == "true" || value == "false") || is_deferral {
            return;
        }
        let now = listed(self.subject, &self.field.ty);
        let known: BTreeSet<String> = now.iter().map(|value| value.to_lowercase()).collect();
        // Further values are checked with those of answers.
        let missing: Vec<&str> = stated.difference(&known).map(String::as_str).collect();
        findings.expect(missing.is_empty(), self.at, format!("values without {}", missing.join(" ")), || {
            format!("the values are {now:?}, and SDKs state {stated:?}")
        });
    }

    fn format(&self, findings: &mut Findings) {
        let is_deferral =
            self.operation.deferral.iter().flat_map(|keys| keys.fields()).any(|key| key.name == self.field.name);
        let patterns = self.rows.iter().filter(|row| row.rule == "pattern").map(|row| row.pattern.as_str());
        let stated: BTreeSet<&str> = patterns.map(kind_of_pattern).collect();
        let format = self.field.constraints.format.as_ref();
        let built_in = |is: Format| Format::BUILT_IN.iter().find(|(_, format)| *format == is).map(|(name, _)| *name);
        let now = match format.map(|limit| limit.is) {
            Some(is) => built_in(is).unwrap_or("declared"),
            None if self.field.ty == Type::Moment => "datetime",
            None => "",
        };
        let is_moment = self.field.ty == Type::Moment && stated.is_empty();
        let is_stated = if now.is_empty() { stated.is_empty() } else { stated.contains(now) };
        let has_tag = self.tags().any(|tag| tag == "email") && now == "email";
        let is_recorded = now == "uuid" && self.has_recorded_uuids();
        let lacks = now.is_empty() && self.is_id() && self.has_recorded_uuids();
        findings.expect(!lacks, self.at, "no format uuid", || "the recorded ids are UUIDs".to_owned());
        let holds = is_deferral || is_moment || is_stated || self.has_form() || has_tag || is_recorded;
        let claim = if now.is_empty() { "no format".to_owned() } else { format!("format {now}") };
        findings.expect_stated(holds, self.at, claim, || {
            let sources = format.map_or(&self.field.sources, |limit| &limit.authority.sources);
            (format!("the format is `{now}`, and SDKs check {stated:?}"), self.stated(sources))
        });
    }
}

/// A limit as a number, and who states it.
fn constraint<T: Copy>(limit: &Option<Constraint<T>>, number: fn(T) -> Option<i64>) -> Option<(i64, &Authority)> {
    let limit = limit.as_ref()?;
    Some((number(limit.is)?, &limit.authority))
}

fn listed<'m>(subject: &Subject<'m>, ty: &Type) -> Vec<&'m str> {
    match ty {
        Type::Enum(id) => subject.model[*id].values.iter().map(|value| value.wire.as_str()).collect(),
        Type::List(item) => listed(subject, item),
        _ => Vec::new(),
    }
}

/// The format that a pattern of an SDK checks.
fn kind_of_pattern(pattern: &str) -> &'static str {
    match pattern {
        "url" => "url",
        _ if pattern.contains("YYYY") || pattern.contains(r"\d{4}") => "datetime",
        _ if pattern.contains("SA") => "declared",
        _ => "unknown",
    }
}
