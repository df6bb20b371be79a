//! From a pack as written to a pack that can be matched.

use super::AreaPack;
use super::callee::CalleePattern;
use super::expression::Expression;
use super::raw::{RawAreaPack, RawEvidence};
use super::tables::{Item, ItemId, Matcher, NameTable, Tables, WordTable};
use super::words::split_words;
use crate::terms::Tier;

pub(super) fn compile(area: &str, raw: RawAreaPack) -> Result<AreaPack, String> {
    if raw.evidence.is_empty() {
        return Err("`evidence` is empty: nothing could ever match".to_owned());
    }
    let threshold = raw.threshold.unwrap_or(3);
    if !(2..=9).contains(&threshold) {
        return Err(format!("`threshold` is {threshold}; it can be 2 to 9"));
    }
    let mut tables = Tables::default();
    let mut items = Vec::with_capacity(raw.evidence.len());
    for (at, evidence) in raw.evidence.into_iter().enumerate() {
        let what = evidence.what.clone();
        let id = ItemId(u32::try_from(at).unwrap_or(u32::MAX));
        let item = compile_item(evidence, id, raw.tier, &mut tables)
            .map_err(|problem| format!("evidence {} (\"{what}\"): {problem}", at + 1))?;
        items.push(item);
    }
    Ok(AreaPack {
        area: area.to_owned(),
        title: raw.title,
        about: raw.about,
        tier: raw.tier,
        threshold,
        not_gateable: raw.not_gateable,
        ignore_functions: raw.ignore_functions.into_iter().collect(),
        ignore_paths: raw.ignore_paths,
        items,
        tables,
    })
}

fn compile_item(raw: RawEvidence, id: ItemId, tier: Tier, tables: &mut Tables) -> Result<Item, String> {
    let matcher = the_matcher(&raw)?;
    check_strengths(&raw, matcher)?;
    fill_tables(&raw, matcher, id, tables)?;
    if matcher == Matcher::Lines && raw.paths.is_empty() {
        return Err("`lines` needs `paths`: which files are judged by line?".to_owned());
    }
    let calls_only = raw.argument.is_some() || raw.min_arguments.is_some();
    if calls_only && !matches!(matcher, Matcher::Calls | Matcher::Decorators) {
        return Err("`argument` and `min-arguments` only go with `calls` and `decorators`".to_owned());
    }
    if raw.position.is_some() && matcher != Matcher::Names {
        return Err("`position` only goes with `names`".to_owned());
    }
    if raw.several.is_some() && matcher != Matcher::Names {
        return Err("`several` only goes with `names`".to_owned());
    }
    let default_context = u8::from(!matches!(matcher, Matcher::Names | Matcher::Strings | Matcher::Keys));
    Ok(Item {
        matcher,
        strength: raw.strength,
        strength_in_ui: raw.ui.unwrap_or(raw.strength),
        strength_of_whole: raw.whole.unwrap_or(3),
        strength_of_several: raw.several.unwrap_or(0),
        strength_in_context: raw.context.unwrap_or(default_context),
        tier: raw.tier.unwrap_or(tier),
        not_gateable: raw.not_gateable,
        side: raw.side,
        paths: raw.paths,
        not_paths: raw.not_paths,
        imports: raw.imports,
        text: raw.text.as_deref().map(Expression::new).transpose()?,
        not_text: raw.not_text.as_deref().map(Expression::new).transpose()?,
        argument: raw.argument.as_deref().map(Expression::new).transpose()?,
        min_arguments: raw.min_arguments.unwrap_or(0),
        position: raw.position,
        what: raw.what,
    })
}

