use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use super::Checkpoints;
use crate::distributed::InProcess;
use crate::error::Error;
use crate::generator::Generator;
use crate::keep::content::Content;
use crate::keep::numbers::word_tensor;
use crate::keep::scratch::Scratch;
use crate::keep::{load_weights, save_weights};
use crate::kernel::real::Real;
use crate::model::Model;
use crate::optimizer::{
    AdaDelta, AdaGrad, Adam, AdamW, GradientDescent, Lion, NAdam, Optimizer, RmsProp,
};
use crate::prelude::{Index, Input, Output, Param, model};
use crate::train::{
    Average, Epoch, Group, History, Observer, Plateau, Schedule, Step, StopReason, Trainer,
};

#[model(loss = mean_squared_error)]
fn layers(x: Input<2>, w1: Param<2, 3>, b1: Param<3>, w2: Param<3>, b2: Param) -> Output {
    tanh(dropout(x, 0.1).dot(w1) + b1).dot(w2) + b2
}

/// A table, of which plain gradient descent steps within some rows.
#[model(loss = squared_error, scalar = f64)]
fn level(place: Index<40>, levels: Param<40>, offset: Param) -> Output {
    levels[place] + offset
}

const ROWS: usize = 20;

struct Rows {
    x: Vec<f32>,
    y: Vec<f32>,
}

fn rows() -> Rows {
    let mut generator = Generator::new(3);
    let mut numbers = |count| (0..count).map(|_| generator.normal() as f32).collect();
    Rows { x: numbers(2 * ROWS), y: numbers(ROWS) }
}

type Plain<'t, O> = Trainer<'t, Layers, O>;

fn trainer<'t, O: Optimizer<f32>>(optimizer: O) -> Plain<'t, O> {
    Trainer::new(optimizer).epochs(4).batch_size(6).seed(5)
}

/// What a run ends with: the bits of θ, and the history without where it was resumed.
fn outcome<M: Model>(model: &M, result: Result<History, Error>) -> (Vec<u64>, String) {
    let bits = model.parameters().iter().map(|theta| theta.to_f64().to_bits()).collect();
    let text = match result {
        Ok(history) => {
            let epochs = format!("{:?}", history.epochs());
            let text = history.to_string();
            let summary = text.split("\nresumed").next().unwrap_or_default();
            format!("{epochs} {} {summary}", history.best_epoch())
        }
        Err(error) => error.to_string(),
    };
    (bits, text)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// Runs to the end with a checkpoint after each step; then goes on from each of them alone; all must end the same.
fn every_checkpoint_ends_the_same<M: Model>(
    name: &str,
    steps: usize,
    mut run: impl FnMut(Option<Checkpoints>) -> (M, Result<History, Error>),
) {
    let (folder, alone) = (Scratch::new(name), Scratch::new(&format!("{name}_alone")));
    let (model, result) = run(None);
    let expected = outcome(&model, result);
    let checkpoints = Checkpoints::in_folder(folder.path()).every_steps(1).keep(1000);
    let (model, result) = run(Some(checkpoints.every_epochs(2)));
    assert_eq!(outcome(&model, result), expected, "{name}");
    let kept = files(folder.path());
    assert_eq!(kept.len(), steps, "{name}: {}", expected.1);
    for file in kept {
        for old in files(alone.path()) {
            fs::remove_file(old).unwrap();
        }
        fs::copy(&file, alone.path().join(file.file_name().unwrap())).unwrap();
        let checkpoints = Checkpoints::in_folder(alone.path()).every_steps(1).resume();
        let (model, result) = run(Some(checkpoints));
        if let Ok(history) = &result {
            assert_eq!(
                history.resumed().unwrap().file,
                alone.path().join(file.file_name().unwrap()).display().to_string()
            );
        }
        assert_eq!(outcome(&model, result), expected, "{name} {}", file.display());
    }
}

fn with<M: Model, O: Optimizer<M::Scalar>>(
    trainer: Trainer<'_, M, O>,
    checkpoints: Option<Checkpoints>,
) -> Trainer<'_, M, O> {
    match checkpoints {
        Some(checkpoints) => trainer.checkpoints(checkpoints),
        None => trainer,
    }
}

