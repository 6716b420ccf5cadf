//! The ledger as a whole: what it holds, the sample workspace, checking, copying and replacing it.

use crate::{
    app::App,
    error::{AppError, ErrorCode},
    files::not_writable,
    host::{FileChoice, Host},
    replay,
    use_case::{demo, import, policy::reference},
    wire::{Address, ImportRequest, Job, LedgerCounts, Nothing, PathAnswer, Progress, VerifyAnswer, WorkspaceStatus},
};
use change_ledger_model::{Timestamp, quarter::Quarter};
use change_ledger_store::{Access, Checked, Finding, Ledger, VerifyProgress};
use std::path::{Path, PathBuf};

/// What the open ledger holds.
///
/// # Errors
/// When the ledger cannot be opened or read.
pub fn status(app: &App, host: &dyn Host, _: Nothing) -> Result<WorkspaceStatus, AppError> {
    if app.take_wish_for_sample() {
        return open_sample(app, host, Nothing {});
    }
    let computed = app.computed(host)?;
    let (path, sample) = app.location();
    let version = computed.history.at(computed.as_of);
    let quarters: Vec<String> = computed.judged.quarters(None)?.into_iter().map(|quarter| quarter.quarter).collect();
    let (counts, imports, data_version, search_backlog) =
        app.read(|ledger| Ok((ledger.counts()?, ledger.imports()?, ledger.data_version()?, ledger.search_backlog()?)))?;
    let period = &version.policy.period;
    let running = Quarter::of(computed.as_of, period.fiscal_year_start, period.timezone).to_string();
    let completed = quarters.iter().rev().find(|quarter| quarter.as_str() < running.as_str());
    Ok(WorkspaceStatus {
        name: path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        path: path.display().to_string(),
        sample,
        data_version,
        counts: LedgerCounts {
            changes: counts.records.changes,
            reviews: counts.records.reviews,
            tickets: counts.records.tickets,
            incidents: counts.records.incidents,
            imports: counts.imports,
            rejects: imports
                .iter()
                .filter(|run| run.superseded_by.is_none())
                .map(|manifest| manifest.rows.rejected)
                .sum(),
        },
        last_import_at: imports.iter().map(|manifest| manifest.imported_at).max(),
        as_of: computed.as_of,
        policy: reference(version),
        policy_title: version.policy.shown_title(),
        default_quarter: completed.or(quarters.last()).cloned(),
        quarters,
        search_backlog,
    })
}

/// Where the sample workspace is kept.
struct Sample {
    folder: PathBuf,
}

impl Sample {
    fn below(data_folder: &Path) -> Self {
        Self { folder: data_folder.join("sample") }
    }

    fn ledger(&self) -> PathBuf {
        self.folder.join("Sample company.changeledger")
    }

    fn exports(&self) -> PathBuf {
        self.folder.join("exports")
    }

    /// The moment at which the sample's story ends; its file stands only when the workspace is complete.
    fn as_of(&self) -> Option<Timestamp> {
        std::fs::read_to_string(self.folder.join("as-of")).ok().and_then(|text| Timestamp::parse_rfc3339(text.trim()))
    }

    fn complete(&self, as_of: &str) -> Result<(), AppError> {
        let file = self.folder.join("as-of");
        std::fs::write(&file, as_of).map_err(|error| not_writable(&file, &error))
    }

    fn remove(&self) -> Result<(), AppError> {
        match std::fs::remove_dir_all(&self.folder) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(not_writable(&self.folder, &error)),
            _ => Ok(()),
        }
    }
}

/// Opens the fictional sample workspace, and makes it the first time.
///
/// # Errors
/// When it cannot be written.
pub fn open_sample(app: &App, host: &dyn Host, _: Nothing) -> Result<WorkspaceStatus, AppError> {
    let sample = Sample::below(&app.settings().data_folder);
    if sample.as_of().is_none() {
        sample.remove()?;
        let written =
            demo::demo(host, &sample.exports(), &demo::Plan { seed: demo::DEFAULT_SEED, ..demo::Plan::default() })?;
        app.switch_to(&sample.ledger(), Timestamp::parse_rfc3339(&written.as_of));
        let paths = written.files.clone();
        let answer = import::import(app, host, ImportRequest { paths, ..ImportRequest::default() })?;
        if let Some(failed) = answer.failures.into_iter().next() {
            return Err(failed.error);
        }
        sample.complete(&written.as_of)?;
    }
    app.switch_to(&sample.ledger(), sample.as_of());
    status(app, host, Nothing {})
}

