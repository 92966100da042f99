//! The test functions of Moré, Garbow & Hillstrom (1981): values and derivatives against `tests/reference/optimization.py`.

mod compare;
#[path = "../reference/values.rs"]
mod values;

mod fits;
mod objectives;
mod systems;
