//! Bounds the memory of the stored objects.

use super::Store;
use serde::Serialize;
use std::io::{self, Write};

/// The maximum size of all objects, in bytes of JSON.
pub(crate) const MAX_BYTES: usize = 64 * 1024 * 1024;

/// An upper bound of the size of the stored objects.
#[derive(Debug, Default)]
pub(super) struct Room {
    /// The size of all objects when it was last measured.
    measured: usize,
    /// What was reserved since then.
    reserved: usize,
}

impl Store {
    /// Reserves room for new or changed objects of this size in JSON. Returns whether there is enough.
    pub(crate) fn reserve(&mut self, bytes: usize) -> bool {
        if !self.room.fits(bytes) {
            // Objects were removed since the last time, or replaced by smaller ones.
            let sizes = self.collections.values().flat_map(|entries| entries.objects.values()).map(json_size);
            self.room = Room { measured: sizes.sum(), reserved: 0 };
        }
        let fits = self.room.fits(bytes);
        if fits {
            self.room.reserved += bytes;
        }
        fits
    }
}

impl Room {
    fn fits(&self, bytes: usize) -> bool {
        self.measured.saturating_add(self.reserved).saturating_add(bytes) <= MAX_BYTES
    }
}

/// The size of a value in bytes of JSON.
pub(crate) fn json_size(value: &impl Serialize) -> usize {
    let mut count = Count(0);
    // Counting cannot fail, nor can the serialization of JSON values.
    let _ = serde_json::to_writer(&mut count, value);
    count.0
}

/// Counts the bytes that are written to it.
struct Count(usize);

impl Write for Count {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
