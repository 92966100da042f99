//! Messages about meaning: names, arities, shapes, losses.
