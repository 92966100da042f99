//! A line of the user's text with carets under a part of it.

use std::ops::Range;

/// The line in which `range` begins, and carets under the part of it that `range` covers.
///
/// A range that runs past the line is underlined to the line's end; an empty one gets a single caret. Combining marks take no column
/// and East Asian wide characters two, as terminals show them.
///
/// # Examples
/// ```
/// # use chainrule_compiler::math_syntax::excerpt;
/// assert_eq!(excerpt("σ(x·W)", 4..7), "  | σ(x·W)\n  |    ^^");
/// ```
pub fn excerpt(text: &str, range: Range<usize>) -> String {
    let start = floor_boundary(text, range.start);
    let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |newline| start + newline);
    let end = floor_boundary(text, range.end).clamp(start, line_end);
    let line = text[line_start..line_end].trim_end();
    let indent: String = text[line_start..start].chars().map(blank).collect();
    let carets = "^".repeat(text[start..end].chars().map(width).sum::<usize>().max(1));
    format!("  | {line}\n  | {indent}{carets}")
}

/// The nearest character boundary at or before `index`.
fn floor_boundary(text: &str, index: usize) -> usize {
    let mut index = index.min(text.len());
    while !text.is_char_boundary(index) {
        index -= 1;
    }
    index
}

/// As much blank space as the character takes.
fn blank(character: char) -> String {
    if character == '\t' { "\t".to_owned() } else { " ".repeat(width(character)) }
}

/// The columns of a character: the ranges of Unicode's East Asian Width (UAX #11) and combining marks that text of formulas may hold.
fn width(character: char) -> usize {
    match u32::from(character) {
        0x0300..=0x036F | 0x200B..=0x200F | 0x20D0..=0x20FF | 0xFE00..=0xFE0F => 0,
        0x1100..=0x115F
        | 0x2E80..=0xA4CF
        | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF
        | 0xFE30..=0xFE6F
        | 0xFF00..=0xFF60
        | 0xFFE0..=0xFFE6
        | 0x1F300..=0x1F64F
        | 0x1F900..=0x1F9FF
        | 0x20000..=0x3FFFD => 2,
        _ => 1,
    }
}
