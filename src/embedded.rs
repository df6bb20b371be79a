//! The files below `queries/`, built into the binary by `build.rs` as (path, text), sorted by path.

include!(concat!(env!("OUT_DIR"), "/queries.rs"));
