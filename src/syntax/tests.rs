//! The engine against tree-sitter's own, and on sources small enough to read.

use super::{FileKind, ParseLimits, SourceFile, differential, guard, language};
use crate::location::RepoPath;
use std::path::{Path, PathBuf};

fn analyse(path: &str, text: &str) -> SourceFile {
    SourceFile::analyse(RepoPath::new(path), text.into(), FileKind::Code, &ParseLimits::default())
}

#[test]
fn every_embedded_language_loads() {
    for language in language::languages() {
        if let Err(error) = language.load() {
            panic!("{error}");
        }
    }
}

#[test]
fn ordinary_files_are_parsed_in_this_process() {
    // Also of a checkout of some large project, where a few in a thousand may be suspicious.
    let corpus = std::env::var_os("PREFLAG_TEST_CORPUS").map(PathBuf::from);
    let testdata = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata");
    for folder in std::iter::once(testdata).chain(corpus) {
        let mut files = Vec::new();
        differential::files_below(&folder, &mut files);
        let (mut all, mut suspicious) = (0, Vec::new());
        for file in files {
            let name = file.to_string_lossy().into_owned();
            let Some(language) = super::language_for(&RepoPath::new(&name)) else { continue };
            let Ok(text) = std::fs::read_to_string(&file) else { continue };
            all += 1;
            suspicious
                .extend(guard::suspicion(&text, language.loaded().lexis).map(|reason| format!("{name}: {reason}")));
        }
        assert!(suspicious.len() * 100 <= all, "{} of {all}:\n{}", suspicious.len(), suspicious.join("\n"));
    }
}
