//! Ids: how one part of the model refers to another.

/// Index into [`Model::hosts`](super::Model::hosts).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HostId(pub usize);

/// Index into [`Model::groups`](super::Model::groups).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GroupId(pub usize);

/// Index into [`Model::resources`](super::Model::resources).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ResourceId(pub usize);

/// Index into [`Model::enums`](super::Model::enums).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EnumId(pub usize);

/// Index into [`Model::choices`](super::Model::choices).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ChoiceId(pub usize);

/// Index into [`Model::objects`](super::Model::objects).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ObjectId(pub usize);

/// Index into [`Model::formats`](super::Model::formats).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormatId(pub usize);

/// Index into [`Module::sources`](super::Module::sources).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceId(pub usize);

/// The module that declares a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    /// The module of the types that resources share.
    Shared,
    /// The module of a resource.
    Resource(ResourceId),
}
