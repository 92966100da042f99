use crate::error::Error;

use super::{element_name, lay_out};

#[test]
fn elements_are_named_by_parameter_and_index() {
    let layout = lay_out(&[("w", &[2, 3]), ("km", &[]), ("b", &[3])]).unwrap();
    let names: Vec<_> = [0, 5, 6, 9].iter().map(|&i| element_name(&layout, i)).collect();
    assert_eq!(names, ["w[0, 0]", "w[1, 2]", "km", "b[2]"]);
    assert_eq!(element_name(&layout, 10), "θ[10]");
}

#[test]
fn extents_that_overflow_are_refused() {
    let half = usize::MAX / 2 + 1;
    assert!(matches!(lay_out(&[("w", &[half, 2])]), Err(Error::ExtentOverflow { name: "w", .. })));
    assert!(matches!(
        lay_out(&[("v", &[half]), ("w", &[half])]),
        Err(Error::ExtentOverflow { name: "w", .. })
    ));
}

#[test]
fn zero_extents_are_refused_even_beside_an_overflow() {
    let message = lay_out(&[("w", &[usize::MAX, usize::MAX, 0])]).unwrap_err().to_string();
    assert!(message.contains("`w` has extents"), "{message}");
}
