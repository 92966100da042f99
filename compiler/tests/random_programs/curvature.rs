//! Hessian-vector products and Hessians of loops: forwards and backwards over the gradient, through simplification and plans, against
//! differences of the gradient.

use chainrule_compiler::diagnostic::Errors;
use chainrule_compiler::differentiate::differentiate;
use chainrule_compiler::evaluate::{Environment, Randomness, evaluate};
use chainrule_compiler::ir::{self, Access, Graph, Label, Leaf, NodeId};
use chainrule_compiler::plan::Purpose;
use chainrule_compiler::schedule::{self, Root};
use chainrule_compiler::sensitivity::{self, Quantity};
use chainrule_compiler::{allocate, construct, lower, pipeline, simplify, stabilize};

use super::environment::environment;
use super::execute::execute;
use super::generate::Program;
use super::properties::{compile, parse};
use super::random::Random;
use super::{differences, noise};

/// The relative error against differences of the gradient.
const TOLERANCE: f64 = 1e-5;
/// The relative error of a plan, beyond what rounding may do.
const VALUES: f64 = 1e-9;
/// The relative change of reals that shows what rounding may do.
const LAST_BITS: f64 = 4e-15;

/// Loops with conditions in and around them, and with derivatives inside them: arguments and bodies.
const PROGRAMS: &[(&str, &str)] = &[
    (
        "x: Input<4, 2>, w: Param<2, 3>, u: Param<3, 3>",
        "let mut h = x[0].dot(w); for t in 0..4 { h = if x[t][0] > 0.0 { tanh(x[t].dot(w) + h.dot(u)) } else { h }; } sum(h*h)",
    ),
    (
        "x: Input<4, 2>, w: Param<2, 3>, u: Param<3, 3>",
        "let mut h = x[0].dot(w); for t in 0..4 { h = if sum(h) > 0.0 { tanh(x[t].dot(w) + h.dot(u)) } else { h.dot(u) }; } sum(h*h)",
    ),
    (
        "x: Input<4, 2>, w: Param<2, 3>, u: Param<3, 3>",
        "let mut h = x[0].dot(w); for t in 0..4 { h = if x[t][0] > 0.0 { tanh((1.0/x[t]).dot(w) + h.dot(u)) } else { h }; } sum(h*h)",
    ),
    (
        "x: Input<4, 2>, w: Param<2, 3>, u: Param<3, 3>",
        "let mut h = x[0].dot(w); for t in 0..4 { h = select(h > 0.0, tanh(x[t].dot(w) + h.dot(u)), sin(h)); } sum(h*h)",
    ),
    (
        "x: Input<4, 3>, w: Param<3, 3>, u: Param<3, 3>",
        "let mut h = x[0]; for t in 0..4 { let m = w*h[0]; h = if x[t][0] > 0.0 { tanh(x[t].dot(m) + (h/x[t][0]).dot(u)) } else { h }; } sum(h*h)",
    ),
    (
        "x: Input<4, 2>, w: Param<2, 3>, u: Param<3, 3>",
        "let mut h = x[0].dot(w); for t in 0..4 { let r = max(x[t][0], 0.0); for k in 0..2 { h = if r > 0.0 { tanh(h.dot(u)/r) } else { sin(h.dot(u)) }; } } sum(h*h)",
    ),
    (
        "x: Input<2>, y: Input<2>, w: Param<2, 2>",
        "let mut v = w; for t in 0..3 { let e = sum(square(tanh(x.dot(v)) - y)); v = v - 0.1*diff(e, v); } sum(square(x.dot(v) - y))",
    ),
    (
        "m: Input, e: Input, a: Param, k: Param",
        "let ecc = 0.5*sigmoid(e*k); let mut u = m; for i in 0..6 { u = u - (u - ecc*sin(u) - m)/(1.0 - ecc*cos(u)); } a*cos(u) - k*sin(u)",
    ),
    (
        "e: Input, a: Param, k: Param",
        "let mut u = a; for i in 0..6 { u = u - (u - 0.3*sin(u*k) - a)/(1.0 - 0.3*k*cos(u*k)); } square(u*e - k)",
    ),
    (
        "x: Input<4>, w: Param<3, 3>, b: Param<3>",
        "let mut h = b; let mut s = 0.0*x[0]; for t in 0..4 { let z = softmax(b.dot(w) + x[t]); let g = sigmoid(h.dot(w)); h = g*h + (1.0 - g)*z; s += square(h[0] - x[t]); } s",
    ),
    (
        "x: Input<3>, w: Param<3, 3>",
        "let mut m = w; for t in 0..3 { m = tanh(m.dot(w)); } let mut h = x; for t in 0..2 { h = sin(h.dot(m)); } sum(h*h)",
    ),
    (
        "x: Input<3>, w: Param<3, 3>",
        "let mut h = x; for t in 0..2 { let mut m = w; for k in 0..2 { m = tanh(m.dot(w)*0.5); } h = sin(h.dot(m)); } sum(h*h)",
    ),
    (
        "x: Input<3>, w: Param<3, 3>",
        "let mut h = x; for t in 0..2 { let z = softmax(w.dot(h)); h = h - 0.1*diff(sum(sin(z.dot(w))), h); } sum(h*h)",
    ),
    (
        "x: Input<3>, y: Input, w: Param<3>",
        "let mut v = w; for t in 0..3 { let r = x.dot(v) - y; v = v - 0.1*r*x; } let r = x.dot(v) - y; r*r",
    ),
    (
        "x: Input<5>, w: Param<4>",
        "let mut s = 0.0*x[0]; let all = for t in 0..4 { s = if x[t]*w[t] > s { max(s, x[t]*w[t]) } else { s*w[t] }; s + w[0] }; sum(square(all)*all)",
    ),
    (
        "x: Input<3, 2>, q: Param<2, 2>, k: Param<2, 2>",
        "let mut h = x; for t in 0..2 { let s = softmax(h.dot(q).dot(transpose(h.dot(k)))); h = h + 0.3*s.dot(h); } sum(h*h)",
    ),
    (
        "x: Input<3>, w: Param<2, 3, 3>, g: Param<3>",
        "let mut h = x; for l in 0..2 { h = h + tanh(layer_norm(h, g, g).dot(w[l])); } sum(h*h*g)",
    ),
    (
        "x: Input<4>, w: Param<3, 3>, b: Param<3>",
        "let s = ln(w*w); let mut h = b*x[0]; for t in 0..4 { h = select(h*x[t] > 0.1, tanh(h.dot(s)), h.dot(s)); } sum(h*h)",
    ),
    (
        "x: Input<4>, w: Param<3, 3>, b: Param<3>",
        "let s = ln(w*w); let mut h = b; for t in 0..4 { h = select(b*x[t] > 0.1, tanh(h.dot(s)), h.dot(s)); } sum(h*h)",
    ),
    (
        "x: Input<2>, a: Param<2, 2>",
        "let m = a.dot(transpose(a)) + eye(2); let mut h = x; for t in 0..3 { h = sin(solve(m, h)) + x; } sum(h*h)",
    ),
    (
        "x: Input<2>, a: Param<2, 2>",
        "let mut h = x; for t in 0..2 { let m = a.dot(transpose(a)) + eye(2)*(1.0 + square(h[0])); h = sin(solve(m, h)) + x; } sum(h*h) + logdet(a.dot(transpose(a)) + eye(2))",
    ),
    (
        "x: Input<3>, w: Param<3>, v: Param",
        "let mut p = v; let mut q = 0.0; for t in 0..3 { let a = sin(p); q = q + x[t]*a*w[t]; p = p + 0.1*a*v; } q*q + p*w[0]",
    ),
    (
        "x: Input, w: Param<3>, v: Param",
        "let mut p = v; let ps = for t in 0..3 { p = sin(p + w[t]); p*v }; let mut s = x; for t in 0..3 { s = cos(s*ps[t]); } s*s + sum(ps)",
    ),
    (
        "x: Input, w: Param<3>, v: Param",
        "let mut p = v; let ps = for t in 0..3 { p = sin(p + w[t]); p*v }; let mut q = sum(ps); for k in 0..2 { q = cos(q*v); } let mut s = x; for t in 0..3 { s = cos(s*ps[t]*q); } s*s + sum(ps)",
    ),
    (
        "tokens: Index<4, 3>, table: Param<4, 2>, u: Param<2, 2>",
        "let mut h = table[tokens[0]]; for t in 1..3 { h = tanh(table[tokens[t]] + h.dot(u)); } sum(h*h*h)",
    ),
    (
        "x: Input<3, 2>, w: Param<2, 8>, u: Param<2, 8>, b: Param<8>",
        "let mut h = 0.1*x[0]; let mut c = 0.2*x[1]; for t in 0..3 { let z = x[t].dot(w) + h.dot(u) + b; let i = sigmoid(z[0..2]); let f = sigmoid(z[2..4]); let o = sigmoid(z[4..6]); c = f*c + i*tanh(z[6..8]); h = o*tanh(c); } sum(h*h)",
    ),
    (
        "d: Data<5>, k: Param, w: Param",
        "let mut p = k; let mut s = 0.0; for t in 0..5 { p = p + 0.1*sin(w*p); s += square(p - d[t]); } s",
    ),
    (
        "d: Data<5, 2>, k: Param<2>, w: Param<2, 2>",
        "let mut p = k; let mut s = 0.0; for t in 0..5 { p = if d[(t, 0)] > 0.0 { tanh(p.dot(w)) } else { p/(1.0 + p*p) }; s += sum(square(p - d[t])); } s",
    ),
    (
        "x: Input<2>, w: Param<2, 2>, b: Param<2>",
        "let mut h = x; for t in 0..3 { h = tanh(h.dot(w) + b); } sum(square(diff(sum(h*h), x)))",
    ),
    (
        "x: Input<2>, w: Param<2, 2>, b: Param<2>",
        "let mut h = x; for t in 0..3 { h = if h[0] > 0.1 { tanh(h.dot(w) + b) } else { sin(h.dot(w)) }; } sum(square(diff(sum(h*h), x)))",
    ),
    (
        "x: Input<2>, w: Param<2>",
        "let mut q = x; for t in 0..2 { let p = q*w; let e = sum(if p[0] > 0.0 { sin(p)*p } else { p*p/(1.0 + p*p) }); q = q - 0.2*diff(e, p); } sum(q*q)",
    ),
    (
        "x: Input, w: Param",
        "let r = max(x, 0.0); let mut h = w; for t in 0..3 { h = tanh(h)/r; } square(diff(if r > 0.0 { h } else { w*w*x }, w))",
    ),
    (
        "x: Input<7>, a: Param, b: Param",
        "let mut s = a; #[checkpoint(every = 3)] for t in 0..7 { s = if x[t] > 0.0 { sin(s*b + x[t]) } else { s*b }; } s*s",
    ),
    (
        "x: Input<3, 2>, q: Param<2, 2>, k: Param<2, 2>",
        "let mut h = x; for t in 0..2 { let a = for i in 0..3 { let s = softmax(h.dot(k).dot(h[i].dot(q))); s.dot(h) }; h = h + 0.3*a; } sum(h*h)",
    ),
    ("x: Input<5>, w: Param<5>", "let y = x*w; sum(cumsum(exp(y))*cumprod(cos(y)))"),
];

