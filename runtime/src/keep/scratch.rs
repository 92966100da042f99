//! A folder for the files of a test.

use std::fs;
use std::path::{Path, PathBuf};

/// A folder that goes with this value.
pub struct Scratch {
    path: PathBuf,
}

impl Scratch {
    /// An empty folder; the name tells tests of one process apart.
    pub fn new(name: &str) -> Self {
        // In memory, where there is such a place, the disk is not waited for.
        let memory = Some(Path::new("/dev/shm")).filter(|path| path.is_dir());
        let place = memory.map_or_else(std::env::temp_dir, Path::to_owned);
        let path = place.join(format!("chainrule_{}_{name}", std::process::id()));
        drop(fs::remove_dir_all(&path));
        fs::create_dir_all(&path).unwrap();
        Scratch { path }
    }

    /// Where it is.
    pub fn path(&self) -> &PathBuf {
        &self.path
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.path));
    }
}
