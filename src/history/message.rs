//! What the message of a commit says: its title, its pull request, whether it mends, and what it undoes.
//!
//! Merges and squashed pull requests are read as the forges write them (GitHub, GitLab, Bitbucket, Azure DevOps, merge
//! queues). What undoes an undoing does a thing again, and undoes nothing.

use super::Reverted;
use crate::rules::history::HistoryRules;

/// Longer titles are cut.
const MAX_TITLE_CHARS: usize = 300;

/// Lines of a message that are read.
const MAX_LINES: usize = 2_000;

/// What one revert can name.
const MAX_REVERTED: usize = 20;

/// What a message says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) title: String,
    pub(super) pull: Option<u64>,
    pub(super) is_fix: bool,
    pub(super) reverts: Vec<Reverted>,
}

/// Reads the message of a commit; `merged` is that of the only commit which a merge merges.
pub(super) fn read(message: &str, is_merge: bool, merged: Option<&str>, rules: &HistoryRules) -> Told {
    let (first, body) = message.split_once('\n').unwrap_or((message, ""));
    let head = Head::of(first.trim(), body, is_merge);
    let of_merged = merged.map(|merged| read(merged, false, None, rules));
    let mut told = match (head.title, &of_merged) {
        (Some(title), _) => Told { title: cut(title), ..Told::default() },
        (None, Some(merged)) => Told { title: merged.title.clone(), pull: merged.pull, ..Told::default() },
        (None, None) => Told { title: cut(first.trim()), ..Told::default() },
    };
    told.pull = head.pull.or(told.pull);
    if let (title, Some(pull)) = without_number(&told.title) {
        told.title = title.to_owned();
        told.pull = told.pull.or(Some(pull));
    }
    let saying = Saying::of(&told.title, rules);
    match &saying {
        Saying::Again => {}
        Saying::Undoes(reverts) => {
            told.reverts.extend(reverts.iter().cloned());
            told.reverts.extend(head.branch.and_then(number_of_revert_branch).map(Reverted::Pull));
            told.reverts.extend(in_body(body));
            told.reverts.extend(of_merged.into_iter().flat_map(|merged| merged.reverts));
        }
        Saying::Else => {
            // The titles of what was squashed, one by one: what the branch undid within itself.
            let squashed = body.lines().any(|line| line.starts_with("* "));
            told.reverts.extend(in_body(body).into_iter().filter(|_| !squashed));
            told.reverts.extend(of_merged.into_iter().flat_map(|merged| merged.reverts));
        }
    }
    let mut seen = Vec::new();
    told.reverts.retain(|one| {
        !seen.contains(one) && {
            seen.push(one.clone());
            seen.len() <= MAX_REVERTED
        }
    });
    told.is_fix = told.reverts.is_empty() && rules.is_fix(&told.title);
    told
}

/// What the first line of a message says of a pull request.
#[derive(Default)]
struct Head<'m> {
    /// `None` where the message has no title of its own.
    title: Option<&'m str>,
    pull: Option<u64>,
    branch: Option<&'m str>,
}

impl<'m> Head<'m> {
    fn of(first: &'m str, body: &'m str, is_merge: bool) -> Self {
        let lower = first.to_ascii_lowercase();
        let of_gitlab = || body.lines().filter_map(|line| line.strip_prefix("See merge request ")).find_map(number_in);
        // Azure DevOps: `Merged PR 12: Title`.
        if let Some(rest) = lower.strip_prefix("merged pr ") {
            let rest = &first[first.len() - rest.len()..];
            if let Some((number, title)) = rest.split_once(':') {
                return Self { title: Some(title.trim()), pull: number.trim().parse().ok(), branch: None };
            }
        }
        let of_forge = ["merge pull request #", "merge pr #", "merge #", "auto merge of #", "merged in "]
            .iter()
            .any(|start| lower.starts_with(start));
        if !(of_forge || is_merge && lower.starts_with("merge")) {
            return Self { title: Some(first), pull: of_gitlab(), branch: None };
        }
        let branch = match lower.strip_prefix("merged in ") {
            Some(rest) => first[first.len() - rest.len()..].split(' ').next(),
            None => first.split_once(" from ").map(|(_, rest)| rest.split(' ').next().unwrap_or(rest)),
        };
        let branch = branch.or_else(|| first.split('\'').nth(1));
        let is_noise = |line: &str| {
            line.is_empty()
                || ["See merge request ", "* commit '", "Squashed commit", "# Conflicts", "Conflicts:", "Approved-by:"]
                    .iter()
                    .any(|start| line.starts_with(start))
        };
        let title = body.lines().take(MAX_LINES).map(str::trim).find(|line| !is_noise(line));
        // Trailers alone are no title.
        let title = title.filter(|title| !title.contains("-by: "));
        let pull = number_in(first).or_else(of_gitlab);
        // A merge queue repeats the number: `12: Title`.
        let title = title.map(|title| match title.split_once(": ") {
            Some((number, rest)) if number.parse().ok() == pull && pull.is_some() => rest,
            _ => title,
        });
        Self { title, pull, branch }
    }
}

