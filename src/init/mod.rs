//! What a repository needs to begin with preflag: a config, a workflow and the pre-push hook, as they would be written.
//!
//! [`look`] finds out what is there, [`texts`] writes the files from that, [`place`] holds them against what stands in the work
//! tree and puts the new ones there. Nothing that exists is ever changed.

pub(crate) mod look;
pub(crate) mod place;
pub(crate) mod texts;
