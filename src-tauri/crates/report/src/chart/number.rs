//! Numbers in the words of the charts.

/// Stands where there is no value because its denominator is 0.
pub(crate) const NOT_APPLICABLE: &str = "n/a";

/// `1,204,000`.
pub(crate) fn count(value: u64) -> String {
    let digits = value.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A count as a floating-point number, exact up to 2^53.
pub(crate) fn exact(value: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "counts of changes stay far below 2^53")]
    let exact = value as f64;
    exact
}

/// A count that travelled as a floating-point number.
pub(crate) fn count_of(value: f64) -> String {
    format!("{:.0}", value.max(0.0)).parse().map_or_else(|_| NOT_APPLICABLE.to_owned(), count)
}

/// A share 0 to 1 in per cent with one decimal: `7.5%`, `10.0%`.
pub(crate) fn percent(share: f64) -> String {
    defined(share, |share| format!("{:.1}%", share * 100.0))
}

/// A level that somebody set, 0 to 1, in per cent without needless decimals: `10%`, `7.5%`.
pub(crate) fn level(share: f64) -> String {
    defined(share, |share| format!("{}%", trimmed(share * 100.0, 2)))
}

/// A share in per cent with as many decimals (one to three) as it takes to stay on its side of `level`: 10.04% must not
/// read 10% where 10% is the limit.
pub(crate) fn percent_against(share: f64, levels: &[f64]) -> String {
    let tells = |decimals: usize| {
        let shown = format!("{:.decimals$}", share * 100.0).parse::<f64>().unwrap_or(share * 100.0) / 100.0;
        levels.iter().all(|level| (share > *level) == (shown > *level + 1e-9))
    };
    let decimals = (1..=3).find(|decimals| tells(*decimals)).unwrap_or(3);
    defined(share, |share| format!("{:.decimals$}%", share * 100.0))
}

/// Hours with one decimal below 100, none above: `26.5 h`, `312 h`.
pub(crate) fn hours(hours: f64) -> String {
    defined(hours, |hours| format!("{} h", trimmed(hours, usize::from(hours < 100.0))))
}

/// Nobody should read `NaN` or `inf` in a report.
fn defined(value: f64, words: impl FnOnce(f64) -> String) -> String {
    if value.is_finite() { words(value) } else { NOT_APPLICABLE.to_owned() }
}

fn trimmed(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    if !text.contains('.') {
        return text;
    }
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// `1 change`, `2 changes`.
pub(crate) fn counted(value: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(value), if value == 1 { one } else { many })
}

/// The text with its first letter in upper case.
pub(crate) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// `a, b and c`.
pub(crate) fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_grouped() {
        let check = |value, expected: &str| assert_eq!(count(value), expected);
        check(0, "0");
        check(999, "999");
        check(1000, "1,000");
        check(1_234_567, "1,234,567");
        assert_eq!(count_of(83_333.0), "83,333");
    }

    #[test]
    fn shares_and_hours_are_short() {
        let check = |share, expected: &str| assert_eq!(percent(share), expected);
        check(0.0, "0.0%");
        check(0.1, "10.0%");
        check(0.0754, "7.5%");
        check(1.0, "100.0%");
        assert_eq!(level(0.1), "10%");
        assert_eq!(level(0.075), "7.5%");
        assert_eq!(level(0.0), "0%");
        check(f64::NAN, "n/a");
        assert_eq!(hours(f64::INFINITY), "n/a");
        assert_eq!(hours(26.46), "26.5 h");
        assert_eq!(hours(24.0), "24 h");
        assert_eq!(hours(311.7), "312 h");
    }

    #[test]
    fn rounding_never_moves_a_share_across_a_level() {
        let check = |share, expected: &str| assert_eq!(percent_against(share, &[0.10, 0.05]), expected);
        check(0.1004, "10.04%");
        check(0.1, "10.0%");
        check(0.0996, "10.0%");
        check(0.05, "5.0%");
        check(0.0501, "5.01%");
        check(0.123, "12.3%");
        check(0.10004, "10.004%");
    }

    #[test]
    fn lists_read_like_sentences() {
        let check = |items: &[&str], expected: &str| {
            let items: Vec<String> = items.iter().map(|item| (*item).to_owned()).collect();
            assert_eq!(listed(&items), expected);
        };
        check(&[], "");
        check(&["a"], "a");
        check(&["a", "b"], "a and b");
        check(&["a", "b", "c"], "a, b and c");
        assert_eq!(counted(1, "change", "changes"), "1 change");
        assert_eq!(counted(2, "change", "changes"), "2 changes");
        assert_eq!(capitalised("on time"), "On time");
    }
}
