//! Turns the data of the repository into tables of the program.

#[path = "build/languages.rs"]
mod languages;
#[path = "build/packs.rs"]
mod packs;

use std::env;
use std::error::Error;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = |variable: &str| env::var_os(variable).map(PathBuf::from).ok_or(format!("cargo sets {variable}"));
    let (root, out) = (folder("CARGO_MANIFEST_DIR")?, folder("OUT_DIR")?);
    packs::embed(&root, &out)?;
    languages::embed(&root, &out)
}
