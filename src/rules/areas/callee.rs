//! Patterns of dotted names: `op.add_column`, `.delay`, `fetch`, `stripe.*`, `send*Email`, `{app,router}.{get,post}`.

/// A pattern of a dotted name, matched from its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CalleePattern {
    parts: Vec<PartPattern>,
    /// How much may stand in front of the parts.
    front: Front,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Front {
    /// `fetch`: the name is no method.
    Nothing,
    /// `.delay`: the name is a method.
    Something,
    /// `op.add_column`: also found in `self.op.add_column`.
    Anything,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum PartPattern {
    Exact(String),
    /// Literal pieces with any letters between them.
    Glob(Vec<String>),
}

/// How many patterns the braces of one may stand for.
const MAX_ALTERNATIVES: usize = 256;

impl CalleePattern {
    /// Reads a pattern and gives one for each choice of its braces; the error is a clause for people.
    pub(crate) fn parse_all(text: &str) -> Result<Vec<Self>, String> {
        let Some(open) = text.find('{') else { return Ok(vec![Self::parse(text)?]) };
        let Some(length) = text[open..].find('}') else {
            return Err(format!("\"{text}\" opens a brace that it does not close"));
        };
        let (front, rest) = (&text[..open], &text[open + length + 1..]);
        let mut patterns = Vec::new();
        for choice in text[open + 1..open + length].split(',') {
            patterns.extend(Self::parse_all(&format!("{front}{choice}{rest}"))?);
            if patterns.len() > MAX_ALTERNATIVES {
                return Err(format!("\"{text}\" stands for more than {MAX_ALTERNATIVES} patterns"));
            }
        }
        Ok(patterns)
    }

    fn parse(text: &str) -> Result<Self, String> {
        let (front, body) = match text.strip_prefix('.') {
            Some(body) => (Front::Something, body),
            None if text.contains('.') => (Front::Anything, text),
            None => (Front::Nothing, text),
        };
        if body.is_empty() || body.split('.').any(str::is_empty) {
            return Err(format!("\"{text}\" is an empty pattern or has an empty part"));
        }
        let parts = body
            .split('.')
            .map(|part| match part.contains('*') {
                true => PartPattern::Glob(part.split('*').map(str::to_owned).collect()),
                false => PartPattern::Exact(part.to_owned()),
            })
            .collect();
        Ok(Self { parts, front })
    }

    /// The last part, where it is the same in every match.
    pub(crate) fn last_exact(&self) -> Option<&str> {
        match self.parts.last() {
            Some(PartPattern::Exact(text)) => Some(text),
            _ => None,
        }
    }

    /// Whether the name with these parts matches.
    pub(crate) fn matches(&self, name: &[&str]) -> bool {
        let Some(in_front) = name.len().checked_sub(self.parts.len()) else { return false };
        let front_fits = match self.front {
            Front::Nothing => in_front == 0,
            Front::Something => in_front > 0,
            Front::Anything => true,
        };
        front_fits && self.parts.iter().zip(&name[in_front..]).all(|(pattern, part)| pattern.matches(part))
    }
}

impl PartPattern {
    fn matches(&self, part: &str) -> bool {
        match self {
            Self::Exact(text) => text == part,
            Self::Glob(pieces) => glob_matches(pieces, part),
        }
    }
}

/// Whether the text is the pieces in order with anything between them.
fn glob_matches(pieces: &[String], text: &str) -> bool {
    let [first, middle @ .., last] = pieces else { return false };
    let Some(rest) = text.strip_prefix(first.as_str()) else { return false };
    let Some(mut rest) = rest.strip_suffix(last.as_str()) else { return false };
    for piece in middle {
        let Some(at) = rest.find(piece.as_str()) else { return false };
        rest = &rest[at + piece.len()..];
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, name: &str) -> bool {
        let parts: Vec<&str> = name.split('.').collect();
        CalleePattern::parse(pattern).expect("the pattern is valid").matches(&parts)
    }

    #[test]
    fn the_front_decides_what_may_stand_before() {
        assert!(matches("fetch", "fetch"));
        assert!(!matches("fetch", "store.fetch"));
        assert!(matches(".delay", "tasks.send.delay"));
        assert!(!matches(".delay", "delay"));
        assert!(matches("op.add_column", "op.add_column"));
        assert!(matches("op.add_column", "self.op.add_column"));
        assert!(!matches("op.add_column", "add_column"));
    }

    #[test]
    fn stars_stand_for_letters_of_one_part() {
        assert!(matches("stripe.*", "stripe.refund"));
        assert!(!matches("stripe.*", "stripe.charges.create"));
        assert!(matches("stripe.*.*", "stripe.charges.create"));
        assert!(matches("*Router.get", "usersRouter.get"));
        assert!(matches(".send*Email", "mail.sendWelcomeEmail"));
        assert!(!matches(".send*Email", "mail.sendWelcome"));
        assert!(!matches("a*a", "a"), "the ends of a pattern do not overlap");
    }

    #[test]
    fn braces_are_choices() {
        let all = CalleePattern::parse_all("{app,router}.{get,post}").expect("valid");
        assert_eq!(all.len(), 4);
        assert!(all.iter().any(|pattern| pattern.matches(&["router", "post"])));
        assert!(CalleePattern::parse_all("a.{b").is_err());
        let many = "{a,b,c,d,e,f,g,h}".repeat(4);
        assert!(CalleePattern::parse_all(&many).is_err(), "the number of patterns is bounded");
    }

    #[test]
    fn empty_patterns_are_refused() {
        for text in ["", ".", "a..b", "a."] {
            assert!(CalleePattern::parse(text).is_err(), "{text}");
        }
    }
}
