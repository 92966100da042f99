#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = squared_error)]
fn embedding(word: Index<100>, table: Param<50, 2>) -> Output<2> {
    table[word]
}

fn main() {}