/// What a title says about undoing.
#[derive(Debug, PartialEq, Eq)]
enum Saying {
    Undoes(Vec<Reverted>),
    /// Does again what was undone.
    Again,
    Else,
}

impl Saying {
    fn of(title: &str, rules: &HistoryRules) -> Self {
        if rules.done_again(title).is_some() {
            return Self::Again;
        }
        // `[hotfix] Revert "Title"`, `fix: revert #12`: not at the beginning, what follows must leave no doubt.
        let behind = title.match_indices([' ', ']', ':', ')']).map(|(at, _)| (&title[at + 1..], true)).take(8);
        let undone = std::iter::once((title, false)).chain(behind).find_map(|(text, inside)| {
            let rest = rules.undone(text)?;
            (!inside || rest.starts_with(is_quote) || reverted_by(rest).is_some()).then_some(rest)
        });
        let Some(rest) = undone else { return Self::Else };
        let Some(inner) = rest.strip_prefix(is_quote) else {
            let (title, number) = without_number(rest);
            let named = reverted_by(rest).or_else(|| number.map(Reverted::Pull));
            let reverts = named.unwrap_or_else(|| Reverted::Title(title.to_owned()));
            return Self::Undoes(vec![reverts]);
        };
        let inner = inner.rfind(is_quote).map_or(inner, |end| &inner[..end]);
        if let Self::Undoes(_) = Self::of(inner, rules) {
            return Self::Again;
        }
        let (inner, number) = without_number(inner);
        let number = number.or_else(|| number_of_title(inner));
        let by_title = (!inner.is_empty()).then(|| Reverted::Title(inner.to_owned()));
        Self::Undoes(number.map(Reverted::Pull).into_iter().chain(by_title).collect())
    }
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '`' | '\u{201c}' | '\u{201d}')
}

/// What the lines of a body say that they undo.
fn in_body(body: &str) -> Vec<Reverted> {
    let mut found = Vec::new();
    for line in body.lines().take(MAX_LINES) {
        let lower = line.trim().to_ascii_lowercase();
        let Some(start) =
            ["this reverts ", "this commit reverts ", "reverts "].iter().find(|start| lower.starts_with(**start))
        else {
            continue;
        };
        for word in lower[start.len()..].split([' ', ',', '\t']).filter(|word| !word.is_empty()) {
            let word = word.trim_end_matches(['.', ';', ':']);
            match reference(word) {
                Some(one) if found.len() < MAX_REVERTED => found.push(one),
                Some(_) => break,
                None if ["commit", "commits", "merge", "request", "pull", "pr", "mr", "and", "&"].contains(&word) => {}
                None => break,
            }
        }
    }
    found
}

/// What a text names at its beginning: `#12`, `PR #12`, `commit 1a2b3c4`.
fn reverted_by(text: &str) -> Option<Reverted> {
    let lower = text.to_ascii_lowercase();
    let mut words =
        lower.split(' ').skip_while(|word| ["pr", "mr", "pull", "request", "merge", "commit"].contains(word));
    reference(words.next()?.trim_end_matches(['.', ',', ';', ':']))
}

/// A hash, or the number of a pull request: `1a2b3c4`, `#12`, `owner/name#12`, `!12`, `https://.../pull/12`.
fn reference(word: &str) -> Option<Reverted> {
    let word = word.trim_matches(['(', ')', '"', '`', '\'', '<', '>']);
    let is_hash = (7..=64).contains(&word.len())
        && word.bytes().all(|byte| byte.is_ascii_hexdigit())
        && word.bytes().any(|byte| byte.is_ascii_digit());
    if is_hash {
        return Some(Reverted::Commit(word.to_owned()));
    }
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten();
    let marked = word.rsplit_once(['#', '!']).and_then(|(_, number)| digits(number));
    let linked = || {
        let (_, rest) = word.split_once("/pull/").or_else(|| word.split_once("/merge_requests/"))?;
        digits(rest.split('/').next()?)
    };
    marked.or_else(linked).map(Reverted::Pull)
}

