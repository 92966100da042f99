//! What users see when a model is wrong: one program and its error a file, foldered by kind of mistake.
//!
//! `TRYBUILD=overwrite cargo test -p chainrule-tests --test ui` writes the expected errors anew; read them before they are committed.

use std::io::Write;
use std::process::Command;

/// The release whose messages are committed: how rustc frames ours differs from release to release.
const TOOLCHAIN: &str = "rustc 1.95.";

#[test]
fn mistakes_give_their_error_and_no_other() {
    let compiler = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".into());
    let version = Command::new(compiler).arg("--version").output().expect("rustc runs");
    let version = String::from_utf8_lossy(&version.stdout);
    if !version.starts_with(TOOLCHAIN) {
        // Written past the capture of output, which would hide it in a test that passes.
        let note =
            format!("skipped: the expected errors are those of {TOOLCHAIN}x, this is {version}");
        std::io::stderr().write_all(note.as_bytes()).expect("the standard error is open");
        return;
    }
    let cases = trybuild::TestCases::new();
    cases.compile_fail("ui/*/*.rs");
}
