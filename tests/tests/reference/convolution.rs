//! Convolutions with stride, padding and dilation; pooling; small networks of them.

use chainrule::prelude::*;

use crate::compare::{argument, compare};

compare! { "convolution";
    #[model(loss = mean_squared_error)]
    fn convolution(x: Input<2, 7>, w: Param<3, 2, 3>, b: Param<3>) -> Output<3, 5> {
        transpose(conv1d(x.transpose(), w.transpose()) + b)
    } as Convolution(x, target);

    #[model(loss = mean_squared_error)]
    fn strided_convolution(x: Input<2, 8>, w: Param<3, 2, 3>) -> Output<3, 4> {
        transpose(conv1d(x.transpose(), w.transpose(), stride = 2, padding = 1))
    } as StridedConvolution(x, target);

    #[model(loss = mean_squared_error)]
    fn dilated_convolution(x: Input<2, 9>, w: Param<2, 2, 3>) -> Output<2, 5> {
        tanh(conv1d(x.transpose(), w.transpose(), dilation = 2)).transpose()
    }
    as DilatedConvolution(x, target);

    #[model(loss = mean_squared_error)]
    fn convolution_of_planes(x: Input<2, 5, 6>, w: Param<3, 2, 3, 3>, b: Param<3>) -> Output<3, 3, 4> {
        permute(conv2d(permute(x, [1, 2, 0]), permute(w, [2, 3, 1, 0])) + b, [2, 0, 1])
    } as ConvolutionOfPlanes(x, target);

    #[model(loss = squared_error)]
    fn strided_padded_planes(x: Input<1, 5, 5>, w: Param<2, 1, 3, 3>) -> Output<2, 3, 3> {
        let y = conv2d(permute(x, [1, 2, 0]), permute(w, [2, 3, 1, 0]), stride = 2, padding = 1);
        permute(y, [2, 0, 1])
    } as StridedPaddedPlanes(x, target);

    #[model(loss = squared_error)]
    fn dilated_planes(x: Input<1, 7, 7>, w: Param<2, 1, 3, 3>) -> Output<2, 3, 3> {
        let y = conv2d(permute(x, [1, 2, 0]), permute(w, [2, 3, 1, 0]), dilation = 2);
        permute(y, [2, 0, 1])
    }
    as DilatedPlanes(x, target);

    #[model(loss = squared_error)]
    fn maximum_pooling(x: Input<2, 8>, w: Param<2, 8>) -> Output<2, 4> {
        max_pool1d(transpose(x * w), 2).transpose()
    }
    as MaximumPooling(x, target);

    #[model(loss = squared_error)]
    fn overlapping_average_pooling(x: Input<2, 7>, w: Param<2, 7>) -> Output<2, 3> {
        avg_pool1d(transpose(x * w), 3, stride = 2).transpose()
    }
    as OverlappingAveragePooling(x, target);

    #[model(loss = cross_entropy)]
    fn small_convolutional_network(
        x: Input<1, 6, 6>, w: Param<2, 1, 3, 3>, b: Param<2>, v: Param<8, 3>, c: Param<3>
    ) -> Output<3> {
        let h = relu(conv2d(permute(x, [1, 2, 0]), permute(w, [2, 3, 1, 0])) + b);
        flatten(permute(max_pool2d(h, 2), [2, 0, 1])).dot(v) + c
    } as SmallConvolutionalNetwork(x, class target) large;

    #[model(loss = squared_error)]
    fn two_convolutions(x: Input<1, 6, 6>, w1: Param<2, 1, 3, 3>, w2: Param<3, 2, 3, 3>, v: Param<3, 2>) -> Output<2> {
        let h = silu(conv2d(permute(x, [1, 2, 0]), permute(w1, [2, 3, 1, 0]), padding = 1));
        let h = silu(conv2d(h, permute(w2, [2, 3, 1, 0]), stride = 2));
        mean(h, [0, 1]).dot(v)
    } as TwoConvolutions(x, target);

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
