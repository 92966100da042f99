//! What models expand to, formatted, beside what was written: `expansions/name.rs` and `expansions/name.expanded.rs`.
//!
//! `UPDATE=1 cargo test -p chainrule-tests --test expansion` writes the expansions anew; read them before they are committed.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::Token;
use syn::parse::{Parse, ParseStream};

/// The models, sorted by name.
fn models() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("expansions");
    let files = fs::read_dir(folder).expect("the folder is there");
    let mut models: Vec<PathBuf> = files.map(|file| file.expect("it is readable").path()).collect();
    models.retain(|path| !path.to_string_lossy().ends_with(".expanded.rs"));
    models.sort();
    models
}

/// The expansion of the one annotated item in a file.
fn expand(model: &Path) -> TokenStream {
    let text = fs::read_to_string(model).expect("the model is readable");
    let mut item: syn::Item = syn::parse_str(&text).expect("the model is an item");
    let attributes = match &mut item {
        syn::Item::Fn(function) => &mut function.attrs,
        syn::Item::Mod(module) => &mut module.attrs,
        _ => panic!("{} is neither a function nor a module", model.display()),
    };
    let is_model = |attribute: &syn::Attribute| attribute.path().is_ident("model");
    let place = attributes.iter().position(is_model).expect("the item is a model");
    let attribute = match attributes.remove(place).meta {
        syn::Meta::List(list) => list.tokens,
        _ => TokenStream::new(),
    };
    written_out(chainrule_compiler::expand(attribute, item.into_token_stream()))
}

/// The code with the macros of the runtime written out, which formatting leaves alone: what `with_alloc! { .. }` keeps where there is a heap,
/// and what `runs!(..)` is without optimization.
fn written_out(code: TokenStream) -> TokenStream {
    let mut written = TokenStream::new();
    let mut tokens = code.into_iter();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(name) if name == "with_alloc" => {
                written.extend(written_out(argument(&mut tokens)));
            }
            TokenTree::Ident(name) if name == "runs" => {
                let runs = syn::parse2(argument(&mut tokens)).expect("it is a call of `runs!`");
                written.extend(written_out(one_loop(&runs)));
                tokens.next();
            }
            TokenTree::Group(group) => {
                let inner = written_out(group.stream());
                written.extend([TokenTree::Group(Group::new(group.delimiter(), inner))]);
            }
            token => written.extend([token]),
        }
    }
    written
}

/// What a macro is given, from its exclamation mark on.
fn argument(tokens: &mut impl Iterator<Item = TokenTree>) -> TokenStream {
    match tokens.nth(1) {
        Some(TokenTree::Group(argument)) => argument.stream(),
        other => panic!("{other:?} is no argument of a macro"),
    }
}

/// `runs!(T::Vector, rows, |start, lanes| { .. })`.
struct Runs {
    width: syn::Type,
    examples: syn::Expr,
    start: syn::Pat,
    lanes: syn::Pat,
    body: Vec<syn::Stmt>,
}

impl Parse for Runs {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let width = input.parse()?;
        input.parse::<Token![,]>()?;
        let examples = input.parse()?;
        input.parse::<Token![,]>()?;
        let closure: syn::ExprClosure = input.parse()?;
        let syn::Expr::Block(body) = *closure.body else { return Err(input.error("no block")) };
        let mut names = closure.inputs.into_iter();
        let [start, lanes] = [names.next(), names.next()].map(|name| name.expect("it has two"));
        Ok(Runs { width, examples, start, lanes, body: body.block.stmts })
    }
}

fn one_loop(Runs { width, examples, start, lanes, body }: &Runs) -> TokenStream {
    quote! {
        let mut #start = 0;
        while #start < #examples {
            let #lanes = <#width as Lanes<T>>::COUNT.min(#examples - #start);
            #(#body)*
            #start += #lanes;
        }
    }
}

