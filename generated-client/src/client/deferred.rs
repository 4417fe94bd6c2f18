//! Requests whose result is sent to a URL later.

use std::future::IntoFuture;

use serde::de::{DeserializeOwned, Deserializer, Error as _};
use serde::ser::{Error as _, Serializer};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use super::Client;
use super::caller::Caller;
use super::pending::Pending;
use crate::codec::Request;
use crate::error::Result;
use crate::response::Response;
use crate::schema::{Confirmation, Deferral, Extra, Method, Object, Operation, Schema, SecondForms, Value};
use crate::validate::{Report, validate_with};

/// A request of an operation that can defer its result. Its builder has a method `deferred_to`.
pub trait Deferrable: Request {}

/// A request that defers its result: Plivo confirms it at once, and sends the result to a URL later.
///
/// The method `deferred_to` of builders returns it. Send it like any other request:
///
/// ```no_run
/// # async fn run<R: plivo::Deferrable>(client: plivo::Client, request: R) -> plivo::Result<()> {
/// use plivo::{Deferred, Method};
///
/// let deferred = Deferred::new(request, "https://example.com/result").method(Method::Get);
/// let confirmation = client.send(deferred).await?;
/// println!("{:?}", confirmation.message);
/// # Ok(())
/// # }
/// ```
///
/// As JSON, it is the request with two more keys, such as `callback_url` and `callback_method`.
#[derive(Clone, Debug)]
#[must_use = "nothing is sent until this is awaited (or, with the blocking client, until `.wait()` is called)"]
pub struct Deferred<R, C = ()> {
    client: C,
    request: R,
    url: String,
    method: Option<String>,
}

impl<R: Deferrable> Deferred<R> {
    /// Defers the result of a request to a URL.
    pub fn new(request: R, url: impl Into<String>) -> Self {
        Self::with_client((), request, url)
    }
}

impl<R: Deferrable, C> Deferred<R, C> {
    /// Defers the result of a request that a client sends.
    #[doc(hidden)]
    pub fn with_client(client: C, request: R, url: impl Into<String>) -> Self {
        Self { client, request, url: url.into(), method: None }
    }

    /// Sets the HTTP method of the request to the URL, such as [`Method::Get`]. By default, Plivo chooses it.
    pub fn method(mut self, method: Method) -> Self {
        self.method = Some(http::Method::from(method).to_string());
        self
    }

    /// Validates the request and the URL without sending them. Returns all errors and warnings.
    pub fn validate(&self) -> Report {
        let mut extra = Extra::default();
        self.keys().for_each(|(name, text)| extra.set(name.to_owned(), text.into()));
        validate_with(&self.request, R::OPERATION, &extra)
    }

    /// The keys and values that it adds to the request.
    fn keys(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let (url, method) = (self.url.as_str(), self.method.as_deref());
        let keys = R::OPERATION.deferral();
        keys.into_iter().flat_map(move |keys| {
            let method = method.map(|method| (keys.method, method));
            [(keys.url, url)].into_iter().chain(method)
        })
    }
}

impl<R: Deferrable, C: Caller> Deferred<R, C> {
    /// Returns a lazy call. Nothing is sent until it is awaited or, with the blocking client, until `.wait()` is called.
    pub fn send(self) -> Pending<Confirmation, C::Runtime> {
        let Self { client, request, url, method } = self;
        Pending::new(&client, Deferred { client: (), request, url, method })
    }
}

impl<R: Deferrable> IntoFuture for Deferred<R, Client> {
    type Output = Result<Response<Confirmation>>;
    type IntoFuture = Pending<Confirmation>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}

impl<R: Deferrable> Request for Deferred<R> {
    type Answer = Confirmation;
    const OPERATION: &'static Operation = &R::OPERATION.confirming();

    fn extra(&self) -> Vec<(&'static str, String)> {
        self.keys().map(|(name, text)| (name, text.to_owned())).collect()
    }
}

/// The fields are those of the request.
impl<R: Deferrable> Object for Deferred<R> {
    fn schema(&self) -> &'static Schema {
        self.request.schema()
    }

    fn empty() -> Self {
        Self::new(<R as Object>::empty(), "")
    }

    fn get(&self, index: usize) -> Option<&dyn Value> {
        self.request.get(index)
    }

    fn get_mut(&mut self, index: usize) -> Option<&mut dyn Value> {
        self.request.get_mut(index)
    }

    fn second_forms(&self) -> &SecondForms {
        self.request.second_forms()
    }
}

impl<R: Deferrable + Serialize> Serialize for Deferred<R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut json = serde_json::to_value(&self.request).map_err(S::Error::custom)?;
        if let Json::Object(fields) = &mut json {
            fields.extend(self.keys().map(|(name, text)| (name.to_owned(), text.into())));
        }
        json.serialize(serializer)
    }
}