type Make = fn() -> Box<dyn Optimizer<f32>>;

#[test]
fn a_run_goes_on_from_each_step_to_the_same_bits() {
    let rows = rows();
    let batch = Layers::batch(&rows.x, &rows.y).unwrap();
    let optimizers: [(&str, Make); 9] = [
        ("plain", || Box::new(GradientDescent::new(0.1))),
        ("nesterov", || Box::new(GradientDescent::new(0.1).momentum(0.9).nesterov())),
        ("adam", || Box::new(Adam::new(0.1))),
        ("adam_w", || Box::new(AdamW::new(0.1))),
        ("rms_prop", || Box::new(RmsProp::new(0.01))),
        ("ada_grad", || Box::new(AdaGrad::new(0.1))),
        ("ada_delta", || Box::new(AdaDelta::new(1.0))),
        ("n_adam", || Box::new(NAdam::new(0.1))),
        ("lion", || Box::new(Lion::new(0.01))),
    ];
    for (name, optimizer) in optimizers {
        every_checkpoint_ends_the_same(name, 16, |checkpoints| {
            let mut model = Layers::seeded(2);
            let result = with(trainer(optimizer()), checkpoints).fit(&mut model, &batch);
            (model, result)
        });
    }
}

#[test]
fn a_run_with_everything_around_it_goes_on_to_the_same_bits() {
    let rows = rows();
    let batch = Layers::batch(&rows.x, &rows.y).unwrap();
    every_checkpoint_ends_the_same("everything", 15, |checkpoints| {
        let mut model = Layers::seeded(2);
        let trainer = trainer(Adam::new(0.2))
            .epochs(5)
            .validation_split(0.2)
            .early_stopping(3)
            .schedule(Schedule::cosine(0.1).warm_up(1))
            .clip_norm(0.5)
            .weight_decay(0.01)
            .min_delta(1e-4)
            .plateau(Plateau::new().patience(2).factor(0.5))
            .average(Average::exponential(0.8))
            .group(["b1"], Group::new().learning_rate_factor(0.5))
            .metric("root mean square", |evaluation| {
                Ok(100.0 * evaluation.root_mean_squared_error()?)
            })
            .metric("absolute", |evaluation| Ok(100.0 * evaluation.mean_absolute_error()?));
        let result = with(trainer, checkpoints).fit(&mut model, &batch);
        (model, result)
    });
}

#[test]
fn a_run_with_an_average_of_accumulated_steps_goes_on_to_the_same_bits() {
    let rows = rows();
    let batch = Layers::batch(&rows.x, &rows.y).unwrap();
    every_checkpoint_ends_the_same("accumulated", 10, |checkpoints| {
        let mut model = Layers::seeded(2);
        let trainer = trainer(AdaDelta::new(1.0))
            .epochs(5)
            .batch_size(5)
            .accumulate(2)
            .average(Average::uniform_from(3));
        let result = with(trainer, checkpoints).fit(&mut model, &batch);
        (model, result)
    });
}

#[test]
fn a_run_of_averages_goes_on_to_the_same_bits() {
    let rows = rows();
    let batch = Layers::batch(&rows.x, &rows.y).unwrap();
    for average in [Average::exponential(0.9), Average::uniform_from(2).every_steps(3)] {
        every_checkpoint_ends_the_same("average", 10, |checkpoints| {
            let mut model = Layers::seeded(2);
            let trainer = trainer(AdamW::new(0.2))
                .epochs(5)
                .batch_size(4)
                .accumulate(3)
                .validation_split(0.2)
                .average(average)
                .plateau(Plateau::new().factor(0.5).patience(1))
                .group(["w1"], Group::new().learning_rate_factor(0.5).weight_decay(0.0))
                .freeze(["b2"]);
            let result = with(trainer, checkpoints).fit(&mut model, &batch);
            (model, result)
        });
    }
}

