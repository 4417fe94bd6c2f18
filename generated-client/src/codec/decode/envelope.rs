//! Decodes the envelope: the keys around an answer. The answer is decoded in the same pass.

use super::bounds::{Bounds, Exceeded};
use super::decoding::Decoding;
use super::object::ObjectDecoder;
use super::page_meta::{MetaInObject, PageMetaReader};
use super::parser::{Number, Parser, Stopped, Token};
use super::value::{Decoded, Slot};
use crate::drift::{Drift, DriftLog};
use crate::schema::{Api, Object, Reading, Value, ValueKind, View};
use crate::trace;

/// What an answer may lack.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Leeway {
    /// The answer only confirms the request, so it may be missing.
    pub(crate) may_be_absent: bool,
    /// The request asks for the first page of a list. If the list is empty, it may be null.
    pub(crate) is_first_page: bool,
}

/// The content of a response beside the answer.
#[derive(Debug)]
pub(crate) struct Envelope {
    pub(crate) api_id: Option<String>,
    /// The refusal, which may come with a 2xx status.
    pub(crate) error: Option<serde_json::Value>,
    /// Where the answer differs from the spec.
    pub(crate) drift: DriftLog,
    /// A field that every answer has and that is missing, which makes the answer unusable.
    pub(crate) missing: Option<Drift>,
    /// The syntax error of an answer that has such fields.
    pub(crate) not_json: Option<serde_json::Error>,
    /// Whether the body lacks the key of the answer.
    pub(super) lacks_answer: bool,
    /// The bound on decoding that the answer exceeds, which makes it unusable.
    pub(crate) exceeded: Option<Exceeded>,
    /// The bounds on decoding the answer.
    pub(super) bounds: Bounds,
    /// What the answer may lack.
    pub(super) leeway: Leeway,
    /// The key of the refusal.
    refusal: &'static str,
}

impl Envelope {
    /// The envelope of a response before anything was read, which is that of an empty body.
    pub(crate) fn new(api: &Api, leeway: Leeway) -> Self {
        Self::unread(leeway, api.refusal, Bounds::default())
    }

    /// The envelope of the same response before anything was read.
    pub(super) fn fresh(&self) -> Self {
        Self::unread(self.leeway, self.refusal, self.bounds.clone())
    }

    fn unread(leeway: Leeway, refusal: &'static str, bounds: Bounds) -> Self {
        Self {
            api_id: None,
            error: None,
            drift: DriftLog::default(),
            missing: None,
            not_json: None,
            lacks_answer: false,
            exceeded: None,
            bounds,
            leeway,
            refusal,
        }
    }

    /// Takes the keys of the envelope from an answer of any JSON.
    fn read_from(&mut self, view: View<'_>) {
        if let View::Json(json) = view {
            self.api_id = json.get("api_id").and_then(serde_json::Value::as_str).map(str::to_owned);
            self.error = json.get(self.refusal).cloned();
        }
    }

    /// The slot of a key of the envelope.
    fn slot(&mut self, key: &str) -> Option<&mut dyn Value> {
        match key {
            "api_id" => Some(&mut self.api_id),
            _ if key == self.refusal => Some(&mut self.error),
            _ => None,
        }
    }
}

/// Decodes an object that contains the answer or is the answer.
pub(super) struct EnvelopeDecoder<'a, 'm> {
    pub(super) position: AnswerPosition<'a>,
    pub(super) page_meta: Option<&'a mut PageMetaReader<'m>>,
    pub(super) envelope: &'a mut Envelope,
    pub(super) decoding: &'a mut Decoding,
}

/// The position of the answer in the object that is being decoded.
pub(super) enum AnswerPosition<'a> {
    Here(&'a mut dyn Value),
    Under(&'static str, &'a mut dyn Value),
    /// The object is the metadata of a page and does not contain the answer.
    Meta,
}

