//! Files that are made from code (schemas, tables, help texts) and kept in the repository: are they current?
//!
//! Only for tests; the integration tests take this file in as well.

use std::path::Path;

/// Fails when the file at `path`, from the repository's root, does not hold `text`; with `UPDATE=1` in the environment, writes it.
pub(crate) fn assert_current(path: &str, text: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    // A checkout may have turned line ends around.
    if kept.replace("\r\n", "\n") == text {
        return;
    }
    if std::env::var_os("UPDATE").is_some_and(|value| value == "1") {
        let folder = file.parent().expect("a file stands in a folder");
        std::fs::create_dir_all(folder).expect("the folder can be made");
        std::fs::write(&file, text).expect("the file can be written");
        return;
    }
    let differs = kept.lines().zip(text.lines()).position(|(kept, new)| kept != new);
    let line = differs.unwrap_or_else(|| kept.lines().count().min(text.lines().count())) + 1;
    panic!("{path} is not current (line {line} differs); run `UPDATE=1 cargo test` and look at what changed");
}
