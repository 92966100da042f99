//! Lists and texts of errors: on the heap, or cut to a fixed size where there is none.

#[cfg(feature = "alloc")]
pub use self::on_heap::{List, Text, list, text};

#[cfg(not(feature = "alloc"))]
pub use self::in_place::{List, Text, list, text};

#[cfg(feature = "alloc")]
mod on_heap {
    use alloc::string::String;
    use alloc::vec::Vec;
    use core::fmt::Arguments;

    /// A list.
    pub type List<T> = Vec<T>;
    /// A text.
    pub type Text = String;

    /// A list of these.
    pub fn list<T: Clone>(items: &[T]) -> List<T> {
        items.to_vec()
    }

    /// The text of something formatted.
    pub fn text(arguments: Arguments<'_>) -> Text {
        alloc::fmt::format(arguments)
    }
}

#[cfg(any(test, not(feature = "alloc")))]
mod in_place {
    use core::fmt::{self, Arguments, Debug, Display, Formatter, Write};
    use core::ops::Deref;

    /// The items a list holds, at most.
    const ITEMS: usize = 6;
    /// The bytes a text holds, at most.
    const BYTES: usize = 48;
    /// What the end of a text that does not fit is replaced by.
    const CUT: &str = "…";

    /// The first items of a list, and whether there are others.
    #[derive(Clone, Copy, PartialEq, Eq)]
    pub struct List<T> {
        items: [T; ITEMS],
        length: usize,
        is_cut: bool,
    }

    /// A list of these, as far as they fit.
    pub fn list<T: Copy + Default>(items: &[T]) -> List<T> {
        let mut held = [T::default(); ITEMS];
        let length = items.len().min(ITEMS);
        held[..length].copy_from_slice(&items[..length]);
        List { items: held, length, is_cut: length < items.len() }
    }

    impl<T> Deref for List<T> {
        type Target = [T];

        fn deref(&self) -> &[T] {
            &self.items[..self.length]
        }
    }

    impl<T: Debug> Debug for List<T> {
        fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
            let mut list = f.debug_list();
            list.entries(self.iter());
            if self.is_cut { list.finish_non_exhaustive() } else { list.finish() }
        }
    }

    /// The beginning of a text; one that does not fit ends in `…`.
    #[derive(Clone, Copy, PartialEq, Eq)]
    pub struct Text {
        bytes: [u8; BYTES],
        length: usize,
    }

    /// The text of something formatted, as far as it fits.
    pub fn text(arguments: Arguments<'_>) -> Text {
        let mut text = Text { bytes: [0; BYTES], length: 0 };
        // The error says that the text was cut, which the text itself says.
        let _ = text.write_fmt(arguments);
        text
    }

    impl Write for Text {
        fn write_str(&mut self, more: &str) -> fmt::Result {
            let room = BYTES - CUT.len() - self.length.min(BYTES - CUT.len());
            let mut fitting = room.min(more.len());
            while !more.is_char_boundary(fitting) {
                fitting -= 1;
            }
            self.bytes[self.length..][..fitting].copy_from_slice(&more.as_bytes()[..fitting]);
            self.length += fitting;
            if fitting == more.len() {
                return Ok(());
            }
            self.bytes[self.length..][..CUT.len()].copy_from_slice(CUT.as_bytes());
            self.length += CUT.len();
            Err(fmt::Error)
        }
    }

    impl Deref for Text {
        type Target = str;

        fn deref(&self) -> &str {
            core::str::from_utf8(&self.bytes[..self.length]).unwrap_or(CUT)
        }
    }

    impl Debug for Text {
        fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
            Debug::fmt(&**self, f)
        }
    }

    impl Display for Text {
        fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
            f.write_str(self)
        }
    }

    #[cfg(test)]
    mod tests {
        use super::{list, text};

        #[test]
        fn what_does_not_fit_is_cut_and_says_so() {
            assert_eq!(format!("{:?}", list(&[2, 3])), "[2, 3]");
            assert_eq!(format!("{:?}", list(&[1; 7])), "[1, 1, 1, 1, 1, 1, ..]");
            assert_eq!(text(format_args!("{} rows", 3)).to_string(), "3 rows");
            let long = text(format_args!("{}{}", "θ".repeat(22), "abc"));
            assert_eq!(*long, format!("{}a…", "θ".repeat(22)));
        }
    }
}
