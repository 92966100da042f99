//! Compiles a model function to its loss and every parameter's gradient, by the chain rule.
//!
//! This is an ordinary library: [`expand`] is what the `#[model]` attribute calls, and every stage before it can be called alone, on
//! tokens or text, by tests and tools. The pipeline is one screen, [`pipeline`]:
//!
//! ```text
//! rust_syntax ┐                                                                     ┌ schedule → allocate ┐
//!             ├→ tree → lower → stabilize → differentiate → simplify →  graph  ─────┤                     ├→ emit → tokens
//! math_syntax ┘                                                                     └ (evaluate: in f64)  ┘
//! ```
//!
//! ```
//! use chainrule_compiler::{pipeline, rust_syntax};
//!
//! let attribute = "loss = squared_error".parse().unwrap();
//! let function = "fn line(x: Input, a: Param, b: Param) -> Output { a*x + b }".parse().unwrap();
//! let mut parsed = rust_syntax::parse(attribute, function);
//! let compiled = parsed.model.as_ref().and_then(|model| pipeline::compile(model, &mut parsed.errors));
//! let compiled = parsed.errors.check(compiled).unwrap().unwrap();
//! let steps = compiled.gradient().text();
//! assert!(steps.contains("b_bar = Σₙ prediction_bar[n]"), "{steps}");
//! ```
//!
//! # The one idea: labelled axes
//!
//! Everything between the trees and the tokens works on one representation, the graph of [`ir`]. A node has axes with symbolic extents; a
//! consumer reads it through an [`Access`](ir::Access), which gives each axis a label. `Y[i,k] = Σ_j A[i,j]·B[j,k]` is a contraction over
//! the label `j`. A matrix product, a transpose, a broadcast, a sum, a diagonal and a trace are all contractions, so they share one
//! derivative rule, one simplifier and one cost model (Laue, Mitterreiter & Giesen 2018, 2020). The kinds of nodes are few: leaves,
//! maps (a scalar function applied elementwise, with broadcasting), contractions, extrema, arrays at places ([`Kind::Index`](ir::Kind)),
//! functions of matrices and loops.
//!
//! **A place is an equation.** `Y[t,j] = Σ_v [v = i[t]]·W[v,j]` reads rows `i` of `W`; its transpose, which adds to them, has the same
//! equation, with `v` among the labels of the result. So a slice, a window, padding, a gather and the derivative of each are one kind, with
//! one rule: the equations stay, and only which labels are summed changes. Equations for summed labels are solved, so no sum is left; what is
//! known to lie inside its axis needs no check when the program runs. A gradient that is a sum of rows at places the examples name is added up
//! where it lies; the plan says which integers name the rows, so that no step need go over the table.
//!
//! **A loop is a graph in a graph.** A [`Body`](ir::Body) is one step over leaves of its own: the states, what it captures, the number of
//! the step. Its results are nodes that share it. The derivative is a loop again, in the other order: its states are the adjoints of the
//! states, and what a captured value contributes is added up over the steps. The values of a step that the adjoints read are collected by
//! the forward loop, unless they are cheap to compute again, so loss and gradient share one forward loop and its memory grows linearly
//! with the steps; between checkpoints they are computed again. Passes call themselves on bodies; what is the same in every step moves out.
//!
//! **The batch is one more label.** The user writes the body for one example. A value that depends on an input has the label of the
//! example, [`Dim::Batch`](ir::Dim::Batch), as its last axis. A loss of a batch is a contraction over that label, and so is a
//! parameter's gradient; nobody else needs to know about batches. What lacks the label is computed once per call.
//!
//! **A model is a list of entries.** An annotated function is one entry, a prediction or a loss; a module may have several. Entries share
//! arguments, dimensions and one graph; each loss is differentiated and planned for itself, and so is each derivative that the attribute
//! asks for by `derivatives(..)`: it is one more graph with results of other shapes, and one more kernel. Functions that bodies call are inlined by
//! [`lower`], like the definitions of the library; those written in plain Rust are rows with the derivatives the user gives.
//!
//! **Tiles divide into parts.** A step goes over tiles of examples, and what it adds up is a sum over them; so some of the tiles alone give
//! part of the sums. [`allocate`] says of a plan whether its tiles can be divided so and what each part then has to itself, [`plan`] what
//! a tile costs; the loop over tiles is emitted as a closure, and the runtime decides by cost how many parts there are and which threads
//! run them. How many there are has nothing to do with threads, so neither have the bits.
//!
//! # What each part knows
//!
//! | part | knows | and does not know |
//! |---|---|---|
//! | [`tree`] | names, numbers, calls, where they stand | syn, shapes, derivatives |
//! | [`rust_syntax`], [`math_syntax`] | how models are written | what any function means |
//! | [`diagnostic`] | the wording of every message | how positions become spans |
//! | [`ir`] | labels, extents, hash-consing, invariants | what a function computes |
//! | [`functions`] | every function: value, derivative, notation, cost | graphs |
//! | [`construct`], [`formula`], [`rewrite`] | how to add a product, a formula of a table, a rule to a graph | when |
//! | [`lower`] | names and shapes to nodes, all errors of meaning | the chain rule: `diff` asks `derivative` |
//! | [`stabilize`] | stable forms of the user's expressions | that there will be a derivative |
//! | [`derivative`] | how a part of a graph is stabilized, differentiated and put back, while it is being lowered | names |
//! | [`name`] | what unnamed layers are called | derivatives |
//! | [`differentiate`] | the chain rule for each kind of node | any function: it asks the row |
//! | [`sensitivity`] | which sweeps make a Jacobian, a Hessian, a product with a vector | how they are stored |
//! | [`average`] | that a prediction draws no random numbers | what they are for |
//! | [`simplify`] | identities, the order of products | what is stored |
//! | [`schedule`], [`allocate`] | what is stored, fused and reused, in which memory | Rust |
//! | [`plan`] | the steps, as data | how they came about |
//! | [`derivation`], [`cost`], [`mathematics`], [`document`] | the equations, their counts, how they are written for people | Rust |
//! | [`reference`](mod@reference) | how the tables are written for people | graphs |
//! | [`emit`] | how steps and items are written in Rust | any decision |
//! | [`evaluate`] | the values of a graph, slowly | everything else; tests compare with it |
//!
//! Layers: the passes may use the function tables, the tables may use `ir`, `ir` uses nothing. Only the front ends use syn; only the front
//! ends and `emit` use tokens. Only [`pipeline`] knows the order of the passes, and
//! [`derivative`] that of the two it takes a part of a model through. A test of the workspace enforces this.
//!
//! # Where to add things
//!
//! A scalar function is a row in [`functions::scalar`] and a kernel of the same name in the runtime's `math`. A composite or a loss is a
//! definition in our own notation in [`functions::library`]. A function of matrices is a row in [`functions::matrix`] and a kernel of the
//! same name in the runtime's `linear_algebra`. An identity is a line in [`simplify::rules`] or [`stabilize::rules`]. A
//! message is a function in [`diagnostic`]. Each of these is one place: gradient checks, documentation and tests loop over the tables.
//!
//! # Promises
//!
//! User input never panics the compiler; errors accumulate and point at the user's sub-expression. The same input gives the same tokens:
//! nothing iterates over a hash map. The representation is verified after each stage in debug builds.