impl<'de, R: Deferrable + DeserializeOwned> Deserialize<'de> for Deferred<R> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        // Read as any JSON first: the errors of serde show texts of any length.
        let Json::Object(mut fields) = Json::deserialize(deserializer)? else {
            return Err(D::Error::custom("a request is not an object"));
        };
        let Some(Deferral { url, method, .. }) = R::OPERATION.deferral() else {
            return Err(D::Error::custom("this operation cannot defer its result"));
        };
        let given = take_text(&mut fields, url)?;
        let method = take_text(&mut fields, method)?;
        let url = given.ok_or_else(|| D::Error::missing_field(url))?;
        let request = serde_json::from_value(Json::Object(fields)).map_err(D::Error::custom)?;
        Ok(Self { client: (), request, url, method })
    }
}

/// Removes a text. Null counts as absent.
fn take_text<E: serde::de::Error>(
    fields: &mut Map<String, Json>,
    name: &str,
) -> std::result::Result<Option<String>, E> {
    match fields.remove(name) {
        None | Some(Json::Null) => Ok(None),
        Some(Json::String(text)) => Ok(Some(text)),
        Some(_) => Err(E::custom(format_args!("{name} is not a string"))),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::macros::object;
    use crate::schema::{Authority, EmptyRequest, Source};

    const PAGE: &Source = &Source::new("page", "a page");
    const BY: Authority = Authority::Warning(&Source::new("sdk", "an SDK"));

    object! {
        /// A request with one field.
        struct Play {
            pub sound: Option<String> => 0: Body [Required(Error(PAGE))],
        }

        at_least: Some((1, Error(PAGE)));
    }

    impl Request for Play {
        type Answer = Confirmation;
        const OPERATION: &'static Operation = &Operation::post("sound.play", "/Play/").json().deferred(BY);
    }

    impl Deferrable for Play {}

    fn play(url: &str) -> Deferred<Play> {
        let mut request = <Play as Object>::empty();
        request.sound = Some("a.mp3".to_owned());
        Deferred::new(request, url)
    }

    #[test]
    fn the_keys_are_beside_the_fields_in_json() {
        let deferred = play("https://example.com/later").method(Method::Get);
        let json = json!({"sound": "a.mp3", "callback_url": "https://example.com/later", "callback_method": "GET"});
        assert_eq!(serde_json::to_value(&deferred).unwrap(), json);
        let read: Deferred<Play> = serde_json::from_value(json.clone()).unwrap();
        assert_eq!(serde_json::to_value(&read).unwrap(), json);
        let error = |json| serde_json::from_value::<Deferred<Play>>(json).unwrap_err().to_string();
        assert_eq!(error(json!({"sound": "a.mp3", "callback_url": null})), "missing field `callback_url`");
        assert_eq!(error(json!({"callback_url": 5})), "callback_url is not a string");
        assert!(serde_json::from_value::<Play>(json).is_err(), "no fields of the request");
    }

    #[cfg(all(feature = "blocking", feature = "testing"))]
    #[test]
    fn the_blocking_client_waits_for_the_confirmation() {
        let script = crate::testing::Script::new().answer(202, r#"{"api_id": "a", "message": "async api spawned"}"#);
        let client = script.client().blocking().unwrap();
        let deferred = Deferred::with_client(client, play("").request, "https://example.com/later");
        assert_eq!(deferred.send().wait().unwrap().message.as_deref(), Some("async api spawned"));
        let body: Json = serde_json::from_slice(script.requests()[0].body.as_bytes().unwrap()).unwrap();
        assert_eq!(body, json!({"sound": "a.mp3", "callback_url": "https://example.com/later"}));
    }

    #[test]
    fn the_url_and_the_request_are_validated() {
        let found = |deferred: Deferred<Play>| {
            let report = deferred.validate();
            let all = report.errors().iter().chain(report.warnings());
            all.map(|found| format!("{} {}", found.pointer(), found.rule())).collect::<Vec<_>>()
        };
        assert_eq!(found(play("https://example.com/later")), [""; 0]);
        assert_eq!(found(play("example.com")), ["/callback_url format"]);
        // The keys are no fields of the body.
        let empty = Deferred::new(<Play as Object>::empty(), "https://example.com/later");
        assert_eq!(found(empty), ["/sound required", " at_least"]);
    }

    #[test]
    fn the_keys_of_a_delete_without_a_body_are_in_the_query() {
        let mut extra = Extra::default();
        extra.set("callback_url".to_owned(), json!("https://example.com/later"));
        let schema = EmptyRequest.schema();
        let in_query = |operation: Operation| extra.in_query(&operation, schema).count() == 1;
        assert!(in_query(Operation::get("a.b", "/").deferred(BY)));
        assert!(in_query(Operation::delete("a.b", "/").deferred(BY)));
        assert!(!in_query(Operation::delete("a.b", "/").json().deferred(BY)));
        assert!(!in_query(Operation::post("a.b", "/").deferred(BY)));
        assert!(!in_query(Operation::delete("a.b", "/")), "a value that this crate does not know");
    }
}
