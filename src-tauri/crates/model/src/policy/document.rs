use super::{
    Approval, Authorisation, BatchStamp, CalendarDays, Category, Clock, Controls, Detection, Documentation, Emergency,
    Exemption, Groups, Justification, Patch, Patterns, Period, Population, RatioLimit, Retention, Review, Roles,
    Rollback, SampleSizes, SeverityWords, Signalling, SmallNumbers, check,
    error::{PolicyError, unreadable},
};
use crate::calendar::{Calendar, HolidaySet};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// The years for which named sets of holidays are computed. Changes and their deadlines lie well within.
const YEARS_OF_HOLIDAYS: std::ops::RangeInclusive<i32> = 1990..=2150;

/// One version of a policy: the parameters by which changes are judged. Read from TOML.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Version of the document's format; 1.
    pub format: u32,
    /// Short name, `retroactive-24h`.
    pub name: String,
    /// Version of the policy as its owner counts.
    pub version: String,
    /// Title for people.
    pub title: String,
    /// What the policy says, in a few sentences.
    #[serde(default)]
    pub summary: String,
    /// Fiscal year and time zone.
    pub period: Period,
    /// What counts as the implementation.
    pub clock: Clock,
    /// Which changes are counted.
    pub population: Population,
    /// What a qualifying approval is.
    pub approval: Approval,
    /// Kinds of changes with approvers of their own; none in documents without it.
    #[serde(default)]
    pub category: Vec<Category>,
    /// When signals are raised.
    pub signals: Signalling,
    /// Rules that find emergencies nobody labelled.
    #[serde(default)]
    pub detection: Vec<Detection>,
    /// What makes an emergency a genuine one.
    #[serde(default)]
    pub emergency: Emergency,
    /// Changes that owe no review.
    pub exemption: Exemption,
    /// The retroactive review.
    pub review: Review,
    /// Limits for the emergency ratio.
    pub ratio: RatioLimit,
    /// Who may authorise, and how it is written down.
    pub authorisation: Authorisation,
    /// How a justification is written down.
    pub justification: Justification,
    /// How and by when a change is documented.
    pub documentation: Documentation,
    /// Which controls are asked for where policies differ.
    #[serde(default)]
    pub controls: Controls,
    /// What a rollback owes.
    #[serde(default)]
    pub rollback: Rollback,
    /// Words for levels of severity.
    #[serde(default)]
    pub severity: SeverityWords,
    /// By when vulnerabilities are fixed.
    #[serde(default)]
    pub patch: Patch,
    /// How many changes a sample takes.
    #[serde(default)]
    pub sample: SampleSizes,
    /// How long logs are kept.
    #[serde(default)]
    pub retention: Retention,
    /// What looks like stamping.
    pub batch: BatchStamp,
    /// Weekend and holidays.
    pub calendar: CalendarDays,
    /// Below which size no trend is claimed.
    pub small_numbers: SmallNumbers,
    /// Teams; none in documents without it.
    #[serde(default)]
    pub groups: Groups,
    /// Who holds which role.
    #[serde(default)]
    pub people: Roles,
}

impl Policy {
    /// Reads and checks a TOML document.
    ///
    /// # Errors
    /// [`PolicyError`] naming the line or key and what is allowed there.
    pub fn parse(document: &str) -> Result<Self, PolicyError> {
        let policy: Self = toml::from_str(document).map_err(|error| unreadable(document, &error))?;
        check::check(&policy).map_err(|wrong| wrong.in_document(document))?;
        Ok(policy)
    }

    /// SHA-256 of a document, hexadecimal: how reports and answers name the version they used.
    #[must_use]
    pub fn fingerprint(document: &str) -> String {
        format!("{:x}", Sha256::digest(document.as_bytes()))
    }

    /// The business calendar: the holidays of the named sets and the policy's own, without the days on which business is
    /// done all the same.
    #[must_use]
    pub fn business_calendar(&self) -> Calendar {
        let days = &self.calendar;
        let of_set = |set: &HolidaySet| {
            let set = *set;
            YEARS_OF_HOLIDAYS.flat_map(move |year| set.of_year(year)).map(|holiday| holiday.date)
        };
        let mut holidays: BTreeSet<NaiveDate> = days.holiday_sets.iter().flat_map(of_set).collect();
        for day in &days.working_days {
            holidays.remove(day);
        }
        holidays.extend(&days.holidays);
        Calendar { zone: self.period.timezone, weekend: days.weekend.clone(), holidays }
    }

    /// The category, by its place in the document, that labels, types and categories of a change name. Of several, the one that
    /// asks for most people and roles; `None` where none of them names one.
    #[must_use]
    pub fn category_named<'a>(&self, labels: impl Iterator<Item = &'a str> + Clone) -> Option<usize> {
        let is_named = |category: &Category| labels.clone().any(|label| category.is_named_by(label));
        let named = self.category.iter().enumerate().filter(|(_, category)| is_named(category));
        // Of two that ask for as much, the first.
        let asks =
            |(at, of): &(usize, &Category)| (of.people_asked(), of.approvers.len(), of.senior, std::cmp::Reverse(*at));
        named.max_by_key(asks).map(|(at, _)| at)
    }

    /// How many different people must approve an emergency, before it or afterwards.
    #[must_use]
    pub fn people_asked_of_emergencies(&self) -> u32 {
        self.review.required.unwrap_or(self.approval.required)
    }

    /// The categories that other changes than emergencies can belong to.
    pub fn ordinary_categories(&self) -> impl Iterator<Item = &Category> {
        let declares =
            |category: &Category| self.signals.emergency_labels.iter().any(|label| category.is_named_by(label));
        self.category.iter().filter(move |category| !declares(category))
    }

    /// The parameters that decide what is found in texts.
    #[must_use]
    pub fn patterns(&self) -> Patterns {
        Patterns::of(self)
    }
}

#[cfg(test)]
mod tests;
