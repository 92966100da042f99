//! What the functions give at zeros, infinities, NaN and the ends of their domains.
