//! The engine against tree-sitter's own, and on sources small enough to read.

use super::facts::{Facts, NodeId};
use super::{FileKind, Parse, ParseLimits, SourceFile, language};
use crate::location::RepoPath;

fn analyse(path: &str, text: &str) -> SourceFile {
    SourceFile::analyse(RepoPath::new(path), text.into(), FileKind::Code, &ParseLimits::default())
}

/// The facts as an indented list: part, role, text.
fn outline(file: &SourceFile) -> String {
    let facts = file.facts().expect("parsed");
    let mut out = String::new();
    let mut at = vec![(NodeId::MODULE, 0)];
    while let Some((id, depth)) = at.pop() {
        let parts: Vec<String> = facts
            .ids()
            .flat_map(|owner| facts.node(owner).parts.iter().map(move |part| (owner, part)))
            .filter(|(_, (_, node))| *node == id)
            .map(|(owner, (part, _))| format!("{:?} of {}", part, owner.0))
            .collect();
        let text: String = file.text_of(id).chars().take(30).collect();
        out.push_str(&format!("{}{} {:?} {:?} {}\n", "  ".repeat(depth), id.0, facts.role(id), text, parts.join(", ")));
        let children: Vec<NodeId> = facts.children(id).collect();
        at.extend(children.into_iter().rev().map(|child| (child, depth + 1)));
    }
    out
}

#[test]
fn every_embedded_language_loads() {
    for language in language::languages() {
        if let Err(error) = language.load() {
            panic!("{error}");
        }
    }
}
