//! preflag answers one question before a pull request ships: what in this change is risky, is it really behind a
//! feature flag, and if not, which flag should it get?
mod analyse;
mod assess;
mod baseline;
mod checks;
mod config;
mod detect;
mod embedded;
mod evidence;
mod gating;
mod git;
pub mod location;
mod policy;
pub mod report;
mod rules;
mod syntax;
pub mod terms;
