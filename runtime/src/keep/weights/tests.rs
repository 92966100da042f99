use std::fs;

use crate::error::Error;
use crate::keep::file;
use crate::keep::scratch::Scratch;
use crate::keep::{Mapping, load_weights, save_weights};
use crate::least_squares::LeastSquares;
use crate::model::Model;
use crate::prelude::{Input, Output, Param, model};

#[model(loss = mean_squared_error)]
fn layers(x: Input<3>, w1: Param<3, 2>, b1: Param<2>, w2: Param<2>, b2: Param) -> Output {
    tanh(x.dot(w1) + b1).dot(w2) + b2
}

/// The same names and shapes, but something else.
#[model(loss = mean_squared_error)]
fn other_layers(x: Input<3>, w1: Param<3, 2>, b1: Param<2>, w2: Param<2>, b2: Param) -> Output {
    sigmoid(x.dot(w1) + b1).dot(w2) + b2
}

#[model(loss = mean_squared_error, scalar = f64)]
fn wider(x: Input<3>, w1: Param<3, 2>, b1: Param<2>, w2: Param<2>, b2: Param) -> Output {
    tanh(x.dot(w1) + b1).dot(w2) + b2
}

#[model(loss = mean_squared_error)]
fn longer(x: Input<4>, w1: Param<4, 2>, b1: Param<2>, w2: Param<2>, b2: Param) -> Output {
    tanh(x.dot(w1) + b1).dot(w2) + b2
}

#[test]
fn weights_come_back_bit_for_bit() {
    let folder = Scratch::new("weights");
    let path = folder.path().join("a.safetensors");
    let model = Layers::seeded(3);
    save_weights(&model, &path).unwrap();
    let mut other = Layers::zeros();
    load_weights(&mut other, &path).unwrap();
    assert_eq!(other.parameters(), model.parameters());

    let doubles = LeastSquares { theta: [0.1, -1e-300, 3.0] };
    save_weights(&doubles, &path).unwrap();
    let mut other = LeastSquares::zeros();
    load_weights(&mut other, &path).unwrap();
    assert_eq!(other, doubles);
}

/// What is said when a model is to take this file; the model must stay as it is.
fn refusal<M: Model>(mapping: &Mapping, mut model: M, path: &std::path::Path) -> String {
    let before = model.parameters().to_vec();
    let error = mapping.load(&mut model, path).unwrap_err();
    assert_eq!(model.parameters(), before);
    let text = error.to_string();
    let start = format!("`{}`: ", path.display());
    text.strip_prefix(&start).map_or(text.clone(), str::to_owned)
}

#[test]
fn files_of_other_models_are_refused() {
    let folder = Scratch::new("others");
    let path = folder.path().join("a.safetensors");
    save_weights(&Layers::seeded(3), &path).unwrap();
    let (plain, any) = (Mapping::new(), Mapping::new().any_definition());
    assert_eq!(
        refusal(&any, Wider::seeded(1), &path),
        "the tensor `b1` has numbers of type F32, expected F64".replace("`b1`", "`w1`")
    );
    assert_eq!(
        refusal(&any, Longer::seeded(1), &path),
        "the tensor `w1` has the shape [3, 2], expected [4, 2]"
    );
    assert_eq!(
        refusal(&any, LeastSquares { theta: [1.0_f32; 3] }, &path),
        "the tensor `b1` is no parameter, expected only `w`, `b`"
    );
    assert_eq!(
        refusal(&any.clone().ignoring_others(), LeastSquares { theta: [1.0_f32; 3] }, &path),
        "there is no tensor `w`, only `b1`, `b2`, `w1`, `w2`"
    );
    let text = refusal(&plain, OtherLayers::seeded(1), &path);
    assert!(text.starts_with("it was written for a model whose definition has the hash"), "{text}");
    let mut other = OtherLayers::seeded(1);
    any.load(&mut other, &path).unwrap();
    assert_eq!(other.parameters(), Layers::seeded(3).parameters());
}

#[test]
fn types_are_converted_where_that_is_said() {
    let folder = Scratch::new("types");
    let path = folder.path().join("a.safetensors");
    let mapping = Mapping::new().any_definition().converting();
    let single = Layers::seeded(3);
    save_weights(&single, &path).unwrap();
    let mut double = Wider::zeros();
    mapping.load(&mut double, &path).unwrap();
    for (double, single) in double.parameters().iter().zip(single.parameters()) {
        assert_eq!(*double, f64::from(*single));
    }
    *double.b2_mut() = 1e300;
    save_weights(&double, &path).unwrap();
    let text = refusal(&mapping, Layers::seeded(1), &path);
    assert!(text.starts_with("the tensor `b2` has 1e300 at position 0, expected"), "{text}");
}