#[test]
fn a_run_that_loses_patience_does_so_from_each_step() {
    let rows = rows();
    let batch = Layers::batch(&rows.x, &rows.y).unwrap();
    every_checkpoint_ends_the_same("patience", 12, |checkpoints| {
        let mut model = Layers::seeded(2);
        let trainer = trainer(Adam::new(0.02)).epochs(50).early_stopping(2).min_delta(0.05);
        let trainer = trainer.average(Average::exponential(0.8));
        let result = with(trainer, checkpoints).fit(&mut model, &batch);
        (model, result)
    });
}

#[test]
fn a_run_that_was_asked_to_stop_goes_on_there() {
    let rows = rows();
    let batch = Layers::batch(&rows.x, &rows.y).unwrap();
    let average = Average::uniform_from(2).every_steps(2);
    let trainer = || trainer(Adam::new(0.1)).average(average);
    let mut expected = Layers::seeded(2);
    let result = trainer().fit(&mut expected, &batch);
    let expected = outcome(&expected, result);

    let folder = Scratch::new("asked");
    let checkpoints = || Checkpoints::in_folder(folder.path()).resume();
    let flag = AtomicBool::new(true);
    for steps in 1..=7 {
        let mut model = Layers::seeded(2);
        let trainer = trainer().checkpoints(checkpoints());
        let history = if steps % 2 == 0 {
            trainer.stop_after(Duration::ZERO).fit(&mut model, &batch).unwrap()
        } else {
            trainer.stop_when(&flag).fit(&mut model, &batch).unwrap()
        };
        assert_eq!(history.epochs().last().unwrap().steps, (steps - 1) % 4 + 1);
    }
    let mut model = Layers::seeded(2);
    let result = trainer().checkpoints(checkpoints()).fit(&mut model, &batch);
    assert_eq!(outcome(&model, result), expected);
}

#[test]
fn a_run_within_rows_of_a_table_goes_on_to_the_same_bits() {
    let place: Vec<u32> = (0..ROWS as u32).map(|i| i * i % 37).collect();
    let y: Vec<f64> = place.iter().map(|&place| f64::from(place) / 10.0).collect();
    let batch = Level::batch(&place, &y).unwrap();
    every_checkpoint_ends_the_same("table", 12, |checkpoints| {
        let mut model = Level::seeded(2);
        let trainer = Trainer::new(GradientDescent::new(0.2)).epochs(4).batch_size(7);
        let result = with(trainer, checkpoints).fit(&mut model, &batch);
        (model, result)
    });
}

/// The parameters that divergence gives back are those of before the last finite step, which may be in the other process.
#[test]
fn a_run_that_diverges_does_so_from_each_step() {
    let rows = rows();
    let batch = Layers::batch(&rows.x, &rows.y).unwrap();
    let run = |checkpoints| {
        let mut model = Layers::seeded(2);
        let trainer = trainer(GradientDescent::new(1e19)).epochs(50);
        let result = with(trainer, checkpoints).fit(&mut model, &batch);
        (model, result)
    };
    let (_, result) = run(None);
    let Err(Error::Diverged(divergence)) = result else { panic!("{result:?}") };
    let steps = (divergence.epoch - 1) * 4 + divergence.step - 1;
    assert!(steps > 0, "{divergence}");
    every_checkpoint_ends_the_same("diverging", steps, run);
}

/// Ends training after so many steps.
struct After(usize);