#[test]
fn models_expand_as_committed() {
    let mut changed = Vec::new();
    for model in models() {
        let file = syn::parse2(expand(&model)).expect("the expansion parses");
        let found = without_mathml(&prettyplease::unparse(&file));
        let snapshot = model.with_extension("expanded.rs");
        let committed = fs::read_to_string(&snapshot).unwrap_or_default();
        if found == committed {
            continue;
        }
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&snapshot, &found).expect("the folder is writable");
        } else {
            let lines = found.lines().zip(committed.lines());
            let first = lines.clone().take_while(|(found, committed)| found == committed).count();
            changed.push(format!("{}, line {}", snapshot.display(), first + 1));
        }
    }
    assert!(
        changed.is_empty(),
        "expansions changed (UPDATE=1 writes them):\n{}",
        changed.join("\n")
    );
}

#[test]
fn the_same_model_expands_to_the_same_tokens() {
    for model in models() {
        assert_eq!(expand(&model).to_string(), expand(&model).to_string(), "{}", model.display());
    }
}

/// The same models, compiled.
mod compiled {
    use chainrule::prelude::*;

    include!("../expansions/dimensions_at_run_time.rs");
    include!("../expansions/embedding.rs");
    include!("../expansions/factorization.rs");
    include!("../expansions/heat_equation.rs");
    include!("../expansions/linear_regression.rs");
    include!("../expansions/michaelis_menten.rs");
    include!("../expansions/perceptron.rs");
    include!("../expansions/recurrent.rs");
    include!("../expansions/regularized_loss.rs");
    include!("../expansions/softmax_classifier.rs");
    include!("../expansions/two_outputs_two_losses.rs");

    /// Numbers between −1 and 1 without a pattern that could hide an error.
    fn numbers(count: usize) -> Vec<f64> {
        (0..count).map(|index| (index as f64 * 1.7 + 0.3).sin()).collect()
    }

    fn singles(count: usize) -> Vec<f32> {
        numbers(count).into_iter().map(|number| number as f32).collect()
    }

    fn check<M: Model>(model: &M, batch: &M::Batch<'_>) -> Result<(), chainrule::Error> {
        let check = check_gradient(model, batch)?;
        assert!(check.passes(), "{check}");
        Ok(())
    }

    #[test]
    fn gradients_agree_with_central_differences() -> Result<(), chainrule::Error> {
        let dims = RadialDims { k: 3, d: 2 };
        let model = Radial::from_parameters(dims, vec![0.9, 0.3, -0.2, 0.5])?;
        check(&model, &Radial::batch(dims, &numbers(10), &numbers(6), &numbers(5))?)?;
        let dims = EmbeddingDims { v: 4 };
        let model = Embedding::<2>::from_parameters(dims, singles(13))?;
        check(&model, &Embedding::<2>::batch(dims, &[0, 2, 2], &[3, 2, 0], &singles(3))?)?;
        let model = Factorization::<3, 2, 2>::from_parameters(numbers(10))?;
        check(&model, &Factorization::<3, 2, 2>::batch(&numbers(6), &[1.0; 6])?)?;
        let (x, t, measured) = (numbers(4), numbers(8), numbers(12));
        let batch = Heat::batch(&x, &t[4..], &measured[8..])?;
        check(&Heat::from_parameters(numbers(33))?, &batch)?;
        let model = Linear::<3>::from_parameters(singles(4))?;
        check(&model, &Linear::<3>::batch(&singles(15), &singles(5))?)?;
        let rates = numbers(4);
        check(
            &MichaelisMenten::seeded(1),
            &MichaelisMenten::batch(&[0.1, 0.4, 2.0, 5.0], &rates)?,
        )?;
        let (x, y) = (singles(15), singles(10));
        check(&Mlp::<3, 4, 2>::seeded(1), &Mlp::<3, 4, 2>::batch(&x, &y)?)?;
        let dims = RecurrentDims { t: 5 };
        let model = Recurrent::<2, 3>::seeded(dims, 1)?;
        check(&model, &Recurrent::<2, 3>::batch(dims, &singles(70))?)?;
        let model = Robust::<3>::from_parameters(singles(4))?;
        check(&model, &Robust::<3>::batch(&singles(15), &singles(5))?)?;
        check(&Classifier::seeded(1), &Classifier::batch(&singles(192), &[0, 9, 4])?)?;
        check(&Coder::<3>::seeded(1), &Coder::<3>::batch(&numbers(15))?)
    }
}

