//! What a node of the facts is called, and what a string node holds.

use super::SourceFile;
use super::facts::{NodeId, Part, Role};

impl SourceFile {
    /// The value of a string node: quotes and prefixes removed, simple escapes resolved, adjacent strings joined.
    pub(crate) fn string_value(&self, id: NodeId) -> Option<String> {
        if self.facts()?.role(id) != Role::String {
            return None;
        }
        literal(self.text_of(id))
    }

    /// The same, also of a string alone in a tuple, where a comma was left behind: `("new-tax",)`.
    pub(crate) fn lone_string_value(&self, id: NodeId) -> Option<String> {
        let facts = self.facts()?;
        let mut inside = facts.children(id).filter(|&at| facts.role(at) != Role::Comment);
        let is_tuple = facts.role(id) == Role::Array && !self.text_of(id).starts_with(['[', '{']);
        match (inside.next(), inside.next()) {
            (Some(only), None) if is_tuple => self.string_value(only),
            _ => self.string_value(id),
        }
    }

    /// `a.b?.c` and `this.x` as `a.b.c` and `this.x`, also through parentheses and the like.
    pub(crate) fn dotted(&self, id: NodeId) -> Option<String> {
        let facts = self.facts()?;
        let mut at = id;
        let mut properties = Vec::new();
        loop {
            match facts.role(at) {
                Role::Transparent => at = facts.part(at, Part::Operand)?,
                Role::Member => {
                    properties.push(self.text_of(facts.part(at, Part::Property)?));
                    at = facts.part(at, Part::Object)?;
                }
                // `this` and `super` have no role of their own.
                Role::Identifier | Role::Other if is_word(self.text_of(at)) => break,
                _ => return None,
            }
        }
        let mut name = self.text_of(at).to_owned();
        for property in properties.iter().rev() {
            name.push('.');
            name.push_str(property);
        }
        Some(name)
    }

    /// The last name of what a call calls: `pay` of `bank.pay()`.
    pub(crate) fn callee_name(&self, call: NodeId) -> Option<&str> {
        Some(self.last_name(self.facts()?.part(call, Part::Callee)?))
    }

    /// The last name of a member, or what is written: `pay` of `bank.pay`.
    pub(crate) fn last_name(&self, expression: NodeId) -> &str {
        let property = self.facts().and_then(|facts| facts.part(expression, Part::Property));
        self.text_of(property.unwrap_or(expression))
    }

    /// The text of the node's `name` part.
    pub(crate) fn name_of(&self, id: NodeId) -> Option<&str> {
        let name = self.facts()?.part(id, Part::Name)?;
        Some(self.text_of(name))
    }
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '$' | '#'))
}

/// Reads `"a"`, `r'b'`, `"""c"""`, `` `d` ``, or several of them in a row.
fn literal(text: &str) -> Option<String> {
    let mut value = String::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let quote_at = rest.find(['"', '\'', '`'])?;
        let (prefix, quoted) = rest.split_at(quote_at);
        if prefix.len() > 2 || !prefix.chars().all(|c| c.is_ascii_alphabetic()) {
            return None;
        }
        let raw = prefix.contains(['r', 'R']);
        let quote = &quoted[..1];
        let triple = quote.repeat(3);
        let quote = if quoted.starts_with(&triple) && quoted.len() >= 6 { triple.as_str() } else { quote };
        let inside = &quoted[quote.len()..];
        let end = closing(inside, quote)?;
        if raw {
            value.push_str(&inside[..end])
        } else {
            unescape(&inside[..end], &mut value)
        }
        rest = inside[end + quote.len()..].trim_start_matches(|c: char| c.is_whitespace() || c == '\\');
    }
    Some(value)
}

/// Where the quote closes.
fn closing(inside: &str, quote: &str) -> Option<usize> {
    let mut at = 0;
    while !inside[at..].starts_with(quote) {
        let c = inside[at..].chars().next()?;
        at += c.len_utf8();
        if c == '\\' {
            at += inside[at..].chars().next()?.len_utf8();
        }
    }
    Some(at)
}

fn unescape(text: &str, value: &mut String) {
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            value.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => value.push('\n'),
            Some('t') => value.push('\t'),
            Some('r') => value.push('\r'),
            Some('0') => value.push('\0'),
            Some('\n') | None => {}
            Some(form @ ('x' | 'u')) => {
                let rest = chars.as_str();
                let (digits, used) = match rest.strip_prefix('{').and_then(|inner| inner.split_once('}')) {
                    Some((digits, _)) => (digits, digits.len() + 2),
                    None => {
                        let len = if form == 'x' { 2 } else { 4 };
                        (rest.get(..len).unwrap_or(""), len)
                    }
                };
                match u32::from_str_radix(digits, 16).ok().and_then(char::from_u32) {
                    Some(c) => {
                        value.push(c);
                        chars = rest[used..].chars();
                    }
                    None => value.extend(['\\', form]),
                }
            }
            Some(c) => value.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::literal;

    #[test]
    fn strings_are_read_as_their_value() {
        let cases = [
            (r#""a""#, "a"),
            ("'it\\'s'", "it's"),
            ("`t`", "t"),
            ("r'\\d'", "\\d"),
            ("\"\"\"a \"b\" c\"\"\"", "a \"b\" c"),
            ("\"\"", ""),
            ("'a' \"b\"", "ab"),
            ("'\\u0041\\x42\\u{43}'", "ABC"),
            ("'\\uZZ'", "\\uZZ"),
            ("'é\\'", ""),
        ];
        for (text, value) in &cases[..cases.len() - 1] {
            assert_eq!(literal(text).as_deref(), Some(*value), "{text}");
        }
        assert_eq!(literal(cases[cases.len() - 1].0), None, "never closed");
    }
}
