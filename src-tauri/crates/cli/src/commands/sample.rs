mod print;

use super::{Context, in_existing_folder};
use crate::{args::Format, failure::Failure, output};
use change_ledger_app::{
    AnswerResult, Attribute, Class, SizePreset, Stratum,
    use_case::{self, report::Existing},
    wire::{AnswerRequest, DrawRequest, FreezeRequest, Nothing, SampleItem, SampleName, SizeOfStratum, TakeOutRequest},
};
use clap::{Args, Subcommand, ValueEnum};
use std::{path::PathBuf, process::ExitCode};

/// Audit samples: freeze a population, draw from it, answer item by item, write the work paper
///
/// Everything is kept in the ledger's chain; nothing is changed or deleted. What auditors answer moves no number and no verdict
/// of the company's.
#[derive(Debug, Args)]
pub(crate) struct Sample {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Freeze the changes that count in a quarter, by name; no later import alters them
    ///
    /// JSON, as of `show POPULATION`: `{"id": "P1", "name", "event", "frozen_at", "by", "filter": {"quarter", "repository",
    /// "class"}, "as_of", "policies": [{"name", "version", "sha256"}], "files": [{"file", "sha256", "rejected"}], "undated",
    /// "changes", "strata": [{"stratum", "changes"}], "sha256", "samples": ["S1"], "since": {"imports", "policies", "people",
    /// "attestations", "moved": [{"id", "frozen", "now"}]}}`. Strata are emergency, unreviewed, routine and exempt.
    Freeze(Freeze),
    /// Draw a sample: within each stratum the first changes in the order of SHA-256("SEED:ID")
    ///
    /// Anybody can draw it again: for each ID of a stratum, `printf '%s:%s' "$SEED" "$ID" | sha256sum`, then `sort`. Without
    /// sizes they are those of the policy, as a rule by the number of changes in each stratum: fewer than 5 all, up to 50 five,
    /// up to 250 a tenth, more 25. Emergencies are taken in full up to 25 (`sample.emergencies_in_full` of the policy), whatever
    /// is asked of the others; `--stratum emergency=5` says otherwise. JSON: as of `show SAMPLE`.
    Draw(Draw),
    /// The populations and samples of the ledger
    ///
    /// JSON: `{"populations": [{"id", "name", "frozen_at", "changes", "sha256"}], "samples": [{"id", "population", "drawn_at",
    /// "seed", "items", "answered", "deviating"}]}`.
    List,
    /// A sample (S1) with its items, answers and limits, or a population (P1, or its name)
    ///
    /// JSON of a sample: `{"id": "S1", "event", "drawn_at", "by", "seed", "sizes", "sizes_of": {"name", "version", "sha256"}|null, "strata": [{"stratum", "changes", "asked",
    /// "drawn"}], "population": {…}, "items": [{"item", "id", "change": {"title", "repository", "author", "implemented_at",
    /// "url", "evidence": {"file", "sha256", "offset", "length"}}|null, "stratum", "kind", "order", "replaces", "removed":
    /// {"event", "at", "by", "reason", "replaced_by"}|null, "answers": [{"event", "attribute", "result", "note", "cause",
    /// "response", "retest", "at", "by"}], "earlier": […]}], "attributes": [{"attribute", "title"}], "conclusions":
    /// [{"attribute", "stratum", "examination", "population", "examined", "deviations", "not_applicable", "open", "rate",
    /// "limits": [{"confidence", "binomial", "hypergeometric"}]}], "last_at", "last_sha256"}`.
    Show {
        /// S1, P1, or the name of a population
        name: String,
        /// Only the lines of a population over which its fingerprint is made: pipe them into sha256sum
        #[arg(long)]
        ids: bool,
    },
    /// Answer one attribute of one item; a later answer takes the place of an earlier one, which stays on record
    ///
    /// JSON: the item, as in `show SAMPLE`.
    Answer(Answer),
    /// Take an item out of a sample and put the next of its stratum in its place
    ///
    /// JSON: `{"removed", "replacement"}`, both as the items of `show SAMPLE`.
    Replace(TakeOut),
    /// Take an item out of a sample, with nothing in its place
    ///
    /// What only cannot be examined is a deviation and stays in: answer it with `--result not-examinable`.
    Exclude(TakeOut),
    /// Write the work paper of a sample
    ///
    /// JSON: `[{"path", "sha256"}]`.
    Paper {
        /// The sample, S1
        sample: String,
        /// Where to write it; the ending decides the format: pdf, html, md, or csv for the grid alone (repeatable)
        #[arg(long = "out", value_name = "FILE", required = true)]
        outs: Vec<PathBuf>,
        /// Replace files that are in the way
        #[arg(long)]
        force: bool,
    },
}

