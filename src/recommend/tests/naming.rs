//! Keys for real-looking code, and keys whatever the code.

use super::*;
use crate::recommend::naming::{self, Case, KEY_LENGTH, KEY_WORDS, Name, Style, title};
use crate::recommend::plan::Shape;
use crate::report::{FlagKind, FlagValueType};
use proptest::prelude::*;

fn name(candidate: &Candidate, change: &Change, taken: &[String]) -> Name {
    naming::name(candidate, &shape(FlagValueType::Boolean, None), change, taken)
}

fn shape(value_type: FlagValueType, tuned: Option<&str>) -> Shape<'_> {
    Shape { value_type, kind: FlagKind::Release, variations: vec![], temporary: true, tuned }
}

fn key(symbol: &'static str, new: bool, keys: &[&'static str]) -> String {
    let candidate = Candidate { symbol: Some(symbol), new_declaration: new, ..candidate() };
    name(&candidate, &Change { known_flags: known(keys, "x"), ..change(vec![]) }, &[]).key
}

#[test]
fn a_key_says_what_the_code_does() {
    for (symbol, new, expected) in [
        ("TaxService.calculateTax", false, "tax-calculation-v2"),
        ("TaxService.calculateTax", true, "tax-calculation"),
        ("EnterpriseCouponViewSet.overview", true, "enterprise-coupon-overview"),
        ("EmailService.sendPersonalApiTokenExpiryEmail", true, "personal-token-expiry-email"),
        ("accessDeniedCallback", true, "access-denied"),
        ("PaymentController.refundOrder", false, "payment-order-refund-v2"),
        ("CheckoutService.applyDiscount", true, "checkout-discount"),
        ("BillingEntryRepository._link_pending", false, "billing-entry-pending-linking-v2"),
        ("handleWebhook", true, "tax-webhook"),
        ("process", true, "billing-tax"),
        ("chargeV2", true, "tax-charge-v2"),
        ("OrderService.create", true, "order-creation"),
        ("resolve_monthly_uploads_limit", true, "monthly-uploads-limit"),
        ("Catalog.resolve_load_time", true, "catalog-load-time"),
        ("EnterpriseCatalogViewSet.retrieve", true, "enterprise-catalog"),
        ("Register", true, "tax-registration"),
        ("EraseRepositoryInteractor.validate_owner", true, "erase-owner-validation"),
        ("ExternalCredentials.linkAccountWithAuthorizationCode", true, "account-authorization-code-linking"),
        ("useGiftCards", true, "gift-cards"),
        ("fixEXUI4529Rounding", true, "fix-rounding"),
    ] {
        assert_eq!(key(symbol, new, &[]), expected, "{symbol}");
    }
}

#[test]
fn without_a_symbol_file_and_subject_give_the_words() {
    let path = RepoPath::new("server/redis.py");
    let module = Candidate { symbol: None, path: &path, ..candidate() };
    let change = Change { subjects: vec!["fix typo", "PAY-1: Redis failover pool reset (#13750)"], ..change(vec![]) };
    assert_eq!(name(&module, &change, &[]).key, "redis-failover-pool-reset-v2");
    let page = RepoPath::new("app/(main)/auth/sso/[slug]/page.tsx");
    let module = Candidate { symbol: Some("Page"), path: &page, ..candidate() };
    assert_eq!(name(&module, &change, &[]).key, "auth-sso-v2");
}

#[test]
fn the_subject_stands_before_what_is_done() {
    let path = RepoPath::new("api/views.py");
    let refund = Candidate { symbol: Some("BaseRefund.refund"), new_declaration: true, path: &path, ..candidate() };
    let change = Change { subjects: vec!["feat: Added Android refund api (#3922)"], ..change(vec![]) };
    assert_eq!(name(&refund, &change, &[]).key, "android-refund");
    let refund = Candidate { symbol: Some("refund"), ..refund };
    let change = Change { subjects: vec!["feat add gift refund through stripe"], ..change };
    let key = name(&refund, &change, &[]).key;
    assert!(!key.contains("feat") && !key.contains("through"), "{key}");
}

#[test]
fn with_nothing_to_go_by_the_area_gives_the_words() {
    let path = RepoPath::new("index.js");
    let nothing = Candidate { symbol: None, path: &path, ..candidate() };
    let change = Change { subjects: vec!["#123"], ..change(vec![]) };
    assert_eq!(name(&nothing, &change, &[]).key, "payments-path-v2");
}

#[test]
fn the_style_is_the_repositorys() {
    for (keys, expected) in [
        (&["newCheckout", "giftCards", "x"][..], "taxCalculationV2"),
        (&["new_checkout", "gift_cards"], "tax_calculation_v2"),
        (&["NEW_CHECKOUT", "GIFT_CARDS"], "TAX_CALCULATION_V2"),
        (&["NewCheckout", "GiftCards"], "TaxCalculationV2"),
        (&["new-checkout", "giftCards"], "tax-calculation-v2"),
        (&["disputes_enabled", "auto_accept_enabled"], "tax_calculation_v2_enabled"),
        (&["enable-disputes", "enable-gifts", "old-x"], "enable-tax-calculation-v2"),
        (&["shop.new_checkout", "shop.gift_cards"], "shop.tax_calculation_v2"),
        (&["offer.new_checkout", "payments.gift_cards"], "payments.tax_calculation_v2"),
        (&["offer.new_checkout", "cart.gift_cards"], "payments.tax_calculation_v2"),
        (&["offer.new_checkout", "gift_cards", "old_cart"], "tax_calculation_v2"),
        (&["web/new-checkout", "web/gift-cards"], "web/tax-calculation-v2"),
        (&["..", "//", "x\u{202e}y", ""], "tax-calculation-v2"),
        (&["checkout"], "tax-calculation-v2"),
    ] {
        assert_eq!(key("TaxService.calculateTax", false, keys), expected, "{keys:?}");
    }
}

