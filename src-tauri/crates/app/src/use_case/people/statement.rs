//! Stating who is who, and what that moves.

use super::{kind_in_words, people};
use crate::{
    app::{App, Computed},
    error::{AppError, ErrorCode},
    host::Host,
    outcomes::{Moved, moved, outcomes},
    wire::{Because, KindOfPeople, MergePeople, PeopleChange, SplitPeople},
};
use change_ledger_model::{
    identity::{IdentityMap, IdentityStatement},
    person::{Person, PersonKind},
    restatement::{MovedChange, Outcome},
};
use change_ledger_store::{KnownAccount, Ledger};
use std::collections::BTreeMap;

/// States that accounts belong to one person, who goes by the first of them.
///
/// # Errors
/// When fewer than two accounts are named, one is unknown or stands for deleted accounts, not all are of one kind, they are
/// one person already, nobody states it or gives no reason, or the ledger cannot be written.
pub fn merge(app: &App, host: &dyn Host, request: MergePeople) -> Result<PeopleChange, AppError> {
    let MergePeople { accounts, because } = request;
    state(app, host, because, |known| {
        let named = accounts.iter().map(|account| known.find(account)).collect::<Result<Vec<_>, _>>()?;
        let Some((first, others)) = named.split_first().filter(|(_, others)| !others.is_empty()) else {
            return Err(AppError::wrong_use("it takes two accounts to be one person")
                .hint("Name the account by which the person goes, then the others."));
        };
        for other in others {
            known.refuse_of_other_kind(first, other)?;
        }
        if others.iter().all(|other| known.identities.are_one(first, other)) {
            let names: Vec<&str> = named.iter().map(|person| person.handle.as_str()).collect();
            return Err(AppError::wrong_use(format!("{} are one person already", names.join(" and ")))
                .hint("`people` lists who is who; `people history` says who stated it."));
        }
        Ok(IdentityStatement::Same { accounts: named.into_iter().map(|person| person.handle).collect() })
    })
}

/// States that an account belongs to nobody else: what was stated before no longer holds for it.
///
/// # Errors
/// When the account is unknown or alone already, nobody states it or gives no reason, or the ledger cannot be written.
pub fn split(app: &App, host: &dyn Host, request: SplitPeople) -> Result<PeopleChange, AppError> {
    let SplitPeople { account, because } = request;
    state(app, host, because, |known| {
        let account = known.find(&account)?.handle;
        if known.identities.accounts_of(&account).len() < 2 {
            return Err(AppError::wrong_use(format!("{account} is the only account of its person"))
                .hint("`people` lists who has several."));
        }
        Ok(IdentityStatement::Apart { account })
    })
}

/// States of what kind an account is, and those that belong to the same person.
///
/// # Errors
/// When the account is unknown, stands for deleted accounts or is of that kind already, nobody states it or gives no reason,
/// or the ledger cannot be written.
pub fn kind(app: &App, host: &dyn Host, request: KindOfPeople) -> Result<PeopleChange, AppError> {
    let KindOfPeople { account, kind, because } = request;
    state(app, host, because, |known| {
        let person = known.find(&account)?;
        if known.identities.kind_of(&person) == kind {
            return Err(AppError::wrong_use(format!("{} is {} already", person.handle, kind_in_words(kind))));
        }
        Ok(IdentityStatement::Kind { account: person.handle, kind })
    })
}

/// What is known of people before a statement.
struct Known {
    accounts: Vec<KnownAccount>,
    identities: IdentityMap,
}

impl Known {
    fn read(ledger: &Ledger) -> Result<Self, AppError> {
        Ok(Self { accounts: ledger.accounts()?, identities: ledger.identities()? })
    }

    /// The account that a person named: by its login, address or id, or by a display name that only one account has.
    fn find(&self, text: &str) -> Result<Person, AppError> {
        let meant = Person::named(text, None, false);
        if meant.kind == PersonKind::Deleted {
            return Err(AppError::wrong_use("a deleted account stands for anybody whose account is gone")
                .hint("Import an export from before the account was deleted."));
        }
        let lower = text.trim().to_lowercase();
        let all = || self.accounts.iter().map(|account| &account.person).filter(|known| !known.handle.is_empty());
        let by_handle = all().find(|known| known.handle == lower || known.handle == meant.handle);
        let mut by_name = all().filter(|known| known.label().to_lowercase() == lower);
        let only = by_name.next().filter(|_| by_name.next().is_none());
        by_handle.or(only).cloned().ok_or_else(|| {
            AppError::new(ErrorCode::NotFound, format!("no imported record names an account `{}`", text.trim()))
                .hint("`people` lists every account; name it as the column `account` does.")
        })
    }

