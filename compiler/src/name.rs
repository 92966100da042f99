//! Names for what the user left unnamed and the chain rule will speak of: `a` for the argument of a nonlinear function, `h` for its value.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::functions::scalar::{self, Notation};
use crate::ir::{Graph, Kind, NodeId};

/// Names the layers of a network: where a function is applied to sums of products, its argument is `a`, and its value, where a product
/// reads it, `h`; numbered where there are several. Names that are there stay.
pub fn name(graph: &mut Graph, roots: &[NodeId]) -> Result<(), String> {
    let layers = layers(graph, roots)?;
    let taken: BTreeSet<Rc<str>> = graph.ids().filter_map(|id| graph.name(id).cloned()).collect();
    let feeds_product = read_by_products(graph);
    for (place, &(argument, value)) in layers.iter().enumerate() {
        let numbered = |letter: &str| {
            if layers.len() == 1 { letter.to_string() } else { format!("{letter}{}", place + 1) }
        };
        let mut give = |node: NodeId, letter: &str| {
            let name: Rc<str> = numbered(letter).into();
            if !taken.contains(&name) {
                graph.set_name(node, &name);
            }
        };
        give(argument, "a");
        if feeds_product[value.0 as usize] {
            give(value, "h");
        }
    }
    Ok(())
}

/// Arguments and values of functions that are applied to sums of products.
fn layers(graph: &Graph, roots: &[NodeId]) -> Result<Vec<(NodeId, NodeId)>, String> {
    let reachable = graph.reachable(roots);
    let mut is_sum_of_products = vec![false; graph.len()];
    let mut layers = Vec::new();
    for id in graph.ids().filter(|id| reachable[id.0 as usize]) {
        match &graph.node(id).kind {
            Kind::Leaf(_)
            | Kind::Extremum { .. }
            | Kind::Index { .. }
            | Kind::Matrix { .. }
            | Kind::Fold { .. } => {}
            Kind::Contraction { operands, .. } => {
                is_sum_of_products[id.0 as usize] = operands.len() > 1;
            }
            Kind::Map { function, operands } => match scalar::row(*function)?.notation {
                Notation::Infix(..) | Notation::Prefix(_) => {
                    is_sum_of_products[id.0 as usize] =
                        graph.name(id).is_none_or(|name| &**name != "prediction")
                            && operands
                                .iter()
                                .any(|operand| is_sum_of_products[operand.node.0 as usize]);
                }
                Notation::Function(_) | Notation::Exponential(_) => {
                    if let [operand] = operands.as_slice() {
                        let argument = operand.resolved(graph).node;
                        if is_sum_of_products[argument.0 as usize] {
                            layers.push((argument, id));
                        }
                    }
                }
                _ => {}
            },
        }
    }
    Ok(layers)
}

/// For each node, whether a product of several factors is summed over it.
fn read_by_products(graph: &Graph) -> Vec<bool> {
    let mut read = vec![false; graph.len()];
    for id in graph.ids() {
        if let Kind::Contraction { operands, .. } = &graph.node(id).kind
            && operands.len() > 1
        {
            for operand in operands {
                read[operand.resolved(graph).node.0 as usize] = true;
            }
        }
    }
    read
}
