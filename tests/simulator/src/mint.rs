//! Ids and times, the same in every run with the same seed.

use fastrand::Rng;

/// The first time that is given: 2026-01-01T00:00:00Z, in microseconds since 1970.
const START: u64 = 1_767_225_600_000_000;
/// Every time is so much later than the one before, in microseconds.
const STEP: u64 = 1_000_001;
const DAY: u64 = 86_400_000_000;

/// Makes ids and times.
#[derive(Debug)]
pub(crate) struct Mint {
    random: Rng,
    now: u64,
}

impl Mint {
    /// Starts with a seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self { random: Rng::with_seed(seed), now: START }
    }

    /// A random UUID.
    pub(crate) fn uuid(&mut self) -> String {
        let bits = self.random.u128(..);
        // Version 4, variant 1, as RFC 9562 has them.
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

    /// A random number of 14 digits.
    pub(crate) fn number(&mut self) -> i64 {
        self.random.i64(10_000_000_000_000..100_000_000_000_000)
    }

    /// A point in time, later than all before it, as in `2026-01-01T00:00:01.000001Z`.
    pub(crate) fn time(&mut self) -> String {
        self.now += STEP;
        let (year, month, day) = date(self.now / DAY);
        let micros = self.now % DAY;
        let seconds = micros / 1_000_000;
        format!(
            "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}.{:06}Z",
            seconds / 3600,
            seconds / 60 % 60,
            seconds % 60,
            micros % 1_000_000,
        )
    }
}

/// The date so many days after 1970-01-01, in the Gregorian calendar.
///
/// Years are counted from March, so that the leap day is the last of its year; a cycle of 400 years
/// has 146,097 days.
fn date(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let (cycle, of_cycle) = (days / 146_097, days % 146_097);
    let year_of_cycle = (of_cycle - of_cycle / 1460 + of_cycle / 36_524 - of_cycle / 146_096) / 365;
    let of_year = of_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = cycle * 400 + year_of_cycle + u64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::{Mint, date};

    #[test]
    fn dates_are_gregorian() {
        assert_eq!(date(0), (1970, 1, 1));
        assert_eq!(date(11_016), (2000, 2, 29));
        assert_eq!(date(20_454), (2026, 1, 1));
        assert_eq!(date(47_540), (2100, 2, 28));
        assert_eq!(date(47_541), (2100, 3, 1));
    }

    #[test]
    fn a_seed_decides_everything() {
        let (mut one, mut same, mut other) = (Mint::new(7), Mint::new(7), Mint::new(8));
        let first = one.uuid();
        assert_eq!(first, same.uuid());
        assert_ne!(first, other.uuid());
        assert_eq!(first.len(), 36);
        assert_eq!(one.hex(), same.hex());
        assert_eq!(one.time(), "2026-01-01T00:00:01.000001Z");
        assert_eq!(one.time(), "2026-01-01T00:00:02.000002Z");
    }
}
