//! Wrong use of the command line, said in this program's words: what is wrong, and what to type instead.

use crate::args::Arguments;
use change_ledger_app::AppError;
use clap::{
    Command, CommandFactory,
    error::{ContextKind, ContextValue, ErrorKind},
};
use std::ffi::OsString;

/// Verbs that are planned but that this version does not have.
const NOT_IN_THIS_VERSION: [&str; 1] = ["bundle"];

/// What clap found wrong in `words` (the program's name first), as one sentence, with the usage line and where to read more
/// as hints.
pub(crate) fn explain(error: &clap::Error, words: &[OsString]) -> AppError {
    let mut failure = AppError::wrong_use(sentence(error));
    for suggested in [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue] {
        for suggestion in texts(error, suggested) {
            failure = failure.hint(format!("A similar one exists: {suggestion}"));
        }
    }
    let mut verb = verb_of(words);
    let name = verb.get_bin_name().unwrap_or("change-ledger").to_owned();
    failure.hint(verb.render_usage().to_string()).hint(format!("{name} --help says more."))
}

/// The innermost verb that the words name; the whole program where they name none.
fn verb_of(words: &[OsString]) -> Command {
    let mut verb = Arguments::command();
    verb.build();
    for word in words.iter().skip(1).filter_map(|word| word.to_str()) {
        if let Some(inner) = verb.find_subcommand(word) {
            verb = inner.clone();
        }
    }
    verb
}

fn sentence(error: &clap::Error) -> String {
    let argument = texts(error, ContextKind::InvalidArg).join(", ");
    let value = texts(error, ContextKind::InvalidValue).join(", ");
    match error.kind() {
        ErrorKind::UnknownArgument => format!("there is no argument `{argument}` here"),
        ErrorKind::InvalidSubcommand => {
            let verb = texts(error, ContextKind::InvalidSubcommand).join(" ");
            if NOT_IN_THIS_VERSION.contains(&verb.as_str()) {
                format!("`{verb}` is not in this version of Change Ledger")
            } else {
                format!("there is no verb `{verb}`")
            }
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "it is not said what to do: a verb is missing".to_owned()
        }
        ErrorKind::MissingRequiredArgument => format!("{argument} is missing"),
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} needs a value{}", allowed(error)),
        ErrorKind::InvalidValue => format!("`{value}` is no value of {argument}{}", allowed(error)),
        ErrorKind::ValueValidation => match std::error::Error::source(error) {
            Some(reason) => format!("`{value}` is no value of {argument}: {reason}"),
            None => format!("`{value}` is no value of {argument}"),
        },
        ErrorKind::ArgumentConflict => {
            let other = texts(error, ContextKind::PriorArg).join(", ");
            if other.is_empty() || other == argument {
                format!("{argument} is given more than once")
            } else {
                format!("{argument} cannot be used together with {other}")
            }
        }
        _ => first_paragraph(&error.to_string()),
    }
}

fn allowed(error: &clap::Error) -> String {
    let values = texts(error, ContextKind::ValidValue);
    if values.is_empty() { String::new() } else { format!(": it is one of {}", values.join(", ")) }
}

fn texts(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) if !text.is_empty() => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.iter().filter(|text| !text.is_empty()).cloned().collect(),
        _ => Vec::new(),
    }
}

/// The first paragraph of a rendered error as one line.
fn first_paragraph(text: &str) -> String {
    let text = text.strip_prefix("error: ").unwrap_or(text);
    text.lines().map(str::trim).take_while(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[test]
    fn wrong_use_is_one_sentence_with_what_to_type_instead() {
        let check = |arguments: &str, message: &str, hint: &str| {
            let words: Vec<OsString> =
                std::iter::once("change-ledger").chain(arguments.split_whitespace()).map(OsString::from).collect();
            let failure = explain(&Arguments::try_parse_from(&words).unwrap_err(), &words);
            assert_eq!(failure.message, message, "{arguments}");
            assert!(failure.hints.iter().any(|line| line.contains(hint)), "{arguments}: {:?}", failure.hints);
        };
        check("metrics --quater 2026-Q3", "there is no argument `--quater` here", "--quarter");
        check("metric", "there is no verb `metric`", "metrics");
        check("bundle create x", "`bundle` is not in this version of Change Ledger", "change-ledger --help");
        check("import", "<PATH>... is missing", "Usage: change-ledger import");
        check("import", "<PATH>... is missing", "change-ledger import --help");
        check(
            "metrics --from 2026-Q1 --quarter 2026-Q1",
            "--from <QUARTER> cannot be used together with --quarter <QUARTER>",
            "metrics",
        );
        check(
            "metrics --by colour",
            "`colour` is no value of --by <GROUP>: it is one of repository, team, service, person",
            "metrics --help",
        );
        check(
            "metrics --by",
            "--by <GROUP> needs a value: it is one of repository, team, service, person",
            "metrics --help",
        );
        check(
            "metrics --as-of soon",
            "`soon` is no value of --as-of <TIME>: write it as 2026-10-01, 2026-10-01T08:00:00Z or now",
            "metrics --help",
        );
        check(
            "imports rejects x",
            "`x` is no value of <ID>: invalid digit found in string",
            "change-ledger imports rejects --help",
        );
    }
}
