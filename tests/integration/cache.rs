//! What runs remember: it changes no answer, many may share it, and it can be looked at and removed.

use crate::support::Repo;

/// A repository of 120 files with a flag in every tenth, and a change of one of them.
fn repo() -> Repo {
    let repo = Repo::empty();
    for n in 0..120 {
        let flag = format!("if (await client.boolVariation('flag-{n}', user, false)) {{ open{n}(); }}\n");
        let text = if n % 10 == 0 { flag } else { format!("export const value{n} = {n};\n") };
        repo.write(&[(&format!("src/d{}/f{n}.ts", n % 20), &text)]);
    }
    repo.write(&[(
        "src/client.ts",
        "import { init } from '@launchdarkly/node-server-sdk';\nexport const client = init('k');\n",
    )]);
    repo.commit("base");
    repo.write(&[("src/d0/f0.ts", "if (await client.boolVariation('flag-10', user, false)) { open0(); }\n")]);
    repo.commit("change");
    repo
}

const FLAGS: [&str; 4] = ["flags", "--format", "json", "--no-history"];
const SCAN: [&str; 4] = ["scan", "HEAD~1", "--format", "json"];

#[test]
fn answers_are_the_same_without_it_with_it_and_while_it_is_made() {
    let repo = repo();
    for arguments in [FLAGS, SCAN] {
        let ask = |more: &[&str]| repo.preflag(&[&arguments, more].concat()).stdout;
        let without = ask(&["--no-cache"]);
        assert!(!without.is_empty());
        assert_eq!(ask(&[]), without, "the first time");
        assert_eq!(ask(&[]), without, "the second time");
        repo.preflag(&["cache", "clear"]);
        let runs: Vec<_> =
            (0..6).map(|_| repo.command(&arguments).stdout(std::process::Stdio::piped()).spawn().unwrap()).collect();
        for run in runs {
            assert_eq!(String::from_utf8(run.wait_with_output().unwrap().stdout).unwrap(), without, "many at once");
        }
    }
}

#[test]
fn it_can_be_shown_removed_and_done_without() {
    let repo = repo();
    let folder = repo.path().join(".git/preflag");
    repo.preflag(&[&FLAGS as &[&str], &["--no-cache"]].concat());
    assert!(!folder.exists());
    let shown = repo.preflag(&["cache"]);
    assert!(shown.code == 0 && shown.stdout.trim_end().ends_with("preflag (nothing yet)"), "{shown:?}");

    repo.preflag(&FLAGS);
    assert!(folder.join("files").is_file());
    let shown = repo.preflag(&["cache"]);
    assert!(shown.stdout.trim_end().ends_with("KiB)"), "{shown:?}");
    let cleared = repo.preflag(&["cache", "clear"]);
    assert!(cleared.stdout.starts_with("Removed ") && cleared.stderr.is_empty(), "{cleared:?}");
    assert!(!folder.exists());
    assert_eq!(repo.preflag(&["cache", "clear", "--repo", "src"]).code, 0, "twice, and from a folder");
    assert_eq!(repo.preflag(&["cache", "--repo", "/"]).code, 2);
}
