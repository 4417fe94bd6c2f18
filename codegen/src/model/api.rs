//! The API as a whole: hosts, authentication, modules and resources.

use std::ops::Index;

use super::choice::Choice;
use super::facts::Source;
use super::format::{DeclaredFormat, Format};
use super::ids::{ChoiceId, EnumId, FormatId, GroupId, HostId, ObjectId, Owner, ResourceId, SourceId};
use super::operation::{Answer, DeferralKeys, Example, Operation};
use super::sdk::Sdk;
use super::states::States;
use super::types::{Enum, Field, Object};

/// The whole API.
#[derive(Clone, Debug)]
pub struct Model {
    /// The name of the API, such as `Plivo`.
    pub name: String,
    /// What it is, in Markdown.
    pub summary: String,
    /// The servers. An operation names one of them.
    pub hosts: Vec<Host>,
    /// The groups of resources, in the order of the file.
    pub groups: Vec<Group>,
    /// How callers authenticate.
    pub auth: Auth,
    /// Where response bodies have error messages.
    pub errors: Errors,
    /// The query parameters of pages.
    pub pages: Pages,
    /// How requests defer their result, if they can.
    pub deferral: Option<Deferral>,
    /// The formats that the spec declares.
    pub formats: Vec<DeclaredFormat>,
    /// How queries carry points in time, if they do.
    pub moments: Option<Moments>,
    /// The file of what resources share, if there is one.
    pub shared: Option<Module>,
    /// The resources, ordered by name.
    pub resources: Vec<Resource>,
    /// The official SDKs, ordered by name.
    pub sdks: Vec<Sdk>,
    /// Every enumeration of every file.
    pub enums: Vec<Enum>,
    /// Every choice of every file.
    pub choices: Vec<Choice>,
    /// Every object of every file: requests, their parts and answers.
    pub objects: Vec<Object>,
}

impl Model {
    /// The resources that contain this one, each as [`Parent`], the outermost first.
    pub fn parents<'m>(&'m self, resource: &'m Resource) -> Vec<&'m Parent> {
        let mut parents = Vec::new();
        let mut inner = resource;
        // A spec is refused if a resource contains itself; the limit keeps this safe all the same.
        while let Some(parent) = inner.parent.as_ref().filter(|_| parents.len() < self.resources.len()) {
            parents.insert(0, parent);
            inner = &self[parent.resource];
        }
        parents
    }

    /// The values that a request can have: its fields, and the keys that defer its result.
    pub fn request_fields<'m>(&'m self, operation: &'m Operation) -> impl Iterator<Item = &'m Field> + Clone {
        self[operation.request].fields.iter().chain(operation.deferral.iter().flat_map(DeferralKeys::fields))
    }

    /// The objects that a module declares.
    pub fn objects_of(&self, owner: Owner) -> &[Object] {
        of_owner(&self.objects, owner, |object| object.owner)
    }

    /// The enumerations that a module declares.
    pub fn enums_of(&self, owner: Owner) -> &[Enum] {
        of_owner(&self.enums, owner, |listed| listed.owner)
    }

    /// The choices that a module declares.
    pub fn choices_of(&self, owner: Owner) -> &[Choice] {
        of_owner(&self.choices, owner, |choice| choice.owner)
    }

    /// The module that declares a type.
    pub fn module(&self, owner: Owner) -> Option<&Module> {
        match owner {
            Owner::Shared => self.shared.as_ref(),
            Owner::Resource(id) => self.resources.get(id.0).map(|resource| &resource.module),
        }
    }
}

/// The types of one module, which follow each other: the modules are resolved one after the other.
fn of_owner<T>(types: &[T], owner: Owner, owner_of: fn(&T) -> Owner) -> &[T] {
    let start = types.partition_point(|ty| owner_of(ty) < owner);
    let end = types.partition_point(|ty| owner_of(ty) <= owner);
    &types[start..end]
}

/// A server.
#[derive(Clone, Debug)]
pub struct Host {
    /// Its name in the spec.
    pub name: String,
    /// Scheme and authority, as in `https://api.plivo.com`.
    pub url: String,
    /// What it serves.
    pub summary: String,
}

/// Resources that belong together. One feature enables them all.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its name, which is also that of the feature, such as `messaging`.
    pub name: String,
    /// What its resources are, in Markdown.
    pub summary: String,
}

/// HTTP Basic authentication with the account's id and token.
#[derive(Clone, Debug)]
pub struct Auth {
    /// The field that holds the account's id where an answer shows the account, as in `auth_id`.
    pub account: String,
    /// The environment variable that holds the account's id.
    pub id_variable: String,
    /// The environment variable that holds the token.
    pub token_variable: String,
    /// How they are used, in Markdown.
    pub summary: String,
}

