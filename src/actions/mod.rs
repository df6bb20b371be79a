//! A job of GitHub Actions: what it runs for, what it was told, where it writes.
//!
//! The runner speaks through variables and files; all of it is read and written here. Nothing here judges or posts.

mod event;

pub(crate) use event::{Event, Surroundings, variable};
