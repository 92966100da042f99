//! Links the C library, which the standard library otherwise names.

fn main() {
    println!("cargo::rustc-link-arg-bins=-lc");
}
