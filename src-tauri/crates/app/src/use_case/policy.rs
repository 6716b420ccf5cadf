//! The policy of a ledger: showing it, setting it, writing it out.

mod comparison;
mod edit;
mod notes;

pub use comparison::compare;

use crate::{
    app::App,
    error::{AppError, ErrorCode},
    host::Host,
    wire::{Nothing, PolicyAnswer, PolicySetRequest, PolicyStanding, PolicyVersionLine, PresetLine, PresetsAnswer},
};
use change_ledger_model::{
    Timestamp,
    policy::{self, Policy, PolicyHistory, PolicyVersion},
    quarter::start_of_day,
    quarterly::PolicyReference,
};
use change_ledger_report::content::PolicyTerms;
use change_ledger_store::{Access, Ledger, PolicySetting};
use chrono::NaiveDate;
use chrono_tz::Tz;
use std::path::Path;

/// The largest policy document that is read, in bytes.
const LARGEST_DOCUMENT: u64 = 1 << 20;

/// How answers name a policy version.
pub(crate) fn reference(version: &PolicyVersion) -> PolicyReference {
    PolicyReference {
        name: version.policy.name.clone(),
        version: version.policy.version.clone(),
        sha256: version.sha256.clone(),
    }
}

/// The policy in force, and every version that was ever set.
///
/// # Errors
/// When the ledger cannot be read.
pub fn show(app: &App, host: &dyn Host, _: Nothing) -> Result<PolicyAnswer, AppError> {
    let as_of = app.as_of(host);
    answer(&app.read(|ledger| Ok(ledger.policy_settings()?))?, as_of)
}

/// The parameters of the policy in force in words, as a report has them: what each decides, and what the policy says.
///
/// # Errors
/// When the ledger cannot be read.
pub fn in_words(app: &App, host: &dyn Host) -> Result<Vec<(String, String)>, AppError> {
    let history = app.read(|ledger| Ok(ledger.policy_history()?))?;
    let terms = PolicyTerms::of(history.at(app.as_of(host)));
    Ok(terms.parameters.into_iter().map(|parameter| (parameter.name, parameter.value)).collect())
}

fn answer(settings: &[PolicySetting], as_of: Timestamp) -> Result<PolicyAnswer, AppError> {
    let history = history_of(settings)?;
    let version = history.at(as_of);
    Ok(PolicyAnswer {
        policy: reference(version),
        title: version.policy.shown_title(),
        summary: version.policy.shown_summary(),
        effective_from: version.effective_from,
        document: version.document.clone(),
        history: lines(settings, as_of)?,
        edited_from: version.policy.edited_from(),
        notes: None,
    })
}

fn history_of(settings: &[PolicySetting]) -> Result<PolicyHistory, AppError> {
    let versions = settings.iter().map(|setting| setting.version.clone());
    Ok(versions.fold(PolicyHistory::initial()?, PolicyHistory::then))
}

/// Every version in the order in which it was set, those that a later one replaced included.
fn lines(settings: &[PolicySetting], as_of: Timestamp) -> Result<Vec<PolicyVersionLine>, AppError> {
    let initial = PolicyHistory::initial()?.at(as_of).clone();
    let all: Vec<(&PolicyVersion, Option<&PolicySetting>)> = std::iter::once((&initial, None))
        .chain(settings.iter().map(|setting| (&setting.version, Some(setting))))
        .collect();
    // The positions of those that judge some time, in the order of that time; as `PolicyHistory::then` has it.
    let mut judging: Vec<(usize, Option<Timestamp>)> = Vec::new();
    for (position, (version, _)) in all.iter().enumerate() {
        judging.retain(|(_, from)| *from < version.effective_from);
        judging.push((position, version.effective_from));
    }
    let in_force = judging.iter().rev().find(|(_, from)| from.is_none_or(|from| from <= as_of)).map(|(at, _)| *at);
    let standing = |position: usize| match judging.iter().find(|(at, _)| *at == position) {
        None => PolicyStanding::Replaced,
        Some(_) if in_force == Some(position) => PolicyStanding::InForce,
        Some((_, from)) if from.is_some_and(|from| from > as_of) => PolicyStanding::Later,
        Some(_) => PolicyStanding::Earlier,
    };
    let line = |(position, (version, setting)): (usize, &(&PolicyVersion, Option<&PolicySetting>))| PolicyVersionLine {
        policy: reference(version),
        effective_from: version.effective_from,
        set_at: setting.map(|setting| setting.set_at),
        set_by: setting.and_then(|setting| setting.actor.clone()),
        reason: setting.and_then(|setting| setting.reason.clone()),
        standing: standing(position),
    };
    Ok(all.iter().enumerate().map(line).collect())
}

