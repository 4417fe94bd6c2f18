//! A made-up request with a file: no operation of the spec has one yet.

use plivo::profile::ProfileDeleted;
use plivo::schema::{
    BodyEncoding, EmptyText, Field, Method, Object, Operation, ResponseShape, Retry, Schema, Value, ValueKind, View,
};
use plivo::{File, Request};

pub(crate) const UPLOADED: &str = r#"{"message":"uploaded"}"#;

#[derive(Debug)]
pub(crate) struct Upload {
    file: Option<File>,
}

impl Upload {
    pub(crate) fn of(file: File) -> Self {
        Self { file: Some(file) }
    }
}

impl Request for Upload {
    type Answer = ProfileDeleted;
    const OPERATION: &'static Operation = &Operation {
        id: "upload.send",
        method: Method::Post,
        path: "/v1/Account/{auth_id}/Upload/",
        body: BodyEncoding::Multipart { data: None },
        empty_text: EmptyText::Sent,
        retry: Retry::IfNotSent,
        answer: ResponseShape::Bare,
        ..*plivo::profile::CreateProfile::OPERATION
    };
}

impl Object for Upload {
    fn schema(&self) -> &'static Schema {
        const { &Schema { name: "Upload", fields: &[Field::body("file")], rules: &[], at_least: None } }
    }

    fn empty() -> Self {
        Self { file: None }
    }

    fn each<'a>(&'a self, visit: &mut dyn FnMut(&'a dyn Value)) {
        visit(&self.file);
    }

    fn slot(&mut self, index: usize) -> Option<&mut dyn Value> {
        (index == 0).then_some(&mut self.file)
    }
}

impl Value for Upload {
    fn empty() -> Self {
        <Self as Object>::empty()
    }

    fn kind_of() -> ValueKind {
        ValueKind::Object
    }

    fn kind(&self) -> ValueKind {
        ValueKind::Object
    }

    fn view(&self) -> View<'_> {
        View::Object(self)
    }

    fn clear(&mut self) {
        self.file = None;
    }
}
