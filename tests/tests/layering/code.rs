//! A source file without its comments and texts, and what its paths name.

use std::fs;
use std::path::{Path, PathBuf};

/// A source file; comments, texts and inline tests are blank, so that lines keep their numbers.
pub struct Code {
    /// The path below the root of the workspace.
    pub name: String,
    text: String,
    /// How many modules it is inside the crate.
    depth: usize,
}

impl Code {
    pub fn read(root: &Path, path: &Path) -> Code {
        let text = fs::read_to_string(path).expect("the source is readable");
        let name = path.strip_prefix(root).expect("it is in the workspace");
        let inside = name.components().count() - 2;
        let is_folder = path.ends_with("mod.rs");
        let name = name.to_string_lossy().into_owned();
        Code { name, text: blank(&text), depth: inside - usize::from(is_folder) }
    }

    /// The lines with a word.
    pub fn lines_with(&self, word: &str) -> impl Iterator<Item = usize> {
        let places = places(&self.text, word);
        places.map(|place| self.line(place)).collect::<Vec<_>>().into_iter()
    }

    /// The modules of the crate that paths name, with their lines: `crate::a`, `crate::{a, b::c}`, `super::a` at the first level.
    pub fn modules(&self) -> Vec<(usize, String)> {
        let above = format!("{}::", vec!["super"; self.depth].join("::"));
        let mut modules = Vec::new();
        for prefix in ["crate::", &above] {
            for (place, _) in self.text.match_indices(prefix) {
                if self.text[..place].ends_with("super::") || self.text[..place].ends_with('$') {
                    continue;
                }
                for name in roots(&self.text[place + prefix.len()..]) {
                    modules.push((self.line(place), name));
                }
            }
        }
        modules.retain(|(_, name)| name.starts_with(char::is_lowercase) && name != "super");
        modules
    }

    /// Paths that begin with `::`, without it.
    pub fn absolute_paths(&self) -> Vec<(usize, String)> {
        let is_path = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == ':';
        let starts = self.text.match_indices("::").filter(|(place, _)| {
            let before = self.text[..*place].chars().next_back();
            let after = self.text[place + 2..].chars().next();
            !before.is_some_and(|letter| is_path(letter) || matches!(letter, '>' | '<'))
                && after.is_some_and(char::is_alphabetic)
                || before == Some('<') && after.is_some_and(char::is_lowercase)
        });
        starts
            .map(|(place, _)| {
                let path = self.text[place + 2..].chars().take_while(|&letter| is_path(letter));
                (self.line(place), path.collect())
            })
            .collect()
    }

    /// Files or folders of the modules that are compiled for tests only.
    pub fn test_modules(&self, path: &Path) -> Vec<PathBuf> {
        let folder = if path.ends_with("mod.rs") || path.ends_with("lib.rs") {
            path.parent().expect("a file has a folder").to_path_buf()
        } else {
            path.with_extension("")
        };
        let marked = self.text.split("#[cfg(test)]").skip(1);
        marked
            .filter_map(|rest| rest.split_once("mod "))
            .filter_map(|(between, rest)| {
                let is_next = between.trim().is_empty() || between.trim().starts_with("pub");
                let (name, _) = rest.split_once(';').filter(|(name, _)| is_word(name))?;
                is_next.then(|| folder.join(name))
            })
            .collect()
    }

    fn line(&self, place: usize) -> usize {
        1 + self.text[..place].matches('\n').count()
    }
}

/// The first names of a path, or of the paths in braces.
fn roots(text: &str) -> Vec<String> {
    let word = |text: &str| -> String {
        text.chars().take_while(|&letter| letter.is_alphanumeric() || letter == '_').collect()
    };
    let Some(group) = text.strip_prefix('{') else { return vec![word(text)] };
    let (mut names, mut depth, mut is_first) = (Vec::new(), 0, true);
    for (place, letter) in group.char_indices() {
        match letter {
            '}' if depth == 0 => break,
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => is_first = true,
            _ if is_first && !letter.is_whitespace() => {
                names.push(word(&group[place..]));
                is_first = false;
            }
            _ => {}
        }
    }
    names
}

fn is_word(text: &str) -> bool {
    text.chars().all(|letter| letter.is_alphanumeric() || letter == '_')
}

/// Where a word stands by itself.
fn places<'t>(text: &'t str, word: &'t str) -> impl Iterator<Item = usize> + 't {
    let is_part = |letter: Option<char>| {
        letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_')
    };
    text.match_indices(word).map(|(place, _)| place).filter(move |&place| {
        let (before, after) = (&text[..place], &text[place + word.len()..]);
        !is_part(before.chars().next_back()) && !is_part(after.chars().next())
    })
}

/// The text with comments, string literals and inline test modules turned into spaces.
fn blank(text: &str) -> String {
    let mut blanked = String::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let length = skipped(rest).unwrap_or(0);
        if length == 0 {
            blanked.push(letter);
            rest = &rest[letter.len_utf8()..];
        } else {
            blanked.extend(
                rest[..length].chars().map(|letter| if letter == '\n' { '\n' } else { ' ' }),
            );
            rest = &rest[length..];
        }
    }
    match blanked.find("#[cfg(test)]\nmod tests {") {
        Some(tests) => blanked[..tests].to_owned(),
        None => blanked,
    }
}

/// The length of the comment or literal a text begins with, if it does.
fn skipped(text: &str) -> Option<usize> {
    if text.starts_with("//") {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    if text.starts_with("/*") {
        return Some(text.find("*/").map_or(text.len(), |end| end + 2));
    }
    if let Some(raw) = text.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        if raw[hashes..].starts_with('"') {
            let close = format!("\"{}", "#".repeat(hashes));
            let begin = 1 + hashes + 1;
            return text[begin..].find(&close).map(|end| begin + end + close.len());
        }
    }
    if text.starts_with('"') {
        return quoted(text, '"');
    }
    let is_character =
        text.starts_with("'\\") || text.starts_with('\'') && text.chars().nth(2) == Some('\'');
    if is_character { quoted(text, '\'') } else { None }
}

/// The length of a literal between two signs, the escaped ones in it not counted.
fn quoted(text: &str, sign: char) -> Option<usize> {
    let mut letters = text.char_indices().skip(1);
    while let Some((place, letter)) = letters.next() {
        if letter == '\\' {
            letters.next();
        } else if letter == sign {
            return Some(place + 1);
        }
    }
    None
}
