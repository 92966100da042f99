//! Tables, parts, folds, and reading ahead.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::error::Error;

use super::{Csv, Dataset, Folds, Parts, Split, class_weights, example_weights, read_ahead};

fn numbered(rows: usize) -> Dataset {
    let numbers: Vec<f64> = (0..rows).map(|row| row as f64).collect();
    let labels = (0..rows).map(|row| if row % 10 == 0 { "rare" } else { "frequent" });
    Dataset::new("rows").numbers("x", &numbers).unwrap().texts("c", labels).unwrap()
}

fn rows(dataset: &Dataset) -> Vec<usize> {
    dataset.target::<f64>("x").unwrap().into_iter().map(|x| x as usize).collect()
}

fn refusal<T: std::fmt::Debug>(result: Result<T, Error>) -> String {
    result.unwrap_err().to_string()
}

#[test]
fn parts_are_apart_and_together_all() {
    for (split, sizes) in [
        (Split::new().validation(0.25).test(0.1), [65, 25, 10]),
        (Split::new().test(0.333), [67, 0, 33]),
        (Split::new().validation(0.999), [0, 0, 0]),
        (Split::new(), [100, 0, 0]),
    ] {
        for seed in 0..20 {
            let parts = split.clone().seed(seed).apply(&numbered(100));
            if sizes[0] == 0 {
                assert_eq!(
                    refusal(parts),
                    "`validation` is 0.999, which is 100 of 100 rows, \
                     expected a share that leaves rows on both sides"
                );
                break;
            }
            let Parts { train, validation, test } = parts.unwrap();
            let parts = [train, validation, test].map(|part| rows(&part));
            assert_eq!(parts.each_ref().map(Vec::len), sizes);
            assert!(parts.iter().all(|rows| rows.is_sorted()));
            assert_eq!(parts.concat().into_iter().collect::<BTreeSet<_>>().len(), 100);
        }
    }
}

#[test]
fn the_seed_decides_and_nothing_else() {
    let split = |seed| Split::new().test(0.5).seed(seed).apply(&numbered(40)).unwrap();
    assert_eq!(split(7), split(7));
    assert_ne!(split(7), split(8));
    // A change of these rows is a change of every program's result.
    assert_eq!(
        rows(&Split::new().test(0.25).seed(7).apply(&numbered(12)).unwrap().test),
        [2, 5, 11]
    );
}

#[test]
fn every_part_has_its_share_of_each_class() {
    let dataset = numbered(200);
    for seed in 0..50 {
        let split = Split::new().validation(0.2).test(0.3).stratify("c").seed(seed);
        let Parts { train, validation, test } = split.apply(&dataset).unwrap();
        let rare = |part: &Dataset| part.classes("c").unwrap().iter().sum::<u32>();
        assert_eq!([train.rows(), validation.rows(), test.rows()], [100, 40, 60]);
        assert_eq!([&train, &validation, &test].map(rare), [10, 4, 6]);
    }
    let numeric = Dataset::new("n").numbers("c", &[7.5, 1.0, 7.5, 1.0]).unwrap();
    let Parts { train, test, .. } = Split::new().test(0.5).stratify("c").apply(&numeric).unwrap();
    assert_eq!(train.rows(), test.rows());
    assert_eq!(train.target::<f64>("c").unwrap().iter().sum::<f64>(), 8.5);
}

#[test]
fn what_cannot_be_split_is_refused() {
    let split = |split: Split| refusal(split.apply(&numbered(10)));
    assert_eq!(split(Split::new().test(0.0)), "`test` is 0, expected above 0 and below 1");
    assert_eq!(split(Split::new().test(f64::NAN)), "`test` is NaN, expected above 0 and below 1");
    assert_eq!(
        split(Split::new().test(0.5).validation(0.5)),
        "`validation` is 0.5, and `test` 0.5, expected shares that leave rows to train on"
    );
    assert_eq!(
        split(Split::new().test(0.01)),
        "`test` is 0.01, which is 0 of 10 rows, expected a share that leaves rows on both sides"
    );
    assert_eq!(
        split(Split::new().test(0.9).stratify("x")),
        "the class `0` has 1 rows, expected at least 2, one for each part"
    );
    let gaps = Dataset::new("gaps").texts("c", ["a", "", "b"]).unwrap();
    assert_eq!(
        refusal(Split::new().test(0.4).stratify("c").apply(&gaps)),
        "gaps, row 1, column `c`: the value is missing, expected one; see `Missing`"
    );
    assert_eq!(
        refusal(Folds::new(1).apply(&gaps).map(drop)),
        "`folds` is 1 of 3 rows, expected at least 2, and no more than there are rows"
    );
}

