//! The polynomials of the elementwise functions; written by `fit.py`, which says how they were found.
#![allow(
    clippy::unreadable_literal,
    clippy::excessive_precision,
    clippy::approx_constant,
    reason = "generated: shortest digits that read back"
)]

/// The coefficients of every polynomial, lowest power first, at the degree the format needs.
pub trait Coefficients: Sized + 'static {
    /// `(eʳ − 1 − r)/r²` on `|r| ≤ ln 2/2`.
    const EXP: &'static [Self];
    /// `(2·atanh s − 2s)/s³` in `s²`, on `|s| ≤ (√2 − 1)/(√2 + 1)`.
    const ATANH: &'static [Self];
    /// `(2·atanh s − 2s)/s³` in `s²`, on `|s| ≤ 1/3`.
    const ATANH_WIDE: &'static [Self];
    /// `erf(x)/x` in `x²`, on `|x| ≤ 1`.
    const ERF: &'static [Self];
    /// `(1 + 2z)·e^(z²)·erfc z` in `(z − k)/(z + k)`, `k` = `TAIL_CENTER`, on `0 ≤ z ≤` `TAIL_LAST`.
    const TAIL: &'static [Self];
    /// `ln(cosh x)/x²` in `x²`, on `|x| ≤ 3/4`.
    const LOG_COSH: &'static [Self];
    /// `(atan z − z)/z³` in `z²`, on `|z| ≤ √2 − 1`.
    const ATAN: &'static [Self];
    /// `(sin r − r)/r³` in `r²`, on `|r| ≤ π/4`.
    const SIN: &'static [Self];
    /// `(cos r − 1 + r²/2)/r⁴` in `r²`, on `|r| ≤ π/4`.
    const COS: &'static [Self];
    /// The leading bits of `ln 2`: its product with an exponent is exact.
    const LN_2_HIGH: Self;
    /// The rest of `ln 2`.
    const LN_2_LOW: Self;
    /// The leading bits of `log₁₀ 2`: its product with an exponent is exact.
    const LOG10_2_HIGH: Self;
    /// The rest of `log₁₀ 2`.
    const LOG10_2_LOW: Self;
    /// `log₂ e`.
    const LOG2_E: Self;
    /// `log₁₀ e`.
    const LOG10_E: Self;
    /// `ln 2`.
    const LN_2: Self;
    /// The number nearest to `π`.
    const PI_HIGH: Self;
    /// `π` less that number.
    const PI_LOW: Self;
    /// `1/√2`.
    const FRAC_1_SQRT_2: Self;
    /// Below, `eˣ` rounds to zero.
    const EXP_LOWEST: Self;
    /// Above, `eˣ` is infinite.
    const EXP_HIGHEST: Self;
    /// Below, `2ˣ` rounds to zero.
    const EXP2_LOWEST: Self;
    /// From here on, `2ˣ` is infinite.
    const EXP2_HIGHEST: Self;
    /// `1 + e⁻ˣ` rounds to one from here on.
    const ONE_DOMINATES: Self;
    /// The centre `k` of the transformation that `TAIL` is a polynomial in.
    const TAIL_CENTER: Self;
    /// The last argument of `TAIL`; `erfc` is zero beyond.
    const TAIL_LAST: Self;
    /// From here on, `erf` rounds to one.
    const ERF_ONE: Self;
}

