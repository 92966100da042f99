//! Extents of the signature: `Input<D, { 2 * H + 1 }>`.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{BinOp, Expr, GenericArgument, Lit, Path, Stmt, Type, UnOp};

use super::{Reader, written};
use crate::diagnostic::syntax::signature as messages;
use crate::ir::{Dim, Polynomial};
use crate::tree::{Extent, Name, Symbol, SymbolSource};

/// Beyond this a coefficient may have been cut off by the arithmetic of polynomials.
const LARGEST_COEFFICIENT: u64 = 1 << 53;
/// Operators inside one extent.
const MAX_OPERATORS: usize = 100;

/// The symbols of a model with the tokens that name them.
#[derive(Default)]
pub(super) struct Symbols {
    pub list: Vec<Symbol>,
    pub tokens: Vec<TokenStream>,
    /// While the signature of a function that bodies call is read, the dimensions of its own.
    own: Option<Vec<String>>,
    /// Names that stand for constants although no entry mentions them.
    constants: Vec<String>,
    /// Constants inside a function, which nothing outside can name.
    numbers: Vec<(String, u64)>,
}

impl Symbols {
    /// Adds a const generic of an entry, which others may have too.
    pub fn share(&mut self, reader: &mut Reader, ident: &syn::Ident) {
        let name = reader.name(ident);
        if !self.has(&name.text) {
            self.add(name, ident.to_token_stream(), SymbolSource::ConstGeneric);
        }
    }

    /// A name that stands for a constant wherever it is an extent.
    pub fn reserve(&mut self, constant: String) {
        self.constants.push(constant);
    }

    /// A constant of this value that only bodies see.
    pub fn number(&mut self, constant: String, value: u64) {
        self.numbers.push((constant, value));
    }

    /// From here on, names that the model has not are dimensions of a function's own, as are `declared`.
    pub fn enter(&mut self, declared: Vec<String>) {
        self.own = Some(declared);
    }

    /// The end of the function; what its own dimensions are.
    pub fn leave(&mut self) -> Vec<String> {
        self.own.take().unwrap_or_default()
    }

    /// Adds a const generic or a name of `dims(..)`, once.
    pub fn declare(&mut self, reader: &mut Reader, ident: &syn::Ident, source: SymbolSource) {
        let name = reader.name(ident);
        if self.has(&name.text) {
            return reader.add(messages::duplicate_dimension(name.at, &name.text));
        }
        self.add(name, ident.to_token_stream(), source);
    }

    fn has(&self, name: &str) -> bool {
        self.list.iter().any(|symbol| symbol.name.text == name)
    }

    fn add(&mut self, name: Name, tokens: TokenStream, source: SymbolSource) {
        self.list.push(Symbol { name, source });
        self.tokens.push(tokens);
    }

    /// Adds a constant in scope at the function, once.
    pub fn constant(&mut self, name: Name, tokens: TokenStream) {
        if !self.has(&name.text) {
            self.add(name, tokens, SymbolSource::Constant);
        }
    }

    /// The dimension a path stands for; a path that was not declared is a constant in scope at the function.
    fn dim(&mut self, reader: &mut Reader, path: &Path) -> Dim {
        let text = written(path);
        let is_declared = self.has(&text);
        let is_reserved = self.constants.contains(&text);
        if let Some(own) = &mut self.own
            && path.get_ident().is_some()
        {
            if own.contains(&text) {
                return Dim::named(&text);
            }
            if let Some((_, value)) = self.numbers.iter().find(|(name, _)| *name == text) {
                return Dim::Fixed(*value);
            }
            if !is_declared && !is_reserved {
                own.push(text.clone());
                return Dim::named(&text);
            }
        }
        if !is_declared {
            let name = Name { text: text.clone(), at: reader.at(path) };
            self.add(name, path.to_token_stream(), SymbolSource::Constant);
        }
        Dim::named(&text)
    }
}

