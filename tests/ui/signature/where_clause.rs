#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line<const D: usize>(x: Input<D>, w: Param<D>) -> Loss
where
    [(); D]: Sized,
{
    x.dot(w)
}

fn main() {}
