//! The names in scope of a body, with what Rust would hold in them and whether they may be assigned to.

use std::collections::BTreeMap;

/// Names in scope; a later one shadows an earlier one until its block ends. Every question takes logarithmic time.
#[derive(Default)]
pub(super) struct Names {
    /// For each name, its bindings, innermost last.
    bindings: BTreeMap<String, Vec<Bound>>,
    /// The names in the order they were bound.
    order: Vec<String>,
    /// How many of the first names belong to what surrounds a value that is being read.
    surrounding: usize,
}

#[derive(Clone, Copy)]
struct Bound {
    place: usize,
    holds: Holds,
    by: Binder,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Binder {
    Let,
    LetMut,
    For,
}

/// What Rust would hold in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    Integer,
    Numbers,
}

/// Whether a name may be assigned to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Assignable {
    Yes,
    /// It is not declared.
    Unknown,
    /// It is not declared `mut`.
    Constant,
    /// It counts the steps of a loop.
    Counter,
    /// It belongs to what surrounds the value that is being read, which must not change it.
    Surrounding,
}

impl Names {
    pub fn bind(&mut self, name: String, holds: Holds) {
        self.add(name, holds, Binder::Let);
    }

    /// Binds a name that may be assigned to.
    pub fn bind_mutable(&mut self, name: String, holds: Holds) {
        self.add(name, holds, Binder::LetMut);
    }

    pub fn bind_counter(&mut self, name: String) {
        self.add(name, Holds::Integer, Binder::For);
    }

    fn add(&mut self, name: String, holds: Holds, by: Binder) {
        let bound = Bound { place: self.order.len(), holds, by };
        self.bindings.entry(name.clone()).or_default().push(bound);
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

    /// Makes the names bound so far the surroundings; what they were before, for [`Names::leave`].
    pub fn enter(&mut self) -> usize {
        std::mem::replace(&mut self.surrounding, self.order.len())
    }

    pub fn leave(&mut self, surrounding: usize) {
        self.surrounding = surrounding;
    }

    pub fn has(&self, name: &str) -> bool {
        self.bound(name).is_some()
    }

    pub fn is_integer(&self, name: &str) -> bool {
        self.bound(name).is_some_and(|bound| bound.holds == Holds::Integer)
    }

    pub fn assignable(&self, name: &str) -> Assignable {
        match self.bound(name) {
            None => Assignable::Unknown,
            Some(Bound { by: Binder::Let, .. }) => Assignable::Constant,
            Some(Bound { by: Binder::For, .. }) => Assignable::Counter,
            Some(bound) if bound.place < self.surrounding => Assignable::Surrounding,
            Some(_) => Assignable::Yes,
        }
    }

    /// Notes what a name holds after an assignment.
    pub fn assign(&mut self, name: &str, holds: Holds) {
        if let Some(last) = self.bindings.get_mut(name).and_then(|bindings| bindings.last_mut()) {
            last.holds = holds;
        }
    }

    fn bound(&self, name: &str) -> Option<&Bound> {
        self.bindings.get(name).and_then(|bindings| bindings.last())
    }
}

impl Holds {
    pub fn integer_if(is_integer: bool) -> Holds {
        if is_integer { Holds::Integer } else { Holds::Numbers }
    }
}
