//! Whole changes made to exhaust a scan: it ends soon, in bounded memory, and says what it did not look into.

use crate::support::{Repo, Run};
use std::fmt::Write;
use std::time::{Duration, Instant};

const DEPTH: usize = 10_000;

/// Runs the scan of the last commit and holds it to a time that only an explosion exceeds.
fn scan(repo: &Repo, format: &str) -> Run {
    let start = Instant::now();
    let run = repo.preflag(&["scan", "HEAD~1", "--format", format, "--no-gate"]);
    let time = start.elapsed();
    assert!(time < Duration::from_secs(90), "{format} took {time:?}");
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{format}");
    run
}

/// Code with a flag, so that every stage has something to do.
fn script(code: &str) -> String {
    format!("import Stripe from 'stripe';\nconst on = ldClient.variation('new-tax', user, false);\n{code}\n")
}

fn python(code: &str) -> String {
    format!("import stripe\non = ld_client.variation('new-tax', user, False)\n{code}\n")
}

fn nested(open: &str, inner: &str, close: &str) -> String {
    format!("{}{inner}{}", open.repeat(DEPTH), close.repeat(DEPTH))
}

/// Files of which each one nests, repeats or grows without end, and whether a notice must say that it was not analysed.
fn exhausting() -> Vec<(&'static str, String, bool)> {
    let charge = "stripe.charges.create(order);\n";
    let indented = (0..DEPTH).fold(String::new(), |mut text, at| {
        let _ = writeln!(text, "{}if on:", " ".repeat(at.min(90)));
        text
    });
    let doubled = (0..500).fold("const a0 = on;\n".to_owned(), |mut text, at| {
        let _ = writeln!(text, "const a{} = a{at} && a{at};\nif (a{at}) {charge}", at + 1);
        text
    });
    vec![
        ("large.ts", script(&charge.repeat(175_000)), true),
        ("line.js", script(&format!("x = '{}';", "a".repeat(1_000_000))), true),
        ("brackets.js", script(&format!("x = {};", nested("[", "1", "]"))), true),
        ("elements.tsx", script(&format!("const A = () => {};", nested("<a>\n", "{on}", "</a>\n"))), true),
        ("operators.js", script(&format!("if ({}) {charge}", vec!["on"; DEPTH].join(" && "))), true),
        ("operator-lines.ts", script(&format!("if ({}) {charge}", vec!["on"; DEPTH].join("\n&& "))), true),
        ("else-if.js", script(&vec![format!("if (on) {{ {charge} }}\n"); 5000].join("else ")), true),
        ("members.js", script(&format!("x = a{};", "\n.b".repeat(DEPTH))), true),
        ("ternaries.ts", script(&format!("x = {}2;", "on ? 1 :\n".repeat(DEPTH))), true),
        ("negations.js", script(&format!("x = {}on;", "!".repeat(DEPTH))), true),
        ("string.ts", script(&format!("const a = `abc\n{}", charge.repeat(2000))), false),
        (
            "exits.js",
            script(&format!("function f() {{\n{}{}}}", "if (!on) return;\n".repeat(1000), charge.repeat(1000))),
            false,
        ),
        ("doubled.js", script(&doubled), false),
        ("ifs.py", python(&indented), false),
        ("elif.py", python(&format!("if on: pass\n{}", "elif on: stripe.Charge.create()\n".repeat(1500))), false),
        ("lambdas.py", python(&format!("f = {}1", "lambda: ".repeat(DEPTH))), true),
        ("string.py", python(&format!("a = '''abc\n{}", "stripe.Charge.create()\n".repeat(2000))), false),
        ("brackets.sql", format!("SELECT {};\nDROP TABLE users;\n", nested("(", "1", ")")), false),
        ("negations.sql", format!("SELECT {}1;\nALTER TABLE a DROP COLUMN b;\n", "NOT ".repeat(DEPTH)), false),
    ]
}

#[test]
fn exhausting_files_end_soon_with_a_notice() {
    let files = exhausting();
    let repo = Repo::new(&[("README.md", "shop\n")]);
    for (name, text, _) in &files {
        repo.write(&[(&format!("src/billing/{name}"), text)]);
    }
    repo.commit("Exhaust the scanner");
    let report = scan(&repo, "json").report();
    assert_eq!(report["range"]["files"], files.len());
    let noticed = |name: &str| {
        let notices = report["notices"].as_array().unwrap().iter();
        let mut of_file = notices.filter(|notice| notice["path"] == format!("src/billing/{name}"));
        of_file.any(|notice| notice["reason"].as_str().unwrap().contains("ot "))
    };
    let silent: Vec<&str> =
        files.iter().filter(|(name, _, must)| *must && !noticed(name)).map(|(name, ..)| *name).collect();
    assert_eq!(silent, [""; 0], "{:#}", report["notices"]);
    assert!(report["findings"].as_array().unwrap().iter().any(|finding| finding["area"] == "payments"));
    #[cfg(unix)]
    assert!(crate::hostile::most_memory() < 1500 << 20, "{} MiB", crate::hostile::most_memory() >> 20);
}

