//! What a program without the standard library owes to the machine it runs on: an end for a panic.

use core::panic::PanicInfo;

unsafe extern "C" {
    safe fn exit(code: i32) -> !;
}

#[panic_handler]
fn panic(_: &PanicInfo) -> ! {
    exit(3)
}

/// Makes a function the program: `main!(run)` for a `fn run() -> i32`.
macro_rules! main {
    ($run:path) => {
        #[unsafe(no_mangle)]
        extern "C" fn main() -> i32 {
            $run()
        }
    };
}

pub(crate) use main;
