//! Stub until the rules part lands.
pub(crate) mod files;
pub(crate) mod flags;
