//! Identifiers and commit subjects, cut into plain words; and what a commit says that it is.
//!
//! A word is ASCII, lower case, begins with a letter, and is at most [`WORD_LENGTH`] long. Ticket numbers, hashes and bare digits are not words:
//! none of them may end up in the name of a flag.

use regex::Regex;
use std::sync::LazyLock;

/// No word is longer; what is longer is cut.
pub(super) const WORD_LENGTH: usize = 20;

/// No identifier or subject is read further: names are for people.
const TEXT_LENGTH: usize = 240;

/// `_parseHTTPResponse2` -> parse, http, response2.
pub(super) fn split(identifier: &str) -> Vec<String> {
    let characters: Vec<char> = identifier.chars().take(TEXT_LENGTH).collect();
    let mut words = Vec::new();
    let mut word = String::new();
    for (at, &character) in characters.iter().enumerate() {
        if !character.is_ascii_alphanumeric() {
            finish(&mut word, &mut words);
            continue;
        }
        let before = at.checked_sub(1).map(|before| characters[before]);
        let after = characters.get(at + 1);
        let starts = character.is_ascii_uppercase()
            && before.is_some_and(|before| {
                before.is_ascii_lowercase()
                    || before.is_ascii_digit()
                    || (before.is_ascii_uppercase() && after.is_some_and(char::is_ascii_lowercase))
            });
        if starts {
            finish(&mut word, &mut words);
        }
        word.push(character.to_ascii_lowercase());
    }
    finish(&mut word, &mut words);
    words
}

fn finish(word: &mut String, words: &mut Vec<String>) {
    let mut done = std::mem::take(word);
    done.truncate(WORD_LENGTH); // ASCII: any place is a boundary
    let digits = done.bytes().filter(u8::is_ascii_digit).count();
    let letters = done.len() - digits;
    let version = done.starts_with('v') && letters == 1 && (1..3).contains(&digits);
    if done == "2fa" {
        words.extend(["two".to_owned(), "factor".to_owned()]);
    } else if done.starts_with(|first: char| first.is_ascii_alphabetic()) && (version || (letters >= 2 && digits < 3)) {
        // `b`, `42`, `exui4529`, `9f8c21ab` say nothing about what the code does.
        words.push(done);
    }
}

/// The words of a commit subject that say something: no type, scope, ticket, link or hash.
pub(super) fn of_subject(subject: &str) -> Vec<String> {
    static NOISE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"https?://\S+|[A-Z][A-Z0-9]+-[0-9]+|#[0-9]+|\b[0-9a-f]{7,40}\b|\[[^\]]*\]")
            .expect("a fixed pattern")
    });
    let subject: String = subject.lines().next().unwrap_or("").chars().take(TEXT_LENGTH).collect();
    let rest = match CONVENTIONAL.captures(&subject) {
        Some(found) => &subject[found.get(0).map_or(0, |whole| whole.end())..],
        None => &subject,
    };
    split(&NOISE.replace_all(rest, " "))
}

/// What a commit says that it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Intent {
    /// Docs, tests, style, CI, builds, releases.
    Housekeeping,
    Dependencies,
    Revert,
    Refactor,
    /// Takes something away.
    Removal,
    Fix,
    Chore,
    Performance,
    Unknown,
    Feature,
}

/// What the commits say that the change is: the most that any of them claims, merges aside.
pub(super) fn intent(subjects: &[&str]) -> Intent {
    subjects.iter().filter_map(|subject| intent_of(subject)).max().unwrap_or(Intent::Unknown)
}

static CONVENTIONAL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\s*([A-Za-z]+)(?:\(([^)]*)\))?!?:").expect("a fixed pattern"));

/// `None` for a merge commit, which says nothing about what it brings.
fn intent_of(subject: &str) -> Option<Intent> {
    static TICKETS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:\s|\[[^\]]*\]|(?i:fixup|squash|amend)!|[A-Z][A-Z0-9]+-[0-9]+|#[0-9]+|[0-9]+|[:,&|–-])+")
            .expect("a fixed pattern")
    });
    let subject: String = subject.lines().next().unwrap_or("").chars().take(TEXT_LENGTH).collect();
    let subject = TICKETS.replace(&subject, "").to_string();
    if let Some(found) = CONVENTIONAL.captures(&subject) {
        let scope = found.get(2).map_or("", |scope| scope.as_str()).to_ascii_lowercase();
        let rest = &subject[found.get(0).map_or(0, |whole| whole.end())..];
        match found[1].to_ascii_lowercase().as_str() {
            _ if scope.starts_with("deps") || scope == "dependencies" => return Some(Intent::Dependencies),
            "feat" | "feature" => return Some(Intent::Feature),
            "fix" | "fixes" | "bugfix" | "hotfix" | "bug" => return Some(Intent::Fix),
            "refactor" | "ref" | "cleanup" => return Some(Intent::Refactor),
            "perf" => return Some(Intent::Performance),
            "revert" => return Some(Intent::Revert),
            "deps" | "dep" => return Some(Intent::Dependencies),
            "docs" | "doc" | "test" | "tests" | "style" | "ci" | "build" | "release" | "lint" | "typing" | "types" => {
                return Some(Intent::Housekeeping);
            }
            // A chore may say more precisely what it is.
            "chore" | "task" | "misc" => {
                let said = by_first_words(rest);
                return Some(if said < Intent::Fix { said } else { Intent::Chore });
            }
            _ => return Some(by_first_words(rest)),
        }
    }
    let first = subject.split_whitespace().next().unwrap_or("").to_ascii_lowercase();
    (first != "merge").then(|| by_first_words(&subject))
}

