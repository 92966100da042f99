use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::PathBuf;

use super::{read, replace, replace_by, unfinished};
use crate::keep::error::Problem;
use crate::keep::scratch::Scratch;

/// The names of all files in a folder.
fn names(folder: &PathBuf) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn a_file_is_replaced_and_nothing_else_is_left() {
    let folder = Scratch::new("replace");
    let path = folder.path().join("a.bin");
    for bytes in [&b"first"[..], b"", b"third, and longer"] {
        replace(&path, bytes).unwrap();
        assert_eq!(read(&path).unwrap(), bytes);
    }
    assert_eq!(names(folder.path()), ["a.bin"]);
}

#[test]
fn a_disk_that_is_full_leaves_the_file_of_before() {
    let folder = Scratch::new("full");
    let path = folder.path().join("a.bin");
    replace(&path, b"before").unwrap();
    let error = replace_by(&path, &unfinished(&path), |file| {
        file.write_all(b"half of wh")?;
        Err(io::Error::from(ErrorKind::StorageFull))
    })
    .unwrap_err();
    assert!(
        matches!(
            error.problem,
            Problem::System { action: "write", kind: ErrorKind::StorageFull, .. }
        ),
        "{error}"
    );
    assert_eq!(read(&path).unwrap(), b"before");
}

/// `/dev/full` is a file on a disk that is always full.
#[cfg(target_os = "linux")]
#[test]
fn the_system_says_that_a_disk_is_full() {
    let folder = Scratch::new("device");
    let path = folder.path().join("a.bin");
    replace(&path, b"before").unwrap();
    std::os::unix::fs::symlink("/dev/full", unfinished(&path)).unwrap();
    let error = replace(&path, b"after").unwrap_err();
    let full = ErrorKind::StorageFull;
    assert!(matches!(error.problem, Problem::System { kind, .. } if kind == full), "{error}");
    assert_eq!((read(&path).unwrap().as_slice(), names(folder.path()).len()), (&b"before"[..], 1));
}

#[test]
fn folders_that_are_gone_and_files_in_their_way_are_named() {
    let folder = Scratch::new("gone");
    let path = folder.path().join("missing").join("a.bin");
    let text = replace(&path, b"x").unwrap_err().to_string();
    assert!(text.starts_with("cannot create `") && text.contains("missing"), "{text}");
    let text = read(&path).unwrap_err().to_string();
    assert!(text.starts_with(&format!("cannot read `{}`: ", path.display())), "{text}");

    fs::create_dir(folder.path().join("taken")).unwrap();
    let text = replace(&folder.path().join("taken"), b"x").unwrap_err().to_string();
    assert!(text.starts_with("cannot replace `"), "{text}");
    assert_eq!(names(folder.path()), ["taken"]);
}

/// Permissions do not bind the superuser, so this shows nothing when it is run by one.
#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_is_named() {
    use std::os::unix::fs::PermissionsExt;

    let folder = Scratch::new("forbidden");
    let path = folder.path().join("a.bin");
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o500)).unwrap();
    let result = replace(&path, b"x");
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700)).unwrap();
    match result {
        Ok(()) => println!("skipped: this user may write everywhere"),
        Err(error) => {
            let denied = ErrorKind::PermissionDenied;
            assert!(matches!(error.problem, Problem::System { kind, .. } if kind == denied));
        }
    }
}
