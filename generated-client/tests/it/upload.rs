//! A made-up request with a file.

use plivo::Confirmation;
use plivo::schema::{
    BodyEncoding, EmptyText, Field, Location, Method, Object, Operation, ResponseShape, Retry, Schema, Value,
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
    type Answer = Confirmation;
    const OPERATION: &'static Operation = &Operation {
        id: "upload.send",
        method: Method::Post,
        path: "/v1/Account/{account}/Upload/",
        body: BodyEncoding::Multipart { data: None },
        empty_text: EmptyText::Sent,
        retry: Retry::IfNotSent,
        answer: ResponseShape::Bare,
        ..*plivo::profile::CreateProfile::OPERATION
    };
}

impl Object for Upload {
    fn schema(&self) -> &'static Schema {
        const FILE: Field =
            Field { name: "file", has_plain_name: true, location: Location::Body, facts: &[], marks: 0 };
        const { &Schema { name: "Upload", fields: &[FILE], ..Schema::EMPTY } }
    }

    fn empty() -> Self {
        Self { file: None }
    }

    fn get(&self, index: usize) -> Option<&dyn Value> {
        (index == 0).then_some(&self.file)
    }

    fn get_mut(&mut self, index: usize) -> Option<&mut dyn Value> {
        (index == 0).then_some(&mut self.file)
    }
}
