//! `preflag rules`: which packs there are, and whether a user's own are right.

use super::{config_source, to_stdout};
use crate::cli::RulesCommand;
use crate::config::yaml::YamlError;
use crate::config::{CONFIG_FILES, Config};
use crate::error::{Cause, Error};
use crate::rules::{PackSummary, PackText, RuleSet};
use crate::session::{read_any, settings};
use crate::waivers;
use std::fmt::Write;
use std::path::{Path, PathBuf};

pub(super) fn run(command: RulesCommand) -> Result<(), Error> {
    match command {
        RulesCommand::List { source } => {
            let settings = settings(&source.repo, &config_source(&source, false))?;
            to_stdout(table(&settings.rules.summaries()).as_bytes())
        }
        RulesCommand::Check { files, source } if files.is_empty() => {
            let settings = settings(&source.repo, &config_source(&source, false))?;
            let count = settings.rules.summaries().len();
            refuse("the waivers", waivers::problems(&settings.listed_waivers()?, &settings.config, &settings.rules))?;
            to_stdout(format!("The settings are well, with {count} rule packs.\n").as_bytes())
        }
        RulesCommand::Check { files, .. } => check(&files),
    }
}

/// Checks each file on its own, says which are well, and fails with all that is wrong.
fn check(files: &[PathBuf]) -> Result<(), Error> {
    let mut wrong = Vec::new();
    for file in files {
        match check_file(file) {
            Ok(()) => to_stdout(format!("{}: well\n", file.display()).as_bytes())?,
            Err(error) => wrong.push(error),
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(Cause::Several(wrong).into()) }
}

fn check_file(file: &Path) -> Result<(), Error> {
    let text = read_any(file)?;
    let name = file.display().to_string();
    let names =
        |path: &str| path.rsplit('/').next().is_some_and(|last| file.file_name().is_some_and(|name| name == last));
    if waivers::FILES.into_iter().any(names) {
        let claims = waivers::file::read(&name, waivers::FILES[0], &text)?;
        let config = Config::default();
        return refuse(&name, waivers::problems(&claims, &config, &RuleSet::load(&config, &[])?));
    }
    let is_config = file.file_name().and_then(|name| name.to_str()).is_some_and(|name| CONFIG_FILES.contains(&name));
    if is_config {
        let config = Config::from_text(&name, Some(&text))?;
        return Ok(RuleSet::load(&config, &[]).map(|_| ())?);
    }
    // The folder says what kind of pack it is, also when the shell already stands in it.
    let path = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    Ok(RuleSet::check_pack(&name, &PackText { path: path.display().to_string().replace('\\', "/"), text })?)
}

/// Refuses waivers that are none.
fn refuse(name: &str, problems: Vec<(u32, String)>) -> Result<(), Error> {
    let wrong =
        problems.into_iter().map(|(line, why)| YamlError::whole(name, format!("the waiver in line {line}: {why}")));
    let wrong: Vec<Error> = wrong.map(Error::from).collect();
    if wrong.is_empty() { Ok(()) } else { Err(Cause::Several(wrong).into()) }
}

/// One row a pack; the columns are as wide as what stands in them, the last excepted.
fn table(packs: &[PackSummary]) -> String {
    let languages =
        |pack: &PackSummary| if pack.languages.is_empty() { "all".into() } else { pack.languages.join(", ") };
    let rows = packs.iter().map(|pack| [pack.id.clone(), pack.name.clone(), languages(pack), pack.about.clone()]);
    let head = ["id", "name", "languages", "about"].map(str::to_owned);
    let rows: Vec<[String; 4]> = std::iter::once(head).chain(rows).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths = [width(0), width(1), width(2)];
    let mut text = String::new();
    for row in &rows {
        let [id, name, languages, about] = row;
        let line = format!("{id:0$}  {name:1$}  {languages:2$}  {about}", widths[0], widths[1], widths[2]);
        // Infallible: writing to a String.
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_aligned() {
        let pack = |id: &str, name: &str, languages: &[&str], about: &str| PackSummary {
            id: id.into(),
            name: name.into(),
            languages: languages.iter().map(|&language| language.into()).collect(),
            about: about.into(),
        };
        let packs =
            [pack("areas/auth", "Authentication", &[], ""), pack("flags/x", "X", &["tsx"], "https://x.example")];
        let expected = "\
id          name            languages  about
areas/auth  Authentication  all
flags/x     X               tsx        https://x.example
";
        assert_eq!(table(&packs), expected);
    }
}
