//! One line of a commit's message or a description: `payments src/billing/**: why it is safe`.

use super::reason;
use crate::rules::pattern::Glob;
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};

/// What stands before the colon of such a line, in a commit and in a description.
pub(crate) const KEY: &str = "Preflag-Waive";

/// How a line is written, for those whose line is not.
pub(super) const FORM: &str =
    "`Preflag-Waive: payments src/billing/**: why it is safe`, where the path may be left out";

/// What one line says.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Said {
    pub(super) what: String,
    pub(super) paths: Vec<(String, Glob)>,
    pub(super) reason: String,
}

/// More characters of a word are not shown.
const SHOWN: usize = 80;

/// Reads what follows the key. Where it is not what it should be, as much as can be told, and why not.
pub(super) fn parse(text: &str) -> Result<Said, (Said, String)> {
    let (scope, given) = split(text);
    let (what, path) = scope.split_once(char::is_whitespace).unwrap_or((scope, ""));
    let (what, path) = (what.trim(), path.trim());
    let mut said = Said { what: cut(what), paths: Vec::new(), reason: String::new() };
    if what.is_empty() {
        return Err((said, format!("it names no rule or area; write {FORM}")));
    }
    if !path.is_empty() {
        match glob(path) {
            Ok(glob) => said.paths.push((path.to_owned(), glob)),
            Err(why) => return Err((said, why)),
        }
    }
    match given.map(reason::check) {
        Some(Ok(reason)) => Ok(Said { reason, ..said }),
        Some(Err(why)) => Err((said, format!("{why}; write {FORM}"))),
        None => Err((said, format!("it gives no reason; write {FORM}"))),
    }
}

/// The scope and the reason. Names have no colon, so one in the first word parts them; behind it, as paths may hold colons, the
/// first with a blank after it.
fn split(text: &str) -> (&str, Option<&str>) {
    let text = text.trim_start();
    let word = text.find(char::is_whitespace).unwrap_or(text.len());
    let ends = |at: &usize| text[at + 1..].chars().next().is_none_or(char::is_whitespace);
    let colons = || text.match_indices(':').map(|(at, _)| at);
    match colons().find(|at| *at < word || ends(at)).or_else(|| colons().next()) {
        Some(at) => (text[..at].trim(), Some(&text[at + 1..])),
        None => (text.trim(), None),
    }
}

/// Reads a path pattern in the language of packs and config.
pub(super) fn glob(text: &str) -> Result<Glob, String> {
    let text: StrDeserializer<'_, Error> = text.into_deserializer();
    Glob::deserialize(text).map_err(|error| error.to_string())
}

/// A word that is shown, not looked up.
fn cut(word: &str) -> String {
    match word.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", &word[..at]),
        None => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> (String, Vec<String>, String) {
        let said = parse(text).unwrap_or_else(|(_, why)| panic!("{text}: {why}"));
        (said.what, said.paths.into_iter().map(|(path, _)| path).collect(), said.reason)
    }

    fn refused(text: &str) -> String {
        parse(text).expect_err(text).1
    }

    #[test]
    fn a_line_names_what_it_is_for_and_why() {
        let plain = ("payments".to_owned(), Vec::new(), "Hot fix, see INC-7: agreed".to_owned());
        assert_eq!(said("payments: Hot fix, see INC-7: agreed"), plain);
        assert_eq!(said("payments :  Hot fix, see INC-7: agreed "), plain);
        assert_eq!(said("payments:Hot fix, see INC-7: agreed"), plain);
        let with_path = said("ungated-change src/{a,b}/x:y.ts: one line");
        assert_eq!((with_path.1[0].as_str(), with_path.2.as_str()), ("src/{a,b}/x:y.ts", "one line"));
        assert_eq!(said("auth src/my file.ts: has a blank").1, ["src/my file.ts"]);
    }

    #[test]
    fn what_is_wrong_with_a_line_is_said() {
        assert!(refused("").contains("names no rule or area"));
        assert!(refused(": because I say so").contains("names no rule or area"));
        assert!(refused("payments").contains("gives no reason"));
        assert!(refused("payments:").contains("gives no reason"));
        assert!(refused("payments: tbd").contains("`tbd` is no reason"));
        assert!(refused("payments /src: a good reason").contains("begin at the repository's root"));
        assert!(refused(&"x".repeat(1 << 20)).len() < 300);
    }

    proptest::proptest! {
        #[test]
        fn any_line_is_read_or_refused(text in "(?s).{0,80}") {
            let _ = parse(&text);
        }
    }
}
