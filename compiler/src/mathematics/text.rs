//! Mathematics as one line of Unicode text.

use super::{Math, Place, Sign, Symbol, Times};

/// The text of a piece of mathematics.
///
/// # Examples
/// ```
/// use chainrule_compiler::mathematics::{Math, Symbol, Times, text};
///
/// let h = Math::Transpose(Box::new(Math::symbol("h2")));
/// let adjoint = Math::Symbol(Symbol::new("p").barred());
/// assert_eq!(text(&Math::Product(Times::Matrix, vec![h, adjoint])), "h2ᵀ·p̄");
/// ```
pub fn text(math: &Math) -> String {
    let mut out = String::new();
    write(math, &mut out);
    out
}

/// How many columns the text takes: marks that combine with the letter before them take none.
pub fn width(text: &str) -> usize {
    text.chars().filter(|letter| !matches!(letter, '\u{300}'..='\u{36f}')).count()
}

fn write(math: &Math, out: &mut String) {
    match math {
        Math::Number(number) => out.push_str(&number_text(*number)),
        Math::Symbol(symbol) => write_symbol(symbol, out),
        Math::Sum(terms) => {
            for (index, (sign, term)) in terms.iter().enumerate() {
                out.push_str(match (index, sign) {
                    (0, Sign::Plus) => "",
                    (0, Sign::Minus) => "−",
                    (_, Sign::Plus) => " + ",
                    (_, Sign::Minus) => " − ",
                });
                write_part(term, Place::Term, out);
            }
        }
        Math::Product(times, factors) => write_product(*times, factors, out),
        Math::Quotient(above, below) => {
            write_part(above, Place::Numerator, out);
            out.push('/');
            write_part(below, Place::Denominator, out);
        }
        Math::Negative(inner) => {
            out.push('−');
            write_part(inner, Place::Term, out);
        }
        Math::Power(base, exponent) => {
            write_part(base, Place::Base, out);
            write_exponent(exponent, out);
        }
        Math::Root(degree, inner) => {
            out.push_str(if *degree == 3 { "∛" } else { "√" });
            let is_atom = matches!(**inner, Math::Symbol(_) | Math::Fence(..));
            write_fenced(inner, !is_atom, out);
        }
        Math::Fence(open, inner, close) => {
            out.push_str(open);
            write(inner, out);
            out.push_str(close);
        }
        Math::Apply(name, operands) => {
            out.push_str(name);
            out.push('(');
            write_list(operands, ", ", out);
            out.push(')');
        }
        Math::List(parts) => write_list(parts, ", ", out),
        Math::Relation(left, sign, right) => {
            write(left, out);
            out.extend([" ", sign, " "]);
            write(right, out);
        }
        Math::Big(sign, over, body) => {
            out.push_str(sign);
            write_range(over, out);
            out.push(' ');
            write_part(body, Place::Term, out);
        }
        Math::Transpose(inner) => {
            write_part(inner, Place::Base, out);
            out.push('ᵀ');
        }
        Math::Inverse(inner) => {
            write_part(inner, Place::Base, out);
            out.push_str("⁻¹");
        }
        Math::Partial(inner) => {
            out.push('∂');
            write(inner, out);
        }
        Math::SecondPartial(parts) => {
            let [of, first, second] = &**parts;
            out.push_str("∂²");
            write(of, out);
            out.push_str("/∂");
            write(first, out);
            if first == second {
                out.push('²');
            } else {
                out.push('∂');
                write(second, out);
            }
        }
        Math::Equation(sides) => write_list(sides, " = ", out),
    }
}

fn write_part(part: &Math, place: Place, out: &mut String) {
    write_fenced(part, part.needs_fence(place, true), out);
}

fn write_fenced(part: &Math, fence: bool, out: &mut String) {
    if fence {
        out.push('(');
    }
    write(part, out);
    if fence {
        out.push(')');
    }
}

fn write_list(parts: &[Math], between: &str, out: &mut String) {
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            out.push_str(between);
        }
        write(part, out);
    }
}

fn write_product(times: Times, factors: &[Math], out: &mut String) {
    for (index, factor) in factors.iter().enumerate() {
        if index > 0 {
            out.push_str(if times == Times::Elementwise { " ⊙ " } else { "·" });
        }
        let is_last = index + 1 == factors.len();
        let place = if is_last { Place::LastFactor(times) } else { Place::Factor(times) };
        write_part(factor, place, out);
    }
}

/// A word has its bar over each letter, so that the bars join; a letter has one of its own.
fn write_symbol(symbol: &Symbol, out: &mut String) {
    let is_letter = symbol.stem.chars().count() == 1;
    let bar = if is_letter { '\u{304}' } else { '\u{305}' };
    for letter in symbol.stem.chars() {
        out.push(letter);
        for _ in 0..symbol.bars {
            out.push(bar);
        }
    }
    if symbol.underscore {
        out.push('_');
    }
    out.push_str(&symbol.subscript);
    out.extend(std::iter::repeat_n('′', symbol.primes.into()));
    if !symbol.indices.is_empty() {
        out.push('[');
        write_list(&symbol.indices, ",", out);
        out.push(']');
    }
}

/// `ₙ` where all letters have a subscript form, `_d` or `_{d,n}` otherwise.
fn write_range(over: &[Math], out: &mut String) {
    const SUBSCRIPTS: [(&str, char); 8] = [
        ("n", 'ₙ'),
        ("i", 'ᵢ'),
        ("j", 'ⱼ'),
        ("k", 'ₖ'),
        ("l", 'ₗ'),
        ("m", 'ₘ'),
        ("p", 'ₚ'),
        ("t", 'ₜ'),
    ];
    let names: Vec<String> = over.iter().map(text).collect();
    let small = |name: &String| SUBSCRIPTS.iter().find(|(plain, _)| plain == name).map(|(_, s)| *s);
    match names.as_slice() {
        [] => {}
        [one] => match small(one) {
            Some(subscript) => out.push(subscript),
            None if one.chars().count() == 1 => out.extend(["_", one]),
            None => out.extend(["_{", one, "}"]),
        },
        several => out.extend(["_{", &several.join(","), "}"]),
    }
}

fn write_exponent(exponent: &Math, out: &mut String) {
    let mut plain = String::new();
    write(exponent, &mut plain);
    let raised: Option<String> = plain.chars().map(superscript).collect();
    match raised {
        Some(raised) => out.push_str(&raised),
        None => out.extend(["^(", &plain, ")"]),
    }
}

fn superscript(letter: char) -> Option<char> {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    match letter {
        '−' => Some('⁻'),
        'a' => Some('ᵃ'),
        'b' => Some('ᵇ'),
        'n' => Some('ⁿ'),
        'x' => Some('ˣ'),
        _ => letter.to_digit(10).map(|digit| RAISED[digit as usize]),
    }
}

/// A number with the sign of mathematics; very large and small ones as `1.5e−8`.
pub(super) fn number_text(number: f64) -> String {
    if number.is_infinite() {
        return if number > 0.0 { "∞".into() } else { "−∞".into() };
    }
    let magnitude = number.abs();
    let text = if number != 0.0 && !(1e-5..1e16).contains(&magnitude) {
        format!("{number:e}")
    } else {
        format!("{number}")
    };
    text.replace('-', "−")
}
