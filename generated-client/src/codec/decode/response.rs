//! Decodes the body of a response into an answer, in one pass; a second pass follows only after invalid JSON.

use serde::de::Error;

use super::answer::Target;
use super::bounds::Bounds;
use super::decoding::{Decoding, Strictness};
use super::envelope::{AnswerPosition, Envelope, EnvelopeDecoder, Leeway};
use super::known_names::known_names;
use super::page::PageMeta;
use super::page_meta::PageMetaReader;
use super::parser::{Parser, Stopped};
use super::sanitize::{sanitize, strip_bom};
use super::value::Decoded;
use crate::drift::{Drift, DriftLog};
use crate::schema::{Operation, PlainJson, ResponseShape, Value, ValueKind, View};

/// Decodes a body into the parts of an answer.
pub(crate) fn read(
    body: &[u8],
    operation: &Operation,
    leeway: Leeway,
    bounds: Bounds,
    mut target: Target<'_>,
) -> Envelope {
    // Some operations return a status without a body.
    let body = strip_bom(body);
    let body = if body.trim_ascii().is_empty() { b"{}" } else { body };
    let may_be_absent = leeway.may_be_absent || matches!(operation.answer, ResponseShape::Says(_));
    let mut envelope = Envelope::new(operation.api, Leeway { may_be_absent, ..leeway });
    envelope.bounds = bounds;
    match read_shaped(body, operation.answer, &mut target, &mut envelope) {
        Ok(()) => envelope,
        Err(_) if envelope.exceeded.is_some() => envelope,
        Err(Stopped) => read_again(body, operation, &mut target, envelope),
    }
}

/// The cold path: tokens that are not valid JSON are replaced, and the body is read again.
#[cold]
fn read_again(body: &[u8], operation: &Operation, target: &mut Target<'_>, mut envelope: Envelope) -> Envelope {
    let shape = operation.answer;
    let known = known_names(operation, target);
    clear(target);
    if let Some(sanitized) = sanitize(body, &known) {
        envelope = envelope.fresh();
        if read_shaped(&sanitized.body, shape, target, &mut envelope).is_ok() {
            envelope.drift = sanitized.drift.merge(envelope.drift);
            return envelope;
        }
        if envelope.exceeded.is_some() {
            return envelope;
        }
        clear(target);
    }
    // The keys of the envelope that were read before the error, such as `error`, are kept.
    envelope.drift = DriftLog::default();
    if let Target::One(value) = target
        && value.kind() == ValueKind::Json
    {
        // An answer of any JSON is read as a whole, so an error leaves nothing of it. The keys of the envelope may be
        // before the error, so they are read once more without the answer.
        let mut ignored: Option<String> = None;
        let _ = read_once(body, ResponseShape::Under(""), &mut Target::One(&mut ignored), &mut envelope);
    }
    match target {
        // An answer whose fields are all optional may be unreadable, because the 2xx status already confirms the
        // request. An answer of any JSON may need fields that this crate does not know.
        Target::One(value) if !has_always(*value) && value.kind() != ValueKind::Json => {
            envelope.drift.add(Drift::new(value.kind(), ValueKind::InvalidJson));
        }
        // A list that cannot be read is not an empty list.
        _ => envelope.not_json = Some(syntax_error(body)),
    }
    envelope
}

/// Why a body is not JSON.
#[cold]
fn syntax_error(body: &[u8]) -> serde_json::Error {
    let parsed = std::str::from_utf8(body).map_err(Error::custom).and_then(serde_json::from_str);
    match parsed {
        Err(error) => error,
        Ok(PlainJson(_)) => Error::custom("the body is not JSON"),
    }
}

fn clear(target: &mut Target<'_>) {
    match target {
        Target::One(value) => value.clear(),
        Target::Page(value, meta, beside) => {
            value.clear();
            **meta = PageMeta::empty();
            if let Some(beside) = beside {
                beside.clear();
            }
        }
    }
}

