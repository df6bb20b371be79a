//! What markup shows only with a flag: `<Tips v-if="isOn" />` beside a script that says what `isOn` is.
//!
//! Only elements with a plain condition of their own are looked at: names of the script, joined by `&&`. What else markup can
//! say is not understood, and what stands in no such element is open.

use super::condition::{FlagOutcome, FlagValues};
use super::dominance::GateAt;
use super::gate_at;
use crate::location::Span;
use crate::report::{Gate, GateKind};
use crate::syntax::sections::outside_markup;
use crate::terms::Polarity;

/// What an element says to be shown under a condition.
const CONDITION: &str = "v-if";

/// Elements that hold nothing, and have no end.
const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// More elements are not looked at.
const MAX_ELEMENTS: usize = 5_000;

/// Deeper elements are not looked at.
const MAX_DEPTH: usize = 200;

/// An element with what it takes for it to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Element<'t> {
    span: Span,
    condition: &'t str,
}

/// The gates (flag ON) that all of these places stand behind, each in an element of its own or a common one; `None` where one of
/// them does not.
pub(crate) fn gates(values: &FlagValues<'_>, places: &[Span]) -> Option<Vec<Gate>> {
    let outside = outside_markup(&values.file.text);
    let elements = elements(&values.file.text, &outside)?;
    let mut found: Vec<Gate> = Vec::new();
    for &place in places {
        let around = elements.iter().filter(|element| element.span.contains(place));
        let gates: Vec<Gate> = around.flat_map(|element| of_condition(values, element.condition)).collect();
        if gates.is_empty() {
            return None;
        }
        gates.into_iter().for_each(|gate| super::push_new(&mut found, gate));
    }
    (!found.is_empty()).then_some(found)
}

/// The gates of what took the place of something else: both stand behind some, or nothing but conditions came.
pub(crate) fn gates_of_both(
    (old, before): (&FlagValues<'_>, &[Span]),
    (new, after): (&FlagValues<'_>, &[Span]),
) -> Option<Vec<Gate>> {
    let found = gates(new, after)?;
    let text = |values: &FlagValues<'_>, places: &[Span]| -> String {
        places.iter().map(|place| place.text(&values.file.text)).collect::<Vec<_>>().join("\n")
    };
    let (was, is) = (text(old, before), text(new, after));
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    let ((was, had), (is, has)) = (without_conditions(&was), without_conditions(&is));
    // `v-if="on && isPaid"` in place of `v-if="isPaid"`
    let asks_for_more = |(had, has): (&&str, &&str)| {
        let has = conjuncts(has);
        !conjuncts(had).is_empty() && conjuncts(had).iter().all(|part| has.contains(part))
    };
    let is_narrower = had.is_empty() || had.len() == has.len() && had.iter().zip(&has).all(asks_for_more);
    // What another element shows instead is shown more often.
    let has_other = after.iter().any(|place| is_followed_by_else(new, *place));
    let is_enclosed = squeezed(&was) == squeezed(&is) && is_narrower && !has_other;
    (is_enclosed || gates(old, before).is_some()).then_some(found)
}

/// Whether an element around a place has another one that is shown in its stead: `<Other v-else />`.
fn is_followed_by_else(values: &FlagValues<'_>, place: Span) -> bool {
    let text = &values.file.text;
    let elements = elements(text, &outside_markup(text)).unwrap_or_default();
    elements.iter().filter(|element| element.span.contains(place)).any(|element| {
        let mut rest = text[element.span.end as usize..].trim_start();
        while let Some(end) = rest.strip_prefix("<!--").and_then(|comment| comment.find("-->")) {
            rest = rest[4 + end + 3..].trim_start();
        }
        rest[..rest.find('>').unwrap_or(rest.len())].contains("v-else")
    })
}

/// `isOn && items.length`
fn of_condition(values: &FlagValues<'_>, condition: &str) -> Vec<Gate> {
    let is_name = |name: &&str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '$'));
    let names = conjuncts(condition).into_iter();
    let outcomes = names.filter(is_name).flat_map(|name| values.told_to_markup(name));
    let on = outcomes.filter(|outcome| outcome.polarity == Polarity::On);
    let gate = |outcome: FlagOutcome| {
        let at = values.evaluations[outcome.evaluation].node;
        gate_at(values, &GateAt { outcome, kind: GateKind::Component, at })
    };
    on.map(gate).collect()
}

/// What has to be true together; nothing where the condition says more than that.
fn conjuncts(condition: &str) -> Vec<&str> {
    // `a?.b` is a name with a member.
    let is_plain = !condition.contains("||") && !condition.replace("?.", ".").contains('?');
    let parts = condition.split("&&").map(str::trim).collect::<Vec<_>>();
    let are_whole = parts.iter().all(|part| part.matches('(').count() == part.matches(')').count());
    if is_plain && are_whole { parts } else { Vec::new() }
}

