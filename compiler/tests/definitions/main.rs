//! Definitions over arrays of several axes: their values against plain loops written here.
//!
//! Their gradients are checked with those of all definitions, in `random_programs`.

mod arrays;

use arrays::{Array, close, value};

fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// `softmax(q·kᵀ/√D)·v`, each query over the keys that `sees` lets it.
fn attention(q: &Array, k: &Array, v: &Array, sees: impl Fn(usize, usize) -> bool) -> Array {
    let depth = q.shape[1];
    Array::from(&[q.shape[0], v.shape[1]], |place| {
        let score = |s: usize| {
            let product: f64 = (0..depth).map(|d| q.at(&[place[0], d]) * k.at(&[s, d])).sum();
            (product / (depth as f64).sqrt()).exp()
        };
        let keys: Vec<usize> = (0..k.shape[0]).filter(|&s| sees(place[0], s)).collect();
        let total: f64 = keys.iter().map(|&s| score(s)).sum();
        keys.iter().map(|&s| score(s) / total * v.at(&[s, place[1]])).sum()
    })
}

/// `x·w[head]`.
fn head(x: &Array, w: &Array, head: usize) -> Array {
    Array::from(&[x.shape[0], w.shape[2]], |place| {
        (0..x.shape[1]).map(|d| x.at(&[place[0], d]) * w.at(&[head, d, place[1]])).sum()
    })
}

fn heads(
    x: &Array,
    memory: &Array,
    [wq, wk, wv, wo]: [&Array; 4],
    sees: fn(usize, usize) -> bool,
) -> Array {
    let each: Vec<Array> = (0..wq.shape[0])
        .map(|h| attention(&head(x, wq, h), &head(memory, wk, h), &head(memory, wv, h), sees))
        .collect();
    Array::from(&[x.shape[0], wo.shape[2]], |place| {
        let of_head = |(h, one): (usize, &Array)| -> f64 {
            (0..wo.shape[1]).map(|v| one.at(&[place[0], v]) * wo.at(&[h, v, place[1]])).sum()
        };
        each.iter().enumerate().map(of_head).sum()
    })
}

#[test]
fn attention_weighs_values_by_scores() {
    let (q, k, v) =
        (Array::wave(&[3, 2], 0.7), Array::wave(&[4, 2], 1.1), Array::wave(&[4, 5], 0.3));
    let given = [("q", &q), ("k", &k), ("v", &v)];
    close(&value("attention(q, k, v)", &given), &attention(&q, &k, &v, |_, _| true));
    close(&value("causal_attention(q, k, v)", &given), &attention(&q, &k, &v, |t, s| s <= t));
}

#[test]
fn heads_attend_and_add_up() {
    let (x, m) = (Array::wave(&[3, 4], 0.7), Array::wave(&[5, 3], 0.9));
    let [wq, wk, wv] = [1.1, 0.2, 0.5].map(|speed| Array::wave(&[2, 4, 3], speed));
    let (mk, mv) = (Array::wave(&[2, 3, 3], 0.4), Array::wave(&[2, 3, 6], 0.8));
    let (wo, mo) = (Array::wave(&[2, 3, 2], 1.3), Array::wave(&[2, 6, 4], 0.6));
    let given = [
        ("x", &x),
        ("m", &m),
        ("wq", &wq),
        ("wk", &wk),
        ("wv", &wv),
        ("wo", &wo),
        ("mk", &mk),
        ("mv", &mv),
        ("mo", &mo),
    ];
    let all = |_: usize, _: usize| true;
    close(
        &value("multi_head_attention(x, wq, wk, wv, wo)", &given),
        &heads(&x, &x, [&wq, &wk, &wv, &wo], all),
    );
    close(
        &value("causal_multi_head_attention(x, wq, wk, wv, wo)", &given),
        &heads(&x, &x, [&wq, &wk, &wv, &wo], |t, s| s <= t),
    );
    close(
        &value("cross_attention(x, m, wq, mk, mv, mo)", &given),
        &heads(&x, &m, [&wq, &mk, &mv, &mo], all),
    );
}

#[test]
fn places_are_told_by_waves_and_turns() {
    for depth in [2, 4, 5] {
        let x = Array::wave(&[6, depth], 0.7);
        let angle = |t: usize, d: usize, base: f64| {
            t as f64 * base.powf(-((d - d % 2) as f64) / depth as f64)
        };
        let wave = Array::from(&x.shape, |place| {
            let angle = angle(place[0], place[1], 1e4);
            if place[1] % 2 == 0 { angle.sin() } else { angle.cos() }
        });
        close(&value("positional_encoding(x)", &[("x", &x)]), &wave);
        let turned = Array::from(&x.shape, |place| {
            let (sine, cosine) = angle(place[0], place[1], 100.0).sin_cos();
            let here = x.at(place);
            let other = |d: usize| if d < depth { x.at(&[place[0], d]) } else { 0.0 };
            if place[1] % 2 == 0 {
                here * cosine - other(place[1] + 1) * sine
            } else {
                here * cosine + other(place[1] - 1) * sine
            }
        });
        close(&value("rotary(x, base = 100)", &[("x", &x)]), &turned);
    }
}

