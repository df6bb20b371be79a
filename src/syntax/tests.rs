//! The engine against tree-sitter's own, and on sources small enough to read.

use super::facts::{Part, Role};
use super::{Parse, ParseLimits, SourceFile, differential, guard, language, parse};
use crate::location::RepoPath;
use std::path::{Path, PathBuf};
use std::time::Duration;

fn analyse(path: &str, text: &str) -> SourceFile {
    SourceFile::analyse(RepoPath::new(path), text.into(), &ParseLimits::default())
}

#[test]
fn every_embedded_language_loads() {
    for language in language::languages() {
        if let Err(error) = language.load() {
            panic!("{error}");
        }
    }
}

#[test]
fn nodes_stand_in_source_order_below_the_nearest_node_with_a_role() {
    let file = analyse("a.js", "const run = (x) => { if (x && client.on('k')) y(); };");
    let facts = file.facts().expect("parsed");
    let call = facts.with_role(Role::Call).next().expect("client.on('k')");
    assert_eq!(file.dotted(facts.part(call, Part::Callee).expect("a call has one")).as_deref(), Some("client.on"));
    let argument = facts.part(call, Part::Argument).expect("'k'");
    assert_eq!(file.string_value(argument).as_deref(), Some("k"));
    let above: Vec<Role> = facts.ancestors(call).map(|id| facts.role(id)).collect();
    assert!(above.ends_with(&[Role::Guard, Role::Block, Role::Function, Role::Binding, Role::Module]), "{above:?}");
    let function = facts.with_role(Role::Function).next().expect("the arrow function");
    assert_eq!(file.name_of(function), Some("run"), "a part may stand outside the node");
    assert!(facts.descendants(function).any(|id| id == call));
    for id in facts.ids() {
        assert!(facts.node(facts.node(id).parent).last >= facts.node(id).last);
    }
}

#[test]
fn a_comment_is_never_a_part() {
    let file = analyse("a.ts", "import(/* webpackChunkName: 'tax' */ './tax'); f(x, // why\n y);");
    let facts = file.facts().expect("parsed");
    let arguments: Vec<Vec<&str>> = facts
        .with_role(Role::Call)
        .map(|call| facts.parts(call, Part::Argument).map(|at| file.text_of(at)).collect())
        .collect();
    assert_eq!(arguments, [vec!["'./tax'"], vec!["x", "y"]]);
}

#[test]
fn tokens_are_the_leaves_with_strings_and_comments_whole() {
    let shown = |path: &str, text: &str| {
        let file = analyse(path, text);
        let tokens = file.facts().expect("parsed").tokens.iter();
        tokens.map(|token| format!("{:?} {}", token.class, token.span.text(text))).collect::<Vec<_>>()
    };
    assert_eq!(shown("a.js", "f('a b') /* c d */"), ["Code f", "Code (", "Code 'a b'", "Code )", "Comment /* c d */"]);
    assert_eq!(shown("a.js", "import a from 'b'")[0], "Import import");
    assert!(shown("a.ts", "let a: B = 1").contains(&"Type B".to_owned()));
    // The plain text around an escape has no leaf of its own, but changes what the program does.
    let text = "f'a {b} c\\n d'";
    assert_eq!(shown("a.py", text).iter().map(|token| &token["Code ".len()..]).collect::<String>(), text);
    assert_ne!(shown("a.py", "f'{b} x\\n'"), shown("a.py", "f'{b} y\\n'"));
}

#[test]
fn files_over_a_limit_are_judged_by_lines() {
    let why = |path: &str, text: &str, limits: &ParseLimits| match SourceFile::analyse(
        RepoPath::new(path),
        text.into(),
        limits,
    )
    .parse
    {
        Parse::Fallback(reason) => reason,
        Parse::Facts(_) => "parsed".to_owned(),
    };
    let limits = ParseLimits { file_size: 2048, line_length: 1000, nodes: 50, ..ParseLimits::default() };
    assert_eq!(why("a.js", "let a = 1;\n", &limits), "parsed");
    let large = "Not parsed, because it is larger than 2 KiB; judged by lines instead.";
    assert_eq!(why("a.js", &"a;\n".repeat(1000), &limits), large);
    let long = "Not parsed, because it has a line of more than 1 kB, like generated code; judged by lines instead.";
    assert_eq!(why("a.js", &"a;".repeat(600), &limits), long);
    let many = "Not parsed, because it has more than 50 syntax nodes; judged by lines instead.";
    assert_eq!(why("a.js", &"a;\n".repeat(40), &limits), many);
    let unknown = "No grammar knows this kind of file; judged by lines instead.";
    assert_eq!(why("a.cobol", "", &limits), unknown);
}

