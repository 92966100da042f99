//! Loss curves as an SVG file.

use std::error::Error;
use std::fs;
use std::path::Path;

use plotters::prelude::*;

/// A curve: its name, and one loss per epoch.
pub type Curve<'c> = (&'c str, Vec<f64>);

/// Draws losses over epochs to an SVG file, the losses on a logarithmic axis.
///
/// # Errors
/// If there is nothing positive to draw, or the file cannot be written.
pub fn draw_losses(path: &Path, title: &str, curves: &[Curve<'_>]) -> Result<(), Box<dyn Error>> {
    let losses = || curves.iter().flat_map(|(_, losses)| losses).copied().filter(|&l| l > 0.0);
    let (least, greatest) = losses().fold((f64::INFINITY, 0.0), |(low, high): (f64, f64), loss| {
        (low.min(loss), high.max(loss))
    });
    if least > greatest {
        return Err("there is no positive loss to draw".into());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let epochs = curves.iter().map(|(_, losses)| losses.len()).max().unwrap_or(1);

    let root = SVGBackend::new(path, (800, 480)).into_drawing_area();
    root.fill(&WHITE)?;
    let mut chart = ChartBuilder::on(&root)
        .caption(title, ("sans-serif", 20))
        .margin(12)
        .x_label_area_size(40)
        .y_label_area_size(60)
        .build_cartesian_2d(1..epochs, (least * 0.9..greatest * 1.1).log_scale())?;
    chart.configure_mesh().x_desc("epoch").y_desc("loss").light_line_style(WHITE).draw()?;
    for (place, (name, losses)) in curves.iter().enumerate() {
        let color = Palette99::pick(place);
        let points = losses.iter().enumerate().map(|(epoch, &loss)| (epoch + 1, loss));
        chart
            .draw_series(LineSeries::new(points, color.stroke_width(2)))?
            .label(*name)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 20, y)], color.stroke_width(2)));
    }
    chart
        .configure_series_labels()
        .position(SeriesLabelPosition::UpperRight)
        .background_style(WHITE)
        .border_style(BLACK)
        .draw()?;
    root.present()?;
    Ok(())
}
