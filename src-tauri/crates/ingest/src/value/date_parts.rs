//! Takes a written date and time apart, before anything about it is decided.

use super::{
    local_time::{LocalTimeError, OrderEvidence},
    month,
};
use crate::reading::DateOrder;
use chrono::{FixedOffset, NaiveDate, NaiveTime};

/// A text taken apart, with the order of its date still open.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parts {
    pub(super) date: DateParts,
    pub(super) time: NaiveTime,
    /// Whether a time of day is written at all.
    pub(super) has_clock: bool,
    pub(super) offset: Option<FixedOffset>,
}

/// A date as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateParts {
    /// Year, month, day.
    Known(i32, u32, u32),
    /// Three numbers with the year last, which has this many digits.
    Open { first: u32, second: u32, year: u32, year_digits: usize },
}

impl DateParts {
    /// What it says about the order of day and month.
    pub(super) fn evidence(self) -> OrderEvidence {
        let Self::Open { first, second, .. } = self else { return OrderEvidence::None };
        match (first > 12, second > 12) {
            (false, false) if first == second => OrderEvidence::None,
            (false, false) => OrderEvidence::Open,
            (true, false) => OrderEvidence::Only(DateOrder::DayFirst),
            (false, true) => OrderEvidence::Only(DateOrder::MonthFirst),
            (true, true) => OrderEvidence::None,
        }
    }

    /// The day that it means under an order.
    pub(super) fn resolve(self, order: Option<DateOrder>) -> Result<NaiveDate, LocalTimeError> {
        let evidence = self.evidence();
        let (year, month, day) = match self {
            Self::Known(year, month, day) => (year, month, day),
            Self::Open { first, second, year, year_digits } => match (order, evidence) {
                (Some(DateOrder::YearFirst), _) if year_digits <= 2 => (full_year(first, 2), second, year),
                (Some(DateOrder::DayFirst), OrderEvidence::Only(DateOrder::MonthFirst))
                | (Some(DateOrder::MonthFirst), OrderEvidence::Only(DateOrder::DayFirst)) => {
                    return Err(LocalTimeError::OtherOrder);
                }
                (Some(DateOrder::MonthFirst), _) | (_, OrderEvidence::Only(DateOrder::MonthFirst)) => {
                    (full_year(year, year_digits), first, second)
                }
                (Some(DateOrder::DayFirst), _) | (_, OrderEvidence::Only(_) | OrderEvidence::None) => {
                    (full_year(year, year_digits), second, first)
                }
                (_, OrderEvidence::Open) => return Err(LocalTimeError::OrderOpen),
            },
        };
        NaiveDate::from_ymd_opt(year, month, day).ok_or(LocalTimeError::OutOfRange)
    }
}

/// The year that a two-digit one means, by the rule of POSIX `strptime`: 69 to 99 are in the twentieth century.
fn full_year(year: u32, digits: usize) -> i32 {
    let year = i32::try_from(year).unwrap_or(i32::MAX);
    match (digits, year) {
        (3.., _) => year,
        (_, 69..) => 1900 + year,
        _ => 2000 + year,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token<'t> {
    Number(&'t str),
    /// In lower case.
    Word(&'t str),
    Sign(char),
}

impl Token<'_> {
    fn number(self) -> Option<u32> {
        match self {
            Self::Number(digits) => digits.parse().ok(),
            _ => None,
        }
    }
}

fn tokens(lower: &str) -> Vec<Token<'_>> {
    let mut found = Vec::with_capacity(16);
    let mut rest = lower;
    while let Some(first) = rest.chars().next() {
        let end_of = |inside: fn(char) -> bool| rest.find(|c| !inside(c)).unwrap_or(rest.len());
        let (token, length) = if first.is_ascii_digit() {
            let length = end_of(|c| c.is_ascii_digit());
            (Some(Token::Number(rest.get(..length).unwrap_or_default())), length)
        } else if matches!(first, '年' | '月' | '日') {
            // Marks of a Chinese date are never part of a longer word.
            (Some(Token::Word(rest.get(..first.len_utf8()).unwrap_or_default())), first.len_utf8())
        } else if first.is_alphabetic() {
            let length = end_of(char::is_alphabetic);
            (Some(Token::Word(rest.get(..length).unwrap_or_default())), length)
        } else {
            ((!first.is_whitespace()).then_some(Token::Sign(first)), first.len_utf8())
        };
        found.extend(token);
        rest = rest.get(length..).unwrap_or_default();
    }
    found
}

impl Parts {
    /// Takes a text apart.
    pub(super) fn of(text: &str) -> Result<Self, LocalTimeError> {
        // Longer texts are no dates; the limit keeps a misplaced description cheap.
        const LONGEST: usize = 80;
        if text.is_empty() || text.len() > LONGEST {
            return Err(LocalTimeError::NotADate);
        }
        let lower = text.to_lowercase();
        let tokens = tokens(&lower);
        let colon = tokens.iter().position(|token| *token == Token::Sign(':'));
        let clock_at = colon.and_then(|at| at.checked_sub(1)).unwrap_or(tokens.len());
        let (before, clock) = tokens.split_at_checked(clock_at).ok_or(LocalTimeError::NotADate)?;
        let mut half = None;
        let date = date_of(before, &mut half)?;
        let (time, offset) = time_of(clock, half)?;
        Ok(Self { date, time, has_clock: !clock.is_empty(), offset })
    }
}

/// Half of the day that a 12-hour clock names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Half {
    Morning,
    Afternoon,
}

