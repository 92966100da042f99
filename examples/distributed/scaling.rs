//! How long a step takes on one rank and on all, and what of it is the message.

use std::cell::Cell;
use std::fmt::{self, Display, Formatter};
use std::time::Instant;

use chainrule::distributed::cost::Machine;
use chainrule::distributed::{Group, Mpi, Numbers, NumbersMut, broadcast};
use chainrule::prelude::*;

/// Runs of one rank and of all take turns, so often.
const REPEATS: usize = 10;
/// Steps of an epoch.
const STEPS: usize = 10;
/// A run is of steps with about so many rows times parameters together.
const WORK: usize = 10_000_000;

/// A perceptron with one hidden layer.
#[model(loss = squared_error)]
fn network<const D: usize, const H: usize, const O: usize>(
    x: Input<D>,
    w1: Param<D, H>,
    b1: Param<H>,
    w2: Param<H, O>,
    b2: Param<O>,
) -> Output<O> {
    tanh(x.dot(w1) + b1).dot(w2) + b2
}

/// A group that adds up the time of its sums.
struct Timed<'g> {
    group: &'g Mpi,
    seconds: Cell<f64>,
}

impl Group for Timed<'_> {
    fn rank(&self) -> usize {
        self.group.rank()
    }

    fn size(&self) -> usize {
        self.group.size()
    }

    fn sum_into(&self, own: Numbers<'_>, total: NumbersMut<'_>) -> Result<(), chainrule::Error> {
        let begin = Instant::now();
        let result = self.group.sum_into(own, total);
        self.seconds.set(self.seconds.get() + begin.elapsed().as_secs_f64());
        result
    }

    fn broadcast(&self, numbers: NumbersMut<'_>) -> Result<(), chainrule::Error> {
        self.group.broadcast(numbers)
    }
}

/// Times of the same, in seconds.
struct Times(Vec<f64>);

impl Times {
    fn least(&self) -> f64 {
        self.0.iter().copied().fold(f64::INFINITY, f64::min)
    }

    fn median(&self) -> f64 {
        let mut times = self.0.clone();
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    }
}

impl Display for Times {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{:.1} µs ({:.1})", 1e6 * self.least(), 1e6 * self.median())
    }
}

/// Prints the table on rank 0: the least of the times, and their median behind it.
pub fn print(group: &Mpi) -> Result<(), chainrule::Error> {
    let machine = network_of(group)?;
    if group.rank() == 0 {
        let (latency, bandwidth) = (1e6 * machine.latency, 1e-9 * machine.bandwidth);
        println!("{} ranks; all-reduce: {latency:.1} µs and {bandwidth:.2} GB/s\n", group.size());
        println!(
            "| rows | parameters | step of one rank | step of all | of it messages | predicted | speed-up |"
        );
        println!("|---|---|---|---|---|---|---|");
    }
    for rows in [256, 2048] {
        for together in [rows, rows * group.size()] {
            row::<8, 16, 1>(group, &machine, rows, together)?;
            row::<64, 128, 10>(group, &machine, rows, together)?;
            row::<256, 512, 10>(group, &machine, rows, together)?;
        }
    }
    Ok(())
}

/// One row: `alone` rows a step on one rank, `together` on all.
fn row<const D: usize, const H: usize, const O: usize>(
    group: &Mpi,
    machine: &Machine,
    alone: usize,
    together: usize,
) -> Result<(), chainrule::Error> {
    let parameters = Network::<D, H, O>::zeros().parameters().len();
    let [mut one, mut all, mut messages] = [const { Times(Vec::new()) }; 3];
    for _ in 0..REPEATS {
        if group.rank() == 0 {
            one.0.push(seconds::<D, H, O>(None, alone)?);
        }
        meet(group)?;
        let timed = Timed { group, seconds: Cell::new(0.0) };
        all.0.push(seconds::<D, H, O>(Some(&timed), together)?);
        messages.0.push(timed.seconds.get() / steps(parameters, together) as f64);
    }
    if group.rank() > 0 {
        return Ok(());
    }
    let rows = if alone == together { format!("{alone}") } else { format!("{alone} a rank") };
    let predicted = 1e6 * machine.all_reduce(4.0 * parameters as f64, group.size());
    let speed_up = |one, all| together as f64 / alone as f64 * one / all;
    let [least, median] =
        [speed_up(one.least(), all.least()), speed_up(one.median(), all.median())];
    println!(
        "| {rows} | {parameters} | {one} | {all} | {messages} | {predicted:.1} µs | {least:.2} ({median:.2}) |"
    );
    Ok(())
}

/// Steps of a run long enough to be timed.
fn steps(parameters: usize, rows: usize) -> usize {
    STEPS * (WORK / (STEPS * rows * parameters)).clamp(1, 200)
}

/// The seconds of a step over so many rows, of a whole run with an epoch of ten steps after another.
fn seconds<const D: usize, const H: usize, const O: usize>(
    group: Option<&Timed<'_>>,
    rows: usize,
) -> Result<f64, chainrule::Error> {
    let (x, y) = (vec![0.5; STEPS * rows * D], vec![0.25; STEPS * rows * O]);
    let batch = Network::<D, H, O>::batch(&x, &y)?;
    let mut model = Network::<D, H, O>::seeded(1);
    let steps = steps(model.parameters().len(), rows);
    let mut trainer = Trainer::new(Adam::new(1e-3)).epochs(steps / STEPS).batch_size(rows);
    if let Some(group) = group {
        trainer = trainer.distributed(group);
    }
    let begin = Instant::now();
    trainer.fit(&mut model, &batch)?;
    Ok(begin.elapsed().as_secs_f64() / steps as f64)
}

/// Latency and bandwidth of the model of costs, from a short and a long message.
fn network_of(group: &Mpi) -> Result<Machine, chainrule::Error> {
    let mut machine =
        Machine { flops: f64::NAN, memory: f64::INFINITY, latency: 0.0, bandwidth: 1.0 };
    if group.size() == 1 {
        return Ok(machine);
    }
    let time = |numbers: usize| {
        let (own, mut total) = (vec![1.0_f32; numbers], vec![0.0_f32; numbers]);
        let mut times = Times(Vec::new());
        for _ in 0..10 * REPEATS {
            let begin = Instant::now();
            group.sum_into(Numbers::F32(&own), NumbersMut::F32(&mut total))?;
            times.0.push(begin.elapsed().as_secs_f64());
        }
        Ok::<_, chainrule::Error>(times.least())
    };
    let (short, long) = (time(1)?, time(1 << 20)?);
    let bytes = 4.0 * f64::from(1 << 20);
    let unit = machine.all_reduce(bytes, group.size());
    let rounds = (group.size() as f64).log2().ceil();
    machine.latency = short / rounds;
    machine.bandwidth = unit / (long - short);
    Ok(machine)
}

/// Waits for all.
fn meet(group: &Mpi) -> Result<(), chainrule::Error> {
    let mut nothing = [0.0_f32];
    group.sum_into(Numbers::F32(&[0.0]), NumbersMut::F32(&mut nothing))?;
    broadcast(group, &mut nothing)
}
