//! Audit samples: freezing a population, drawing from it, walking through the items, writing the work paper.

mod draw;
mod freeze;
mod grid;
mod items;
mod page;
mod paper;

pub use draw::draw;
pub use freeze::{freeze, ids, population};
pub use items::{answer, take_out};
pub use page::{list, show};
pub use paper::{save_dialog, write};

use crate::{
    app::{App, Computed},
    error::{AppError, ErrorCode},
    host::Host,
};
use change_ledger_model::samples::{Drawn, Frozen};
use change_ledger_store::{Ledger, Recorded};

/// How often an answer is begun anew because somebody wrote to the ledger between judging and reading.
const ATTEMPTS: usize = 10;

/// Works with one state of the ledger and the judgement of that state.
fn settled<T>(
    app: &App,
    host: &dyn Host,
    mut work: impl FnMut(&Ledger, &Computed) -> Result<T, AppError>,
) -> Result<T, AppError> {
    for _ in 0..ATTEMPTS {
        let computed = app.computed(host)?;
        let answer = app.read(|ledger| {
            let _one_state = ledger.snapshot()?;
            let is_judged = ledger.data_version()? == computed.loaded.data_version()
                && ledger.policy_history()? == computed.history;
            is_judged.then(|| work(ledger, &computed)).transpose()
        })?;
        if let Some(answer) = answer {
            return Ok(answer);
        }
    }
    Err(AppError::new(ErrorCode::LedgerBusy, "the ledger was written to again and again while the answer was gathered")
        .hint("Wait until the other window or command has finished, then try again."))
}

/// The population that a person named: `P1`, or what it is called.
fn population_named(ledger: &Ledger, name: &str) -> Result<Recorded<Frozen>, AppError> {
    let name = name.trim();
    let number = numbered(name, 'P');
    let mut populations = ledger.populations()?.into_iter();
    let is_meant = |population: &Recorded<Frozen>| {
        number == Some(population.number) || population.what.name.eq_ignore_ascii_case(name)
    };
    populations.find(is_meant).ok_or_else(|| {
        AppError::new(ErrorCode::NotFound, format!("there is no population `{name}`"))
            .hint("`sample list` names those there are; `sample freeze --quarter 2026-Q3` makes one.")
    })
}

/// The sample that a person named: `S1`, or 1.
fn sample_named(ledger: &Ledger, name: &str) -> Result<Recorded<Drawn>, AppError> {
    let number = numbered(name.trim(), 'S').or_else(|| name.trim().parse().ok());
    ledger.samples()?.into_iter().find(|sample| Some(sample.number) == number).ok_or_else(|| {
        AppError::new(ErrorCode::NotFound, format!("there is no sample `{}`", name.trim()))
            .hint("`sample list` names those there are; `sample draw` makes one.")
    })
}

/// The number in `P1` or `S1`.
fn numbered(name: &str, letter: char) -> Option<i64> {
    let digits = name.strip_prefix([letter, letter.to_ascii_lowercase()])?;
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { digits.parse().ok() } else { None }
}

/// What somebody wrote, without blanks around it; `None` where nothing is left.
fn said(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// The last part of a path as it was named at its import.
fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}
