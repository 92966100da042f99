//! Slices of either scalar type, for what is not generic over it.

/// Numbers to be read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Numbers<'a> {
    /// Single precision.
    F32(&'a [f32]),
    /// Double precision.
    F64(&'a [f64]),
}

/// Numbers to be written.
#[derive(Debug, PartialEq)]
pub enum NumbersMut<'a> {
    /// Single precision.
    F32(&'a mut [f32]),
    /// Double precision.
    F64(&'a mut [f64]),
}

impl Numbers<'_> {
    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Numbers::F32(numbers) => numbers.len(),
            Numbers::F64(numbers) => numbers.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl NumbersMut<'_> {
    /// The same, for a shorter time.
    pub fn reborrow(&mut self) -> NumbersMut<'_> {
        match self {
            NumbersMut::F32(numbers) => NumbersMut::F32(numbers),
            NumbersMut::F64(numbers) => NumbersMut::F64(numbers),
        }
    }
}

impl<'a> From<NumbersMut<'a>> for Numbers<'a> {
    fn from(numbers: NumbersMut<'a>) -> Self {
        match numbers {
            NumbersMut::F32(numbers) => Numbers::F32(numbers),
            NumbersMut::F64(numbers) => Numbers::F64(numbers),
        }
    }
}
