//! Constants of the reduction of angles; written by `fit.py`.
#![allow(
    clippy::unreadable_literal,
    clippy::approx_constant,
    reason = "generated: shortest digits that read back"
)]

/// `π/2` in three parts.
pub(super) const QUARTER_TURN: [f64; 3] =
    [1.5707963267948966, 6.123233995736766e-17, -1.4973849048591698e-33];

/// The bits of `2/π` that do not make whole turns, for an `f32` below `2⁵⁰`, `2⁷⁶`, `2¹⁰²` and `2¹²⁸`; two parts of 29 bits and the rest.
pub(super) const WINDOWS: [[f64; 3]; 4] = [
    [0.636619770899415, 1.4681663246252086e-09, 2.276010073078396e-18],
    [2.5682553250749862e-08, 1.6153797803925804e-17, 7.696704864039572e-26],
    [2.937095537534198e-16, 2.83762200841452e-25, 9.372006544409767e-34],
    [6.074026479468182e-24, 1.0181664371599596e-32, 1.590011303568902e-41],
];
