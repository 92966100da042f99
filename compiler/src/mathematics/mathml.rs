//! Mathematics as `MathML`, which rustdoc passes through and browsers render without scripts.
//!
//! The result has no line break and no character that Markdown would take for its own, so that it may stand anywhere in a doc comment.

use super::text::number_text;
use super::{Math, Place, Sign, Symbol, Times};

/// The elements for a piece of mathematics, to stand inside `<math>`.
pub fn mathml(math: &Math) -> String {
    match math {
        Math::Number(number) => number_element(*number),
        Math::Symbol(symbol) => symbol_element(symbol),
        Math::Sum(terms) => row(&sum(terms)),
        Math::Product(times, factors) => row(&product(*times, factors)),
        Math::Quotient(above, below) => {
            format!("<mfrac>{}{}</mfrac>", mathml(above), mathml(below))
        }
        Math::Negative(inner) => row(&format!("{}{}", operator("−"), part(inner, Place::Term))),
        Math::Power(base, exponent) => {
            format!("<msup>{}{}</msup>", part(base, Place::Base), mathml(exponent))
        }
        Math::Root(3, inner) => format!("<mroot>{}<mn>3</mn></mroot>", mathml(inner)),
        Math::Root(_, inner) => format!("<msqrt>{}</msqrt>", mathml(inner)),
        Math::Fence(open, inner, close) => fenced(open, &mathml(inner), close),
        Math::Apply("exp", operands) => {
            let exponents: Vec<String> = operands.iter().map(mathml).collect();
            format!("<msup><mi>e</mi>{}</msup>", row(&exponents.concat()))
        }
        Math::Apply(name, operands) => {
            let operands: Vec<String> = operands.iter().map(mathml).collect();
            let list = fenced("(", &operands.join(&operator(",")), ")");
            row(&format!("<mi>{}</mi><mo>&#x2061;</mo>{list}", escape(name)))
        }
        Math::List(parts) => {
            let parts: Vec<String> = parts.iter().map(mathml).collect();
            row(&parts.join(&operator(",")))
        }
        Math::Relation(left, sign, right) => {
            row(&format!("{}{}{}", mathml(left), operator(sign), mathml(right)))
        }
        Math::Big(sign, over, body) => big(sign, over, body),
        Math::Transpose(inner) => {
            format!("<msup>{}<mi mathvariant=\"normal\">T</mi></msup>", part(inner, Place::Base))
        }
        Math::Inverse(inner) => {
            let exponent = mathml(&Math::Number(-1.0));
            format!("<msup>{}{}</msup>", part(inner, Place::Base), row(&exponent))
        }
        Math::Partial(inner) => row(&format!("{}{}", operator("∂"), mathml(inner))),
        Math::SecondPartial(parts) => {
            let [of, first, second] = &**parts;
            let (sign, two) = (operator("∂"), mathml(&Math::Number(2.0)));
            let above = row(&format!("<msup>{sign}{two}</msup>{}", mathml(of)));
            let below = if first == second {
                format!("{sign}<msup>{}{two}</msup>", mathml(first))
            } else {
                format!("{sign}{}{sign}{}", mathml(first), mathml(second))
            };
            format!("<mfrac>{above}{}</mfrac>", row(&below))
        }
        Math::Equation(sides) => {
            let sides: Vec<String> = sides.iter().map(mathml).collect();
            row(&sides.join(&operator("=")))
        }
    }
}

fn part(part: &Math, place: Place) -> String {
    let inner = mathml(part);
    if part.needs_fence(place, false) { fenced("(", &inner, ")") } else { inner }
}

fn sum(terms: &[(Sign, Math)]) -> String {
    let mut elements = String::new();
    for (index, (sign, term)) in terms.iter().enumerate() {
        match (index, sign) {
            (0, Sign::Plus) => {}
            (_, Sign::Plus) => elements.push_str(&operator("+")),
            (_, Sign::Minus) => elements.push_str(&operator("−")),
        }
        elements.push_str(&part(term, Place::Term));
    }
    elements
}

fn product(times: Times, factors: &[Math]) -> String {
    let mut elements = String::new();
    for (index, factor) in factors.iter().enumerate() {
        if index > 0 {
            elements.push_str(&operator(if times == Times::Elementwise { "⊙" } else { "·" }));
        }
        let is_last = index + 1 == factors.len();
        let place = if is_last { Place::LastFactor(times) } else { Place::Factor(times) };
        elements.push_str(&part(factor, place));
    }
    elements
}

fn big(sign: &str, over: &[Math], body: &Math) -> String {
    let sign = if sign == "Σ" {
        "<mo>∑</mo>".to_string()
    } else {
        format!("<mo>{}</mo>", escape(sign))
    };
    let names: Vec<String> = over.iter().map(mathml).collect();
    let sign = if names.is_empty() {
        sign
    } else {
        format!("<munder>{sign}{}</munder>", row(&names.join(&operator(","))))
    };
    row(&format!("{sign}{}", part(body, Place::Term)))
}

fn symbol_element(symbol: &Symbol) -> String {
    let mut element = format!("<mi>{}</mi>", escape(&symbol.stem));
    for _ in 0..symbol.bars {
        element = format!("<mover>{element}<mo>¯</mo></mover>");
    }
    if symbol.primes > 0 {
        let primes = "′".repeat(symbol.primes.into());
        element = format!("<msup>{element}<mo>{primes}</mo></msup>");
    }
    let subscript = match symbol.subscript.as_str() {
        "" => None,
        digits if digits.chars().all(|digit| digit.is_ascii_digit()) => {
            Some(format!("<mn>{digits}</mn>"))
        }
        word => Some(format!("<mi>{}</mi>", escape(word))),
    };
    let indices: Vec<String> = symbol.indices.iter().map(mathml).collect();
    let indices = (!indices.is_empty()).then(|| indices.join(&operator(",")));
    let below: Vec<String> = subscript.into_iter().chain(indices).collect();
    if below.is_empty() {
        return element;
    }
    format!("<msub>{element}{}</msub>", row(&below.join(&operator(","))))
}

fn number_element(number: f64) -> String {
    let text = number_text(number);
    match text.strip_prefix('−') {
        Some(magnitude) => row(&format!("{}<mn>{magnitude}</mn>", operator("−"))),
        None => format!("<mn>{text}</mn>"),
    }
}

fn fenced(open: &str, inner: &str, close: &str) -> String {
    row(&format!("{}{inner}{}", operator(open), operator(close)))
}

fn row(elements: &str) -> String {
    format!("<mrow>{elements}</mrow>")
}

fn operator(sign: &str) -> String {
    format!("<mo>{}</mo>", escape(sign))
}

/// Escapes what HTML or Markdown would read as markup.
fn escape(text: &str) -> String {
    let is_markup = |letter: char| {
        letter.is_ascii_punctuation() && !matches!(letter, ',' | '.' | '=' | '+' | '/')
    };
    let escaped = text.chars().map(|letter| {
        if is_markup(letter) { format!("&#{};", u32::from(letter)) } else { letter.to_string() }
    });
    escaped.collect()
}
