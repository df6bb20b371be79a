//! The same scan gives the same bytes, however the threads that work on it take turns.

use crate::support::{Repo, UNGATED_CHARGE};
use std::fmt::Write;

/// Many files in several languages, with flags in all their ways, renames, removals and a file that nobody can parse.
fn busy() -> Repo {
    let mut old: Vec<(String, String)> = Vec::new();
    let mut new: Vec<(String, String)> = Vec::new();
    for at in 0..30 {
        let key = format!("flag-{}", at % 7);
        let gated = format!(
            "import stripe from './stripe{at}';\nexport function pay{at}(user, order) {{\n  \
             if (ldClient.variation('{key}', user, false)) {{\n    return stripe.charges.create(order);\n  }}\n  return null;\n}}\n"
        );
        let python = format!(
            "import stripe\n\ndef login_{at}(request):\n    token = jwt.encode(request.user, SECRET)\n    \
             if waffle.flag_is_active(request, '{key}'):\n        stripe.Charge.create(amount={at})\n    return token\n"
        );
        old.push((format!("src/moved/{at}.ts"), gated.replace("order)", "order, 1)")));
        new.push((format!("src/billing/{at}.ts"), gated));
        new.push((format!("shop/auth/login_{at}.py"), python));
        new.push((format!("src/charge/{at}.js"), UNGATED_CHARGE.replace("1.07", &format!("1.{at}"))));
        new.push((format!("migrations/{at}.sql"), format!("ALTER TABLE orders_{at} DROP COLUMN total;\n")));
    }
    new.push(("src/billing/deep.js".to_owned(), format!("x = {};", vec!["a"; 3000].join("\n&& "))));
    let borrowed = |files: &[(String, String)]| -> Repo {
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        Repo::new(&files)
    };
    let repo = borrowed(&old);
    for (path, _) in &old {
        std::fs::remove_file(repo.path().join(path)).unwrap();
    }
    for (path, text) in &new {
        repo.write(&[(path, text)]);
    }
    repo.commit("feat: everything at once");
    repo
}

#[test]
fn ten_scans_give_the_same_bytes() {
    let repo = busy();
    for format in ["json", "table", "sarif", "markdown", "github"] {
        let arguments = ["scan", "HEAD~1", "--format", format, "--no-gate"];
        let first = repo.preflag_with(&arguments, &[("RAYON_NUM_THREADS", "1")]);
        assert_eq!((first.code, first.stderr.as_str()), (0, ""), "{format}");
        for round in 1..10 {
            let threads = (2 + round % 7).to_string();
            let again = repo.preflag_with(&arguments, &[("RAYON_NUM_THREADS", &threads)]);
            let mut place = String::new();
            if let Some((at, (a, b))) =
                first.stdout.lines().zip(again.stdout.lines()).enumerate().find(|(_, (a, b))| a != b)
            {
                let _ = write!(place, "line {}: {a:?} and {b:?}", at + 1);
            }
            assert!(again.stdout == first.stdout, "{format}, {threads} threads: {place}");
        }
    }
    let report = repo.preflag(&["scan", "HEAD~1", "--format", "json"]).report();
    assert!(report["findings"].as_array().unwrap().len() > 100 && !report["notices"].as_array().unwrap().is_empty());
}
