//! What a step costs on how many machines: a model with three numbers for the network and two for the machine.
//!
//! # The model
//!
//! A step on `p` machines is
//!
//! ```text
//! T(p) = m·f/(p·F)  +  A(p)  +  P·u
//! ```
//!
//! with `m` rows of a mini-batch, `f` floating-point operations a row, `F` of them a second on one machine, `P` parameters, and `u` the time
//! of the optimizer for one of them, which every machine spends on all of them. `A(p)` is the all-reduce of `n = P·bytes`, the cheaper of two
//! algorithms that MPI libraries choose between:
//!
//! ```text
//! recursive doubling           ⌈log₂ p⌉·(α + n/B + n·γ)                            short messages
//! reduce-scatter and gather    2·⌈log₂ p⌉·α + (p − 1)/p·(2·n/B + n·γ)              long messages (Rabenseifner)
//! ```
//!
//! with the latency `α`, the bandwidth `B`, and the time `γ` of adding a byte to another. A ring has the second's bandwidth and
//! `2·(p − 1)` latencies, so that it is never cheaper here. Machines that share a switch slow each other down, and waiting for the slowest is
//! not in the formula: what it gives is the most to hope for.
//!
//! # What it says
//!
//! The share of perfect speed-up, `T(1)/(p·T(p))` for the same mini-batch of 8,192 rows and `T(1)/T(p)` with 128 rows a machine, where a row
//! costs six operations a parameter, a machine does 10¹¹ a second, a little more than one core of those measured below, and the optimizer
//! and the addition run at 10 GB/s. *Ethernet* is 10 Gbit/s with 25 µs, *fabric* 100 Gbit/s with 2 µs.
//!
//! | network | parameters | 8, same rows | 64 | 1,024 | 8, rows a machine | 64 | 1,024 |
//! |---|---|---|---|---|---|---|---|
//! | Ethernet | 10⁴ | 77 % | 17 % | 1 % | 31 % | 18 % | 12 % |
//! | Ethernet | 10⁶ | 91 % | 51 % | 6 % | 57 % | 54 % | 53 % |
//! | Ethernet | 10⁸ | 91 % | 52 % | 6 % | 58 % | 55 % | 54 % |
//! | fabric | 10⁴ | 96 % | 67 % | 8 % | 79 % | 70 % | 62 % |
//! | fabric | 10⁶ | 98 % | 84 % | 25 % | 90 % | 89 % | 88 % |
//! | fabric | 10⁸ | 98 % | 84 % | 25 % | 90 % | 89 % | 89 % |
//!
//! So short steps do not scale: with 10,000 parameters a machine takes microseconds for its rows, less than one message does. What helps is
//! more rows a step. And for large models the gradient is as long as the work for few rows: rows a machine must grow until `m·f/(p·F)` is well
//! above `2·n/B`, which is `m/p` well above `F·bytes/(3·B)`: 107 rows on Ethernet, 11 on the fabric, whatever the model's size.
//!
//! # What was measured
//!
//! Two processes, with priority over others, on two cores of a shared machine (AMD EPYC with AVX-512, Open MPI 4.1.4 over shared memory: an all-reduce of one number in
//! 0.2 µs, and long ones at 7 GB/s), a perceptron in `f32` with Adam; `mpirun -n 2 target/release/examples/distributed --scaling`. The least of
//! ten runs, with their median behind it:
//!
//! | rows | parameters | one rank | two ranks | of it messages | speed-up |
//! |---|---|---|---|---|---|
//! | 256 | 161 | 6.0 µs (7.5) | 5.7 µs (6.6) | 1.1 µs (1.9) | 1.05 (1.14) |
//! | 256 | 9,610 | 185 µs (188) | 121 µs (127) | 14 µs (18) | 1.53 (1.49) |
//! | 256 | 136,714 | 2,511 µs (2,621) | 1,825 µs (2,210) | 153 µs (235) | 1.38 (1.19) |
//! | 2,048 | 161 | 54 µs (55) | 35 µs (35) | 0.8 µs (1.1) | 1.56 (1.57) |
//! | 2,048 | 9,610 | 1,569 µs (1,982) | 813 µs (843) | 27 µs (32) | 1.93 (2.35) |
//! | 2,048 | 136,714 | 21,077 µs (21,736) | 11,063 µs (12,214) | 451 µs (1,115) | 1.91 (1.78) |
//! | 256 a rank | 161 | 7.4 µs (7.6) | 9.2 µs (9.8) | 0.7 µs (0.9) | 1.61 (1.55) |
//! | 256 a rank | 9,610 | 183 µs (190) | 220 µs (232) | 18 µs (31) | 1.66 (1.64) |
//! | 256 a rank | 136,714 | 2,519 µs (2,839) | 2,935 µs (3,705) | 205 µs (589) | 1.72 (1.53) |
//! | 2,048 a rank | 161 | 54 µs (57) | 91 µs (101) | 1.5 µs (8.4) | 1.19 (1.13) |
//! | 2,048 a rank | 9,610 | 1,707 µs (1,867) | 1,760 µs (1,979) | 37 µs (117) | 1.94 (1.89) |
//! | 2,048 a rank | 136,714 | 20,604 µs (21,499) | 22,612 µs (23,728) | 375 µs (1,623) | 1.82 (1.81) |
//!
//! With the same rows, the upper half, the speed-up is `T(1)/T(2)`; with rows a rank it is that of the rows a second. What is called messages is
//! waiting for the other rank too. For steps of more than 100 µs the model is 3 to 25 % below what was measured.
//!
//! # Why messages and computation do not overlap
//!
//! The gradient of every parameter is a sum over all tiles of the examples, and is complete only after the last. To send a part early one could
//! cut a member's rows in `k` pieces and send the sum of each while the next is computed; but each of these messages is as long as the whole
//! gradient, and the last is sent when nothing is left to compute. With `C` for the computation that gives `C/k + (k − 1)·max(C/k, A) + A`,
//! which is at least `C + A` for every `k`: it never pays. What could overlap is the work of the last tile after its first gradients
//! are complete, a share of `1/tiles` of a step; and gradients of the step before, which would be another algorithm with other results. So it
//! is left out. [`Prediction::message`] over [`Prediction::total`] bounds what any overlapping could save.
//!
//! # References
//! Thakur, Rabenseifner & Gropp (2005), *Optimization of Collective Communication Operations in MPICH*, IJHPCA 19(1); Hockney (1994), *The
//! Communication Challenge for MPP*, for `α + n/B`.