/// Conditions of examples on values that examples share and that may not be finite: forwards alone. Backwards over backwards, a step would
/// have to know whether any example of all needs such a value.
const FORWARDS: &[(&str, &str)] = &[
    (
        "x: Input<4>, w: Param<3, 3>, b: Param<3>",
        "let s = 1.0/w; let mut h = b; for t in 0..4 { h = if x[t] > 0.0 { tanh(h.dot(s)) } else { sin(h) }; } sum(h*h)",
    ),
    (
        "x: Input<4>, w: Param<3, 3>, b: Param<3>",
        "let mut h = b; for t in 0..4 { let s = 1.0/(w*w + t); h = if x[t] > 0.0 { tanh(h.dot(s)) } else { sin(h) }; } sum(h*h)",
    ),
    (
        "x: Input<4>, w: Param<3, 3>, b: Param<3>",
        "let mut m = w; for k in 0..3 { m = m/(1.0 + m*m) + w; } let mut h = b; for t in 0..4 { h = if x[t] > 0.0 { tanh(h.dot(m)) } else { sin(h) }; } sum(h*h)",
    ),
    (
        "x: Input<3>, w: Param<2, 2>, b: Param<2>",
        "let s = 1.0/w; let mut h = b*x[0]; for t in 0..3 { h = if x[t] > 0.0 { tanh(h.dot(s)) } else { sin(h) }; } sum(square(diff(sum(h*h), x)))",
    ),
    (
        "x: Input<3>, w: Param<2, 2>, b: Param<2>",
        "let s = 1.0/w; let mut h = b; for t in 0..3 { h = if x[t] > 0.0 { tanh(h.dot(s)) } else { sin(h) }; } sum(square(diff(sum(h*h), w)))",
    ),
];

