//! `plivo.yaml`.

use super::fact::{Map, Spanned};
use super::operation::AnswerUseDoc;
use super::resource::SourceDoc;
use crate::model::Format;

pub(crate) struct ApiDoc {
    /// The sources that every file can name.
    pub(crate) sources: Map<SourceDoc>,
    pub(crate) api: Spanned<String>,
    pub(crate) summary: String,
    pub(crate) hosts: Map<HostDoc>,
    /// The groups of resources, each with its summary.
    pub(crate) groups: Map<String>,
    pub(crate) auth: AuthDoc,
    pub(crate) errors: ErrorsDoc,
    pub(crate) pages: PagesDoc,
    pub(crate) deferral: Option<DeferralDoc>,
    pub(crate) formats: Map<FormatDoc>,
    pub(crate) moments: Option<MomentsDoc>,
}

/// How queries carry points in time.
pub(crate) struct MomentsDoc {
    pub(crate) format: Format,
}

/// A format that texts of any file can have.
pub(crate) struct FormatDoc {
    pub(crate) says: Spanned<String>,
    pub(crate) prefix: Option<Spanned<String>>,
    /// The minimum and the maximum number of characters after the prefix.
    pub(crate) length: Spanned<(u64, u64)>,
    pub(crate) alphabet: Spanned<Vec<Spanned<String>>>,
}

/// The query parameters of lists.
pub(crate) struct PagesDoc {
    pub(crate) limit: PageParameterDoc,
    pub(crate) offset: PageParameterDoc,
    pub(crate) cursor: Option<PageParameterDoc>,
    pub(crate) summary: String,
}

pub(crate) struct PageParameterDoc {
    pub(crate) name: Spanned<String>,
    pub(crate) summary: String,
    pub(crate) min: Option<Spanned<i64>>,
}

/// How a request defers its result: keys that any operation can take.
pub(crate) struct DeferralDoc {
    pub(crate) url: Spanned<String>,
    pub(crate) method: Spanned<String>,
    /// The answer to such a request.
    pub(crate) answer: AnswerUseDoc,
    pub(crate) summary: String,
}

/// Where response bodies have error messages: keys with dots between them.
pub(crate) struct ErrorsDoc {
    pub(crate) refusal: Spanned<String>,
    pub(crate) messages: Vec<Spanned<String>>,
    pub(crate) summary: String,
}

pub(crate) struct HostDoc {
    pub(crate) url: Spanned<String>,
    pub(crate) summary: String,
}

pub(crate) struct AuthDoc {
    pub(crate) account: Spanned<String>,
    pub(crate) id_variable: String,
    pub(crate) token_variable: String,
    pub(crate) summary: String,
}
