//! What training makes small: what the attribute says, against what the entries return.

use super::Reader;
use super::attribute::LossSetting;
use crate::diagnostic::syntax::{attribute as attribute_messages, functions as messages};
use crate::tree::{Entry, Loss, Name, Objective, ResultKind};

/// The objective of a model; after an error, one that leaves a model without a loss.
pub(super) fn objective(
    reader: &mut Reader,
    setting: Option<LossSetting>,
    entries: &[Entry],
    model: &Name,
) -> Objective {
    let is_loss = |entry: &Entry| matches!(entry.result, ResultKind::Loss { .. });
    let losses: Vec<usize> = (0..entries.len()).filter(|&at| is_loss(&entries[at])).collect();
    let outputs: Vec<usize> = (0..entries.len()).filter(|&at| !is_loss(&entries[at])).collect();
    let chosen = match setting {
        Some(setting) => of_setting(reader, setting, entries, &losses, &outputs, model),
        None => of_entries(reader, entries, &losses, model),
    };
    reader.stand_in(chosen, || match (losses.first(), outputs.first()) {
        (None, Some(&output)) => Objective::OfPrediction(output, stand_in_loss(model)),
        (loss, _) => Objective::Entry(loss.copied().unwrap_or(0)),
    })
}

fn stand_in_loss(model: &Name) -> Loss {
    let name = Name { text: "squared_error".to_owned(), at: model.at };
    Loss::Named { name, settings: Vec::new() }
}

/// The only loss, or the one that is called so.
fn of_entries(
    reader: &mut Reader,
    entries: &[Entry],
    losses: &[usize],
    model: &Name,
) -> Option<Objective> {
    if let Some(loss) = called(entries, losses, "loss") {
        return Some(Objective::Entry(loss));
    }
    if losses.is_empty() {
        reader.add(attribute_messages::missing_loss(model.at, &model.text));
    } else {
        let names = names(entries, losses);
        reader.add(messages::several_losses(model.at, &model.text, &names));
    }
    None
}

/// A loss among the entries by its name, or a loss of the prediction.
fn of_setting(
    reader: &mut Reader,
    setting: LossSetting,
    entries: &[Entry],
    losses: &[usize],
    outputs: &[usize],
    model: &Name,
) -> Option<Objective> {
    let loss = setting.value?;
    if let Loss::Named { name, settings } = &loss
        && settings.is_empty()
        && entries.len() > 1
        && let Some(&entry) = losses.iter().find(|&&place| entries[place].name.text == name.text)
    {
        return Some(Objective::Entry(entry));
    }
    let has_loss = losses.iter().any(|&place| entries[place].name.text == "loss");
    if outputs.is_empty() || has_loss {
        reader.add(attribute_messages::loss_twice(setting.at, &model.text));
        return None;
    }
    if let Some(prediction) = called(entries, outputs, "predict") {
        return Some(Objective::OfPrediction(prediction, loss));
    }
    let names = names(entries, outputs);
    reader.add(messages::several_predictions(setting.at, &model.text, &names));
    None
}

/// The entry of this name, or the only one.
fn called(entries: &[Entry], places: &[usize], name: &str) -> Option<usize> {
    let by_name = places.iter().find(|&&place| entries[place].name.text == name);
    let only = match places {
        [only] => Some(only),
        _ => None,
    };
    by_name.or(only).copied()
}

fn names(entries: &[Entry], places: &[usize]) -> Vec<String> {
    places.iter().map(|&place| entries[place].name.text.clone()).collect()
}
