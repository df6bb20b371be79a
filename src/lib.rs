//! preflag answers one question before a pull request ships: what in this change is risky, is it really behind a
//! feature flag, and if not, which flag should it get?
pub mod location;
pub mod report;
pub mod terms;
mod git {
    pub(crate) mod change;
}
mod syntax {
    pub(crate) mod facts;
}
mod checks;
mod detect;
pub mod render;
