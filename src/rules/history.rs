//! What names and messages in a history mean: who is a bot, what is a fix, what undoes. Data: `rules/history.yaml`.

use super::RuleError;
use serde::Deserialize;
use std::collections::HashSet;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawBots {
    name_ends: Vec<String>,
    names: HashSet<String>,
    addresses: Vec<String>,
}

/// What names and messages mean; all words are in lower case.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct HistoryRules {
    bots: RawBots,
    fix_words: HashSet<String>,
    revert_words: HashSet<String>,
    reapply_words: HashSet<String>,
    not_reverts: HashSet<String>,
    package_folders: HashSet<String>,
}

/// Where the rules stand.
const FILE: &str = "rules/history.yaml";

impl HistoryRules {
    pub(crate) fn load() -> Result<Self, RuleError> {
        super::builtin_file(FILE)
    }

    /// The rules as they are written: when they differ, what was made by them is made anew.
    pub(crate) fn written() -> &'static str {
        super::BUILTIN.iter().find(|(path, _)| *path == FILE).map_or("", |(_, text)| text)
    }

    /// Whether a name and an address are no person's.
    pub(crate) fn is_bot(&self, name: &str, email: &str) -> bool {
        let (name, email) = (name.trim().to_lowercase(), email.trim().to_lowercase());
        // `49699333+dependabot[bot]@users.noreply.github.com`
        let login = email.split('@').next().unwrap_or_default();
        let login = login.split_once('+').map_or(login, |(_, login)| login);
        self.bots.names.contains(&name)
            || self.bots.name_ends.iter().any(|end| name.ends_with(end.as_str()) || login.ends_with(end.as_str()))
            || self.bots.addresses.iter().any(|address| match address.ends_with('@') {
                true => email.starts_with(address.as_str()),
                false => email == *address,
            })
    }

    /// Whether a subject says that something is mended.
    pub(crate) fn is_fix(&self, subject: &str) -> bool {
        words(subject).any(|word| self.fix_words.contains(&word))
    }

    /// What stands behind the word of undoing that a text begins with, case as written.
    pub(crate) fn undone<'t>(&self, text: &'t str) -> Option<&'t str> {
        let rest = after_word(text, &self.revert_words)?;
        let next = words(rest).next().unwrap_or_default();
        (!self.not_reverts.contains(&next)).then_some(rest)
    }

    /// What stands behind the word of doing again that a text begins with.
    pub(crate) fn done_again<'t>(&self, text: &'t str) -> Option<&'t str> {
        after_word(text, &self.reapply_words)
    }

    /// Names of folders that hold packages rather than being one.
    pub(crate) fn package_folders(&self) -> &HashSet<String> {
        &self.package_folders
    }
}

/// Words of letters and digits, in lower case.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// What stands behind the first word, if that is one of these.
fn after_word<'t>(text: &'t str, of: &HashSet<String>) -> Option<&'t str> {
    let text = text.trim_start();
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '-').unwrap_or(text.len());
    of.contains(&text[..end].to_lowercase())
        .then(|| text[end..].trim_start_matches(|c: char| c == ':' || c.is_whitespace()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bots_are_told_from_people() {
        let rules = HistoryRules::load().expect("the built-in rules load");
        for (name, email) in [
            ("dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com"),
            ("Renovate Bot", "bot@renovateapp.com"),
            ("acme-bot", "x@acme.org"),
            ("GitHub Actions", "action@github.com"),
            ("Someone", "github-actions@acme.org"),
            ("Claude", "noreply@anthropic.com"),
        ] {
            assert!(rules.is_bot(name, email), "{name}");
        }
        for (name, email) in [
            ("Ada Lovelace", "ada@example.com"),
            ("Abbot", "abbot@example.com"),
            ("Talbot Smith", "1234+talbot@users.noreply.github.com"),
            ("Claude Monet", "claude@monet.fr"),
            ("", ""),
        ] {
            assert!(!rules.is_bot(name, email), "{name}");
        }
    }

    #[test]
    fn fixes_say_so() {
        let rules = HistoryRules::load().expect("the built-in rules load");
        for subject in ["fix: tax", "Fixes #12", "[hotfix] tax", "Bug in the tax", "feat!: a fix"] {
            assert!(rules.is_fix(subject), "{subject}");
        }
        for subject in ["Add prefix", "Fixture for taxes", "debug", ""] {
            assert!(!rules.is_fix(subject), "{subject}");
        }
    }
}
