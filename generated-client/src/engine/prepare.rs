//! Prepares a request: validates it and builds the path, the query, the body and the headers. Nothing is sent yet.

use std::time::Duration;

use bytes::Bytes;
use http::HeaderMap;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderName, HeaderValue, USER_AGENT};

use super::context::Context;
use super::options::Validation;
use super::pending_request::PendingRequest;
use crate::body::Body;
use crate::codec::encode::{self, InvalidParameter};
use crate::error::Error;
use crate::schema::{BodyEncoding, OperationRef};
use crate::transport::TransportRequest;
use crate::validate::{Report, validate_with};

/// Names the server that the base URL stands in for. A server that stands in for several hosts tells them apart by it.
const FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");

/// The maximum length of an `http::Uri` in bytes.
const MAX_URL_LENGTH: usize = 65_534;

/// Returns the request to send, and the violations that do not stop it.
pub(super) fn prepare(pending: &PendingRequest) -> Result<(Report, TransportRequest), Error> {
    let PendingRequest { context, request, extra, operation, options } = pending;
    let request = &**request;
    let report = match options.validation {
        Validation::Off => Report::default(),
        Validation::Warn | Validation::Error => validate_with(request, operation, extra),
    };
    if options.validation == Validation::Error && !report.is_ok() {
        return Err(Error::validation(report));
    }
    if let OperationRef::Undescribed(operation) = operation {
        encode::check_template(operation.path).map_err(Error::parameter)?;
    }
    let path = encode::path(operation, context.credentials.auth_id(), request, extra).map_err(Error::parameter)?;
    let url = [pending.origin(), &path, &encode::query(operation, request, extra)].concat();
    check_length(&url).map_err(Error::parameter)?;
    let (content_type, body) = encode_body(pending)?;
    let mut headers = headers(context, content_type)?;
    if context.base_url.is_some() {
        let host = operation.host.split_once("://").map_or(operation.host, |(_, host)| host);
        // The hosts of the spec are names, which a header can hold.
        let host = HeaderValue::from_maybe_shared(Bytes::from_static(host.as_bytes()));
        headers.extend(host.ok().map(|host| (FORWARDED_HOST, host)));
    }
    // Each attempt sets its own timeout.
    let timeout = Duration::ZERO;
    Ok((report, TransportRequest { method: operation.method.into(), url, headers, body, timeout }))
}

/// Refuses a URL that the HTTP library cannot send.
fn check_length(url: &str) -> Result<(), InvalidParameter> {
    let problem = "too long: at most 65,534 bytes can be sent";
    if url.len() <= MAX_URL_LENGTH { Ok(()) } else { Err(InvalidParameter { name: "the URL".to_owned(), problem }) }
}

/// The body and its content type.
fn encode_body(pending: &PendingRequest) -> Result<(Option<HeaderValue>, Body), Error> {
    let PendingRequest { context, request, extra, operation, .. } = pending;
    let request = &**request;
    match operation.body {
        BodyEncoding::None if extra.in_body(operation, request.schema()).next().is_none() => {
            Ok((None, Body::default()))
        }
        BodyEncoding::None | BodyEncoding::Json => {
            let body = encode::body(request, operation, extra).map_err(Error::encode)?;
            Ok((Some(HeaderValue::from_static("application/json")), body.into()))
        }
        BodyEncoding::Multipart { data } => {
            let random = || context.network.clock.random();
            let multipart = encode::multipart(request, operation, data, extra, &random).map_err(Error::encode)?;
            let content_type = format!("multipart/form-data; boundary={}", multipart.boundary);
            // A boundary consists of letters, digits and hyphens.
            Ok((HeaderValue::try_from(content_type).ok(), multipart.body))
        }
    }
}

fn headers(context: &Context, content_type: Option<HeaderValue>) -> Result<HeaderMap, Error> {
    let authorization = context.credentials.authorization();
    let authorization = authorization.ok_or_else(|| Error::config("the credentials cannot be sent in a header"))?;
    // The HTTP library adds two headers. A map that grows costs more than all else that is done with it.
    let mut headers = HeaderMap::with_capacity(8);
    headers.insert(AUTHORIZATION, authorization);
    headers.insert(USER_AGENT, context.user_agent.clone());
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    if let Some(content_type) = content_type {
        headers.insert(CONTENT_TYPE, content_type);
    }
    Ok(headers)
}
