//! Facts as an indented list, for people who write queries (`preflag __facts FILE`) and for tests.

use super::facts::{NodeId, Part, Role};
use super::{Parse, ParseLimits, SourceFile};
use crate::location::RepoPath;
use std::fmt::Write as _;

/// Deeper nodes are shown at this depth.
const MAX_INDENT: usize = 40;

/// More characters of a node's text are not shown.
const MAX_TEXT: usize = 60;

/// Reads a file and shows its facts, or why there are none.
pub(super) fn of_file(path: &str) -> std::io::Result<String> {
    let text = String::from_utf8_lossy(&std::fs::read(path)?).into_owned();
    let file = SourceFile::analyse(RepoPath::new(path), text.into(), &ParseLimits::default());
    Ok(of(&file))
}

pub(super) fn of(file: &SourceFile) -> String {
    let facts = match &file.parse {
        Parse::Facts(facts) => facts,
        Parse::Fallback(reason) => return format!("{reason}\n"),
    };
    let mut labels = vec![String::new(); facts.nodes.len()];
    for owner in facts.ids() {
        for &(part, node) in facts.all_parts(owner) {
            let word = Part::ALL.iter().find(|(known, _)| *known == part).map_or("", |(_, word)| word);
            let whose = if facts.node(node).parent == owner { String::new() } else { format!("#{}.", owner.0) };
            let _ = write!(labels[node.0 as usize], "{whose}{word}: ");
        }
    }
    let mut depths = vec![0_usize; facts.nodes.len()];
    let mut out = String::new();
    for id in facts.ids() {
        let node = facts.node(id);
        if id != NodeId::MODULE {
            depths[id.0 as usize] = depths[node.parent.0 as usize] + 1;
        }
        let indent = "  ".repeat(depths[id.0 as usize].min(MAX_INDENT));
        let role = Role::ALL.iter().find(|(known, _)| *known == node.role).map_or("", |(_, word)| word);
        let line = file.lines.line(node.span.start);
        let text: String = file.text_of(id).lines().next().unwrap_or("").chars().take(MAX_TEXT).collect();
        let _ = writeln!(out, "{indent}{}{role} #{} line {line} `{text}`", labels[id.0 as usize], id.0);
    }
    for error in &facts.errors {
        let _ = writeln!(out, "the grammar lost its way in line {}", file.lines.line(error.start));
    }
    out
}
