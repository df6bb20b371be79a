//! `preflag waivers`: every waiver of a change and of the file, and what becomes of it.

use super::{config_source, render_options, scan, to_stdout};
use crate::cli::{Destination, WaiversArgs};
use crate::config::Scope;
use crate::error::{Cause, Error};
use crate::git::RangeSpec;
use crate::render::render_waivers;
use crate::session::{ScanOptions, scan_with_all_waivers};

pub(super) fn run(arguments: &WaiversArgs) -> Result<(), Error> {
    let range = arguments.range.clone().map_or(RangeSpec::Default, RangeSpec::Revisions);
    let list = scan_with_all_waivers(&ScanOptions {
        repo: arguments.source.repo.clone(),
        range,
        config: config_source(&arguments.source, arguments.config_from_base || scan::is_ci()),
        scope: Scope::default(),
        fail_on: None,
        report_only: false,
        baseline: None,
        description: scan::description(&arguments.waivers)?,
        today: arguments.waivers.today.clone(),
        timings: false,
        cache: !arguments.cache.no_cache,
        history: false,
    })?;
    let mut bytes = Vec::new();
    let options = render_options(&Destination::Stdout, &arguments.look);
    render_waivers(arguments.format, &list, &options, &mut bytes).map_err(Cause::Stdout)?;
    to_stdout(&bytes)
}
