//! Problems whose data stand here.

#![expect(clippy::unreadable_literal, reason = "numbers as they are published")]

use super::problem::Problem;

/// Observations of D. Misra (1978), *Dental Research Monomolecular Adsorption Study*.
pub fn misra1a() -> Problem {
    Problem {
        name: "Misra1a".to_owned(),
        x: vec![
            77.6, 114.9, 141.1, 190.8, 239.9, 289.0, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1,
            689.1, 760.0,
        ],
        y: vec![
            10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.4,
            75.47, 81.78,
        ],
        starts: [vec![500.0, 0.0001], vec![250.0, 0.0005]],
        parameters: vec![238.94212918, 0.00055015643181],
        errors: vec![2.7070075241, 7.2668688436e-06],
        sum_of_squares: 0.12455138894,
    }
}

/// Observations of C. Daniel & F. S. Wood (1980), *Fitting Equations to Data*.
pub fn dan_wood() -> Problem {
    Problem {
        name: "DanWood".to_owned(),
        x: vec![1.309, 1.471, 1.49, 1.565, 1.611, 1.68],
        y: vec![2.138, 3.421, 3.597, 4.34, 4.882, 5.66],
        starts: [vec![1.0, 5.0], vec![0.7, 4.0]],
        parameters: vec![0.76886226176, 3.8604055871],
        errors: vec![0.01828197386, 0.051726610913],
        sum_of_squares: 0.0043173084083,
    }
}

/// Observations of G. Box, W. Hunter & J. Hunter (1978), *Statistics for Experimenters*.
pub fn box_bod() -> Problem {
    Problem {
        name: "BoxBOD".to_owned(),
        x: vec![1.0, 2.0, 3.0, 5.0, 7.0, 10.0],
        y: vec![109.0, 149.0, 149.0, 191.0, 213.0, 224.0],
        starts: [vec![1.0, 1.0], vec![100.0, 0.75]],
        parameters: vec![213.80940889, 0.54723748542],
        errors: vec![12.354515176, 0.10455993237],
        sum_of_squares: 1168.0088766,
    }
}

/// The resistance of a thermistor over its temperature, 50 to 125 (R. Meyer 1970): Moré, Garbow & Hillstrom (1981), problem 10.
pub const MEYER: [f64; 16] = [
    34780.0, 28610.0, 23650.0, 19630.0, 16370.0, 13720.0, 11540.0, 9744.0, 8261.0, 7030.0, 6005.0,
    5147.0, 4427.0, 3820.0, 3307.0, 2872.0,
];

/// Two exponentials over times 0 to 320 (M. Osborne 1972): Moré, Garbow & Hillstrom (1981), problem 17.
pub const OSBORNE: [f64; 33] = [
    0.844, 0.908, 0.932, 0.936, 0.925, 0.908, 0.881, 0.850, 0.818, 0.784, 0.751, 0.718, 0.685,
    0.658, 0.628, 0.603, 0.580, 0.558, 0.538, 0.522, 0.506, 0.490, 0.478, 0.467, 0.457, 0.448,
    0.438, 0.431, 0.424, 0.420, 0.414, 0.411, 0.406,
];
