//! Ids: what one part of the model is called in another.

/// Names one of [`Model::hosts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HostId(pub usize);

/// Names one of [`Model::resources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResourceId(pub usize);

/// Names one of [`Model::enums`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EnumId(pub usize);

/// Names one of [`Model::objects`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ObjectId(pub usize);

/// Names one of [`Module::sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourceId(pub usize);

/// The file of the spec, and of the client, that a type stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// That of the types that resources share.
    Shared,
    /// That of a resource.
    Resource(ResourceId),
}