impl EnvelopeDecoder<'_, '_> {
    pub(super) fn decode(self, parser: &mut Parser<'_>) -> Result<Decoded, Stopped> {
        match self.position {
            AnswerPosition::Here(value) if value.kind() != ValueKind::Object => {
                let slot = Slot { value: &mut *value, name: "the answer", reading: Reading::EXACT };
                let decoded = slot.decode(parser, self.decoding)?;
                self.envelope.read_from(value.view());
                Ok(decoded)
            }
            _ => match parser.next_value()? {
                Token::Object => self.object(parser),
                Token::Null => Ok(Decoded::Null),
                Token::List => {
                    parser.skip_rest(&Token::List)?;
                    Ok(self.mismatch(ValueKind::List))
                }
                Token::Text(_) => Ok(self.mismatch(ValueKind::Text)),
                Token::Boolean(_) => Ok(self.mismatch(ValueKind::Boolean)),
                Token::Number(Number::Float(_)) => Ok(self.mismatch(ValueKind::Number)),
                Token::Number(_) => Ok(self.mismatch(ValueKind::Integer)),
            },
        }
    }

    fn mismatch(self, found: ValueKind) -> Decoded {
        self.decoding.drift.add(Drift::new(ValueKind::Object, found));
        Decoded::Invalid(Drift::new(ValueKind::Object, found))
    }

    fn object(self, parser: &mut Parser<'_>) -> Result<Decoded, Stopped> {
        let Self { position, page_meta, envelope, decoding } = self;
        match (position, page_meta) {
            (AnswerPosition::Here(value), _) => match value.as_object_mut() {
                Some(object) => read_bare(object, parser, envelope, decoding),
                None => parser.skip_rest(&Token::Object).map(|()| Decoded::Value),
            },
            (AnswerPosition::Under(key, value), page_meta) => {
                read_under(key, value, EnvelopeContext { page_meta, envelope, decoding }, parser)
            }
            (AnswerPosition::Meta, Some(page_meta)) => {
                while let Some(key) = parser.next_key()? {
                    page_meta.decode_entry(&key, parser, decoding)?;
                }
                Ok(Decoded::Value)
            }
            (AnswerPosition::Meta, None) => parser.skip_rest(&Token::Object).map(|()| Decoded::Value),
        }
    }
}

/// Decodes an answer whose fields are beside the keys of the envelope.
fn read_bare(
    object: &mut dyn Object,
    parser: &mut Parser<'_>,
    envelope: &mut Envelope,
    decoding: &mut Decoding,
) -> Result<Decoded, Stopped> {
    let mut decoder = ObjectDecoder::new(object);
    while let Some(key) = parser.next_key()? {
        match envelope.slot(&key).filter(|_| object.schema().position(&key).is_none()) {
            Some(slot) => {
                decode_value(slot, &key, parser, decoding)?;
            }
            None => decoder.decode_entry(object, &key, parser, decoding)?,
        }
    }
    Ok(decoder.finish(object, decoding))
}

/// The state of decoding an object that has the answer under a key.
struct EnvelopeContext<'a, 'm> {
    page_meta: Option<&'a mut PageMetaReader<'m>>,
    envelope: &'a mut Envelope,
    decoding: &'a mut Decoding,
}

impl<'m> EnvelopeContext<'_, 'm> {
    /// Decodes a key that belongs to the object beside a list. Returns whether it does.
    fn decode_beside(&mut self, key: &str, parser: &mut Parser<'_>) -> Result<bool, Stopped> {
        match self.page_meta.as_deref_mut() {
            Some(page_meta) => page_meta.decode_beside(key, parser, self.decoding),
            None => Ok(false),
        }
    }

    /// Decodes an object inside the current one. Returns the metadata of the page in it.
    fn decode_inner(
        &mut self,
        key: &str,
        position: AnswerPosition<'_>,
        parser: &mut Parser<'_>,
    ) -> Result<(Decoded, Option<MetaInObject>), Stopped> {
        let checkpoint = self.decoding.drift.checkpoint();
        let outer = self.page_meta.as_deref_mut().map(PageMetaReader::enter);
        let (envelope, decoding) = (&mut *self.envelope, &mut *self.decoding);
        let page_meta = self.page_meta.as_deref_mut();
        let decoded = EnvelopeDecoder { position, page_meta, envelope, decoding }.decode(parser)?;
        let inner = self.page_meta.as_deref_mut().zip(outer).map(|(page_meta, outer)| page_meta.leave(outer));
        self.decoding.drift.prefix_since(checkpoint, key);
        Ok((decoded, inner))
    }
}

