//! The message of an error, in one line.

use std::fmt;

use super::{Cause, Error};
use crate::schema::one_line;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = &self.0.operation {
            write!(f, "{} {}: ", http::Method::from(operation.method), operation.path)?;
        }
        match &self.0.cause {
            Cause::Config(message, _) => f.write_str(message)?,
            Cause::Validation(report) => {
                let count = report.errors().len();
                let plural = if count == 1 { "" } else { "s" };
                write!(f, "not sent: the request has {count} error{plural}")?;
                for (index, violation) in report.errors().iter().enumerate() {
                    let separator = if index == 0 { ": " } else { "; " };
                    f.write_str(separator)?;
                    // For a field of the request itself, the message contains the name.
                    if violation.pointer().matches('/').count() > 1 {
                        write!(f, "{}: ", one_line(violation.pointer()))?;
                    }
                    f.write_str(&one_line(violation.message()))?;
                }
            }
            Cause::Parameter(parameter) => write!(f, "not sent: {} is {}", parameter.name, parameter.problem)?,
            Cause::Encode(_) => f.write_str("not sent: the request cannot be encoded")?,
            Cause::File(_) => f.write_str("not sent: a file of the request cannot be read")?,
            Cause::RateLimit => f.write_str("not sent: the rate limiter had no capacity before the deadline")?,
            Cause::Transport(error) => write!(f, "{error}")?,
            Cause::Status => self.write_status(f)?,
            Cause::Refused => {
                f.write_str("refused with ")?;
                self.write_status(f)?;
            }
            Cause::NotJson(snippet, _) => {
                write!(f, "executed, but the answer is not valid JSON; it begins with {snippet:?}")?;
            }
            Cause::PolledAfterCompletion => f.write_str("polled again after the call had completed")?,
            Cause::MissingField(drift) => write!(f, "executed, but the answer is incomplete: {drift}")?,
            Cause::Exceeded(exceeded) => write!(f, "executed, but the answer cannot be read: {exceeded}")?,
            Cause::Pages(problem) => write!(f, "executed, but the list cannot be read to its end: {problem}")?,
        }
        match self.api_id() {
            Some(api_id) => write!(f, " (api_id {})", one_line(api_id)),
            None => Ok(()),
        }
    }
}

impl Error {
    fn write_status(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(response) = &self.0.response {
            write!(f, "{}", response.status)?;
        }
        match self.message() {
            Some(message) => write!(f, ": {}", one_line(message)),
            None => Ok(()),
        }
    }
}
