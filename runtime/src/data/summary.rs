//! What became of missing values.

use std::fmt::{self, Display, Formatter};

/// What became of missing values: rows that were dropped, values that were put in their place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// The rows there were.
    pub rows: usize,
    /// The rows that were dropped.
    pub dropped: usize,
    /// The columns with missing values. A row that misses several counts in each.
    pub columns: Vec<MissingValues>,
}

/// What became of the missing values of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingValues {
    /// The column.
    pub column: String,
    /// Rows dropped because it has no value there.
    pub dropped: usize,
    /// Values put in place of missing ones, in rows that are kept.
    pub filled: usize,
}

impl Display for Summary {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {} rows dropped", self.dropped, self.rows)?;
        for MissingValues { column, dropped, filled } in &self.columns {
            match (dropped, filled) {
                (0, filled) => write!(f, "; `{column}`: {filled} values filled in"),
                (dropped, _) => {
                    write!(f, "; `{column}`: missing in {dropped} rows, which are dropped")
                }
            }?;
        }
        Ok(())
    }
}
