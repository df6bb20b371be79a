//! Which files a tree holds: their paths, in order, and what they contain by name.
//!
//! A listing follows from the tree's name alone, so an earlier one answers for every folder that is still the same, and
//! only the others are read. Its size is bounded whatever the tree unfolds into; what is left out is counted.

use crate::git::BlobId;
use crate::git::objects::{TreeId, TreeVisitor, Walk};
use std::collections::HashMap;
use std::ops::Range;

/// More files than this are not looked at.
const MAX_FILES: usize = 200_000;

/// Nor more folders; one that holds no file counts too.
const MAX_FOLDERS: usize = 200_000;

/// All paths together (bytes).
const MAX_PATH_BYTES: usize = 64 << 20;

/// The regular files of a tree, sorted by path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Files {
    /// `None` for the tree without files.
    pub(super) root: Option<TreeId>,
    /// All paths, one after the other.
    pub(super) paths: String,
    /// Where each path ends.
    pub(super) ends: Vec<u32>,
    pub(super) blobs: Vec<BlobId>,
    /// Folders that hold files, each before those inside it; empty where nothing can be taken over from this listing.
    pub(super) folders: Vec<Folder>,
    /// There are more files than were looked at.
    pub(super) cut: bool,
    /// Folders that could not be read.
    pub(super) unread: u32,
}

/// A folder with the files in it and in the folders below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Folder {
    pub(super) tree: TreeId,
    /// Its path is this long, and stands at the beginning of the paths of its files.
    pub(super) path_bytes: u32,
    pub(super) first: u32,
    pub(super) after: u32,
    /// The number of folders below it, which follow it.
    pub(super) below: u32,
}

impl Files {
    pub(super) fn none() -> Self {
        Self {
            root: None,
            paths: String::new(),
            ends: Vec::new(),
            blobs: Vec::new(),
            folders: Vec::new(),
            cut: false,
            unread: 0,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The path of the file of this number.
    pub(super) fn path(&self, file: usize) -> &str {
        let start = if file == 0 { 0 } else { self.ends[file - 1] };
        &self.paths[start as usize..self.ends[file] as usize]
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|file| self.path(file))
    }

    /// The numbers of the files of this path: more than one where names are not UTF-8 or the tree is wrong.
    pub(super) fn find(&self, path: &str) -> Range<usize> {
        let first = self.before(|other| other < path);
        let mut after = first;
        while after < self.len() && self.path(after) == path {
            after += 1;
        }
        first..after
    }

    /// How many paths come before all that `is_before` does not hold for.
    fn before(&self, is_before: impl Fn(&str) -> bool) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            if is_before(self.path(middle)) { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// Whether all files were found, so that the listing may answer for others.
    pub(super) fn is_whole(&self) -> bool {
        !self.cut && self.unread == 0
    }

    fn push(&mut self, path: &str, blob: BlobId) {
        self.paths.push_str(path);
        // Bounded far below by `MAX_PATH_BYTES`.
        self.ends.push(u32::try_from(self.paths.len()).unwrap_or(u32::MAX));
        self.blobs.push(blob);
    }

    /// Puts the paths in order, where git did not write the tree or names had to be made readable.
    fn sort(&mut self) {
        if self.iter().is_sorted() {
            return;
        }
        let mut order: Vec<usize> = (0..self.len()).collect();
        order.sort_by(|&a, &b| self.path(a).cmp(self.path(b)));
        let mut sorted = Self { root: self.root, cut: self.cut, unread: self.unread, ..Self::none() };
        for file in order {
            sorted.push(self.path(file), self.blobs[file]);
        }
        *self = sorted;
    }
}

/// Lists a tree while it is walked.
pub(super) struct Lister<'b> {
    before: Option<&'b Files>,
    /// The folders of the earlier listing by their paths.
    known: HashMap<&'b str, usize>,
    files: Files,
    /// The folders that the walk is in.
    open: Vec<usize>,
    visited: usize,
    /// How many of them were not known before.
    read: usize,
}

impl<'b> Lister<'b> {
    /// `before` is the listing of another tree, which has much in common with this one.
    pub(super) fn new(root: TreeId, before: Option<&'b Files>) -> Self {
        let path = |before: &'b Files, at: usize| {
            let folder = before.folders[at];
            &before.path(folder.first as usize)[..folder.path_bytes as usize]
        };
        let known = before
            .map(|before| (0..before.folders.len()).map(|at| (path(before, at), at)).collect())
            .unwrap_or_default();
        let files = Files { root: Some(root), ..Files::none() };
        Self { before, known, files, open: Vec::new(), visited: 0, read: 0 }
    }