#[derive(Debug, Args)]
struct Freeze {
    /// The quarter, such as 2026-Q3
    #[arg(long, value_name = "QUARTER")]
    quarter: String,
    /// What to call it [default: the quarter and what narrows it down]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Only changes of this repository
    #[arg(long, value_name = "NAME")]
    repository: Option<String>,
    /// Only changes of this class: declared-emergency, unlabelled-emergency, unreviewed, exempt, routine
    #[arg(long, value_name = "CLASS", value_parser = super::changes::class)]
    class: Option<Class>,
    /// Who freezes it
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
}

#[derive(Debug, Args)]
struct Draw {
    /// P1, or the name of the population
    population: String,
    /// What to seed the draw with: any text of one line
    #[arg(long, value_name = "TEXT")]
    seed: String,
    /// So many of every stratum; of emergencies still all, up to 25
    #[arg(long, value_name = "N", conflicts_with = "sizes")]
    size: Option<u32>,
    /// A preset for the sizes: by-population, per-transaction-25, per-transaction-40, per-transaction-60,
    /// zero-deviations-90 (22 items, which without a deviation show at most a tenth at 90 %), zero-deviations-95 (29)
    #[arg(long, value_name = "PRESET", value_parser = preset)]
    sizes: Option<SizePreset>,
    /// Another size for one stratum, such as routine=40 (repeatable)
    #[arg(long = "stratum", value_name = "STRATUM=N", value_parser = size_of_stratum)]
    strata: Vec<SizeOfStratum>,
    /// Draw from the population as one, not stratum by stratum
    #[arg(long)]
    whole: bool,
    /// Who draws it
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
}

