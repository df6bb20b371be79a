//! The `preflag` command: arguments in, an exit code out.
//!
//! 0 pass or warn, 1 the policy failed, 2 could not run. Errors and their hints are printed here and nowhere else.

use anstream::eprintln;
use clap::Parser;
use std::panic;
use std::process::ExitCode;

/// Could not run.
const TROUBLE: u8 = 2;

fn main() -> ExitCode {
    if let Some(code) = preflag::parse_worker_if_asked() {
        return code;
    }
    give_back_large_blocks();
    panic::set_hook(Box::new(apologize));
    let cli = preflag::Cli::parse();
    match panic::catch_unwind(|| preflag::run(cli)) {
        Ok(Ok(code)) => code,
        Ok(Err(error)) => explain(&error),
        Err(_) => ExitCode::from(TROUBLE),
    }
}

/// What was read and parsed goes back to the system once it is free.
///
/// Otherwise glibc takes the first large block that is freed for a sign that such blocks are wanted again, keeps all later ones,
/// and what stays between them keeps them from being joined.
fn give_back_large_blocks() {
    // SAFETY: only sets a number, before there is a second thread. Where it fails, memory is larger.
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    unsafe {
        libc::mallopt(libc::M_MMAP_THRESHOLD, 128 << 10);
    }
}

fn explain(error: &preflag::Error) -> ExitCode {
    if error.is_broken_pipe() {
        return ExitCode::SUCCESS;
    }
    let (red, cyan) = (anstyle::AnsiColor::Red.on_default().bold(), anstyle::AnsiColor::Cyan.on_default().bold());
    eprintln!("{red}error{red:#}: {}", error.told());
    if let Some(hint) = error.hint() {
        eprintln!("{cyan}hint{cyan:#}: {hint}");
    }
    ExitCode::from(error.exit_code())
}

fn apologize(bug: &panic::PanicHookInfo<'_>) {
    eprintln!(
        "{bug}\n\nThis is a bug of {} {}. Please report it at {}/issues, with the text above and the command that you ran.",
        env!("CARGO_PKG_NAME"),
        env!("CARGO_PKG_VERSION"),
        env!("CARGO_PKG_REPOSITORY"),
    );
}
