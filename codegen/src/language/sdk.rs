//! A file of `sdks/`.

use super::Value::{Data, Either, Keys, List, Map, Text, Word};
use super::facts::SUMMARY_KEY;
use super::{Construct, DIFFERENCES, More, REGISTRIES, mandatory, optional};
use crate::model::SdkRule;

pub(crate) static SDK: Construct = Construct {
    what: "an SDK",
    keys: &[
        mandatory("sdk", Text),
        SUMMARY_KEY,
        mandatory("registry", Word(&REGISTRIES)),
        mandatory("package", Text),
        mandatory("version", Text),
        optional("rules", Keys(|| &SDK_RULES)),
        mandatory("methods", Map(&Keys(|| &METHOD))),
        optional("lacks", Map(&Text)),
    ],
    more: More::Nothing,
};

pub(crate) static SDK_RULES: Construct = Construct {
    what: "`rules`",
    keys: &[
        optional(SdkRule::EmptyText.name(), Text),
        optional(SdkRule::NullValue.name(), Text),
        optional(SdkRule::LetterCase.name(), Text),
        optional(SdkRule::EmptyBody.name(), Text),
        optional(SdkRule::PathAgain.name(), Text),
        optional(SdkRule::InBody.name(), Text),
        optional(SdkRule::MissingArgument.name(), Text),
        optional(SdkRule::Falsy.name(), Text),
    ],
    more: More::Nothing,
};

pub(crate) static METHOD: Construct = Construct {
    what: "a method",
    keys: &[
        mandatory("calls", Text),
        optional("takes", List(&Text)),
        optional("keys", Map(&Text)),
        optional("fails", Map(&Text)),
        optional("differs", Map(&Either(&[Keys(|| &DIFFERENCE), List(&Keys(|| &DIFFERENCE))]))),
    ],
    more: More::Nothing,
};

pub(crate) static DIFFERENCE: Construct = Construct {
    what: "a difference",
    keys: &[
        mandatory("sdk", Word(&DIFFERENCES)),
        optional("sends", Data),
        optional("when", Data),
        mandatory("why", Text),
    ],
    more: More::Nothing,
};
