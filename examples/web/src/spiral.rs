//! Points of two spirals, one within the other.

use std::f32::consts::PI;

use chainrule::generator::Generator;

/// Points of each spiral.
const EACH: usize = 100;

/// Points, and which spiral each is of.
pub struct Points {
    /// Two coordinates for each point, from −1 to 1.
    pub places: Vec<f32>,
    /// 1 for the first spiral, 0 for the other.
    pub classes: Vec<f32>,
}

impl Points {
    /// One and a half turns, with a little noise.
    pub fn new(seed: u64) -> Points {
        let mut generator = Generator::new(seed);
        let mut points = Points { places: Vec::new(), classes: Vec::new() };
        for class in [1.0, 0.0] {
            for i in 0..EACH {
                let part = (i as f32 + 0.5) / EACH as f32;
                let (radius, angle) = (0.1 + 0.8 * part, 3.0 * PI * part + PI * class);
                for coordinate in [angle.cos(), angle.sin()] {
                    points.places.push(radius * coordinate + 0.015 * generator.normal() as f32);
                }
                points.classes.push(class);
            }
        }
        points
    }
}

/// The middles of `side`×`side` cells of the square from −1 to 1, row by row, the first at the top.
pub fn cells(side: usize) -> Vec<f32> {
    let middle = |i: usize| (2 * i + 1) as f32 / side as f32 - 1.0;
    (0..side).flat_map(|row| (0..side).flat_map(move |column| [middle(column), -middle(row)])).collect()
}
