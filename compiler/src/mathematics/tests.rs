use super::{Math, Sign, Symbol, Times, mathml, text, width};

fn symbol(name: &str) -> Math {
    Math::symbol(name)
}

fn sum(a: &str, b: &str) -> Math {
    Math::Sum(vec![(Sign::Plus, symbol(a)), (Sign::Minus, symbol(b))])
}

#[test]
fn parentheses_stand_only_where_reading_needs_them() {
    let product = Math::Product(Times::Matrix, vec![symbol("p"), symbol("W")]);
    let elementwise = Math::Product(Times::Elementwise, vec![product.clone(), sum("a", "b")]);
    assert_eq!(text(&elementwise), "(p·W) ⊙ (a − b)");
    let affine = Math::Sum(vec![(Sign::Plus, product), (Sign::Plus, symbol("b"))]);
    assert_eq!(text(&affine), "p·W + b");
    let fraction = Math::quotient(sum("a", "b"), Some(sum("c", "d")));
    assert_eq!(text(&fraction), "(a − b)/(c − d)");
    let scaled = Math::Product(Times::Number, vec![fraction, symbol("e")]);
    assert_eq!(text(&scaled), "((a − b)/(c − d))·e");
    let squares = Math::Big("Σ", vec![symbol("n")], Box::new(sum("a", "b").squared()));
    assert_eq!(text(&squares), "Σₙ (a − b)²");
}

#[test]
fn bars_stand_over_the_letter_and_subscripts_follow() {
    let adjoint = Symbol::new("W1").barred();
    assert_eq!(text(&Math::Symbol(adjoint.clone())), "W\u{304}1");
    assert_eq!(width("W\u{304}1"), 2);
    let element = Math::Symbol(adjoint.at(vec![symbol("d"), symbol("h")]));
    assert_eq!(text(&element), "W\u{304}1[d,h]");
    assert_eq!(text(&symbol("w_out")), "w_out");
}

#[test]
fn mathml_escapes_what_markdown_or_html_would_read() {
    let indicator = Math::Fence(
        "[",
        Box::new(Math::Relation(Box::new(symbol("a")), "<", Box::new(symbol("long_name")))),
        "]",
    );
    let markup = mathml(&indicator);
    assert!(!markup.contains(['[', ']', '_', '*', '\n']), "{markup}");
    assert!(markup.contains("<mo>&#60;</mo>"), "{markup}");
}
