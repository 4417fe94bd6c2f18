//! `plivo.yaml`.

use super::Value::{Characters, Count, Either, Integer, Keys, List, Map, NonEmpty, Text, Word};
use super::facts::SUMMARY_KEY;
use super::resource::SOURCES_KEY;
use super::{ANSWER_USE, Construct, MOMENTS_FORMATS, More, mandatory, optional};

pub(crate) static API: Construct = Construct {
    what: "plivo.yaml",
    keys: &[
        mandatory("api", Text),
        SUMMARY_KEY,
        SOURCES_KEY,
        mandatory("hosts", Map(&Keys(|| &HOST))),
        optional("groups", Map(&Text)),
        mandatory("auth", Keys(|| &AUTH)),
        mandatory("errors", Keys(|| &ERRORS)),
        mandatory("pages", Keys(|| &PAGES)),
        optional("deferral", Keys(|| &DEFERRAL)),
        optional("formats", Map(&Keys(|| &FORMAT))),
        optional("moments", Keys(|| &MOMENTS)),
    ],
    more: More::Nothing,
};

pub(crate) static HOST: Construct =
    Construct { what: "a host", keys: &[mandatory("url", Text), SUMMARY_KEY], more: More::Nothing };

pub(crate) static AUTH: Construct = Construct {
    what: "`auth`",
    keys: &[mandatory("account", Text), mandatory("id_variable", Text), mandatory("token_variable", Text), SUMMARY_KEY],
    more: More::Nothing,
};

pub(crate) static ERRORS: Construct = Construct {
    what: "`errors`",
    keys: &[mandatory("refusal", Text), mandatory("messages", List(&Text)), SUMMARY_KEY],
    more: More::Nothing,
};

pub(crate) static PAGES: Construct = Construct {
    what: "`pages`",
    keys: &[
        mandatory("limit", Keys(|| &PAGE_PARAMETER)),
        mandatory("offset", Keys(|| &PAGE_PARAMETER)),
        optional("cursor", Keys(|| &CURSOR)),
        SUMMARY_KEY,
    ],
    more: More::Nothing,
};

pub(crate) static PAGE_PARAMETER: Construct = Construct {
    what: "a parameter of pages",
    keys: &[mandatory("name", Text), SUMMARY_KEY, optional("min", Integer)],
    more: More::Nothing,
};

pub(crate) static CURSOR: Construct =
    Construct { what: "the cursor", keys: &[mandatory("name", Text), SUMMARY_KEY], more: More::Nothing };

pub(crate) static DEFERRAL: Construct = Construct {
    what: "`deferral`",
    keys: &[mandatory("url", Text), mandatory("method", Text), mandatory("answer", Keys(|| &ANSWER_USE)), SUMMARY_KEY],
    more: More::Nothing,
};

pub(crate) static FORMAT: Construct = Construct {
    what: "a format",
    keys: &[
        mandatory("says", Text),
        optional("prefix", Text),
        mandatory("length", Either(&[Count, Keys(|| &LENGTH)])),
        mandatory("alphabet", NonEmpty(&Characters)),
    ],
    more: More::Nothing,
};

pub(crate) static LENGTH: Construct =
    Construct { what: "`length`", keys: &[mandatory("min", Count), mandatory("max", Count)], more: More::Nothing };

pub(crate) static MOMENTS: Construct = Construct {
    what: "`moments`",
    keys: &[mandatory("format", Word(&MOMENTS_FORMATS)), SUMMARY_KEY],
    more: More::Nothing,
};
