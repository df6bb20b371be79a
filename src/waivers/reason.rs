//! What is a reason and what only stands in the place of one.

/// More of a reason is not kept.
const MAX_CHARS: usize = 1_000;
/// Fewer bytes of letters and digits say nothing in any script.
const MIN_BYTES: usize = 4;

/// What people write where they have no reason, in lower case and without signs around.
const PLACEHOLDERS: &[&str] = &[
    "asdf",
    "because",
    "blah",
    "changeme",
    "fix later",
    "fixme",
    "just because",
    "later",
    "lgtm",
    "lorem ipsum",
    "n/a",
    "no reason",
    "none",
    "nothing",
    "null",
    "okay",
    "placeholder",
    "please",
    "pls",
    "qwerty",
    "reason",
    "reason here",
    "skip",
    "tbd",
    "temp",
    "temporary",
    "test",
    "testing",
    "the reason",
    "to be determined",
    "to be done",
    "todo",
    "unknown",
    "waive",
    "waived",
    "waiver",
    "whatever",
    "why",
    "wip",
    "your reason",
];

/// The reason on one line and not too long; an error says why it is none.
pub(super) fn check(text: &str) -> Result<String, String> {
    let mut reason = String::new();
    for word in text.split_whitespace() {
        if reason.len() > 4 * MAX_CHARS {
            break;
        }
        reason.push_str(if reason.is_empty() { "" } else { " " });
        reason.extend(word.chars().take(MAX_CHARS + 1));
    }
    let bare = reason.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    if bare.is_empty() {
        return Err("it gives no reason".to_owned());
    }
    let said: usize = bare.chars().filter(|c| c.is_alphanumeric()).map(char::len_utf8).sum();
    let mut letters = bare.chars();
    let first = letters.next();
    let is_one_letter = letters.all(|c| Some(c) == first);
    let is_template = reason.starts_with('<') && reason.ends_with('>');
    if said < MIN_BYTES || is_one_letter || is_template || PLACEHOLDERS.contains(&bare.as_str()) {
        let shown: String = reason.chars().take(40).collect();
        return Err(format!("`{}` is no reason", shown.replace('`', "'")));
    }
    if reason.chars().count() > MAX_CHARS {
        reason = reason.chars().take(MAX_CHARS).collect::<String>() + "…";
    }
    Ok(reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_says_something() {
        for text in
            ["Hot fix of INC-123", "rollback only", "緊急", "needs no flag: copy", "because the bank asks for it"]
        {
            assert_eq!(check(text).as_deref(), Ok(text));
        }
        assert_eq!(check("  two\n  lines\t of it ").as_deref(), Ok("two lines of it"));
        let long = check(&"word ".repeat(200_000)).expect("it is long");
        assert_eq!(long.chars().count(), MAX_CHARS + 1);
        assert!(check(&"x1".repeat(1 << 19)).expect("it is one word").chars().count() <= MAX_CHARS + 1);
    }

    #[test]
    fn what_stands_in_the_place_of_one_is_refused() {
        assert_eq!(check(" \n"), Err("it gives no reason".to_owned()));
        for text in
            ["x", "TBD", "tbd.", "(todo)", "...", "-", "xxxxxxxx", "n/a", "<why it is safe>", "ok", "N/A!", "because"]
        {
            assert!(check(text).is_err(), "{text}");
        }
    }
}
