//! The smallest program there is, to compare with.
#![no_std]
#![no_main]

mod host;

host::main!(run);

fn run() -> i32 {
    core::hint::black_box(0)
}