/// The policies that come with the product, and which policy is in force.
///
/// # Errors
/// When the ledger is there and cannot be read.
pub fn presets(app: &App, host: &dyn Host, _: Nothing) -> Result<PresetsAnswer, AppError> {
    let history = history_or_initial(app)?;
    let in_force = reference(history.at(app.as_of(host)));
    let presets = policy::presets().iter().map(|preset| {
        let version = PolicyVersion::new(preset.document, None)?;
        Ok(PresetLine {
            in_force: version.sha256 == in_force.sha256,
            policy: reference(&version),
            title: version.policy.title,
            summary: version.policy.summary,
        })
    });
    Ok(PresetsAnswer { presets: presets.collect::<Result<_, AppError>>()?, in_force: Some(in_force) })
}

/// The policies that were set; none where there is no ledger yet, and then none is made.
fn settings_or_none(app: &App) -> Result<Vec<PolicySetting>, AppError> {
    if app.location().0.exists() { app.read(|ledger| Ok(ledger.policy_settings()?)) } else { Ok(Vec::new()) }
}

fn history_or_initial(app: &App) -> Result<PolicyHistory, AppError> {
    history_of(&settings_or_none(app)?)
}

/// The first moment of `day` in the time zone of the policy that is in force then in the ledger at `file`; of the first
/// preset where there is no such file.
///
/// # Errors
/// When the ledger is there and cannot be read.
pub fn day_begins(file: &Path, day: NaiveDate) -> Result<Timestamp, AppError> {
    let history = if file.exists() {
        Ledger::open(file, Access::ReadWrite)?.policy_history()?
    } else {
        PolicyHistory::initial()?
    };
    let zone = history.at(start_of_day(day, Tz::UTC)).policy.period.timezone;
    Ok(start_of_day(day, zone))
}

/// Puts a preset or a document in force.
///
/// The first policy of a ledger judges all time. A later one needs its first day, so that it does not judge the past anew
/// without anybody having said so.
///
/// # Errors
/// When neither or both are given, the preset is unknown, the document or a changed parameter is wrong, a later policy has
/// no first day, or the ledger cannot be written.
pub fn set(app: &App, host: &dyn Host, request: PolicySetRequest) -> Result<PolicyAnswer, AppError> {
    let document = match (request.preset, request.document) {
        (Some(name), None) => preset_document(&name)?.to_owned(),
        (None, Some(document)) => document,
        _ => return Err(AppError::wrong_use("name either a preset or a policy document")),
    };
    let document = edit::with_changes(&document, &request.changes)?;
    let policy = Policy::parse(&document)?;
    let effective = request.effective.map(|text| Effective::parse(&text, &policy)).transpose()?;
    let (now, as_of) = (host.now(), app.as_of(host));
    let said = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let (by, reason) = (said(request.by), said(request.reason));
    let (before, settings) = app.write(|ledger| {
        let settings = ledger.policy_settings()?;
        refuse_a_taken_version(&policy, &settings)?;
        let effective_from = match effective {
            Some(Effective::Always) => None,
            Some(Effective::From(day)) => Some(day),
            None if settings.is_empty() => None,
            None => {
                let history = ledger.policy_history()?;
                let in_force = history.at(as_of);
                if in_force.document == document {
                    // It is what is asked for already.
                    return Ok((settings.clone(), settings));
                }
                return Err(needs_first_day(in_force));
            }
        };
        ledger.set_policy(&document, effective_from, now, (by.as_deref(), reason.as_deref()))?;
        let history = ledger.policy_history()?;
        crate::texts::match_policy_words(ledger, &history, host)?;
        Ok((settings, ledger.policy_settings()?))
    })?;
    let notes = notes::notes(&before, &settings, as_of)?;
    Ok(PolicyAnswer { notes: (!notes.is_empty()).then_some(notes), ..answer(&settings, as_of)? })
}

