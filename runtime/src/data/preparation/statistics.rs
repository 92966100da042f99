//! Mean, deviation and range of numbers that come one by one.

/// What is known of the numbers so far.
#[derive(Clone, Copy, Debug)]
pub struct Statistics {
    count: u64,
    mean: f64,
    /// The sum of the squared distances from the mean.
    squares: f64,
    least: f64,
    greatest: f64,
}

impl Statistics {
    /// Of no numbers.
    pub fn new() -> Self {
        Statistics {
            count: 0,
            mean: 0.0,
            squares: 0.0,
            least: f64::INFINITY,
            greatest: f64::NEG_INFINITY,
        }
    }

    /// Adds a number.
    ///
    /// # References
    /// Welford (1962), *Note on a Method for Calculating Corrected Sums of Squares and Products*, Technometrics 4(3).
    pub fn add(&mut self, x: f64) {
        self.count += 1;
        let distance = x - self.mean;
        self.mean += distance / self.count as f64;
        self.squares += distance * (x - self.mean);
        self.least = self.least.min(x);
        self.greatest = self.greatest.max(x);
    }

    /// How many there are.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The mean; of equal numbers it is exactly that number.
    pub fn mean(&self) -> f64 {
        if self.least == self.greatest { self.least } else { self.mean }
    }

    /// The standard deviation, and 1 where all are equal, so that they can be divided by it.
    pub fn deviation(&self) -> f64 {
        if self.least == self.greatest { 1.0 } else { (self.squares / self.count as f64).sqrt() }
    }

    /// The least.
    pub fn least(&self) -> f64 {
        self.least
    }

    /// The range, and 1 where all are equal.
    pub fn range(&self) -> f64 {
        if self.least == self.greatest { 1.0 } else { self.greatest - self.least }
    }
}
