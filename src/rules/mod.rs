//! Stub until the rules part lands.
pub(crate) mod files;
