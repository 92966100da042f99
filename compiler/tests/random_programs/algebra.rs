//! Arrays by NumPy's rules, without stretching axes of extent 1: what a reader of equations in array form computes.

use chainrule_compiler::functions::scalar::{self, Notation};
use chainrule_compiler::mathematics::{Math, Times, text};

/// Numbers, row-major.
#[derive(Clone, Debug)]
pub struct Array {
    /// The extents.
    pub shape: Vec<usize>,
    /// The numbers.
    pub data: Vec<f64>,
}

/// What a scalar function does with its operands.
pub type Function = Box<dyn Fn(&[f64]) -> f64>;

/// Interpreter and reader add and multiply in different orders; twelve digits are left of sixteen, and cancellation takes some.
const TOLERANCE: f64 = 1e-9;

impl Array {
    /// One number.
    pub fn scalar(number: f64) -> Array {
        Array { shape: Vec::new(), data: vec![number] }
    }

    /// The element at these indices.
    pub fn at(&self, index: &[usize]) -> Result<f64, String> {
        if index.len() != self.shape.len() {
            return Err(format!("{} indices for a value of shape {:?}", index.len(), self.shape));
        }
        let place = index.iter().zip(&self.shape).fold(0, |place, (i, extent)| place * extent + i);
        self.data.get(place).copied().ok_or_else(|| "an index out of range".into())
    }

    /// The last axis moved to the front.
    pub fn last_axis_first(&self) -> Array {
        let Some((&last, front)) = self.shape.split_last() else { return self.clone() };
        let rows = self.data.len() / last.max(1);
        let data =
            (0..last).flat_map(|n| (0..rows).map(move |row| self.data[row * last + n])).collect();
        Array { shape: std::iter::once(last).chain(front.iter().copied()).collect(), data }
    }

    /// The transpose of a matrix.
    pub fn transposed(&self) -> Result<Array, String> {
        if self.shape.len() != 2 {
            return Err(format!("the transpose of shape {:?}", self.shape));
        }
        Ok(self.last_axis_first())
    }

    /// An elementwise function of two.
    pub fn with(&self, other: &Array, function: impl Fn(f64, f64) -> f64) -> Result<Array, String> {
        Array::map(&[self.clone(), other.clone()], &|x| function(x[0], x[1]))
    }

    /// An elementwise function; an operand with fewer axes has the last of them.
    pub fn map(operands: &[Array], function: &dyn Fn(&[f64]) -> f64) -> Result<Array, String> {
        let longest = operands.iter().max_by_key(|operand| operand.shape.len());
        let shape = longest.map(|operand| operand.shape.clone()).unwrap_or_default();
        if let Some(other) = operands.iter().find(|operand| !shape.ends_with(&operand.shape)) {
            return Err(format!("shapes {shape:?} and {:?} meet", other.shape));
        }
        let element = |place: usize| {
            let values: Vec<f64> = operands
                .iter()
                .map(|operand| operand.data[place % operand.data.len().max(1)])
                .collect();
            function(&values)
        };
        let data = (0..shape.iter().product()).map(element).collect();
        Ok(Array { shape, data })
    }

    /// A product by its sign: `·` is none between two arrays of which one is a matrix, unless it is a product of matrices.
    pub fn product(times: Times, factors: &[Array]) -> Result<Array, String> {
        if times == Times::Matrix {
            let (first, rest) = factors.split_first().ok_or("a product of nothing")?;
            return rest.iter().try_fold(first.clone(), |left, right| left.dot(right));
        }
        let arrays = factors.iter().filter(|factor| !factor.shape.is_empty()).count();
        let has_matrix = factors.iter().any(|factor| factor.shape.len() > 1);
        if times == Times::Number && arrays > 1 && has_matrix {
            return Err("`·` between arrays that is not their matrix product".into());
        }
        Array::map(factors, &gated_product)
    }

    /// The product of a matrix and a matrix or a vector.
    fn dot(&self, right: &Array) -> Result<Array, String> {
        let ([rows, inner], Some(&other)) = (self.shape.as_slice(), right.shape.first()) else {
            return Err(format!("the product of shapes {:?} and {:?}", self.shape, right.shape));
        };
        if *inner != other || right.shape.len() > 2 {
            return Err(format!("the product of shapes {:?} and {:?}", self.shape, right.shape));
        }
        let columns = right.shape.get(1).copied().unwrap_or(1);
        let mut data = vec![0.0; rows * columns];
        for row in 0..*rows {
            for k in 0..*inner {
                for column in 0..columns {
                    data[row * columns + column] +=
                        self.data[row * inner + k] * right.data[k * columns + column];
                }
            }
        }
        let shape = std::iter::once(*rows).chain(right.shape.get(1).copied()).collect();
        Ok(Array { shape, data })
    }

