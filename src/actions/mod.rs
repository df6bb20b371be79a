//! A job of GitHub Actions: what it runs for, what it was told, where it writes.
//!
//! The runner speaks through variables and files; all of it is read and written here. Nothing here judges or posts.

mod event;
mod history;
mod outputs;

pub(crate) use event::{Event, Surroundings, variable};
pub(crate) use history::Fetch;
pub(crate) use outputs::{not_posted, write_outputs, write_summary};
