//! The commands: what was typed in, a report or a table out.

mod action;
mod backtest;
mod cache;
mod comment;
mod experts;
mod explain;
mod flags;
mod hook;
mod init;
mod log;
mod probe;
mod rules;
mod scan;
mod waivers;

use crate::cli::{Cli, Color, Command, Destination, LookArgs, SourceArgs};
use crate::error::{Cause, Error};
use crate::render::RenderOptions;
use crate::session::ConfigSource;
use clap::CommandFactory;
use std::io::Write;
use std::process::ExitCode;

/// The width of a table where there is no terminal.
const DEFAULT_WIDTH: u16 = 100;

/// Does what was asked for. The code says what the verdict is: 0 pass or warn, 1 fail.
pub fn run(cli: Cli) -> Result<ExitCode, Error> {
    match cli.command {
        Command::Scan(arguments) => scan::run(*arguments),
        Command::Flags(arguments) => flags::run(&arguments).map(|()| ExitCode::SUCCESS),
        Command::Explain(arguments) => explain::run(&arguments).map(|()| ExitCode::SUCCESS),
        Command::Action(arguments) => action::run(&arguments),
        Command::Comment(arguments) => comment::run(&arguments).map(|()| ExitCode::SUCCESS),
        Command::Experts(arguments) => experts::run(&arguments).map(|()| ExitCode::SUCCESS),
        Command::Waivers(arguments) => waivers::run(&arguments).map(|()| ExitCode::SUCCESS),
        Command::Log(arguments) => log::run(&arguments).map(|()| ExitCode::SUCCESS),
        Command::Backtest(arguments) => backtest::run(&arguments).map(|()| ExitCode::SUCCESS),
        Command::Init(arguments) => init::run(&arguments).map(|()| ExitCode::SUCCESS),
        Command::Hook { command } => hook::run(*command),
        Command::Rules { command } => rules::run(command).map(|()| ExitCode::SUCCESS),
        Command::Cache(arguments) => cache::run(&arguments).map(|()| ExitCode::SUCCESS),
        Command::Probe { arguments } => probe::run(&arguments).map(|()| ExitCode::SUCCESS),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "preflag", &mut script);
            to_stdout(&script).map(|()| ExitCode::SUCCESS)
        }
        Command::Man => to_stdout(&manual()?).map(|()| ExitCode::SUCCESS),
    }
}

/// The manual page, with a section for each command.
fn manual() -> Result<Vec<u8>, Error> {
    let mut page = Vec::new();
    let mut command = Cli::command();
    command.build();
    let manual = clap_mangen::Man::new(command.clone());
    let mut sections = || -> std::io::Result<()> {
        manual.render(&mut page)?;
        for subcommand in
            command.get_subcommands().filter(|command| !command.is_hide_set() && command.get_name() != "help")
        {
            let name = subcommand.get_name();
            let manual = clap_mangen::Man::new(subcommand.clone());
            writeln!(page, ".SH \"PREFLAG {}\"", name.to_uppercase())?;
            manual.render_description_section(&mut page)?;
            manual.render_options_section(&mut page)?;
        }
        Ok(())
    };
    sections().map_err(Cause::Stdout)?;
    Ok(page)
}

fn to_stdout(bytes: &[u8]) -> Result<(), Error> {
    let mut out = std::io::stdout().lock();
    out.write_all(bytes).and_then(|()| out.flush()).map_err(|source| Cause::Stdout(source).into())
}

/// Where settings come from, as typed.
fn config_source(arguments: &SourceArgs, from_base: bool) -> ConfigSource {
    match &arguments.config {
        _ if arguments.no_config => ConfigSource::Nothing,
        Some(path) => ConfigSource::File { path: path.clone(), from_base },
        None if from_base => ConfigSource::Base,
        None => ConfigSource::Worktree,
    }
}

/// What a table may look like where it goes.
fn render_options(to: &Destination, look: &LookArgs) -> RenderOptions {
    let stdout = std::io::stdout();
    let is_stdout = *to == Destination::Stdout;
    let color = match look.color {
        Color::Always => true,
        Color::Never => false,
        // Asks the terminal, NO_COLOR, CLICOLOR_FORCE, TERM and the like.
        Color::Auto => is_stdout && anstream::AutoStream::choice(&stdout) != anstream::ColorChoice::Never,
    };
    let terminal = || terminal_size::terminal_size_of(&stdout).map(|(width, _)| width.0).filter(|_| is_stdout);
    let width = look.width.or_else(terminal).unwrap_or(DEFAULT_WIDTH);
    RenderOptions { width: width.clamp(40, 500), color, explain_score: false }
}
