//! Files of weights and of training in Python's `safetensors`, and in `PyTorch` where it is there.
//!
//! The Python with these packages is the one that the environment variable `CHAINRULE_PYTHON` names, else `python3`. Where it has not even
//! `safetensors` and `numpy`, the test says that it was skipped.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use chainrule::keep::{Checkpoints, Mapping, load_weights, save_weights};
use chainrule::prelude::*;

#[model(loss = mean_squared_error)]
fn network(x: Input<3>, w1: Param<3, 4>, b1: Param<4>, w2: Param<4>, b2: Param) -> Output {
    relu(x.dot(w1) + b1).dot(w2) + b2
}

/// What `nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 1))` calls the parameters, and how it has them.
fn torch() -> Mapping {
    Mapping::new()
        .rename("w1", "0.weight")
        .transposed("w1")
        .rename("b1", "0.bias")
        .rename("w2", "2.weight")
        .shaped("w2", &[1, 4])
        .rename("b2", "2.bias")
        .shaped("b2", &[1])
}

/// Numbers that half-precision and brain floats have too.
fn example() -> Network {
    let mut model = Network::zeros();
    for (place, theta) in model.parameters_mut().iter_mut().enumerate() {
        *theta = place as f32 / 8.0;
    }
    model
}

fn python() -> PathBuf {
    std::env::var_os("CHAINRULE_PYTHON").map_or_else(|| PathBuf::from("python3"), PathBuf::from)
}

/// The first two packages are needed; says what is missing.
fn is_ready() -> Result<(), String> {
    let mut command = Command::new(python());
    match command.args(["-c", "import numpy, safetensors.numpy"]).output() {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stderr);
            Err(said.lines().last().unwrap_or_default().to_owned())
        }
        Err(error) => Err(error.to_string()),
    }
}

fn write_files(folder: &Path) -> Result<(), chainrule::Error> {
    let model = example();
    save_weights(&model, folder.join("own.safetensors"))?;
    torch().save(&model, folder.join("mapped.safetensors"))?;
    let x = [0.5, -1.0, 2.0, 1.0, 0.25, -0.5];
    let predictions: Vec<String> = model.predict(&x)?.iter().map(f32::to_string).collect();
    fs::write(folder.join("predictions.txt"), predictions.join("\n")).expect("it is writable");
    let batch = Network::batch(&x, &[1.0, 2.0])?;
    let checkpoints = Checkpoints::in_folder(folder.join("run"));
    let trainer = Trainer::new(Adam::new(0.1)).epochs(2).checkpoints(checkpoints);
    trainer.fit(&mut example(), &batch)?;
    let last = folder.join("run").join("checkpoint-000000000002.safetensors");
    fs::rename(last, folder.join("training.safetensors")).expect("the checkpoint is there");
    Ok(())
}

/// What the script wrote: the numbers of the example, halved and moved.
fn read_files(folder: &Path, with_torch: bool) -> Result<(), chainrule::Error> {
    let mut expected = example();
    expected.parameters_mut().iter_mut().for_each(|theta| *theta = *theta * 0.5 + 0.25);
    let own = Mapping::new().converting();
    let mut files = vec![("half", own.clone()), ("double", own), ("foreign", torch())];
    if with_torch {
        files.push(("brain", torch().converting()));
    }
    for (name, mapping) in files {
        let mut model = Network::zeros();
        mapping.load(&mut model, folder.join(format!("{name}.safetensors")))?;
        assert_eq!(model.parameters(), expected.parameters(), "{name}");
    }
    let error = load_weights(&mut Network::zeros(), folder.join("half.safetensors")).unwrap_err();
    assert!(error.to_string().contains("numbers of type F16, expected F32"), "{error}");
    Ok(())
}

#[test]
fn python_reads_and_writes_the_same_files() -> Result<(), chainrule::Error> {
    if let Err(missing) = is_ready() {
        println!("skipped: no Python with numpy and safetensors: {missing}");
        return Ok(());
    }
    let folder =
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("python_{}", std::process::id()));
    fs::create_dir_all(&folder).expect("the folder is writable");
    write_files(&folder)?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/python/exchange.py");
    let output = Command::new(python()).arg(script).arg(&folder).output().expect("Python starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let with_torch = output.stdout.starts_with(b"torch");
    println!("PyTorch was {}", if with_torch { "there" } else { "not there: only numpy was used" });
    read_files(&folder, with_torch)?;
    fs::remove_dir_all(&folder).expect("the folder is there");
    Ok(())
}
