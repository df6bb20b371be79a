//! Lists of those that a flag is on for, which the function that asks them gives its name: `newTaxEnabledShops` and
//! `newTaxEnabledBetaShops` of `isNewTaxEnabled(shop)` are one flag, `newTaxEnabled`.

use super::{FlagKey, Text};
use crate::syntax::facts::{NodeId, Part, Role};

/// Names of fewer words may be those of anything.
const MIN_WORDS: usize = 2;

/// The key of the flag where `node` is such a list; `None` for any other.
pub(super) fn flag_of_list(text: &Text<'_>, key: &FlagKey, node: NodeId) -> Option<String> {
    let FlagKey::Literal { key, constant: None } = key else { return None };
    let whole = text.outer(node);
    let asked = text.parent(whole);
    let is_asked = text.role(node) == Role::Member
        && text.role(asked) == Role::Member
        && text.part(asked, Part::Object) == Some(whole)
        && text
            .part(asked, Part::Property)
            .is_some_and(|method| text.rules.words().asks_lists.iter().any(|asks| asks == text.of(method)))
        && text.called(asked).is_some();
    if !is_asked {
        return None;
    }
    let mut functions = text.facts.enclosing(node, Role::Function);
    let name = functions.find_map(|function| {
        let binding = text.parent(function);
        let bound = (text.role(binding) == Role::Binding).then(|| text.file.name_of(binding)).flatten();
        text.file.name_of(function).or(bound)
    })?;
    let name = plain(name);
    let flag = beginnings(key).find(|beginning| {
        let beginning = plain(beginning);
        name == beginning || ["is", "has"].iter().any(|word| name.strip_prefix(word) == Some(&beginning))
    });
    flag.map(str::to_owned)
}

/// A name without what only its style asks for.
fn plain(name: &str) -> String {
    name.chars().filter(|&c| c != '_').flat_map(char::to_lowercase).collect()
}

/// `newTax`, `newTaxEnabled` of `newTaxEnabledShops`.
fn beginnings(key: &str) -> impl Iterator<Item = &str> {
    let begins = |&(at, c): &(usize, char)| {
        let before = key[..at].chars().next_back();
        before.is_some_and(|before| c == '_' || c.is_uppercase() && !before.is_uppercase() && before != '_')
    };
    key.char_indices().filter(begins).map(|(at, _)| &key[..at]).skip(MIN_WORDS - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::flags::detect;
    use crate::detect::flags::fixtures::packs;
    use crate::location::RepoPath;
    use crate::rules::flags::FlagRules;
    use crate::syntax::{ParseLimits, SourceFile};

    fn keys(text: &str) -> Vec<String> {
        let source = SourceFile::analyse(RepoPath::new("a.ts"), text.into(), &ParseLimits::default());
        let flags = detect(&source, &FlagRules::new(packs()));
        flags.evaluations.iter().map(|evaluation| evaluation.key.name().to_owned()).collect()
    }

    #[test]
    fn a_name_begins_with_whole_words() {
        assert_eq!(beginnings("newTaxEnabledShops").collect::<Vec<_>>(), ["newTax", "newTaxEnabled"]);
        assert_eq!(beginnings("new_tax_shops").collect::<Vec<_>>(), ["new_tax"]);
        assert_eq!(beginnings("shops").count() + beginnings("newShops").count(), 0);
    }

    #[test]
    fn lists_are_the_flag_that_the_function_around_them_is_called_by() {
        let asked = "const isNewTaxEnabled = (shop) => settings.featureFlags.newTaxEnabledShops.includes(shop)\n\
                     || settings.featureFlags.newTaxEnabledBetaShops?.includes(shop);";
        assert_eq!(keys(asked), ["newTaxEnabled", "newTaxEnabled"]);
        let of_another = "const isTaxed = (shop) => settings.featureFlags.newTaxEnabledShops.includes(shop);";
        assert_eq!(keys(of_another), ["newTaxEnabledShops"]);
        let no_list = "const newTaxEnabled = (shop) => settings.featureFlags.newTaxEnabledEverywhere && shop.open;";
        assert_eq!(keys(no_list), ["newTaxEnabledEverywhere"]);
    }
}
