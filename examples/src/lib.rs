//! What the examples of this package share, all of it beside the point: reading a table, handwritten digits, a chart.

pub mod chart;
pub mod columns;
pub mod digits;
pub mod table;
