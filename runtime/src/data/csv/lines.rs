//! The bytes of a file with one kind of line end, a mark at the end, and a limit on the length of rows.

use std::io::{self, ErrorKind, Read};

/// What follows the last line. It is not UTF-8, so it is no row; a quote that is not closed swallows it.
pub const END: &[u8] = b"\xFF\xFE\xFD";

/// Reads as its source does, with `\n` for `\r\n` and `\r`, without a byte order mark, and with [`END`] on a line of its own at the end.
///
/// So a line counts as one whichever way it ends, and a file cut inside quotes is told from a whole one.
pub struct Lines<R> {
    source: R,
    state: State,
    after_return: bool,
    /// Bytes given since the row began.
    in_row: usize,
    longest_row: usize,
    /// What is still to be given before more is read.
    waiting: Vec<u8>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    Within,
    Ended,
}

/// Why reading ended, where the system has no part in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    LongRow,
    Utf16,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for Refusal {}

impl<R: Read> Lines<R> {
    /// The bytes of a source, whose rows may have so many.
    pub fn new(source: R, longest_row: usize) -> Self {
        Lines {
            source,
            state: State::Start,
            after_return: false,
            in_row: 0,
            longest_row,
            waiting: Vec::new(),
        }
    }

    /// Says that a row has been read.
    pub fn begin_row(&mut self) {
        self.in_row = 0;
    }

    /// The first three bytes, to see which encoding it is.
    fn start(&mut self) -> io::Result<()> {
        let mut first = Vec::new();
        (&mut self.source).take(3).read_to_end(&mut first)?;
        self.state = State::Within;
        match first.as_slice() {
            [0xEF, 0xBB, 0xBF] => {}
            [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => {
                return Err(io::Error::new(ErrorKind::InvalidData, Refusal::Utf16));
            }
            _ => self.waiting = first,
        }
        Ok(())
    }

    /// Bytes as the source has them, then the end.
    fn read_raw(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.state == State::Start {
            self.start()?;
        }
        if self.waiting.is_empty() && self.state == State::Within {
            let count = loop {
                match self.source.read(buffer) {
                    Err(error) if error.kind() == ErrorKind::Interrupted => {}
                    result => break result?,
                }
            };
            if count > 0 {
                return Ok(count);
            }
            self.state = State::Ended;
            self.waiting = [b"\n", END, b"\n"].concat();
        }
        let count = self.waiting.len().min(buffer.len());
        buffer[..count].copy_from_slice(&self.waiting[..count]);
        self.waiting.drain(..count);
        Ok(count)
    }
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.in_row > self.longest_row {
            return Err(io::Error::new(ErrorKind::InvalidData, Refusal::LongRow));
        }
        loop {
            let count = self.read_raw(buffer)?;
            if !self.after_return && !buffer[..count].contains(&b'\r') {
                self.in_row += count;
                return Ok(count);
            }
            let mut kept = 0;
            for place in 0..count {
                let byte = buffer[place];
                let is_second_half = byte == b'\n' && self.after_return;
                self.after_return = byte == b'\r';
                if !is_second_half {
                    buffer[kept] = if byte == b'\r' { b'\n' } else { byte };
                    kept += 1;
                }
            }
            if kept > 0 || count == 0 {
                self.in_row += kept;
                return Ok(kept);
            }
        }
    }
}