impl Coefficients for f32 {
    const EXP: &'static [f32] = &[0.5, 0.16666577, 0.041666554, 0.008363233, 0.001392625];
    const ATANH: &'static [f32] = &[0.6666667, 0.40000126, 0.28550397, 0.23341943];
    const ATANH_WIDE: &'static [f32] =
        &[0.6666667, 0.400000114, 0.28570256, 0.22266129, 0.17448324, 0.20852994];
    const ERF: &'static [f32] = &[
        1.1283792,
        -0.37612638,
        0.11283782,
        -0.026865396,
        0.005220923,
        -0.0008482355,
        0.000112524636,
        -9.6258056e-06,
    ];
    const TAIL: &'static [f32] = &[
        1.2769784,
        -0.09276391,
        -0.1660314,
        0.16405342,
        -0.05420454,
        -0.008045565,
        0.00863576,
        0.0012734552,
        -0.0012499584,
        -0.00036229549,
        2.6861093e-05,
    ];
    const LOG_COSH: &'static [f32] =
        &[0.5, -0.08333331, 0.022221677, -0.006740169, 0.0021564425, -0.0006545895, 0.0001332333];
    const ATAN: &'static [f32] = &[-0.3333333, 0.19999539, -0.14263897, 0.107430997, -0.06449835];
    const SIN: &'static [f32] = &[-0.16666667, 0.008333332, -0.0001983999, 2.7237577e-06];
    const COS: &'static [f32] = &[0.041666667, -0.0013888888, 2.480052e-05, -2.7290652e-07];
    const LN_2_HIGH: f32 = 0.69314575;
    const LN_2_LOW: f32 = 1.4286068e-06;
    const LOG10_2_HIGH: f32 = 0.3010254;
    const LOG10_2_LOW: f32 = 4.605039e-06;
    const LOG2_E: f32 = 1.442695;
    const LOG10_E: f32 = 0.4342945;
    const LN_2: f32 = 0.6931472;
    const PI_HIGH: f32 = 3.1415927;
    const PI_LOW: f32 = -8.742278e-08;
    const FRAC_1_SQRT_2: f32 = 0.70710678;
    const EXP_LOWEST: f32 = -104.0;
    const EXP_HIGHEST: f32 = 89.0;
    const EXP2_LOWEST: f32 = -151.0;
    const EXP2_HIGHEST: f32 = 128.0;
    const ONE_DOMINATES: f32 = 20.0;
    const TAIL_CENTER: f32 = 2.0;
    const TAIL_LAST: f32 = 10.5;
    const ERF_ONE: f32 = 4.0;
}

