//! File operations whose errors name the file.

use std::fmt::Display;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::BoxError;

/// Reads a text file.
pub(crate) fn read(path: &Path) -> Result<String, BoxError> {
    fs::read_to_string(path).map_err(|error| at(path, error))
}

/// Reads a file that may be missing.
pub(crate) fn read_if_present(path: &Path) -> Result<Option<Vec<u8>>, BoxError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(at(path, error)),
    }
}

/// Writes a file and creates its directory. A reader sees the old text or the new one, never a part.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), BoxError> {
    create_parent(path)?;
    let temporary = path.with_extension("new");
    fs::write(&temporary, text).map_err(|error| at(&temporary, error))?;
    fs::rename(&temporary, path).map_err(|error| at(path, error))
}

/// Copies a file of any kind and creates the directory of the copy.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<(), BoxError> {
    create_parent(to)?;
    fs::copy(from, to).map(drop).map_err(|error| at(from, error))
}

pub(crate) fn remove(path: &Path) -> Result<(), BoxError> {
    fs::remove_file(path).map_err(|error| at(path, error))
}

/// Lists all files below a directory, relative to `root`. A directory that is missing has none.
pub(crate) fn list(root: &Path, directory: &Path) -> Result<Vec<PathBuf>, BoxError> {
    let absolute = root.join(directory);
    let mut files = Vec::new();
    if !absolute.exists() {
        return Ok(files);
    }
    for entry in fs::read_dir(&absolute).map_err(|error| at(&absolute, error))? {
        let path = directory.join(entry.map_err(|error| at(&absolute, error))?.file_name());
        if root.join(&path).is_dir() { files.extend(list(root, &path)?) } else { files.push(path) }
    }
    Ok(files)
}

fn create_parent(path: &Path) -> Result<(), BoxError> {
    path.parent().map_or(Ok(()), |parent| fs::create_dir_all(parent).map_err(|error| at(parent, error)))
}

/// The message of an error that concerns a path.
fn at(path: &Path, error: impl Display) -> BoxError {
    format!("{}: {error}", path.display()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_written_listed_read_copied_and_removed() {
        let directory = tempfile::tempdir().unwrap();
        let root = directory.path();
        let file = Path::new("a").join("b.txt");
        assert_eq!(list(root, Path::new("a")).unwrap(), [] as [PathBuf; 0]);
        assert_eq!(read_if_present(&root.join(&file)).unwrap(), None);
        write(&root.join(&file), "text").unwrap();
        assert_eq!(list(root, Path::new("a")).unwrap(), [file.as_path()]);
        assert_eq!(read(&root.join(&file)).unwrap(), "text");
        assert_eq!(read_if_present(&root.join(&file)).unwrap(), Some(b"text".to_vec()));
        copy(&root.join(&file), &root.join("c/d.txt")).unwrap();
        assert_eq!(read(&root.join("c/d.txt")).unwrap(), "text");
        remove(&root.join(&file)).unwrap();
        assert_eq!(list(root, Path::new("a")).unwrap(), [] as [PathBuf; 0]);
    }

    #[test]
    fn errors_name_the_file() {
        let directory = tempfile::tempdir().unwrap();
        let missing = directory.path().join("missing.txt");
        let start = format!("{}: ", missing.display());
        assert!(read(&missing).unwrap_err().to_string().starts_with(&start));
        assert!(remove(&missing).unwrap_err().to_string().starts_with(&start));
        assert!(read_if_present(directory.path()).is_err());
    }
}