    /// Whether so much was read that the next run should know it.
    pub(super) fn is_worth_keeping(&self) -> bool {
        self.read >= 16 + self.visited / 32
    }

    pub(super) fn finish(mut self) -> Files {
        if !self.files.is_whole() {
            self.files.folders.clear();
        }
        self.files.sort();
        self.files
    }

    fn is_full(&self) -> bool {
        self.files.len() >= MAX_FILES || self.files.paths.len() >= MAX_PATH_BYTES || self.visited >= MAX_FOLDERS
    }

    /// Takes a folder over from the earlier listing; false where that is not possible.
    fn take_over(&mut self, path: &str, tree: TreeId) -> bool {
        let Some((before, &at)) = self.before.zip(self.known.get(path)) else { return false };
        let known = before.folders[at];
        let range = known.first as usize..known.after as usize;
        let start = if known.first == 0 { 0 } else { before.ends[range.start - 1] } as usize;
        let end = before.ends[range.end - 1] as usize;
        let folders = known.below as usize + 1;
        if known.tree != tree
            || self.files.len() + range.len() > MAX_FILES
            || self.files.paths.len() + (end - start) > MAX_PATH_BYTES
            || self.visited + folders > MAX_FOLDERS
        {
            return false;
        }
        let (first, moved) = (self.files.len() as u32, self.files.paths.len());
        self.files.paths.push_str(&before.paths[start..end]);
        self.files.ends.extend(before.ends[range.clone()].iter().map(|end| (*end as usize - start + moved) as u32));
        self.files.blobs.extend_from_slice(&before.blobs[range]);
        self.files.folders.extend(before.folders[at..at + folders].iter().map(|folder| Folder {
            first: folder.first - known.first + first,
            after: folder.after - known.first + first,
            ..*folder
        }));
        self.visited += folders;
        true
    }
}

impl TreeVisitor for Lister<'_> {
    fn folder(&mut self, path: &[u8], tree: TreeId) -> Walk {
        let path = String::from_utf8_lossy(path);
        if self.take_over(&path, tree) {
            return Walk::Skip;
        }
        if self.is_full() {
            self.files.cut = true;
            return Walk::Stop;
        }
        self.visited += 1;
        self.read += 1;
        self.open.push(self.files.folders.len());
        let (first, path_bytes) = (self.files.len() as u32, u32::try_from(path.len()).unwrap_or(u32::MAX));
        self.files.folders.push(Folder { tree, path_bytes, first, after: first, below: 0 });
        Walk::Enter
    }

    fn leave(&mut self) {
        let Some(at) = self.open.pop() else { return };
        let below = self.files.folders.len() - at - 1;
        let after = self.files.len() as u32;
        let folder = &mut self.files.folders[at];
        (folder.after, folder.below) = (after, below as u32);
        if folder.first == after {
            self.files.folders.truncate(at);
        }
    }

    fn file(&mut self, path: &[u8], blob: BlobId) {
        if self.is_full() {
            self.files.cut = true;
        } else {
            self.files.push(&String::from_utf8_lossy(path), blob);
        }
    }

    fn unread(&mut self, _: &[u8]) {
        self.files.unread += 1;
    }
}
