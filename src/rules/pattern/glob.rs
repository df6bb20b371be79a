//! Path patterns.

use super::{Pattern, Refusal, wildcard_match};

/// A path pattern: `**/billing/**`, `*.sql`, `{app,lib}/**`.
///
/// It is matched against the whole path from the repository's root, with `/` separators. `*` and `?` stay within one
/// segment, `**` between separators spans any number of them, `{a,b}` is one or the other, and every other character
/// (brackets too, as in `pages/[id].tsx`) stands for itself. Case counts. A pattern without `/` is looked for in every
/// folder, and one that ends in `/` stands for all that is in the folder.
///
/// Not a regex: compiling one costs tens of microseconds, and the packs hold hundreds of patterns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Glob {
    /// What the braces expand to, each as its segments.
    alternatives: Vec<Vec<Segment>>,
}

/// What one part of a path pattern between separators matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Segment {
    /// `**`: any number of segments.
    Any,
    Literal(String),
    /// Holds `*` or `?`.
    Wildcard(String),
}

/// How many patterns the braces of one may stand for.
const MAX_ALTERNATIVES: usize = 512;

impl Glob {
    pub(crate) fn matches(&self, path: &str) -> bool {
        // Most patterns are told by the last name already.
        let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
        self.alternatives.iter().any(|pattern| may_end_with(pattern, name)) && {
            let segments: Vec<&str> = path.split('/').collect();
            self.matches_segments(&segments)
        }
    }

    /// Like [`Glob::matches`], for a path that was split at its separators once for many patterns.
    pub(crate) fn matches_segments(&self, path: &[&str]) -> bool {
        self.alternatives.iter().any(|pattern| segments_match(pattern, path))
    }

    /// The patterns without braces that it stands for.
    pub(crate) fn alternatives(&self) -> &[Vec<Segment>] {
        &self.alternatives
    }
}

impl Segment {
    fn new(text: &str) -> Result<Self, Refusal> {
        match text {
            "**" => Ok(Self::Any),
            _ if text.contains("**") => Err("`**` stands alone between separators".into()),
            "" => Err("there is nothing between two separators".into()),
            _ if text.contains(['*', '?']) => Ok(Self::Wildcard(text.to_owned())),
            _ => Ok(Self::Literal(text.to_owned())),
        }
    }

    pub(crate) fn matches(&self, text: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Literal(literal) => literal == text,
            Self::Wildcard(pattern) => wildcard_match(pattern.as_bytes(), text.as_bytes(), true, |_| true),
        }
    }
}

impl Pattern for Glob {
    const WHAT: &'static str = "a path pattern";

    fn parse(text: &str) -> Result<Self, Refusal> {
        if text.starts_with('/') || text.starts_with("./") {
            return Err("paths begin at the repository's root, without `/` or `./`".into());
        }
        if text.starts_with('!') {
            return Err("there are no patterns that take back others".into());
        }
        if text.contains('\\') {
            return Err("path separators are `/` on every system".into());
        }
        if has_character_class(text) {
            return Err(
                "there are no character classes, and brackets stand for themselves; use `*`, `?` or `{a,b}`".into()
            );
        }
        let mut alternatives = Vec::new();
        for path in expand_braces(text)? {
            let (folder, body) = match path.strip_suffix('/') {
                Some(body) => (true, body),
                None => (false, path.as_str()),
            };
            let mut segments = if body.contains('/') || body == "**" { vec![] } else { vec![Segment::Any] };
            for segment in body.split('/') {
                segments.push(Segment::new(segment)?);
            }
            if folder {
                segments.push(Segment::Any);
            }
            alternatives.push(segments);
        }
        Ok(Self { alternatives })
    }
}

/// True for `[a-z]`, `[!a]`: what other tools read as one of several characters.
fn has_character_class(text: &str) -> bool {
    let mut bodies = text.split('[').skip(1).filter_map(|rest| rest.split_once(']').map(|(body, _)| body));
    bodies.any(|body| body.starts_with(['!', '^']) || matches!(body.as_bytes(), [_, b'-', _]))
}

