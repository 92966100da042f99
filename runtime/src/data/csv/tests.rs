//! Files as people have them.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use crate::data::{Csv, DataError, Dataset, Problem};
use crate::error::Error;
use crate::generator::Generator;

fn read(file: &[u8]) -> Result<Dataset, Error> {
    Csv::new().read_from("f.csv", file)
}

fn message(file: &[u8]) -> String {
    read(file).unwrap_err().to_string()
}

#[test]
fn line_ends_marks_and_quotes_make_no_difference() {
    let plain = read(b"a,b\n1,x y\n2,\"p,q\"\n").unwrap();
    assert_eq!(plain.labels("b").unwrap(), ["p,q", "x y"]);
    let others: [&[u8]; 6] = [
        b"a,b\r\n1,x y\r\n2,\"p,q\"\r\n",
        b"a,b\r1,x y\r2,\"p,q\"",
        b"\xEF\xBB\xBFa,b\n1,x y\n2,\"p,q\"",
        b" a , b \n 1 , x y \n2,\"p,q\"\n\n\n",
        b"\"a\",\"b\"\n\"1\",\"x y\"\n\"2\",\"p,q\"\n",
        b"a,b\n1e0,x y\n+2.0,\"p,q\"\n",
    ];
    for other in others {
        let mut other = read(other).unwrap();
        other.places.clone_from(&plain.places);
        assert_eq!(other, plain);
    }
    assert_eq!(plain.places, [2, 3]);
}

#[test]
fn a_source_may_give_a_byte_at_a_time() {
    struct Slow<'f>(&'f [u8]);
    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let length = buffer.len().min(1);
            self.0.read(&mut buffer[..length])
        }
    }
    let file = b"\xEF\xBB\xBFa,b\r\n1,\"x\r\ny\"\r\n2,z";
    let slow = Csv::new().read_from("f.csv", Slow(file)).unwrap();
    assert_eq!(slow, read(file).unwrap());
    assert_eq!(slow.labels("b").unwrap(), ["x\ny", "z"]);
}

#[test]
fn lines_are_those_of_an_editor() {
    for end in ["\n", "\r\n", "\r"] {
        let file =
            ["# note", "a,b", "", "1,\"two", "lines\"", "", "x,2", "3", "4,\"p", "q\"", "y,5"];
        let file = file.join(end);
        let csv = Csv::new().comment(b'#');
        let error = csv.read_from("f.csv", file.as_bytes()).unwrap_err();
        let Error::Data(DataError::Rows(faults)) = error else { panic!("{error}") };
        let places: Vec<u64> = faults.first.iter().map(|fault| fault.place).collect();
        assert_eq!((places.as_slice(), faults.total), ([7, 8, 11].as_slice(), 3), "{faults}");
    }
}

#[test]
fn what_is_wrong_with_a_file_is_said() {
    let cases: [(&[u8], &str); 14] = [
        (b"", "f.csv: the file is empty, expected a header and rows"),
        (b"\n\n", "f.csv: the file is empty, expected a header and rows"),
        (b"\xEF\xBB\xBF", "f.csv: the file is empty, expected a header and rows"),
        (b"a,b\n", "f.csv: there are columns but no row, expected at least one"),
        (
            b"a,b,a\n1,2,3\n",
            "f.csv: the columns 1 and 3 are both called `a`, expected different names",
        ),
        (
            b"1,2\n3,4\n",
            "f.csv, line 1: the header is numbers alone, beginning with `1`, expected names of columns; \
             name them by `names` where a file has no header",
        ),
        (b"a,b\n1,2\n3\n", "f.csv, line 3: 1 fields, expected 2 as in the header"),
        (b"a,b\n1,2\n3,4,5\n", "f.csv, line 3: 3 fields, expected 2 as in the header"),
        (b"a,b\n1,2\nNaN,inf\n", "f.csv, line 3, column `b`: inf, expected a finite number"),
        (b"a\n1\n-1e999\n", "f.csv, line 3, column `a`: -1e999, expected a finite number"),
        (
            b"a\nx\n\xFF\n",
            "f.csv, line 3, column `a`: the field is not UTF-8, expected text in UTF-8",
        ),
        (
            b"a\xFF\n1\n",
            "f.csv, line 1, column `column 1`: the field is not UTF-8, expected text in UTF-8",
        ),
        (
            b"a,b\n1,\"x\n2,y\n3,z\n",
            "f.csv, line 2: a quote of this row is never closed, expected it closed before the end of the file",
        ),
        (b"\xFF\xFEa\0\n\0", "f.csv: the text is UTF-16, expected UTF-8"),
    ];
    for (file, expected) in cases {
        assert_eq!(message(file), expected, "{}", file.escape_ascii());
    }
}

