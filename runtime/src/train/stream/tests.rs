//! Streams train as batches do, and whatever is wrong with them is told.

use std::cell::{Cell, RefCell};

use crate::data::DataError;
use crate::error::Error;
use crate::generator::Generator;
use crate::least_squares::{LeastSquares, LeastSquaresBatch};
use crate::model::Model;
use crate::optimizer::Adam;
use crate::train::{Chunk, History, Trainer};

type Rows = (Vec<f64>, Vec<f64>);
type Trained = Trainer<'static, LeastSquares<f64>, Adam<f64>>;

/// Rows of a line with noise.
fn rows(count: usize) -> Rows {
    let mut generator = Generator::new(1);
    let x: Vec<f64> = (0..2 * count).map(|_| generator.normal()).collect();
    let y = x.chunks(2).map(|x| 2.0 * x[0] - x[1] + 0.1 * generator.normal()).collect();
    (x, y)
}

static NUMBERS: [f64; 16] = [0.5; 16];

/// The same rows in chunks.
fn cut(rows: &Rows, length: usize) -> Vec<Rows> {
    let chunks = rows.0.chunks(2 * length).zip(rows.1.chunks(length));
    chunks.map(|(x, y)| (x.to_vec(), y.to_vec())).collect()
}

fn trainer() -> Trained {
    Trainer::new(Adam::new(0.05)).epochs(4).batch_size(8).seed(3)
}

fn batch(rows: &Rows) -> Result<LeastSquaresBatch<'_, f64>, Error> {
    LeastSquares::batch(&rows.0, &rows.1)
}

fn stream(trainer: Trained, chunks: &[Rows]) -> Result<(LeastSquares<f64>, History), Error> {
    let mut model = LeastSquares::zeros();
    let open = || Ok(chunks.iter().map(|chunk| Ok(chunk.clone())));
    let history = trainer.fit_stream(&mut model, open, batch)?;
    Ok((model, history))
}

#[test]
fn one_chunk_trains_to_the_bits_of_a_batch() {
    let rows = rows(50);
    for trainer in [trainer, || trainer().early_stopping(1), || trainer().accumulate(3)] {
        let mut model = LeastSquares::zeros();
        let history = trainer().fit(&mut model, &batch(&rows).unwrap()).unwrap();
        assert_eq!(stream(trainer(), &cut(&rows, 50)).unwrap(), (model, history));
    }
}

#[test]
fn every_row_is_used_once_an_epoch() {
    let rows = rows(50);
    for length in [1, 7, 8, 20] {
        let chunks = cut(&rows, length);
        let (model, history) = stream(trainer(), &chunks).unwrap();
        let steps: usize = chunks.iter().map(|chunk| chunk.1.len().div_ceil(8)).sum();
        assert!(history.epochs().iter().all(|epoch| epoch.steps == steps));
        let loss = model.loss_into(&batch(&rows).unwrap(), &mut ());
        // The same 50 terms, added chunk by chunk.
        assert!((history.final_loss() - loss).abs() < 1e-14 * loss);
        assert_eq!(stream(trainer(), &chunks).unwrap(), (model, history));
    }
}

#[test]
fn the_rows_of_a_chunk_are_shuffled_and_none_is_lost() {
    let seen = RefCell::new(Vec::new());
    let chunks = [vec![0_u32, 1, 2, 3, 4], vec![5, 6, 7]];
    let mut model = LeastSquares::zeros();
    let open = || Ok(chunks.iter().map(|chunk| Ok(chunk.clone())));
    // A model of constant rows, so that chunks may be anything; `batch` sees whole chunks and mini-batches.
    let trainer = Trainer::new(Adam::new(0.1)).epochs(2).batch_size(3);
    trainer
        .fit_stream(&mut model, open, |chunk: &Vec<u32>| {
            seen.borrow_mut().push(chunk.clone());
            LeastSquares::batch(&NUMBERS[..2 * chunk.len()], &NUMBERS[..chunk.len()])
        })
        .unwrap();
    let minis: Vec<Vec<u32>> = seen
        .into_inner()
        .into_iter()
        .filter(|rows| rows.len() != 5 && !chunks.contains(rows))
        .collect();
    let first: Vec<u32> = minis.iter().flatten().copied().filter(|&row| row < 5).collect();
    assert!(first.len() >= 10, "{minis:?}");
    let epochs = [&first[first.len() - 10..first.len() - 5], &first[first.len() - 5..]];
    for epoch in epochs {
        let mut sorted = epoch.to_vec();
        sorted.sort_unstable();
        assert_eq!(sorted, [0, 1, 2, 3, 4]);
    }
    assert_ne!(epochs[0], epochs[1]);
}

