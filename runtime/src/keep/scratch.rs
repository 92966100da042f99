//! A folder for the files of a test.

use std::fs;
use std::path::PathBuf;

/// A folder that goes with this value.
pub struct Scratch {
    path: PathBuf,
}

impl Scratch {
    /// An empty folder; the name tells tests of one process apart.
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("chainrule_{}_{name}", std::process::id()));
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
