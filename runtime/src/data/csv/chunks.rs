//! A CSV file in pieces that fit in memory.

use std::io::Read;

use crate::error::Error;

use super::super::dataset::Dataset;
use super::super::error::DataError;
use super::rows::Rows;

/// The rows of a file, some at a time, in their order. After an error there is nothing more.
pub struct CsvChunks<R> {
    rows: Rows<R>,
    length: usize,
}

impl<R: Read> CsvChunks<R> {
    pub(super) fn new(rows: Rows<R>, length: usize) -> Result<Self, Error> {
        if length == 0 {
            let found = "0".to_owned();
            return Err(Error::Setting { name: "rows", requirement: "at least 1", found });
        }
        Ok(CsvChunks { rows, length })
    }

    fn chunk(&mut self) -> Result<Dataset, DataError> {
        while self.rows.waiting() < self.length && self.rows.next()? {}
        // Of a file with faults all are to be counted, in bounded memory.
        while self.rows.has_faults() && self.rows.next()? {
            self.rows.forget();
        }
        self.rows.take_chunk()
    }
}

impl<R: Read> Iterator for CsvChunks<R> {
    type Item = Result<Dataset, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let chunk = self.chunk();
        if chunk.is_err() {
            self.rows.close();
        }
        match chunk {
            Ok(chunk) if chunk.rows() == 0 => None,
            chunk => Some(chunk.map_err(Error::Data)),
        }
    }
}
