//! How packs speak about names: globs for modules and functions, words for what projects name themselves.
//!
//! A project calls its client `ldClient`, `LD_CLIENT` or `self.ld_client`; a pack says `ld client` and means all three.

/// Text in which `*` stands for any run of characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Glob(String);

impl Glob {
    pub(crate) fn new(pattern: &str) -> Self {
        Self(pattern.to_owned())
    }

    pub(crate) fn is_literal(&self) -> bool {
        !self.0.contains('*')
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn matches(&self, text: &str) -> bool {
        // The classic two-pointer walk: on a mismatch, let the last star eat one byte more. At worst |pattern| * |text|.
        let (pattern, text) = (self.0.as_bytes(), text.as_bytes());
        let (mut p, mut t) = (0, 0);
        let mut retry = None;
        while t < text.len() {
            if p < pattern.len() && pattern[p] == b'*' {
                retry = Some((p, t));
                p += 1;
            } else if p < pattern.len() && pattern[p] == text[t] {
                p += 1;
                t += 1;
            } else if let Some((star, eaten)) = retry {
                retry = Some((star, eaten + 1));
                p = star + 1;
                t = eaten + 1;
            } else {
                return false;
            }
        }
        pattern[p..].iter().all(|&byte| byte == b'*')
    }

    /// Whether the module, or a folder that it lies in, is meant: `posthog-js` means `posthog-js/react` too.
    pub(crate) fn matches_module(&self, module: &str) -> bool {
        /// Longer than any real module path.
        const LIMIT: usize = 300;
        if module.len() > LIMIT {
            return false;
        }
        self.matches(module)
            || module.char_indices().any(|(at, c)| at > 0 && (c == '/' || c == '.') && self.matches(&module[..at]))
    }
}

/// Consecutive words of a name, in any casing: `feature flag` is in `isFeatureFlagOn` and `FEATURE_FLAGS`.
///
/// `^` ties the first word to the beginning of the name and `$` the last one to its end; `*` is any words. A dot separates the names of a
/// path, and the last names of the path must match: `ui config.^flags$` is in `props.uiConfig.flags`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NamePattern(Vec<NameWords>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct NameWords {
    words: Vec<String>,
    at_start: bool,
    at_end: bool,
}

impl NamePattern {
    /// `None` where a name of the pattern has no words, or more than two `*`, which would be slow.
    pub(crate) fn new(pattern: &str) -> Option<Self> {
        let names: Vec<NameWords> = pattern.split('.').map(NameWords::new).collect();
        let stars = |name: &NameWords| name.words.iter().filter(|word| *word == "*").count();
        names.iter().all(|name| name.words.len() > stars(name) && stars(name) <= 2).then_some(Self(names))
    }

    /// Whether the last names of a dotted path match.
    pub(crate) fn matches(&self, path: &str) -> bool {
        let mut names = path.rsplit('.');
        self.0.iter().rev().all(|pattern| names.next().is_some_and(|name| pattern.matches(name)))
    }

    /// Whether it says more than the last name.
    pub(crate) fn is_path(&self) -> bool {
        self.0.len() > 1
    }

    /// Whether the last name of the pattern matches this one.
    pub(crate) fn matches_last(&self, name: &str) -> bool {
        self.0.last().is_some_and(|pattern| pattern.matches(name))
    }
}

impl NameWords {
    fn new(pattern: &str) -> Self {
        let pattern = pattern.trim();
        Self {
            at_start: pattern.starts_with('^'),
            at_end: pattern.ends_with('$'),
            words: pattern
                .split_whitespace()
                .flat_map(|part| if part == "*" { vec!["*"] } else { words(part).collect() })
                .map(str::to_ascii_lowercase)
                .collect(),
        }
    }

    fn matches(&self, name: &str) -> bool {
        /// Longer than any real name.
        const LIMIT: usize = 24;
        let found: Vec<&str> = words(name).take(LIMIT).collect();
        let starts = if self.at_start { 0..1 } else { 0..found.len() };
        starts.into_iter().any(|at| self.matches_from(&self.words, &found[at.min(found.len())..]))
    }

