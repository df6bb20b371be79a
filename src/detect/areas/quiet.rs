//! Changed tokens that only say how a value is shown to developers: `repr=False`.

use crate::location::Span;
use crate::rules::areas::AreaContext;
use crate::syntax::SourceFile;
use crate::syntax::facts::{Facts, NodeId, Part, Role};
use std::collections::BTreeMap;

/// How far up a token's options are looked for.
const MAX_DEPTH: usize = 6;

/// The changed tokens without the lines in which nothing but such options changed.
pub(super) fn without_quiet(file: &SourceFile, facts: &Facts, changed: &[Span]) -> Vec<Span> {
    let mut lines: BTreeMap<u32, (bool, bool)> = BTreeMap::new();
    for span in changed {
        let (quiet, speaks) = lines.entry(file.lines.line(span.start)).or_default();
        let is_quiet = is_quiet(file, facts, *span);
        *quiet |= is_quiet;
        *speaks |= !is_quiet && span.text(&file.text).bytes().any(|b| b.is_ascii_alphanumeric() || !b.is_ascii());
    }
    let is_kept = |span: &&Span| !matches!(lines.get(&file.lines.line(span.start)), Some((true, false)));
    changed.iter().filter(is_kept).copied().collect()
}

/// Whether the token belongs to such an option, or to a call that has no other arguments.
fn is_quiet(file: &SourceFile, facts: &Facts, token: Span) -> bool {
    let at = facts.innermost(token);
    let mut above = std::iter::once(at).chain(facts.ancestors(at)).take(MAX_DEPTH);
    above.any(|id| match facts.role(id) {
        Role::Keyword => is_option(file, facts, id),
        Role::Call => {
            let mut arguments = facts.parts(id, Part::Argument).peekable();
            arguments.peek().is_some() && arguments.all(|id| is_option(file, facts, id))
        }
        _ => false,
    })
}

fn is_option(file: &SourceFile, facts: &Facts, id: NodeId) -> bool {
    let name = facts.part(id, Part::Name).filter(|_| facts.role(id) == Role::Keyword);
    name.is_some_and(|name| AreaContext::built_in().ignores_option(file.text_of(name)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::location::RepoPath;
    use crate::syntax::ParseLimits;

    /// Of the tokens in the text that begin at one of these words, those that are left.
    fn left(text: &str, changed: &[&str]) -> Vec<String> {
        let file = SourceFile::analyse(RepoPath::new("app/login.py"), text.into(), &ParseLimits::default());
        let facts = file.facts().expect("the file is read");
        let tokens: Vec<Span> = facts.tokens.iter().map(|token| token.span).collect();
        let is_changed = |span: &&Span| changed.contains(&span.text(&file.text));
        let changed: Vec<Span> = tokens.iter().filter(is_changed).copied().collect();
        without_quiet(&file, facts, &changed).iter().map(|span| span.text(&file.text).to_owned()).collect()
    }

    #[test]
    fn an_option_of_how_a_field_is_shown_is_no_change_of_the_field() {
        let field = "class A:\n    refresh_token: str = field(repr=False)\n";
        assert!(left(field, &["=", "field", "(", "repr", "False", ")"]).is_empty());
        let field = "class A:\n    refresh_token: str = field(default=None, repr=False)\n";
        assert!(left(field, &[",", "repr", "False"]).is_empty());
    }

    #[test]
    fn what_changes_beside_the_option_is_left() {
        let field = "class A:\n    refresh_token: str = field(default=None, repr=False)\n";
        assert!(left(field, &["None", "repr", "False"]).contains(&"None".to_owned()));
        assert!(left(field, &["refresh_token", "repr"]).contains(&"refresh_token".to_owned()));
    }
}
