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