impl Coefficients for f64 {
    const EXP: &'static [f64] = &[
        0.5000000000000001,
        0.16666666666666669,
        0.041666666666623824,
        0.008333333333330039,
        0.0013888888917367081,
        0.00019841269863171557,
        2.4801521057868204e-05,
        2.7557268276905696e-06,
        2.7620201591031547e-07,
        2.5100472505694996e-08,
    ];
    const ATANH: &'static [f64] = &[
        0.666666666666667,
        0.3999999999989322,
        0.28571428628810996,
        0.22222210674238516,
        0.18182922513515942,
        0.15330617306743305,
        0.1463003136412286,
    ];
    const ATANH_WIDE: &'static [f64] = &[
        0.6666666666666666,
        0.3999999999999947,
        0.28571428571617324,
        0.22222222196090574,
        0.1818182003289339,
        0.1538453911924558,
        0.13335284062643668,
        0.11732865220266059,
        0.1085659364464606,
        0.07441284180631293,
        0.15726601842503177,
    ];
    const ERF: &'static [f64] = &[
        1.1283791670955126,
        -0.3761263890318375,
        0.11283791670954851,
        -0.02686617064507135,
        0.005223977624762383,
        -0.0008548326977493039,
        0.00012055330984893973,
        -1.4925592110777726e-05,
        1.646094820172705e-06,
        -1.6349742033253072e-07,
        1.465583383002654e-08,
        -1.1357241854894664e-09,
        5.930188044732212e-11,
    ];
    const TAIL: &'static [f64] = &[
        1.2329951186255526,
        -0.13962111684056253,
        0.015379652102619558,
        0.06809705425469323,
        -0.10103906603629459,
        0.09373283499833023,
        -0.0663303658124095,
        0.03716751553777026,
        -0.01619773405599449,
        0.005031969975753176,
        -0.0007577732973669146,
        -0.00019925668432389153,
        0.00015062169704678355,
        -2.439924428312988e-05,
        -1.1222046316669005e-05,
        5.709784760966506e-06,
        2.9377854943443786e-07,
        -8.254699744871162e-07,
        7.471952780500971e-08,
        1.1005996198640057e-07,
        -1.799947545903142e-08,
        -1.4091982822555755e-08,
        1.868487385473519e-09,
        1.263782858042137e-09,
    ];
    const LOG_COSH: &'static [f64] = &[
        0.5,
        -0.08333333333333329,
        0.022222222222217418,
        -0.006746031745814802,
        0.0021869488484923113,
        -0.0007386028881350891,
        0.00025657990335208725,
        -9.098542752876506e-05,
        3.276065039808808e-05,
        -1.189777288637007e-05,
        4.273405019761951e-06,
        -1.426843588750617e-06,
        3.804549835785108e-07,
        -5.706873877255908e-08,
    ];
    const ATAN: &'static [f64] = &[
        -0.3333333333333333,
        0.199999999999998,
        -0.14285714285659326,
        0.11111111105106705,
        -0.09090908751076636,
        0.0769229630497447,
        -0.06666423628069258,
        0.058789145444006215,
        -0.052303478730160745,
        0.04551108126325172,
        -0.034558092551413795,
        0.01627194475162406,
    ];
    const SIN: &'static [f64] = &[
        -0.16666666666666666,
        0.008333333333333331,
        -0.0001984126984126402,
        2.7557319218542833e-06,
        -2.5052105961377e-08,
        1.605848950955874e-10,
        -7.584263996034166e-13,
    ];
    const COS: &'static [f64] = &[
        0.041666666666666664,
        -0.0013888888888888887,
        2.4801587301584066e-05,
        -2.755731922096008e-07,
        2.087675564036913e-09,
        -1.1470437475266499e-11,
        4.7445191096480046e-14,
    ];
    const LN_2_HIGH: f64 = 0.6931471805601177;
    const LN_2_LOW: f64 = -1.7239444525614835e-13;
    const LOG10_2_HIGH: f64 = 0.3010299956640665;
    const LOG10_2_LOW: f64 = -8.532344317057107e-14;
    const LOG2_E: f64 = 1.4426950408889634;
    const LOG10_E: f64 = 0.4342944819032518;
    const LN_2: f64 = 0.6931471805599453;
    const PI_HIGH: f64 = 3.141592653589793;
    const PI_LOW: f64 = 1.2246467991473532e-16;
    const FRAC_1_SQRT_2: f64 = 0.7071067811865476;
    const EXP_LOWEST: f64 = -746.0;
    const EXP_HIGHEST: f64 = 710.0;
    const EXP2_LOWEST: f64 = -1076.0;
    const EXP2_HIGHEST: f64 = 1024.0;
    const ONE_DOMINATES: f64 = 40.0;
    const TAIL_CENTER: f64 = 4.0;
    const TAIL_LAST: f64 = 28.0;
    const ERF_ONE: f64 = 6.0;
}

/// The positive root `r` of the digamma function: the nearest number, and what is missing from it.
pub(super) const DIGAMMA_ROOT: (f64, f64) = (1.4616321449683622, 9.549995429965697e-17);

/// `ψ(r + d)/d` in `d`, on `1 ≤ r + d ≤ 2`.
pub(super) const DIGAMMA: &[f64] = &[
    0.9676722454476212,
    -0.44276316898359214,
    0.2584997609556509,
    -0.16394270544239933,
    0.10782405069127954,
    -0.07219956125728176,
    0.04880428816323914,
    -0.033161126430834756,
    0.022597648248248545,
    -0.015424767205798105,
    0.010538791788919843,
    -0.0072045109574719185,
    0.004926769418388227,
    -0.0033700709071922902,
    0.0023053483271584774,
    -0.0015749355480831084,
    0.0010766128230576774,
    -0.000747499595599249,
    0.0005180490833340102,
    -0.0003193696671207108,
    0.00019075640343160688,
    -0.00019476490125987326,
    0.00019426548768522768,
    -8.153978973309418e-05,
];