#[derive(Debug, Args)]
struct Answer {
    /// The sample, S1
    sample: String,
    /// Number of the item
    item: u32,
    /// The letter of the attribute, A to N
    #[arg(long, value_name = "LETTER", value_parser = attribute)]
    attribute: Attribute,
    /// What was found
    #[arg(long, value_enum)]
    result: Found,
    /// What was seen
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// Why it deviates: a cause code or a few words
    #[arg(long, value_name = "TEXT")]
    cause: Option<String>,
    /// What the management says to it
    #[arg(long, value_name = "TEXT")]
    response: Option<String>,
    /// The item in which it was tested again: 7, or S2/7 of another sample
    #[arg(long, value_name = "ITEM")]
    retest: Option<String>,
    /// Who answers
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Found {
    /// The attribute holds
    Pass,
    /// It does not hold
    Deviation,
    /// It does not apply to this change
    Na,
    /// The evidence is missing: counts as a deviation
    NotExaminable,
}

impl From<Found> for AnswerResult {
    fn from(found: Found) -> Self {
        match found {
            Found::Pass => Self::Pass,
            Found::Deviation => Self::Deviation,
            Found::Na => Self::NotApplicable,
            Found::NotExaminable => Self::NotExaminable,
        }
    }
}

#[derive(Debug, Args)]
struct TakeOut {
    /// The sample, S1
    sample: String,
    /// Number of the item
    item: u32,
    /// Why it does not belong there
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// Who says so
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
}

/// A word on the command line is none of those that are known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what} is one of {known}")]
struct Unknown {
    what: &'static str,
    known: String,
}

fn preset(text: &str) -> Result<SizePreset, Unknown> {
    let known = || SizePreset::ALL.map(SizePreset::name).join(", ");
    SizePreset::from_name(text).ok_or_else(|| Unknown { what: "a preset", known: known() })
}

fn attribute(text: &str) -> Result<Attribute, Unknown> {
    Attribute::from_letter(text).ok_or_else(|| Unknown { what: "an attribute", known: "the letters A to N".to_owned() })
}

fn size_of_stratum(text: &str) -> Result<SizeOfStratum, Unknown> {
    let read = || {
        let (stratum, size) = text.split_once('=')?;
        Some(SizeOfStratum { stratum: Stratum::from_name(stratum.trim())?, size: size.trim().parse().ok()? })
    };
    let known = || Stratum::DIVIDED.map(|stratum| format!("{}=N", stratum.name())).join(", ");
    read().ok_or_else(|| Unknown { what: "the size of a stratum", known: known() })
}

impl Sample {
    pub(crate) fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        let format = context.plain_format()?;
        let (app, host) = (&context.app, &context.host);
        match self.what {
            What::Freeze(Freeze { quarter, name, repository, class, by }) => {
                let request = FreezeRequest { quarter, name, repository, class, by };
                print::population(&use_case::sample::freeze(app, host, request)?, format)?;
            }
            What::Draw(Draw { population, seed, size, sizes, strata, whole, by }) => {
                let request = DrawRequest { population, seed, size, sizes, strata, whole, by };
                print::sample(&use_case::sample::draw(app, host, request)?, format)?;
            }
            What::List => print::list(&use_case::sample::list(app, host, Nothing {})?, format)?,
            What::Show { name, ids: true } => {
                let lines = use_case::sample::ids(app, &SampleName { name })?;
                output::text(&lines.into_iter().map(|line| line + "\n").collect::<String>())?;
            }
            What::Show { name, ids: false } => show(context, SampleName { name }, format)?,
            What::Answer(Answer { sample, item, attribute, result, note, cause, response, retest, by }) => {
                let result = result.into();
                let request = AnswerRequest { sample, item, attribute, result, note, cause, response, retest, by };
                let item = use_case::sample::answer(app, host, request)?;
                print::items(&item, std::slice::from_ref(&item), format)?;
            }
            What::Replace(taken) => take_out(context, taken, true, format)?,
            What::Exclude(taken) => take_out(context, taken, false, format)?,
            What::Paper { sample, outs, force } => {
                outs.iter().try_for_each(|out| in_existing_folder(out))?;
                let existing = if force { Existing::Replace } else { Existing::Keep };
                let written = outs.iter().map(|out| use_case::sample::write(app, host, &sample, out, existing));
                let written = written.collect::<Result<Vec<_>, _>>()?;
                let rows = written.iter().map(|paper| [&paper.path, &paper.sha256]);
                match format {
                    Format::Json => output::json(&written)?,
                    Format::Csv => output::csv(&["path", "sha256"], rows)?,
                    _ => output::text(
                        &rows.map(|[path, sha256]| format!("{path}  sha256 {sha256}\n")).collect::<String>(),
                    )?,
                }
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// What has the form S1 is a sample, all else a population.
fn show(context: &Context, name: SampleName, format: Format) -> Result<(), Failure> {
    let digits = name.name.trim().strip_prefix(['S', 's']);
    let is_sample = digits.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()));
    if is_sample {
        print::sample(&use_case::sample::show(&context.app, &context.host, name)?, format)
    } else {
        print::population(&use_case::sample::population(&context.app, &context.host, name)?, format)
    }
}

fn take_out(context: &Context, taken: TakeOut, replace: bool, format: Format) -> Result<(), Failure> {
    let TakeOut { sample, item, reason, by } = taken;
    let request = TakeOutRequest { sample, item, reason, replace, by };
    let answer = use_case::sample::take_out(&context.app, &context.host, request)?;
    let items: Vec<SampleItem> = std::iter::once(answer.removed.clone()).chain(answer.replacement.clone()).collect();
    print::items(&answer, &items, format)
}