#[test]
fn edits_of_exhausting_files_end_soon_too() {
    let repo = Repo::new(&[("README.md", "shop\n")]);
    let files = exhausting();
    for (name, text, _) in &files {
        repo.write(&[(&format!("src/billing/{name}"), text)]);
    }
    repo.commit("Exhaust the scanner");
    for (name, text, _) in &files {
        let edited = text.replace("create", "capture").replace("on\n", "off\n") + "\n";
        repo.write(&[(&format!("src/billing/{name}"), &edited)]);
    }
    repo.commit("Edit them");
    assert!(scan(&repo, "json").report()["range"]["files"].as_u64().unwrap() > 10);
}

#[test]
fn a_change_of_five_thousand_files_is_scanned_whole() {
    let repo = Repo::new(&[("README.md", "shop\n")]);
    for at in 0..5000 {
        let text = script(&format!("export const f{at} = () => stripe.charges.create({{ amount: {at} }});"));
        repo.write(&[(&format!("src/billing/{}/{at}.js", at % 50), &text)]);
    }
    repo.commit("Charge in five thousand places");
    let report = scan(&repo, "json").report();
    assert_eq!(report["range"]["files"], 5000);
    assert_eq!(report["findings"].as_array().unwrap().len(), 5000);
}

/// What a path may hold on Unix: a line break, an escape sequence, marks of Markdown and of workflow commands.
#[cfg(unix)]
#[test]
fn paths_cannot_speak_for_preflag() {
    let repo = Repo::new(&[("README.md", "shop\n")]);
    let charge = crate::support::UNGATED_CHARGE;
    let paths = [
        "billing/a\n::error::pwned\n.js",
        "billing/\u{1b}]0;pwned\u{7}\u{1b}[31mred.js",
        "billing/`code` <script>alert(1)<|pwned>.js",
        "billing/[link](http:pwned)|cell.js",
        "billing/\u{202e}sj.evil.js",
    ];
    for path in paths {
        repo.write(&[(path, charge)]);
    }
    repo.commit("Odd names\n\n::error::pwned");
    let report = scan(&repo, "json").report();
    let findings = report["findings"].as_array().unwrap();
    for path in paths {
        assert!(findings.iter().any(|finding| finding["path"] == path), "{path:?} is named as it is");
    }
    for format in ["table", "markdown", "github"] {
        let text = scan(&repo, format).stdout;
        assert!(!text.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{format}: {text:?}");
        assert!(!text.lines().any(|line| line.trim_start().starts_with("::error::pwned")), "{format}: {text}");
        assert!(!text.contains("<script>") || format != "markdown", "{text}");
    }
}

#[test]
fn hostile_settings_are_refused_soon() {
    let levels = |text: &str| text.repeat(DEPTH);
    let bomb = (0..30).fold("a0: &a0 [x]\n".to_owned(), |mut text, at| {
        let _ = writeln!(text, "a{}: &a{} [*a{at}, *a{at}, *a{at}]", at + 1, at + 1);
        text
    });
    let cases = [
        levels("["),
        levels("{a: "),
        (0..1000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect(),
        bomb,
        "a".repeat(3 << 20),
        format!("exclude: ['{}']\n", "*a".repeat(5000)),
        format!("exclude: ['{}']\n", "{a,b}".repeat(60)),
        format!("exclude: ['{}x']\n", "**/".repeat(200)),
        "\u{0}\u{1}\u{2}".to_owned(),
        "policy: !!python/object:os.system {}\n".to_owned(),
        "<<: *x\n".to_owned(),
    ];
    for (at, text) in cases.iter().enumerate() {
        let repo = Repo::new(&[(".preflag.yml", text)]);
        let long = "a/".repeat(60);
        repo.write(&[(&format!("src/billing/{long}charge.js"), crate::support::UNGATED_CHARGE)]).commit("Charge");
        let start = Instant::now();
        let run = repo.preflag(&["scan", "HEAD~1", "--format", "json"]);
        assert!(start.elapsed() < Duration::from_secs(20), "{at}: {:?}", start.elapsed());
        // Patterns may be odd and still mean something; everything else is refused with the file's name.
        assert!(matches!(run.code, 1 | 2) && run.stderr.len() < 4000, "{at}: {} {:.300}", run.code, run.stderr);
        assert!(run.code == 1 || run.stderr.contains(".preflag.yml"), "{at}: {:.300}", run.stderr);
        assert!(!run.stderr.contains("panicked"), "{at}: {}", run.stderr);
    }
}