#[test]
fn all_faults_are_counted_and_the_first_named() {
    let rows: String = (0..30).map(|row| if row % 2 == 0 { "1,2\n" } else { "x,2\n" }).collect();
    let text = message(format!("a,b\n{rows}").as_bytes());
    assert!(
        text.starts_with("f.csv: 15 faults\n  line 3, column `a`: `x`, expected a number"),
        "{text}"
    );
    assert!(text.ends_with("\n  and 5 more"), "{text}");
    assert_eq!(text.lines().count(), 12);
}

#[test]
fn a_blank_line_of_one_column_is_not_passed_over() {
    assert_eq!(read(b"a\n1\n2\n\n").unwrap().rows(), 2);
    assert_eq!(
        message(b"a\n1\n\n2\n"),
        "f.csv, line 4: the line before this one is blank, expected a value, or a word for none as `NA`"
    );
    assert_eq!(read(b"a,b\n1,2\n\n3,4\n").unwrap().rows(), 2);
}

#[test]
fn columns_without_a_name_are_called_by_their_place() {
    let dataset = read(b",x\n1,2\n").unwrap();
    assert_eq!(dataset.names().collect::<Vec<_>>(), ["column 1", "x"]);
}

#[test]
fn settings_choose_what_is_read() {
    let csv = Csv::new().delimiter(b';').names(["zip", "n", "rest"]).text(["zip"]);
    let csv = csv.only(["zip", "n"]).missing_words(["-"]);
    let dataset = csv.read_from("f.csv", &b"01;-;x\n1;2;3\n"[..]).unwrap();
    assert_eq!(dataset.names().collect::<Vec<_>>(), ["zip", "n"]);
    assert_eq!(dataset.labels("zip").unwrap(), ["01", "1"]);
    assert_eq!(dataset.missing("n").unwrap(), 1);
    assert_eq!(dataset.places, [1, 2]);

    let error = csv.clone().only(["zap"]).read_from("f.csv", &b"1;2;3\n"[..]).unwrap_err();
    assert_eq!(error.to_string(), "f.csv: `zap` is no column, expected one of `zip`, `n`, `rest`");
    let error = csv.comment(b';').read_from("f.csv", &b"1;2;3\n"[..]).unwrap_err();
    assert!(
        error.to_string().starts_with("`comment` is ';', expected an ASCII character"),
        "{error}"
    );
}

#[test]
fn a_row_without_end_is_refused_before_memory_is_full() {
    struct Endless(Rc<Cell<usize>>);
    impl Read for Endless {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            buffer.fill(b'x');
            self.0.set(self.0.get() + buffer.len());
            Ok(buffer.len())
        }
    }
    let given = Rc::new(Cell::new(0));
    let csv = Csv::new().longest_row(100_000);
    let error = csv.read_from("f.csv", b"a,b\n1,".chain(Endless(Rc::clone(&given)))).unwrap_err();
    assert!(
        error.to_string().starts_with("f.csv, line 2: the row has more than 100000 bytes"),
        "{error}"
    );
    assert!(given.get() < 200_000);
}

#[test]
fn a_source_that_fails_is_told_with_its_line() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::new(io::ErrorKind::StaleNetworkFileHandle, "it was removed"))
        }
    }
    let file = || b"a,b\n1,2\n3,4\n5,6\n".chain(Broken);
    let error = Csv::new().read_from("f.csv", file()).unwrap_err();
    assert_eq!(error.to_string(), "f.csv, line 5: cannot be read: it was removed");
    let Error::Data(DataError::File { kind, .. }) = error else { panic!("{error}") };
    assert_eq!(kind, io::ErrorKind::StaleNetworkFileHandle);

    let chunks = Csv::new().chunks_from("f.csv", file(), 1).unwrap();
    let chunks: Vec<_> = chunks.take(10).collect();
    assert_eq!(chunks.iter().map(Result::is_ok).collect::<Vec<_>>(), [true, true, true, false]);
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let path = std::env::temp_dir().join("chainrule/no such file.csv");
    let error = Csv::new().read(&path).unwrap_err().to_string();
    let expected = format!("{}: cannot be read: ", path.display());
    assert!(error.starts_with(&expected), "{error}");
    let folder = Csv::new().read(std::env::temp_dir()).unwrap_err().to_string();
    assert!(folder.contains("cannot be read"), "{folder}");
}

