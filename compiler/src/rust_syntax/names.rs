//! The names in scope of a body, with what Rust would hold in them.

use std::collections::BTreeMap;

/// Names in scope; a later one shadows an earlier one until its block ends. Every question takes logarithmic time.
#[derive(Default)]
pub(super) struct Names {
    /// For each name, innermost last, whether Rust would hold it in an integer.
    bindings: BTreeMap<String, Vec<bool>>,
    /// The names in the order they were bound.
    order: Vec<String>,
}

impl Names {
    /// Names that hold real numbers.
    pub fn new(names: impl IntoIterator<Item = String>) -> Names {
        let mut scope = Names::default();
        names.into_iter().for_each(|name| scope.bind(name, false));
        scope
    }

    pub fn bind(&mut self, name: String, is_integer: bool) {
        self.bindings.entry(name.clone()).or_default().push(is_integer);
        self.order.push(name);
    }

    /// How many names are bound, for [`Names::forget`].
    pub fn count(&self) -> usize {
        self.order.len()
    }

    /// Forgets every name but the first `count`.
    pub fn forget(&mut self, count: usize) {
        for name in self.order.split_off(count) {
            if let Some(bindings) = self.bindings.get_mut(&name) {
                bindings.pop();
            }
        }
    }

    pub fn has(&self, name: &str) -> bool {
        self.bindings.get(name).is_some_and(|bindings| !bindings.is_empty())
    }

    pub fn is_integer(&self, name: &str) -> bool {
        self.bindings.get(name).and_then(|bindings| bindings.last()).is_some_and(|&last| last)
    }
}
