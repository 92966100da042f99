//! What is certain about polynomials of extents, each of which is at least 1.

use std::collections::BTreeMap;

use super::{Dim, Monomial, Polynomial};

/// Quotients are bounded one after the other; no formula has more.
const MOST_QUOTIENTS: usize = 8;
/// Products of more extents than this are not looked into.
const HIGHEST_DEGREE: usize = 10;

impl Polynomial {
    /// Whether it is 0 or more for certain, whatever the dimensions are.
    ///
    /// With every dimension written as `1 + e`, `e ≥ 0`, it is enough that no coefficient is negative. `k·⌊p/k⌋` lies between `p − k + 1`
    /// and `p`. `false` says that this proves nothing.
    ///
    /// # Examples
    /// ```
    /// use chainrule_compiler::ir::{Dim, Polynomial};
    ///
    /// let (t, k) = (Dim::named("T"), Dim::named("K"));
    /// let product = Polynomial::product([&t, &k]);
    /// assert!(product.plus(&Polynomial::from(&t).scaled(-1)).is_nonnegative());
    /// assert!(!Polynomial::from(&t).plus(&Polynomial::from(&k).scaled(-1)).is_nonnegative());
    /// let half = Polynomial::from(&t).quotient(2);
    /// assert!(Polynomial::from(&t).plus(&half.scaled(-2)).is_nonnegative());
    /// ```
    pub fn is_nonnegative(&self) -> bool {
        is_nonnegative(self, MOST_QUOTIENTS)
    }

    /// Whether it is 1 or more for certain.
    pub fn is_positive(&self) -> bool {
        self.plus(&Polynomial::constant(-1)).is_nonnegative()
    }
}

fn is_nonnegative(polynomial: &Polynomial, quotients: usize) -> bool {
    if no_coefficient_is_negative(polynomial) {
        return true;
    }
    let factors = polynomial.terms().flat_map(|(monomial, _)| monomial);
    let Some(quotient) = factors.filter(|factor| matches!(factor, Dim::Quotient(..))).max() else {
        return false;
    };
    quotients > 0
        && bounded(polynomial, quotient).is_some_and(|bound| is_nonnegative(&bound, quotients - 1))
}

/// Below `divisor·polynomial`, without the quotient.
fn bounded(polynomial: &Polynomial, quotient: &Dim) -> Option<Polynomial> {
    let Dim::Quotient(above, divisor) = quotient else { return None };
    let divisor = i64::try_from(*divisor).ok()?;
    let least = above.plus(&Polynomial::constant(1 - divisor));
    let mut bound = Polynomial::default();
    for (monomial, coefficient) in polynomial.terms() {
        let mut others: Monomial = monomial.clone();
        let place = others.iter().position(|factor| factor == quotient);
        let term = match place {
            None => Polynomial::product(&others).scaled(coefficient.checked_mul(divisor)?),
            Some(place) => {
                others.remove(place);
                let extreme = if coefficient < 0 { &**above } else { &least };
                Polynomial::product(&others).scaled(coefficient).times(extreme)
            }
        };
        bound = bound.plus(&term);
    }
    Some(bound)
}

/// Whether all coefficients are 0 or more once each dimension is `1 + e`; a quotient is only known not to be negative.
fn no_coefficient_is_negative(polynomial: &Polynomial) -> bool {
    let mut coefficients: BTreeMap<Vec<&Dim>, i128> = BTreeMap::new();
    for (monomial, coefficient) in polynomial.terms() {
        if monomial.len() > HIGHEST_DEGREE || coefficient.unsigned_abs() > 1 << 52 {
            return false;
        }
        for subset in 0..1_u32 << monomial.len() {
            let chosen = |place: usize| subset >> place & 1 == 1;
            let stays = monomial
                .iter()
                .enumerate()
                .all(|(place, factor)| chosen(place) || !matches!(factor, Dim::Quotient(..)));
            if stays {
                let part = (0..monomial.len()).filter(|&place| chosen(place));
                let part = part.map(|place| &monomial[place]).collect();
                *coefficients.entry(part).or_default() += i128::from(coefficient);
            }
        }
    }
    coefficients.values().all(|&coefficient| coefficient >= 0)
}
