//! What earlier runs learned, in the folder `preflag` of the git directory. Nothing depends on it but time.
//!
//! A file there is whole or as good as none: it is written beside its place and then moved there, so any number of runs may
//! read and write at once, and it begins with a checksum. Whatever is wrong with it or with the folder (damage, another
//! version, a link, no space, no permission), the run goes on without. What is in a file is known by git's names for it, so
//! nothing in it gets old; what the bytes say is up to the stage that writes them.

pub(crate) mod bytes;

use crate::git::Repository;
use bytes::checksum;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// The folder in the git directory.
const FOLDER: &str = "preflag";

/// A file of the cache.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kept {
    /// The listing of a tree.
    Files,
    /// The words of contents.
    Words,
    /// The commits of a line.
    History,
    /// The sizes and lines of past changes.
    Diffs,
    /// The scores of recent changes.
    Recent,
}

impl Kept {
    const ALL: [Self; 5] = [Self::Files, Self::Words, Self::History, Self::Diffs, Self::Recent];

    fn name(self) -> &'static str {
        match self {
            Self::Files => "files",
            Self::Words => "words",
            Self::History => "history",
            Self::Diffs => "diffs",
            Self::Recent => "recent",
        }
    }
}

/// What a file ends in while it is written.
const UNFINISHED: &str = ".tmp";

/// Changes with the layout of any file, and with the definition or hash of a word.
const FORMAT: u32 = 1;

/// No file is larger (bytes).
pub(crate) const MAX_BYTES: usize = 64 << 20;

/// Marks a file as ours.
const MAGIC: &[u8; 8] = b"preflag\n";

/// The bytes in front of every content: magic, format, tool version, checksum.
pub(crate) const HEADER: usize = 8 + 4 + 12 + 8;

/// What a run that broke off left behind is removed after this time.
const LEFT_BEHIND: Duration = Duration::from_secs(3600);

/// More entries of the folder than this are not looked at.
const MAX_ENTRIES: usize = 1_000;

/// The cache of one repository, which all its work trees share.
#[derive(Debug, Clone)]
pub(crate) struct Cache {
    folder: PathBuf,
}

impl Cache {
    pub(crate) fn of(repository: &Repository) -> Self {
        Self { folder: repository.common_dir().join(FOLDER) }
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// How many bytes its files have; 0 where there are none.
    pub(crate) fn bytes(&self) -> io::Result<u64> {
        let sizes = self.entries()?.into_iter().map(|path| fs::symlink_metadata(path).map(|metadata| metadata.len()));
        sizes.sum()
    }

    /// Removes its files, and the folder if nothing else is in it.
    pub(crate) fn clear(&self) -> io::Result<()> {
        for path in self.entries()? {
            match fs::remove_file(path) {
                // Another run was faster.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                done => done?,
            }
        }
        // What somebody else put there stays.
        let _ = if self.is_folder() { fs::remove_dir(&self.folder) } else { Ok(()) };
        Ok(())
    }

    /// Whether there may be such a file.
    pub(crate) fn has(&self, kept: Kept) -> bool {
        self.is_folder() && self.folder.join(kept.name()).is_file()
    }

    /// A whole file of this version; its content begins behind [`HEADER`] bytes.
    pub(crate) fn read(&self, kept: Kept) -> Option<Vec<u8>> {
        if !self.is_folder() {
            return None;
        }
        let file = open(&self.folder.join(kept.name())).ok()?;
        let metadata = file.metadata().ok().filter(fs::Metadata::is_file)?;
        let length = usize::try_from(metadata.len()).ok().filter(|&length| (HEADER..=MAX_BYTES).contains(&length))?;
        // One byte more tells that it grew meanwhile, and saves growing the buffer.
        let mut bytes = Vec::with_capacity(length + 1);
        file.take(length as u64 + 1).read_to_end(&mut bytes).ok()?;
        (bytes.len() == length && bytes[..HEADER] == header(&bytes[HEADER..])).then_some(bytes)
    }

    /// Puts a file in its place, or leaves everything as it was. The first [`HEADER`] bytes are still to be filled in.
    pub(crate) fn keep(&self, kept: Kept, bytes: &mut [u8]) {
        if bytes.len() > MAX_BYTES {
            return;
        }
        let header = header(&bytes[HEADER..]);
        bytes[..HEADER].copy_from_slice(&header);
        // Where it cannot be written, the next run reads again what this one read.
        let _ = self.write(kept.name(), bytes);
    }

    fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        if !self.is_folder() {
            fs::create_dir(&self.folder)?;
        }
        self.remove_left_behind();
        static WRITTEN: AtomicU32 = AtomicU32::new(0);
        let number = WRITTEN.fetch_add(1, Ordering::Relaxed);
        let unfinished = self.folder.join(format!("{name}.{}.{number}{UNFINISHED}", std::process::id()));
        let mut file = OpenOptions::new().write(true).create_new(true).open(&unfinished)?;
        let written = file.write_all(bytes).and_then(|()| fs::rename(&unfinished, self.folder.join(name)));
        if written.is_err() {
            let _ = fs::remove_file(&unfinished);
        }
        written
    }

    fn remove_left_behind(&self) {
        let is_old = |path: &PathBuf| {
            let modified = fs::symlink_metadata(path).and_then(|metadata| metadata.modified());
            modified.is_ok_and(|time| time.elapsed().is_ok_and(|age| age > LEFT_BEHIND))
        };
        let unfinished = |path: &PathBuf| path.extension().is_some_and(|extension| extension == &UNFINISHED[1..]);
        for path in self.entries().unwrap_or_default().into_iter().filter(unfinished).filter(is_old) {
            let _ = fs::remove_file(path);
        }
    }

    /// The files that are ours.
    fn entries(&self) -> io::Result<Vec<PathBuf>> {
        if !self.is_folder() {
            return Ok(Vec::new());
        }
        let ours = |entry: fs::DirEntry| {
            let name = entry.file_name();
            let name = name.to_str()?;
            let is_ours = Kept::ALL.iter().any(|ours| {
                name.strip_prefix(ours.name())
                    .is_some_and(|rest| rest.is_empty() || (rest.starts_with('.') && rest.ends_with(UNFINISHED)))
            });
            is_ours.then(|| entry.path())
        };
        let entries = fs::read_dir(&self.folder)?.take(MAX_ENTRIES);
        entries.filter_map(|entry| entry.map(ours).transpose()).collect()
    }

    /// A link in its place could lead anywhere.
    fn is_folder(&self) -> bool {
        fs::symlink_metadata(&self.folder).is_ok_and(|metadata| metadata.is_dir())
    }
}

/// What stands before a content.
fn header(content: &[u8]) -> [u8; HEADER] {
    let mut header = [0; HEADER];
    header[..8].copy_from_slice(MAGIC);
    header[8..12].copy_from_slice(&FORMAT.to_le_bytes());
    let version = env!("CARGO_PKG_VERSION").as_bytes();
    header[12..24].iter_mut().zip(version).for_each(|(place, byte)| *place = *byte);
    header[24..].copy_from_slice(&checksum(content).to_le_bytes());
    header
}

/// Opens a file for reading; a link is refused, and a pipe does not make the run wait.
fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, libc::O_NOFOLLOW | libc::O_NONBLOCK);
    options.open(path)
}