/// How the gradient is differentiated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Orders {
    /// Forwards, and backwards.
    Both,
    /// Forwards.
    Forwards,
}

/// All of them.
pub fn curved() -> Vec<(String, Program, Orders)> {
    let program = |order: Orders| {
        move |(arguments, body): &(&str, &str)| {
            let item = format!("fn curved({arguments}) -> Loss {{ {body} }}");
            let program = Program { attribute: String::new(), item, extents: Vec::new() };
            ("curved".to_owned(), program, order)
        }
    };
    let both = PROGRAMS.iter().map(program(Orders::Both));
    both.chain(FORWARDS.iter().map(program(Orders::Forwards))).collect()
}

/// How many elements of a Hessian-vector product agree with differences.
pub fn check(program: &Program, order: Orders, seed: u64) -> Result<usize, String> {
    compile(&parse(program)?)?;
    let mut sample = Sample::of(program, seed)?;
    let forwards = sample.derive(Quantity::HessianVectorProduct)?;
    let backwards = match order {
        Orders::Both => sample.backwards()?,
        Orders::Forwards => Results::new(),
    };
    let hessian = sample.derive(Quantity::Hessian)?;
    let gradient = sample.gradient()?;
    let roots: Vec<NodeId> = [&gradient, &forwards, &backwards, &hessian]
        .into_iter()
        .flatten()
        .map(|one| one.1)
        .collect();
    let (graph, simple) = simplify::simplify(&sample.graph, &roots)?;
    ir::verify(&graph).map_err(|problem| format!("simplify: {problem}"))?;
    let found = evaluate(&graph, &simple, &sample.values)?;
    if found.iter().flatten().any(|number| !number.is_finite()) {
        return Err("a derivative is not finite".into());
    }
    sample.check_plan(&graph, &simple, &found)?;
    let mut found = found.into_iter().skip(gradient.len());
    let mut take = |results: &Results| -> Vec<(Purpose, Vec<f64>)> {
        results.iter().map(|(purpose, _)| (*purpose, found.next().unwrap_or_default())).collect()
    };
    let (forwards, backwards, hessian) = (take(&forwards), take(&backwards), take(&hessian));
    let forwards = sample.whole(&forwards);
    let agree = |what: &str, other: &[f64]| {
        let most = forwards.iter().fold(1.0, |most: f64, value| most.max(value.abs()));
        let agree = forwards.iter().zip(other).all(|(a, b)| (a - b).abs() <= 1e-8 * most);
        if agree { Ok(()) } else { Err(format!("{what}: {other:?}, forwards {forwards:?}")) }
    };
    if order == Orders::Both {
        agree("backwards", &sample.whole(&backwards))?;
    }
    agree("hessian", &sample.times_direction(&hessian))?;
    sample.compare(&graph, &simple[..gradient.len()], &gradient, &forwards)
}

