//! `preflag cache`: where runs remember what they read of the repository, how much it is, and `clear` to forget it.

use super::to_stdout;
use crate::cache::Cache;
use crate::cli::{CacheArgs, CacheCommand};
use crate::error::{Cause, Error};
use crate::git::Repository;

pub(super) fn run(arguments: &CacheArgs) -> Result<(), Error> {
    let cache = Cache::of(&Repository::open(&arguments.repo)?);
    let folder = cache.folder();
    let path = || folder.to_path_buf();
    let bytes = cache.bytes().map_err(|source| Cause::Read { path: path(), source })?;
    let size = size(bytes);
    let line = match arguments.command {
        None if bytes == 0 => format!("{} (nothing yet)\n", folder.display()),
        None => format!("{} ({size})\n", folder.display()),
        Some(CacheCommand::Clear) => {
            cache.clear().map_err(|source| Cause::Write { path: path(), source })?;
            format!("Removed {size} from {}.\n", folder.display())
        }
    };
    to_stdout(line.as_bytes())
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1_024 => format!("{bytes} bytes"),
        1_024..1_048_576 => format!("{:.1} KiB", bytes as f64 / 1_024.0),
        _ => format!("{:.1} MiB", bytes as f64 / 1_048_576.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_readable() {
        assert_eq!([0, 1_023, 2_048, 3_670_016].map(size), ["0 bytes", "1023 bytes", "2.0 KiB", "3.5 MiB"]);
    }
}
