//! Two spirals, told apart by a perceptron that learns in a web page.
//!
//! What the page calls takes and gives plain numbers; what is more than a number lies in the memory of the module, at an address that a
//! function gives. There is one model, made by `start`.

mod spiral;

use std::cell::RefCell;

use chainrule::prelude::*;

use spiral::Points;

/// A perceptron of two hidden layers; its output is the logarithm of the odds that a point is of the first spiral.
#[model(loss = binary_cross_entropy)]
fn net(
    x: Input<2>,
    w1: Param<2, 16>,
    b1: Param<16>,
    w2: Param<16, 16>,
    b2: Param<16>,
    w3: Param<16, 1>,
    b3: Param<1>,
) -> Output<1> {
    let first = tanh(x.dot(w1) + b1);
    let second = tanh(first.dot(w2) + b2);
    second.dot(w3) + b3
}

/// The model and everything that its training needs from step to step.
struct Training {
    points: Points,
    model: Net,
    optimizer: Adam<f32>,
    gradient: Vec<f32>,
    workspace: <Net as Model>::Workspace,
    /// The middles of the cells of the picture.
    cells: Vec<f32>,
    /// The output for each of them.
    picture: Vec<f32>,
}

thread_local! {
    static TRAINING: RefCell<Option<Training>> = const { RefCell::new(None) };
}

/// What a function says where there is no model yet.
const NOT_STARTED: f32 = f32::NAN;

impl Training {
    fn new(seed: u32, side: usize) -> Training {
        let model = Net::seeded(u64::from(seed));
        Training {
            points: Points::new(u64::from(seed)),
            gradient: vec![0.0; Net::PARAMETERS_LEN],
            workspace: model.workspace(),
            model,
            optimizer: Adam::new(0.01),
            cells: spiral::cells(side),
            picture: vec![0.0; side * side],
        }
    }

    /// Some steps on all points; the loss before the last of them.
    fn learn(&mut self, steps: u32) -> Result<f32, chainrule::Error> {
        let batch = Net::batch(&self.points.places, &self.points.classes)?;
        let mut loss = self.model.loss(&batch);
        for _ in 0..steps {
            let (gradient, workspace) = (&mut self.gradient, &mut self.workspace);
            loss = self.model.loss_and_gradient_into(&batch, gradient, workspace);
            self.optimizer.step(1.0, self.model.parameters_mut(), &self.gradient);
        }
        Ok(loss)
    }

    /// The share of the points on the right side.
    fn accuracy(&mut self) -> Result<f32, chainrule::Error> {
        let odds = self.model.predict(&self.points.places)?;
        let classes = self.points.classes.iter();
        let right = odds.iter().zip(classes).filter(|(odds, class)| (**odds > 0.0) == (**class > 0.5));
        Ok(right.count() as f32 / odds.len() as f32)
    }

    fn draw(&mut self) -> Result<(), chainrule::Error> {
        self.model.predict_to(&self.cells, &mut self.picture, &mut self.workspace)
    }
}

/// Does something with the model, if there is one and it goes well.
fn with_training(body: impl FnOnce(&mut Training) -> Result<f32, chainrule::Error>) -> f32 {
    TRAINING.with_borrow_mut(|training| {
        training.as_mut().map_or(NOT_STARTED, |training| body(training).unwrap_or(NOT_STARTED))
    })
}

/// Makes points and a model, both by the seed, and a picture of `side`×`side` cells.
#[unsafe(no_mangle)]
pub extern "C" fn start(seed: u32, side: u32) {
    TRAINING.set(Some(Training::new(seed, side as usize)));
}

/// Takes some steps; the result is the loss, NaN where there is no model.
#[unsafe(no_mangle)]
pub extern "C" fn learn(steps: u32) -> f32 {
    with_training(|training| training.learn(steps))
}

/// The share of the points that the model puts on their side.
#[unsafe(no_mangle)]
pub extern "C" fn accuracy() -> f32 {
    with_training(Training::accuracy)
}

/// Computes the picture; its address, at which there is one number for each cell, row by row.
#[unsafe(no_mangle)]
pub extern "C" fn draw() -> *const f32 {
    with_training(|training| training.draw().map(|()| 0.0));
    address(|training| &training.picture)
}

/// The number of points.
#[unsafe(no_mangle)]
pub extern "C" fn points() -> u32 {
    TRAINING.with_borrow(|training| {
        training.as_ref().map_or(0, |training| training.points.classes.len() as u32)
    })
}

/// The address of the points: two coordinates for each, from −1 to 1.
#[unsafe(no_mangle)]
pub extern "C" fn places() -> *const f32 {
    address(|training| &training.points.places)
}

/// The address of what the points are: 1 for the first spiral, 0 for the other.
#[unsafe(no_mangle)]
pub extern "C" fn classes() -> *const f32 {
    address(|training| &training.points.classes)
}

fn address(of: impl FnOnce(&Training) -> &[f32]) -> *const f32 {
    TRAINING.with_borrow(|training| {
        training.as_ref().map_or(std::ptr::null(), |training| of(training).as_ptr())
    })
}