/// The pull request that a quoted title is about: `Merge pull request #12 from acme/tax`, `#12`, `Add tax #12`.
fn number_of_title(title: &str) -> Option<u64> {
    let of_forge = Head::of(title, "", false);
    let at_an_end = [title.split(' ').next(), title.rsplit(' ').next()];
    let mut ends = at_an_end.into_iter().flatten().filter(|word| word.starts_with('#')).filter_map(number_in);
    of_forge.pull.or_else(|| ends.next())
}

/// The number behind the first `#` or `!`.
fn number_in(text: &str) -> Option<u64> {
    let marked = text.split(['#', '!']).skip(1);
    marked.filter_map(|rest| rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()).next()
}

/// `Title (#12)` without its number.
fn without_number(title: &str) -> (&str, Option<u64>) {
    let split = || {
        let (before, number) = title.trim_end().strip_suffix(')')?.rsplit_once('(')?;
        let number = number.strip_prefix("pull request ").unwrap_or(number).strip_prefix(['#', '!'])?;
        Some((before.trim_end(), number.parse().ok()?))
    };
    split().map_or((title, None), |(title, number)| (title, Some(number)))
}

/// `revert-12-branch`, as forges name the branch of a revert, with its owner in front or not.
fn number_of_revert_branch(branch: &str) -> Option<u64> {
    branch.rsplit('/').next()?.strip_prefix("revert-")?.split('-').next()?.parse().ok()
}

