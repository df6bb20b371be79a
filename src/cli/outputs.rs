//! `--format` and `--output`, which belong together by their order on the command line.
//!
//! Read from left to right, an `--output` takes the format before it that has no file yet, or else the one after it. A
//! format without a file goes to the standard output, and a file without a format gets the one of its name.

use crate::render::Format;
use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches, ValueHint, value_parser};
use std::path::{Path, PathBuf};

/// What is written and where: at least one, in the order of the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outputs(pub(crate) Vec<Output>);

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Output {
    pub(crate) format: Format,
    pub(crate) to: Destination,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Destination {
    Stdout,
    File(PathBuf),
}

enum Typed {
    Format(Format),
    Output(PathBuf),
}

impl Args for Outputs {
    fn augment_args(command: Command) -> Command {
        command
            .arg(
                Arg::new("format")
                    .long("format")
                    .short('f')
                    .value_name("FORMAT")
                    .value_parser(value_parser!(Format))
                    .action(ArgAction::Append)
                    .help_heading("Output")
                    .help("How the report is written; default: table")
                    .long_help(
                        "How the report is written; default: table.\n\nMay be repeated, each with an --output of its own.",
                    ),
            )
            .arg(
                Arg::new("output")
                    .long("output")
                    .short('o')
                    .value_name("FILE")
                    .value_parser(value_parser!(PathBuf))
                    .value_hint(ValueHint::FilePath)
                    .action(ArgAction::Append)
                    .help_heading("Output")
                    .help("Write to this file instead of the standard output")
                    .long_help(
                        "Write to this file instead of the standard output (`-`).\n\nIt takes the --format before it, or \
                         after it; without one, what its name says (.json, .sarif, .md).",
                    ),
            )
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Outputs {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let formats = matches.get_many::<Format>("format").into_iter().flatten().map(|format| Typed::Format(*format));
        let files = matches.get_many::<PathBuf>("output").into_iter().flatten().cloned().map(Typed::Output);
        let places = |id| matches.indices_of(id).into_iter().flatten();
        let mut typed: Vec<(usize, Typed)> = places("format").zip(formats).chain(places("output").zip(files)).collect();
        typed.sort_by_key(|(place, _)| *place);
        let outputs = pair(typed.into_iter().map(|(_, typed)| typed));
        outputs.map(Self).map_err(|message| clap::Error::raw(ErrorKind::ArgumentConflict, message))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

fn pair(typed: impl Iterator<Item = Typed>) -> Result<Vec<Output>, String> {
    let mut outputs: Vec<Output> = Vec::new();
    let mut format: Option<Format> = None;
    let mut file: Option<PathBuf> = None;
    for typed in typed {
        match typed {
            Typed::Format(next) => match file.take() {
                Some(file) => outputs.push(output(next, file)),
                None => {
                    outputs.extend(format.take().map(to_stdout));
                    format = Some(next);
                }
            },
            Typed::Output(next) => match format.take() {
                Some(format) => outputs.push(output(format, next)),
                None => {
                    outputs.extend(file.take().map(|file| output(format_of(&file), file)));
                    file = Some(next);
                }
            },
        }
    }
    outputs.extend(format.map(to_stdout));
    outputs.extend(file.map(|file| output(format_of(&file), file)));
    if outputs.is_empty() {
        outputs.push(to_stdout(Format::Table));
    }
    for (at, one) in outputs.iter().enumerate() {
        if outputs[..at].iter().any(|other| other.to == one.to) {
            return Err(match &one.to {
                Destination::Stdout => {
                    "only one format can go to the standard output; give the others an `--output FILE`".to_owned()
                }
                Destination::File(file) => format!("two formats cannot go to the same file, `{}`", file.display()),
            });
        }
    }
    Ok(outputs)
}

fn to_stdout(format: Format) -> Output {
    Output { format, to: Destination::Stdout }
}

fn output(format: Format, file: PathBuf) -> Output {
    if file.as_os_str() == "-" { to_stdout(format) } else { Output { format, to: Destination::File(file) } }
}

/// The format that a file's name speaks of.
fn format_of(file: &Path) -> Format {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("json") => Format::Json,
        Some("sarif") => Format::Sarif,
        Some("md" | "markdown") => Format::Markdown,
        _ => Format::Table,
    }
}

#[cfg(test)]
mod tests {
    use crate::cli::{Cli, Command, Destination};
    use clap::Parser;

    /// `json>a.json sarif>-`: what is written where.
    fn outputs(typed: &str) -> Result<String, String> {
        let words = ["preflag", "scan"].into_iter().chain(typed.split_whitespace());
        let cli = Cli::try_parse_from(words).map_err(|error| error.to_string())?;
        let Command::Scan(scan) = cli.command else { return Err("another command".into()) };
        let one = |output: &super::Output| {
            let to = match &output.to {
                Destination::Stdout => "-".to_owned(),
                Destination::File(file) => file.display().to_string(),
            };
            format!("{:?}>{to}", output.format).to_lowercase()
        };
        Ok(scan.outputs.0.iter().map(one).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn formats_and_files_pair_by_their_order() {
        for (typed, expected) in [
            ("", "table>-"),
            ("--format json", "json>-"),
            ("--output x.txt", "table>x.txt"),
            ("--output x.sarif", "sarif>x.sarif"),
            ("--output x.json -o y.md", "json>x.json markdown>y.md"),
            ("--format json --output a.json", "json>a.json"),
            ("--output a.json --format json", "json>a.json"),
            ("-f json -o a -f sarif -o b", "json>a sarif>b"),
            ("-o a -f json -o b -f sarif", "json>a sarif>b"),
            ("--format table --format sarif --output x.sarif", "table>- sarif>x.sarif"),
            ("-f sarif -o x.sarif -f table", "sarif>x.sarif table>-"),
            ("-f markdown -o -", "markdown>-"),
        ] {
            assert_eq!(outputs(typed).as_deref(), Ok(expected), "{typed}");
        }
    }

    #[test]
    fn two_reports_cannot_go_to_one_place() {
        assert!(outputs("-f json -f sarif").unwrap_err().contains("only one format can go to the standard output"));
        assert!(outputs("-f json -o a -f sarif -o a").unwrap_err().contains("the same file, `a`"));
    }
}
