//! Where things stand in the project.

use std::io;
use std::path::{Path, PathBuf};

/// The project's directory.
pub(crate) struct Project {
    root: PathBuf,
}

impl Project {
    /// The project that cargo runs this program for, or the one in the current directory.
    pub(crate) fn find() -> io::Result<Self> {
        let manifest = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        let root = manifest.as_deref().and_then(Path::parent).map(Path::to_path_buf);
        let root = root.map_or_else(std::env::current_dir, Ok)?;
        if !root.join("spec").is_dir() {
            let message =
                format!("no directory `spec` in {}: run this as `cargo xtask` inside the project", root.display());
            return Err(io::Error::new(io::ErrorKind::NotFound, message));
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

    pub(crate) fn spec(&self) -> PathBuf {
        self.root.join("spec")
    }

    pub(crate) fn resources(&self) -> PathBuf {
        self.root.join("generated-client/src/resources")
    }

    pub(crate) fn client_manifest(&self) -> PathBuf {
        self.root.join("generated-client/Cargo.toml")
    }
}
