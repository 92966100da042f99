//! Files that are replaced whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::error::{KeepError, Problem};

/// What the names of files end with that are not finished.
pub const UNFINISHED: &str = ".unfinished";

/// Reads a file.
pub fn read(path: &Path) -> Result<Vec<u8>, KeepError> {
    fs::read(path).map_err(|error| KeepError::new(path, Problem::system("read", &error)))
}

/// Writes a file so that at every moment, also if the power fails, its path has either what it had before or all of `bytes`.
///
/// The bytes go to another file in the same folder, which is written to the disk and then takes the name; then the folder is written to
/// the disk too, which makes the name last.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), KeepError> {
    let unfinished = unfinished(path);
    replace_by(path, &unfinished, |file| file.write_all(bytes)).inspect_err(|_| {
        // The error that is told is the first.
        let _ = fs::remove_file(&unfinished);
    })
}

/// The same with any way of writing.
fn replace_by(
    path: &Path,
    unfinished: &Path,
    write: impl FnOnce(&mut File) -> io::Result<()>,
) -> Result<(), KeepError> {
    let told = |action| {
        move |error: io::Error| KeepError::new(unfinished, Problem::system(action, &error))
    };
    let mut file = File::create(unfinished).map_err(told("create"))?;
    write(&mut file).map_err(told("write"))?;
    file.sync_all().map_err(told("write"))?;
    drop(file);
    let told =
        |action| move |error: io::Error| KeepError::new(path, Problem::system(action, &error));
    fs::rename(unfinished, path).map_err(told("replace"))?;
    sync_folder(folder_of(path)).map_err(told("write the folder of"))
}

/// The name of the file that is to take the name `path`; another one for each process.
fn unfinished(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    folder_of(path).join(format!(".{name}.{}{UNFINISHED}", std::process::id()))
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes the names in a folder last, on systems where a folder can be written to the disk.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests;
