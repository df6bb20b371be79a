//! Embeds `rules/**/*.yaml` as one table of (path, JSON text).
//!
//! JSON because it loads an order of magnitude faster than YAML, and every start of the program loads all packs. What
//! the texts say is checked by the program's tests, on the YAML, where errors have a line.

use std::error::Error;
use std::fs;
use std::path::Path;

/// Writes `packs.rs` into `out`: a slice of pairs, sorted by path.
pub(crate) fn embed(root: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=rules");
    let mut table = String::from("&[\n");
    for folder in ["rules", "rules/areas", "rules/flags"] {
        let mut names = Vec::new();
        let Ok(entries) = fs::read_dir(root.join(folder)) else { continue };
        for entry in entries {
            names.push(entry?.file_name().into_string().map_err(|name| format!("{name:?} is not UTF-8"))?);
        }
        names.sort();
        for name in names.iter().filter(|name| name.ends_with(".yaml")) {
            let path = format!("{folder}/{name}");
            println!("cargo::rerun-if-changed={path}");
            let text = fs::read_to_string(root.join(&path))?;
            let value: serde_yaml::Value = serde_yaml::from_str(&text).map_err(|error| format!("{path}: {error}"))?;
            let json = serde_json::to_string(&value).map_err(|error| format!("{path}: {error}"))?;
            table.push_str(&format!("    ({path:?}, {json:?}),\n"));
        }
    }
    table.push_str("]\n");
    fs::write(out.join("packs.rs"), table)?;
    Ok(())
}
