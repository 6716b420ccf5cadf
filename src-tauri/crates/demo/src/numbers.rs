//! Conversions between kinds of numbers. Everything the story counts is far from the limits; where a number could leave its
//! range, it stays at the limit.

/// A count as a place in a list.
pub(crate) fn place(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

/// A count as seconds or as a coefficient.
pub(crate) fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A share of a count, rounded to the nearest whole.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`as` stops at the limits and turns NaN into 0"
)]
pub(crate) fn share_of(count: u64, share: f64) -> u64 {
    (count as f64 * share).round() as u64
}

/// A share of a span of seconds, without the fraction.
#[expect(clippy::cast_possible_truncation, reason = "`as` stops at the limits and turns NaN into 0")]
pub(crate) fn part(seconds: i64, share: f64) -> i64 {
    (seconds as f64 * share) as i64
}

/// The whole places below a position in a list, and the rest of the way to the next one in 0..1.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`as` stops at the limits and turns NaN into 0"
)]
pub(crate) fn split(position: f64) -> (usize, f64) {
    (position as usize, position.fract())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_outside_their_range_stay_at_the_limit() {
        assert_eq!(signed(u64::MAX), i64::MAX);
        assert_eq!(share_of(10, 0.25), 3);
        assert_eq!(share_of(10, -1.0), 0);
        assert_eq!(part(100, 0.999), 99);
        assert_eq!(part(100, f64::NAN), 0);
        assert_eq!(split(2.25), (2, 0.25));
        assert_eq!(split(-0.5).0, 0);
    }
}
