//! The state of a client that the engine uses.

use std::fmt;

use http::HeaderValue;

use super::options::Options;
use crate::base_url::BaseUrl;
use crate::credentials::Credentials;
use crate::drift::DriftReporter;
use crate::sending::Network;

/// The state that all clones of a client share.
pub struct Context {
    pub(crate) credentials: Credentials,
    pub(crate) base_url: Option<BaseUrl>,
    pub(crate) user_agent: HeaderValue,
    pub(crate) options: Options,
    pub(crate) network: Network,
    pub(crate) drift: DriftReporter,
}

/// Shows nothing: the context holds credentials.
impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context").finish_non_exhaustive()
    }
}
