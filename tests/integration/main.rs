//! Everything that is tested from outside: the command, and the shape of the sources. One binary, because linking the
//! grammars takes long. A new topic is a module here.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod action;
mod architecture;
mod cache;
mod cases;
mod cli;
mod determinism;
mod experts;
mod explain;
mod flags;
mod hook;
mod hostile;
mod hostile_changes;
mod init;
mod paths;
mod policy;
mod publish;
mod record;
mod score;
mod settings;
mod support;
mod waivers;
