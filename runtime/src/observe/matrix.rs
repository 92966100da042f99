//! A confusion matrix as SVG.

use std::path::Path;

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use crate::draw::reason;
use crate::error::Error;
use crate::metrics::ConfusionMatrix;

use super::curves::write;
use super::error::ObserveError;

/// The margin at the right and below.
const MARGIN: i32 = 16;
/// The room for the title, and for what the columns are.
const HEAD: i32 = 64;
/// From this width on a cell has room for its count.
const READABLE: i32 = 22;
/// The width of a letter of a name, about.
const LETTER: i32 = 8;

impl ConfusionMatrix {
    /// Draws it as the text of an SVG: a row for each actual class, a column for each predicted one.
    ///
    /// A cell is the darker, the greater its share of its row: by the square root of it, so that a few errors are seen beside many hits.
    ///
    /// # Errors
    /// [`ObserveError::Drawing`].
    pub fn svg(&self, title: &str) -> Result<String, Error> {
        let mut text = String::new();
        match draw(self, &mut text, title) {
            Ok(()) => Ok(text),
            Err(reason) => Err(Error::Observe(ObserveError::Drawing { reason })),
        }
    }

    /// Writes what [`svg`](Self::svg) draws to a file.
    ///
    /// # Errors
    /// Those of `svg`, and [`ObserveError::File`].
    pub fn plot(&self, path: impl AsRef<Path>, title: &str) -> Result<(), Error> {
        write(path.as_ref(), &self.svg(title)?)
    }
}

/// Where things are: the first cell, and how wide each is.
struct Layout {
    left: i32,
    top: i32,
    cell: i32,
    /// Whether the names of columns are too long to be read across.
    is_turned: bool,
}

impl Layout {
    fn of(matrix: &ConfusionMatrix) -> Self {
        let longest = matrix.names().iter().map(|name| name.chars().count()).max().unwrap_or(0);
        let names = (longest as i32 * LETTER).clamp(12, 160);
        let cell = (480 / matrix.classes().max(1) as i32).clamp(8, 64);
        let is_turned = names > cell;
        let top = HEAD + if is_turned { names } else { 16 };
        Layout { left: 44 + names, top, cell, is_turned }
    }
}

fn draw(matrix: &ConfusionMatrix, text: &mut String, title: &str) -> Result<(), String> {
    let layout = Layout::of(matrix);
    let side = layout.cell * matrix.classes() as i32;
    // Small matrices leave room for their title.
    let width = (layout.left + side + MARGIN).max(title.chars().count() as i32 * 11 + 2 * MARGIN);
    let size = (width as u32, (layout.top + side + MARGIN) as u32);
    let root = SVGBackend::with_string(text, size).into_drawing_area();
    root.fill(&WHITE).map_err(reason)?;
    let write = |label: &str, at: (i32, i32), style: TextStyle<'_>| {
        root.draw(&Text::new(label.to_owned(), at, style)).map_err(reason)
    };
    let style = |size: i32, horizontal| {
        ("sans-serif", size).into_text_style(&root).pos(Pos::new(horizontal, VPos::Center))
    };
    let across = layout.left + side / 2;
    write(title, (width / 2, 20), style(20, HPos::Center))?;
    write("predicted", (across, 46), style(14, HPos::Center))?;
    let turned = style(14, HPos::Center).transform(FontTransform::Rotate270);
    write("actual", (18, layout.top + side / 2), turned)?;
    for (class, name) in matrix.names().iter().enumerate() {
        let middle = layout.cell * class as i32 + layout.cell / 2;
        write(name, (layout.left - 8, layout.top + middle), style(14, HPos::Right))?;
        let column = if layout.is_turned {
            style(14, HPos::Left).transform(FontTransform::Rotate270)
        } else {
            style(14, HPos::Center)
        };
        write(name, (layout.left + middle, layout.top - 10), column)?;
        for predicted in 0..matrix.classes() {
            let at = (
                layout.left + layout.cell * predicted as i32,
                layout.top + layout.cell * class as i32,
            );
            cell(&root, matrix, [class, predicted], at, layout.cell)?;
        }
    }
    root.present().map_err(reason)
}

/// One count, and how dark it is.
fn cell(
    root: &DrawingArea<SVGBackend<'_>, plotters::coord::Shift>,
    matrix: &ConfusionMatrix,
    [actual, predicted]: [usize; 2],
    (x, y): (i32, i32),
    width: i32,
) -> Result<(), String> {
    let count = matrix.count(actual, predicted);
    let support = matrix.scores(actual).support.max(1);
    let share = (count as f64 / support as f64).sqrt();
    let shade = |light: f64, dark: f64| (light + (dark - light) * share).round() as u8;
    let color = RGBColor(shade(255.0, 8.0), shade(255.0, 64.0), shade(255.0, 129.0));
    let corners = [(x, y), (x + width, y + width)];
    root.draw(&Rectangle::new(corners, color.filled())).map_err(reason)?;
    root.draw(&Rectangle::new(corners, RGBColor(200, 200, 200).stroke_width(1))).map_err(reason)?;
    if width < READABLE {
        return Ok(());
    }
    let ink = match count {
        0 => RGBColor(190, 190, 190),
        _ if share > 0.6 => WHITE,
        _ => BLACK,
    };
    let digits = count.to_string();
    let size = (width * 3 / 2 / digits.len().max(3) as i32).clamp(8, 16);
    let center = Pos::new(HPos::Center, VPos::Center);
    let style = ("sans-serif", size).into_text_style(root).color(&ink).pos(center);
    let middle = (x + width / 2, y + width / 2);
    root.draw(&Text::new(digits, middle, style)).map_err(reason)
}
