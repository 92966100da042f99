//! Files are read back twice: by a reader that shares nothing with the writer, and by TensorBoard itself where Python has it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

use crate::error::Error;
use crate::least_squares::LeastSquares;
use crate::observe::ObserveError;
use crate::optimizer::GradientDescent;
use crate::train::{History, Trainer};

use super::TensorBoard;

/// A folder that goes when the test does.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path =
            std::env::temp_dir().join(format!("chainrule-board-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        Folder(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn train(board: &mut TensorBoard) -> History {
    let (x, y) = ([1.0, 0.0, 0.0, 1.0, 1.0, 1.0, -1.0, 2.0], [1.0, 2.0, 3.0, 4.0]);
    let batch = LeastSquares::batch(&x, &y).unwrap();
    let trainer = Trainer::new(GradientDescent::new(0.1)).epochs(200).batch_size(2);
    trainer
        .validation(&batch)
        .metric("π", |_| Ok(std::f64::consts::PI))
        .observer(board)
        .fit(&mut LeastSquares::zeros(), &batch)
        .unwrap()
}

/// The numbers of a file by tag, in order; checks the shape of every record, though not its checksums.
fn read(file: &[u8]) -> BTreeMap<String, Vec<(u64, f32)>> {
    let (mut numbers, mut rest) = (BTreeMap::<String, Vec<_>>::new(), file);
    while !rest.is_empty() {
        let length = u64::from_le_bytes(rest[..8].try_into().unwrap()) as usize;
        let event = fields(&rest[12..][..length]);
        rest = &rest[length + 16..];
        assert!(f64::from_le_bytes(event[&1].clone().try_into().unwrap()) > 1.7e9);
        let Some(summary) = event.get(&5) else {
            assert_eq!(event[&3], b"brain.Event:2");
            continue;
        };
        let step = event[&2].iter().rev().fold(0, |step, &byte| step << 7 | u64::from(byte & 0x7f));
        let value = fields(&fields(summary)[&1]);
        let number = f32::from_le_bytes(value[&2].clone().try_into().unwrap());
        numbers
            .entry(String::from_utf8(value[&1].clone()).unwrap())
            .or_default()
            .push((step, number));
    }
    numbers
}

/// The fields of a message, as bytes.
fn fields(mut message: &[u8]) -> BTreeMap<u8, Vec<u8>> {
    let mut fields = BTreeMap::new();
    while let [key, rest @ ..] = message {
        let (start, length) = match key & 7 {
            0 => (0, rest.iter().position(|byte| byte & 0x80 == 0).unwrap() + 1),
            1 => (0, 8),
            2 if rest[0] < 0x80 => (1, usize::from(rest[0])),
            5 => (0, 4),
            wire => panic!("{wire}"),
        };
        fields.insert(key >> 3, rest[start..start + length].to_vec());
        message = &rest[start + length..];
    }
    fields
}

#[test]
fn a_run_is_read_back_as_it_was() {
    let folder = Folder::new("read");
    let mut board = TensorBoard::new(&folder.0).every_steps(3);
    let history = train(&mut board);
    let numbers = read(&std::fs::read(board.path().unwrap()).unwrap());
    let of_epochs = |value: fn(&crate::train::Epoch) -> f64| -> Vec<(u64, f32)> {
        history.epochs().iter().map(|epoch| (epoch.epoch as u64, value(epoch) as f32)).collect()
    };
    assert_eq!(numbers["loss/training"], of_epochs(|epoch| epoch.loss));
    assert_eq!(numbers["loss/validation"], of_epochs(|epoch| epoch.validation_loss.unwrap()));
    assert_eq!(numbers["learning_rate"], of_epochs(|_| 0.1));
    assert_eq!(numbers["metric/π"], of_epochs(|_| std::f64::consts::PI));
    let steps: Vec<u64> = numbers["step/loss"].iter().map(|number| number.0).collect();
    assert_eq!(steps, (3..=400).step_by(3).collect::<Vec<_>>());
    assert_eq!(numbers["step/gradient_norm"].len(), steps.len());
    assert_eq!(numbers.len(), 6);
}

#[test]
fn every_run_has_its_file_and_what_cannot_be_written_is_named() {
    let folder = Folder::new("files");
    let mut boards = [0, 1, 2].map(|_| TensorBoard::new(&folder.0));
    for board in &mut boards {
        assert_eq!(board.path(), None);
        board.scalar("own", 1, 0.5).unwrap();
    }
    let paths = boards.map(|board| board.path().unwrap().to_owned());
    assert!(paths[0] != paths[1] && paths[1] != paths[2]);
    let error = TensorBoard::new(&paths[0]).scalar("own", 1, 0.5).unwrap_err();
    assert!(
        error.to_string().starts_with(&format!("`{}` cannot be written: ", paths[0].display()))
    );
    assert!(matches!(error, Error::Observe(ObserveError::File { .. })));
}

/// Prints the tags, and the last step and value of each, as TensorBoard's own reader finds them; it checks the checksums.
const READER: &str = "
import sys
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
events = EventAccumulator(sys.argv[1], size_guidance={'scalars': 0})
events.Reload()
for tag in sorted(events.Tags()['scalars']):
    numbers = events.Scalars(tag)
    print(tag, len(numbers), numbers[-1].step, repr(numbers[-1].value))
";

#[test]
fn tensorboard_reads_a_run() {
    let python = std::env::var("CHAINRULE_TENSORBOARD_PYTHON").unwrap_or_else(|_| "python3".into());
    let found = Command::new(&python).args(["-c", "import tensorboard"]).output();
    if !found.is_ok_and(|output| output.status.success()) {
        println!("skipped: {python} has no package `tensorboard`");
        return;
    }
    let folder = Folder::new("python");
    let mut board = TensorBoard::new(&folder.0);
    let history = train(&mut board);
    let output = Command::new(&python).args(["-c", READER]).arg(&folder.0).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let last = history.epochs().last().unwrap();
    let numbers = [
        ("learning_rate", 0.1),
        ("loss/training", last.loss),
        ("loss/validation", last.validation_loss.unwrap()),
        ("metric/π", std::f64::consts::PI),
    ];
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), numbers.len(), "{text}{}", String::from_utf8_lossy(&output.stderr));
    for (line, (tag, value)) in lines.iter().zip(numbers) {
        let found =
            line.strip_prefix(&format!("{tag} 200 200 ")).unwrap_or_else(|| panic!("{line}"));
        assert_eq!(found.parse::<f64>().unwrap(), f64::from(value as f32), "{tag}");
    }
}
