//! The pre-push hook: what git tells it, and how it gets into a repository.
//!
//! [`lines`] reads what git or pre-commit say of a push, [`place`] finds out where a hook belongs and what stands there. What
//! is judged, and by what, is as in every scan: a hook has no settings of its own.

pub(crate) mod lines;
pub(crate) mod place;
