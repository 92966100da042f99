//! Convolutions with stride, padding and dilation; pooling; small networks of them.

use chainrule::prelude::*;

use crate::compare::{argument, compare};

compare! { "convolution";
    #[model(loss = mean_squared_error)]
    fn depthwise_convolution(x: Input<3, 6>, w: Param<3, 3>) -> Output<3, 4> {
        einsum("ctk,ck->ct", windows(x, 3, axis = 1), w)
    } as DepthwiseConvolution(x, target);

    #[model(loss = mean_squared_error)]
    fn causal_dilated_stack(x: Input<8>, w1: Param<3>, w2: Param<3>, b: Param) -> Output<8> {
        let h = tanh(windows(pad(x, 2, 0, axis = 0), 3).dot(reverse(w1)));
        windows(pad(h, 4, 0, axis = 0), 3, dilation = 2).dot(reverse(w2)) + x + b
    } as CausalDilatedStack(x, target);

    #[model(loss = squared_error)]
    fn full_convolution(x: Input<5>, w: Param<3>) -> Output<7> { windows(pad(x, 2, 2, axis = 0), 3).dot(reverse(w)) }
    as FullConvolution(x, target);

    #[model(loss = squared_error)]
    fn patches(x: Input<4, 4>, w: Param<2, 2, 3>, v: Param<12>) -> Output {
        let tokens = einsum("ikjl,klc->ijc", reshape(x, [2, 2, 2, 2]), w);
        tanh(flatten(tokens)).dot(v)
    } as Patches(x, target);
}