/// Decodes an answer under a key. The metadata of a page is beside it, either flat or under `meta`.
fn read_under(
    path: &'static str,
    value: &mut dyn Value,
    mut context: EnvelopeContext<'_, '_>,
    parser: &mut Parser<'_>,
) -> Result<Decoded, Stopped> {
    let (head, rest) = path.split_once('.').map_or((path, None), |(head, rest)| (head, Some(rest)));
    let (mut decoded, mut inner_meta, mut meta) = (None, None, None);
    while let Some(key) = parser.next_key()? {
        if key == head {
            // If the key occurs twice, the last value counts as a whole.
            value.clear();
            context.decoding.skipped_items = 0;
            decoded = Some(match rest {
                Some(rest) => {
                    context.page_meta.iter_mut().for_each(|page_meta| page_meta.restart_beside());
                    let position = AnswerPosition::Under(rest, &mut *value);
                    let (decoded, meta) = context.decode_inner(head, position, parser)?;
                    inner_meta = meta;
                    decoded
                }
                None => decode_value(&mut *value, head, parser, context.decoding)?,
            });
        } else if let Some(slot) = context.envelope.slot(&key) {
            decode_value(slot, &key, parser, context.decoding)?;
        } else if rest.is_none() && context.decode_beside(&key, parser)? {
            // The key belongs to the object beside the list.
        } else if key == "meta" && context.page_meta.is_some() {
            meta = context.decode_inner("meta", AnswerPosition::Meta, parser)?.1;
        } else if let Some(page_meta) = context.page_meta.as_deref_mut() {
            page_meta.decode_entry(&key, parser, context.decoding)?;
        } else {
            trace::unknown_field("the answer", &key);
            parser.skip_value()?;
        }
    }
    if let Some(page_meta) = context.page_meta.as_deref_mut() {
        page_meta.add(meta.into_iter().chain(inner_meta));
    }
    context.envelope.lacks_answer = matches!(decoded, None | Some(Decoded::Null));
    if decoded.is_none() && context.envelope.leeway.may_be_absent {
        return Ok(Decoded::Value);
    }
    if decoded == Some(Decoded::Null) && context.page_meta.is_some() {
        // Whether a list may be null depends on all of the metadata.
        return Ok(Decoded::Null);
    }
    Ok(check_found(decoded, head, value.kind(), context.decoding))
}

/// Reports an answer that is missing. A list that is no page may be null.
fn check_found(decoded: Option<Decoded>, key: &str, expected: ValueKind, decoding: &mut Decoding) -> Decoded {
    match decoded {
        Some(Decoded::Value) => Decoded::Value,
        Some(Decoded::Null) if expected == ValueKind::List => Decoded::Value,
        Some(Decoded::Null) => Decoded::Invalid(decoding.add_missing(key, expected, ValueKind::Null)),
        Some(Decoded::Invalid(cause)) => Decoded::Invalid(cause.in_key(key)),
        None => Decoded::Invalid(decoding.add_missing(key, expected, ValueKind::Nothing)),
    }
}

/// Decodes the value of a key, and prefixes its drift with the key. A value that does not fit is absent.
fn decode_value(
    value: &mut dyn Value,
    key: &str,
    parser: &mut Parser<'_>,
    decoding: &mut Decoding,
) -> Result<Decoded, Stopped> {
    let checkpoint = decoding.drift.checkpoint();
    let slot = Slot { value: &mut *value, name: key, reading: Reading::EXACT };
    let decoded = slot.decode(parser, decoding)?;
    if decoded != Decoded::Value {
        value.clear();
    }
    decoding.drift.prefix_since(checkpoint, key);
    Ok(decoded)
}
