//! Against one comparison after another.

use super::{maximum, minimum};
use crate::kernel::arch::{Isa, Kernel, on_every_isa};

#[derive(Clone, Copy)]
struct Both<'a>(&'a [f64]);

impl Kernel for Both<'_> {
    type Output = [f64; 2];

    #[inline(always)]
    fn run<I: Isa>(self, isa: I) -> [f64; 2] {
        [minimum(isa, self.0), maximum(isa, self.0)]
    }
}

#[test]
fn any_number_of_values_has_its_extrema() {
    for count in [0, 1, 7, 31, 32, 33, 100, 1000] {
        let values: Vec<f64> = (0..count).map(|k| (f64::from(k) * 1.7).sin()).collect();
        let smallest = values.iter().copied().fold(f64::INFINITY, f64::min);
        let largest = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        for (isa, found) in on_every_isa(&Both(&values)) {
            assert_eq!(found, [smallest, largest], "{isa}, {count}");
        }
    }
}

#[test]
fn a_value_that_is_not_a_number_is_not_lost() {
    for place in [0, 5, 40, 69] {
        let mut values = [1.0; 70];
        values[place] = f64::NAN;
        for (isa, found) in on_every_isa(&Both(&values)) {
            assert!(found.iter().all(|value| value.is_nan()), "{isa}, {place}");
        }
    }
}