/// What the item looks for: exactly one of the lists has entries.
fn the_matcher(raw: &RawEvidence) -> Result<Matcher, String> {
    let lists = [
        ("modules", Matcher::Modules, raw.modules.is_empty()),
        ("module-words", Matcher::ModuleWords, raw.module_words.is_empty()),
        ("calls", Matcher::Calls, raw.calls.is_empty()),
        ("names", Matcher::Names, raw.names.is_empty()),
        ("decorators", Matcher::Decorators, raw.decorators.is_empty()),
        ("bases", Matcher::Bases, raw.bases.is_empty()),
        ("fields-of", Matcher::FieldsOf, raw.fields_of.is_empty()),
        ("parameters-of", Matcher::ParametersOf, raw.parameters_of.is_empty()),
        ("elements", Matcher::Elements, raw.elements.is_empty()),
        ("attributes", Matcher::Attributes, raw.attributes.is_empty()),
        ("keys", Matcher::Keys, raw.keys.is_empty()),
        ("defines", Matcher::Defines, raw.defines.is_empty()),
        ("strings", Matcher::Strings, raw.strings.is_empty()),
        ("sql", Matcher::Sql, raw.sql.is_empty()),
        ("path-words", Matcher::PathWords, raw.path_words.is_empty()),
        ("lines", Matcher::Lines, raw.lines.is_empty()),
    ];
    let mut given = lists.iter().filter(|(_, _, empty)| !empty);
    match (given.next(), given.next()) {
        (Some((_, matcher, _)), None) => Ok(*matcher),
        (Some((one, ..)), Some((other, ..))) => {
            Err(format!("looks for both `{one}` and `{other}`; keep one and move the other to an item of its own"))
        }
        (None, _) => {
            let names: Vec<String> = lists.iter().map(|(name, ..)| format!("`{name}`")).collect();
            Err(format!("looks for nothing; give one of {}", names.join(", ")))
        }
    }
}

fn check_strengths(raw: &RawEvidence, matcher: Matcher) -> Result<(), String> {
    if !(1..=3).contains(&raw.strength) {
        return Err(format!("`strength` is {}; it can be 1 (hint), 2 (likely) or 3 (proof)", raw.strength));
    }
    if [raw.ui, raw.whole, raw.several].into_iter().flatten().any(|strength| strength > 3) {
        return Err("`ui`, `whole` and `several` can be 0 to 3".to_owned());
    }
    if raw.context.is_some_and(|context| context > 1) {
        return Err("`context` can be 0 or 1: what did not change is a hint at most".to_owned());
    }
    if matcher == Matcher::PathWords && (raw.strength > 1 || raw.ui.is_some_and(|ui| ui > 1)) {
        return Err("a path alone is a hint: `strength` must be 1".to_owned());
    }
    Ok(())
}

fn fill_tables(raw: &RawEvidence, matcher: Matcher, id: ItemId, tables: &mut Tables) -> Result<(), String> {
    match matcher {
        Matcher::Modules => {
            for module in &raw.modules {
                tables.modules.entry(module.clone()).or_default().push(id);
            }
        }
        Matcher::Calls => patterns(&raw.calls, id, &mut tables.calls)?,
        Matcher::Decorators => patterns(&raw.decorators, id, &mut tables.decorators)?,
        Matcher::Bases => patterns(&raw.bases, id, &mut tables.bases)?,
        Matcher::FieldsOf => patterns(&raw.fields_of, id, &mut tables.fields_of)?,
        Matcher::ParametersOf => patterns(&raw.parameters_of, id, &mut tables.parameters_of)?,
        Matcher::Elements => patterns(&raw.elements, id, &mut tables.elements)?,
        Matcher::Attributes => patterns(&raw.attributes, id, &mut tables.attributes)?,
        Matcher::Keys => patterns(&raw.keys, id, &mut tables.keys)?,
        Matcher::Defines => patterns(&raw.defines, id, &mut tables.defines)?,
        Matcher::Names => sequences(&raw.names, id, &mut tables.names)?,
        Matcher::ModuleWords => sequences(&raw.module_words, id, &mut tables.module_words)?,
        Matcher::PathWords => sequences(&raw.path_words, id, &mut tables.path_words)?,
        Matcher::Strings => expressions(&raw.strings, id, &mut tables.strings)?,
        Matcher::Lines => expressions(&raw.lines, id, &mut tables.lines)?,
        Matcher::Sql => tables.sql.extend(raw.sql.iter().map(|change| (*change, id))),
    }
    Ok(())
}

fn patterns(texts: &[String], id: ItemId, table: &mut NameTable) -> Result<(), String> {
    for text in texts {
        CalleePattern::parse_all(text)?.into_iter().for_each(|pattern| table.insert(pattern, id));
    }
    Ok(())
}

fn sequences(texts: &[String], id: ItemId, table: &mut WordTable) -> Result<(), String> {
    for text in texts {
        let words = split_words(text);
        if words.is_empty() {
            return Err(format!("\"{text}\" has no words"));
        }
        table.insert(words, id);
    }
    Ok(())
}

fn expressions(texts: &[String], id: ItemId, table: &mut Vec<(Expression, ItemId)>) -> Result<(), String> {
    for text in texts {
        table.push((Expression::new(text)?, id));
    }
    Ok(())
}
