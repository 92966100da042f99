//! What the examples of this package share, all of it beside the point: reading a table, a progress bar, a chart.

pub mod chart;
pub mod columns;
pub mod progress;
pub mod table;
