//! Values written after a marker: `Authorised by: NAME`, or a heading with text below it.

/// What people write when they have nothing to say.
const EMPTY_VALUES: [&str; 12] =
    ["n/a", "na", "none", "tbd", "todo", "-", "--", "?", "...", "…", "tba", "not applicable"];

/// The first value that follows one of the (lower-case) markers, either on its line after a colon or,
/// when the marker is a heading, on the next line with text. `None` when there is no marker or only an empty value.
pub(super) fn value_after(prose: &str, markers: &[String]) -> Option<String> {
    let lines: Vec<&str> = prose.lines().collect();
    lines.iter().enumerate().find_map(|(at, line)| {
        let text = line.trim_start_matches([' ', '\t', '-', '*', '+', '#', '_', '|', '•']);
        let below = lines.get(at + 1..).unwrap_or_default();
        markers.iter().find_map(|marker| value_on(line, text, below, marker))
    })
}

/// `text` is `line` without the signs that may stand before a marker.
fn value_on(line: &str, text: &str, below: &[&str], marker: &str) -> Option<String> {
    let head = text.get(..marker.len())?;
    if !head.eq_ignore_ascii_case(marker) {
        return None;
    }
    let is_heading = line.trim_start().starts_with('#') || is_bold_alone(line);
    let rest = text.get(marker.len()..)?.trim_start_matches(['*', '_', ' ', '\t']);
    if let Some(value) = rest.strip_prefix([':', '：']) {
        let value = clean(value.trim_start_matches(['*', '_']));
        return if value.is_empty() { first_text(below) } else { meaningful(value) };
    }
    let alone = rest.trim_matches(['*', '_', ' ', '?', '\t']).is_empty();
    if is_heading && alone { first_text(below) } else { None }
}

/// `prose` without the lines that begin with one of the (lower-case) markers and, where such a line is a heading, without what
/// stands below it up to the next heading.
pub(super) fn without_sections(prose: &str, markers: &[String]) -> String {
    let mut kept = String::with_capacity(prose.len());
    let mut is_below = false;
    for line in prose.lines() {
        let is_heading = line.trim_start().starts_with('#') || is_bold_alone(line);
        let text = line.trim_start_matches([' ', '\t', '-', '*', '+', '#', '_', '|', '•']);
        let is_marked = markers.iter().any(|marker| {
            let is_head = text.get(..marker.len()).is_some_and(|head| head.eq_ignore_ascii_case(marker));
            let rest = text.get(marker.len()..).unwrap_or_default().trim_matches(['*', '_', ' ', '?', '\t']);
            is_head && (rest.starts_with([':', '：']) || is_heading && rest.is_empty())
        });
        if is_heading {
            is_below = is_marked;
        }
        if !is_marked && !is_below {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

fn is_bold_alone(line: &str) -> bool {
    let line = line.trim();
    line.len() > 4 && line.starts_with("**") && line.ends_with("**")
}

/// The first line with text before the next heading or marker-like line.
fn first_text(below: &[&str]) -> Option<String> {
    let line = below.iter().map(|line| line.trim()).find(|line| !line.is_empty())?;
    let begins_something_else = line.starts_with('#') || is_bold_alone(line) || is_label_line(line);
    if begins_something_else { None } else { meaningful(clean(line)) }
}

/// A short line such as `Risk: low` begins a new field.
fn is_label_line(line: &str) -> bool {
    line.split_once(':').is_some_and(|(label, _)| label.split_whitespace().count() <= 4 && !label.contains("http"))
}

fn clean(value: &str) -> &str {
    value.trim().trim_matches(['*', '_', '|']).trim()
}

fn meaningful(value: &str) -> Option<String> {
    let bare = value.trim_end_matches('.').to_lowercase();
    let says_nothing =
        bare.is_empty() || EMPTY_VALUES.contains(&bare.as_str()) || (bare.starts_with('<') && bare.ends_with('>'));
    (!says_nothing).then(|| value.to_owned())
}
