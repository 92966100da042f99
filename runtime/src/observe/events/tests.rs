use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

use crate::least_squares::LeastSquares;
use crate::optimizer::GradientDescent;
use crate::train::Trainer;

use super::Tracing;

/// Writes down what it is told, up to a level.
#[derive(Clone)]
struct Notes {
    level: Level,
    lines: Arc<Mutex<Vec<String>>>,
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0 += &format!(" {field}={value:?}");
    }
}

impl Subscriber for Notes {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() <= self.level
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut line = Line(format!("{} {}", event.metadata().level(), event.metadata().target()));
        event.record(&mut line);
        self.lines.lock().unwrap().push(line.0);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

fn lines(level: Level) -> Vec<String> {
    let notes = Notes { level, lines: Arc::default() };
    let batch = LeastSquares::batch(&[1.0, 0.0, 0.0, 1.0], &[1.0, 2.0]).unwrap();
    let mut model = LeastSquares::zeros();
    tracing::subscriber::with_default(notes.clone(), || {
        Trainer::new(GradientDescent::new(0.5))
            .epochs(1)
            .validation(&batch)
            .metric("half", |_| Ok(0.5))
            .metric("one", |_| Ok(1.0))
            .observer(Tracing::new())
            .fit(&mut model, &batch)
            .unwrap();
    });
    notes.lines.lock().unwrap().clone()
}

#[test]
fn a_run_is_told_at_its_levels() {
    let told = lines(Level::TRACE);
    assert_eq!(
        told,
        [
            "INFO chainrule::train message=training starts epochs=1 epochs_done=0 steps=1 rows=2 validation_rows=2 parameters=3",
            "TRACE chainrule::train message=step epoch=1 step=1 rows=2 loss=2.5 learning_rate=0.5 \
             gradient_norm=3.7416573867739413",
            "INFO chainrule::train message=epoch epoch=1 epochs=1 steps=1 loss=2.5 validation_loss=0.625 learning_rate=0.5 \
             metrics=\"half=0.5 one=1\"",
            "INFO chainrule::train message=training ends epochs=1 best_epoch=1 loss=0.625 stop=EpochsDone",
        ]
    );
    let without_steps: Vec<String> =
        told.iter().filter(|line| line.starts_with("INFO")).cloned().collect();
    assert_eq!(lines(Level::INFO), without_steps);
}