fn half_of(word: &str) -> Option<Half> {
    match word {
        "am" | "上午" | "凌晨" | "早上" => Some(Half::Morning),
        "pm" | "下午" | "中午" | "晚上" => Some(Half::Afternoon),
        _ => None,
    }
}

/// The date before the clock time: three numbers, or two and a month's name.
fn date_of(tokens: &[Token<'_>], half: &mut Option<Half>) -> Result<DateParts, LocalTimeError> {
    let mut numbers: Vec<(u32, usize)> = Vec::with_capacity(3);
    let mut month = None;
    let mut dotted = false;
    for token in tokens {
        match *token {
            Token::Number(digits) => numbers.push((token.number().ok_or(LocalTimeError::OutOfRange)?, digits.len())),
            // `7月` is a month without a name.
            Token::Word("月") if month.is_none() => month = numbers.pop().map(|(number, _)| number),
            Token::Word(word) => match (month::by_name(word), half_of(word)) {
                (Some(number), _) if month.is_none() => month = Some(number),
                (_, Some(found)) => *half = Some(found),
                _ if is_filler(word) => {}
                _ => return Err(LocalTimeError::NotADate),
            },
            Token::Sign('.') => dotted = true,
            Token::Sign('/' | '-' | ',' | '\'') => {}
            Token::Sign(_) => return Err(LocalTimeError::NotADate),
        }
    }
    match (month, numbers.as_slice()) {
        (Some(month), &[(first, first_digits), (second, second_digits)]) => Ok(if first_digits > 2 {
            DateParts::Known(full_year(first, first_digits), month, second)
        } else {
            DateParts::Known(full_year(second, second_digits), month, first)
        }),
        (None, &[(year, 4), (month, _), (day, _)]) => Ok(DateParts::Known(full_year(year, 4), month, day)),
        // Full stops are written between day, month and year in this order only.
        (None, &[(day, 1..=2), (month, 1..=2), (year, digits)]) if dotted => {
            Ok(DateParts::Known(full_year(year, digits), month, day))
        }
        (None, &[(first, 1..=2), (second, 1..=2), (year, year_digits @ (2 | 4))]) => {
            Ok(DateParts::Open { first, second, year, year_digits })
        }
        (None, &[(date, 8)]) => Ok(DateParts::Known(full_year(date / 10_000, 4), date / 100 % 100, date % 100)),
        _ => Err(LocalTimeError::NotADate),
    }
}

/// Words between the parts of a date: the `T` of ISO 8601, weekdays in English, prepositions.
fn is_filler(word: &str) -> bool {
    matches!(
        word,
        "t" | "at" | "um" | "uhr" | "de" | "del" | "à" | "às" | "h" | "st" | "nd" | "rd" | "th" | "年" | "日" | "月"
    ) || matches!(
        word,
        "mon"
            | "monday"
            | "tue"
            | "tuesday"
            | "wed"
            | "wednesday"
            | "thu"
            | "thursday"
            | "fri"
            | "friday"
            | "sat"
            | "saturday"
            | "sun"
            | "sunday"
    )
}

/// Hour, minute, second, fraction, half of the day and offset; nothing at all is midnight.
fn time_of(tokens: &[Token<'_>], mut half: Option<Half>) -> Result<(NaiveTime, Option<FixedOffset>), LocalTimeError> {
    let mut numbers = [0_u32; 3];
    let mut millis = 0;
    let mut rest = tokens;
    let mut slots = numbers.iter_mut();
    while let Some((Token::Number(digits), after)) = rest.split_first() {
        let slot = slots.next().ok_or(LocalTimeError::NotADate)?;
        *slot = digits.parse().map_err(|_| LocalTimeError::OutOfRange)?;
        rest = match after {
            [Token::Sign(':'), after @ ..] => after,
            [Token::Sign('.' | ','), Token::Number(fraction), after @ ..] => {
                millis = millis_of(fraction);
                rest = after;
                break;
            }
            after => {
                rest = after;
                break;
            }
        };
    }
    let offset = offset_of(rest, &mut half)?;
    let [hour, minute, second] = numbers;
    let hour = match (half, hour) {
        (Some(Half::Morning), 12) => 0,
        (None, _) | (Some(Half::Morning), 0..=11) | (Some(Half::Afternoon), 12..=23) => hour,
        (Some(Half::Afternoon), 0..=11) => hour + 12,
        _ => return Err(LocalTimeError::OutOfRange),
    };
    let millis = u32::try_from(millis).unwrap_or_default();
    // A leap second has no place of its own in a count of seconds since 1970.
    let time = NaiveTime::from_hms_milli_opt(hour, minute, second.min(59 + u32::from(second > 60)), millis);
    Ok((time.ok_or(LocalTimeError::OutOfRange)?, offset))
}

/// What follows the clock time: `PM`, `p. m.`, `Z`, `UTC`, `+0800`, `-07:00`, `GMT+0000 (UTC)`, `(GMT+2)`.
fn offset_of(mut rest: &[Token<'_>], half: &mut Option<Half>) -> Result<Option<FixedOffset>, LocalTimeError> {
    let mut offset = None;
    loop {
        rest = match rest {
            [] => return Ok(offset),
            [
                Token::Word(half_word @ ("a" | "p")),
                Token::Sign('.'),
                Token::Word("m"),
                Token::Sign('.'),
                after @ ..,
            ] => {
                *half = Some(if *half_word == "a" { Half::Morning } else { Half::Afternoon });
                after
            }
            [Token::Word("uhr" | "h"), after @ ..] => after,
            [Token::Word("z" | "utc" | "gmt"), after @ ..]
            | [Token::Sign('('), Token::Word("utc" | "gmt"), Token::Sign(')'), after @ ..] => {
                offset = offset.or_else(|| FixedOffset::east_opt(0));
                after
            }
            // A name in brackets only repeats the offset before it.
            [Token::Sign('('), ..] | [Token::Sign(')')] if offset.is_some() => return Ok(offset),
            [Token::Sign('('), Token::Word("utc" | "gmt"), after @ ..]
                if matches!(after, [Token::Sign('+' | '-' | '−'), ..]) =>
            {
                after
            }
            [
                Token::Sign(sign @ ('+' | '-' | '−')),
                Token::Number(hours),
                Token::Sign(':'),
                Token::Number(minutes),
                after @ ..,
            ] => {
                offset = Some(offset_from(*sign, hours, minutes)?);
                after
            }
            [Token::Sign(sign @ ('+' | '-' | '−')), Token::Number(digits), after @ ..] => {
                let (hours, minutes) = digits.split_at_checked(digits.len().saturating_sub(2)).unwrap_or_default();
                offset = Some(if digits.len() > 2 {
                    offset_from(*sign, hours, minutes)?
                } else {
                    offset_from(*sign, digits, "0")?
                });
                after
            }
            [Token::Word(word), after @ ..] => {
                *half = Some(half_of(word).ok_or(LocalTimeError::UnknownZone)?);
                after
            }
            _ => return Err(LocalTimeError::NotADate),
        };
    }
}

fn offset_from(sign: char, hours: &str, minutes: &str) -> Result<FixedOffset, LocalTimeError> {
    let number = |digits: &str| digits.parse::<i32>().map_err(|_| LocalTimeError::OutOfRange);
    let seconds = number(hours)?.saturating_mul(3600).saturating_add(number(minutes)?.saturating_mul(60));
    let seconds = if sign == '+' { seconds } else { -seconds };
    FixedOffset::east_opt(seconds).ok_or(LocalTimeError::OutOfRange)
}

/// Milliseconds of the digits after the decimal point of a second; further digits are cut off.
pub(super) fn millis_of(fraction: &str) -> i64 {
    fraction
        .bytes()
        .chain(std::iter::repeat(b'0'))
        .take(3)
        .fold(0, |millis, digit| millis * 10 + i64::from(digit.wrapping_sub(b'0')))
}
