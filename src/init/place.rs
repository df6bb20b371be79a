//! The files to write, held against what stands in the work tree, and written where nothing is.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

/// A larger file is not compared (bytes).
const MAX_BYTES: u64 = 256 << 10;

/// A file of the work tree, as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    /// From the root, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
    pub(crate) state: State,
}

/// What stands in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum State {
    New,
    Same,
    /// Another text, which stays.
    Differs {
        there: String,
    },
    /// Something else does its work: this file.
    Elsewhere {
        path: String,
    },
    /// Nothing can be written there, and why.
    Refused {
        why: String,
    },
}

/// A file could not be read or written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum InitError {
    #[error("{path} cannot be read: {source}", path = path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("{path} cannot be written: {source}", path = path.display())]
    Write { path: PathBuf, source: io::Error },
}

/// Looks at what stands in the place of a file.
pub(crate) fn piece(root: &Path, path: &str, text: String) -> Result<Piece, InitError> {
    let state = state(root, path, &text)?;
    Ok(Piece { path: path.to_owned(), text, state })
}

fn state(root: &Path, path: &str, text: &str) -> Result<State, InitError> {
    let mut place = root.to_path_buf();
    let mut names = path.split('/').peekable();
    while let Some(name) = names.next() {
        place.push(name);
        let is_last = names.peek().is_none();
        let refused = |why: &str| Ok(State::Refused { why: format!("`{}` {why}", shown(&place, root)) });
        let metadata = match place.symlink_metadata() {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(State::New),
            Err(source) => return Err(InitError::Read { path: place, source }),
            Ok(metadata) => metadata,
        };
        // It may lead out of the repository.
        if metadata.is_symlink() {
            return refused("is a link, and links are not followed here");
        }
        match is_last {
            false if !metadata.is_dir() => return refused("is no folder"),
            true if !metadata.is_file() => return refused("is no file"),
            _ => {}
        }
    }
    let there = read(&place)?;
    Ok(if there == text { State::Same } else { State::Differs { there } })
}

fn shown(place: &Path, root: &Path) -> String {
    place.strip_prefix(root).unwrap_or(place).display().to_string()
}

fn read(path: &Path) -> Result<String, InitError> {
    let fail = |source| InitError::Read { path: path.to_path_buf(), source };
    let mut bytes = Vec::new();
    fs::File::open(path).and_then(|file| file.take(MAX_BYTES).read_to_end(&mut bytes)).map_err(fail)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A workflow that runs the Action already, by its path from the root.
pub(crate) fn workflow_with_us(root: &Path, own: &str) -> Option<String> {
    let folder = ".github/workflows";
    let place = root.join(folder);
    // As above: no way through a link.
    let is_folder = |path: &Path| path.symlink_metadata().is_ok_and(|metadata| metadata.is_dir());
    if !is_folder(&root.join(".github")) || !is_folder(&place) {
        return None;
    }
    let mut names: Vec<String> =
        fs::read_dir(place).ok()?.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    names.sort_unstable();
    let uses = |path: &String| {
        let place = root.join(path);
        let is_file = place.symlink_metadata().is_ok_and(|metadata| metadata.is_file());
        let calls = |line: &str| {
            let line = line.trim_start();
            !line.starts_with('#') && (line.contains("uses: preflag/preflag@") || line.contains("preflag scan"))
        };
        is_file && read(&place).is_ok_and(|text| text.lines().any(calls))
    };
    let yaml = |name: &String| name.ends_with(".yml") || name.ends_with(".yaml");
    names.into_iter().filter(yaml).map(|name| format!("{folder}/{name}")).filter(|path| path != own).find(uses)
}

/// Writes a file where nothing is; one that came meanwhile is not touched.
pub(crate) fn write(root: &Path, piece: &Piece) -> Result<(), InitError> {
    let path = root.join(&piece.path);
    let fail = |source| InitError::Write { path: path.clone(), source };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(fail)?;
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(&path).map_err(fail)?;
    file.write_all(piece.text.as_bytes()).map_err(fail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let state = |path: &str| piece(folder.path(), path, "a\n".into()).expect("it can be looked at").state;
        assert_eq!(state("x/y.yml"), State::New);
        let new = piece(folder.path(), "x/y.yml", "a\n".into()).expect("it can be looked at");
        write(folder.path(), &new).expect("it can be written");
        assert_eq!(state("x/y.yml"), State::Same);
        assert!(write(folder.path(), &new).is_err(), "never over a file");
        fs::write(folder.path().join("x/y.yml"), "b\n").expect("it can be written");
        assert_eq!(state("x/y.yml"), State::Differs { there: "b\n".into() });
        assert!(matches!(state("x"), State::Refused { .. }));
        assert!(matches!(state("x/y.yml/z"), State::Refused { .. }));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed() {
        let (folder, elsewhere) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        std::os::unix::fs::symlink(elsewhere.path(), folder.path().join(".github")).expect("links can be made");
        std::os::unix::fs::symlink("/no/such/file", folder.path().join("dead")).expect("links can be made");
        for path in [".github/workflows/preflag.yml", "dead"] {
            let state = piece(folder.path(), path, "a\n".into()).expect("it can be looked at").state;
            assert!(matches!(state, State::Refused { .. }), "{path}: {state:?}");
        }
        fs::create_dir(elsewhere.path().join("workflows")).expect("a folder");
        fs::write(elsewhere.path().join("workflows/a.yml"), "uses: preflag/preflag@v1").expect("a file");
        assert_eq!(workflow_with_us(folder.path(), "x"), None);
    }
}
