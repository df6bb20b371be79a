//! Who owns a file, by the repository's CODEOWNERS.
//!
//! The rules are those of GitHub and GitLab: patterns as in `.gitignore`, but without `!` and `[ ]`; of the lines that match a
//! file the last one counts, also where it names nobody. GitLab's sections (`[Docs] @writers`) each have a last line of
//! their own, and owners that their lines share.

use std::collections::BTreeMap;

/// Where the file may be, the first that is there counts: as GitHub looks for it, then GitLab's own folder.
pub(crate) const PLACES: [&str; 4] = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"];

/// More lines are not read.
const MAX_LINES: usize = 20_000;
/// GitHub reads no longer file.
const MAX_BYTES: usize = 3 << 20;
/// Longer patterns match nothing.
const MAX_PATTERN: usize = 1_000;

/// The owners of a repository's files.
#[derive(Debug, Default)]
pub(crate) struct CodeOwners {
    /// In the order of the file.
    rules: Vec<Rule>,
}

#[derive(Debug)]
struct Rule {
    section: usize,
    pattern: Pattern,
    owners: Vec<String>,
}

impl CodeOwners {
    pub(crate) fn parse(text: &str) -> Self {
        let mut rules = Vec::new();
        let mut sections: BTreeMap<String, usize> = BTreeMap::new();
        let (mut section, mut shared) = (0, Vec::new());
        for line in text.get(..MAX_BYTES).unwrap_or(text).lines().take(MAX_LINES) {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some((name, owners)) = heading(line) {
                // A name that comes again goes on with its section, in any casing.
                let number = sections.len() + 1;
                section = *sections.entry(name.to_lowercase()).or_insert(number);
                shared = owners;
                continue;
            }
            let words = words(line);
            let Some((pattern, owners)) = words.split_first() else { continue };
            let owners = if owners.is_empty() { shared.clone() } else { owners.to_vec() };
            if let Some(pattern) = Pattern::parse(pattern) {
                rules.push(Rule { section, pattern, owners });
            }
        }
        Self { rules }
    }

    /// The owners of a file, in the order of the file's sections and lines.
    pub(crate) fn of(&self, path: &str) -> Vec<&str> {
        let mut last: BTreeMap<usize, &Rule> = BTreeMap::new();
        let segments: Vec<&str> = path.split('/').collect();
        for rule in self.rules.iter().filter(|rule| rule.pattern.matches(&segments)) {
            last.insert(rule.section, rule);
        }
        let mut owners: Vec<&str> = Vec::new();
        for owner in last.values().flat_map(|rule| &rule.owners) {
            if !owners.contains(&owner.as_str()) {
                owners.push(owner);
            }
        }
        owners
    }
}

/// `[Docs]`, `^[Docs][2] @writers`: the section's name and the owners that its lines share.
fn heading(line: &str) -> Option<(&str, Vec<String>)> {
    let (name, mut rest) = line.strip_prefix('^').unwrap_or(line).strip_prefix('[')?.split_once(']')?;
    if let Some((count, after)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        // How many must approve.
        count.parse::<u32>().ok()?;
        rest = after;
    }
    let ends = rest.is_empty() || rest.starts_with(char::is_whitespace);
    (ends && !name.is_empty()).then(|| (name, words(rest)))
}

/// The words of a line up to a comment; `\ ` and `\#` stand for themselves.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => word.extend(letters.next()),
            '#' if word.is_empty() => break,
            _ if letter.is_whitespace() => words.extend((!word.is_empty()).then(|| std::mem::take(&mut word))),
            _ => word.push(letter),
        }
    }
    words.extend((!word.is_empty()).then_some(word));
    words
}

/// A path pattern, by segments; `**` stands for any number of them.
#[derive(Debug)]
struct Pattern {
    segments: Vec<String>,
    /// What the pattern names is a folder, or may be one: it stands for all that is below.
    below: bool,
    /// The name itself is none of its files (`docs/`).
    only_below: bool,
}

impl Pattern {
    fn parse(text: &str) -> Option<Self> {
        if text.len() > MAX_PATTERN || text.starts_with('!') {
            return None;
        }
        let only_below = text.ends_with('/');
        let inner = text.trim_end_matches('/');
        let anchored = inner.contains('/');
        let mut segments: Vec<String> = inner.split('/').filter(|name| !name.is_empty()).map(str::to_owned).collect();
        let last = segments.last()?.clone();
        // `docs/*` is the files right in the folder, and `docs/**` ends with all that is below.
        let below = last != "**" && !(anchored && last == "*" && !only_below);
        if !anchored {
            segments.insert(0, "**".to_owned());
        }
        if last == "**" {
            segments.push("*".to_owned());
        }
        Some(Self { segments, below, only_below })
    }

    fn matches(&self, path: &[&str]) -> bool {
        let lengths = if self.below { 1..=path.len() } else { path.len()..=path.len() };
        let mut folders = lengths.filter(|&length| !(self.only_below && length == path.len()));
        folders.any(|length| segments_match(&self.segments, &path[..length]))
    }
}

