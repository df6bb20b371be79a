//! `PATH:LINE`, as typed.

use std::path::PathBuf;
use std::str::FromStr;

/// A line of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spot {
    pub(crate) path: PathBuf,
    /// From 1.
    pub(crate) line: u32,
    /// The other reading of `PATH:LINE:COLUMN`, as editors and compilers write it.
    pub(crate) with_column: Option<(PathBuf, u32)>,
}

impl FromStr for Spot {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (path, line) = numbered(text).ok_or("write the file, a colon and the line, as in src/tax.ts:41")?;
        if line == 0 {
            return Err("lines are counted from 1".to_owned());
        }
        let with_column = numbered(path).filter(|&(_, line)| line > 0).map(|(path, line)| (PathBuf::from(path), line));
        Ok(Self { path: PathBuf::from(path), line, with_column })
    }
}

/// What stands before the last colon, and the number behind it.
fn numbered(text: &str) -> Option<(&str, u32)> {
    let (path, line) = text.rsplit_once(':')?;
    let is_number = !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit());
    (is_number && !path.is_empty()).then_some(path).zip(line.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(text: &str) -> (String, u32) {
        let spot: Spot = text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
        (spot.path.display().to_string(), spot.line)
    }

    #[test]
    fn the_last_colon_counts() {
        assert_eq!(spot("src/a.ts:12"), ("src/a.ts".to_owned(), 12));
        assert_eq!(spot("a:b:12"), ("a:b".to_owned(), 12));
        assert_eq!(spot("C:\\src\\a.ts:12"), ("C:\\src\\a.ts".to_owned(), 12));
        assert_eq!(spot("a b.ts:1"), ("a b.ts".to_owned(), 1));
    }

    #[test]
    fn a_column_may_follow() {
        let spot: Spot = "a.ts:12:5".parse().expect("it is a place");
        assert_eq!((spot.path, spot.line), (PathBuf::from("a.ts:12"), 5));
        assert_eq!(spot.with_column, Some((PathBuf::from("a.ts"), 12)));
    }

    #[test]
    fn a_line_has_to_be_named() {
        for typed in ["", "a.ts", "a.ts:", ":12", "a.ts:x", "a.ts:-1", "a.ts:+1", "a.ts:1 ", "a.ts:99999999999", "C:\\a.ts"] {
            let error = typed.parse::<Spot>().expect_err(typed);
            assert!(error.contains("src/tax.ts:41"), "{typed}: {error}");
        }
        assert_eq!("a.ts:0".parse::<Spot>(), Err("lines are counted from 1".to_owned()));
    }
}
