#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input<3>, w: Param<4>) -> Loss {
    fn a(x: Tensor, w: Tensor) -> Tensor { x.dot(w) }
    fn b(x: Tensor, w: Tensor) -> Tensor { a(x, w) }
    fn c(x: Tensor, w: Tensor) -> Tensor { b(x, w) }
    fn d(x: Tensor, w: Tensor) -> Tensor { c(x, w) }
    fn e(x: Tensor, w: Tensor) -> Tensor { d(x, w) }
    fn f(x: Tensor, w: Tensor) -> Tensor { e(x, w) }
    f(x, 2 * w)
}

fn main() {}