/// From when a policy is to be in force.
enum Effective {
    /// For all time, also what was judged by others before.
    Always,
    /// From this moment on.
    From(Timestamp),
}

impl Effective {
    fn parse(text: &str, policy: &Policy) -> Result<Self, AppError> {
        if text == "always" {
            return Ok(Self::Always);
        }
        let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| {
            AppError::wrong_use(format!("`{text}` is not a date; write it as 2026-01-01, or as always"))
        })?;
        Ok(Self::From(start_of_day(date, policy.period.timezone)))
    }
}

/// Two policies that differ must not answer to one name and version: reports and answers name them by it.
fn refuse_a_taken_version(policy: &Policy, settings: &[PolicySetting]) -> Result<(), AppError> {
    let presets =
        policy::presets().iter().map(|preset| Policy::parse(preset.document)).collect::<Result<Vec<_>, _>>()?;
    let known = presets.iter().chain(settings.iter().map(|setting| &setting.version.policy));
    let same_name = |known: &&Policy| (&known.name, &known.version) == (&policy.name, &policy.version);
    if known.filter(same_name).all(|known| known == policy) {
        return Ok(());
    }
    let Policy { name, version, .. } = policy;
    Err(AppError::wrong_use(format!("{name} {version} is already the version of a policy with other parameters"))
        .hint(format!("Give this document a version of its own, such as version = \"{version}.1\", or another name.")))
}

fn needs_first_day(in_force: &PolicyVersion) -> AppError {
    let since = in_force.effective_from.map_or_else(|| "the beginning".to_owned(), |from| from.to_string());
    let PolicyReference { name, version, .. } = reference(in_force);
    AppError::wrong_use(format!(
        "{name} {version} is in force since {since}; the policy that follows it needs its first day"
    ))
    .hint("Name the day with --effective 2026-10-01: what was implemented before stays judged as it was.")
    .hint("With --effective always it judges every change anew, also those of quarters that were reported.")
}

fn preset_document(name: &str) -> Result<&'static str, AppError> {
    policy::preset(name).map(|preset| preset.document).ok_or_else(|| {
        let names: Vec<_> = policy::presets().iter().map(|preset| preset.name).collect();
        AppError::wrong_use(format!("there is no preset `{name}`"))
            .hint(format!("The presets are: {}. A file name must end in .toml.", names.join(", ")))
    })
}

/// Reads a policy document from a file.
///
/// # Errors
/// When the file cannot be read, is too large, or is no text.
pub fn read_document(file: &Path) -> Result<String, AppError> {
    let unreadable =
        |why: String| AppError::new(ErrorCode::UnreadableInput, format!("{} cannot be read: {why}", file.display()));
    let size = std::fs::metadata(file).map_err(|error| unreadable(error.to_string()))?.len();
    if size > LARGEST_DOCUMENT {
        return Err(unreadable(format!("it has {size} bytes; a policy has at most {LARGEST_DOCUMENT}")));
    }
    std::fs::read_to_string(file).map_err(|error| unreadable(error.to_string()))
}

/// Writes the document in force to a new file, and answers which policy that is.
///
/// # Errors
/// When the ledger cannot be read, or the file exists or cannot be written.
pub fn export(app: &App, host: &dyn Host, file: &Path) -> Result<PolicyReference, AppError> {
    let shown = show(app, host, Nothing {})?;
    crate::files::write_new(file, shown.document.as_bytes())?;
    Ok(shown.policy)
}
