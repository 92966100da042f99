//! Tokens as a tree that can be changed.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// A token, or tokens in brackets.
#[derive(Clone, Debug)]
pub enum Node {
    Group(Delimiter, Vec<Node>),
    Leaf(TokenTree),
}

/// The trees of some tokens.
pub fn nodes(tokens: TokenStream) -> Vec<Node> {
    tokens
        .into_iter()
        .map(|token| match token {
            TokenTree::Group(group) => Node::Group(group.delimiter(), nodes(group.stream())),
            leaf => Node::Leaf(leaf),
        })
        .collect()
}

/// The tokens of some trees.
pub fn tokens(nodes: &[Node]) -> TokenStream {
    let token = |node: &Node| match node {
        Node::Group(delimiter, inner) => TokenTree::Group(Group::new(*delimiter, tokens(inner))),
        Node::Leaf(leaf) => leaf.clone(),
    };
    nodes.iter().map(token).collect()
}

/// How many tokens there are, a pair of brackets being one.
pub fn size(nodes: &[Node]) -> usize {
    let of_one = |node: &Node| match node {
        Node::Group(_, inner) => 1 + size(inner),
        Node::Leaf(_) => 1,
    };
    nodes.iter().map(of_one).sum()
}

/// The list that has the token of that number, in the order of the text, and the token's place in it.
pub fn list_with(nodes: &mut Vec<Node>, number: usize) -> Option<(&mut Vec<Node>, usize)> {
    let mut first = 0;
    for place in 0..nodes.len() {
        if first == number {
            return Some((nodes, place));
        }
        let next = first + size(&nodes[place..=place]);
        if number < next {
            let Node::Group(_, inner) = &mut nodes[place] else { return None };
            return list_with(inner, number - first - 1);
        }
        first = next;
    }
    None
}