    /// A bot's approvals would otherwise count as a human's, or the other way round.
    fn refuse_of_other_kind(&self, one: &Person, other: &Person) -> Result<(), AppError> {
        let (first, second) = (self.identities.kind_of(one), self.identities.kind_of(other));
        if first == PersonKind::Deleted {
            return Err(AppError::wrong_use(format!(
                "{} is a deleted account, and nobody knows whose it was",
                one.handle
            ))
            .hint(format!("If it is known, state that first: `people kind {} human`.", one.handle)));
        }
        if first == second {
            return Ok(());
        }
        let (one, other) = (&one.handle, &other.handle);
        let kinds = (kind_in_words(first), kind_in_words(second));
        Err(AppError::wrong_use(format!("{one} is {} and {other} is {}", kinds.0, kinds.1))
            .hint("State with `people kind` first which of the two the files have wrong."))
    }
}

/// Lets `decide` make a statement from what is known, keeps it, and says what it moved.
fn state(
    app: &App,
    host: &dyn Host,
    because: Because,
    decide: impl FnOnce(&Known) -> Result<IdentityStatement, AppError>,
) -> Result<PeopleChange, AppError> {
    let because = with_words(because)?;
    let before = all_outcomes(&*app.computed(host)?);
    let (event, concerned) = app.write(|ledger| {
        let known = Known::read(ledger)?;
        let statement = decide(&known)?;
        let mut concerned = known.concerned(&statement);
        let event = ledger.state_people(host.now(), &because.by, &because.reason, statement.clone())?.seq;
        concerned.extend(Known { identities: ledger.identities()?, ..known }.concerned(&statement));
        Ok((event, concerned))
    })?;
    let after = all_outcomes(&*app.computed(host)?);
    app.read(|ledger| {
        let Known { mut accounts, identities } = Known::read(ledger)?;
        accounts.retain(|account| concerned.contains(&account.person.handle));
        let moved = moved_changes(ledger, moved(&before, &after))?;
        Ok(PeopleChange { event, people: people(accounts, &identities), moved })
    })
}

fn all_outcomes(computed: &Computed) -> BTreeMap<i64, Outcome> {
    outcomes(&computed.loaded, &computed.judged, None)
}

impl Known {
    /// All accounts of the people whom a statement is about.
    fn concerned(&self, statement: &IdentityStatement) -> Vec<String> {
        let named = match statement {
            IdentityStatement::Same { accounts } => accounts.as_slice(),
            IdentityStatement::Apart { account } | IdentityStatement::Kind { account, .. } => {
                std::slice::from_ref(account)
            }
        };
        named.iter().flat_map(|account| self.identities.accounts_of(account)).collect()
    }
}

fn with_words(because: Because) -> Result<Because, AppError> {
    let (by, reason) = (because.by.trim().to_owned(), because.reason.trim().to_owned());
    if by.is_empty() || reason.is_empty() {
        return Err(AppError::wrong_use("a statement about people needs who makes it, and why")
            .hint("Say it with --by \"Mara Ko\" --reason \"Both accounts are hers, says the directory.\""));
    }
    Ok(Because { by, reason })
}

fn moved_changes(ledger: &Ledger, moved: Vec<Moved<i64>>) -> Result<Vec<MovedChange>, AppError> {
    let keys: Vec<i64> = moved.iter().map(|(key, ..)| *key).collect();
    let mut rows: BTreeMap<i64, _> = ledger.change_rows(&keys)?.into_iter().map(|row| (row.key, row)).collect();
    let named = moved.into_iter().filter_map(|(key, before, after)| {
        let row = rows.remove(&key)?;
        Some(MovedChange { id: row.id, title: Some(row.title), before, after })
    });
    Ok(named.collect())
}
