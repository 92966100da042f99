//! A thread that reads while the model trains.

use std::any::Any;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

use crate::error::Error;

use super::error::DataError;

/// Runs an iterator in a thread of its own, which reads up to `chunks` ahead of what is used and waits when it is so far.
///
/// At most `chunks + 2` items exist at a time: those waiting, one being read, one being used. After an error there is nothing more. When
/// this is dropped, the thread ends with the item it is at.
///
/// # Errors
/// [`Error::Setting`] where `chunks` is 0; [`Error::Data`] where the system has no thread.
///
/// # Examples
/// ```
/// use chainrule::data::{Csv, read_ahead};
///
/// let file: String = (0..1000).fold("x\n".to_owned(), |file, row| format!("{file}{row}\n"));
/// let chunks = Csv::new().chunks_from("rows", std::io::Cursor::new(file), 64)?;
/// let mut rows = 0;
/// for chunk in read_ahead(2, chunks)? {
///     rows += chunk?.rows();
/// }
/// assert_eq!(rows, 1000);
/// # Ok::<(), chainrule::Error>(())
/// ```
pub fn read_ahead<C: Send + 'static>(
    chunks: usize,
    source: impl IntoIterator<Item = Result<C, Error>, IntoIter: Send + 'static>,
) -> Result<ReadAhead<C>, Error> {
    if chunks == 0 {
        let found = "0".to_owned();
        return Err(Error::Setting { name: "chunks", requirement: "at least 1", found });
    }
    let (sender, receiver) = sync_channel(chunks);
    let source = source.into_iter();
    let thread = thread::Builder::new()
        .name("chainrule reads ahead".to_owned())
        .spawn(move || send_all(source, &sender))
        .map_err(|error| DataError::Thread { reason: error.to_string() })?;
    Ok(ReadAhead { receiver: Some(receiver), thread: Some(thread) })
}

/// What [`read_ahead`] reads, in its order.
pub struct ReadAhead<C> {
    receiver: Option<Receiver<Result<C, Error>>>,
    thread: Option<JoinHandle<()>>,
}

fn send_all<C>(
    source: impl Iterator<Item = Result<C, Error>>,
    sender: &SyncSender<Result<C, Error>>,
) {
    for chunk in source {
        let is_last = chunk.is_err();
        if sender.send(chunk).is_err() || is_last {
            return;
        }
    }
}

impl<C> Iterator for ReadAhead<C> {
    type Item = Result<C, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let chunk = self.receiver.as_ref()?.recv();
        match chunk {
            Ok(Ok(chunk)) => Some(Ok(chunk)),
            Ok(Err(error)) => {
                self.receiver = None;
                Some(Err(error))
            }
            // The thread is done, or dead: an end that is no end must not pass for one.
            Err(_) => {
                self.receiver = None;
                let panic = self.thread.take()?.join().err()?;
                Some(Err(DataError::Thread { reason: reason(&*panic) }.into()))
            }
        }
    }
}

impl<C> Drop for ReadAhead<C> {
    fn drop(&mut self) {
        self.receiver = None;
        if let Some(thread) = self.thread.take() {
            // A panic has been told, or belongs to items that nobody waits for any more.
            let _ = thread.join();
        }
    }
}

fn reason(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("no message").to_owned()
}