/// Reads an answer under a key, or without the key if the answer may lack it.
fn read_shaped(
    body: &[u8],
    shape: ResponseShape,
    target: &mut Target<'_>,
    envelope: &mut Envelope,
) -> Result<(), Stopped> {
    read_once(body, shape, target, envelope)?;
    if matches!(shape, ResponseShape::UnderOrBare(_)) && envelope.lacks_answer {
        let mut bare = envelope.fresh();
        if let Err(stopped) = read_once(body, ResponseShape::Bare, target, &mut bare) {
            envelope.exceeded = bare.exceeded;
            return Err(stopped);
        }
        // If the body lacks a field as well, the error is about the key.
        if bare.missing.is_none() {
            *envelope = bare;
        }
    }
    Ok(())
}

fn read_once(
    body: &[u8],
    shape: ResponseShape,
    target: &mut Target<'_>,
    envelope: &mut Envelope,
) -> Result<(), Stopped> {
    // Checking the whole body as UTF-8 once is faster than checking each text. The cold path replaces invalid UTF-8.
    let mut parser = Parser::new(std::str::from_utf8(body).map_err(|_| Stopped)?);
    let mut decoding = Decoding::within(envelope.bounds.clone(), Strictness::Lenient);
    let (value, meta) = match target {
        Target::One(value) => (&mut **value, None),
        Target::Page(value, meta, beside) => (&mut **value, Some((&mut **meta, beside.as_deref_mut()))),
    };
    // A list that is missing is not an empty list.
    let must_fill = meta.is_some() || has_always(value);
    let (position, total) = match shape {
        ResponseShape::Bare => (AnswerPosition::Here(value), &[][..]),
        ResponseShape::Under(key) | ResponseShape::UnderOrBare(key) | ResponseShape::Says(key) => {
            (AnswerPosition::Under(key, value), &[][..])
        }
        ResponseShape::List { key, total } => (AnswerPosition::Under(key, value), total),
    };
    let mut page_meta = meta.map(|(meta, beside)| PageMetaReader::new(meta, total, beside));
    let decoder = EnvelopeDecoder { position, page_meta: page_meta.as_mut(), envelope, decoding: &mut decoding };
    let decoded = decoder.decode(&mut parser);
    envelope.exceeded = decoding.bounds.exceeded();
    let decoded = decoded?;
    parser.end()?;
    envelope.missing = match (page_meta, shape) {
        (Some(page_meta), ResponseShape::List { key, .. }) => page_meta.finish(key, &mut decoding),
        _ => None,
    };
    let cause = match decoded.clone() {
        Decoded::Value => None,
        Decoded::Null => null_answer(shape, target, envelope.leeway),
        Decoded::Invalid(cause) => Some(cause),
    };
    if let (Decoded::Null, Some(drift)) = (&decoded, &cause) {
        decoding.drift.add(drift.clone());
    }
    if let Target::Page(_, meta, _) = target {
        meta.skipped_items = decoding.skipped_items;
    }
    if must_fill {
        envelope.missing = cause;
    }
    envelope.drift = decoding.drift;
    Ok(())
}

/// What is wrong with an answer that is null. Nothing, if it is the first page of a list that has no items.
fn null_answer(shape: ResponseShape, target: &Target<'_>, leeway: Leeway) -> Option<Drift> {
    match (shape, target) {
        (ResponseShape::List { .. }, Target::Page(_, meta, _))
            if leeway.is_first_page && meta.is_of_an_empty_list() =>
        {
            None
        }
        (ResponseShape::List { key, .. }, Target::Page(..)) => {
            let drift = Drift::new(ValueKind::List, ValueKind::Null);
            Some(key.rsplit('.').fold(drift, |drift, key| drift.in_key(key)))
        }
        _ => Some(Drift::new(ValueKind::Object, ValueKind::Null)),
    }
}

fn has_always(value: &dyn Value) -> bool {
    matches!(value.view(), View::Object(object) if object.schema().fields.iter().any(|field| field.is_always()))
}
