#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = squared_error)]
mod net {
    use chainrule::prelude::*;

    fn near(x: Input<3>, w: Param<3>) -> Output {
        x.dot(w)
    }

    fn far(x: Input<3>, w: Param<3>) -> Output {
        -x.dot(w)
    }
}

fn run() -> Result<(), chainrule::Error> {
    let model = Net::seeded(1);
    println!("{:?} {:?}", model.near(&[1.0; 3])?, model.far(&[1.0; 3])?);
    Ok(())
}

fn main() {}