/// Names that generated items have are refused in signatures.
mod reserved {
    use std::collections::BTreeSet;

    use chainrule_compiler::rust_syntax::items::{METHODS, TYPES, view_name};
    use syn::visit::Visit;

    use super::{expand, models};

    /// The methods, the types and the imported names of an expansion.
    #[derive(Default)]
    struct Found {
        views: BTreeSet<String>,
        methods: BTreeSet<String>,
        types: BTreeSet<String>,
    }

    impl Visit<'_> for Found {
        fn visit_item_impl(&mut self, item: &syn::ItemImpl) {
            let of_kernel = item.trait_.as_ref().is_some_and(|(path, _)| path.is_ident("Kernel"));
            for inner in item.items.iter().filter(|_| !of_kernel) {
                if let syn::ImplItem::Fn(method) = inner {
                    self.methods.insert(method.sig.ident.to_string());
                }
            }
        }

        fn visit_item_fn(&mut self, item: &syn::ItemFn) {
            let name = item.sig.ident.to_string();
            for end in ["", "_to", "_into", "_and_gradient", "_and_gradient_into"] {
                self.views.insert(format!("{name}{end}"));
            }
            for argument in &item.sig.inputs {
                if let syn::FnArg::Typed(typed) = argument
                    && let syn::Pat::Ident(name) = &*typed.pat
                {
                    self.views.insert(view_name(&name.ident.to_string()));
                }
            }
        }

        fn visit_item_struct(&mut self, item: &syn::ItemStruct) {
            self.types.insert(item.ident.to_string());
        }

        fn visit_item_use(&mut self, item: &syn::ItemUse) {
            if matches!(item.vis, syn::Visibility::Public(_)) {
                self.visit_use_tree(&item.tree);
            }
        }

        fn visit_use_name(&mut self, name: &syn::UseName) {
            self.types.insert(name.ident.to_string());
        }
    }

    #[test]
    fn every_generated_method_is_reserved() {
        for model in models() {
            let text = std::fs::read_to_string(&model).expect("the model is readable");
            let mut written = Found::default();
            written.visit_file(&syn::parse_str(&text).expect("the model parses"));
            let views = written.views;
            let mut found = Found::default();
            found.visit_file(&syn::parse2(expand(&model)).expect("the expansion parses"));
            let is_view =
                |method: &str| views.contains(method.strip_suffix("_mut").unwrap_or(method));
            let free: Vec<&String> = found
                .methods
                .iter()
                .filter(|method| !METHODS.contains(&method.as_str()) && !is_view(method))
                .collect();
            assert!(free.is_empty(), "{}: {free:?}", model.display());
        }
    }

    #[test]
    fn every_type_that_generated_code_names_is_reserved() {
        let private = concat!(env!("CARGO_MANIFEST_DIR"), "/../runtime/src/private.rs");
        let private = std::fs::read_to_string(private).expect("the source is readable");
        let mut found = Found::default();
        found.visit_file(&syn::parse_str(&private).expect("the source parses"));
        found.types.retain(|name| name.starts_with(char::is_uppercase));
        let free: Vec<&String> =
            found.types.iter().filter(|name| !TYPES.contains(&name.as_str())).collect();
        assert!(free.is_empty(), "{free:?}");
    }
}

/// Lines of MathML are for browsers; the derivations have snapshots of their own, as text.
fn without_mathml(code: &str) -> String {
    let readable = |line: &str| match line.find("<div style=\"overflow-x:auto\"><math") {
        Some(start) => format!("{}(the equations, in MathML)\n", &line[..start]),
        None => format!("{line}\n"),
    };
    code.lines().map(readable).collect()
}
