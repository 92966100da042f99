//! A progress bar for a training run.

use chainrule::prelude::Epoch;
use indicatif::{ProgressBar, ProgressStyle};

/// An observer that shows the run on the terminal, if there is one.
pub fn bar(title: &'static str) -> impl FnMut(&Epoch) {
    let bar = ProgressBar::new(0).with_prefix(title);
    let template = "{prefix:>18} [{bar:40}] {pos}/{len} epochs, {msg}";
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style.progress_chars("=> "));
    }
    move |epoch| {
        bar.set_length(epoch.epochs as u64);
        bar.set_position(epoch.epoch as u64);
        bar.set_message(format!("loss {:.4}", epoch.loss));
        if epoch.epoch == epoch.epochs {
            bar.finish();
        }
    }
}
