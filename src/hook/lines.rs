//! What is pushed, as git tells a pre-push hook on its standard input and pre-commit in its environment.
//!
//! Addresses of remotes may hold passwords: they are never kept.

use crate::git::push::RefUpdate;

/// More names of one push are not judged; what is left out is counted.
const MAX_UPDATES: usize = 64;

/// What is pushed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct PushLines {
    /// In the order of git.
    pub(crate) updates: Vec<RefUpdate>,
    /// How many more there are.
    pub(crate) left_out: usize,
}

/// A line that git does not write.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct BadLine {
    /// From 1.
    pub(crate) number: usize,
}

/// Reads `<local ref> <local object> <remote ref> <remote object>`, one line a name.
pub(crate) fn parse(text: &[u8]) -> Result<PushLines, BadLine> {
    let mut push = PushLines::default();
    for (at, line) in text.split(|&byte| byte == b'\n').enumerate() {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            continue;
        }
        let update = update(line).ok_or(BadLine { number: at + 1 })?;
        // What is deleted brings nothing.
        match update.local {
            None => {}
            Some(_) if push.updates.len() == MAX_UPDATES => push.left_out += 1,
            Some(_) => push.updates.push(update),
        }
    }
    Ok(push)
}

fn update(line: &[u8]) -> Option<RefUpdate> {
    let line = String::from_utf8_lossy(line);
    // The local side can be any revision that was typed, blanks included; the other three are single words.
    let mut words = line.rsplitn(4, ' ');
    let (remote, remote_ref, local) = (words.next()?, words.next()?, words.next()?);
    words.next()?;
    Some(RefUpdate { local: object(local)?, remote_ref: remote_ref.to_owned(), remote: object(remote)? })
}

/// The name of an object; none for zeros, and no name at all for anything else.
fn object(word: &str) -> Option<Option<String>> {
    let is_name = matches!(word.len(), 40 | 64) && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_name.then(|| (!word.bytes().all(|byte| byte == b'0')).then(|| word.to_owned()))
}

/// What pre-commit says of a push, one name of it: `variable` looks up its environment.
///
/// Where nothing of the branch is there yet it may name no commits at all: then it is a new branch at HEAD.
pub(crate) fn of_pre_commit(variable: impl Fn(&str) -> Option<String>) -> PushLines {
    let named = |name: &str| variable(name).filter(|value| !value.is_empty());
    // These are resolved by git's rules; a leading dash or a range would mean something else.
    let commit = |name: &str| named(name).and_then(|value| object(&value).flatten());
    let local = commit("PRE_COMMIT_TO_REF").or_else(|| {
        let branch = named("PRE_COMMIT_LOCAL_BRANCH").filter(|branch| branch.starts_with("refs/"));
        Some(branch.unwrap_or_else(|| "HEAD".to_owned()))
    });
    let remote_ref = named("PRE_COMMIT_REMOTE_BRANCH").unwrap_or_else(|| "HEAD".to_owned());
    PushLines { updates: vec![RefUpdate { local, remote_ref, remote: commit("PRE_COMMIT_FROM_REF") }], left_out: 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    const ZERO: &str = "0000000000000000000000000000000000000000";

    #[test]
    fn names_are_read_and_deletions_left_out() {
        let text = format!(
            "refs/heads/f {A} refs/heads/g {ZERO}\n(delete) {ZERO} refs/heads/old {A}\nHEAD~1 x {A} refs/tags/v1 {A}\r\n\n"
        );
        let push = parse(text.as_bytes()).expect("git writes this");
        let update = |remote_ref: &str, remote: Option<&str>| RefUpdate {
            local: Some(A.to_owned()),
            remote_ref: remote_ref.to_owned(),
            remote: remote.map(str::to_owned),
        };
        assert_eq!(push.updates, [update("refs/heads/g", None), update("refs/tags/v1", Some(A))]);
        assert_eq!(parse(b""), Ok(PushLines::default()));
    }

    #[test]
    fn other_lines_are_refused_and_too_many_are_counted() {
        for text in ["x", "a b c d", &format!("a {A} b"), &format!("a {A} b {A}0"), &format!("ok {A} b {A}\n--x")] {
            assert!(parse(text.as_bytes()).is_err(), "{text}");
        }
        assert_eq!(parse(format!("a {A} b {A}\nx").as_bytes()), Err(BadLine { number: 2 }));
        let many = format!("a {A} refs/heads/b {ZERO}\n").repeat(MAX_UPDATES + 3);
        let push = parse(many.as_bytes()).expect("git writes this");
        assert_eq!((push.updates.len(), push.left_out), (MAX_UPDATES, 3));
    }

    #[test]
    fn pre_commit_names_one_range_or_none() {
        let of = |pairs: &[(&str, &str)]| {
            let find = |name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
            of_pre_commit(find).updates.remove(0)
        };
        let both =
            of(&[("PRE_COMMIT_FROM_REF", A), ("PRE_COMMIT_TO_REF", A), ("PRE_COMMIT_REMOTE_BRANCH", "refs/heads/f")]);
        assert_eq!(
            both,
            RefUpdate { local: Some(A.into()), remote_ref: "refs/heads/f".into(), remote: Some(A.into()) }
        );
        let first = of(&[("PRE_COMMIT_LOCAL_BRANCH", "refs/heads/f")]);
        assert_eq!((first.local.as_deref(), first.remote), (Some("refs/heads/f"), None));
        assert_eq!(of(&[]).local.as_deref(), Some("HEAD"));
        assert_eq!(of(&[("PRE_COMMIT_TO_REF", "--all")]).local.as_deref(), Some("HEAD"));
    }
}
