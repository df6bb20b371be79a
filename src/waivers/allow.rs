//! Who may waive what, by the rules of the config: as in CODEOWNERS, the last rule that is about a finding counts.
//!
//! A name is what a commit says it is, which anyone can write; the file is what was reviewed. So a rule can say which ways count.

use super::Claim;
use crate::config::{AllowRule, WaiversConfig, Who};
use crate::inventory::owners::CodeOwners;
use crate::report::{Finding, WaiverKind};

/// Names that a refusal lists.
const LISTED: usize = 4;

/// Who gave a waiver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Giver {
    /// What people read.
    pub(crate) name: String,
    pub(crate) email: Option<String>,
    /// By what rules may know them.
    known_as: Vec<Who>,
}

/// More characters of a name are not kept.
const MAX_NAME: usize = 100;

/// The addresses that GitHub gives to those who hide theirs: `1234+login@users.noreply.github.com`.
const NO_REPLY: &str = "@users.noreply.github.com";

impl Giver {
    /// The author of a commit.
    pub(super) fn author((name, email): &(String, String)) -> Self {
        let known_as: Vec<Who> = Who::of(email).into_iter().chain(login(email)).collect();
        let shown = if name.trim().is_empty() { email } else { name };
        Self { name: cut(shown), email: Some(cut(email)), known_as }
    }

    /// The author of a description: a login or a mail address.
    pub(super) fn describer(author: Option<&str>) -> Self {
        let author = author.map(str::trim).filter(|author| !author.is_empty());
        let known_as = author.and_then(|author| Who::of(author).or_else(|| Who::of(&format!("@{author}"))));
        Self {
            name: author.map_or_else(|| "the author of the description".to_owned(), cut),
            email: None,
            known_as: known_as.into_iter().collect(),
        }
    }

    /// The owner that the file names.
    pub(super) fn owner(text: &str) -> Self {
        let words = text.split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | ',' | '(' | ')'));
        Self { name: cut(text), email: None, known_as: words.filter_map(Who::of).collect() }
    }
}

fn cut(text: &str) -> String {
    text.chars().take(MAX_NAME).collect()
}

fn login(email: &str) -> Option<Who> {
    let name = email.strip_suffix(NO_REPLY)?;
    Who::of(&format!("@{}", name.rsplit('+').next().unwrap_or(name)))
}

/// The rules, and what they refer to.
#[derive(Clone, Copy)]
pub(super) struct Permissions<'a> {
    pub(super) config: &'a WaiversConfig,
    /// What errors call the config.
    pub(super) config_name: &'a str,
    pub(super) owners: &'a CodeOwners,
}

impl Permissions<'_> {
    /// Why whoever gave the waiver may not let this finding pass; `None` where they may.
    pub(super) fn refusal(&self, claim: &Claim, finding: &Finding) -> Option<String> {
        let rule = self.config.allow.iter().rev().find(|rule| is_about(rule, finding))?;
        let (what, config) = (finding.area.as_ref().unwrap_or(&finding.rule), self.config_name);
        let place = format!("`{what}` in `{}`", finding.path.as_str().replace('`', "'"));
        if !rule.from.is_empty() && !rule.from.contains(&claim.source.kind) {
            let ways: Vec<&str> = rule.from.iter().copied().map(way).collect();
            return Some(format!("{config} lets {place} be waived only by {}", ways.join(" or ")));
        }
        if rule.by.is_empty() {
            return Some(format!("{config} lets nobody waive {place}"));
        }
        let owners = self.owners.of(finding.path.as_str());
        let mut allowed: Vec<Who> = Vec::new();
        for who in &rule.by {
            match who {
                Who::CodeOwners => allowed.extend(owners.iter().filter_map(|owner| Who::of(owner))),
                who => allowed.push(who.clone()),
            }
        }
        let members = allowed.iter().filter_map(|who| match who {
            Who::Handle(team) => self.config.teams.get(team),
            _ => None,
        });
        let is_allowed = |who: &Who| allowed.contains(who) || members.clone().any(|members| members.contains(who));
        if claim.by.known_as.iter().any(is_allowed) {
            return None;
        }
        let names: Vec<&str> = allowed.iter().map(name).collect();
        let names = match names.split_at_checked(LISTED) {
            _ if names.is_empty() => "its owners, and CODEOWNERS names none".to_owned(),
            Some((first, rest)) if !rest.is_empty() => format!("{} and {} more", first.join(", "), rest.len()),
            _ => names.join(", "),
        };
        Some(format!("{config} lets only {names} waive {place}"))
    }
}

fn is_about(rule: &AllowRule, finding: &Finding) -> bool {
    let names = |what: &String| *what == finding.rule || finding.area.as_ref() == Some(what);
    let holds = |path: &crate::rules::pattern::Glob| path.matches(finding.path.as_str());
    (rule.what.is_empty() || rule.what.iter().any(names)) && (rule.paths.is_empty() || rule.paths.iter().any(holds))
}

fn name(who: &Who) -> &str {
    match who {
        Who::Email(name) | Who::Handle(name) => name,
        Who::CodeOwners => "CODEOWNERS",
    }
}

fn way(kind: WaiverKind) -> &'static str {
    match kind {
        WaiverKind::Commit => "a commit",
        WaiverKind::Description => "the description",
        WaiverKind::File => super::FILES[0],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_go_by_address_login_and_team() {
        let author = |email: &str| Giver::author(&("Ana".to_owned(), email.to_owned())).known_as;
        assert_eq!(author("Ana@Example.com"), [Who::Email("ana@example.com".into())]);
        assert!(author("12+Octo-Cat@users.noreply.github.com").contains(&Who::Handle("@octo-cat".into())));
        assert_eq!(author("no address"), []);
        assert_eq!(Giver::describer(Some("Octocat")).known_as, [Who::Handle("@octocat".into())]);
        assert_eq!(Giver::describer(Some("a@b.c")).known_as, [Who::Email("a@b.c".into())]);
        assert_eq!(Giver::describer(None).known_as, []);
        let owner = Giver::owner("Ana <ana@example.com>, @acme/payments");
        assert_eq!(owner.known_as, [Who::Email("ana@example.com".into()), Who::Handle("@acme/payments".into())]);
    }
}