/// `x·w[gate] + h·u[gate] + b[gate]` at a unit.
fn gate(given: &[(&str, &Array)], h: &dyn Fn(usize) -> f64, gate: usize, unit: usize) -> f64 {
    let find = |name: &str| given.iter().find(|one| one.0 == name).expect("it is given").1;
    let (x, w, u, b) = (find("x"), find("w"), find("u"), find("b"));
    let input: f64 = (0..x.shape[0]).map(|d| x.at(&[d]) * w.at(&[gate, d, unit])).sum();
    let state: f64 = (0..u.shape[1]).map(|k| h(k) * u.at(&[gate, k, unit])).sum();
    input + state + b.at(&[gate, unit])
}

#[test]
fn cells_step_as_their_papers_say() {
    let (x, h) = (Array::wave(&[3], 0.7), Array::wave(&[2], 1.9));
    let (w, u, b) =
        (Array::wave(&[3, 3, 2], 0.3), Array::wave(&[3, 2, 2], 0.5), Array::wave(&[3, 2], 0.8));
    let given = [("x", &x), ("h", &h), ("w", &w), ("u", &u), ("b", &b)];
    let plain = |k: usize| h.at(&[k]);
    let simple = Array::from(&[2], |place| gate(&given, &plain, 1, place[0]).tanh());
    close(&value("rnn_cell(x, h, w[1], u[1], b[1])", &given), &simple);
    let reset = |k: usize| sigmoid(gate(&given, &plain, 0, k)) * h.at(&[k]);
    let gru = Array::from(&[2], |place| {
        let update = sigmoid(gate(&given, &plain, 1, place[0]));
        let new = gate(&given, &reset, 2, place[0]).tanh();
        update * h.at(place) + (1.0 - update) * new
    });
    close(&value("gru_cell(x, h, w, u, b)", &given), &gru);
}

#[test]
fn long_short_term_memory_remembers_and_forgets() {
    let (x, s) = (Array::wave(&[3], 0.7), Array::wave(&[2, 2], 1.9));
    let (w, u, b) =
        (Array::wave(&[4, 3, 2], 0.3), Array::wave(&[4, 2, 2], 0.5), Array::wave(&[4, 2], 0.8));
    let given = [("x", &x), ("s", &s), ("w", &w), ("u", &u), ("b", &b)];
    let plain = |k: usize| s.at(&[0, k]);
    let memory = |unit: usize| {
        let [input, forget, new] = [0, 1, 2].map(|one| gate(&given, &plain, one, unit));
        sigmoid(forget) * s.at(&[1, unit]) + sigmoid(input) * new.tanh()
    };
    let hidden = |unit: usize| sigmoid(gate(&given, &plain, 3, unit)) * memory(unit).tanh();
    let both = Array::from(&[2, 2], |place| match place[0] {
        0 => hidden(place[1]),
        _ => memory(place[1]),
    });
    close(&value("lstm_cell(x, s, w, u, b)", &given), &both);
    let state = Array::from(&[2], |place| hidden(place[0]));
    let apart = "lstm_hidden(x, s[0], lstm_memory(x, s[0], s[1], w, u, b), w, u, b)";
    close(&value(apart, &given), &state);
}

/// The place a convolution reads, unless it lies in the padding.
fn read(
    out: usize,
    k: usize,
    [stride, padding, dilation]: [usize; 3],
    extent: usize,
) -> Option<usize> {
    (stride * out + dilation * k).checked_sub(padding).filter(|&place| place < extent)
}

fn count(extent: usize, size: usize, [stride, padding, dilation]: [usize; 3]) -> usize {
    (extent + 2 * padding - dilation * (size - 1) - 1) / stride + 1
}

