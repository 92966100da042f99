//! What is learnt, applied, undone, kept.

use crate::data::{Csv, Dataset, Missing, Preparation, Prepare, Unknown};
use crate::error::Error;
use crate::generator::Generator;

fn people() -> Dataset {
    Dataset::new("people")
        .numbers("age", &[20.0, 30.0, f64::NAN, 70.0])
        .unwrap()
        .numbers("same", &[0.1, 0.1, 0.1, 0.1])
        .unwrap()
        .texts("city", ["Rome", "", "Bonn", "Rome"])
        .unwrap()
}

fn refusal<T: std::fmt::Debug>(result: Result<T, Error>) -> String {
    result.unwrap_err().to_string()
}

#[test]
fn columns_are_standardized_and_taken_back() {
    let train = people().pick(&[0, 1, 3]);
    let preparation = Prepare::new().standardize(["age", "same"]).fit(&train).unwrap();
    let prepared = preparation.apply(&train).unwrap();
    let ages: Vec<f64> = prepared.target("age").unwrap();
    let (mean, square) = (ages.iter().sum::<f64>(), ages.iter().map(|x| x * x).sum::<f64>());
    // Three roundings of numbers near 1.
    assert!(mean.abs() < 1e-15 && (square / 3.0 - 1.0).abs() < 1e-15, "{ages:?}");
    assert_eq!(prepared.target::<f64>("same").unwrap(), [0.0; 3]);
    let mut back = ages;
    preparation.undo("age", &mut back).unwrap();
    assert_eq!(back, [20.0, 30.0, 70.0]);
    let mut back = [0.0_f32];
    preparation.undo("same", &mut back).unwrap();
    assert_eq!(back, [0.1]);
}

#[test]
fn columns_are_scaled_to_the_range_from_zero_to_one() {
    let train = people().pick(&[0, 1, 3]);
    let preparation = Prepare::new().min_max(["age", "same"]).fit(&train).unwrap();
    let prepared = preparation.apply(&train).unwrap();
    assert_eq!(prepared.inputs::<f64>(["age", "same"]).unwrap(), [0.0, 0.0, 0.2, 0.0, 1.0, 0.0]);
}

#[test]
fn nothing_is_learnt_from_rows_that_are_not_for_training() {
    let mut all = people();
    let prepare = Prepare::new().standardize(["age"]).one_hot(["city"]);
    let prepare = prepare.missing("age", Missing::Mean).missing("city", Missing::DropRow);
    let before = prepare.fit(&all.pick(&[0, 2])).unwrap();
    all = all.pick(&[0, 2, 3]);
    assert_eq!(prepare.fit(&all.pick(&[0, 1])).unwrap(), before);
    assert_ne!(prepare.fit(&all).unwrap(), before);
}

#[test]
fn missing_values_are_an_error_unless_something_is_said() {
    let people = people();
    assert_eq!(
        refusal(people.target::<f64>("age")),
        "people, row 2, column `age`: the value is missing, expected one; see `Missing`"
    );
    assert_eq!(
        refusal(people.classes("city")),
        "people, row 1, column `city`: the value is missing, expected one; see `Missing`"
    );
    let preparation = Prepare::new().standardize(["age"]).one_hot(["city"]).fit(&people).unwrap();
    assert!(refusal(preparation.apply(&people)).starts_with("people, row 1, column `city`"));
}

