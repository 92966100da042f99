use super::{Machine, Work};

const ETHERNET: Machine = Machine { flops: 1e11, memory: 1e10, latency: 25e-6, bandwidth: 1.25e9 };
const FABRIC: Machine = Machine { latency: 2e-6, bandwidth: 12.5e9, ..ETHERNET };

fn work(parameters: usize, rows: usize) -> Work {
    Work { parameters, bytes: 4, rows, flops_per_row: 6.0 * parameters as f64 }
}

#[test]
fn one_machine_sends_nothing() {
    assert_eq!(ETHERNET.all_reduce(1e9, 1), 0.0);
    let step = ETHERNET.step(&work(1000, 100), 1);
    assert_eq!((step.computation, step.message, step.optimizer), (6e5 / 1e11, 0.0, 4e3 / 1e10));
}

#[test]
fn short_messages_cost_latency_and_long_ones_bandwidth() {
    for machines in [2, 8, 64, 1024] {
        let rounds = (machines as f64).log2();
        assert_eq!(FABRIC.all_reduce(0.0, machines), rounds * FABRIC.latency);
        let bytes = 1e13;
        let share = 1.0 - 1.0 / machines as f64;
        let transfer = share * bytes * (2.0 / FABRIC.bandwidth + 1.0 / FABRIC.memory);
        let found = FABRIC.all_reduce(bytes, machines);
        assert!((found / transfer - 1.0).abs() < 1e-6, "{machines}: {found} {transfer}");
    }
    // Three machines need the rounds of four.
    assert_eq!(FABRIC.all_reduce(0.0, 3), FABRIC.all_reduce(0.0, 4));
}

#[test]
fn computation_shrinks_to_messages_and_optimizer() {
    let work = work(1_000_000, 8192);
    let step = ETHERNET.step(&work, 1 << 40);
    assert!(step.computation < 1e-9);
    assert!((step.total() - step.message - step.optimizer).abs() < 1e-9);
}

#[test]
fn the_documented_table_is_what_the_model_says() {
    let documentation = include_str!("../cost.rs");
    for (network, machine) in [("Ethernet", ETHERNET), ("fabric", FABRIC)] {
        for (size, parameters) in [("10⁴", 10_000), ("10⁶", 1_000_000), ("10⁸", 100_000_000)]
        {
            let time = |rows, machines| machine.step(&work(parameters, rows), machines).total();
            let same = [8, 64, 1024].map(|p| time(8192, 1) / (p as f64 * time(8192, p)));
            let grown = [8, 64, 1024].map(|p| time(128, 1) / time(128 * p, p));
            let cells = same.iter().chain(&grown).map(|share| format!(" {:.0} % |", 100.0 * share));
            let row = format!("//! | {network} | {size} |{}", cells.collect::<String>());
            assert!(documentation.contains(&row), "{row}");
        }
    }
}

/// The rows, parameters, and least microseconds of a step on one rank and on two that the documentation has.
const MEASURED: [(usize, usize, f64, f64); 4] = [
    (256, 9_610, 185.0, 121.0),
    (256, 136_714, 2511.0, 1825.0),
    (2048, 9_610, 1569.0, 813.0),
    (2048, 136_714, 21_077.0, 11_063.0),
];

#[test]
fn two_ranks_are_as_slow_as_the_model_says_or_somewhat_slower() {
    for (rows, parameters, one, two) in MEASURED {
        let work = work(parameters, rows);
        let machine = Machine { flops: 1.0, latency: 0.2e-6, bandwidth: 7e9, ..ETHERNET };
        let optimizer = machine.step(&work, 1).optimizer;
        let flops = work.flops_per_row * rows as f64 / (1e-6 * one - optimizer);
        let model = 1e6 * Machine { flops, ..machine }.step(&work, 2).total();
        assert!((0.75..0.98).contains(&(model / two)), "{rows} {parameters}: {model} {two}");
    }
}
