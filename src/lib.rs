//! preflag answers one question before a pull request ships: what in this change is risky, is it really behind a
//! feature flag, and if not, which flag should it get?

pub mod location;
pub mod report;
pub mod terms;

mod analyse;
mod assess;
mod baseline;
mod candidates;
mod checks;
mod config;
mod detect;
mod embedded;
mod evidence;
mod gating;
mod git;
mod policy;
mod recommend;
mod rules;
mod scan;
mod syntax;

#[doc(hidden)]
pub fn debug_scan(dir: &str, range: &str) -> Result<report::Report, String> {
    let config = config::Config::default();
    let rules = rules::RuleSet::load(&config, &[]).map_err(|e| e.to_string())?;
    let repo = git::Repository::open(std::path::Path::new(dir)).map_err(|e| e.to_string())?;
    let changes = repo
        .change_set(&git::RangeSpec::Revisions(range.to_owned()), &git::DiffLimits::default())
        .map_err(|e| e.to_string())?;
    Ok(scan::report(
        &changes,
        &scan::Settings {
            rules: &rules,
            config: &config,
            policy: Default::default(),
            baseline: None,
            range_name: range.to_owned(),
            timings: true,
        },
    ))
}