/// The elements of a text that have a condition, without what is no markup; `None` where their ends are not told.
fn elements<'t>(text: &'t str, outside: &[Span]) -> Option<Vec<Element<'t>>> {
    let mut found: Vec<Element<'t>> = Vec::new();
    let mut open: Vec<(&str, usize, Option<&'t str>)> = Vec::new();
    let mut at = 0;
    let mut seen = 0;
    while let Some(start) = text[at..].find('<').map(|next| at + next) {
        if let Some(span) = outside.iter().find(|span| span.start as usize <= start && start < span.end as usize) {
            at = span.end as usize;
            continue;
        }
        let rest = &text[start..];
        if rest.starts_with("<!--") {
            at = rest.find("-->").map(|end| start + end + 3)?;
            continue;
        }
        let is_end = rest.starts_with("</");
        let name_at = start + 1 + usize::from(is_end);
        let name = name_of(&text[name_at..]);
        if name.is_empty() {
            at = start + 1;
            continue;
        }
        let (end, condition) = head(text, name_at + name.len())?;
        at = end;
        seen += 1;
        if seen > MAX_ELEMENTS || open.len() > MAX_DEPTH {
            return None;
        }
        if is_end {
            // `<p>` without its end is closed by that of what it is in.
            let matching = open.iter().rposition(|(other, ..)| *other == name)?;
            for (_, start, condition) in open.drain(matching..) {
                found.extend(condition.map(|condition| element(start, end, condition)));
            }
        } else if text[..end].ends_with("/>") || VOID.contains(&name) {
            found.extend(condition.map(|condition| element(start, end, condition)));
        } else {
            open.push((name, start, condition));
        }
    }
    open.is_empty().then_some(found)
}

fn element(start: usize, end: usize, condition: &str) -> Element<'_> {
    Element { span: Span { start: start as u32, end: end as u32 }, condition }
}

fn name_of(text: &str) -> &str {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
    let end = text.find(|c| !is_name(c)).unwrap_or(text.len());
    if text.starts_with(|c: char| c.is_ascii_alphabetic()) { &text[..end] } else { "" }
}

/// Where a tag ends, and its condition.
fn head(text: &str, from: usize) -> Option<(usize, Option<&str>)> {
    let (mut at, mut condition) = (from, None);
    loop {
        let next = text[at..].find(['>', '"', '\'']).map(|next| at + next)?;
        let quote = match text.as_bytes()[next] {
            b'>' => return Some((next + 1, condition)),
            quote => quote,
        };
        let end = text[next + 1..].find(char::from(quote)).map(|end| next + 1 + end)?;
        let name = text[at..next].trim_end().strip_suffix('=').map_or("", str::trim_end);
        if name.split_whitespace().next_back() == Some(CONDITION) {
            condition = Some(&text[next + 1..end]);
        }
        at = end + 1;
    }
}

/// A text without the conditions of its elements, and these.
fn without_conditions(text: &str) -> (String, Vec<&str>) {
    let (mut without, mut conditions) = (String::with_capacity(text.len()), Vec::new());
    let mut rest = text;
    while let Some(at) = rest.find("v-if=\"") {
        without.push_str(&rest[..at]);
        let value = &rest[at + CONDITION.len() + 2..];
        let end = value.find('"').unwrap_or(value.len());
        conditions.push(&value[..end]);
        rest = value.get(end + 1..).unwrap_or_default();
    }
    without.push_str(rest);
    (without, conditions)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_end_where_they_end() {
        let text = "<template>\n<a v-if=\"on\" :x=\"a > b\"><b/><br><p v-if='two'>x</p></a><!-- <c v-if=\"no\"> -->\n<d v-if=\"last && on\" />\n</template>";
        let found = elements(text, &[]).expect("all of them end");
        let found: Vec<(&str, &str)> = found.iter().map(|it| (it.condition, it.span.text(text))).collect();
        assert_eq!(found[0], ("two", "<p v-if='two'>x</p>"));
        assert_eq!(found[1].0, "on");
        assert!(found[1].1.ends_with("</a>"));
        assert_eq!(found[2], ("last && on", "<d v-if=\"last && on\" />"));
        for text in ["<a v-if=\"on\">", "<a v-if=\"on", "</a>", "<a><b></a></b>"] {
            assert_eq!(elements(text, &[]), None, "{text}");
        }
        let (without, conditions) = without_conditions("<a v-if=\"on\" b=\"c\">");
        assert_eq!((without.as_str(), conditions), ("<a  b=\"c\">", vec!["on"]));
        assert_eq!(conjuncts("on && a?.b === f(1)"), ["on", "a?.b === f(1)"]);
        for condition in ["on || off", "on ? a : b", "on && (a && b)"] {
            assert_eq!(conjuncts(condition), [""; 0], "{condition}");
        }
    }
}
