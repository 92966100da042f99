//! Groups of rows that parts must have in equal shares.

use crate::generator::Generator;

use super::column::{NONE, Values};
use super::dataset::Dataset;
use super::error::DataError;
use super::fault::{Faults, Problem};

/// The group of each row.
pub struct Strata {
    groups: Vec<u32>,
    labels: Vec<String>,
}

impl Strata {
    /// Rows in groups by their value in a column, or in one group.
    pub fn new(dataset: &Dataset, column: Option<&str>) -> Result<Self, DataError> {
        let Some(column) = column else {
            return Ok(Strata { groups: vec![0; dataset.rows()], labels: Vec::new() });
        };
        let strata = match dataset.values(column)? {
            Values::Texts(texts) | Values::OneHot(texts) => {
                Strata { groups: texts.codes.clone(), labels: texts.labels.to_vec() }
            }
            Values::Numbers(numbers) => Strata::of_numbers(numbers),
            Values::Nothing(rows) => Strata { groups: vec![NONE; *rows], labels: Vec::new() },
        };
        let mut faults = Faults::none(&dataset.source, dataset.unit);
        for (&place, &group) in dataset.places.iter().zip(&strata.groups) {
            if group == NONE {
                faults.add(place, Some(column), || Problem::Missing);
            }
        }
        faults.into_result()?;
        Ok(strata)
    }

    fn of_numbers(numbers: &[f64]) -> Self {
        let mut values: Vec<f64> =
            numbers.iter().copied().filter(|number| !number.is_nan()).collect();
        values.sort_unstable_by(f64::total_cmp);
        values.dedup();
        let group = |number: &f64| {
            let place = values.partition_point(|value| value < number);
            if number.is_nan() { NONE } else { place as u32 }
        };
        let groups = numbers.iter().map(group).collect();
        Strata { groups, labels: values.iter().map(f64::to_string).collect() }
    }

    /// All rows, group by group, in random order within each.
    pub fn shuffled(&self, generator: &mut Generator) -> Vec<usize> {
        let mut rows: Vec<usize> = (0..self.groups.len()).collect();
        generator.shuffle(&mut rows);
        rows.sort_by_key(|&row| self.groups[row]);
        rows
    }

    /// Takes `count` of the rows, of each group the same share up to a row; `rows` keeps the others, the part is ascending.
    ///
    /// After `n` of the `N` rows, `round(count·n / N)` are taken: so the count is exact, and each group's is within 1 of its share.
    pub fn take(&self, rows: &mut Vec<usize>, count: usize) -> Vec<usize> {
        let all = rows.len() as u128;
        let taken_after = |seen: usize| (2 * count as u128 * seen as u128 + all) / (2 * all);
        let (mut part, mut rest) = (Vec::with_capacity(count), Vec::with_capacity(rows.len()));
        let mut start = 0;
        for group in rows.chunk_by(|&a, &b| self.groups[a] == self.groups[b]) {
            let end = start + group.len();
            let (taken, left) = group.split_at((taken_after(end) - taken_after(start)) as usize);
            part.extend_from_slice(taken);
            rest.extend_from_slice(left);
            start = end;
        }
        *rows = rest;
        part.sort_unstable();
        part
    }

    /// Refuses rows that lack a group there is.
    pub fn require_each_in(&self, rows: &[usize], parts: usize) -> Result<(), DataError> {
        let mut counts = vec![0_usize; self.labels.len()];
        for &row in rows {
            if let Some(count) = counts.get_mut(self.groups[row] as usize) {
                *count += 1;
            }
        }
        let lacking = (0..counts.len()).find(|&group| counts[group] == 0 && self.size(group) > 0);
        lacking.map_or(Ok(()), |group| Err(self.rare(group, parts)))
    }

    /// Refuses groups of fewer rows than there are parts to have one each.
    pub fn require_at_least(&self, rows: usize) -> Result<(), DataError> {
        let rare = (0..self.labels.len()).find(|&group| (1..rows).contains(&self.size(group)));
        rare.map_or(Ok(()), |group| Err(self.rare(group, rows)))
    }

    fn size(&self, group: usize) -> usize {
        self.groups.iter().filter(|&&other| other as usize == group).count()
    }

    fn rare(&self, group: usize, parts: usize) -> DataError {
        let class = self.labels[group].clone();
        DataError::RareClass { class, rows: self.size(group), parts }
    }
}
