//! The two networks of zips, on plain numbers.

use super::{Lanes, MOST_LANES, Vector, lane_sums, transpose};

type Four = Lanes<f32, 4>;

/// Registers of which lane `j` of register `i` holds `4·i + j`.
fn numbered() -> [Four; MOST_LANES] {
    std::array::from_fn(|i| {
        let lanes: [f32; 4] = std::array::from_fn(|j| (4 * i + j) as f32);
        // SAFETY: plain numbers need no instructions, and the array has four.
        unsafe { Four::load(lanes.as_ptr()) }
    })
}

#[test]
fn transposing_exchanges_registers_and_lanes() {
    for (i, register) in transpose(numbered()).into_iter().enumerate().take(4) {
        let mut lanes = [0.0; 4];
        // SAFETY: the array has room for four.
        unsafe { register.store(lanes.as_mut_ptr()) };
        assert_eq!(lanes, std::array::from_fn(|j| (4 * j + i) as f32));
    }
}

#[test]
fn lane_sums_keep_the_order_of_the_registers() {
    for count in [1, 2, 4] {
        let sums = lane_sums(numbered(), count);
        for (i, &sum) in sums.iter().enumerate().take(count) {
            assert_eq!(sum, (16 * i + 6) as f32);
        }
    }
}
