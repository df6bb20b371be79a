//! The files below `queries/` and `rules/`, built into the binary by `build.rs` as (path, text), sorted by path.

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
