//! Embeds every file below `queries/`, and the table of languages.
//!
//! Two files come out: `queries.rs` (`QUERIES`: path and text of each file) and `languages.rs` (`LANGUAGES`: one entry for
//! each `queries/<language>/language.yaml`). A new language needs no Rust.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

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

/// Writes `queries.rs` and `languages.rs` into `out`.
pub(crate) fn embed(root: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=queries");
    let mut files = Vec::new();
    collect(&root.join("queries"), &mut files)?;
    files.sort();
    let mut queries = String::from("pub(crate) static QUERIES: &[(&str, &str)] = &[\n");
    let mut languages = Vec::new();
    for file in &files {
        println!("cargo::rerun-if-changed={}", file.display());
        let path = file.strip_prefix(root)?.to_string_lossy().replace('\\', "/");
        let _ = writeln!(queries, "    ({path:?}, include_str!({:?})),", file.to_string_lossy());
        if file.file_name().is_some_and(|name| name == "language.yaml") {
            let language =
                serde_yaml::from_str(&fs::read_to_string(file)?).map_err(|error| format!("{path}: {error}"))?;
            languages.push(entry(&language));
        }
    }
    queries.push_str("];\n");
    let languages = format!("static LANGUAGES: [Language; {}] = [\n{}];\n", languages.len(), languages.concat());
    fs::write(out.join("queries.rs"), queries)?;
    fs::write(out.join("languages.rs"), languages)?;
    Ok(())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "yaml" || extension == "scm") {
            files.push(path);
        }
    }
    Ok(())
}

fn entry(language: &Language) -> String {
    let Language { name, grammar, extensions, file_names, line_comment, inherits } = language;
    format!(
        "    Language {{ name: {name:?}, extensions: &{extensions:?}, file_names: &{file_names:?}, \
         line_comment: {line_comment:?}, inherits: {inherits:?}, grammar: || {grammar}.into(), \
         loaded: std::sync::OnceLock::new() }},\n"
    )
}