#[test]
fn depth_and_width_of_a_tree_cost_no_stack_and_no_more_than_their_size() {
    let language = language::language_named("javascript").expect("embedded");
    // Beyond what the guard lets through, so straight to the parser.
    let nested = format!("{}1{}", "(".repeat(30_000), ")".repeat(30_000));
    let wide = "f(1);\n".repeat(30_000);
    for text in [nested, wide] {
        let limits = ParseLimits { time: Duration::from_secs(60), depth: usize::MAX, ..ParseLimits::default() };
        let facts = parse::facts(language, &text, &limits);
        assert!(facts.is_ok_and(|facts| facts.nodes.len() > 30_000));
    }
}

#[test]
fn what_nests_deeper_than_code_does_is_judged_by_lines() {
    let why = |text: &str| match analyse("a.js", text).parse {
        Parse::Facts(_) => None,
        Parse::Fallback(reason) => Some(reason),
    };
    let chain = |length: usize| format!("x = {};\n", vec!["a"; length].join("\n  && "));
    assert_eq!(why(&chain(300)), None);
    let reason = why(&chain(3000)).expect("too deep");
    assert_eq!(reason, "Not parsed, because its code nests more than 500 levels deep; judged by lines instead.");
}

#[test]
fn ordinary_files_are_parsed_in_this_process() {
    // Also of a checkout of some large project, where a few in a thousand may be suspicious.
    let corpus = std::env::var_os("PREFLAG_TEST_CORPUS").map(PathBuf::from);
    let testdata = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata");
    for folder in std::iter::once(testdata).chain(corpus) {
        let mut files = Vec::new();
        differential::files_below(&folder, &mut files);
        let (mut all, mut suspicious) = (0, Vec::new());
        for file in files {
            let name = file.to_string_lossy().into_owned();
            let Some(language) = super::language_for(&RepoPath::new(&name)) else { continue };
            let Ok(text) = std::fs::read_to_string(&file) else { continue };
            all += 1;
            suspicious
                .extend(guard::suspicion(&text, language.loaded().lexis).map(|reason| format!("{name}: {reason}")));
        }
        assert!(suspicious.len() * 100 <= all, "{} of {all}:\n{}", suspicious.len(), suspicious.join("\n"));
    }
}

/// Parsing a text after a text that is nearly the same gives what parsing it alone gives.
mod both_sides {
    use super::super::{ParseLimits, SourceFile};
    use crate::git::change::Hunk;
    use crate::location::{LineRange, RepoPath};
    use std::path::{Path, PathBuf};

    fn facts(file: &SourceFile) -> String {
        serde_json::to_string(file.facts().expect("it is parsed")).expect("facts serialize")
    }

    fn fixtures(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).expect("fixtures") {
            let path = entry.expect("readable").path();
            if path.is_dir() { fixtures(&path, files) } else { files.push(path) }
        }
    }

    #[test]
    fn are_what_each_is_alone() {
        let limits = ParseLimits::default();
        let mut files = Vec::new();
        fixtures(&Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/facts"), &mut files);
        files.sort();
        for path in files {
            let old = std::fs::read_to_string(&path).expect("a fixture");
            let path = RepoPath::new(path.to_string_lossy());
            let lines: Vec<&str> = old.split_inclusive('\n').collect();
            for at in (0..lines.len()).step_by(3) {
                let number = at as u32 + 1;
                let line = |kept: &[&str]| [&lines[..at], kept, &lines[at + 1..]].concat().concat();
                let range = Some(LineRange::new(number, number));
                let edits = [
                    (line(&[]), Hunk { old: range, new: None, old_after: number - 1, new_after: number - 1 }),
                    (
                        line(&[lines[at], "x\u{e9} = 1\n"]),
                        Hunk {
                            old: None,
                            new: Some(LineRange::new(number + 1, number + 1)),
                            old_after: number,
                            new_after: number,
                        },
                    ),
                    (
                        line(&["y = (\n2)\n"]),
                        Hunk {
                            old: range,
                            new: Some(LineRange::new(number, number + 1)),
                            old_after: number - 1,
                            new_after: number - 1,
                        },
                    ),
                ];
                for (new, hunk) in edits {
                    let [_, after] = SourceFile::analyse_both(
                        (path.clone(), old.as_str().into()),
                        (path.clone(), new.as_str().into()),
                        &[hunk],
                        &limits,
                    );
                    let alone = SourceFile::analyse(path.clone(), new.as_str().into(), &limits);
                    let clean = alone.facts().is_some_and(|facts| facts.errors.is_empty());
                    // Where the text is broken, recovery may find another way; both ways are analysed.
                    assert!(!clean || facts(&after) == facts(&alone), "{path}:{number}: {hunk:?}");
                }
            }
        }
    }
}
