//! Contexts that one file makes and provides: whether another file provides them as well, with who knows what.

use crate::detect::wrapper::Shape;
use crate::gating::wrappers::Declared;
use crate::index::{self, Tree};
use crate::location::RepoPath;
use crate::rules::RuleSet;
use crate::rules::files::FileKind;

/// Leaves out the contexts that other files may provide.
pub(super) fn only_provided_here(
    tree: Tree<'_>,
    rules: &RuleSet,
    path: &RepoPath,
    mut declared: Vec<Declared>,
) -> Vec<Declared> {
    let provides = |file: &RepoPath, name: &str| {
        let Some(text) = tree.text(file.as_str()) else { return true };
        let is_provider = |member: &str| index::places(&text, &format!("{name}.{member}")).next().is_some();
        // Under another name it is not looked for.
        let is_renamed =
            || index::places(&text, name).any(|at| text[at + name.len()..].trim_start().starts_with("as "));
        !matches!(rules.files.kind(file, &text), FileKind::Test | FileKind::Docs | FileKind::Vendored)
            && (rules.flags.context_providers().any(is_provider) || is_renamed())
    };
    declared.retain(|declared| {
        let name = declared.wrapper.name.as_str();
        !matches!(declared.wrapper.shape, Shape::Context { .. })
            || tree.is_whole() && tree.mentioning(&[name]).iter().all(|file| file == path || !provides(file, name))
    });
    declared
}
