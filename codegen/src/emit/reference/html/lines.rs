//! Positions in the spec as numbers of lines.

use crate::model::Position;
use crate::spec_file::SpecFile;

/// Where the lines of each file begin.
pub(super) struct Lines<'f> {
    files: Vec<(&'f str, Vec<usize>)>,
}

impl<'f> Lines<'f> {
    pub(super) fn new(files: &'f [SpecFile]) -> Self {
        let starts = |text: &str| text.match_indices('\n').map(|(at, _)| at + 1).collect();
        Self { files: files.iter().map(|file| (file.path.as_str(), starts(&file.text))).collect() }
    }

    /// The file of a position, and the number of its line.
    pub(super) fn find(&self, position: Position) -> Option<(&'f str, usize)> {
        let (path, starts) = self.files.get(position.file)?;
        Some((path, starts.partition_point(|start| *start <= position.byte) + 1))
    }
}