fn by_first_words(text: &str) -> Intent {
    let words = split(text);
    let Some(first) = words.first().map(String::as_str) else { return Intent::Unknown };
    let any = |wanted: &[&str]| words.iter().take(4).any(|word| wanted.contains(&word.as_str()));
    match first {
        "revert" | "reverts" | "rollback" => Intent::Revert,
        "bump" | "upgrade" => Intent::Dependencies,
        "update" if any(&["dependency", "dependencies", "requirements", "lockfile"]) => Intent::Dependencies,
        "refactor" | "rename" | "move" | "extract" | "simplify" | "clean" | "cleanup" | "tidy" | "reorganize"
        | "reorganise" | "deduplicate" | "dedupe" | "inline" | "reformat" | "format" => Intent::Refactor,
        "remove" | "delete" | "drop" | "deprecate" => Intent::Removal,
        "test" | "tests" | "docs" | "document" | "typo" | "lint" => Intent::Housekeeping,
        _ if any(&["tests", "specs", "e2e"]) => Intent::Housekeeping,
        "optimize" | "optimise" | "speed" => Intent::Performance,
        "improve" if any(&["performance", "speed", "latency"]) => Intent::Performance,
        _ if any(&["fix", "fixes", "fixed", "fixing", "bugfix", "hotfix"]) => Intent::Fix,
        "avoid" | "correct" | "prevent" | "repair" | "resolve" | "address" | "patch" => Intent::Fix,
        "add" | "adds" | "added" | "adding" | "new" | "introduce" | "implement" | "support" | "allow" | "enable" => {
            Intent::Feature
        }
        _ => Intent::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_cut_where_a_reader_would() {
        for (identifier, words) in [
            ("calculateTax", vec!["calculate", "tax"]),
            ("_link_pending", vec!["link", "pending"]),
            ("HTTPServerError", vec!["http", "server", "error"]),
            ("oauth2Login", vec!["oauth2", "login"]),
            ("verify2fa", vec!["verify2fa"]),
            ("verify_2fa", vec!["verify", "two", "factor"]),
            ("chargeV2", vec!["charge", "v2"]),
            ("MAX_RETRIES", vec!["max", "retries"]),
            ("a.b?.c", vec![]),
            ("fixEXUI4529", vec!["fix"]),
            ("deadbeef123", vec![]),
            ("größe\u{202e}", vec!["gr"]),
            ("", vec![]),
        ] {
            assert_eq!(split(identifier), words, "{identifier}");
        }
    }

    #[test]
    fn a_word_and_a_text_are_bounded() {
        assert_eq!(split(&"a".repeat(10_000)), ["a".repeat(WORD_LENGTH)]);
        assert!(split(&"ab ".repeat(10_000)).len() <= TEXT_LENGTH);
    }

    #[test]
    fn a_subject_keeps_what_it_is_about() {
        assert_eq!(of_subject("feat(cart): add gift wrapping (#12) ABC-123"), ["add", "gift", "wrapping"]);
        assert_eq!(of_subject("[PAY-9] Gift cards https://example.com/1 deadbeef"), ["gift", "cards"]);
    }

    #[test]
    fn a_commit_says_what_it_is() {
        for (subject, expected) in [
            ("feat: gift cards", Intent::Feature),
            ("feat(api)!: gift cards", Intent::Feature),
            ("fix: rounding", Intent::Fix),
            ("Fix rounding of totals", Intent::Fix),
            ("hotfix: login loop", Intent::Fix),
            ("PAY-12 - Add fix for double charge (#3)", Intent::Fix),
            ("[PAY-12] Add gift cards", Intent::Feature),
            ("PAY-12: Gift cards", Intent::Unknown),
            ("Prevent double charges", Intent::Fix),
            ("ref: move the cart", Intent::Refactor),
            ("Simplify the cart", Intent::Refactor),
            ("Revert \"feat: gift cards\"", Intent::Revert),
            ("revert: feat: gift cards", Intent::Revert),
            ("chore: gift cards", Intent::Chore),
            ("chore: add gift cards", Intent::Chore),
            ("chore: bump left-pad", Intent::Dependencies),
            ("chore: remove gift cards", Intent::Removal),
            ("chore(deps): update left-pad", Intent::Dependencies),
            ("build(deps-dev): x", Intent::Dependencies),
            ("Bump left-pad from 1 to 2", Intent::Dependencies),
            ("Update dependency left-pad to v2", Intent::Dependencies),
            ("docs: gift cards", Intent::Housekeeping),
            ("test: gift cards", Intent::Housekeeping),
            ("Add tests of the cart", Intent::Housekeeping),
            ("perf: paginate", Intent::Performance),
            ("Improve performance of the cart", Intent::Performance),
            ("server/auth: skip a step", Intent::Unknown),
            ("", Intent::Unknown),
        ] {
            assert_eq!(intent(&[subject]), expected, "{subject}");
        }
    }

    #[test]
    fn of_several_commits_the_boldest_counts() {
        assert_eq!(intent(&["fix: typo", "feat: gift cards", "chore: lint"]), Intent::Feature);
        assert_eq!(intent(&["Merge branch 'main'", "fix: rounding"]), Intent::Fix, "a merge says nothing");
        assert_eq!(intent(&[]), Intent::Unknown);
    }
}
