//! Names from other languages and libraries, with ours: for "did you mean".
//!
//! They are hints, not aliases: `log` is the natural logarithm in one language and the common one in the next, so guessing would be wrong
//! in silence.

/// Our name for a function that is called `name` elsewhere.
///
/// # Examples
/// ```
/// use chainrule_compiler::functions::foreign::our_name;
///
/// assert_eq!(our_name("log"), Some("ln"));
/// assert_eq!(our_name("tanh"), None);
/// ```
pub fn our_name(name: &str) -> Option<&'static str> {
    FOREIGN.iter().find(|(foreign, _)| *foreign == name).map(|(_, ours)| *ours)
}

/// All of them with ours, sorted.
pub fn foreign_names() -> impl Iterator<Item = (&'static str, &'static str)> {
    FOREIGN.iter().copied()
}

/// Sorted by the foreign name.
pub(super) static FOREIGN: &[(&str, &str)] = &[
    ("amax", "max"),
    ("amin", "min"),
    ("arccos", "acos"),
    ("arcosh", "acosh"),
    ("arcsin", "asin"),
    ("arctan", "atan"),
    ("arctan2", "atan2"),
    ("arsinh", "asinh"),
    ("artanh", "atanh"),
    ("average", "mean"),
    ("avg_pool", "avg_pool2d"),
    ("batchnorm", "batch_norm"),
    ("bce", "binary_cross_entropy"),
    ("bce_loss", "binary_cross_entropy"),
    ("causal_self_attention", "causal_multi_head_attention"),
    ("ceiling", "ceil"),
    ("clip", "clamp"),
    ("cond", "select"),
    ("conv", "conv1d"),
    ("eq", "equal"),
    ("expm1", "exp_m1"),
    ("fabs", "abs"),
    ("focal_loss", "focal"),
    ("gammaln", "lgamma"),
    ("ge", "at_most"),
    ("greater", "less"),
    ("greater_equal", "at_most"),
    ("gru", "gru_cell"),
    ("gt", "less"),
    ("hinge_loss", "hinge"),
    ("huber_loss", "huber"),
    ("if_else", "select"),
    ("ifelse", "select"),
    ("kl_div", "kl_divergence"),
    ("l1_loss", "absolute_error"),
    ("label_smoothing", "smooth_cross_entropy"),
    ("layernorm", "layer_norm"),
    ("lb", "log2"),
    ("le", "at_most"),
    ("less_equal", "at_most"),
    ("lg", "log10"),
    ("ln_gamma", "lgamma"),
    ("log", "ln"),
    ("log1p", "ln_1p"),
    ("loge", "ln"),
    ("loggamma", "lgamma"),
    ("logical_and", "and"),
    ("logical_not", "not"),
    ("logical_or", "or"),
    ("logistic", "sigmoid"),
    ("logsigmoid", "log_sigmoid"),
    ("lstm", "lstm_cell"),
    ("lt", "less"),
    ("mae", "mean_absolute_error"),
    ("max_pool", "max_pool2d"),
    ("maximum", "max"),
    ("mha", "multi_head_attention"),
    ("minimum", "min"),
    ("mm", "matmul"),
    ("mse", "mean_squared_error"),
    ("mse_loss", "mean_squared_error"),
    ("ne", "not_equal"),
    ("noise", "normal_like"),
    ("piecewise", "select"),
    ("pow", "powf"),
    ("power", "powf"),
    ("psi", "digamma"),
    ("rand", "uniform_like"),
    ("rand_like", "uniform_like"),
    ("randn", "normal_like"),
    ("randn_like", "normal_like"),
    ("reciprocal", "recip"),
    ("rmsnorm", "rms_norm"),
    ("rnn", "rnn_cell"),
    ("rope", "rotary"),
    ("scaled_dot_product_attention", "attention"),
    ("self_attention", "multi_head_attention"),
    ("sgn", "sign"),
    ("signum", "sign"),
    ("smooth_l1", "huber"),
    ("sqr", "square"),
    ("stddev", "std"),
    ("triplet_loss", "triplet"),
    ("upsample", "upsample2d"),
    ("variance", "var"),
    ("where", "select"),
    ("where_", "select"),
];
