use super::{
    Context,
    moved::{MOVED, moved_lines, moved_row},
};
use crate::{args::Format, failure::Failure, output};
use change_ledger_app::{
    PersonKind, name_of, use_case,
    wire::{
        Because, KindOfPeople, MergePeople, Nothing, PeopleAnswer, PeopleChange, PeopleHistory, PeopleSuggestions,
        PersonLine, RecordsOfPerson, SplitPeople,
    },
};
use clap::{Args, Subcommand, ValueEnum};
use std::process::ExitCode;

/// Who is who: which accounts belong to one person, and which are bots
///
/// Without a subcommand it lists everybody whom imported records name. Who counts as independent follows from it.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct People {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Accounts that look like those of one person, and in what
    Suggest,
    /// Who stated what about people, when and why
    History,
    /// State that accounts belong to one person
    ///
    /// JSON: `{"event", "people", "moved"}`, the people whom it concerns and the changes that it moved.
    Merge {
        /// The account by which the person goes, then the others
        #[arg(required = true, num_args = 2.., value_name = "ACCOUNT")]
        accounts: Vec<String>,
        #[command(flatten)]
        because: Statement,
    },
    /// State that an account belongs to nobody else: takes a merge back
    Split {
        /// The account
        account: String,
        #[command(flatten)]
        because: Statement,
    },
    /// State that an account is a human's, a bot, or was deleted
    Kind {
        /// The account
        account: String,
        /// What it is
        kind: Kind,
        #[command(flatten)]
        because: Statement,
    },
}

#[derive(Debug, Args)]
struct Statement {
    /// Who states it
    #[arg(long, value_name = "NAME")]
    by: String,
    /// Why it is so
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

impl From<Statement> for Because {
    fn from(Statement { by, reason }: Statement) -> Self {
        Self { by, reason }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// A person's account
    Human,
    /// An automated account: its approvals never count
    Bot,
    /// The account is gone, and nobody knows whose it was
    Deleted,
}

impl From<Kind> for PersonKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Human => Self::Human,
            Kind::Bot => Self::Bot,
            Kind::Deleted => Self::Deleted,
        }
    }
}

impl People {
    pub(crate) fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        let format = context.plain_format()?;
        let (app, host) = (&context.app, &context.host);
        match self.what {
            None => print_people(&use_case::people::list(app, host, Nothing {})?, format)?,
            Some(What::Suggest) => print_suggestions(context, &use_case::people::suggest(app, host, Nothing {})?)?,
            Some(What::History) => print_history(&use_case::people::history(app, host, Nothing {})?, format)?,
            Some(What::Merge { accounts, because }) => {
                print_change(
                    &use_case::people::merge(app, host, MergePeople { accounts, because: because.into() })?,
                    format,
                )?;
            }
            Some(What::Split { account, because }) => {
                print_change(
                    &use_case::people::split(app, host, SplitPeople { account, because: because.into() })?,
                    format,
                )?;
            }
            Some(What::Kind { account, kind, because }) => {
                print_change(
                    &use_case::people::kind(
                        app,
                        host,
                        KindOfPeople { account, kind: kind.into(), because: because.into() },
                    )?,
                    format,
                )?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

const PEOPLE: [&str; 9] =
    ["person", "name", "kind", "opened", "merged", "reviewed", "committed", "other", "other accounts"];

fn print_people(answer: &PeopleAnswer, format: Format) -> Result<(), Failure> {
    match format {
        Format::Json => output::json(answer),
        Format::Csv => output::csv(&ACCOUNTS, answer.people.iter().flat_map(account_rows)),
        _ => output::text(&people_table(&answer.people)),
    }
}

fn people_table(people: &[PersonLine]) -> String {
    let row = |person: &PersonLine| {
        let others: Vec<&str> = person.accounts.iter().map(|account| account.account.as_str()).skip(1).collect();
        let mut row = vec![person.person.clone(), person.name.clone(), name_of(&person.kind)];
        row.extend(counts(person.records));
        row.push(others.join(", "));
        row
    };
    output::fitted(&PEOPLE, &[3, 4, 5, 6, 7], &[8, 1, 0], people.iter().map(row).collect())
}

const ACCOUNTS: [&str; 10] =
    ["person", "account", "name", "kind", "sources", "opened", "merged", "reviewed", "committed", "other"];

fn account_rows(person: &PersonLine) -> impl Iterator<Item = Vec<String>> {
    person.accounts.iter().map(|account| {
        let mut row = vec![
            person.person.clone(),
            account.account.clone(),
            account.name.clone().unwrap_or_default(),
            name_of(&person.kind),
            account.sources.join(" "),
        ];
        row.extend(counts(account.records));
        row
    })
}

fn counts(records: RecordsOfPerson) -> [String; 5] {
    let RecordsOfPerson { opened, merged, reviewed, committed, other } = records;
    [opened, merged, reviewed, committed, other].map(|count| count.to_string())
}

fn print_suggestions(context: &Context, answer: &PeopleSuggestions) -> Result<(), Failure> {
    let header = ["person", "name", "account", "account name", "likeness"];
    let row = |words: bool| {
        let found = answer.suggestions.iter().map(move |found| {
            let likeness = if words { found.reason.clone() } else { name_of(&found.likeness) };
            let pair = [&found.person, &found.person_name, &found.account, &found.account_name];
            pair.into_iter().cloned().chain([likeness]).collect::<Vec<_>>()
        });
        found.collect::<Vec<_>>()
    };
    match context.format {
        Format::Json => output::json(answer),
        Format::Csv => output::csv(&header, row(false)),
        _ if answer.suggestions.is_empty() => output::text("No accounts look like those of one person."),
        _ => {
            output::text(&output::fitted(&header, &[], &[1, 3], row(true)))?;
            context.remark(
                "A likeness proves nothing. Where it is true: change-ledger people merge PERSON ACCOUNT --by NAME --reason TEXT",
            );
            Ok(())
        }
    }
}

fn print_history(answer: &PeopleHistory, format: Format) -> Result<(), Failure> {
    let header = ["event", "at", "by", "statement", "reason"];
    let rows = answer.statements.iter().map(|stated| {
        let (event, at, by) = (stated.event.to_string(), stated.at.to_string(), stated.by.clone().unwrap_or_default());
        vec![event, at, by, stated.statement.clone(), stated.reason.clone()]
    });
    match format {
        Format::Json => output::json(answer),
        Format::Csv => output::csv(&header, rows),
        _ if answer.statements.is_empty() => output::text("Nobody stated anything about people."),
        _ => output::text(&output::fitted(&header, &[0], &[4, 3], rows.collect())),
    }
}

fn print_change(answer: &PeopleChange, format: Format) -> Result<(), Failure> {
    match format {
        Format::Json => output::json(answer),
        Format::Csv => output::csv(&MOVED, answer.moved.iter().map(moved_row)),
        _ => {
            output::text(&people_table(&answer.people))?;
            output::text(&moved_lines(&answer.moved))
        }
    }
}
