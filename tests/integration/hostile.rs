//! Texts made to exhaust the parser end soon, with a sentence, and without much memory.

#![cfg(unix)]

use std::process::Command;
use std::time::{Duration, Instant};

/// What `preflag __facts` says about a text, and how long it took.
fn facts(name: &str, text: &str) -> (String, Duration) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let path = folder.path().join(name);
    std::fs::write(&path, text).expect("the folder can be written");
    let start = Instant::now();
    let output = Command::new(env!("CARGO_BIN_EXE_preflag")).arg("__facts").arg(&path).output().expect("it starts");
    assert!(output.status.success(), "{name}: {:?}", output.status);
    (String::from_utf8_lossy(&output.stdout).into_owned(), start.elapsed())
}

/// The most memory that any process below this one had (bytes).
pub(crate) fn most_memory() -> u64 {
    // SAFETY: rusage is plain data, and getrusage fills it.
    let usage = unsafe {
        let mut usage: libc::rusage = std::mem::zeroed();
        libc::getrusage(libc::RUSAGE_CHILDREN, &mut usage);
        usage
    };
    // macOS counts bytes, the others kilobytes.
    usage.ru_maxrss as u64 * if cfg!(target_os = "macos") { 1 } else { 1024 }
}

#[test]
fn hostile_texts_end_soon_with_a_sentence() {
    let refused = [
        ("less.ts", "a<b,".repeat(25_000)),
        ("less.tsx", "a<b,".repeat(25_000)),
        ("operators.py", "+^".repeat(20_000)),
        ("types.ts", "export-keyof<b/>\n".repeat(2_500)),
        ("line.js", format!("let a = [{}];", "1, ".repeat(350_000 - 10))),
        ("large.py", "x = 1\n".repeat(200_000)),
    ];
    for (name, text) in refused {
        let (said, time) = facts(name, &text);
        assert!(said.starts_with("Not parsed, because "), "{name}: {}", said.chars().take(200).collect::<String>());
        assert!(said.ends_with("; judged by lines instead.\n"), "{name}: {said}");
        assert!(time < Duration::from_secs(20), "{name} took {time:?}");
    }
    // These may be parsed, if that is cheap; they must end.
    let nested = |open: &str, close: &str| format!("x = {}1{}", open.repeat(10_000), close.repeat(10_000));
    let bounded = [
        // How much memory that takes is near the limit.
        ("less-small.ts", "a<b,".repeat(6_000)),
        ("parens.ts", "(".repeat(100_000)),
        ("parens.py", "(".repeat(100_000)),
        ("nested.ts", nested("(", ")")),
        ("nested.js", nested("[", "]")),
        ("nested.py", nested("{1: ", "}")),
        ("blocks.js", nested("function f() {", "}")),
        ("string.ts", format!("let a = `{}", "${a ".repeat(10_000))),
        ("string.py", format!("a = '''{}", "word ".repeat(10_000))),
        ("member.js", format!("a{}", ".b".repeat(20_000))),
        ("indent.py", (0..300).map(|depth| format!("{}if x:\n", " ".repeat(depth))).collect()),
    ];
    for (name, text) in bounded {
        let (said, time) = facts(name, &text);
        assert!(said.starts_with("Not parsed, because ") || said.starts_with("module #0"), "{name}");
        assert!(time < Duration::from_secs(20), "{name} took {time:?}");
    }
    assert!(most_memory() < 1500 << 20, "{} MiB", most_memory() >> 20);
}

#[test]
fn a_suspicious_text_that_is_cheap_after_all_still_has_facts() {
    let text = format!("const data = {}1{};", "[".repeat(400), "]".repeat(400)) + &"// text\n".repeat(300);
    let (said, _) = facts("deep.ts", &text);
    assert!(said.starts_with("module #0 line 1 `const data = "), "{}", said.chars().take(200).collect::<String>());
}
