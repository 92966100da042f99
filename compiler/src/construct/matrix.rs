//! Functions of matrices, in the order of axes that their table prescribes.

use crate::functions::matrix::{MatrixFunction, Role, matrix_function, places_more};
use crate::ir::{Access, Dim, Function, Graph, Kind, Label, Leaf, Polynomial};

use super::{extents, own_labels};

/// Which label of a scope a letter of a row is.
pub type Letters = [(char, Label)];

/// `function(given)`, where `letters` says which label each letter of the row is; every other label of an operand is a column or a lane.
///
/// Operands are read as they are where the axes allow it, and copied into the order that the function wants otherwise.
pub fn matrix(
    graph: &mut Graph,
    function: &'static MatrixFunction,
    given: &[Access],
    letters: &Letters,
    scope: &[Dim],
) -> Result<Access, String> {
    let given: Vec<Access> = given.iter().map(|operand| operand.resolved(graph)).collect();
    let (columns, mut lanes) = beside(function, &given, letters, scope)?;
    let is_batch = |label: &Label| scope[*label as usize] == Dim::Batch;
    let mut columns = columns;
    if let Some(place) = columns.iter().position(is_batch).filter(|_| !lanes.is_empty()) {
        lanes.push(columns.remove(place));
    }
    let mut operands = Vec::new();
    for (operand, declared) in given.iter().zip(function.operands) {
        let own = labels_of(declared.letters, letters)?;
        let order = match declared.role {
            Role::RightSide => [&own[..], &columns, &lanes].concat(),
            Role::Square | Role::Factors(_) => [&own[..], &lanes].concat(),
        };
        operands.push(laid_out(graph, operand, &order, declared.role, scope));
    }
    let is_factors = |letter: char| places_more(letter) > 0 && !function.result.contains(letter);
    let mut letters: Vec<(char, Label)> =
        letters.iter().copied().filter(|(letter, _)| !is_factors(*letter)).collect();
    let mut scope = scope.to_vec();
    for declared in &function.operands[given.len()..] {
        let Role::Factors(name) = declared.role else { continue };
        let letter = declared.letters.chars().next().unwrap_or('p');
        let own = factors(graph, name, &operands[0], (letter, &mut letters), &mut scope)?;
        let order = [&own.axes[..2], &lanes].concat();
        operands.push(laid_out(graph, &own, &order, declared.role, &scope));
    }
    let result = labels_of(function.result, &letters)?;
    let own = [&result[..], &columns, &lanes].concat();
    let reduced: String = function.reduced_letters().into_iter().collect();
    let over = labels_of(&reduced, &letters)?;
    let all = [&own[..], &over].concat();
    let operands = own_labels(&operands, &all, scope.len());
    let kind =
        Kind::Matrix { function: Function(function.name), operands, over: extents(&over, &scope) };
    let node = graph.intern(kind, extents(&own, &scope));
    Ok(Access { node, axes: own })
}

/// The labels that are columns, and those that are lanes, each in order and the batch last.
fn beside(
    function: &MatrixFunction,
    given: &[Access],
    letters: &Letters,
    scope: &[Dim],
) -> Result<(Vec<Label>, Vec<Label>), String> {
    let matrix = given.first().ok_or_else(|| format!("`{}` of nothing", function.name))?;
    let is_own = |letter: char| {
        function.result.contains(letter)
            || function.operands.iter().any(|operand| operand.letters.contains(letter))
    };
    let is_letter =
        |label: &Label| letters.iter().any(|(letter, known)| known == label && is_own(*letter));
    let beside = crate::ir::union_of_labels(given, scope);
    Ok(beside
        .into_iter()
        .filter(|label| !is_letter(label))
        .partition(|&label| !matrix.reads(label)))
}

fn labels_of(letters: &str, known: &Letters) -> Result<Vec<Label>, String> {
    let label = |letter: char| {
        let found = known.iter().find(|(name, _)| *name == letter);
        found.map(|(_, label)| *label).ok_or_else(|| format!("the letter `{letter}` is not bound"))
    };
    letters.chars().map(label).collect()
}

/// The operand with these labels outermost to innermost; a matrix may have its first two exchanged.
fn laid_out(
    graph: &mut Graph,
    operand: &Access,
    order: &[Label],
    role: Role,
    scope: &[Dim],
) -> Access {
    let exchanged = match order {
        [row, column, lanes @ ..] if role == Role::Square => [&[*column, *row], lanes].concat(),
        _ => order.to_vec(),
    };
    let has_memory = !matches!(
        graph.node(operand.node).kind,
        Kind::Leaf(Leaf::Constant(_) | Leaf::Extent(_) | Leaf::Named(_) | Leaf::Counter(_))
    );
    if has_memory && (operand.axes == order || operand.axes == exchanged) {
        return operand.clone();
    }
    let kind = Kind::Contraction {
        operands: own_labels(std::slice::from_ref(operand), order, scope.len()),
        summed: Vec::new(),
    };
    let node = graph.intern(kind, extents(order, scope));
    Access { node, axes: order.to_vec() }
}

/// The factors of a matrix, in the order its axes have in memory.
fn factors(
    graph: &mut Graph,
    name: &str,
    matrix: &Access,
    (letter, letters): (char, &mut Vec<(char, Label)>),
    scope: &mut Vec<Dim>,
) -> Result<Access, String> {
    let function = matrix_function(name).ok_or_else(|| format!("`{name}` is not in the table"))?;
    let [row, column, ..] = matrix.axes[..] else { return Err("a matrix has two axes".into()) };
    let places = Polynomial::from(&scope[row as usize]);
    let places = places.plus(&Polynomial::constant(places_more(letter) as i64));
    letters.push((letter, scope.len() as Label));
    scope.push(Dim::from_polynomial(&places).ok_or("an extent is too large")?);
    let own = [('i', row), ('j', column), (letter, scope.len() as Label - 1)];
    self::matrix(graph, function, std::slice::from_ref(matrix), &own, scope)
}