    fn matches_from(&self, wanted: &[String], found: &[&str]) -> bool {
        match wanted.split_first() {
            None => !self.at_end || found.is_empty(),
            Some((word, rest)) if word == "*" => (0..=found.len()).any(|skip| self.matches_from(rest, &found[skip..])),
            Some((word, rest)) => found
                .split_first()
                .is_some_and(|(first, found)| same_word(word, first) && self.matches_from(rest, found)),
        }
    }
}

/// Equal but for case and a plural `s`.
fn same_word(word: &str, found: &str) -> bool {
    let singular = |text: &str| text.strip_suffix(['s', 'S']).map_or(text.len(), str::len);
    found.eq_ignore_ascii_case(word)
        || (found.len() == word.len() + 1
            && singular(found) == word.len()
            && found[..word.len()].eq_ignore_ascii_case(word))
}

/// The words of a name: `getLDClient2_beta` -> `get`, `LD`, `Client2`, `beta`.
pub(crate) fn words(name: &str) -> impl Iterator<Item = &str> {
    let bytes = name.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() && !bytes[at].is_ascii_alphanumeric() {
            at += 1;
        }
        let start = at;
        while at < bytes.len() && bytes[at].is_ascii_alphanumeric() {
            at += 1;
            let Some(next) = bytes.get(at).filter(|byte| byte.is_ascii_uppercase()) else { continue };
            let after_lower = !bytes[at - 1].is_ascii_uppercase();
            let before_lower = bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase);
            // `LDClient` parts before `C`; `FLAGs` does not.
            let plural =
                before_lower && bytes[at + 1] == b's' && !bytes.get(at + 2).is_some_and(u8::is_ascii_alphanumeric);
            if after_lower || (before_lower && !plural && next.is_ascii_uppercase()) {
                break;
            }
        }
        (start < at).then(|| &name[start..at])
    })
}

/// Whether the name is written like a constant: `NEW_TAX`, `_V2`; one letter is not enough.
pub(crate) fn is_constant_case(name: &str) -> bool {
    name.len() > 1
        && name.bytes().any(|byte| byte.is_ascii_uppercase())
        && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_match_whole_texts_and_modules_match_folders() {
        assert!(Glob::new("use*Flag").matches("useUiFlag"));
        assert!(!Glob::new("use*Flag").matches("useUiFlags"));
        assert!(Glob::new("*").matches(""));
        assert!(Glob::new("posthog-js").matches_module("posthog-js/react"));
        assert!(Glob::new("ldclient").matches_module("ldclient.client"));
        assert!(!Glob::new("ldclient").matches_module("ldclient2"));
        assert!(Glob::new("@launchdarkly/*").matches_module("@launchdarkly/node-server-sdk"));
    }

    #[test]
    fn names_are_split_into_words() {
        let split = |name| words(name).collect::<Vec<_>>().join("|");
        assert_eq!(split("getLDClient2_beta"), "get|LD|Client2|beta");
        assert_eq!(split("FEATURE_FLAGS"), "FEATURE|FLAGS");
        assert_eq!(split("$featureFlags"), "feature|Flags");
        assert_eq!(split("IFlagKey"), "I|Flag|Key");
        assert_eq!(split(""), "");
    }

    #[test]
    fn name_patterns_are_words_in_a_row() {
        let matches = |pattern, path| NamePattern::new(pattern).expect("has words").matches(path);
        assert!(matches("ld client", "this.ldClient"));
        assert!(matches("ld client", "LD_CLIENT"));
        assert!(!matches("ld client", "world.client"));
        assert!(matches("feature flag", "isFeatureFlagsOn"));
        assert!(matches("^flag$", "config.flags"));
        assert!(!matches("^flag$", "compilerFlags"));
        assert!(matches("ui config.^flag$", "props.uiConfig.flags"));
        assert!(!matches("ui config.^flag$", "compiler.flags"));
        assert!(matches("^feature * enabled$", "FEATURE_SECURE_COOKIE_ENABLED"));
        assert!(!matches("^feature * enabled$", "FEATURE_CREATED"));
        assert!(NamePattern::new("^$").is_none());
    }

    #[test]
    fn constants_are_written_in_capitals() {
        assert!(is_constant_case("NEW_TAX2"));
        assert!(!is_constant_case("NewTax"));
        assert!(!is_constant_case("X"));
        assert!(!is_constant_case("_"));
    }
}