/// The texts that `{a,b}` stands for, in the order of writing.
fn expand_braces(text: &str) -> Result<Vec<String>, Refusal> {
    let mut done = Vec::new();
    let mut open = vec![text.to_owned()];
    while let Some(text) = open.pop() {
        if done.len() + open.len() >= MAX_ALTERNATIVES {
            return Err(format!("its braces stand for more than {MAX_ALTERNATIVES} patterns"));
        }
        // The innermost pair comes first, so that pairs may stand in pairs.
        let Some(end) = text.find('}') else {
            if text.contains('{') {
                return Err("`{` has no `}`".into());
            }
            done.push(text);
            continue;
        };
        let Some(start) = text[..end].rfind('{') else { return Err("`}` has no `{`".into()) };
        let choices: Vec<&str> = text[start + 1..end].split(',').collect();
        let expanded = choices.iter().rev().map(|choice| format!("{}{choice}{}", &text[..start], &text[end + 1..]));
        open.extend(expanded);
    }
    done.sort_unstable();
    done.dedup();
    Ok(done)
}

/// Whether the last segment of a path may be this one.
fn may_end_with(pattern: &[Segment], name: &str) -> bool {
    pattern.last().is_some_and(|last| last.matches(name))
}

/// Like [`wildcard_match`] with segments for bytes and `**` for `*`; at the end, `**` stands for one segment or more.
pub(crate) fn segments_match(pattern: &[Segment], path: &[&str]) -> bool {
    if !path.last().is_some_and(|name| may_end_with(pattern, name)) {
        return false;
    }
    let (mut p, mut t) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    loop {
        match pattern.get(p) {
            Some(Segment::Any) if p + 1 == pattern.len() && t < path.len() => return true,
            Some(Segment::Any) if p + 1 < pattern.len() => {
                retry = Some((p, t));
                p += 1;
                continue;
            }
            Some(segment) if path.get(t).is_some_and(|text| segment.matches(text)) => {
                p += 1;
                t += 1;
                continue;
            }
            None if t == path.len() => return true,
            _ => {}
        }
        let Some((star, from)) = retry else { return false };
        if from >= path.len() {
            return false;
        }
        retry = Some((star, from + 1));
        p = star + 1;
        t = from + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn globs_match_whole_paths() {
        let hit = |glob: &str, path: &str| Glob::new(glob).matches(path);
        assert!(hit("**/billing/**", "billing/a.ts") && hit("**/billing/**", "src/billing/x/a.ts"));
        assert!(!hit("**/billing/**", "src/billing.ts"));
        assert!(hit("*.sql", "a.sql") && hit("*.sql", "db/a.sql"), "without `/`, in every folder");
        assert!(!hit("db/*.sql", "db/x/a.sql") && !hit("db/*.sql", "x/db/a.sql"));
        assert!(hit("vendor/", "vendor/a/b.go") && hit("vendor/", "x/vendor/b.go"));
        assert!(hit("web/vendor/", "web/vendor/a/b.go") && !hit("web/vendor/", "x/web/vendor/b.go"));
        assert!(!hit("*.SQL", "a.sql"), "case counts");
        assert!(hit("{app,lib}/*.py", "lib/x.py") && hit("*.{c,m,}js", "a.mjs") && hit("{a,b{c,d}}/x", "bd/x"));
        assert!(hit("pages/[id].ts", "pages/[id].ts") && hit("?.ts", "é.ts") && !hit("?.ts", ".ts"));
    }

    proptest! {
        #[test]
        fn globs_agree_with_globset(
            glob in "(\\*\\*/)?[ab*?]{1,4}(/([ab*?]{1,3}|\\*\\*)){0,4}", path in "[ab]{1,3}(/[ab]{1,3}){0,5}",
        ) {
            let Ok(ours) = Glob::parse(&glob) else { return Ok(()) };
            let anywhere = if glob.contains('/') { "" } else { "**/" };
            let theirs = globset::GlobBuilder::new(&format!("{anywhere}{glob}")).literal_separator(true).build().unwrap();
            prop_assert_eq!(ours.matches(&path), theirs.compile_matcher().is_match(&path));
        }
    }
}
