//! The files of a spec.

/// One file of the spec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpecFile {
    /// Its path from the root of the project, with `/` between the parts.
    pub path: String,
    /// Its text.
    pub text: String,
}

impl SpecFile {
    /// A file from its path and text.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: path.into(), text: text.into() }
    }

    /// The file name without `.yaml`.
    pub(crate) fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or(&self.path);
        name.strip_suffix(".yaml").unwrap_or(name)
    }

    pub(crate) fn is_resource(&self) -> bool {
        self.path.contains("/resources/")
    }

    /// Whether it has the examples of a resource.
    pub(crate) fn is_examples(&self) -> bool {
        self.path.contains("/examples/")
    }

    /// Whether it describes an official client.
    pub(crate) fn is_sdk(&self) -> bool {
        self.path.contains("/sdks/")
    }

    /// Whether it holds the types that resources share.
    pub(crate) fn is_shared(&self) -> bool {
        !self.is_resource() && !self.is_examples() && !self.is_sdk() && self.stem() == "types"
    }

    /// Whether it names the API.
    pub(crate) fn is_api(&self) -> bool {
        !self.is_resource() && !self.is_examples() && !self.is_sdk() && !self.is_shared()
    }
}
