use std::io;
use std::sync::{Arc, Mutex};

use indicatif::{ProgressBar, ProgressDrawTarget, TermLike};

use crate::least_squares::LeastSquares;
use crate::optimizer::GradientDescent;
use crate::train::Trainer;

use super::{Progress, with_commas};

/// A terminal that keeps what is written to it.
#[derive(Clone, Debug, Default)]
struct Paper(Arc<Mutex<String>>);

impl TermLike for Paper {
    fn width(&self) -> u16 {
        160
    }

    fn move_cursor_up(&self, _: usize) -> io::Result<()> {
        Ok(())
    }

    fn move_cursor_down(&self, _: usize) -> io::Result<()> {
        Ok(())
    }

    fn move_cursor_right(&self, _: usize) -> io::Result<()> {
        Ok(())
    }

    fn move_cursor_left(&self, _: usize) -> io::Result<()> {
        Ok(())
    }

    fn write_line(&self, text: &str) -> io::Result<()> {
        self.write_str(&format!("{text}\n"))
    }

    fn write_str(&self, text: &str) -> io::Result<()> {
        *self.0.lock().unwrap() += text;
        Ok(())
    }

    fn clear_line(&self) -> io::Result<()> {
        self.write_str("\n")
    }

    fn flush(&self) -> io::Result<()> {
        Ok(())
    }
}

fn train(progress: Progress) {
    let batch = LeastSquares::batch(&[1.0, 0.0, 0.0, 1.0], &[1.0, 2.0]).unwrap();
    Trainer::new(GradientDescent::new(0.0625))
        .epochs(3)
        .batch_size(1)
        .validation(&batch)
        .metric("half", |_| Ok(0.5))
        .observer(progress)
        .fit(&mut LeastSquares::zeros(), &batch)
        .unwrap();
}

#[test]
fn the_last_lines_tell_how_training_went() {
    let paper = Paper::default();
    let target = ProgressDrawTarget::term_like(Box::new(paper.clone()));
    train(Progress::on(ProgressBar::with_draw_target(None, target)).titled("plane"));
    let text = paper.0.lock().unwrap().clone();
    let last = text[text.rfind("plane").unwrap()..].trim_end();
    assert!(last.starts_with("plane  [========================] 100 %  "), "{last}");
    assert!(
        last.contains(" examples/s  0s left  ") && last.contains("  epoch 3/3: loss "),
        "{last}"
    );
    assert!(last.contains(", validation ") && last.ends_with(", half 0.5000"), "{last}");
}

#[test]
fn nothing_is_drawn_where_nobody_sees_it() {
    let bar = ProgressBar::hidden();
    train(Progress::on(bar.clone()));
    assert_eq!(bar.message(), "");
}

#[test]
fn thousands_are_grouped() {
    let texts = [0, 999, 1000, 1_234_567].map(with_commas);
    assert_eq!(texts, ["0", "999", "1,000", "1,234,567"]);
}
