//! What kind of file a path names: code, tests, generated, vendored, docs, config.
//!
//! The data stand in `rules/files.yaml`. A path is judged without reading the file; for what would be code, config or
//! tests, the first lines can still say that the file is generated.

use super::pattern::{Glob, Segment};
use super::{RuleError, builtin_file};
use crate::location::RepoPath;
use serde::Deserialize;
use std::collections::HashMap;

/// What a file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum FileKind {
    /// What the product does: programs, templates, schemas, migrations, and scripts.
    Code,
    /// Tests, mocks, fixtures, stories.
    Test,
    /// Written by a program, from another file.
    Generated,
    /// Somebody else's code, kept in the repository.
    Vendored,
    /// Text for people: documents, licenses, translations.
    Docs,
    /// Settings of the product, the build and the tools.
    Config,
    /// None of these: images, styles, data.
    Other,
}

/// The patterns of `rules/files.yaml`, ready for use.
#[derive(Debug)]
pub(crate) struct FileKinds {
    /// `**/NAME/**`: by the name of any folder of the path.
    folders: HashMap<String, Rank>,
    /// `**/NAME`: by the file's name.
    names: HashMap<String, Rank>,
    /// `**/*.EXT`: by what follows the last dot.
    extensions: HashMap<String, Rank>,
    /// All other patterns, best rank first.
    others: Vec<(Rank, Vec<Segment>)>,
    markers: Vec<String>,
}

/// The place of a rule in the file: the smallest wins.
type Rank = (u8, FileKind);

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawFileKinds {
    /// From the strongest to the weakest.
    kinds: Vec<RawRule>,
    generated_markers: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    kind: FileKind,
    paths: Vec<Glob>,
}

/// How much of a text is searched for a marker of generated code.
const HEADER_LINES: usize = 5;
const HEADER_BYTES: usize = 1024;

impl FileKinds {
    pub(crate) fn builtin() -> Result<Self, RuleError> {
        Ok(Self::new(builtin_file("rules/files.yaml")?))
    }

    fn new(raw: RawFileKinds) -> Self {
        let mut kinds = Self {
            folders: HashMap::new(),
            names: HashMap::new(),
            extensions: HashMap::new(),
            others: Vec::new(),
            markers: raw.generated_markers,
        };
        for (at, rule) in raw.kinds.iter().enumerate() {
            let rank = (u8::try_from(at).unwrap_or(u8::MAX), rule.kind);
            for pattern in rule.paths.iter().flat_map(Glob::alternatives) {
                kinds.add(rank, pattern);
            }
        }
        kinds
    }

    fn add(&mut self, rank: Rank, pattern: &[Segment]) {
        let (table, key) = match pattern {
            [Segment::Any, Segment::Literal(folder), Segment::Any] => (&mut self.folders, folder.as_str()),
            [Segment::Any, Segment::Literal(name)] => (&mut self.names, name.as_str()),
            [Segment::Any, Segment::Wildcard(name)] if is_extension(name) => (&mut self.extensions, &name[2..]),
            _ => return self.others.push((rank, pattern.to_vec())),
        };
        table.entry(key.to_owned()).or_insert(rank);
    }

    /// The kind of a file, by its path and, where it matters, by the first lines of its text.
    pub(crate) fn kind(&self, path: &RepoPath, text: &str) -> FileKind {
        let (rank, kind) = self.rank(path);
        let may_be_generated = !matches!(kind, FileKind::Vendored | FileKind::Generated | FileKind::Docs) && rank > 0;
        if may_be_generated && self.has_marker(text) { FileKind::Generated } else { kind }
    }

    /// The kind of a file by its path alone.
    pub(crate) fn kind_of_path(&self, path: &RepoPath) -> FileKind {
        self.rank(path).1
    }

    fn rank(&self, path: &RepoPath) -> Rank {
        let segments: Vec<&str> = path.as_str().split('/').collect();
        let (name, folders) = segments.split_last().map_or(("", &[][..]), |(name, folders)| (*name, folders));
        let by_folder = folders.iter().filter_map(|folder| self.folders.get(*folder)).min();
        let by_name = self.names.get(name);
        let by_extension = name.rsplit_once('.').and_then(|(_, extension)| self.extensions.get(extension));
        let known = by_folder.into_iter().chain(by_name).chain(by_extension).min().copied();
        let limit = known.map_or(u8::MAX, |(rank, _)| rank);
        let stronger = self.others.iter().take_while(|((rank, _), _)| *rank < limit);
        let other = stronger.filter(|(_, pattern)| super::pattern::segments_match(pattern, &segments)).next();
        other.map(|(rank, _)| *rank).or(known).unwrap_or((u8::MAX, FileKind::Other))
    }

    fn has_marker(&self, text: &str) -> bool {
        let mut end = text.len().min(HEADER_BYTES);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let lines = text[..end].lines().take(HEADER_LINES);
        lines.into_iter().any(|line| self.markers.iter().any(|marker| has_word(line, marker)))
    }
}

/// True for `*.EXT` with one dot.
fn is_extension(pattern: &str) -> bool {
    pattern.strip_prefix("*.").is_some_and(|rest| !rest.contains(['*', '?', '.']))
}

/// True where the marker stands by itself: `@generated` is not in `@generated/client` or `@generatedBy`.
fn has_word(line: &str, marker: &str) -> bool {
    line.match_indices(marker).any(|(at, _)| {
        let next = line[at + marker.len()..].chars().next();
        next.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '/' | '-' | '_'))
    })
}