#[test]
fn a_stream_that_changes_is_an_error() {
    let rows = rows(20);
    let all = cut(&rows, 8);
    let cases = [
        (&all[..2], "chunk 2 of the stream has 0 rows, expected 4 as when it was opened first"),
        (&all[1..], "chunk 1 of the stream has 4 rows, expected 8 as when it was opened first"),
    ];
    for (later, expected) in cases {
        let passes = Cell::new(0);
        let open = || {
            passes.set(passes.get() + 1);
            let chunks = if passes.get() < 3 { all.as_slice() } else { later };
            Ok(chunks.iter().map(|chunk| Ok(chunk.clone())))
        };
        let mut model = LeastSquares::zeros();
        let error = trainer().fit_stream(&mut model, open, batch).unwrap_err();
        assert_eq!((error.to_string().as_str(), passes.get()), (expected, 3));
        assert_ne!(model, LeastSquares::zeros());
    }
    let longer = Cell::new(false);
    let open = || {
        let chunks = if longer.replace(true) { all.as_slice() } else { &all[..2] };
        Ok(chunks.iter().map(|chunk| Ok(chunk.clone())))
    };
    let error = trainer().fit_stream(&mut LeastSquares::zeros(), open, batch).unwrap_err();
    assert_eq!(error, Error::Data(DataError::Stream { chunk: 2, expected: 0, found: 4 }));
}

#[test]
fn what_cannot_begin_leaves_the_model_alone() {
    let rows = rows(20);
    let mut spoiled = cut(&rows, 8);
    spoiled[2].0[1] = f64::NAN;
    let cases = [
        (stream(trainer(), &[]), "the stream has no rows, expected at least one"),
        (
            stream(trainer().validation_split(0.25), &cut(&rows, 8)),
            "`validation_split` is 0.25, expected `validation` with a batch, as the rows of a stream are not in memory",
        ),
        (stream(trainer(), &spoiled), "`x` is NaN in row 0, column 1, expected a finite number"),
        (stream(trainer().epochs(0), &spoiled), "`epochs` is 0, expected at least 1"),
    ];
    for (result, expected) in cases {
        assert_eq!(result.unwrap_err().to_string(), expected);
    }
}

#[test]
fn an_error_in_a_chunk_ends_training() {
    let rows = rows(20);
    let passes = Cell::new(0);
    let open = || {
        passes.set(passes.get() + 1);
        let is_broken = passes.get() == 3;
        let chunks = cut(&rows, 8).into_iter().enumerate();
        Ok(chunks.map(move |(place, chunk)| match place {
            1 if is_broken => Err(Error::EmptyBatch { input: "gone" }),
            _ => Ok(chunk),
        }))
    };
    let mut model = LeastSquares::zeros();
    let error = trainer().fit_stream(&mut model, open, batch).unwrap_err();
    assert_eq!(error, Error::EmptyBatch { input: "gone" });
    assert!(model.theta.iter().all(|theta| theta.is_finite() && *theta != 0.0));
}

thread_local! {
    static ALIVE: Cell<usize> = const { Cell::new(0) };
    static MOST: Cell<usize> = const { Cell::new(0) };
}

/// Rows that count how many like them hold numbers.
#[derive(Default)]
struct Counted(Rows);

impl Counted {
    fn new(rows: Rows) -> Self {
        ALIVE.set(ALIVE.get() + 1);
        MOST.set(MOST.get().max(ALIVE.get()));
        Counted(rows)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        ALIVE.set(ALIVE.get() - usize::from(self.0.1.len() == 100));
    }
}

impl Chunk for Counted {
    fn gather(&self, rows: usize, order: &[usize], into: &mut Self) {
        self.0.gather(rows, order, &mut into.0);
    }
}

#[test]
fn two_chunks_are_in_memory_however_many_there_are() {
    let open = || Ok((0..200).map(|_| Ok(Counted::new(rows(100)))));
    let mut model = LeastSquares::zeros();
    trainer().epochs(2).fit_stream(&mut model, open, |chunk| batch(&chunk.0)).unwrap();
    assert_eq!((ALIVE.get(), MOST.get()), (0, 2));
}

/// Ends a run after so many steps.
#[cfg(feature = "checkpoint")]
struct After(usize);

#[cfg(feature = "checkpoint")]
impl<M: Model> crate::train::Observer<M> for After {
    fn step(&mut self, _: &crate::train::Step<'_, M>) -> Result<std::ops::ControlFlow<()>, Error> {
        self.0 -= 1;
        let is_over = self.0 == 0;
        Ok(if is_over {
            std::ops::ControlFlow::Break(())
        } else {
            std::ops::ControlFlow::Continue(())
        })
    }
}

#[cfg(feature = "checkpoint")]
#[test]
fn a_stream_that_is_resumed_within_a_chunk_ends_with_the_same_bits() {
    use crate::keep::Checkpoints;

    let chunks = cut(&rows(50), 20);
    let (expected, _) = stream(trainer(), &chunks).unwrap();
    for steps in [1, 4, 8, 17] {
        let folder =
            std::env::temp_dir().join(format!("chainrule_stream_{}_{steps}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        let kept = || trainer().checkpoints(Checkpoints::in_folder(&folder).resume());
        stream(kept().observer(After(steps)), &chunks).unwrap();
        let (model, history) = stream(kept(), &chunks).unwrap();
        assert!(history.resumed().is_some());
        assert_eq!(model, expected, "after {steps} steps");
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