/// One extent of a type, at least 1.
pub(super) fn extent(
    reader: &mut Reader,
    symbols: &mut Symbols,
    argument: &GenericArgument,
) -> Option<Extent> {
    let polynomial = match argument {
        GenericArgument::Type(kind) => of_type(reader, symbols, kind)?,
        GenericArgument::Const(expr) => of_expr(reader, symbols, expr, 0)?,
        _ => {
            refuse(reader, argument);
            return None;
        }
    };
    let at = reader.at(argument);
    if polynomial.as_constant() == Some(0) {
        reader.add(messages::zero_dimension(at));
        return None;
    }
    let is_negative = polynomial.terms().all(|(_, coefficient)| coefficient < 0);
    match Dim::from_polynomial(&polynomial) {
        Some(dim) if !is_negative => Some(Extent { dim, at }),
        _ => {
            reader.add(messages::negative_dimension(at, &written(argument)));
            None
        }
    }
}

fn of_type(reader: &mut Reader, symbols: &mut Symbols, kind: &Type) -> Option<Polynomial> {
    const SCALARS: &[&str] = &["f32", "f64", "f16", "usize", "u32", "u64", "i32", "i64", "bool"];
    match kind {
        Type::Group(group) => of_type(reader, symbols, &group.elem),
        Type::Path(path) if path.qself.is_none() && is_plain(&path.path) => {
            if SCALARS.iter().any(|scalar| path.path.is_ident(scalar)) {
                let at = reader.at(kind);
                reader.add(messages::dimension_type(at, &written(kind)));
                return None;
            }
            Some(Polynomial::from(&symbols.dim(reader, &path.path)))
        }
        _ => refuse(reader, kind),
    }
}

fn of_expr(
    reader: &mut Reader,
    symbols: &mut Symbols,
    expr: &Expr,
    operators: usize,
) -> Option<Polynomial> {
    if operators > MAX_OPERATORS {
        return refuse(reader, expr);
    }
    let polynomial = match expr {
        Expr::Group(group) => of_expr(reader, symbols, &group.expr, operators)?,
        Expr::Paren(paren) => of_expr(reader, symbols, &paren.expr, operators)?,
        Expr::Block(block) => match block.block.stmts.as_slice() {
            [Stmt::Expr(inside, None)] if block.label.is_none() && block.attrs.is_empty() => {
                of_expr(reader, symbols, inside, operators)?
            }
            _ => return refuse(reader, expr),
        },
        Expr::Lit(literal) => return number(reader, &literal.lit),
        Expr::Path(path) if path.qself.is_none() && is_plain(&path.path) => {
            Polynomial::from(&symbols.dim(reader, &path.path))
        }
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => {
            of_expr(reader, symbols, &unary.expr, operators + 1)?.scaled(-1)
        }
        Expr::Binary(binary) => {
            let left = of_expr(reader, symbols, &binary.left, operators + 1);
            let right = of_expr(reader, symbols, &binary.right, operators + 1);
            match binary.op {
                BinOp::Add(_) => left?.plus(&right?),
                BinOp::Sub(_) => left?.plus(&right?.scaled(-1)),
                BinOp::Mul(_) => left?.times(&right?),
                _ => return refuse(reader, expr),
            }
        }
        _ => return refuse(reader, expr),
    };
    let is_large =
        polynomial.terms().any(|(_, coefficient)| coefficient.unsigned_abs() > LARGEST_COEFFICIENT);
    if is_large {
        return refuse_large(reader, expr);
    }
    Some(polynomial)
}

fn number(reader: &mut Reader, literal: &Lit) -> Option<Polynomial> {
    let Lit::Int(integer) = literal else { return refuse(reader, literal) };
    if !matches!(integer.suffix(), "" | "usize") {
        return refuse(reader, literal);
    }
    match integer.base10_parse::<u32>() {
        Ok(number) => Some(Polynomial::constant(i64::from(number))),
        Err(_) => refuse_large(reader, literal),
    }
}

/// Whether no segment of the path has arguments.
fn is_plain(path: &Path) -> bool {
    path.segments.iter().all(|segment| segment.arguments.is_none())
}

fn refuse(reader: &mut Reader, tokens: impl ToTokens) -> Option<Polynomial> {
    let at = reader.at(&tokens);
    reader.add(messages::dimension_expression(at, &written(tokens)));
    None
}

fn refuse_large(reader: &mut Reader, tokens: impl ToTokens) -> Option<Polynomial> {
    let at = reader.at(&tokens);
    reader.add(messages::large_dimension(at, &written(tokens)));
    None
}
