//! Operations: what a page says about each.

use super::page::{AnswerEntry, ExampleEntry, OperationEntry, SdkEntry, Task};
use super::rows::argument_rows;
use super::sample::sample;
use super::sample_json;
use super::subject::{Subject, anchor, contradictions};
use crate::emit::{transfer, words};
use crate::model::{DiffersAt, Does, Example, Operation, Resource, ResponseShape, SdkMethod};

pub(super) fn operation(subject: Subject<'_>, resource: &Resource, operation: &Operation) -> OperationEntry {
    let model = subject.model;
    let request = &model[operation.request];
    let stage = words::stage(operation.stage).map(str::to_owned);
    let deprecated = operation.deprecated.as_ref().map(|reason| words::deprecated(reason));
    let examples = &resource.examples[..];
    let documented = operation.examples.iter().filter_map(|index| examples.get(*index)).filter(|_| subject.is_full);
    OperationEntry {
        name: operation.name.clone(),
        id: operation.id.clone(),
        summary: operation.summary.clone(),
        task: task(operation.does),
        method: transfer::method(operation.method),
        url: format!("{}{}", model[operation.host].url, operation.path.template),
        request_line: words::request_line(operation),
        has_fixed: !operation.fixed.is_empty(),
        warnings: stage.into_iter().chain(deprecated).collect(),
        limits: words::limits(resource, request, operation),
        sending: transfer::sending(operation),
        retry: transfer::retry(operation.retry),
        arguments: argument_rows(subject, operation),
        answer: answer(subject, operation),
        sample: sample(subject, examples, operation),
        examples: documented.map(|example| example_entry(subject, operation, example)).collect(),
        contradictions: contradictions(&operation.contradictions),
        sdks: model.sdks.iter().map(|sdk| (sdk_name(sdk), sdk_entry(sdk, operation))).collect(),
        sources: subject.names(&operation.sources),
        position: operation.position,
    }
}

fn task(does: Does) -> Task {
    match does {
        Does::Create => Task::Create,
        Does::Read => Task::Read,
        Does::List => Task::List,
        Does::Update => Task::Update,
        Does::Delete | Does::DeleteAll => Task::Delete,
        Does::Action => Task::Other,
    }
}

fn answer(subject: Subject<'_>, operation: &Operation) -> AnswerEntry {
    let answer = &operation.answer;
    let names = |sources: &_| words::source_names(subject.module, sources);
    AnswerEntry {
        ty: match answer.shape {
            ResponseShape::Says { .. } => None,
            _ => Some(subject.type_label(&answer.ty)),
        },
        statuses: transfer::statuses(answer),
        shape: transfer::shape(subject.model, answer, names),
    }
}

fn example_entry(subject: Subject<'_>, operation: &Operation, example: &Example) -> ExampleEntry {
    let sends = example.sends.iter().map(|(key, value)| {
        if value.is_null() { format!("`{key}` is not sent.") } else { format!("`{key}` is sent as `{value}`.") }
    });
    let warns = example.warns.iter().map(|(pointer, rule)| format!("Warning: `{pointer}` violates `{rule}`."));
    let fields = &subject.model[operation.request].fields;
    ExampleEntry {
        name: example.name.clone(),
        anchor: format!("{}.example.{}", anchor(&operation.name), anchor(&example.name)),
        sources: subject.names(&example.sources),
        request: sample_json::pretty(subject.model, fields, &example.request),
        remarks: sends.chain(warns).collect(),
        answer: example
            .answer
            .as_ref()
            .map(|answer| sample_json::pretty_answer(subject.model, &operation.answer, answer)),
        status: example.status,
        position: example.position,
    }
}

fn sdk_name(sdk: &crate::model::Sdk) -> String {
    let registry = match sdk.registry {
        crate::model::Registry::PyPi => "PyPI",
        crate::model::Registry::Npm => "npm",
    };
    format!("{registry} `{}` {}", sdk.package, sdk.version)
}

fn sdk_entry(sdk: &crate::model::Sdk, operation: &Operation) -> SdkEntry {
    let method = sdk.methods.iter().find(|method| method.operation == operation.id);
    let lacks = sdk.lacks.iter().find(|(id, _)| *id == operation.id);
    match (method, lacks) {
        (Some(method), _) => SdkEntry::Calls(method.calls.clone(), differences(method)),
        (None, Some((_, why))) => SdkEntry::Lacks(why.clone()),
        (None, None) => SdkEntry::Unknown,
    }
}

fn differences(method: &SdkMethod) -> Vec<String> {
    let fails = method.fails.iter().map(|(_, why)| why.clone());
    let place = |at: &DiffersAt| match at {
        DiffersAt::Field(pointer) => format!("`{pointer}`"),
        DiffersAt::Method => "HTTP method".to_owned(),
        DiffersAt::Path => "Path".to_owned(),
        DiffersAt::Body => "Body".to_owned(),
    };
    // Places that differ for the same reason are in one sentence.
    let differs = method.differs.chunk_by(|one, next| one.why == next.why).map(|chunk| {
        let places: Vec<_> = chunk.iter().map(|it| place(&it.at)).collect();
        format!("{}: {}", places.join(", "), chunk.first().map_or("", |it| it.why.as_str()))
    });
    fails.chain(differs).collect()
}