#[test]
fn the_config_decides_about_the_style_where_it_says_something() {
    let known_flags = || known(&["shop.new_checkout_enabled", "shop.gift_cards_enabled"], "x");
    let learned = Change { known_flags: known_flags(), ..change(vec![]) };
    assert_eq!(name(&candidate(), &learned, &[]).key, "shop.tax_calculation_v2_enabled");
    for (style, expected) in [
        (KeyStyle::Kebab, "tax-calculation-v2"),
        (KeyStyle::Snake, "tax_calculation_v2"),
        (KeyStyle::Camel, "taxCalculationV2"),
        (KeyStyle::Pascal, "TaxCalculationV2"),
        (KeyStyle::Constant, "TAX_CALCULATION_V2"),
        (KeyStyle::Dotted, "tax.calculation.v2"),
    ] {
        let wishes = Wishes { key_style: Some(style), ..Wishes::default() };
        let change = Change { known_flags: known_flags(), wishes, ..change(vec![]) };
        assert_eq!(name(&candidate(), &change, &[]).key, expected);
    }
}

#[test]
fn a_known_key_is_not_given_again() {
    assert_eq!(key("calculateTax", false, &["tax-calculation-v2"]), "tax-calculation-v3");
    assert_eq!(key("calculateTax", true, &["tax-calculation"]), "tax-calculation-v2");
    assert_eq!(key("calculateTax", true, &["taxCalculation", "taxCalculationV2"]), "taxCalculationV3");
    let taken = ["tax-calculation-v2".to_owned()];
    assert_eq!(name(&candidate(), &change(vec![]), &taken).key, "tax-calculation-v3");
    let constant = vec![KnownFlag { key: "x", constant: Some("TAX_CALCULATION_V2"), ..KnownFlag::default() }];
    assert_eq!(name(&candidate(), &Change { known_flags: constant, ..change(vec![]) }, &[]).key, "tax-calculation-v3");
}

#[test]
fn a_flag_of_other_values_is_named_after_the_thing_itself() {
    let name = |value_type, tuned| naming::name(&candidate(), &shape(value_type, tuned), &change(vec![]), &[]).key;
    assert_eq!(name(FlagValueType::Number, Some("MAX_BATCH_SIZE")), "max-batch-size");
    assert_eq!(name(FlagValueType::Number, Some("timeout")), "tax-timeout");
    assert_eq!(name(FlagValueType::String, None), "tax-calculation");
}

#[test]
fn titles_are_for_people() {
    for (key, expected) in [
        ("tax_calculation_v2", "Tax calculation v2"),
        ("newSSOLogin", "New SSO login"),
        ("\u{1b}[31m", "[31m"),
        ("", ""),
    ] {
        assert_eq!(title(key), expected);
    }
}

fn in_style(key: &str, style: &Style) -> bool {
    let own = key.strip_prefix(style.prefix.as_str()).unwrap_or(key);
    let letters = |fits: fn(char) -> bool| own.starts_with(|c: char| c.is_ascii_alphabetic()) && own.chars().all(fits);
    match style.case {
        Case::Kebab => letters(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'),
        Case::Snake => letters(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'),
        Case::Screaming => letters(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_'),
        Case::Camel | Case::Pascal => letters(|c| c.is_ascii_alphanumeric()),
        Case::Dotted => letters(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '.'),
    }
}

fn count(key: &str, case: Case) -> usize {
    match case {
        Case::Camel | Case::Pascal => 1 + key.chars().skip(1).filter(char::is_ascii_uppercase).count(),
        _ => key.split(['-', '_', '.']).count(),
    }
}

proptest! {
    #[test]
    fn a_key_is_sound_whatever_the_code(
        symbol in proptest::option::of("\\PC{0,60}|[a-zA-Z_.$0-9\\x00-\\x1f]{0,400}"),
        path in "\\PC{0,60}|[a-z/.\\[\\]]{0,80}",
        subject in ".{0,120}|(fix|feat|chore)(\\([a-z]*\\))?: [A-Za-z #0-9-]{0,200}",
        area in "[a-z]{0,30}|\\PC{0,10}",
        keys in proptest::collection::vec("[a-z]{1,8}[-_.:/]?[a-zA-Z]{0,20}|\\PC{0,30}|[a-z_]{60}", 0..12),
        again in 0..4_usize,
        new in any::<bool>(),
    ) {
        let path = RepoPath::new(path);
        let candidate = Candidate { symbol: symbol.as_deref(), path: &path, area: &area, new_declaration: new, ..candidate() };
        let known = || keys.iter().map(|key| KnownFlag { key, ..KnownFlag::default() }).collect::<Vec<_>>();
        let change = Change { subjects: vec![&subject], known_flags: known(), ..Change::default() };
        let mut taken: Vec<String> = Vec::new();
        for _ in 0..=again {
            let named = name(&candidate, &change, &taken);
            let style = Style::learn(&known(), &area);
            prop_assert!(!named.key.is_empty() && named.key.len() <= KEY_LENGTH, "{:?}", named);
            prop_assert!(in_style(&named.key, &style), "{:?} {:?}", named, style);
            let own = named.key.strip_prefix(style.prefix.as_str()).unwrap_or(&named.key);
            prop_assert!(count(own, style.case) <= KEY_WORDS, "{:?}", named);
            prop_assert!(!keys.contains(&named.key) && !taken.contains(&named.key), "{:?}", named);
            prop_assert!(!named.title.is_empty() && !named.title.chars().any(char::is_control));
            taken.push(named.key);
        }
    }
}