    /// A sum or an extremum over the first axis, or over everything.
    pub fn reduced(&self, sign: &str, first_axis: bool) -> Result<Array, String> {
        if !first_axis {
            return Ok(Array::scalar(reduce(sign, &self.data)));
        }
        let (_, rest) = self.shape.split_first().ok_or("a sum over the examples of a number")?;
        let width: usize = rest.iter().product();
        let column = |place: usize| {
            let elements: Vec<f64> = self.data.iter().skip(place).step_by(width).copied().collect();
            reduce(sign, &elements)
        };
        Ok(Array { shape: rest.to_vec(), data: (0..width).map(column).collect() })
    }

    /// Whether shapes are the same and all numbers agree.
    pub fn is_close_to(&self, other: &Array) -> bool {
        let largest = other.data.iter().fold(1e-3, |most: f64, number| most.max(number.abs()));
        self.shape == other.shape
            && self.data.iter().zip(&other.data).all(|(x, y)| {
                x == y || (x.is_nan() && y.is_nan()) || (x - y).abs() <= TOLERANCE * largest
            })
    }
}

/// The product, where 0 times anything is 0.
pub fn gated_product(factors: &[f64]) -> f64 {
    if factors.contains(&0.0) { 0.0 } else { factors.iter().product() }
}

/// The sum or the extremum of the elements.
pub fn reduce(sign: &str, elements: &[f64]) -> f64 {
    let elements = elements.iter().copied();
    match sign {
        "max" => elements.fold(f64::NEG_INFINITY, f64::max),
        "min" => elements.fold(f64::INFINITY, f64::min),
        _ => elements.sum(),
    }
}

/// The operands of a form that works element by element, and what it does.
pub fn pointwise(math: &Math) -> Result<(Vec<Math>, Function), String> {
    let unknown = || format!("`{}` is no function", text(math));
    let (operands, function): (Vec<&Math>, Function) = match math {
        Math::Quotient(a, b) => (vec![a, b], Box::new(|x| x[0] / x[1])),
        Math::Negative(a) => (vec![a], Box::new(|x| -x[0])),
        Math::Power(a, b) => (vec![a, b], Box::new(|x| x[0].powf(x[1]))),
        Math::Root(3, a) => (vec![a], Box::new(|x| x[0].cbrt())),
        Math::Root(_, a) => (vec![a], Box::new(|x| x[0].sqrt())),
        Math::Fence("[", a, _) => (vec![a], Box::new(|x| x[0])),
        Math::Fence(open, a, _) => {
            let row =
                row_of(|notation| matches!(notation, Notation::Fence(sign, _) if sign == *open));
            (vec![a], Box::new(row.ok_or_else(unknown)?))
        }
        Math::Relation(a, sign, b) => {
            let holds: fn(f64, f64) -> bool = match *sign {
                "=" => |a, b| a == b,
                "≠" => |a, b| a != b,
                "<" => |a, b| a < b,
                "≤" => |a, b| a <= b,
                _ => return Err(unknown()),
            };
            (vec![a, b], Box::new(move |x| f64::from(holds(x[0], x[1]))))
        }
        Math::Apply(name, operands) => {
            let named = scalar::scalar(name).map(|row| row.value);
            let value = named.or_else(|| function_of(name, operands.len())).ok_or_else(unknown)?;
            (operands.iter().collect(), Box::new(value))
        }
        _ => return Err(unknown()),
    };
    Ok((operands.into_iter().cloned().collect(), function))
}

/// The function that mathematics writes so, with so many operands.
fn function_of(name: &str, count: usize) -> Option<fn(&[f64]) -> f64> {
    let is_meant = |row: &&scalar::Scalar| {
        matches!(row.notation, Notation::Function(sign) if sign == name)
            && row.operands.len() == count
    };
    scalar::scalars().find(is_meant).map(|row| row.value)
}

fn row_of(is_meant: impl Fn(Notation) -> bool) -> Option<fn(&[f64]) -> f64> {
    scalar::scalars().find(|row| is_meant(row.notation)).map(|row| row.value)
}
