//! How steps are cut, and what their parts see.

use super::{PART, PARTS, Rows, SUM, Work, lanes, parts};
use crate::kernel::arch::{Isa, Kernel, dispatch};
use crate::workspace::Workspace;

#[test]
fn short_steps_are_one_part() {
    let work = |examples, each| Work { examples, each, products: 0 };
    for (examples, each) in [(1, usize::MAX), (100, 1), (511, PART), (0, PART), (usize::MAX, 0)] {
        assert_eq!(parts(work(examples, each), 512, 10, 4), 1, "{examples} of {each}");
    }
    assert_eq!(parts(work(1024, PART / 1024), 512, 10, 4), 1, "each part is worth a thread");
    assert_eq!(parts(work(1024, PART / 512), 512, 10, 4), 2);
    assert_eq!(parts(work(usize::MAX, 1), 512, 10, 4), PARTS);
}

#[test]
fn parts_are_long_beside_their_sums() {
    let work = Work { examples: 1 << 20, each: 1 << 6, products: 0 };
    let all = work.examples * work.each;
    for sums in [0, 10, 10_000, 20_000, 100_000] {
        let parts = parts(work, 256, sums, 4);
        assert!(parts == 1 || all / parts >= PART.max(SUM * sums), "{sums}: {parts}");
    }
    assert_eq!(parts(work, 256, 1 << 20, 4), 1, "more than a megabyte");
}

#[test]
fn lanes_are_a_power_of_two_no_more_than_parts() {
    for (all, threads, expected) in [(64, 1, 1), (64, 2, 4), (64, 3, 8), (2, 8, 2), (64, 40, 64)] {
        assert_eq!(lanes(all, threads), expected, "{all} parts, {threads} threads");
    }
}

/// Adds up numbers and halves each.
struct Halving<'a> {
    numbers: &'a [f64],
    halves: &'a mut [f64],
    each: usize,
    workspace: &'a mut Workspace<f64>,
}

impl Kernel for Halving<'_> {
    type Output = (f64, usize);

    #[inline(always)]
    fn run<I: Isa>(self, isa: I) -> (f64, usize) {
        let Halving { numbers, halves, each, workspace } = self;
        let (_, mut tiles) = workspace.parts(0);
        let (mut sum, mut parts) = ([0.0], [0.0]);
        tiles.run(
            isa,
            Work { examples: numbers.len(), each, products: 0 },
            [&mut sum, &mut parts],
            [Rows::new(halves, 1)],
            #[inline(always)]
            |part, [sum, parts], [halves]| {
                let here = &numbers[part.begin..part.end];
                sum[0] = here.iter().sum();
                parts[0] = 1.0;
                let to = &mut halves[part.begin - part.origin..][..here.len()];
                to.iter_mut().zip(here).for_each(|(half, x)| *half = x / 2.0);
            },
        );
        (sum[0], parts[0] as usize)
    }
}

#[test]
fn parts_cover_every_example_once() {
    let mut workspace = Workspace::<f64>::new(0, 1, 2, |_| 0);
    let tile = workspace.tile();
    for rows in [1, tile - 1, 2 * tile, 7 * tile + 5, 70 * tile + 1] {
        let numbers: Vec<f64> = (0..rows).map(|i| i as f64).collect();
        let mut counts = Vec::new();
        for each in [0, PART / tile, 3 * PART / tile, 100 * PART] {
            let mut halves = vec![f64::NAN; rows];
            let run =
                Halving { numbers: &numbers, halves: &mut halves, each, workspace: &mut workspace };
            let (sum, parts) = dispatch(run);
            assert_eq!(sum, (rows * (rows - 1) / 2) as f64);
            assert!(halves.iter().zip(&numbers).all(|(half, x)| 2.0 * half == *x));
            counts.push(parts);
        }
        let most = (rows / tile).clamp(1, PARTS);
        assert_eq!((counts[0], counts[3]), (1, 1 << most.ilog2()), "{rows}");
    }
}
