//! Fitting a formula: the Michaelis–Menten law of enzyme kinetics, `v = vmax·s / (km + s)`.
use chainrule::prelude::*;

/// Concentrations of the substrate, in ppm.
const CONCENTRATIONS: [f64; 12] =
    [0.02, 0.02, 0.06, 0.06, 0.11, 0.11, 0.22, 0.22, 0.56, 0.56, 1.10, 1.10];

/// Velocities of the reaction treated with puromycin, in counts/min²: D. M. Bates and D. G. Watts (1988), *Nonlinear Regression Analysis
/// and Its Applications*, appendix A1.3, from M. A. Treloar (1974).
const VELOCITIES: [f64; 12] =
    [76.0, 47.0, 97.0, 107.0, 123.0, 139.0, 159.0, 152.0, 191.0, 201.0, 207.0, 200.0];

/// The units the fit is done in, so that both parameters are near 1 and one learning rate suits both.
const CONCENTRATION_UNIT: f64 = 0.1;
const VELOCITY_UNIT: f64 = 100.0;

/// The velocity at a concentration: half of `vmax` at `km`.
#[model(loss = mean_squared_error, scalar = f64)]
fn velocity(
    s: Input,
    #[init(constant(1.0))] vmax: Param,
    #[init(constant(1.0))] km: Param,
) -> Output {
    vmax * s / (km + s)
}

fn main() -> Result<(), chainrule::Error> {
    let s = CONCENTRATIONS.map(|concentration| concentration / CONCENTRATION_UNIT);
    let v = VELOCITIES.map(|velocity| velocity / VELOCITY_UNIT);
    let batch = Velocity::batch(&s, &v)?;
    let mut model = Velocity::seeded(0);
    println!("{}\n", check_gradient(&model, &batch)?);

    let history = Trainer::new(GradientDescent::new(0.2).momentum(0.9))
        .epochs(2000)
        .batch_size(v.len())
        .fit(&mut model, &batch)?;
    println!("{history}\n");

    println!("{:>6} {:>10} {:>8} {:>9}", "s", "v", "fitted", "residual");
    let mut squares = 0.0;
    for ((s, v), fitted) in CONCENTRATIONS.iter().zip(VELOCITIES).zip(model.predict(&s)?) {
        let fitted = fitted * VELOCITY_UNIT;
        let residual = v - fitted;
        squares += residual * residual;
        println!("{s:>6.2} {v:>10.1} {fitted:>8.2} {residual:>9.2}  {}", bar(residual));
    }
    println!("\nresidual sum of squares {squares:.1}, by Bates and Watts 1195");
    let (vmax, km) = (model.vmax() * VELOCITY_UNIT, model.km() * CONCENTRATION_UNIT);
    println!("vmax {vmax:.1} counts/min², by Bates and Watts 212.7");
    println!("km   {km:.4} ppm, by Bates and Watts 0.0641");
    assert!((vmax - 212.7).abs() < 0.05 && (km - 0.0641).abs() < 0.00005, "the fit must agree");
    Ok(())
}

/// A residual as a bar to the left or right of an axis.
fn bar(residual: f64) -> String {
    let length = (residual.abs() / 2.0).round() as usize;
    let marks = "■".repeat(length);
    if residual < 0.0 { format!("{marks:>14}│") } else { format!("{:14}│{marks}", "") }
}
