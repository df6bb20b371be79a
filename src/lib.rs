//! preflag answers one question before a pull request ships: what in this change is risky, is it really behind a
//! feature flag, and if not, which flag should it get?
pub mod location;
pub mod report;
pub mod terms;
mod git {
    pub(crate) mod change;
}
mod analyse;
mod assess;
mod baseline;
mod checks;
mod config;
mod detect;
mod embedded;
mod evidence;
mod gating;
mod policy;
mod rules;
mod syntax;

#[doc(hidden)]
pub use syntax::worker::main_if_asked;