type Results = Vec<(Purpose, NodeId)>;

/// The stable loss of a program, with values.
struct Sample {
    graph: Graph,
    loss: NodeId,
    parameters: Vec<(usize, NodeId)>,
    values: Environment,
    random: Random,
}

impl Sample {
    fn of(program: &Program, seed: u64) -> Result<Sample, String> {
        let model = parse(program)?;
        let mut errors = Errors::new();
        let lowered = lower::lower(&model, &mut errors);
        errors.check(()).map_err(|found| format!("lower: {found:#?}"))?;
        let lowered = lowered.ok_or("no program")?;
        let mut random = Random::seeded(seed ^ 0x77e1);
        let rows = *random.choice(&[1, 2, 3]);
        let mut values = environment(program, &model, lowered.target.as_ref(), rows, &mut random);
        values.randomness = Some(Randomness { seed, step: rows });
        let (mut graph, roots) = stabilize::stabilize(&lowered.graph, &[lowered.loss()])?;
        let leaf = |index: usize| {
            let shape = model.arguments[index].shape.iter().map(|one| one.dim.clone());
            (index, graph.leaf(Leaf::Argument(index), shape.collect()))
        };
        let parameters: Vec<(usize, NodeId)> =
            pipeline::parameters(&model).into_iter().map(leaf).collect();
        for (index, _) in &parameters {
            let count = values.leaves[&Leaf::Argument(*index)].len();
            let along = (0..count).map(|_| random.uniform(-1.0, 1.0)).collect();
            values.leaves.insert(Leaf::Direction(*index), along);
        }
        Ok(Sample { graph, loss: roots[0], parameters, values, random })
    }

