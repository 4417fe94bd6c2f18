//! File operations whose errors name the file.

use std::fmt::Display;
use std::fs::{self, File, FileType};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::BoxError;

/// Reads a text file.
pub(crate) fn read(path: &Path) -> Result<String, BoxError> {
    fs::read_to_string(path).map_err(|error| at(path, error))
}

/// Reads a file of the project, which may be missing.
///
/// Refuses a symbolic link, also one on the way to the file: it can lead out of the project. Refuses anything else that
/// is no regular file: reading it may never end.
pub(crate) fn read_if_present(root: &Path, relative: &Path) -> Result<Option<Vec<u8>>, BoxError> {
    let mut path = root.to_path_buf();
    let mut is_file = false;
    for component in relative.components() {
        path.push(component);
        let metadata = fs::symlink_metadata(&path);
        let Some(metadata) = if_present(metadata, &path)? else { return Ok(None) };
        refuse_link(&path, metadata.file_type())?;
        is_file = metadata.is_file();
    }
    // Asked again, the answer could be that of a file which another program has removed since.
    if !is_file {
        return Err(at(&path, "not a regular file"));
    }
    if_present(fs::read(&path), &path)
}

/// The result of a file operation. `None`: there is no such file.
fn if_present<T>(result: io::Result<T>, path: &Path) -> Result<Option<T>, BoxError> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        result => result.map(Some).map_err(|error| at(path, error)),
    }
}

/// Writes a file and creates its directory. A reader sees the old text or the new one, never a part, also if several
/// programs write the file at the same time.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), BoxError> {
    create_parent(path)?;
    let (temporary, mut file) = create_temporary(path)?;
    let written = file.write_all(text.as_bytes());
    let written = written.and_then(|()| file.sync_all()).and_then(|()| fs::rename(&temporary, path));
    written.map_err(|error| {
        // If this fails too, the first error says why.
        let _ = fs::remove_file(&temporary);
        at(path, error)
    })
}

/// Creates a hidden file beside a path, which did not exist before and which no other program writes.
fn create_temporary(path: &Path) -> Result<(PathBuf, File), BoxError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut number = 0_u32;
    loop {
        let temporary = path.with_file_name(format!(".{name}.{}-{number}.new", std::process::id()));
        match File::create_new(&temporary) {
            Ok(file) => return Ok((temporary, file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
            Err(error) => return Err(at(&temporary, error)),
        }
    }
}

/// Copies a file of any kind and creates the directory of the copy.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<(), BoxError> {
    create_parent(to)?;
    fs::copy(from, to).map(drop).map_err(|error| at(from, error))
}

/// Removes a file. Another program may already have removed it.
pub(crate) fn remove(path: &Path) -> Result<(), BoxError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(at(path, error)),
        _ => Ok(()),
    }
}

/// Lists all regular files below a directory, relative to `root`. A directory that is missing has none. Hidden files
/// belong to editors and to programs that are writing, and are left out. A symbolic link is an error.
pub(crate) fn list(root: &Path, directory: &Path) -> Result<Vec<PathBuf>, BoxError> {
    let absolute = root.join(directory);
    let entries = match fs::read_dir(&absolute) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(|error| at(&absolute, error))?,
    };
    let mut files = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| at(&absolute, error))?;
        let name = entry.file_name();
        if name.as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let (path, kind) = (directory.join(name), entry.file_type().map_err(|error| at(&entry.path(), error))?);
        refuse_link(&entry.path(), kind)?;
        if kind.is_dir() {
            files.extend(list(root, &path)?);
        } else if kind.is_file() {
            files.push(path);
        }
    }
    Ok(files)
}

fn refuse_link(path: &Path, kind: FileType) -> Result<(), BoxError> {
    let refused = "a symbolic link, which can lead out of the project; replace it by a file or a directory";
    if kind.is_symlink() { Err(at(path, refused)) } else { Ok(()) }
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
        assert_eq!(read_if_present(root, &file).unwrap(), None);
        write(&root.join(&file), "text").unwrap();
        assert_eq!(list(root, Path::new("a")).unwrap(), [file.as_path()]);
        assert_eq!(read(&root.join(&file)).unwrap(), "text");
        assert_eq!(read_if_present(root, &file).unwrap(), Some(b"text".to_vec()));
        copy(&root.join(&file), &root.join("c/d.txt")).unwrap();
        assert_eq!(read(&root.join("c/d.txt")).unwrap(), "text");
        remove(&root.join(&file)).unwrap();
        assert_eq!(list(root, Path::new("a")).unwrap(), [] as [PathBuf; 0]);
        remove(&root.join(&file)).unwrap();
    }

    #[test]
    fn a_file_is_written_beside_the_files_of_others() {
        let directory = tempfile::tempdir().unwrap();
        let root = directory.path();
        let temporary = format!(".a.txt.{}-0.new", std::process::id());
        for name in ["a.new", &temporary] {
            fs::write(root.join(name), "of another program").unwrap();
        }
        write(&root.join("a.txt"), "text").unwrap();
        for name in ["a.new", &temporary] {
            assert_eq!(fs::read_to_string(root.join(name)).unwrap(), "of another program");
        }
        assert_eq!(fs::read_dir(root).unwrap().count(), 3);
    }

    #[test]
    fn a_file_that_cannot_be_written_leaves_no_temporary_file() {
        let directory = tempfile::tempdir().unwrap();
        let target = directory.path().join("a");
        fs::create_dir_all(target.join("not empty")).unwrap();
        let error = write(&target, "text").unwrap_err().to_string();
        assert!(error.starts_with(&format!("{}: ", target.display())), "{error}");
        assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1);
    }

    #[test]
    fn errors_name_the_file() {
        let directory = tempfile::tempdir().unwrap();
        let missing = directory.path().join("missing.txt");
        let start = format!("{}: ", missing.display());
        assert!(read(&missing).unwrap_err().to_string().starts_with(&start));
        let error = read_if_present(directory.path(), Path::new("")).unwrap_err().to_string();
        assert!(error.ends_with(": not a regular file"), "{error}");
    }
}
