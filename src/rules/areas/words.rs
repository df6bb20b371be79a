//! Names taken apart into words, so that `calculateTax`, `calculate_taxes` and `CALCULATE_TAX` are the same to a pack.

use crate::rules::words;

/// Longer names are no names.
const MAX_NAME: usize = 200;

/// The words of a name or path, in lower case and singular: `getHTTPUrls` gives get, http, url.
pub(crate) fn split_words(name: &str) -> Vec<String> {
    let end = name.char_indices().nth(MAX_NAME).map_or(name.len(), |(at, _)| at);
    words::split_words(&name[..end]).iter().map(|word| stem(word)).collect()
}

/// The singular, roughly: what matters is that packs and code get the same.
fn stem(word: &str) -> String {
    let keep = ["ss", "us", "is", "cs", "os"];
    if word.len() <= 3 || !word.ends_with('s') || keep.iter().any(|ending| word.ends_with(ending)) {
        return word.to_owned();
    }
    if let Some(front) = word.strip_suffix("ies").filter(|front| front.len() > 2) {
        return format!("{front}y");
    }
    for ending in ["xes", "sses", "ches", "shes"] {
        if word.ends_with(ending) {
            return word[..word.len() - 2].to_owned();
        }
    }
    word[..word.len() - 1].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_split_at_humps_digits_and_punctuation() {
        let words = |name| split_words(name).join(" ");
        assert_eq!(words("calculateTaxes"), "calculate tax");
        assert_eq!(words("SSOClientSecret"), "sso client secret");
        assert_eq!(words("USER_COLUMNS"), "user column");
        assert_eq!(words("oauth2Token"), "oauth 2 token");
        assert_eq!(words("billing-entry/[slug]"), "billing entry slug");
        assert_eq!(words("_private__entries"), "private entry");
        assert_eq!(words("accessStatus"), "access status");
        assert_eq!(words(""), "");
        assert_eq!(words("größeÄndern"), "größe ändern");
    }

    #[test]
    fn plurals_and_singulars_meet() {
        for (plural, singular) in
            [("invoices", "invoice"), ("taxes", "tax"), ("policies", "policy"), ("batches", "batch")]
        {
            assert_eq!(stem(plural), singular);
        }
        for word in ["address", "status", "analytics", "redis", "access", "is", "sms"] {
            assert_eq!(stem(word), word);
        }
    }
}
