//! preflag answers one question before a pull request ships: what in this change is risky, is it really behind a
//! feature flag, and if not, which flag should it get?
mod analyse;
mod assess;
mod baseline;
mod checks;
mod cli;
mod commands;
mod config;
mod detect;
mod embedded;
mod error;
mod evidence;
mod gating;
mod git;
pub mod location;
mod policy;
mod render;
pub mod report;
mod rules;
mod session;
mod syntax;
pub mod terms;

pub use cli::Cli;
pub use commands::run;
pub use config::FailOn;
pub use error::Error;
pub use git::RangeSpec;
pub use render::{Format, RenderOptions, render};
pub use session::{ConfigSource, ScanOptions, scan};
pub use syntax::worker::main_if_asked as parse_worker_if_asked;