impl<M: Model> Observer<M> for After {
    fn step(&mut self, _: &Step<'_, M>) -> Result<ControlFlow<()>, Error> {
        self.0 -= 1;
        Ok(if self.0 == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    }
}

#[test]
fn a_run_that_was_stopped_within_an_epoch_goes_on_there() {
    let rows = rows();
    let batch = Layers::batch(&rows.x, &rows.y).unwrap();
    let mut expected = Layers::seeded(2);
    let result = trainer(Adam::new(0.1)).fit(&mut expected, &batch);
    let expected = outcome(&expected, result);

    let folder = Scratch::new("stopped");
    let checkpoints = || Checkpoints::in_folder(folder.path()).resume();
    let mut resumed = Vec::new();
    for steps in [2, 3, 6, 1] {
        let stopped = trainer(Adam::new(0.1)).observer(After(steps)).checkpoints(checkpoints());
        let history = stopped.fit(&mut Layers::seeded(2), &batch).unwrap();
        assert_eq!(history.stop_reason(), StopReason::Observer);
        resumed.push(history.resumed().map(|resumed| [resumed.epoch, resumed.step]));
    }
    assert_eq!(resumed, [None, Some([0, 2]), Some([1, 1]), Some([2, 3])]);
    let mut model = Layers::seeded(2);
    let result = trainer(Adam::new(0.1)).checkpoints(checkpoints()).fit(&mut model, &batch);
    assert_eq!(outcome(&model, result), expected);
}

#[test]
fn more_epochs_are_those_of_a_longer_run() {
    let rows = rows();
    let batch = Layers::batch(&rows.x, &rows.y).unwrap();
    let folder = Scratch::new("longer");
    let run = |epochs, checkpoints| {
        let mut model = Layers::seeded(2);
        let result =
            with(trainer(Adam::new(0.1)).epochs(epochs), checkpoints).fit(&mut model, &batch);
        outcome(&model, result)
    };
    let checkpoints = || Some(Checkpoints::in_folder(folder.path()).resume());
    let expected = run(7, None);
    run(3, checkpoints());
    assert_eq!(run(7, checkpoints()), expected);
    assert_eq!(run(7, checkpoints()), expected);
    let (_, text) = run(5, checkpoints());
    assert!(text.ends_with("`epochs` is 5, but the checkpoint was made with 7 finished"), "{text}");
}

#[test]
fn no_schedule_follows_the_epochs_unnoticed() {
    let times = || (0..30).map(|half_epoch| f64::from(half_epoch) / 2.0 + 0.25);
    for schedule in [
        Schedule::constant(),
        Schedule::step(2, 0.5),
        Schedule::cosine(0.1),
        Schedule::linear(0.1),
        Schedule::exponential(0.9),
        Schedule::one_cycle(0.3, 0.1, 0.01),
        Schedule::warm_restarts(3, 2, 0.1),
    ] {
        let follows =
            times().any(|time| schedule.factor(time, 15.0) != schedule.factor(time, 20.0));
        assert_eq!(schedule.depends_on_epochs(), follows, "{schedule:?}");
    }
}

#[test]
fn members_of_a_group_go_on_from_the_same_checkpoint() {
    let rows = rows();
    let folder = Scratch::new("members");
    let train = |epochs, checkpoints: Option<Checkpoints>| {
        let members = InProcess::group(3);
        let results: Vec<_> = std::thread::scope(|scope| {
            let threads: Vec<_> = members
                .into_iter()
                .map(|member| {
                    let (checkpoints, rows) = (checkpoints.clone(), &rows);
                    scope.spawn(move || {
                        let batch = Layers::batch(&rows.x, &rows.y).unwrap();
                        let mut model = Layers::seeded(2);
                        let trainer = trainer(Adam::new(0.1)).epochs(epochs).distributed(&member);
                        let result = with(trainer, checkpoints).fit(&mut model, &batch);
                        outcome(&model, result)
                    })
                })
                .collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        results
    };
    let expected = train(4, None);
    let checkpoints = || Some(Checkpoints::in_folder(folder.path()).every_steps(3).resume());
    train(2, checkpoints());
    let newest = files(folder.path()).pop().unwrap();
    fs::write(&newest, b"cut").unwrap();
    let resumed = train(4, checkpoints());
    // The first passed the damaged one over, and says so; the others did not see it.
    assert!(resumed[0].1.contains("all were run"));
    for (resumed, expected) in resumed.iter().zip(&expected) {
        assert_eq!(resumed.0, expected.0);
    }
    let refused = train(4, Some(Checkpoints::in_folder(folder.path())));
    assert!(refused[0].1.contains("is a checkpoint of an earlier run"), "{refused:?}");
    assert!(refused[1..].iter().all(|(_, text)| text.starts_with("rank 0 failed")), "{refused:?}");
}

#[test]
fn the_last_ones_are_kept() {
    let rows = rows();
    let batch = Layers::batch(&rows.x, &rows.y).unwrap();
    let folder = Scratch::new("last");
    fs::write(folder.path().join("notes.txt"), "mine").unwrap();
    fs::write(folder.path().join(".checkpoint-1.safetensors.77.unfinished"), "half").unwrap();
    let checkpoints = Checkpoints::in_folder(folder.path()).every_steps(3).keep(2);
    trainer(Adam::new(0.1)).checkpoints(checkpoints).fit(&mut Layers::seeded(2), &batch).unwrap();
    let names = files(folder.path()).into_iter().map(|path| path.file_name().unwrap().to_owned());
    assert_eq!(
        names.collect::<Vec<_>>(),
        ["checkpoint-000000000015.safetensors", "checkpoint-000000000016.safetensors", "notes.txt"]
    );
}

/// What is said when a run is to go on in this folder; the model must stay as it is.
fn refusal<O: Optimizer<f32>>(trainer: Plain<'_, O>, folder: &Path, rows: &Rows) -> String {
    let batch = Layers::batch(&rows.x, &rows.y).unwrap();
    let mut model = Layers::seeded(9);
    let checkpoints = Checkpoints::in_folder(folder).resume();
    let error = trainer.checkpoints(checkpoints).fit(&mut model, &batch).unwrap_err();
    assert_eq!(model.parameters(), Layers::seeded(9).parameters());
    let text = error.to_string();
    text.split_once("`: ").map_or(text.clone(), |(_, text)| text.to_owned())
}

#[test]
fn another_run_is_refused_by_what_differs() {
    let mut rows = rows();
    let folder = Scratch::new("differs");
    let batch = Layers::batch(&rows.x, &rows.y).unwrap();
    let checkpoints = || Checkpoints::in_folder(folder.path());
    let adam = || trainer(Adam::new(0.1));
    adam().checkpoints(checkpoints()).fit(&mut Layers::seeded(2), &batch).unwrap();
    let refused = |trainer| refusal(trainer, folder.path(), &rows);
    let made = "but the checkpoint was made with";
    assert_eq!(refused(adam().batch_size(5)), format!("`batch_size` is 5, {made} 6"));
    assert_eq!(refused(adam().seed(8)), format!("`seed` is 8, {made} 5"));
    assert!(refused(adam().clip_norm(0.5)).starts_with("`limits of the gradient` is "));
    assert!(refused(adam().schedule(Schedule::cosine(0.1))).starts_with("`schedule` is "));
    assert_eq!(
        refused(adam().early_stopping(3)),
        format!("`early_stopping` is Some(3), {made} None")
    );
    assert_eq!(refused(adam().accumulate(2)), format!("`accumulate` is 2, {made} 1"));
    assert!(refused(adam().average(Average::exponential(0.9))).starts_with("`average` is "));
    assert!(refused(adam().plateau(Plateau::new())).starts_with("`plateau` is "));
    assert_eq!(refused(adam().min_delta(0.5)), format!("`min_delta` is 0.5, {made} 0"));
    assert_eq!(refused(adam().validation_split(0.5)), format!("`rows` is 10, {made} 20"));
    assert_eq!(
        refused(trainer(Adam::new(0.2))),
        "`learning_rate` of the optimizer `adam` is 0.2, but its state was made with 0.1"
    );
    assert_eq!(
        refusal(trainer(AdamW::new(0.1)), folder.path(), &rows),
        "the state is of the optimizer `adam`, expected `adam_w`"
    );
    let error = adam().checkpoints(checkpoints()).fit(&mut Layers::seeded(2), &batch).unwrap_err();
    assert!(error.to_string().contains("is a checkpoint of an earlier run"), "{error}");
    rows.x.truncate(2 * (ROWS - 1));
    rows.y.truncate(ROWS - 1);
    assert_eq!(refusal(adam(), folder.path(), &rows), format!("`rows` is 19, {made} 20"));
}

/// A rule of one's own that says nothing of what it remembers.
struct Untold;

impl Optimizer<f32> for Untold {
    fn check(&self) -> Result<(), Error> {
        Ok(())
    }

    fn learning_rate(&self) -> f64 {
        1.0
    }

    fn prepare(&mut self, _: usize) {}

    fn step(&mut self, _: f64, _: &mut [f32], _: &[f32]) {}
}

#[test]
fn an_optimizer_that_does_not_tell_its_state_is_refused() {
    let folder = Scratch::new("untold");
    assert!(
        refusal(trainer(Untold), folder.path(), &rows()).contains("does not say what it remembers")
    );
}

#[test]
fn settings_out_of_range_are_named() {
    let folder = Scratch::new("range");
    let checkpoints = || Checkpoints::in_folder(folder.path());
    let (rows, mut model) = (rows(), Layers::seeded(2));
    let batch = Layers::batch(&rows.x, &rows.y).unwrap();
    for (checkpoints, name) in [
        (checkpoints().every_steps(0), "every_steps"),
        (checkpoints().every_epochs(0), "every_epochs"),
        (checkpoints().keep(0), "keep"),
    ] {
        let result = trainer(Adam::new(0.1)).checkpoints(checkpoints).fit(&mut model, &batch);
        assert_eq!(result.unwrap_err().to_string(), format!("`{name}` is 0, expected at least 1"));
    }
}

#[test]
fn damaged_ones_are_passed_over_and_set_aside() {
    let rows = rows();
    let batch = Layers::batch(&rows.x, &rows.y).unwrap();
    let folder = Scratch::new("damaged_ones");
    let adam = || trainer(Adam::new(0.1));
    let mut expected = Layers::seeded(2);
    adam().checkpoints(Checkpoints::in_folder(folder.path())).fit(&mut expected, &batch).unwrap();
    let kept = files(folder.path());
    let bytes = fs::read(&kept[2]).unwrap();
    fs::write(&kept[2], &bytes[..bytes.len() / 2]).unwrap();
    let mut bytes = fs::read(&kept[1]).unwrap();
    let middle = bytes.len() - 100;
    bytes[middle] ^= 4;
    fs::write(&kept[1], &bytes).unwrap();

    let mut model = Layers::seeded(2);
    let resume = || Checkpoints::in_folder(folder.path()).resume().keep(1);
    let history = adam().checkpoints(resume()).fit(&mut model, &batch).unwrap();
    assert_eq!(model.parameters(), expected.parameters());
    let resumed = history.resumed().unwrap();
    assert_eq!((resumed.epoch, resumed.refused.len()), (2, 2));
    assert!(resumed.refused[0].ends_with("expected a whole safetensors file"), "{resumed:?}");
    assert!(resumed.refused[1].ends_with("the file is damaged"), "{resumed:?}");
    assert!(history.to_string().contains("\npassed over `"), "{history}");
    let names: Vec<String> =
        files(folder.path()).iter().map(|path| path.display().to_string()).collect();
    assert_eq!(names.len(), 3, "{names:?}");
    assert!(names.iter().filter(|name| name.ends_with(".damaged")).count() == 2, "{names:?}");

    fs::write(names.iter().find(|name| name.ends_with(".safetensors")).unwrap(), b"short").unwrap();
    assert!(refusal(adam(), folder.path(), &rows).ends_with("expected a whole safetensors file"));
}

/// Every cut and many flipped bits of the only checkpoint: refused with the model as it was, or the same end.
#[test]
fn no_changed_checkpoint_changes_the_end_of_a_run() {
    let rows = rows();
    let batch = Layers::batch(&rows.x, &rows.y).unwrap();
    let folder = Scratch::new("changed");
    let adam = || trainer(Adam::new(0.1));
    let mut expected = Layers::seeded(2);
    adam()
        .checkpoints(Checkpoints::in_folder(folder.path()).every_epochs(3).keep(9))
        .fit(&mut expected, &batch)
        .unwrap();
    let kept = files(folder.path());
    let path = &kept[0];
    let bytes = fs::read(path).unwrap();
    fs::remove_file(&kept[1]).unwrap();
    let mut generator = Generator::new(11);
    let cuts = (0..bytes.len()).step_by(7).map(|length| bytes[..length].to_vec());
    let flips: Vec<Vec<u8>> = (0..400)
        .map(|_| {
            let mut flipped = bytes.clone();
            flipped[generator.below(bytes.len())] ^= 1 << generator.below(8);
            flipped
        })
        .collect();
    let mut same = 0;
    for changed in cuts.chain(flips) {
        fs::write(path, &changed).unwrap();
        let mut model = Layers::seeded(9);
        let checkpoints = Checkpoints::in_folder(folder.path()).only_read().resume();
        match adam().checkpoints(checkpoints).fit(&mut model, &batch) {
            Ok(_) => {
                same += 1;
                assert_eq!(model.parameters(), expected.parameters());
            }
            Err(Error::Keep(error)) => {
                assert_eq!(&error.path, path);
                assert_eq!(model.parameters(), Layers::seeded(9).parameters());
            }
            Err(error) => panic!("{error}"),
        }
    }
    assert!(same < 40, "{same}");
}

/// What somebody, or another program, wrote with a checksum that is right.
#[test]
fn states_that_cannot_be_are_refused_without_a_panic() {
    let rows = rows();
    let batch = Layers::batch(&rows.x, &rows.y).unwrap();
    let folder = Scratch::new("cannot_be");
    let adam = || trainer(Adam::new(0.1)).early_stopping(3);
    let checkpoints = Checkpoints::in_folder(folder.path()).every_steps(6).every_epochs(9);
    adam().checkpoints(checkpoints.keep(9)).fit(&mut Layers::seeded(2), &batch).unwrap();
    let kept = files(folder.path());
    kept[1..].iter().for_each(|path| fs::remove_file(path).unwrap());
    let bytes = fs::read(&kept[0]).unwrap();
    let count = Content::from_bytes(&bytes).unwrap().names().count();
    let mut generator = Generator::new(21);
    let mut refused = 0;
    for round in 0..30 * count {
        let mut content = Content::from_bytes(&bytes).unwrap();
        let (_, tensor) = content.tensors_mut().nth(round % count).unwrap();
        let old = tensor.bytes.len() / 8;
        let length = [old, old + 1, old.saturating_sub(1), 0][generator.below(4)];
        let large = generator.below(2) == 0;
        let word = |generator: &mut Generator| {
            if large { generator.next_u64() } else { generator.below(9) as u64 }
        };
        let words: Vec<u64> = (0..length).map(|_| word(&mut generator)).collect();
        let new = word_tensor(&words);
        match generator.below(3) {
            0 => tensor.bytes = new.bytes,
            _ if tensor.dtype == new.dtype => (tensor.shape, tensor.bytes) = (new.shape, new.bytes),
            _ => *tensor = new,
        }
        let Ok(changed) = content.encode() else { continue };
        fs::write(&kept[0], changed).unwrap();
        let mut model = Layers::seeded(9);
        let checkpoints = Checkpoints::in_folder(folder.path()).only_read().resume();
        if adam().checkpoints(checkpoints).fit(&mut model, &batch).is_err() {
            refused += 1;
        }
    }
    assert!(refused > 10 * count, "{refused} of {}", 30 * count);
}

#[test]
fn a_folder_that_goes_ends_the_run_with_the_parameters_of_its_step() {
    let rows = rows();
    let batch = Layers::batch(&rows.x, &rows.y).unwrap();
    let folder = Scratch::new("goes");
    let path = folder.path().join("inside");
    let mut model = Layers::seeded(2);
    let error = trainer(Adam::new(0.1))
        .checkpoints(Checkpoints::in_folder(&path))
        .observe(|epoch: &Epoch| {
            if epoch.epoch == 2 {
                fs::remove_dir_all(&path).unwrap();
            }
        })
        .fit(&mut model, &batch)
        .unwrap_err();
    assert!(matches!(&error, Error::Keep(_)), "{error}");
    assert!(error.to_string().starts_with("cannot create `"), "{error}");
    let mut expected = Layers::seeded(2);
    trainer(Adam::new(0.1)).epochs(2).fit(&mut expected, &batch).unwrap();
    assert_eq!(model.parameters(), expected.parameters());
}

/// `/dev/full` is a file on a disk that is always full.
#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_fills_ends_the_run_with_the_parameters_of_its_step() {
    let rows = rows();
    let batch = Layers::batch(&rows.x, &rows.y).unwrap();
    let folder = Scratch::new("fills");
    let unfinished =
        format!(".checkpoint-{:012}.safetensors.{}.unfinished", 12, std::process::id());
    let mut model = Layers::seeded(2);
    let adam = || trainer(Adam::new(0.1));
    let error = adam()
        .checkpoints(Checkpoints::in_folder(folder.path()))
        .observe(|epoch: &Epoch| {
            if epoch.epoch == 3 {
                std::os::unix::fs::symlink("/dev/full", folder.path().join(&unfinished)).unwrap();
            }
        })
        .fit(&mut model, &batch)
        .unwrap_err();
    assert!(error.to_string().starts_with("cannot write `"), "{error}");
    let mut expected = Layers::seeded(2);
    adam().epochs(3).fit(&mut expected, &batch).unwrap();
    assert_eq!(model.parameters(), expected.parameters());

    // Where there is room again, the run goes on from the last that was written.
    let checkpoints = Checkpoints::in_folder(folder.path()).resume();
    let history = adam().checkpoints(checkpoints).fit(&mut model, &batch).unwrap();
    assert_eq!(history.resumed().map(|resumed| resumed.epoch), Some(2));
    let mut expected = Layers::seeded(2);
    adam().fit(&mut expected, &batch).unwrap();
    assert_eq!(model.parameters(), expected.parameters());
}

#[test]
fn a_checkpoint_is_a_file_of_weights() {
    let rows = rows();
    let batch = Layers::batch(&rows.x, &rows.y).unwrap();
    let folder = Scratch::new("weights_of");
    let mut model = Layers::seeded(2);
    let checkpoints = Checkpoints::in_folder(folder.path());
    trainer(Adam::new(0.1)).checkpoints(checkpoints).fit(&mut model, &batch).unwrap();
    let mut other = Layers::zeros();
    load_weights(&mut other, files(folder.path()).last().unwrap()).unwrap();
    assert_eq!(other.parameters(), model.parameters());

    // The other way round, weights alone are nothing to go on from.
    let last = folder.path().join("checkpoint-000000000099.safetensors");
    save_weights(&model, &last).unwrap();
    let checkpoints = Checkpoints::in_folder(folder.path()).resume();
    let history = trainer(Adam::new(0.1)).checkpoints(checkpoints).fit(&mut other, &batch).unwrap();
    let refused = &history.resumed().unwrap().refused;
    assert!(refused[0].ends_with("no state of training is in it, expected a checkpoint"));
}
