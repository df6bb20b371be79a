//! The lines that a change adds and deletes, small enough to keep for every change of a history.
//!
//! A line is kept as a hash of its file and its text without the blanks around it; lines that say nothing by themselves
//! (brackets, blank ones) are left out. What a change both deletes and adds in one file was only moved or indented, and is
//! left out on both sides.

use crate::git::change::{Content, FileChange};
use crate::location::LineRange;

/// More lines of one side of a change are not kept: those with the smallest hashes stand for the others.
const MAX_LINES: usize = 2_000;

/// Lines of one side of a change, as hashes in rising order; a line that comes twice is there twice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct LineSet {
    pub(super) hashes: Vec<u32>,
    /// Only the smallest hashes are there.
    pub(super) is_cut: bool,
}

/// What a change does to lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ChangedLines {
    pub(crate) added: LineSet,
    pub(crate) deleted: LineSet,
}

impl ChangedLines {
    /// The changed lines of these files.
    pub(crate) fn of<'f>(files: impl IntoIterator<Item = &'f FileChange>) -> Self {
        let (mut added, mut deleted) = (Vec::new(), Vec::new());
        for file in files {
            let Content::Text { old, new } = &file.content else { continue };
            let old_path = file.old_path.as_ref().unwrap_or(&file.path);
            let side = |path: &str, text: &Option<std::sync::Arc<str>>, lines: &mut dyn Iterator<Item = LineRange>| {
                hashes(path, text.as_deref().unwrap_or(""), lines)
            };
            let of_new = side(file.path.as_str(), new, &mut file.hunks.iter().filter_map(|hunk| hunk.new));
            let of_old = side(old_path.as_str(), old, &mut file.hunks.iter().filter_map(|hunk| hunk.old));
            added.extend(without(&of_new, &of_old));
            deleted.extend(without(&of_old, &of_new));
        }
        Self { added: LineSet::new(added), deleted: LineSet::new(deleted) }
    }
}

impl LineSet {
    fn new(mut hashes: Vec<u32>) -> Self {
        hashes.sort_unstable();
        let is_cut = hashes.len() > MAX_LINES;
        hashes.truncate(MAX_LINES);
        hashes.shrink_to_fit();
        Self { hashes, is_cut }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// How many lines the two have in common, and how many each has among those that can be compared.
    pub(crate) fn common(&self, other: &Self) -> Common {
        // Of a cut set nothing is known above its greatest hash.
        let limit = [self, other].iter().filter(|set| set.is_cut).filter_map(|set| set.hashes.last()).min();
        let known =
            |set: &Self| limit.map_or(set.hashes.len(), |limit| set.hashes.partition_point(|hash| hash <= limit));
        let (a, b) = (&self.hashes[..known(self)], &other.hashes[..known(other)]);
        let (mut i, mut j, mut both) = (0, 0, 0);
        while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
            both += usize::from(x == y);
            i += usize::from(x <= y);
            j += usize::from(y <= x);
        }
        Common { both, of_first: a.len(), of_second: b.len() }
    }
}

/// What two sets of lines share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Common {
    pub(crate) both: usize,
    pub(crate) of_first: usize,
    pub(crate) of_second: usize,
}

/// The lines of these ranges that say something, sorted.
fn hashes(path: &str, text: &str, ranges: &mut dyn Iterator<Item = LineRange>) -> Vec<u32> {
    let mut lines = text.lines();
    let mut next = 1;
    let mut hashes = Vec::new();
    for range in ranges {
        let Some(skipped) = range.start.checked_sub(next) else { continue };
        let of_range = lines.by_ref().skip(skipped as usize).take((range.end - range.start + 1) as usize);
        let telling = of_range.map(str::trim).filter(|line| line.chars().any(char::is_alphanumeric));
        hashes.extend(telling.map(|line| hash(path, line)));
        next = range.end + 1;
    }
    hashes.sort_unstable();
    hashes
}

/// What the first has and the second has not, line by line.
fn without(first: &[u32], second: &[u32]) -> Vec<u32> {
    let mut second = second.iter().peekable();
    let is_left = |hash: &&u32| {
        while second.next_if(|other| other < hash).is_some() {}
        second.next_if_eq(hash).is_none()
    };
    first.iter().filter(is_left).copied().collect()
}

/// FNV-1a, mixed (Murmur3's last step) so that the smallest hashes are a fair sample, and cut to 32 bits: enough to tell the
/// lines of a fortnight apart.
fn hash(path: &str, line: &str) -> u32 {
    let bytes = path.bytes().chain([b'\n']).chain(line.bytes());
    let hash =
        bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    let hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    let hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    (hash ^ (hash >> 33)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::git::testing::TestRepository;

    fn lines(repository: &TestRepository) -> ChangedLines {
        ChangedLines::of(&repository.diff("HEAD^..HEAD").files)
    }

    #[test]
    fn what_says_something_and_was_not_moved_counts() {
        let repository = TestRepository::new();
        repository.write("a.py", "def f():\n    one()\n    two()\n").commit("base");
        repository.write("a.py", "def f():\n    if x:\n        one()\n    three()\n\n    }\n").commit("next");
        let lines = lines(&repository);
        let expected = |texts: &[&str]| LineSet::new(texts.iter().map(|text| hash("a.py", text)).collect());
        assert_eq!(lines.added, expected(&["if x:", "three()"]));
        assert_eq!(lines.deleted, expected(&["two()"]), "`one()` was only indented");
    }

    #[test]
    fn equal_lines_of_other_files_are_others() {
        let repository = TestRepository::new();
        repository.write("a.py", "").write("b.py", "").commit("base");
        repository.write("a.py", "x = 1\nx = 1\n").write("b.py", "x = 1\n").commit("next");
        let added = lines(&repository).added;
        assert_eq!(added.hashes.len(), 3);
        let other = LineSet::new(vec![hash("a.py", "x = 1"), hash("c.py", "x = 1")]);
        assert_eq!(added.common(&other), Common { both: 1, of_first: 3, of_second: 2 });
    }

    #[test]
    fn of_very_large_changes_a_sample_is_compared() {
        let large = LineSet::new((0..10_000).map(|at| hash("a", &at.to_string())).collect());
        let half = LineSet::new((0..5_000).map(|at| hash("a", &at.to_string())).collect());
        let common = large.common(&half);
        assert!(large.is_cut && common.of_first == MAX_LINES && common.both == common.of_second);
        let share = common.both as f64 / common.of_first as f64;
        assert!((0.45..0.55).contains(&share), "{share}");
    }
}
