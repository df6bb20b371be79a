//! preflag answers one question before a pull request ships: what in this change is risky, is it really behind a
//! feature flag, and if not, which flag should it get?

pub mod location;
pub mod report;
pub mod terms;

mod actions;
mod analyse;
mod assess;
mod backtest;
mod baseline;
mod cache;
mod calendar;
mod candidates;
mod checks;
mod cli;
mod commands;
mod config;
#[cfg(test)]
mod current;
mod detect;
mod embedded;
mod error;
mod evidence;
mod experts;
mod explain;
mod gating;
mod git;
mod history;
mod hook;
mod index;
mod init;
mod inventory;
mod policy;
mod project;
mod publish;
mod recommend;
mod record;
mod render;
mod rules;
mod scan;
mod session;
mod syntax;
mod waivers;

pub use calendar::Date;
pub use cli::Cli;
pub use commands::run;
pub use config::{FailOn, Scope};
pub use error::Error;
pub use git::RangeSpec;
pub use render::{Format, RenderOptions, render};
pub use session::{ConfigSource, Description, ScanOptions, scan};
pub use syntax::worker::main_if_asked as parse_worker_if_asked;
