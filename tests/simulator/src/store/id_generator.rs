//! Random ids that are the same in every run with the same seed.

use fastrand::Rng;
use plivo_codegen::model::DeclaredFormat;

/// Generates ids from a seed.
#[derive(Debug)]
pub(crate) struct IdGenerator {
    random: Rng,
}

impl IdGenerator {
    /// A generator that starts with this seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self { random: Rng::with_seed(seed) }
    }

    /// A random UUID.
    pub(crate) fn uuid(&mut self) -> String {
        let bits = self.random.u128(..);
        // Version 4, variant 1 of RFC 9562.
        let bits = bits & !(0xf << 76) | (0x4 << 76);
        let bits = bits & !(0x3 << 62) | (0x2 << 62);
        let group = |shift: u32, mask: u128| (bits >> shift) & mask;
        format!(
            "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
            group(96, 0xffff_ffff),
            group(80, 0xffff),
            group(64, 0xffff),
            group(48, 0xffff),
            group(0, 0xffff_ffff_ffff),
        )
    }

    /// 32 random hexadecimal digits.
    pub(crate) fn hex(&mut self) -> String {
        format!("{:032x}", self.random.u128(..))
    }

    /// A random text of a declared format.
    pub(crate) fn formatted(&mut self, format: &DeclaredFormat) -> String {
        format.sample(&mut |count| self.random.usize(..count))
    }

    /// A random number of 14 digits.
    pub(crate) fn number(&mut self) -> i64 {
        self.random.i64(10_000_000_000_000..100_000_000_000_000)
    }
}

#[cfg(test)]
mod tests {
    use super::IdGenerator;

    #[test]
    fn the_seed_determines_the_ids() {
        let generator = IdGenerator::new;
        let (mut first, mut same_seed, mut other_seed) = (generator(7), generator(7), generator(8));
        let uuid = first.uuid();
        assert_eq!(uuid, same_seed.uuid());
        assert_ne!(uuid, other_seed.uuid());
        assert_eq!(uuid.len(), 36);
        assert_eq!(first.hex(), same_seed.hex());
    }
}