    fn derive(&mut self, quantity: Quantity) -> Result<Results, String> {
        let (graph, parameters) = (&mut self.graph, &self.parameters);
        let results = sensitivity::derive(graph, quantity, self.loss, parameters, true)?;
        ir::verify(graph).map_err(|problem| format!("{quantity:?}: {problem}"))?;
        Ok(results)
    }

    fn gradient_of(&mut self, number: NodeId) -> Result<Results, String> {
        let leaves: Vec<NodeId> = self.parameters.iter().map(|(_, leaf)| *leaf).collect();
        let found = differentiate(&mut self.graph, number, &leaves)?;
        ir::verify(&self.graph).map_err(|problem| format!("differentiate: {problem}"))?;
        let named = self.parameters.iter().zip(found);
        Ok(named
            .filter_map(|((index, _), node)| Some((Purpose::Gradient(*index), node?)))
            .collect())
    }

    fn gradient(&mut self) -> Result<Results, String> {
        self.gradient_of(self.loss)
    }

    /// The gradient of the slope in the direction.
    fn backwards(&mut self) -> Result<Results, String> {
        let first = self.gradient()?;
        let graph = &mut self.graph;
        let mut slope = Access::scalar(graph.constant(0.0));
        for (purpose, node) in first {
            let Purpose::Gradient(index) = purpose else { continue };
            let shape = graph.shape(node).to_vec();
            let direction = graph.leaf(Leaf::Direction(index), shape.clone());
            let factors = [node, direction].map(|node| Access::whole(graph, node));
            let labels: Vec<Label> = (0..shape.len() as Label).collect();
            let product = construct::contract(graph, &factors, &labels, &shape);
            slope = construct::add(graph, &slope, &product, &[]);
        }
        self.gradient_of(slope.node)
    }

    fn size(&self, index: usize) -> usize {
        self.values.leaves[&Leaf::Argument(index)].len()
    }

    /// What has the shape of the gradient, with zeros where nothing is given.
    fn whole(&self, results: &[(Purpose, Vec<f64>)]) -> Vec<f64> {
        let of = |index: usize| {
            let found = results.iter().find(|(purpose, _)| *purpose == Purpose::Gradient(index));
            found.map_or_else(|| vec![0.0; self.size(index)], |(_, values)| values.clone())
        };
        self.parameters.iter().flat_map(|(index, _)| of(*index)).collect()
    }

