//! Parameters that are trained in another way than the others, by name.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::{self, Display, Formatter};
use core::ops::Range;

use crate::error::Error;
use crate::kernel::real::Real;
use crate::optimizer::{Optimizer, Part, require_not_negative, require_positive};
use crate::parameters::ParameterLayout;

use super::limits::Limits;
use super::parts::Parts;

/// How some parameters are trained, where it differs from the others: for [`Trainer::group`](super::Trainer::group).
///
/// # Examples
/// The first layer learns at a tenth of the rate and does not decay, the offset of the last one stays as it is:
/// ```
/// use chainrule::prelude::*;
/// use chainrule::train::Group;
///
/// #[model(loss = mean_squared_error)]
/// fn mlp(x: Input<2>, w1: Param<2, 8>, b1: Param<8>, w2: Param<8>, b2: Param) -> Output {
///     tanh(x.dot(w1) + b1).dot(w2) + b2
/// }
///
/// # fn main() -> Result<(), chainrule::Error> {
/// let batch = Mlp::batch(&[0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0], &[0.0, 1.0, 1.0, 0.0])?;
/// let mut model = Mlp::seeded(1);
/// *model.b2_mut() = 0.5;
/// Trainer::new(AdamW::new(0.01).weight_decay(0.1))
///     .group(["w1", "b1"], Group::new().learning_rate_factor(0.1).weight_decay(0.0))
///     .freeze(["b2"])
///     .fit(&mut model, &batch)?;
/// assert_eq!(model.b2(), 0.5);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Group {
    learning_rate_factor: f64,
    weight_decay: Option<f64>,
    is_frozen: bool,
}

/// Why parameters cannot be trained in groups.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GroupError {
    /// A parameter is in two groups.
    Twice {
        /// The parameter.
        name: &'static str,
    },
    /// Every parameter is frozen.
    AllFrozen,
    /// The optimizer does not [take parts](Optimizer::takes_parts) of θ.
    NoParts,
    /// A group has a decay where the optimizer and the trainer both have one.
    TwoDecays {
        /// A parameter of the group.
        name: &'static str,
    },
}

impl Group {
    /// Parameters that are trained as all others.
    pub fn new() -> Self {
        Group { learning_rate_factor: 1.0, weight_decay: None, is_frozen: false }
    }

    /// Multiplies the learning rate, whatever it is at the time.
    pub fn learning_rate_factor(self, factor: f64) -> Self {
        Group { learning_rate_factor: factor, ..self }
    }

    /// Sets λ in place of the decay of the optimizer, if it has one of its own as [`AdamW`](crate::optimizer::AdamW) has, and else of
    /// [`Trainer::weight_decay`](super::Trainer::weight_decay).
    pub fn weight_decay(self, lambda: f64) -> Self {
        Group { weight_decay: Some(lambda), ..self }
    }

    /// Leaves the parameters as they are, to the bit.
    ///
    /// Their gradients count neither in the norm of the gradient nor as a divergence, and take no part in anything else.
    pub fn frozen(self) -> Self {
        Group { is_frozen: true, ..self }
    }
}

impl Default for Group {
    fn default() -> Self {
        Group::new()
    }
}

/// A group with the names it was given.
#[derive(Clone, Debug)]
pub struct NamedGroup {
    pub names: Vec<String>,
    pub group: Group,
}

/// Elements of θ that are trained in the same way.
#[derive(Clone, Debug, PartialEq)]
struct Stretch {
    part: Part,
    /// The λ of `g ← g + λ·θ`.
    added_decay: f64,
}

impl Stretch {
    fn goes_on_in(&self, next: &Stretch) -> bool {
        let settings = |stretch: &Stretch| {
            let part = &stretch.part;
            (part.learning_rate_factor, part.weight_decay, stretch.added_decay)
        };
        self.part.range.end == next.part.range.start && settings(self) == settings(next)
    }
}

/// Where θ is trained and how, and what of it a step changes.
#[derive(Clone, Debug)]
pub struct Stretches {
    all: Vec<Stretch>,
    /// What is left of the parts of this step, in their order.
    parts: Vec<Part>,
    added_decays: Vec<f64>,
}

