//! Embeds every file below `queries/` and `rules/`, and the table of languages.
//!
//! Two files come out: `embedded.rs` (`RULES`, `QUERIES`: path and text of each file) and `languages.rs` (`LANGUAGES`:
//! one entry for each `queries/<language>/language.yaml`). A new language or rule pack needs no Rust.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

#[derive(serde::Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Language {
    name: String,
    /// A Rust path, such as `tree_sitter_python::LANGUAGE`.
    grammar: String,
    extensions: Vec<String>,
    #[serde(default)]
    file_names: Vec<String>,
    line_comment: String,
    /// The language whose query files stand in where this one has none.
    inherits: Option<String>,
}

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    let mut embedded = String::new();
    let mut languages = Vec::new();
    for (table, folder) in [("RULES", "rules"), ("QUERIES", "queries")] {
        println!("cargo:rerun-if-changed={folder}");
        let mut files = Vec::new();
        collect(&root.join(folder), &mut files);
        files.sort();
        let _ = writeln!(embedded, "pub(crate) static {table}: &[(&str, &str)] = &[");
        for file in &files {
            println!("cargo:rerun-if-changed={}", file.display());
            let path = file.strip_prefix(&root).expect("found below the root").to_string_lossy().replace('\\', "/");
            let _ = writeln!(embedded, "    ({path:?}, include_str!({:?})),", file.to_string_lossy());
            if file.file_name().is_some_and(|name| name == "language.yaml") {
                let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{path}: {error}"));
                let language = serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
                languages.push(entry(&language));
            }
        }
        embedded.push_str("];\n");
    }
    let languages = format!("static LANGUAGES: [Language; {}] = [\n{}];\n", languages.len(), languages.concat());
    fs::write(out.join("embedded.rs"), embedded).expect("OUT_DIR can be written");
    fs::write(out.join("languages.rs"), languages).expect("OUT_DIR can be written");
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.filter_map(Result::ok).map(|entry| entry.path()) {
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "yaml" || extension == "scm") {
            files.push(path);
        }
    }
}

fn entry(language: &Language) -> String {
    let Language { name, grammar, extensions, file_names, line_comment, inherits } = language;
    format!(
        "    Language {{ name: {name:?}, extensions: &{extensions:?}, file_names: &{file_names:?}, \
         line_comment: {line_comment:?}, inherits: {inherits:?}, grammar: || {grammar}.into(), \
         loaded: std::sync::OnceLock::new() }},\n"
    )
}
