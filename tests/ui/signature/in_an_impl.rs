#![allow(unused)]
use chainrule::prelude::*;

struct Lines;

impl Lines {
    #[model]
    fn line(&self, x: Input, w: Param) -> Loss {
        x * w
    }
}

fn main() {}
