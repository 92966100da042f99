//! Processes that say what they are at: one that stays silent, or ends without an answer, has told by which program.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread::{self, JoinHandle};

use super::judge::LONGEST;

/// A process that is silent for so many times the longest expansion hangs.
const PATIENCE: u32 = 20;
/// What a line begins with that names a seed.
const MARK: &str = "@seed ";

/// How a process ended.
pub struct Ended {
    /// How many programs it has judged.
    pub judged: usize,
    /// The seed of the last.
    pub last: Option<u64>,
    /// What went wrong.
    pub failure: Option<String>,
}

/// Says which program is judged next.
pub fn say(seed: u64) {
    let mut out = std::io::stdout().lock();
    drop(writeln!(out, "{MARK}{seed}").and_then(|()| out.flush()));
}

/// Runs the test of that name in another process, with these variables.
pub fn start(test: &str, variables: &[(&str, u64)]) -> JoinHandle<Ended> {
    let mut command = Command::new(std::env::current_exe().expect("the test knows its program"));
    command.args(["--exact", "--nocapture", test]).stdout(Stdio::piped()).stderr(Stdio::piped());
    for (name, value) in variables {
        command.env(name, value.to_string());
    }
    let child = command.spawn().expect("the program runs");
    thread::spawn(move || watch(child))
}

fn watch(mut child: Child) -> Ended {
    let (sender, lines) = mpsc::channel();
    let (out, errors) = (child.stdout.take(), child.stderr.take());
    let reader = thread::spawn(move || {
        for line in
            out.into_iter().flat_map(|out| BufReader::new(out).lines()).map_while(Result::ok)
        {
            let seed = line.split_once(MARK).and_then(|(_, seed)| seed.parse::<u64>().ok());
            if seed.is_some_and(|seed| sender.send(seed).is_err()) {
                return;
            }
        }
    });
    let errors = thread::spawn(move || {
        let mut bytes = Vec::new();
        drop(errors.map(|mut errors| errors.read_to_end(&mut bytes)));
        String::from_utf8_lossy(&bytes).into_owned()
    });
    let (mut judged, mut last) = (0, None);
    let is_silent = loop {
        match lines.recv_timeout(LONGEST * PATIENCE) {
            Ok(seed) => (judged, last) = (judged + 1, Some(seed)),
            Err(RecvTimeoutError::Disconnected) => break false,
            Err(RecvTimeoutError::Timeout) => break true,
        }
    };
    if is_silent {
        drop(child.kill());
    }
    let is_well = child.wait().is_ok_and(|status| status.success());
    drop(reader.join());
    let errors = errors.join().unwrap_or_default();
    let failure = (!is_well).then(|| {
        let mut failure = format!("it ended at seed {last:?}");
        if is_silent {
            let _ = write!(failure, ", where it hangs");
        }
        // What models dump is among it.
        let end = errors.char_indices().rev().nth(20_000).map_or(0, |(place, _)| place);
        failure + ":\n" + &errors[end..]
    });
    Ended { judged, last, failure }
}
