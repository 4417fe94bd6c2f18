//! Second forms of a value: another type, and a single value in place of a list.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::document::{AlsoDoc, FieldDoc, ItemsDoc, Spanned, TypeDoc};
use crate::model::{One, Type, ValueKind};

/// The second forms of a field.
pub(super) struct SecondForms {
    pub(super) also: Option<ValueKind>,
    pub(super) items_also: Option<ValueKind>,
    pub(super) one: One,
}

pub(super) fn second_forms(doc: &FieldDoc, ty: &Type, diagnostics: &mut Diagnostics) -> SecondForms {
    let mut one = match doc.also.as_ref().map(|also| also.is) {
        Some(AlsoDoc::One) => One::Either,
        Some(AlsoDoc::Kind(_)) | None => One::Listed,
    };
    let also = doc.also.as_ref().and_then(|also| match also.is {
        AlsoDoc::Kind(kind) => Some(Spanned::new(kind, also.span)),
        AlsoDoc::One => {
            check_one("also: one", also.span, ty, diagnostics);
            None
        }
    });
    if let Some(span) = doc.one {
        check_one("one: plain", span, ty, diagnostics);
        check_plain(doc, span, diagnostics);
        one = One::Plain;
    }
    let mut items_also = None;
    if let (TypeDoc::List(items) | TypeDoc::Map(items), Type::List(item) | Type::Map(item)) = (&doc.ty, ty) {
        items_also = second_kind_of_items(items, item, diagnostics);
    }
    let also = also.map(|also| {
        check_kind(&also, ty, diagnostics);
        also.is
    });
    SecondForms { also, items_also, one }
}

/// The second kind of what a list or a map contains in the end.
fn second_kind_of_items(doc: &ItemsDoc, ty: &Type, diagnostics: &mut Diagnostics) -> Option<ValueKind> {
    let inner = match (&doc.ty, ty) {
        (TypeDoc::List(items) | TypeDoc::Map(items), Type::List(item) | Type::Map(item)) => {
            if let Some(also) = &doc.also {
                let misplaced = Diagnostic::new(Code::MisplacedKey, "`also` is not allowed with these items");
                let help = "write it with the innermost `items`, or remove it";
                diagnostics.push(misplaced.at(also.span, "the items are lists or maps").help(help));
            }
            return second_kind_of_items(items, item, diagnostics);
        }
        _ => doc.also.as_ref()?,
    };
    check_kind(inner, ty, diagnostics);
    Some(inner.is)
}

/// A second type differs from the first, and no value of it is lost without need.
fn check_kind(also: &Spanned<ValueKind>, ty: &Type, diagnostics: &mut Diagnostics) {
    let is_item = |items: &Type| repeats(items, also.is);
    let (label, help) = match ty {
        Type::Any => ("a field of `type: any` has values of every type", "write another type, or remove `also`"),
        Type::File => ("answers do not contain files", "write another type, or remove `also`"),
        Type::List(items) if is_item(items) => {
            ("the items have this type, so the value would be lost", "write `also: one`: it is read as a list of one")
        }
        _ if repeats(ty, also.is) => ("the field already has this type", "write another type, or remove `also`"),
        _ => return,
    };
    let repeated = Diagnostic::new(Code::MisplacedKey, "`also` does not name a second type");
    diagnostics.push(repeated.at(also.span, label).help(help));
}

fn check_one(key: &str, span: Span, ty: &Type, diagnostics: &mut Diagnostics) {
    if !matches!(ty, Type::List(items) if !matches!(**items, Type::List(_) | Type::Any)) {
        let misplaced = Diagnostic::new(Code::MisplacedKey, format!("`{key}` is not allowed with this type"));
        let label = "only with a list whose items are neither lists nor `any`";
        diagnostics.push(misplaced.at(span, label).help("remove it, or correct the type"));
    }
}

/// `one: plain` says more than `also: one`, and a list with a delimiter is one text anyway.
fn check_plain(doc: &FieldDoc, span: Span, diagnostics: &mut Diagnostics) {
    let (label, help) = if doc.also.as_ref().is_some_and(|also| also.is == AlsoDoc::One) {
        ("it includes `also: one`", "remove `also: one`")
    } else if doc.delimiter.is_some() {
        ("the items are sent as one text", "remove `one` or `delimiter`")
    } else {
        return;
    };
    diagnostics
        .push(Diagnostic::new(Code::MisplacedKey, "`one: plain` is not allowed here").at(span, label).help(help));
}

/// Whether values of a type are of that kind in JSON.
fn repeats(ty: &Type, kind: ValueKind) -> bool {
    match ty {
        Type::Text | Type::Timestamp | Type::Moment | Type::Decimal | Type::Enum(_) | Type::Choice(_) => {
            kind == ValueKind::Text
        }
        Type::Integer | Type::Number => kind == ValueKind::Number,
        Type::Boolean => kind == ValueKind::Boolean,
        Type::List(_) => kind == ValueKind::List,
        Type::Object(_) | Type::Map(_) => kind == ValueKind::Object,
        Type::Any | Type::File => false,
    }
}