fn cut(title: &str) -> String {
    title.chars().filter(|c| !c.is_control()).take(MAX_TITLE_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(message: &str) -> Told {
        read(message, message.starts_with("Merge"), None, &HistoryRules::load().expect("the built-in rules load"))
    }

    fn title(text: &str) -> Reverted {
        Reverted::Title(text.to_owned())
    }

    fn commit(text: &str) -> Reverted {
        Reverted::Commit(text.to_owned())
    }

    const HASH: &str = "1a2b3c4d5e6f7a8b9c0d1a2b3c4d5e6f7a8b9c0d";

    #[test]
    fn titles_and_numbers_of_pull_requests() {
        for (message, title, pull) in [
            ("Add tax", "Add tax", None),
            ("Add tax (#12)", "Add tax", Some(12)),
            ("Add tax (#12)\n\nbody (#13)", "Add tax", Some(12)),
            ("Merge pull request #12 from acme/tax\n\nAdd tax", "Add tax", Some(12)),
            ("Merge pull request #12 from acme/tax", "Merge pull request #12 from acme/tax", Some(12)),
            (
                "Merge pull request #12 in PAY/core from tax to main\n\n* commit '1a2b3c4':\n  Add tax",
                "Add tax",
                Some(12),
            ),
            ("Merge branch 'tax' into 'main'\n\nAdd tax\n\nSee merge request acme/core!12", "Add tax", Some(12)),
            ("Add tax\n\nSee merge request acme/core!12", "Add tax", Some(12)),
            ("Merged in tax (pull request #12)\n\nAdd tax\n\nApproved-by: Ada", "Add tax", Some(12)),
            ("Merged PR 12: Add tax", "Add tax", Some(12)),
            ("Merge #12\n\n12: Add tax r=ada a=bea\n\nCo-authored-by: Ada <a@x>", "Add tax r=ada a=bea", Some(12)),
            ("Merge branch 'main' into tax", "Merge branch 'main' into tax", None),
            ("Merge the two tax tables", "Merge the two tax tables", None),
            ("", "", None),
        ] {
            let found = told(message);
            assert_eq!((found.title.as_str(), found.pull), (title, pull), "{message}");
            assert_eq!(found.reverts, [], "{message}");
        }
    }

    #[test]
    fn a_merge_without_a_title_has_that_of_what_it_merges() {
        let rules = HistoryRules::load().expect("the built-in rules load");
        let merged = format!("Revert \"Add tax\"\n\nThis reverts commit {HASH}.");
        let found = read("Merge branch 'x'", true, Some(&merged), &rules);
        assert_eq!(found.title, "Revert \"Add tax\"");
        assert_eq!(found.reverts, [title("Add tax"), commit(HASH)]);
        let found = read("Merge pull request #9 from acme/x\n\nGo back", true, Some(&merged), &rules);
        assert_eq!((found.title.as_str(), found.reverts.len()), ("Go back", 2));
    }

    #[test]
    fn reverts_in_their_real_forms() {
        let reverts_commit = format!("\n\nThis reverts commit {HASH}.");
        for (message, expected) in [
            (format!("Revert \"Add tax\"{reverts_commit}"), vec![title("Add tax"), commit(HASH)]),
            (
                format!("Revert \"Add tax (#12)\"{reverts_commit}"),
                vec![Reverted::Pull(12), title("Add tax"), commit(HASH)],
            ),
            (
                format!(
                    "Revert \"Merge pull request #12 from a/b\"\n\nThis reverts commit {HASH}, reversing\nchanges made to {}.",
                    HASH.replace('1', "2")
                ),
                vec![Reverted::Pull(12), title("Merge pull request #12 from a/b"), commit(HASH)],
            ),
            (
                "Revert \"Merge pull request #12 from a/b\"".to_owned(),
                vec![Reverted::Pull(12), title("Merge pull request #12 from a/b")],
            ),
            ("Revert \"#12 Add tax\"".to_owned(), vec![Reverted::Pull(12), title("#12 Add tax")]),
            ("Revert \"Add tax #12\"".to_owned(), vec![Reverted::Pull(12), title("Add tax #12")]),
            ("Revert \"Merge branch 'tax'\"".to_owned(), vec![title("Merge branch 'tax'")]),
            ("Revert \"Add tax\" (#13)\n\nReverts acme/core#12".to_owned(), vec![title("Add tax"), Reverted::Pull(12)]),
            ("Revert \u{201c}Add tax\u{201d}".to_owned(), vec![title("Add tax")]),
            ("Revert #12".to_owned(), vec![Reverted::Pull(12)]),
            ("Revert PR #12: it is slow (#13)".to_owned(), vec![Reverted::Pull(12)]),
            ("Revert 1a2b3c4".to_owned(), vec![commit("1a2b3c4")]),
            ("Reverts commit 1a2b3c4".to_owned(), vec![commit("1a2b3c4")]),
            ("revert: feat: add tax".to_owned(), vec![title("feat: add tax")]),
            ("Revert add tax (#12) (#13)".to_owned(), vec![Reverted::Pull(12)]),
            ("[hotfix] Revert \"Add tax\"".to_owned(), vec![title("Add tax")]),
            ("fix: revert #12 (#13)".to_owned(), vec![Reverted::Pull(12)]),
            (format!("Take tax out again{reverts_commit}"), vec![commit(HASH)]),
            (
                "Out\n\nThis reverts commits 1a2b3c4, 2b3c4d5 and 3c4d5e6 because of x".to_owned(),
                vec![commit("1a2b3c4"), commit("2b3c4d5"), commit("3c4d5e6")],
            ),
            ("Out\n\nThis reverts merge request !12".to_owned(), vec![Reverted::Pull(12)]),
            ("Out\n\nReverts https://example.com/acme/core/pull/12".to_owned(), vec![Reverted::Pull(12)]),
            (
                "Merge pull request #13 from acme/revert-12-tax\n\nRevert \"Add tax\"".to_owned(),
                vec![title("Add tax"), Reverted::Pull(12)],
            ),
            ("Revert \"Reapply \"Add tax\"\"".to_owned(), vec![title("Reapply \"Add tax\"")]),
            ("Revert \"Revert \"Revert \"Add tax\"\"\"".to_owned(), vec![title("Revert \"Revert \"Add tax\"\"")]),
        ] {
            let found = told(&message);
            assert_eq!(found.reverts, expected, "{message}");
            assert!(!found.is_fix, "{message}");
        }
    }

    #[test]
    fn what_does_again_or_only_speaks_of_reverting_undoes_nothing() {
        for message in [
            format!("Revert \"Revert \"Add tax\"\"\n\nThis reverts commit {HASH}."),
            format!("Reapply \"Add tax\"\n\nThis reverts commit {HASH}."),
            "Revert \"Revert \"Add tax\"\" (#14)\n\nReverts acme/core#13".to_owned(),
            "Revert to the old layout".to_owned(),
            "Add a button to revert a payment".to_owned(),
            "Reverting payments is audited now".replace("Reverting payments", "Payments reverting"),
            format!("Add tax (#12)\n\n* Add tax\n\n* Revert \"Add tax\"\n\nThis reverts commit {HASH}."),
        ] {
            assert_eq!(told(&message).reverts, [], "{message}");
        }
    }
}
