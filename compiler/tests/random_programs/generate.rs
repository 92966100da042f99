//! Random well-shaped programs as source text: the signature, the attribute and the loss.

use super::expression::Writer;
use super::random::Random;

/// An extent: how the source writes it, and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extent {
    /// `3`, `D`, `N`, `WIDTH`.
    pub text: String,
    /// The value.
    pub value: u64,
}

/// A shape.
pub type Shape = Vec<Extent>;

/// Where the value of a named extent comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A const generic of the function.
    Generic,
    /// `dims(..)` of the attribute.
    RunTime,
    /// A constant beside the function.
    Constant,
}

/// A program.
#[derive(Clone, Debug)]
pub struct Program {
    /// What stands in `#[model(..)]`, without the scalar type.
    pub attribute: String,
    /// The function.
    pub item: String,
    /// The named extents.
    pub extents: Vec<(Extent, Origin)>,
}

/// The losses that want a target of the prediction's shape.
const LOSSES: &[&str] = &[
    "squared_error",
    "mean_squared_error",
    "absolute_error",
    "mean_absolute_error",
    "huber",
    "huber(0.7)",
    "log_cosh",
    "quantile",
    "quantile(0.3)",
    "binary_cross_entropy",
    "hinge",
    "poisson",
    "|p, t| sum(square(p - t)) + mean(softplus(p))",
    "|prediction, target| ln(1 + sum(abs(prediction - target)))",
    "|p, t| { sum((p - t)*(p - t)*(p - t)*(p - t))/4.0 }",
];

/// Those that also want an axis.
const LOSSES_OVER_AXIS: &[&str] = &["soft_cross_entropy", "kl_divergence"];

/// The program of this seed, a function of this name.
pub fn program(name: &str, seed: u64) -> Program {
    let mut random = Random::seeded(seed);
    let extents = named_extents(&mut random);
    let mut pool: Shape = extents.iter().map(|(extent, _)| extent.clone()).collect();
    for value in [1, 1 + random.below(5) as u64, 2 + random.below(4) as u64] {
        pool.push(Extent { text: value.to_string(), value });
    }
    let size = [3, 5, 8, 12, 20][random.below(5)];
    let mut writer = Writer::new(random, pool, size);
    let (loss, result, body) = body(&mut writer);
    let arguments = writer.arguments().join(", ");
    let generics = declared(&extents, Origin::Generic, |name| format!("const {name}: usize"));
    let generics = if generics.is_empty() { generics } else { format!("<{generics}>") };
    let dims = declared(&extents, Origin::RunTime, str::to_owned);
    let mut settings: Vec<String> = loss.into_iter().map(|loss| format!("loss = {loss}")).collect();
    if !dims.is_empty() {
        settings.push(format!("dims({dims})"));
    }
    if writer.random.percent(30) {
        settings.push("reduction = sum".into());
    }
    Program {
        attribute: settings.join(", "),
        item: format!("fn {name}{generics}({arguments}) -> {result} {{ {body} + bias }}"),
        extents,
    }
}

fn named_extents(random: &mut Random) -> Vec<(Extent, Origin)> {
    let names = [
        ("D", Origin::Generic),
        ("H", Origin::Generic),
        ("N", Origin::RunTime),
        ("WIDTH", Origin::Constant),
    ];
    let mut extents = Vec::new();
    for (name, origin) in names {
        if random.percent(40) {
            let value = 1 + random.below(5) as u64;
            extents.push((Extent { text: name.into(), value }, origin));
        }
    }
    extents
}

fn declared(extents: &[(Extent, Origin)], wanted: Origin, text: impl Fn(&str) -> String) -> String {
    let matching = extents.iter().filter(|(_, origin)| *origin == wanted);
    matching.map(|(extent, _)| text(&extent.text)).collect::<Vec<_>>().join(", ")
}

/// The loss setting, the return type and the body.
fn body(writer: &mut Writer) -> (Option<String>, String, String) {
    match writer.random.below(10) {
        0..4 => (None, "Loss".into(), writer.block(&[], 4)),
        4..8 => {
            let rank = writer.random.below(3);
            let shape = writer.shape(rank);
            let mut losses = LOSSES.to_vec();
            losses.extend(if rank > 0 { LOSSES_OVER_AXIS } else { &[] });
            let loss = (*writer.random.choice(&losses)).to_owned();
            (Some(loss), output(&shape), writer.block(&shape, 4))
        }
        8 => {
            let shape = writer.shape(1);
            (Some("cross_entropy".into()), output(&shape), writer.block(&shape, 4))
        }
        _ => {
            let rank = writer.random.below(2);
            let mut shape = vec![Extent { text: "2".into(), value: 2 }];
            shape.extend(writer.shape(rank));
            (Some("gaussian".into()), output(&shape), writer.block(&shape, 4))
        }
    }
}

fn output(shape: &[Extent]) -> String {
    written("Output", shape)
}

/// `Param<D, 3>`.
pub fn written(kind: &str, shape: &[Extent]) -> String {
    if shape.is_empty() {
        return kind.into();
    }
    let extents: Vec<&str> = shape.iter().map(|extent| extent.text.as_str()).collect();
    format!("{kind}<{}>", extents.join(", "))
}
