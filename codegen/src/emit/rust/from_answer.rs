//! `from_answer`: the update of a stored object, from the answer that shows the object.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::emit_own_doc;
use super::module::ClientModule;
use super::types::ident;
use crate::emit::words;
use crate::model::{Collection, Does, Field, Location, Model, Object, ObjectId, Operation, Presence, Type};
use crate::text::article;

/// The method, if the operation updates a stored object. `None`: an update of nothing that the answer shows would have
/// no field.
pub(super) fn emit_from_answer(file: ClientModule<'_>, operation: &Operation) -> Option<TokenStream> {
    let collection = file.resource()?.collection.as_ref().filter(|_| operation.does == Does::Update)?;
    let (request, answer) = (&file.model[operation.request], &file.model[collection.object]);
    let (in_path, sent): (Vec<_>, Vec<_>) = sent_fields(request)
        .filter_map(|field| Some((field, shown(answer, field)?)))
        .partition(|(field, _)| is_in_path(field));
    let (copied, left_out): (Vec<_>, Vec<_>) =
        sent.into_iter().partition(|(field, shown)| Rebuild::new(file.model).is_whole(&field.ty, &shown.ty));
    copied.first()?;
    let chosen_id = emit_chosen_id(file, operation, collection);
    let id = if !in_path.is_empty() || chosen_id.is_some() { ", including the id in the path" } else { "" };
    let left_out: Vec<_> = left_out.into_iter().map(|(field, _)| field.name.as_str()).collect();
    let not_copied = words::not_copied(&left_out).map(|sentence| sentence + " ").unwrap_or_default();
    let doc = emit_own_doc(&format!(
        "Copies the fields that this request has in common with {} [`{}`]{id}. Empty strings are left out. {not_copied}\
         A stored value can be one that requests refuse; [`validate`](Self::validate) reports it.",
        article(&answer.name),
        answer.name
    ));
    let answer = ident(&answer.name);
    let empty = match chosen_id {
        Some(id) => quote!(Self { #id, ..Self::draft() }),
        None => quote!(Self::draft()),
    };
    Some(quote! {
        #doc
        #[inline]
        pub fn from_answer(answer: &#answer) -> Self {
            schema::copy_common_fields(answer, #empty, &[#(#left_out),*])
        }
    })
}

fn sent_fields(object: &Object) -> impl Iterator<Item = &Field> {
    object.fields.iter().filter(|field| field.presence != Presence::AnswerOnly)
}

fn is_in_path(field: &Field) -> bool {
    field.location == Location::Path
}

/// The field of an answer that shows a field of a request.
fn shown<'m>(answer: &'m Object, sent: &Field) -> Option<&'m Field> {
    answer.fields.iter().find(|field| field.name == sent.name)
}

/// Decides whether answers show all that a value of a request can have. An update replaces a list, a map and an object
/// as a whole, so a copy without a part would remove this part.
struct Rebuild<'m> {
    model: &'m Model,
    /// The objects of the request and the answer that are compared already. An object can contain itself.
    compared: Vec<(ObjectId, ObjectId)>,
}

impl<'m> Rebuild<'m> {
    fn new(model: &'m Model) -> Self {
        Self { model, compared: Vec::new() }
    }

    fn is_whole(&mut self, sent: &Type, shown: &Type) -> bool {
        match (sent, shown) {
            (Type::File, _) => false,
            (Type::Object(sent), Type::Object(shown)) => self.is_whole_object(*sent, *shown),
            (Type::List(sent), Type::List(shown)) | (Type::Map(sent), Type::Map(shown)) => self.is_whole(sent, shown),
            _ => is_text(sent) && is_text(shown) || sent == shown,
        }
    }

    fn is_whole_object(&mut self, sent: ObjectId, shown_by: ObjectId) -> bool {
        if self.compared.contains(&(sent, shown_by)) {
            return true;
        }
        self.compared.push((sent, shown_by));
        let answer = &self.model[shown_by];
        sent_fields(&self.model[sent])
            .all(|field| shown(answer, field).is_some_and(|shown| self.is_whole(&field.ty, &shown.ty)))
    }
}

/// Whether values of this type are texts in Rust.
fn is_text(ty: &Type) -> bool {
    match ty {
        Type::Text | Type::Timestamp | Type::Moment | Type::Decimal | Type::Enum(_) => true,
        Type::Integer
        | Type::Number
        | Type::Boolean
        | Type::Any
        | Type::File
        | Type::Choice(_)
        | Type::Object(_)
        | Type::List(_)
        | Type::Map(_) => false,
    }
}

/// The id in the path, if it has several forms and one of them holds the id of the answer.
fn emit_chosen_id(file: ClientModule<'_>, operation: &Operation, collection: &Collection) -> Option<TokenStream> {
    let (model, id) = (file.model, collection.id.as_ref()?);
    let in_path = model[operation.request].fields.iter().filter(|field| field.location == Location::Path);
    let (field, choice, form) = in_path
        .filter_map(|field| {
            let Type::Choice(choice) = field.ty else { return None };
            Some((ident(&field.ident), ident(&model[choice].name), ident(&model[choice].form_of(id)?.method)))
        })
        .next()?;
    let id = model[collection.object].fields.iter().find(|field| field.name == *id && field.ty == Type::Text)?;
    let name = ident(&id.ident);
    Some(match id.presence {
        Presence::Always(_) => quote!(#field: Some(#choice::#form(&*answer.#name))),
        Presence::Required(_) | Presence::Optional | Presence::AnswerOnly => {
            quote!(#field: answer.#name.as_deref().map(#choice::#form))
        }
    })
}
