//! Cells that are opened in a spreadsheet.

/// A cell of CSV that no spreadsheet takes for a formula: what begins like one, and is no number, gets a leading apostrophe.
#[must_use]
pub fn without_formula(cell: &str) -> String {
    let is_number = cell.parse::<f64>().is_ok();
    if !is_number && cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_like_a_formula_is_marked_as_text() {
        let check = |cell: &str, expected: &str| assert_eq!(without_formula(cell), expected);
        check("=HYPERLINK(\"https://example.com\")", "'=HYPERLINK(\"https://example.com\")");
        check("+49 30 1234", "'+49 30 1234");
        check("-1.5", "-1.5");
        check("@mara", "'@mara");
        check("a=b", "a=b");
        check("", "");
    }
}
