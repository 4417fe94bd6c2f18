//! The project's directory.

use std::path::{Path, PathBuf};

use crate::BoxError;

/// The manifest of the client, relative to the root.
pub(crate) const CLIENT_MANIFEST: &str = "generated-client/Cargo.toml";

/// The project that the commands run on.
pub(crate) struct Project {
    root: PathBuf,
}

impl Project {
    /// Finds the root: the parent of the package that cargo runs, or without cargo the current directory.
    pub(crate) fn find() -> Result<Self, BoxError> {
        let package = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        let root = package.as_deref().and_then(Path::parent).map(Path::to_path_buf);
        let root = root.map_or_else(std::env::current_dir, Ok);
        let root = root.map_err(|error| format!("the current directory: {error}"))?;
        if !root.join("spec").is_dir() {
            let message = format!("{}: no directory `spec`; run `cargo xtask` inside the project", root.display());
            return Err(message.into());
        }
        Ok(Self { root })
    }

    #[cfg(test)]
    pub(crate) fn at(root: &Path) -> Self {
        Self { root: root.to_path_buf() }
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The absolute path of a file or directory, which is given relative to the root.
    pub(crate) fn path(&self, relative: impl AsRef<Path>) -> PathBuf {
        self.root.join(relative)
    }

    pub(crate) fn spec(&self) -> PathBuf {
        self.path("spec")
    }
}
