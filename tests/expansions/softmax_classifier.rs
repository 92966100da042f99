/// A softmax classifier of 8×8 images.
#[model(loss = cross_entropy)]
fn classifier(x: Input<64>, w: Param<64, 10>, b: Param<10>) -> Output<10> {
    x.dot(w) + b
}