#[test]
fn policies_say_what_takes_the_place_of_missing_values() {
    let people = people();
    let apply = |prepare: Prepare| prepare.fit(&people).unwrap().apply(&people).unwrap();
    let ages = |dataset: &Dataset| dataset.target::<f64>("age").unwrap();

    assert_eq!(
        ages(&apply(Prepare::new().missing("age", Missing::Mean))),
        [20.0, 30.0, 40.0, 70.0]
    );
    let constant = apply(Prepare::new().missing("age", Missing::Constant(-1.0)));
    assert_eq!(ages(&constant), [20.0, 30.0, -1.0, 70.0]);
    let dropped =
        apply(Prepare::new().missing("age", Missing::DropRow).missing("city", Missing::DropRow));
    assert_eq!(ages(&dropped), [20.0, 70.0]);
    assert_eq!(
        dropped.summary().to_string(),
        "2 of 4 rows dropped; `age`: missing in 1 rows, which are dropped; \
         `city`: missing in 1 rows, which are dropped"
    );
    let labelled = Prepare::new().one_hot(["city"]).missing("city", Missing::Label("?".to_owned()));
    let labelled = apply(labelled);
    assert_eq!(labelled.labels("city").unwrap(), ["?", "Bonn", "Rome"]);
    assert_eq!(labelled.classes("city").unwrap(), [2, 0, 1, 2]);
    assert_eq!(labelled.summary().columns[0].filled, 1);
    let labelled = apply(Prepare::new().missing("city", Missing::Label("Oslo".to_owned())));
    assert_eq!(labelled.classes("city").unwrap(), [2, 1, 0, 2]);
}

#[test]
fn labels_that_are_not_known_are_named_or_none() {
    let train = Dataset::new("train").texts("city", ["Rome", "Bonn"]).unwrap();
    let other = Dataset::new("other").texts("city", ["Oslo", "Rome"]).unwrap();
    let strict = Prepare::new().one_hot(["city"]).fit(&train).unwrap();
    let expected = "other, row 0, column `city`: `Oslo`, expected one of `Bonn`, `Rome`";
    assert_eq!(refusal(strict.apply(&other)), expected);
    let classes = Prepare::new().classes(["city"]).fit(&train).unwrap();
    assert_eq!(refusal(classes.apply(&other)), expected);
    assert_eq!(classes.apply(&train).unwrap().classes("city").unwrap(), [1, 0]);
    let zeros =
        Prepare::new().one_hot(["city"]).unknown("city", Unknown::Zeros).fit(&train).unwrap();
    let prepared = zeros.apply(&other).unwrap();
    assert_eq!(prepared.inputs::<f32>(["city"]).unwrap(), [0.0, 0.0, 0.0, 1.0]);
    assert_eq!(prepared.width(["city"]).unwrap(), 2);
}

#[test]
fn mistakes_are_named() {
    let people = people();
    let fit = |prepare: Prepare| refusal(prepare.fit(&people));
    assert_eq!(
        fit(Prepare::new().standardize(["agee"])),
        "people: `agee` is no column, expected one of `age`, `same`, `city`"
    );
    assert_eq!(
        fit(Prepare::new().standardize(["city"])),
        "people: the column `city` is text, for example `Bonn`, expected numbers or one-hot"
    );
    assert_eq!(
        fit(Prepare::new().one_hot(["age"])),
        "people: the column `age` is numbers, expected text"
    );
    assert_eq!(
        fit(Prepare::new().standardize(["age"]).min_max(["age"])),
        "the column `age` is prepared twice, expected one way"
    );
    assert_eq!(
        fit(Prepare::new().unknown("age", Unknown::Zeros)),
        "the column `age` cannot be prepared or undone, expected `unknown` of a column that becomes one-hot"
    );
    let preparation = Prepare::new().standardize(["same"]).fit(&people).unwrap();
    let prepared = preparation.apply(&people).unwrap();
    let expected =
        "the column `same` cannot be prepared or undone, expected a column that is as it was read";
    assert_eq!(refusal(preparation.apply(&prepared)), expected);
    assert_eq!(refusal(Prepare::new().min_max(["same"]).fit(&prepared)), expected);
    assert!(preparation.undo("age", &mut [0.0]).is_err());

    let huge = Dataset::new("huge").numbers("x", &[-1e308, 1e308]).unwrap();
    assert!(Prepare::new().min_max(["x"]).fit(&huge).is_err());
    assert!(Prepare::new().standardize(["x"]).fit(&huge).is_err());
    assert_eq!(
        refusal(huge.inputs::<f32>(["x"])),
        "huge: 2 faults\n  row 0, column `x`: -1e308, expected a finite number\n  \
         row 1, column `x`: 1e308, expected a finite number"
    );
    let nothing = Dataset::new("nothing").numbers("x", &[f64::NAN]).unwrap();
    assert!(Prepare::new().standardize(["x"]).fit(&nothing).is_err());
}