/// Where the body of a response has an error message. A dot leads into an object.
#[derive(Clone, Debug)]
pub struct Errors {
    /// The key whose value, if not empty, marks any response as an error, whatever its status.
    pub refusal: String,
    /// The keys of the message, the most likely one first.
    pub messages: Vec<String>,
    /// How failures are reported, in Markdown.
    pub summary: String,
}

/// The query parameters of lists.
#[derive(Clone, Debug)]
pub struct Pages {
    /// The parameter for the maximum number of items on a page.
    pub limit: String,
    /// The parameter for the number of items before the page.
    pub offset: String,
    /// The parameter for the cursor of the page, if the API has cursors.
    pub cursor: Option<String>,
    /// How lists are read, in Markdown.
    pub summary: String,
}

/// How a request defers its result. Operations that can do so have [`DeferralKeys`].
#[derive(Clone, Debug)]
pub struct Deferral {
    /// The key of the URL that receives the result.
    pub url: String,
    /// The key of the method of the request to that URL.
    pub method: String,
    /// The answer to a request with that URL.
    pub answer: Answer,
    /// How results are deferred, in Markdown.
    pub summary: String,
}

/// How queries carry points in time.
#[derive(Clone, Debug)]
pub struct Moments {
    /// The form of the string.
    pub format: Format,
}

/// One file of the spec, and one module of the client.
#[derive(Clone, Debug)]
pub struct Module {
    /// The Rust name of the module.
    pub ident: String,
    /// The spec file, such as `spec/resources/profile.yaml`.
    pub file: String,
    /// What it is, in Markdown.
    pub summary: String,
    /// The sources of its facts.
    pub sources: Vec<Source>,
}

/// One resource: a module, a feature and a method of the client.
#[derive(Clone, Debug)]
pub struct Resource {
    /// Its name, which is also that of the feature, such as `profile`.
    pub name: String,
    /// Its file.
    pub module: Module,
    /// What one of its objects is called in prose, such as `profile`.
    pub singular: String,
    /// Its plural in prose, such as `profiles`.
    pub plural: String,
    /// The Rust type with its operations, such as `Profiles`.
    pub handle: String,
    /// The method of the parent's handle that returns it, such as `profiles`.
    pub method: String,
    /// The objects that contain this resource, if it is inside of another.
    pub parent: Option<Parent>,
    /// The group that it belongs to, if any.
    pub group: Option<GroupId>,
    /// The stored objects, if the resource is a collection of them.
    pub collection: Option<Collection>,
    /// The operations, in the order of the file.
    pub operations: Vec<Operation>,
    /// The documented requests.
    pub examples: Vec<Example>,
}

/// The stored objects of a resource, on which its operations work.
#[derive(Clone, Debug)]
pub struct Collection {
    /// The answer type that shows a stored object in full.
    pub object: ObjectId,
    /// The wire name of the field that identifies it. `None`: there is one object, which exists from the start.
    pub id: Option<String>,
    /// How the objects move from state to state, if they do.
    pub states: Option<States>,
}

/// The resource whose objects contain the objects of another.
#[derive(Clone, Debug)]
pub struct Parent {
    /// The containing resource.
    pub resource: ResourceId,
    /// The path parameter that names the containing object: its id, or another field of it.
    pub key: String,
    /// Whether creating an object also makes the containing one.
    pub is_made: bool,
}

impl Index<ResourceId> for Model {
    type Output = Resource;
    fn index(&self, id: ResourceId) -> &Resource {
        &self.resources[id.0]
    }
}

impl Index<GroupId> for Model {
    type Output = Group;
    fn index(&self, id: GroupId) -> &Group {
        &self.groups[id.0]
    }
}

impl Index<HostId> for Model {
    type Output = Host;
    fn index(&self, id: HostId) -> &Host {
        &self.hosts[id.0]
    }
}

impl Index<FormatId> for Model {
    type Output = DeclaredFormat;
    fn index(&self, id: FormatId) -> &DeclaredFormat {
        &self.formats[id.0]
    }
}

impl Index<EnumId> for Model {
    type Output = Enum;
    fn index(&self, id: EnumId) -> &Enum {
        &self.enums[id.0]
    }
}

impl Index<ChoiceId> for Model {
    type Output = Choice;
    fn index(&self, id: ChoiceId) -> &Choice {
        &self.choices[id.0]
    }
}

impl Index<ObjectId> for Model {
    type Output = Object;
    fn index(&self, id: ObjectId) -> &Object {
        &self.objects[id.0]
    }
}

impl Index<SourceId> for Module {
    type Output = Source;
    fn index(&self, id: SourceId) -> &Source {
        &self.sources[id.0]
    }
}