/// Deletes the sample workspace and goes back to the person's own ledger.
///
/// # Errors
/// When a file cannot be deleted.
pub fn remove_sample(app: &App, host: &dyn Host, _: Nothing) -> Result<WorkspaceStatus, AppError> {
    app.switch_to(&app.settings().ledger, None);
    Sample::below(&app.settings().data_folder).remove()?;
    status(app, host, Nothing {})
}

/// Lets the person choose a ledger file to open.
///
/// # Errors
/// When the file is no ledger or cannot be opened; the one that was open stays open.
pub fn open_ledger(app: &App, host: &dyn Host, _: Nothing) -> Result<WorkspaceStatus, AppError> {
    if let Some(chosen) = host.choose_files(FileChoice::Ledger).into_iter().next() {
        Ledger::open(&chosen, Access::ReadWrite)?;
        app.switch_to(&chosen, None);
    }
    status(app, host, Nothing {})
}

/// Checks the ledger for damage, and that its current state is what the imported files say.
///
/// # Errors
/// When the ledger cannot be opened at all; damages are in the answer.
pub fn verify(app: &App, host: &dyn Host, _: Nothing) -> Result<VerifyAnswer, AppError> {
    let job = app.jobs().begin(Job::Verify);
    let ledger = app.open_separately()?;
    let _snapshot = ledger.snapshot()?;
    let mut report = ledger.verify(&mut |step| show(host, step))?;
    // What the files say can only be asked when they are what they were.
    let files_are_sound = |finding: &Finding| {
        matches!(
            finding.what,
            Checked::Schema
                | Checked::Revision
                | Checked::Record
                | Checked::Account
                | Checked::Attestation
                | Checked::Sample
        )
    };
    if report.findings.iter().all(files_are_sound) {
        report.findings.extend(replay::differences(&ledger, host, &job.cancelled)?);
    }
    Ok(VerifyAnswer {
        clean: report.findings.is_empty(),
        findings: report.findings.iter().map(ToString::to_string).collect(),
        artifacts: report.files,
        events: report.events,
        revisions: report.revisions,
    })
}

fn show(host: &dyn Host, step: VerifyProgress) {
    let subject = "checking the evidence".to_owned();
    host.progress(&Progress {
        job: Job::Verify,
        subject,
        rows: 0,
        bytes: step.bytes,
        total_bytes: Some(step.bytes_in_all),
    });
}

/// Lets the person choose where to, and copies the ledger there.
///
/// # Errors
/// When the copy cannot be written.
pub fn backup_dialog(app: &App, host: &dyn Host, _: Nothing) -> Result<PathAnswer, AppError> {
    let day = host.now().to_utc().format("%Y-%m-%d").to_string();
    let Some(target) = host.choose_target(&format!("change-ledger-backup-{day}.changeledger")) else {
        return Ok(PathAnswer { path: None });
    };
    backup(app, &target)?;
    Ok(PathAnswer { path: Some(target.display().to_string()) })
}

/// Writes a consistent copy of the ledger, also while it is in use.
///
/// # Errors
/// When the target exists or cannot be written.
pub fn backup(app: &App, target: &Path) -> Result<(), AppError> {
    Ok(app.open_separately()?.backup(target)?)
}

/// Puts a backup in the ledger's place, after checking it. The answer names where the ledger that was there is kept.
///
/// # Errors
/// When the backup is no ledger, is damaged, or the files cannot be moved.
pub fn restore(app: &App, host: &dyn Host, backup: &Path) -> Result<PathAnswer, AppError> {
    app.close();
    let (path, _) = app.location();
    let kept = change_ledger_store::restore(backup, &path, &mut |step| show(host, step))?;
    Ok(PathAnswer { path: kept.map(|path| path.display().to_string()) })
}

/// Opens a record's web address in the person's browser. Only `https` and `http`: imported text decides what stands here.
///
/// # Errors
/// When the address is something else, or there is no browser.
pub fn open_address(_: &App, host: &dyn Host, request: Address) -> Result<Nothing, AppError> {
    if !request.url.starts_with("https://") && !request.url.starts_with("http://") {
        return Err(AppError::wrong_use(format!("`{}` is no web address", request.url)));
    }
    if host.open_address(&request.url) {
        Ok(Nothing {})
    } else {
        Err(AppError::new(ErrorCode::NotFound, "there is no browser to open the address with")
            .hint("Copy the address instead."))
    }
}
