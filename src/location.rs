//! Places in a repository: paths, byte spans, lines.
//!
//! Inside, positions are byte offsets (`Span`, 0-based, end exclusive). People and reports count lines from 1.
//! `LineIndex` is the only place that converts between the two.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A path inside the repository, with `/` separators.
///
/// Bytes that are not UTF-8 are kept readable as U+FFFD, so two such paths can look alike; blobs are never looked up
/// by this value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct RepoPath(String);

impl RepoPath {
    pub fn new(path: impl Into<String>) -> Self {
        Self(path.into())
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Self {
        Self(String::from_utf8_lossy(bytes).into_owned())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last segment.
    pub(crate) fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// What follows the last dot of the file name, if there is one.
    pub(crate) fn extension(&self) -> Option<&str> {
        self.file_name().rsplit_once('.').map(|(_, extension)| extension)
    }
}

impl fmt::Display for RepoPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Bytes `start..end` of one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct Span {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Span {
    pub(crate) fn new(start: usize, end: usize) -> Self {
        // Files over the size cap (far below 4 GiB) are never parsed.
        Self { start: u32::try_from(start).unwrap_or(u32::MAX), end: u32::try_from(end).unwrap_or(u32::MAX) }
    }

    pub(crate) fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    pub(crate) fn intersects(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    pub(crate) fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Without white space at the ends.
    pub(crate) fn trimmed(self, source: &str) -> Self {
        let text = self.text(source);
        let start = self.start + (text.len() - text.trim_start().len()) as u32;
        Self { start, end: start + text.trim().len() as u32 }
    }

    pub(crate) fn text(self, source: &str) -> &str {
        source.get(self.start as usize..self.end as usize).unwrap_or("")
    }
}

/// Lines `start..=end`, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct LineRange {
    pub start: u32,
    pub end: u32,
}

impl LineRange {
    pub fn new(start: u32, end: u32) -> Self {
        Self { start, end: end.max(start) }
    }

    pub(crate) fn intersects(self, other: LineRange) -> bool {
        self.start <= other.end && other.start <= self.end
    }
}

/// Lines of a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Location {
    pub path: RepoPath,
    pub lines: LineRange,
}

/// Where the lines of a text start; converts bytes to lines and back.
#[derive(Debug, Clone, Default)]
pub(crate) struct LineIndex {
    starts: Vec<u32>,
    len: u32,
}

impl LineIndex {
    pub(crate) fn new(text: &str) -> Self {
        let newlines = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n');
        let mut starts: Vec<u32> =
            std::iter::once(0).chain(newlines.map(|(at, _)| Span::new(at + 1, at + 1).start)).collect();
        starts.shrink_to_fit();
        Self { starts, len: Span::new(text.len(), text.len()).start }
    }

    /// The line (from 1) that holds this byte; past the end, the last line.
    pub(crate) fn line(&self, byte: u32) -> u32 {
        self.starts.partition_point(|&start| start <= byte).max(1) as u32
    }

    pub(crate) fn lines(&self, span: Span) -> LineRange {
        LineRange::new(self.line(span.start), self.line(span.end.saturating_sub(1).max(span.start)))
    }

    /// The bytes of these lines, the last newline included; empty when the lines are past the end.
    pub(crate) fn span(&self, lines: LineRange) -> Span {
        let at = |line: u32| self.starts.get(line as usize - 1).copied().unwrap_or(self.len);
        Span { start: at(lines.start.max(1)), end: at(lines.end.max(1) + 1) }
    }

    /// How many lines the text has.
    pub(crate) fn count(&self) -> u32 {
        self.starts.len() as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_and_lines_convert_both_ways() {
        let index = LineIndex::new("ab\ncd\n\nlast");
        assert_eq!(index.line(0), 1);
        assert_eq!(index.line(2), 1, "a newline belongs to the line that it ends");
        assert_eq!(index.line(3), 2);
        assert_eq!(index.line(100), 4);
        assert_eq!(index.lines(Span::new(0, 3)), LineRange::new(1, 1));
        assert_eq!(index.span(LineRange::new(2, 3)), Span::new(3, 7));
        assert_eq!(index.span(LineRange::new(4, 4)), Span::new(7, 11));
        assert_eq!(index.span(LineRange::new(9, 9)), Span::new(11, 11));
    }
}