/// Greedy with one place to go back to, so the time is at most the product of the lengths.
fn segments_match(pattern: &[String], path: &[&str]) -> bool {
    any_match(
        pattern,
        path,
        |wanted| wanted == "**",
        |wanted, name| {
            let (wanted, name): (Vec<char>, Vec<char>) = (wanted.chars().collect(), name.chars().collect());
            any_match(&wanted, &name, |letter| *letter == '*', |wanted, letter| *wanted == '?' || wanted == letter)
        },
    )
}

/// Whether a row of things is as the pattern says, in which some stand for any number of them.
fn any_match<P, T>(pattern: &[P], row: &[T], is_any: impl Fn(&P) -> bool, fits: impl Fn(&P, &T) -> bool) -> bool {
    let (mut p, mut t) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    loop {
        match (pattern.get(p), row.get(t)) {
            (Some(wanted), _) if is_any(wanted) => {
                retry = Some((p, t));
                p += 1;
            }
            (Some(wanted), Some(thing)) if fits(wanted, thing) => {
                p += 1;
                t += 1;
            }
            (None, None) => return true,
            _ => {
                let Some((any, from)) = retry.filter(|(_, from)| *from < row.len()) else { return false };
                retry = Some((any, from + 1));
                p = any + 1;
                t = from + 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn owners(text: &str, path: &str) -> String {
        CodeOwners::parse(text).of(path).join(" ")
    }

    #[test]
    fn patterns_are_those_of_the_documentation() {
        let owns = |pattern: &str, path: &str| owners(&format!("{pattern} @a"), path) == "@a";
        for (pattern, path, expected) in [
            ("*", "a/b/c.js", true),
            ("*.js", "a/b/c.js", true),
            ("*.js", "a/b/c.jsx", false),
            ("*.js", "a.js/b.txt", true),
            ("/build/logs/", "build/logs/a/b.log", true),
            ("/build/logs/", "x/build/logs/a.log", false),
            ("docs/*", "docs/a.md", true),
            ("docs/*", "docs/app/a.md", false),
            ("docs/*", "x/docs/a.md", false),
            ("apps/", "x/apps/y/z.ts", true),
            ("apps/", "apps", false),
            ("/docs/", "docs/a/b.md", true),
            ("/scripts/", "scripts/a.sh", true),
            ("/scripts", "scripts/a.sh", true),
            ("/scripts", "scripts", true),
            ("/scripts", "scriptsx/a.sh", false),
            ("**/logs", "build/logs/a.log", true),
            ("**/logs", "logs/a.log", true),
            ("/apps/**", "apps/a/b", true),
            ("/apps/**", "apps", false),
            ("a/**/z", "a/z", true),
            ("a/**/z", "a/b/c/z/x", true),
            ("a/b", "x/a/b", false),
            ("README?md", "docs/README.md", true),
            ("my\\ file.md", "my file.md", true),
            ("\\#notes", "#notes", true),
            ("a*b", "a/b", false),
            ("!*.js", "a.js", false),
        ] {
            assert_eq!(owns(pattern, path), expected, "{pattern} {path}");
        }
    }

    #[test]
    fn the_last_line_counts_also_when_it_names_nobody() {
        let text = "# everything\n* @all\n/src/ @src team@example.com # why\n/src/free/\n\\#x @x\n";
        assert_eq!(owners(text, "a"), "@all");
        assert_eq!(owners(text, "src/a.ts"), "@src team@example.com");
        assert_eq!(owners(text, "src/free/a.ts"), "");
        assert_eq!(owners(text, "#x"), "@x");
        assert_eq!(owners("", "a"), "");
    }

    #[test]
    fn sections_have_owners_of_their_own() {
        let text =
            "* @all\n[Docs][2] @writers\n*.md\n/docs/api.md @api\n^[Data]\n*.sql @dba\n[docs] @later\n/late/*.md\n";
        assert_eq!(owners(text, "a.ts"), "@all");
        assert_eq!(owners(text, "a.md"), "@all @writers");
        assert_eq!(owners(text, "docs/api.md"), "@all @api");
        assert_eq!(owners(text, "x.sql"), "@all @dba");
        assert_eq!(owners(text, "late/x.md"), "@all @later");
    }

    proptest! {
        #[test]
        fn any_text_is_read_and_any_path_answered(text in "(?s).{0,200}", path in ".{0,40}") {
            let _ = CodeOwners::parse(&text).of(&path);
        }

        #[test]
        fn segments_agree_with_a_regex(pattern in "(\\*\\*|[ab*]{1,3})(/(\\*\\*|[ab*]{1,3})){0,3}", path in "[ab]{1,3}(/[ab]{1,3}){0,3}") {
            prop_assume!(!pattern.split('/').any(|name| name.contains("**") && name != "**"));
            let regex: String = pattern.split('/').map(|name| match name {
                "**" => "([ab]+/)*".to_owned(),
                name => name.replace('*', "[ab]*") + "/",
            }).collect();
            let regex = regex::Regex::new(&format!("^{regex}$")).unwrap();
            let segments: Vec<String> = pattern.split('/').map(str::to_owned).collect();
            let path: Vec<&str> = path.split('/').collect();
            prop_assert_eq!(segments_match(&segments, &path), regex.is_match(&(path.join("/") + "/")));
        }
    }
}