pub mod tree;

pub mod math_syntax;
pub mod rust_syntax;

pub mod diagnostic;

pub mod ir;

pub mod functions;

pub mod construct;
pub mod formula;
pub mod rewrite;

pub mod stabilize;

pub mod average;

pub mod differentiate;

pub mod derivative;

pub mod lower;

pub mod name;

pub mod sensitivity;

pub mod simplify;

pub mod schedule;

pub mod plan;

pub mod allocate;

pub mod cost;
pub mod derivation;
pub mod document;
pub mod mathematics;
pub mod reference;

pub mod emit;

pub mod evaluate;

pub mod pipeline;

use proc_macro2::TokenStream;

/// Expands `#[model(attribute)] item`: the model's items, or what is wrong with it.
pub fn expand(attribute: TokenStream, item: TokenStream) -> TokenStream {
    let rust_syntax::Parsed { model, outline, surface, source, mut errors } =
        rust_syntax::parse(attribute, item);
    let compiled = model.as_ref().and_then(|model| pipeline::compile(model, &mut errors));
    match (errors.check(compiled), surface) {
        (Ok(Some(compiled)), Some(surface)) => {
            if let Some(dump) = &compiled.dump {
                eprintln!("{dump}");
            }
            emit::emit(&compiled, &surface)
        }
        (Ok(_), _) => {
            let problem = "the model was given up without a message";
            source.render(&[diagnostic::meaning::bug(tree::Position::BUILT_IN, problem)])
        }
        (Err(diagnostics), surface) => {
            let mut tokens = source.render(&diagnostics);
            tokens.extend(
                outline.zip(surface).map(|(outline, surface)| emit::stub(&outline, &surface)),
            );
            tokens
        }
    }
}
