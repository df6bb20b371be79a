//! Code to paste, in every language and shape.

use super::*;

fn code(candidate: Candidate<'static>, provider: &'static str) -> String {
    let known_flags = if provider.is_empty() { vec![] } else { known(&["new-cart"], provider) };
    only(&Change { known_flags, ..change(vec![candidate]) }).snippet.map(|snippet| snippet.code).unwrap_or_default()
}

#[test]
fn changed_typescript_falls_back_early() {
    assert_eq!(
        code(candidate(), "launchdarkly"),
        r#"    const taxCalculationV2 = await ldClient.boolVariation("tax-calculation-v2", context, false);
    if (!taxCalculationV2) {
      // off: calculateTax as it was before this change
      return this.calculateTaxControl(order, region);
    }
"#
    );
}

#[test]
fn changed_python_falls_back_early() {
    assert_eq!(
        code(python(candidate()), "launchdarkly"),
        r#"        tax_calculation_v2 = ld_client.variation("tax-calculation-v2", context, False)
        if not tax_calculation_v2:
            # off: calculate_tax as it was before this change
            return await self.calculate_tax_control(order, region)
"#
    );
}

#[test]
fn without_an_sdk_it_is_openfeature() {
    assert!(code(candidate(), "").contains(r#"await client.getBooleanValue("tax-calculation-v2", false, context)"#));
    assert!(code(candidate(), "unheard-of").contains("client.getBooleanValue("));
    assert!(
        code(python(candidate()), "").contains(r#"client.get_boolean_value("tax-calculation-v2", False, context)"#)
    );
}

#[test]
fn the_sdk_that_most_flags_use_wins() {
    let mut known_flags = known(&["new-cart", "old-cart"], "unleash");
    known_flags.extend(known(&["gift-cards"], "launchdarkly"));
    let recommendation = only(&Change { known_flags, ..change(vec![candidate()]) });
    assert!(
        recommendation
            .snippet
            .is_some_and(|snippet| snippet.code.contains("unleash.isEnabled(\"tax-calculation-v2\", context)"))
    );
}

#[test]
fn the_config_decides_about_the_sdk_where_it_says_something() {
    let wanting = |provider, known_flags| {
        let wishes = Wishes { provider: Some(provider), ..Wishes::default() };
        let change = Change { known_flags, wishes, ..change(vec![candidate()]) };
        only(&change).snippet.map(|snippet| snippet.code).unwrap_or_default()
    };
    let house = || known(&["new-cart", "old-cart"], "unleash");
    assert!(wanting("launchdarkly", house()).contains("ldClient.boolVariation("));
    assert!(wanting("launchdarkly", vec![]).contains("ldClient.boolVariation("));
    assert!(wanting("django-waffle", house()).contains("unleash.isEnabled("), "no code of it in TypeScript");
}

#[test]
fn a_flag_that_is_reused_is_read_as_it_is_read_already() {
    let mut known_flags = known(&["tax-by-region"], "unleash");
    known_flags.extend(known(&["new-cart"], "launchdarkly"));
    let gates_nearby = vec![NearbyGate { key: "tax-by-region", same_declaration: true }];
    let wishes = Wishes { provider: Some("launchdarkly"), ..Wishes::default() };
    let candidate = Candidate { gates_nearby, ..candidate() };
    let recommendation = only(&Change { known_flags, wishes, ..change(vec![candidate]) });
    let snippet = recommendation.snippet.expect("there is code for both");
    assert!(snippet.code.contains("unleash.isEnabled(\"tax-by-region\""), "{}", snippet.code);
}

#[test]
fn a_function_that_cannot_await_is_told_so() {
    let site = Site { is_async: false, ..candidate().site };
    let told = code(Candidate { site: site.clone(), ..candidate() }, "launchdarkly");
    assert!(told.starts_with("    // calculateTax has to be async"), "{told}");
    assert!(!code(Candidate { site, ..candidate() }, "unleash").contains("async"), "a plain call needs no await");
}

#[test]
fn new_code_is_left_early() {
    let new = Candidate { new_declaration: true, area: "endpoint", tier: Tier::High, ..candidate() };
    let typescript = code(new.clone(), "unleash");
    assert!(typescript.contains("return notFound(); // off: answer 404"), "{typescript}");
    let python = code(python(Candidate { area: "payments", ..new }), "unleash");
    assert!(python.contains("return None  # off: calculate_tax does nothing"), "{python}");
}

#[test]
fn a_component_reads_its_flag_by_a_hook() {
    let site = Site { is_async: false, indentation: "  ", ..candidate().site };
    let component =
        Candidate { path: &PAGE_PATH, language: Some("TSX"), symbol: Some("TaxSummary"), site, ..candidate() };
    assert_eq!(
        code(component.clone(), "launchdarkly"),
        r#"  const flags = useFlags();
  const taxSummaryV2 = flags["taxSummaryV2"] ?? false;
  if (!taxSummaryV2) {
    // off: TaxSummary as it was before this change
    return <TaxSummaryControl {...props} />;
  }
"#
    );
    let new = code(Candidate { new_declaration: true, ..component.clone() }, "cloudflare-flagship");
    assert!(new.contains("useBooleanFlagValue(\"tax-summary\", false)"), "that SDK has no hook, only promises: {new}");
    assert!(new.contains("return null;"), "{new}");
    let server = Site { is_async: true, ..component.site.clone() };
    assert!(!code(Candidate { site: server, ..component }, "launchdarkly").contains("useFlags"), "no hook on a server");
}

#[test]
fn code_applies_only_where_all_is_known_and_nothing_is_left_to_write() {
    static JS: std::sync::LazyLock<RepoPath> = std::sync::LazyLock::new(|| RepoPath::new("src/tax.js"));
    let site = Site {
        parameters: vec!["order", "context"],
        begins_line: true,
        module_names: BTreeSet::from(["ldClient"]),
        ..candidate().site
    };
    let new = Candidate { path: &JS, new_declaration: true, area: "payments", site: site.clone(), ..candidate() };
    let applies = |candidate: Candidate<'static>| {
        let known_flags = known(&["new-cart"], "launchdarkly");
        let snippet = only(&Change { known_flags, ..change(vec![candidate]) }).snippet.expect("there is code");
        assert!(snippet.applies || !snippet.code.is_empty());
        snippet.applies
    };
    assert!(applies(new.clone()));
    let with = |site: Site<'static>| Candidate { site, ..new.clone() };
    for (why, candidate) in [
        ("the old code has to be written", Candidate { new_declaration: false, ..new.clone() }),
        ("a compiler looks at what is returned", Candidate { path: candidate().path, ..new.clone() }),
        ("nobody knows the client", with(Site { module_names: BTreeSet::new(), ..site.clone() })),
        ("nobody knows the context", with(Site { parameters: vec!["order"], ..site.clone() })),
        ("it awaits", with(Site { is_async: false, ..site.clone() })),
        ("the line has begun before", with(Site { begins_line: false, ..site.clone() })),
        ("it says what it returns", with(Site { says_type: true, ..site.clone() })),
    ] {
        assert!(!applies(candidate), "{why}");
    }
}

#[test]
fn code_outside_a_function_is_wrapped() {
    let site = Site { in_function: false, indentation: "", source_line: "app.use(tax());", ..Site::default() };
    let module = Candidate { symbol: None, site, ..candidate() };
    let wrapped = code(module.clone(), "unleash");
    assert!(wrapped.contains("if (billingTaxV2) {\n  app.use(tax());\n}"), "{wrapped}");
    let nothing = Candidate { site: Site { source_line: "", ..module.site.clone() }, ..module };
    assert_eq!(code(nothing, "unleash"), "", "nothing to wrap, nothing to paste");
    let site = Site { source_line: "    gateway.connect();", ..candidate().site };
    let constructor = code(Candidate { symbol: Some("TaxService.constructor"), site, ..candidate() }, "unleash");
    assert!(constructor.contains("      gateway.connect();\n    }"), "no early return there: {constructor}");
}

#[test]
fn a_number_takes_the_literals_place() {
    let site = Site { in_function: false, source_line: "const BATCH_SIZE = 500;", indentation: "", ..Site::default() };
    let tuned = Candidate {
        symbol: None,
        names: vec!["BATCH_SIZE"],
        literal: Some(("100", "500")),
        site,
        added_lines: 1,
        removed_lines: 1,
        ..candidate()
    };
    let code = code(tuned, "launchdarkly");
    assert!(code.contains("// 100 as before, 500 to roll out"), "{code}");
    assert!(code.contains("context, 100);\nconst BATCH_SIZE = batchSize;"), "{code}");
}

#[test]
fn a_choice_falls_back_on_the_old_value() {
    let chosen = Candidate { replaced: Some(("stripe.charge", "adyen.charge")), ..candidate() };
    let typescript = code(chosen.clone(), "launchdarkly");
    assert!(typescript.contains("stringVariation(\"tax-calculation\", context, \"stripe\")"), "{typescript}");
    assert!(typescript.contains("if (taxCalculation === \"stripe\") {"), "{typescript}");
    assert!(code(python(chosen), "launchdarkly").contains("if tax_calculation == \"stripe\":"));
}

#[test]
fn tabs_stay_tabs() {
    let site = Site { indentation: "\t\t", ..candidate().site };
    let code = code(Candidate { site, ..candidate() }, "unleash");
    assert!(code.contains("\n\t\t\t// off") && !code.contains("  //"), "{code:?}");
}

#[test]
fn a_language_without_templates_gets_no_snippet() {
    assert_eq!(code(Candidate { language: Some("Cobol"), ..candidate() }, "unleash"), "");
    assert_eq!(code(Candidate { language: None, ..candidate() }, "unleash"), "");
}

#[test]
fn every_template_fills_and_stays_short() {
    let tables = Tables::built_in();
    for provider in &tables.snippets.providers {
        let id: &'static str = provider.ids[0].clone().leak();
        for whole in [candidate(), python(candidate())] {
            for candidate in [whole.clone(), Candidate { new_declaration: true, ..whole.clone() }] {
                let code = code(candidate, id);
                assert!((3..=8).contains(&code.lines().count()), "{id}: {code}");
                for placeholder in
                    ["{key}", "{var}", "{value}", "{symbol}", "{default}", "{off}", "{setup}", "{control}"]
                {
                    assert!(!code.contains(placeholder), "{id}: {code}");
                }
            }
        }
    }
}

#[test]
fn hostile_text_can_not_leave_its_place() {
    let gate = NearbyGate { key: "a\"); rm(\n\u{202e}\\", same_declaration: true };
    let site =
        Site { parameters: vec!["x); evil(", "{value}", "\u{1b}[2J"], indentation: "  rm -rf", ..candidate().site };
    let hostile = Candidate { symbol: Some("T.a\n`{value}`; evil()"), gates_nearby: vec![gate], site, ..candidate() };
    let code = code(hostile, "unleash");
    assert!(code.contains(r#"unleash.isEnabled("a\"); rm(\u000a\u202e\\", context)"#), "{code}");
    assert!(code.contains("return this.avalueevilControl(xevil, value, 2J);"), "{code}");
    assert!(!code.contains("rm -rf") && !code.chars().any(|c| c.is_control() && c != '\n'), "{code:?}");
}

#[test]
fn only_a_whole_statement_is_wrapped() {
    let wraps = |place: Candidate<'static>, source_line| {
        let site = Site { in_function: false, source_line, ..Site::default() };
        !code(Candidate { symbol: None, site, ..place }, "unleash").is_empty()
    };
    for line in ["app.use(tax());", "router.post('/tax', tax)", "constants.load();"] {
        assert!(wraps(candidate(), line), "{line}");
    }
    for line in [
        "const x = 1;",
        "export default tax;",
        "import tax from './tax';",
        "app.use(",
        "}, [tax]);",
        "x: 1,",
        "@Tax()",
        "",
        ".then(tax)",
        "this.tax = tax;",
        "if (a) {",
    ] {
        assert!(!wraps(candidate(), line), "{line}");
    }
    assert!(wraps(python(candidate()), "signals.connect(tax)"));
    for line in ["def tax():", "@tax", "from tax import x", "if tax:", "TAX = 1"] {
        assert!(!wraps(python(candidate()), line), "{line}");
    }
}

#[test]
fn an_unknown_way_of_reading_flags_is_imitated() {
    let read = |language, example, constant| {
        let example = Some(Example { language, code: example });
        let known_flags = vec![KnownFlag { key: "new-cart", constant, provider: "ours", example }];
        let recommendation = only(&Change { known_flags, ..change(vec![candidate()]) });
        recommendation.snippet.map(|snippet| snippet.code).unwrap_or_default()
    };
    let imitated = |code: String, call: &str| code.contains(&format!("const taxCalculationV2 = {call};"));
    assert!(imitated(
        read("TypeScript", "this.flags.on('new-cart', user)", None),
        "this.flags.on('tax-calculation-v2', user)"
    ));
    // Without the await, a promise would always be true.
    assert!(imitated(
        read("TypeScript", "await this.flags.on('new-cart', user)", None),
        "await this.flags.on('tax-calculation-v2', user)"
    ));
    assert!(imitated(read("TSX", "isOn(FLAGS.CART)", Some("FLAGS.CART")), "isOn(\"tax-calculation-v2\")"));
    for (language, example) in [
        ("Python", "flags.on('new-cart')"),
        ("TypeScript", "useOurFlag('new-cart')"),
        ("TypeScript", "isCartOn()"),
        ("TypeScript", "isOn('new-cart',\n  user)"),
    ] {
        assert!(read(language, example, None).contains("client.getBooleanValue("), "{language} {example}");
    }
}

#[test]
fn flags_of_the_house_are_read_as_elsewhere() {
    let read = |key, code, candidate| {
        let known_flags = vec![KnownFlag { key, provider: "in-house", constant: None, example: code }];
        let snippet = only(&Change { known_flags, ..change(vec![candidate]) }).snippet;
        snippet.map(|snippet| snippet.code).unwrap_or_default()
    };
    let example = |language, code| Some(Example { language, code });
    let typescript = read("new-cart", example("typescript", "this.flagResolver.isEnabled('new-cart')"), candidate());
    assert!(typescript.contains("= this.flagResolver.isEnabled('tax-calculation-v2');"), "{typescript}");
    assert!(read("new-cart", None, candidate()).contains("= isFeatureEnabled(\"tax-calculation-v2\");"));
    let site = Site { is_async: false, ..candidate().site };
    let component =
        Candidate { path: &PAGE_PATH, language: Some("tsx"), symbol: Some("TaxSummary"), site, ..candidate() };
    let bag = read("newCart", example("tsx", "useFlags({ newCart: false })"), component.clone());
    assert!(bag.contains("const taxSummaryV2 = useFlags({ taxSummaryV2: false }).taxSummaryV2;"), "{bag}");
    let two = read("newCart", example("tsx", "useFlags({ newCart: false, b: true })"), component);
    assert!(two.contains("= isFeatureEnabled("), "{two}");
}

#[test]
fn a_reused_flag_is_read_the_way_it_is_read_already() {
    let mut known_flags = known(&["a-b", "c-d"], "unleash");
    known_flags.extend(known(&["billing-rework"], "growthbook"));
    let gate = NearbyGate { key: "billing-rework", same_declaration: true };
    let reused = Change { known_flags, ..change(vec![Candidate { gates_nearby: vec![gate], ..candidate() }]) };
    assert!(only(&reused).snippet.is_some_and(|snippet| snippet.code.contains("growthbook.isOn(\"billing-rework\")")));
}

#[test]
fn a_line_too_long_to_show_is_not_cut_in_half() {
    let long: &'static str = "x".repeat(5000).leak();
    let site = Site { in_function: false, source_line: long, ..Site::default() };
    assert_eq!(code(Candidate { symbol: None, site, ..candidate() }, "unleash"), "");
}
