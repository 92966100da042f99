//! Whether something is the same everywhere, in 64 bits.

use crate::kernel::real::Real;

/// A hash of what it has been shown, in order.
///
/// Each step is a bijection of the state, so that one number that differs always shows, and the shift carries what differs in the high bits
/// down again, so that two signs that differ do not cancel. It tells mistakes, not attacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// Of nothing.
    pub fn new() -> Self {
        Fingerprint(0xcbf2_9ce4_8422_2325)
    }

    /// And of 64 bits.
    pub fn bits(self, bits: u64) -> Self {
        let mixed = (self.0 ^ bits).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        Fingerprint(mixed ^ (mixed >> 32))
    }

    /// And of a text.
    pub fn text(self, text: &str) -> Self {
        text.bytes().fold(self, |hash, byte| hash.bits(u64::from(byte))).bits(u64::MAX)
    }

    /// And of numbers, each by its bits.
    pub fn numbers<T: Real>(self, numbers: &[T]) -> Self {
        numbers.iter().fold(self, |hash, number| hash.bits(number.to_f64().to_bits()))
    }

    /// Its four parts of 16 bits: numbers whose squares a great many may be added of without rounding.
    pub fn parts(self) -> [u64; 4] {
        [0, 16, 32, 48].map(|shift| (self.0 >> shift) & 0xffff)
    }
}

#[cfg(test)]
mod tests {
    use super::Fingerprint;

    #[test]
    fn what_differs_shows() {
        let of = |numbers: &[f32]| Fingerprint::new().numbers(numbers);
        assert_eq!(of(&[1.0, 2.0]), of(&[1.0, 2.0]));
        let others: [&[f32]; 5] = [&[2.0, 1.0], &[-1.0, -2.0], &[1.0], &[1.0, 2.000_000_2], &[]];
        for other in others {
            assert_ne!(of(&[1.0, 2.0]), of(other), "{other:?}");
        }
        assert_ne!(of(&[0.0]), of(&[-0.0]));
        assert_ne!(
            Fingerprint::new().text("ab").text("c"),
            Fingerprint::new().text("a").text("bc")
        );
    }

    #[test]
    fn parts_are_all_of_it() {
        let hash = Fingerprint::new().text("all of it");
        let whole = hash.parts().iter().rev().fold(0, |whole, part| whole << 16 | part);
        assert_eq!(whole, hash.0);
    }
}