impl Stretches {
    /// The stretches of the groups of a trainer; none where there are no groups.
    pub fn resolve<T: Real>(
        groups: &[NamedGroup],
        layout: &[ParameterLayout],
        limits: &Limits,
        optimizer: &impl Optimizer<T>,
    ) -> Result<Option<Stretches>, Error> {
        if groups.is_empty() {
            return Ok(None);
        }
        if !optimizer.takes_parts() {
            return Err(Error::Group(GroupError::NoParts));
        }
        let own_decay = optimizer.own_weight_decay();
        let mut all: Vec<Stretch> = Vec::new();
        for (parameter, group) in layout.iter().zip(group_of_each(groups, layout)?) {
            let group = group.unwrap_or_default();
            if group.is_frozen {
                continue;
            }
            let (decay, added_decay) = match (own_decay, group.weight_decay) {
                (_, None) => (None, limits.weight_decay),
                (None, Some(decay)) => (None, decay),
                (Some(_), Some(decay)) if limits.weight_decay == 0.0 => (Some(decay), 0.0),
                (Some(_), Some(_)) => {
                    return Err(Error::Group(GroupError::TwoDecays { name: parameter.name }));
                }
            };
            let learning_rate_factor = group.learning_rate_factor;
            let part = Part { range: parameter.range(), learning_rate_factor, weight_decay: decay };
            join(&mut all, Stretch { part, added_decay });
        }
        if all.is_empty() {
            return Err(Error::Group(GroupError::AllFrozen));
        }
        Ok(Some(Stretches { all, parts: Vec::new(), added_decays: Vec::new() }))
    }

    /// Makes room for steps that touch so many parts; how many they are after [`cut`](Self::cut) at most.
    pub fn reserve(&mut self, parts: usize) -> usize {
        let most = parts + self.all.len();
        self.parts.reserve(most);
        self.added_decays.reserve(most);
        most
    }

    /// Whether a decay is added to a gradient somewhere.
    pub fn adds_decay(&self) -> bool {
        self.all.iter().any(|stretch| stretch.added_decay != 0.0)
    }

    /// Leaves of the parts that a step touches those that are trained, and notes how.
    pub fn cut(&mut self, touched: &mut Parts) {
        self.parts.clear();
        self.added_decays.clear();
        let (touched_ranges, mut stretches) = (touched.ranges(), self.all.iter().peekable());
        for range in touched_ranges {
            while let Some(stretch) = stretches.peek() {
                let whole = &stretch.part.range;
                let common = range.start.max(whole.start)..range.end.min(whole.end);
                if !common.is_empty() {
                    self.parts.push(Part { range: common, ..stretch.part.clone() });
                    self.added_decays.push(stretch.added_decay);
                }
                if whole.end > range.end {
                    break;
                }
                stretches.next();
            }
        }
        touched.see_these(self.parts.iter().map(|part| part.range.clone()));
    }

    /// What a step changes, and how.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The parts with the decays that are added to their gradients.
    pub fn added_decays(&self) -> impl Iterator<Item = (Range<usize>, f64)> {
        self.parts.iter().map(|part| part.range.clone()).zip(self.added_decays.iter().copied())
    }
}

/// The group of each parameter, if it is in one.
fn group_of_each(
    groups: &[NamedGroup],
    layout: &[ParameterLayout],
) -> Result<Vec<Option<Group>>, Error> {
    let mut of_each = vec![None; layout.len()];
    for NamedGroup { names, group } in groups {
        require_positive("learning_rate_factor", group.learning_rate_factor)?;
        group.weight_decay.map_or(Ok(()), |decay| require_not_negative("weight_decay", decay))?;
        for name in names {
            let Some(place) = layout.iter().position(|parameter| parameter.name == *name) else {
                let known = layout.iter().map(|parameter| parameter.name).collect();
                return Err(Error::UnknownParameter { name: name.clone(), known });
            };
            if of_each[place].replace(*group).is_some() {
                return Err(Error::Group(GroupError::Twice { name: layout[place].name }));
            }
        }
    }
    Ok(of_each)
}

/// Adds a stretch, as a part of the last one where it goes on in the same way.
fn join(all: &mut Vec<Stretch>, next: Stretch) {
    if let Some(last) = all.last_mut()
        && last.goes_on_in(&next)
    {
        last.part.range.end = next.part.range.end;
        return;
    }
    all.push(next);
}

impl Display for GroupError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            GroupError::Twice { name } => {
                write!(f, "the parameter `{name}` is in two groups, expected one at most")
            }
            GroupError::AllFrozen => {
                write!(f, "all parameters are frozen, expected one at least to train")
            }
            GroupError::NoParts => write!(
                f,
                "the optimizer does not step on parts of θ, which groups of parameters need, expected it to implement `Optimizer::takes_parts`"
            ),
            GroupError::TwoDecays { name } => write!(
                f,
                "the group of `{name}` has a weight decay, and so have the optimizer and the trainer, expected one of these two at most"
            ),
        }
    }
}

#[cfg(test)]
mod tests;