    /// The Hessian, of which the blocks on and above the diagonal are given, times the direction.
    fn times_direction(&self, blocks: &[(Purpose, Vec<f64>)]) -> Vec<f64> {
        let mut product: Vec<Vec<f64>> =
            self.parameters.iter().map(|(index, _)| vec![0.0; self.size(*index)]).collect();
        let place = |index: usize| self.parameters.iter().position(|one| one.0 == index);
        for (purpose, block) in blocks {
            let Purpose::Block(rows, columns) = *purpose else { continue };
            let (Some(row), Some(column)) = (place(rows), place(columns)) else { continue };
            let [along_rows, along_columns] =
                [rows, columns].map(|index| &self.values.leaves[&Leaf::Direction(index)]);
            for (k, value) in block.iter().enumerate() {
                let (i, j) = (k / self.size(columns), k % self.size(columns));
                product[row][i] += value * along_columns[j];
                if row != column {
                    product[column][j] += value * along_rows[i];
                }
            }
        }
        product.concat()
    }

    /// Compares a product with differences of the gradient along the direction.
    fn compare(
        &self,
        graph: &Graph,
        nodes: &[NodeId],
        gradient: &Results,
        product: &[f64],
    ) -> Result<usize, String> {
        let along = |step: f64| -> Result<Vec<f64>, String> {
            let mut moved = self.values.clone();
            for &(index, _) in &self.parameters {
                let direction = &self.values.leaves[&Leaf::Direction(index)];
                let numbers = moved.leaves.get_mut(&Leaf::Argument(index)).ok_or("no argument")?;
                let pairs = numbers.iter_mut().zip(direction);
                pairs.for_each(|(number, along)| *number += step * along);
            }
            let purposes = gradient.iter().map(|(purpose, _)| *purpose);
            let found = evaluate(graph, nodes, &moved)?;
            Ok(self.whole(&purposes.zip(found).collect::<Vec<_>>()))
        };
        let points = differences::POINTS.map(along);
        let points: Vec<Vec<f64>> = points.into_iter().collect::<Result<_, _>>()?;
        let mut compared = 0;
        for (place, &promised) in product.iter().enumerate() {
            let slope = differences::slope_through(|point| points[point][place]);
            let Some((slope, noise)) = slope else { continue };
            let allowed = TOLERANCE * promised.abs().max(slope.abs()) + noise;
            if (promised - slope).abs() > allowed || promised.is_nan() {
                return Err(format!("product {place} is {promised}, by differences {slope}"));
            }
            compared += 1;
        }
        Ok(compared)
    }

    /// A plan computes what the interpreter finds.
    fn check_plan(
        &mut self,
        graph: &Graph,
        nodes: &[NodeId],
        expected: &[Vec<f64>],
    ) -> Result<(), String> {
        let random = &mut self.random;
        let noise = noise::noise(graph, nodes, &self.values, expected, LAST_BITS, random)?;
        let root =
            |(place, &node): (usize, &NodeId)| Root { node, purpose: Purpose::Gradient(place) };
        let roots: Vec<Root> = nodes.iter().enumerate().map(root).collect();
        let mut plan = schedule::schedule(graph, &roots, &[])
            .map_err(|problem| format!("schedule: {problem}"))?;
        let layout = allocate::allocate(&mut plan);
        for tile in [1, 2] {
            let results = execute(&plan, &layout, &self.values, tile);
            for (place, (expected, noise)) in expected.iter().zip(&noise).enumerate() {
                let found = results.gradients.get(&place).ok_or("a result is missing")?;
                for ((x, y), noise) in found.iter().zip(expected).zip(noise) {
                    if !(x == y || (x - y).abs() <= VALUES * x.abs().max(y.abs()) + noise) {
                        return Err(format!("tiles of {tile}: {found:?}, not {expected:?}"));
                    }
                }
            }
        }
        Ok(())
    }
}