#[test]
fn damaged_files_are_refused() {
    let folder = Scratch::new("damaged");
    let path = folder.path().join("a.safetensors");
    save_weights(&Layers::seeded(3), &path).unwrap();
    let bytes = file::read(&path).unwrap();
    let mut flipped = bytes.clone();
    *flipped.last_mut().unwrap() ^= 0x10;
    fs::write(&path, &flipped).unwrap();
    let text = refusal(&Mapping::new(), Layers::seeded(1), &path);
    assert!(text.ends_with(": the file is damaged"), "{text}");
    fs::write(&path, &bytes[..bytes.len() - 3]).unwrap();
    let text = refusal(&Mapping::new(), Layers::seeded(1), &path);
    assert!(text.ends_with("; expected a whole safetensors file"), "{text}");
    fs::remove_file(&path).unwrap();
    let text = refusal(&Mapping::new(), Layers::seeded(1), &path);
    assert!(text.starts_with("cannot read `"), "{text}");
}

#[test]
fn tensors_lie_as_the_mapping_says() {
    let folder = Scratch::new("mapping");
    let path = folder.path().join("a.safetensors");
    let mapping = Mapping::new()
        .rename("w1", "fc1.weight")
        .transposed("w1")
        .rename("w2", "fc2.weight")
        .shaped("w2", &[1, 2]);
    let mut model = Layers::zeros();
    model
        .parameters_mut()
        .copy_from_slice(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0]);
    mapping.save(&model, &path).unwrap();

    let bytes = file::read(&path).unwrap();
    let content = super::Content::from_bytes(&bytes).unwrap();
    let weight = content.tensor("fc1.weight").unwrap();
    assert_eq!(weight.shape, [2, 3]);
    let numbers = super::numbers::reals::<f32>("fc1.weight", weight).unwrap();
    assert_eq!(numbers, [1.0, 3.0, 5.0, 2.0, 4.0, 6.0]);
    assert_eq!(content.tensor("fc2.weight").unwrap().shape, [1, 2]);

    let mut other = Layers::zeros();
    mapping.load(&mut other, &path).unwrap();
    assert_eq!(other.parameters(), model.parameters());
}

#[test]
fn mappings_that_do_not_fit_the_model_are_refused() {
    let mut model = Layers::zeros();
    let mut message = |mapping: Mapping| mapping.load(&mut model, "none").unwrap_err();
    assert!(matches!(message(Mapping::new().rename("w3", "x")), Error::UnknownParameter { .. }));
    assert_eq!(
        message(Mapping::new().transposed("b1")).to_string(),
        "`transposed` is `b1` of shape [2], expected a parameter of two axes"
    );
    assert_eq!(
        message(Mapping::new().shaped("w1", &[7])).to_string(),
        "`w1` has the shape [7], expected [3, 2]"
    );
}

/// The same as `layers`, written otherwise.
#[model(loss = mean_squared_error, derivatives(hvp))]
fn renamed(
    x: Input<3>,
    #[init(zeros)] w1: Param<3, 2>,
    b1: Param<2>,
    w2: Param<2>,
    b2: Param,
) -> Output {
    // A comment.
    (x.dot(w1) + b1).tanh().dot(w2) + b2
}

#[model(loss = mean_squared_error, reduction = sum)]
fn summed(x: Input<3>, w1: Param<3, 2>, b1: Param<2>, w2: Param<2>, b2: Param) -> Output {
    tanh(x.dot(w1) + b1).dot(w2) + b2
}

#[model(loss = absolute_error)]
fn absolute(x: Input<3>, w1: Param<3, 2>, b1: Param<2>, w2: Param<2>, b2: Param) -> Output {
    tanh(x.dot(w1) + b1).dot(w2) + b2
}

#[model(loss = mean_squared_error, weights)]
fn weighted(x: Input<3>, w1: Param<3, 2>, b1: Param<2>, w2: Param<2>, b2: Param) -> Output {
    tanh(x.dot(w1) + b1).dot(w2) + b2
}

#[test]
fn definitions_differ_where_what_is_computed_may() {
    assert_eq!(Layers::DEFINITION_HASH, Renamed::DEFINITION_HASH);
    let hashes = [
        Layers::DEFINITION_HASH,
        OtherLayers::DEFINITION_HASH,
        Wider::DEFINITION_HASH,
        Longer::DEFINITION_HASH,
        Summed::DEFINITION_HASH,
        Absolute::DEFINITION_HASH,
        Weighted::DEFINITION_HASH,
        0,
    ];
    for (place, hash) in hashes.iter().enumerate() {
        assert!(!hashes[..place].contains(hash), "{place}");
    }
}