#[test]
fn chunks_are_the_file_in_pieces() {
    let file = "n,c\n0,p\n1,q\n2,p\n3,q\n4,p\n5,q\n6,p\n7,q\n8,p\n9,q\n";
    let whole = read(file.as_bytes()).unwrap();
    for length in [1, 3, 5, 10, 11] {
        let chunks = Csv::new().chunks_from("f.csv", file.as_bytes(), length).unwrap();
        let chunks: Vec<Dataset> = chunks.collect::<Result<_, _>>().unwrap();
        let lengths: Vec<usize> = chunks.iter().map(Dataset::rows).collect();
        assert!(lengths.iter().rev().skip(1).all(|&rows| rows == length), "{lengths:?}");
        let numbers: Vec<f64> = chunks.iter().flat_map(|one| one.target("n").unwrap()).collect();
        assert_eq!(numbers, whole.target::<f64>("n").unwrap());
        assert_eq!(
            chunks[0].classes("c").unwrap_err().to_string(),
            "f.csv: the column `c` is text of a part of a file, whose labels are not all known, \
             expected classes or one-hot by a preparation"
        );
    }
}

#[test]
fn faults_in_chunks_are_all_counted() {
    let rows: String = (0..100).map(|row| if row > 50 { "x\n" } else { "1\n" }).collect();
    let file = format!("n\n{rows}");
    let mut chunks = Csv::new().chunks_from("f.csv", file.as_bytes(), 20).unwrap();
    assert!(chunks.next().unwrap().is_ok() && chunks.next().unwrap().is_ok());
    let error = chunks.next().unwrap().unwrap_err();
    let Error::Data(DataError::Rows(faults)) = error else { panic!("{error}") };
    assert_eq!((faults.total, faults.first[0].place), (49, 53));
    assert!(chunks.next().is_none());
}

/// A few bytes changed, put in, taken out, or cut off.
fn mutate(file: &mut Vec<u8>, generator: &mut Generator) {
    const BYTES: &[u8] = b",\"\n\r\0\xFF\xEF\xBB x1-.eN;#";
    for _ in 0..=generator.below(4) {
        let place = generator.below(file.len().max(1)).min(file.len());
        let byte = BYTES[generator.below(BYTES.len())];
        match generator.below(5) {
            0 => file.insert(place, byte),
            1 if place < file.len() => drop(file.remove(place)),
            2 => file.truncate(place),
            3 => {
                let piece = file[place..].to_vec();
                file.extend_from_slice(&piece[..piece.len().min(40)]);
            }
            _ => file.get_mut(place).map_or((), |old| *old = byte),
        }
    }
}

/// What any table must be.
fn check(dataset: &Dataset) {
    for name in dataset.names().map(str::to_owned).collect::<Vec<_>>() {
        let missing = dataset.missing(&name).unwrap();
        match dataset.target::<f64>(&name) {
            Ok(numbers) => {
                assert!(missing == 0 && numbers.len() == dataset.rows());
                assert!(numbers.iter().all(|x| x.is_finite()));
            }
            Err(Error::Data(DataError::Rows(faults))) => {
                assert_eq!(faults.total, missing);
                assert!(faults.first.iter().all(|fault| fault.problem == Problem::Missing));
            }
            Err(error) => assert!(dataset.labels(&name).is_ok(), "{error}"),
        }
    }
}

#[test]
fn mutated_files_give_a_whole_table_or_an_error() {
    let mut generator = Generator::new(20);
    let original = *b"a,b,c\n1,2.5,x\n2,NA,\"y, z\"\n-3,1e5,\"two\nlines\"\n4,5,x\n";
    let (mut whole, mut refused) = (0, 0);
    for _ in 0..5_000 {
        let mut file = original.to_vec();
        mutate(&mut file, &mut generator);
        let read = read(&file);
        let chunks: Vec<_> = match Csv::new().chunks_from("f.csv", file.as_slice(), 2) {
            Ok(chunks) => chunks.collect(),
            Err(error) => vec![Err(error)],
        };
        match read {
            Ok(dataset) => {
                check(&dataset);
                assert_eq!(rows_apart(&file), dataset.rows(), "{}", file.escape_ascii());
                let chunks: usize = chunks.iter().map(|one| one.as_ref().unwrap().rows()).sum();
                assert_eq!(chunks, dataset.rows());
                whole += 1;
            }
            Err(error) => {
                assert!(error.to_string().starts_with("f.csv"), "{error}");
                assert!(chunks.iter().any(Result::is_err) || chunks.is_empty(), "{error}");
                refused += 1;
            }
        }
    }
    assert!(whole > 500 && refused > 500, "{whole} {refused}");
}

/// The rows below the header, as the crate `csv` alone counts them.
fn rows_apart(file: &[u8]) -> usize {
    let file = file.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(file);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(file);
    reader.byte_records().count() - 1
}
