//! Where a pre-push hook belongs in a repository, what stands there, and putting ours there or taking it away.
//!
//! What somebody else wrote is never touched: then the plan says what to add, and where.

use crate::git::{GitError, Repository};
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

/// The hook, whole.
pub(crate) const SCRIPT: &str = r#"#!/bin/sh
# preflag hook 1: judges what is pushed before it leaves. `git push --no-verify` goes without it once, and
# `preflag hook uninstall` removes this file.
if command -v preflag >/dev/null 2>&1; then
    exec preflag hook run -- "$@"
fi
echo 'preflag is not on the PATH, so this push was not judged.' >&2
"#;

/// The line by which a hook of ours is known, whatever else stands there.
const MARKER: &str = "# preflag hook ";

/// For a hook that is there already. It hands on what git tells it.
const IN_A_HOOK: &str = r#"pushed=$(cat)
if command -v preflag >/dev/null 2>&1; then
    printf '%s\n' "$pushed" | preflag hook run -- "$@" || exit 1
fi
exec <<EOF
$pushed
EOF
"#;

const IN_LEFTHOOK: &str = "\
pre-push:
  commands:
    preflag:
      run: preflag hook run
      use_stdin: true
";

const IN_PRE_COMMIT: &str = concat!(
    "  - repo: https://github.com/preflag/preflag\n    rev: v",
    env!("CARGO_PKG_VERSION"),
    "   # a tag or a commit of preflag\n    hooks:\n      - id: preflag   # preflag-system: the preflag on your PATH, nothing to build\n"
);

/// The most of a foreign file that is looked at, in bytes.
const MAX_BYTES: u64 = 256 << 10;

/// What is to be done to have the hook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Plan {
    /// Write [`SCRIPT`] here, where nothing is.
    Write { path: PathBuf },
    /// It is there; the file that calls it.
    Installed { path: PathBuf },
    /// It has our marker, but is another text: edited, or from another version.
    Edited { path: PathBuf },
    /// Others own the place.
    Add(Advice),
}

/// What a person has to add, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Advice {
    /// `This repository uses husky`
    pub(crate) why: String,
    /// The file to add it to.
    pub(crate) place: PathBuf,
    /// Where in the file.
    pub(crate) spot: &'static str,
    pub(crate) lines: &'static str,
    /// What to run afterwards.
    pub(crate) then: Option<&'static str>,
}

/// The hook could not be looked at or put in its place.
#[derive(Debug, thiserror::Error)]
pub(crate) enum HookError {
    #[error("this repository is bare: nobody pushes from it, so there is no place for a pre-push hook")]
    Bare,
    #[error(transparent)]
    Git(#[from] GitError),
    #[error("{path} cannot be read: {source}", path = path.display())]
    Read { path: PathBuf, source: std::io::Error },
    #[error("{path} cannot be written: {source}", path = path.display())]
    Write { path: PathBuf, source: std::io::Error },
    #[error("{path} cannot be removed: {source}", path = path.display())]
    Remove { path: PathBuf, source: std::io::Error },
    #[error("{path} is not as preflag wrote it, so it was left as it is", path = path.display())]
    Edited { path: PathBuf },
}

impl HookError {
    pub(crate) fn hint(&self) -> Option<String> {
        match self {
            Self::Bare => Some("Run this in a clone that has a work tree.".to_owned()),
            Self::Git(error) => error.hint(),
            Self::Edited { .. } => {
                Some("Look at it, then remove the file or what is of preflag in it yourself.".to_owned())
            }
            Self::Read { .. } | Self::Write { .. } | Self::Remove { .. } => None,
        }
    }
}

/// A tool that owns the hooks of a repository.
struct Manager {
    name: &'static str,
    /// Its files, from the root; the first that is there is the one to add to.
    files: &'static [&'static str],
    /// The file to add to, where it is another one.
    add_to: Option<&'static str>,
    spot: &'static str,
    lines: &'static str,
    then: Option<&'static str>,
}

const MANAGERS: [Manager; 3] = [
    Manager {
        name: "husky",
        files: &[".husky"],
        add_to: Some(".husky/pre-push"),
        spot: "at the top of the file, which may have to be made",
        lines: IN_A_HOOK,
        then: None,
    },
    Manager {
        name: "lefthook",
        files: &[
            "lefthook.yml",
            "lefthook.yaml",
            "lefthook.toml",
            "lefthook.json",
            ".lefthook.yml",
            ".lefthook.yaml",
            ".config/lefthook.yml",
            ".config/lefthook.yaml",
        ],
        add_to: None,
        spot: "to the commands of `pre-push`",
        lines: IN_LEFTHOOK,
        then: Some("lefthook install"),
    },
    Manager {
        name: "pre-commit",
        files: &[".pre-commit-config.yaml", ".pre-commit-config.yml"],
        add_to: None,
        spot: "below `repos:`",
        lines: IN_PRE_COMMIT,
        then: Some("pre-commit install --hook-type pre-push"),
    },
];