/// The machines, all alike, and what connects them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Machine {
    /// Floating-point operations a second of one machine, as a step has them.
    pub flops: f64,
    /// Bytes a second through which the optimizer and the additions of gradients go.
    pub memory: f64,
    /// Seconds until a message of no length arrives.
    pub latency: f64,
    /// Bytes a second that a message then goes on with.
    pub bandwidth: f64,
}

/// What a step has to do, on all machines together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Work {
    /// The parameters.
    pub parameters: usize,
    /// Bytes of one of them.
    pub bytes: usize,
    /// The rows of the mini-batch.
    pub rows: usize,
    /// Floating-point operations a row, for loss and gradient.
    pub flops_per_row: f64,
}

/// The seconds of a step by what they are spent on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prediction {
    /// Loss and gradient of a machine's part of the rows.
    pub computation: f64,
    /// The all-reduce.
    pub message: f64,
    /// The optimizer.
    pub optimizer: f64,
}

impl Prediction {
    /// All of them.
    pub fn total(&self) -> f64 {
        self.computation + self.message + self.optimizer
    }
}

impl Machine {
    /// The seconds of an all-reduce of so many bytes.
    pub fn all_reduce(&self, bytes: f64, machines: usize) -> f64 {
        if machines <= 1 {
            return 0.0;
        }
        let rounds = f64::from(usize::BITS - (machines - 1).leading_zeros());
        let (sending, adding) = (bytes / self.bandwidth, bytes / self.memory);
        let share = (machines - 1) as f64 / machines as f64;
        let doubling = rounds * (self.latency + sending + adding);
        let scattered = 2.0 * rounds * self.latency + share * (2.0 * sending + adding);
        doubling.min(scattered)
    }

    /// The seconds of a step.
    ///
    /// # Examples
    /// ```
    /// use chainrule::distributed::cost::{Machine, Work};
    ///
    /// let machine = Machine { flops: 1e11, memory: 1e10, latency: 25e-6, bandwidth: 1.25e9 };
    /// let work = Work { parameters: 1_000_000, bytes: 4, rows: 8192, flops_per_row: 6e6 };
    /// let [one, eight] = [1, 8].map(|machines| machine.step(&work, machines).total());
    /// assert!((7.2..7.3).contains(&(one / eight)));
    /// ```
    pub fn step(&self, work: &Work, machines: usize) -> Prediction {
        let bytes = (work.parameters * work.bytes) as f64;
        let flops = work.rows as f64 * work.flops_per_row;
        Prediction {
            computation: flops / (machines.max(1) as f64 * self.flops),
            message: self.all_reduce(bytes, machines),
            optimizer: bytes / self.memory,
        }
    }
}

#[cfg(test)]
mod tests;