#[test]
fn every_row_is_held_out_once() {
    let dataset = numbered(103);
    for folds in [Folds::new(2), Folds::new(5).stratify("c"), Folds::new(103)] {
        let (mut held_out, mut sizes) = (Vec::new(), BTreeSet::new());
        for fold in folds.seed(3).apply(&dataset).unwrap() {
            let validation = rows(&fold.validation);
            let train: BTreeSet<usize> = rows(&fold.train).into_iter().collect();
            assert_eq!(train.len() + validation.len(), 103);
            assert!(validation.iter().all(|row| !train.contains(row)));
            sizes.insert(validation.len());
            held_out.extend(validation);
        }
        held_out.sort_unstable();
        assert!(held_out.into_iter().eq(0..103) && sizes.len() <= 2);
    }
    for fold in Folds::new(5).stratify("c").apply(&dataset).unwrap() {
        let rare: u32 = fold.validation.classes("c").unwrap().iter().sum();
        assert!((2..=3).contains(&rare), "{rare}");
    }
}

#[test]
fn tables_from_memory_are_checked() {
    let dataset = Dataset::from_rows("m", ["a", "b"], [[1.0_f32, 2.0], [3.0, f32::NAN]]).unwrap();
    assert_eq!((dataset.rows(), dataset.missing("b").unwrap()), (2, 1));
    assert_eq!(dataset.inputs::<f32>(["a"]).unwrap(), [1.0, 3.0]);
    let rows = [vec![1.0], vec![1.0, 2.0]];
    assert_eq!(
        refusal(Dataset::from_rows("m", ["a"], rows)),
        "m, row 1: 2 fields, expected 1 as in the header"
    );
    assert_eq!(
        refusal(dataset.clone().numbers("a", &[1.0, 2.0])),
        "m: the columns 1 and 3 are both called `a`, expected different names"
    );
    assert_eq!(
        refusal(dataset.clone().numbers("c", &[1.0])),
        "the column `c` has 1 values, expected 2 as the other columns have"
    );
    assert_eq!(
        refusal(dataset.numbers("c", &[1.0, f64::INFINITY])),
        "m, row 1, column `c`: inf, expected a finite number"
    );
}

#[test]
fn numbers_are_classes_if_they_are_whole() {
    let dataset = Dataset::new("d").numbers("c", &[0.0, 3.0, 1.0]).unwrap();
    assert_eq!(dataset.classes("c").unwrap(), [0, 3, 1]);
    for bad in [0.5, -1.0, 4_294_967_295.0, 1e300] {
        let dataset = Dataset::new("d").numbers("c", &[0.0, bad]).unwrap();
        let text = refusal(dataset.classes("c"));
        assert!(text.ends_with("expected a class: a whole number from 0"), "{text}");
    }
}

#[test]
fn weights_have_mean_one() {
    let targets = [2, 0, 1, 2, 2, 1, 2, 2, 2];
    let weights: Vec<f64> = class_weights(&targets, 3).unwrap();
    assert_eq!(weights, [3.0, 1.5, 0.5]);
    let sum: f64 = example_weights(&targets, &weights).unwrap().iter().sum();
    assert_eq!(sum, 9.0);
    assert_eq!(
        refusal(class_weights::<f64>(&targets, 2)),
        "the class of row 0 is 2, expected one below 2"
    );
    assert_eq!(
        refusal(class_weights::<f64>(&targets, 4)),
        "class 3 has no example, expected at least one of each class"
    );
}

/// A chunk that counts how many like it there are.
struct Counted(Arc<AtomicUsize>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

#[test]
fn chunks_wait_in_bounded_memory() {
    let (alive, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (counter, greatest) = (Arc::clone(&alive), Arc::clone(&most));
    let source = (0..500).map(move |_| {
        greatest.fetch_max(counter.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        Ok(Counted(Arc::clone(&counter)))
    });
    let used = read_ahead(3, source).unwrap().map(Result::unwrap).count();
    assert_eq!((used, alive.load(Ordering::SeqCst)), (500, 0));
    assert!(most.load(Ordering::SeqCst) <= 5, "{most:?}");
}

#[test]
fn what_is_not_used_is_not_read_to_its_end() {
    let alive = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&alive);
    let endless = std::iter::repeat_with(move || {
        counter.fetch_add(1, Ordering::SeqCst);
        Ok(Counted(Arc::clone(&counter)))
    });
    let mut ahead = read_ahead(2, endless).unwrap();
    assert!(ahead.next().is_some());
    drop(ahead);
    assert_eq!(alive.load(Ordering::SeqCst), 0);
}

#[test]
fn errors_and_panics_of_the_thread_arrive() {
    let file = b"x\n1\n2\nbad\n3\n".to_vec();
    let chunks = Csv::new().chunks_from("f.csv", std::io::Cursor::new(file), 1).unwrap();
    let chunks: Vec<_> = read_ahead(1, chunks).unwrap().collect();
    assert_eq!(chunks.iter().map(Result::is_ok).collect::<Vec<_>>(), [true, true, false]);

    let panicking =
        (0..3).map(|number| if number < 2 { Ok(number) } else { panic!("out of luck") });
    let items: Vec<_> = read_ahead(1, panicking).unwrap().collect();
    assert_eq!(items.len(), 3);
    assert_eq!(
        items[2].as_ref().unwrap_err().to_string(),
        "the thread that reads ahead has failed: out of luck"
    );
}