/// Finds out what is to be done.
pub(crate) fn plan(repository: &Repository) -> Result<Plan, HookError> {
    let root = repository.workdir().ok_or(HookError::Bare)?;
    let folder = repository.hook_folder()?;
    let path = folder.path.join("pre-push");
    let found = look(&path)?;
    match &found {
        Found::Ours => return Ok(Plan::Installed { path }),
        Found::Edited => return Ok(Plan::Edited { path }),
        Found::Nothing | Found::Other { .. } => {}
    }
    if let Some(plan) = managed(&root)? {
        return Ok(plan);
    }
    let advice = |why: &str| {
        Plan::Add(Advice {
            why: why.to_owned(),
            place: path.clone(),
            spot: "at its top, below `#!/bin/sh`",
            lines: IN_A_HOOK,
            then: None,
        })
    };
    Ok(match found {
        Found::Other { calls_us: true } => Plan::Installed { path },
        Found::Other { calls_us: false } => advice("There is a pre-push hook already"),
        _ if !folder.own => {
            advice("`core.hooksPath` names a folder that is not this repository's alone, so nothing is written there")
        }
        _ => Plan::Write { path },
    })
}

fn managed(root: &Path) -> Result<Option<Plan>, HookError> {
    for manager in &MANAGERS {
        let Some(file) = manager.files.iter().find(|file| root.join(file).symlink_metadata().is_ok()) else { continue };
        let place = root.join(manager.add_to.unwrap_or(file));
        if let Found::Other { calls_us: true } | Found::Ours = look(&place)? {
            return Ok(Some(Plan::Installed { path: place }));
        }
        let why = format!("The hooks of this repository belong to {}", manager.name);
        let (spot, lines, then) = (manager.spot, manager.lines, manager.then);
        return Ok(Some(Plan::Add(Advice { why, place, spot, lines, then })));
    }
    Ok(None)
}

/// What stands at a path.
enum Found {
    Nothing,
    Ours,
    Edited,
    Other { calls_us: bool },
}

fn look(path: &Path) -> Result<Found, HookError> {
    let fail = |source| HookError::Read { path: path.to_path_buf(), source };
    match path.symlink_metadata() {
        // Below a device, as with `core.hooksPath=/dev/null`, there is nothing either.
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(Found::Nothing);
        }
        Err(source) => return Err(fail(source)),
        // A link, a folder, a device: somebody else's, and not read.
        Ok(metadata) if !metadata.is_file() => return Ok(Found::Other { calls_us: false }),
        Ok(_) => {}
    }
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(MAX_BYTES).read_to_end(&mut bytes)).map_err(fail)?;
    let text = String::from_utf8_lossy(&bytes);
    Ok(match text.as_ref() {
        SCRIPT => Found::Ours,
        text if text.lines().any(|line| line.starts_with(MARKER)) => Found::Edited,
        text => Found::Other { calls_us: text.lines().any(calls_us) },
    })
}

/// A line that runs preflag, and no remark.
fn calls_us(line: &str) -> bool {
    !line.trim_start().starts_with('#')
        && (line.contains("preflag hook run") || line.contains("id: preflag") || line.contains("\"preflag hook"))
}

/// Writes the hook where the plan says that nothing is.
pub(crate) fn write(path: &Path) -> Result<(), HookError> {
    let fail = |source| HookError::Write { path: path.to_path_buf(), source };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(fail)?;
    }
    let mut options = OpenOptions::new();
    // Never over something that came meanwhile.
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o755);
    options.open(path).and_then(|mut file| file.write_all(SCRIPT.as_bytes())).map_err(fail)
}

/// Removes our hook; the path where it was, and none where there is none of ours.
pub(crate) fn remove(repository: &Repository) -> Result<(PathBuf, bool), HookError> {
    let path = repository.hook_folder()?.path.join("pre-push");
    match look(&path)? {
        Found::Ours => {
            fs::remove_file(&path).map_err(|source| HookError::Remove { path: path.clone(), source })?;
            Ok((path, true))
        }
        Found::Edited => Err(HookError::Edited { path }),
        Found::Nothing | Found::Other { .. } => Ok((path, false)),
    }
}
