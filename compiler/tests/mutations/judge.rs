//! What must hold of every input: an answer in time, the same twice, and Rust whatever it says.

use std::panic::{self, AssertUnwindSafe};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use super::corpus::Program;
use super::tree;

/// What one expansion may take; an unoptimized compiler has its excuse.
pub const LONGEST: Duration = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 1 });
/// Attempts, the fastest of which counts: others may want the processor too.
const ATTEMPTS: usize = 3;

/// Where and how the compiler panicked last.
static PANIC: Mutex<String> = Mutex::new(String::new());

/// Keeps panics to be reported with the program that causes them.
pub fn keep_panics() {
    panic::set_hook(Box::new(|panic| {
        if let Ok(mut last) = PANIC.lock() {
            *last = panic.to_string();
        }
    }));
}

/// Expands the program; the error says what does not hold.
pub fn judge(program: &Program) -> Result<(), String> {
    let (text, taken) = expand(program)?;
    if text.contains("chainrule failed on this model") {
        return Err(format!("a bug is reported: {text:.2000}"));
    }
    let (again, mut fastest) = expand(program)?;
    if text != again {
        return Err("the second expansion is another".into());
    }
    fastest = fastest.min(taken);
    for _ in 2..ATTEMPTS {
        if fastest > LONGEST {
            fastest = fastest.min(expand(program)?.1);
        }
    }
    if fastest > LONGEST {
        return Err(format!("it takes {fastest:?}"));
    }
    let parsed = text.parse().map_err(|error| format!("{error}"));
    let parsed = parsed
        .and_then(|tokens| syn::parse2::<syn::File>(tokens).map_err(|error| format!("{error}")));
    parsed.map(drop).map_err(|error| format!("the expansion is not Rust, {error}: {text:.2000}"))
}

/// The text of an expansion, and how long it takes.
fn expand(program: &Program) -> Result<(String, Duration), String> {
    let (attribute, item) = (tree::tokens(&program.attribute), tree::tokens(&program.item));
    let started = Instant::now();
    let expanded =
        panic::catch_unwind(AssertUnwindSafe(|| chainrule_compiler::expand(attribute, item)));
    let taken = started.elapsed();
    let panicked = |_| PANIC.lock().map_or_else(|_| String::new(), |last| last.clone());
    Ok((expanded.map_err(panicked)?.to_string(), taken))
}

/// The program as a person would write it.
pub fn text(program: &Program) -> String {
    format!("#[model({})] {}", tree::tokens(&program.attribute), tree::tokens(&program.item))
}