#[test]
fn new_data_need_no_target() {
    let train = people().pick(&[0, 1, 3]);
    let preparation = Prepare::new().standardize(["age", "same"]).fit(&train).unwrap();
    let new = Dataset::new("new").numbers("age", &[30.0]).unwrap();
    let prepared = preparation.apply(&new).unwrap();
    assert!(prepared.target::<f64>("age").is_ok() && prepared.target::<f64>("same").is_err());
}

#[test]
fn chunks_teach_what_the_whole_does() {
    let mut generator = Generator::new(3);
    let rows = (0..1000)
        .map(|_| format!("{},{}\n", generator.normal(), ["a", "b", "NA"][generator.below(3)]));
    let file = format!("x,c\n{}", rows.collect::<String>());
    let prepare = Prepare::new().standardize(["x"]).one_hot(["c"]).missing("c", Missing::DropRow);
    let whole = Csv::new().read_from("f", file.as_bytes()).unwrap();
    let expected = prepare.fit(&whole).unwrap();
    for length in [1, 7, 1000] {
        let chunks = || Csv::new().chunks_from("f", file.as_bytes(), length).unwrap();
        let preparation = prepare.fit_chunks(chunks()).unwrap();
        assert_eq!(preparation, expected);
        let prepared = preparation.apply_chunks(chunks());
        let inputs = prepared.map(|chunk| chunk.unwrap().inputs::<f64>(["x", "c"]).unwrap());
        let whole = expected.apply(&whole).unwrap().inputs::<f64>(["x", "c"]).unwrap();
        assert_eq!(inputs.collect::<Vec<_>>().concat(), whole);
    }
}

fn kept() -> Preparation {
    let strange = Dataset::new("strange")
        .numbers("a \"b\"\\", &[0.1, 1e-300, 12_345.678_9])
        .unwrap()
        .texts("t", ["é\n\"x\\", " ", "\r"])
        .unwrap()
        .numbers("n", &[1.0, 2.0, 4.0])
        .unwrap();
    let prepare = Prepare::new().standardize(["a \"b\"\\"]).one_hot(["t"]).min_max(["n"]);
    let prepare = prepare.missing("t", Missing::Label(String::new())).missing("n", Missing::Mean);
    prepare.unknown("t", Unknown::Zeros).fit(&strange).unwrap()
}

#[test]
fn a_preparation_is_kept_to_the_last_bit() {
    let preparation = kept();
    assert_eq!(Preparation::from_text(&preparation.to_text()).unwrap(), preparation);
}

#[test]
fn mutated_texts_are_refused_or_read_as_written() {
    let original = kept().to_text();
    let mut generator = Generator::new(5);
    for length in 0..original.len() {
        if let Some(cut) = original.get(..length) {
            assert!(Preparation::from_text(cut).is_err(), "{cut}");
        }
    }
    for _ in 0..5_000 {
        let mut text = original.clone().into_bytes();
        let place = generator.below(text.len());
        let bytes = b" \"\\\n0-.ex\xFF1";
        match generator.below(3) {
            0 => text[place] = bytes[generator.below(bytes.len())],
            1 => text.insert(place, bytes[generator.below(bytes.len())]),
            _ => drop(text.remove(place)),
        }
        let Ok(text) = String::from_utf8(text) else { continue };
        match Preparation::from_text(&text) {
            Ok(read) => {
                let again = Preparation::from_text(&read.to_text()).unwrap();
                assert_eq!(again, read, "{text}");
            }
            Err(error) => assert!(error.to_string().contains("in line "), "{error}"),
        }
    }
}