#[test]
fn convolutions_sum_over_windows() {
    let (x, w) = (Array::wave(&[9, 2], 0.7), Array::wave(&[3, 2, 4], 0.3));
    let (image, kernel) = (Array::wave(&[7, 6, 2], 0.7), Array::wave(&[3, 2, 2, 3], 0.3));
    for settings in [[1, 0, 1], [2, 1, 1], [1, 2, 2], [3, 1, 2]] {
        let [stride, padding, dilation] = settings;
        let text = format!("stride = {stride}, padding = {padding}, dilation = {dilation}");
        let expected = Array::from(&[count(9, 3, settings), 4], |place| {
            let mut sum = 0.0;
            for k in 0..3 {
                for c in 0..2 {
                    let Some(at) = read(place[0], k, settings, 9) else { continue };
                    sum += x.at(&[at, c]) * w.at(&[k, c, place[1]]);
                }
            }
            sum
        });
        close(&value(&format!("conv1d(x, w, {text})"), &[("x", &x), ("w", &w)]), &expected);
        let extents = [count(7, 3, settings), count(6, 2, settings), 3];
        let expected = Array::from(&extents, |place| {
            let mut sum = 0.0;
            for (i, j, c) in (0..12).map(|k| (k / 4, k / 2 % 2, k % 2)) {
                let row = read(place[0], i, settings, 7);
                let column = read(place[1], j, settings, 6);
                let (Some(row), Some(column)) = (row, column) else { continue };
                sum += image.at(&[row, column, c]) * kernel.at(&[i, j, c, place[2]]);
            }
            sum
        });
        let given = [("image", &image), ("kernel", &kernel)];
        close(&value(&format!("conv2d(image, kernel, {text})"), &given), &expected);
    }
}

#[test]
fn pools_reduce_windows_and_upsampling_repeats() {
    let (x, image) = (Array::wave(&[9, 2], 0.7), Array::wave(&[7, 6, 2], 0.7));
    let largest = |a: f64, b: f64| a.max(b);
    for (size, stride) in [(2, 2), (3, 1), (3, 2)] {
        let settings = [stride, 0, 1];
        let window = |place: &[usize]| {
            let (first, channel) = (stride * place[0], place[1]);
            (0..size).map(|k| x.at(&[first + k, channel])).collect::<Vec<f64>>()
        };
        let square = |place: &[usize]| {
            let at =
                |k: usize| [stride * place[0] + k / size, stride * place[1] + k % size, place[2]];
            (0..size * size).map(|k| image.at(&at(k))).collect::<Vec<f64>>()
        };
        let mean = |numbers: Vec<f64>| numbers.iter().sum::<f64>() / numbers.len() as f64;
        let most = |numbers: Vec<f64>| numbers.into_iter().reduce(largest).expect("a window");
        let line = [count(9, size, settings), 2];
        let area = [count(7, size, settings), count(6, size, settings), 2];
        let call = |name: &str, x: &Array| {
            let stride =
                if size == stride { String::new() } else { format!(", stride = {stride}") };
            value(&format!("{name}(x, {size}{stride})"), &[("x", x)])
        };
        close(&call("max_pool1d", &x), &Array::from(&line, |place| most(window(place))));
        close(&call("avg_pool1d", &x), &Array::from(&line, |place| mean(window(place))));
        close(&call("max_pool2d", &image), &Array::from(&area, |place| most(square(place))));
        close(&call("avg_pool2d", &image), &Array::from(&area, |place| mean(square(place))));
    }
    let long = Array::from(&[27, 2], |place| x.at(&[place[0] / 3, place[1]]));
    close(&value("upsample1d(x, 3)", &[("x", &x)]), &long);
    let large =
        Array::from(&[14, 12, 2], |place| image.at(&[place[0] / 2, place[1] / 2, place[2]]));
    close(&value("upsample2d(x, 2)", &[("x", &image)]), &large);
}

#[test]
fn queries_find_their_keys() {
    let (q, k) = (Array::wave(&[4, 3], 0.7), Array::wave(&[4, 3], 1.1));
    let score = |i: usize, j: usize| {
        let product: f64 = (0..3).map(|d| q.at(&[i, d]) * k.at(&[j, d])).sum();
        product / 0.5
    };
    let loss = |i: usize| (0..4).map(|j| score(i, j).exp()).sum::<f64>().ln() - score(i, i);
    let mean = (0..4).map(loss).sum::<f64>() / 4.0;
    let given = [("q", &q), ("k", &k)];
    close(&value("info_nce(q, k, temperature = 0.5)", &given), &Array::from(&[], |_| mean));
}

#[test]
fn statistics_of_a_batch_are_over_its_first_axis() {
    let (x, g, b) = (Array::wave(&[5, 3], 0.7), Array::wave(&[3], 1.1), Array::wave(&[3], 0.4));
    let expected = Array::from(&[5, 3], |place| {
        let column = |n: usize| x.at(&[n, place[1]]);
        let mean = (0..5).map(column).sum::<f64>() / 5.0;
        let variance = (0..5).map(|n| (column(n) - mean).powi(2)).sum::<f64>() / 5.0;
        let unit = &place[1..];
        (column(place[0]) - mean) / (variance + 0.01).sqrt() * g.at(unit) + b.at(unit)
    });
    let given = [("x", &x), ("g", &g), ("b", &b)];
    close(&value("batch_norm(x, g, b, epsilon = 0.01)", &given), &expected);
    close(&value("layer_norm(x, g, b, [0], epsilon = 0.01)", &given), &expected);
}
