use super::parse;

fn refusal(text: &str) -> String {
    match parse("data.csv", text.as_bytes()) {
        Ok(columns) => format!("{columns:?}"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn a_header_and_comments_are_optional() {
    let columns = parse("data.csv", "# measured\ntime, signal\n0, 1.5\n\n1,2e3\n".as_bytes());
    let columns = columns.expect("two columns");
    assert_eq!(columns.names, ["time", "signal"]);
    assert_eq!((columns.x, columns.y), (vec![0.0, 1.0], vec![1.5, 2000.0]));
    assert_eq!(parse("data.csv", "1,2\n".as_bytes()).expect("two columns").names, ["x", "y"]);
}

#[test]
fn bad_rows_are_named_by_their_line() {
    let cases = [
        ("x,y\n1,2\n3\n", "data.csv, line 3: 1 fields, expected 2"),
        ("1,2,3\n", "data.csv, line 1: 3 fields, expected 2"),
        ("1,2\n3,four\n", "data.csv, line 2, column 2: `four`, expected a finite number"),
        ("1,2\ninf,4\n", "data.csv, line 2, column 1: `inf`, expected a finite number"),
        ("x,2\n", "data.csv, line 1, column 1: `x`, expected a finite number"),
        ("1,2\n3,NaN\n", "data.csv, line 2, column 2: `NaN`, expected a finite number"),
        ("time,signal\n", "data.csv has no row of numbers"),
        ("", "data.csv has no row of numbers"),
    ];
    for (text, message) in cases {
        assert_eq!(refusal(text), message);
    }
}
