//! The tables.

/// Each crate with those of ours that it may depend on.
pub const CRATES: &[(&str, &[&str])] = &[
    ("compiler", &[]),
    ("macros", &["chainrule-compiler"]),
    ("runtime", &["chainrule-macros"]),
    ("tests", &["chainrule", "chainrule-compiler"]),
    ("examples", &["chainrule"]),
    ("benches", &["chainrule"]),
];

/// Each module of the compiler with those it may name, in reading order.
///
/// `ir` names none; the tables name `ir`; passes name tables and each other only through `pipeline`.
pub const MODULES: &[(&str, &[&str])] = &[
    ("tree", &["ir"]),
    ("math_syntax", &["diagnostic", "tree"]),
    ("rust_syntax", &["diagnostic", "ir", "math_syntax", "tree"]),
    ("diagnostic", &["ir", "tree"]),
    ("ir", &[]),
    ("functions", &["ir"]),
    ("construct", &["functions", "ir"]),
    ("formula", &["construct", "functions", "ir", "math_syntax", "tree"]),
    ("rewrite", &["construct", "formula", "functions", "ir"]),
    ("stabilize", &["construct", "functions", "ir", "rewrite"]),
    ("average", &["ir", "rewrite"]),
    ("differentiate", &["construct", "formula", "functions", "ir"]),
    // A derivative inside a model takes a part of it through these passes while the rest is still being lowered.
    ("derivative", &["construct", "differentiate", "functions", "ir", "rewrite", "stabilize"]),
    ("lower", &["construct", "derivative", "diagnostic", "functions", "ir", "math_syntax", "tree"]),
    ("name", &["functions", "ir"]),
    ("sensitivity", &["construct", "derivative", "differentiate", "functions", "ir", "plan"]),
    ("simplify", &["construct", "functions", "ir", "rewrite"]),
    ("schedule", &["functions", "ir", "plan"]),
    // A plan shows its steps as mathematics.
    ("plan", &["functions", "ir", "mathematics"]),
    ("allocate", &["ir", "plan"]),
    ("evaluate", &["functions", "ir"]),
    (
        "pipeline",
        &[
            "allocate",
            "average",
            "diagnostic",
            "differentiate",
            "functions",
            "ir",
            "lower",
            "name",
            "plan",
            "schedule",
            "sensitivity",
            "simplify",
            "stabilize",
            "tree",
        ],
    ),
    // What documents a compiled model reads what the pipeline made.
    ("mathematics", &["functions"]),
    ("reference", &["formula", "functions", "ir", "mathematics"]),
    ("cost", &["functions", "ir", "pipeline", "plan", "schedule", "tree"]),
    (
        "derivation",
        &["cost", "functions", "ir", "mathematics", "pipeline", "plan", "schedule", "tree"],
    ),
    (
        "document",
        &["cost", "derivation", "ir", "lower", "mathematics", "pipeline", "sensitivity", "tree"],
    ),
    (
        "emit",
        &[
            "allocate",
            "document",
            "functions",
            "ir",
            "lower",
            "pipeline",
            "plan",
            "rust_syntax",
            "sensitivity",
            "tree",
        ],
    ),
];

/// Crates of others with the modules of the compiler that may name them; positions become spans in `rust_syntax`.
pub const FOREIGN: &[(&str, &[&str])] = &[
    ("syn", &["rust_syntax"]),
    ("quote", &["emit", "rust_syntax"]),
    ("proc_macro2", &["emit", "lib", "rust_syntax"]),
    ("proc_macro", &[]),
];

/// Where `unsafe` may stand: kernels, allocators that count, and kernels of others that ours are compared with.
pub const UNSAFE: &[&str] = &[
    "runtime/src/kernel",
    "runtime/tests/allocation.rs",
    "tests/tests/allocation.rs",
    "benches/",
    "examples/no_std/src/host.rs", "examples/web/src/lib.rs",
];
