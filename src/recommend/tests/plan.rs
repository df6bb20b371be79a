//! Types, kinds, stages and kill switches.

use super::*;
use crate::report::{FlagKind, FlagValueType};

#[test]
fn on_or_off_is_the_rule() {
    let flag = only(&change(vec![candidate()])).flag;
    assert_eq!((flag.value_type, flag.kind, flag.temporary), (FlagValueType::Boolean, FlagKind::Release, true));
    assert_eq!(flag.variations, ["false", "true"]);
}

#[test]
fn a_tuned_number_becomes_a_number_flag_that_stays() {
    let tuned = Candidate {
        literal: Some(("5_000", "30_000")),
        names: vec!["chargeTimeout"],
        added_lines: 1,
        removed_lines: 1,
        ..candidate()
    };
    let recommendation = only(&change(vec![tuned]));
    let flag = recommendation.flag;
    assert_eq!((flag.value_type, flag.kind, flag.temporary), (FlagValueType::Number, FlagKind::KillSwitch, false));
    assert_eq!(flag.variations, ["5000", "30000"]);
    assert!(recommendation.kill_switch.when_off.contains("works with 5000"), "{}", recommendation.kill_switch.when_off);
    assert!(recommendation.rationale.contains("from 5000 to 30000"), "{}", recommendation.rationale);
}

#[test]
fn alternatives_become_variations_with_the_old_way_first() {
    let replaced = |old, new| only(&change(vec![Candidate { replaced: Some((old, new)), ..candidate() }])).flag;
    assert_eq!(replaced("stripe.charge", "adyen.charge").variations, ["stripe", "adyen"]);
    assert_eq!(replaced("charge", "charge").variations, ["control", "v2"]);
    assert_eq!(replaced("stripe.charge", "adyen.charge").value_type, FlagValueType::String);
    let chosen = |choices| only(&change(vec![Candidate { choices, ..candidate() }])).flag;
    assert_eq!(chosen(vec!["stripe", "adyen", "stripe"]).variations, ["control", "stripe", "adyen"]);
    assert_eq!(chosen(vec!["stripe"]).value_type, FlagValueType::Boolean, "one choice is no choice");
    assert_eq!(
        chosen(vec!["a1", "bb", "cc", "dd", "ee", "ff", "gg"]).value_type,
        FlagValueType::Boolean,
        "many are data"
    );
}

#[test]
fn the_kind_follows_area_and_words() {
    let kind = |area, symbol, subject| {
        let flag = only(&Change {
            subjects: vec![subject],
            ..change(vec![Candidate { area, symbol: Some(symbol), ..candidate() }])
        })
        .flag;
        (flag.kind, flag.temporary)
    };
    assert_eq!(kind("integration", "MailClient.push", ""), (FlagKind::KillSwitch, false));
    assert_eq!(kind("payments", "hasEntitlement", ""), (FlagKind::Permission, false));
    assert_eq!(kind("endpoint", "hasEntitlement", ""), (FlagKind::Release, true));
    assert_eq!(kind("endpoint", "price", "Pricing experiment"), (FlagKind::Experiment, true));
}

#[test]
fn an_experiment_has_a_control() {
    let experiment = Change { subjects: vec!["Pricing experiment"], ..change(vec![candidate()]) };
    let recommendation = only(&experiment);
    assert_eq!(recommendation.flag.variations, ["control", "treatment"]);
    assert_eq!(recommendation.rollout.last().and_then(|stage| stage.percent), Some(50), "an experiment compares");
}

#[test]
fn test_accounts_come_first_and_critical_goes_slower() {
    let stages = |tier, area| only(&change(vec![Candidate { tier, area, ..candidate() }])).rollout;
    let critical = stages(Tier::Critical, "payments");
    let high = stages(Tier::High, "endpoint");
    for stages in [&critical, &high] {
        assert_eq!((stages[0].audience.as_str(), stages[0].percent), ("internal test accounts", None));
        assert_eq!(stages.last().and_then(|stage| stage.percent), Some(100));
        assert!(stages.iter().all(|stage| stage.bake_hours > 0 && !stage.watch.contains('{')));
    }
    let hours = |stages: &[crate::report::RolloutStage]| stages.iter().map(|stage| stage.bake_hours).sum::<u32>();
    assert!(hours(&critical) > hours(&high));
    assert!(critical[1].percent < high[1].percent);
    assert_eq!(critical[1].audience, "1% of customers");
    assert!(critical[1].watch.starts_with("Payment failure rate"), "{}", critical[1].watch);
    assert!(high[1].watch.contains("p95 latency"));
}

#[test]
fn the_kill_switch_says_what_runs_and_what_stays() {
    let switch = |candidate| only(&change(vec![candidate])).kill_switch;
    let new = |area, tier| Candidate { area, tier, new_declaration: true, ..candidate() };
    assert!(switch(candidate()).when_off.contains("before this change"));
    assert!(switch(candidate()).cannot_undo[0].contains("Money that has moved"));
    assert!(switch(new("endpoint", Tier::High)).when_off.contains("answers 404"));
    assert!(switch(new("integration", Tier::High)).when_off.starts_with("No call is made"));
    assert!(switch(new("auth", Tier::Critical)).clean_up[0].contains("sessions"));
    let mail = switch(Candidate { names: vec!["sendReceiptEmail", "orders.save"], ..candidate() });
    assert!(mail.cannot_undo.iter().any(|text| text.contains("Messages")), "{mail:?}");
    assert!(mail.cannot_undo.iter().any(|text| text.contains("written")), "{mail:?}");
    assert!(switch(candidate()).clean_up.iter().any(|text| text.contains("remove the new path")));
}

#[test]
fn an_area_of_the_users_own_has_a_plan_too() {
    let recommendation = only(&change(vec![Candidate { area: "inventory", ..candidate() }]));
    assert!(!recommendation.rollout.is_empty());
    assert!(recommendation.kill_switch.when_off.contains("TaxService.calculateTax"));
}

#[test]
fn hostile_names_stay_names() {
    let hostile = Candidate { symbol: Some("a`\u{1b}[2J\n{old}b"), evidence: vec!["x\u{7}`y`"], ..candidate() };
    let recommendation = only(&change(vec![hostile]));
    for text in [&recommendation.kill_switch.when_off, &recommendation.rationale] {
        assert!(!text.chars().any(char::is_control), "{text:?}");
        assert!(!text.contains("false"), "a placeholder in a name is not filled: {text:?}");
    }
}
