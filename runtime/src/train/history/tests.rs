use super::{Epoch, Figures, History, Kept, StopReason};

fn history(losses: &[(f64, Option<f64>)], kept: Kept, stop: StopReason) -> String {
    let epoch = |(i, &(loss, validation_loss)): (usize, &(f64, Option<f64>))| Epoch {
        epoch: i + 1,
        epochs: 50,
        steps: 3,
        loss,
        validation_loss,
        metrics: Vec::new(),
        learning_rate: 0.1,
    };
    let epochs = losses.iter().enumerate().map(epoch).collect();
    History { epochs, best_epoch: 2, kept, final_loss: 0.125, stop, resumed: None }.to_string()
}

#[test]
fn text_tells_losses_and_why_training_stopped() {
    let plain =
        history(&[(2.0, None), (0.5, None), (0.75, None)], Kept::Last, StopReason::EpochsDone);
    assert_eq!(
        plain,
        "loss: 2.00000 first, 0.750000 last, 0.500000 best; 0.125000 with the final parameters\n\
         stopped after 3 of 50 epochs: all were run"
    );
    let stopped = history(
        &[(2.0, Some(3.0)), (0.5, Some(0.25)), (0.1, Some(1.0))],
        Kept::Best,
        StopReason::NoImprovement { patience: 1 },
    );
    assert_eq!(
        stopped,
        "loss: 2.00000 first, 0.100000 last, 0.100000 best; 0.125000 with the final parameters\n\
         validation loss: 3.00000 first, 1.00000 last, 0.250000 best\n\
         stopped after 3 of 50 epochs: no improvement for 1 epochs; the parameters of epoch 2 are kept"
    );
}

#[test]
fn text_tells_metrics_after_the_losses() {
    let epoch = |epoch, accuracy| Epoch {
        epoch,
        epochs: 2,
        steps: 3,
        loss: 1.0,
        validation_loss: None,
        metrics: vec![("accuracy".into(), accuracy)],
        learning_rate: 0.1,
    };
    let epochs = vec![epoch(1, 0.5), epoch(2, 0.75)];
    let (kept, stop) = (Kept::Last, StopReason::EpochsDone);
    let history = History { epochs, best_epoch: 2, kept, final_loss: 0.125, stop, resumed: None };
    let text = history.to_string();
    assert!(
        text.contains("parameters\naccuracy: 0.500000 first, 0.750000 last\nstopped"),
        "{text}"
    );
}

#[test]
fn numbers_have_six_figures_whatever_their_size() {
    let cases = [
        (0.0, "0"),
        (1.0, "1.00000"),
        (-123_456.7, "-123457"),
        (1_234_567.0, "1.23457e6"),
        (0.000_123_456_78, "0.000123457"),
        (0.000_012_345_678, "1.23457e-5"),
        (f64::NAN, "NaN"),
    ];
    for (value, expected) in cases {
        assert_eq!(Figures(value).to_string(), expected);
    }
}
