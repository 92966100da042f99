/// How alike two words are: a table read at two rows, and a number for each.
#[model(loss = squared_error, dims(V))]
fn embedding<const E: usize>(
    word: Index<V>,
    other: Index<V>,
    scale: Param,
    vectors: Param<V, E>,
    offsets: Param<V>,
) -> Output {
    scale * vectors[word].dot(vectors[other]) + offsets[word]
}
