//! Names of columns, in whatever language and spelling.

/// A column's name for comparison: lower case, with every run of other characters than letters and
/// digits as one blank (`incident_number`, `Incident Number` and `Incident-number` are the same).
pub(crate) fn plain(name: &str) -> String {
    let lower = name.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut plain = words.next().unwrap_or_default().to_owned();
    for word in words {
        plain.push(' ');
        plain.push_str(word);
    }
    plain
}

/// `Outer (inner)` as `("Outer", Some("inner"))`; brackets may stand inside `inner`.
pub(crate) fn bracketed(name: &str) -> (&str, Option<&str>) {
    name.strip_suffix(')')
        .and_then(|name| name.split_once('('))
        .filter(|(outer, _)| !outer.trim().is_empty())
        .map_or((name, None), |(outer, inner)| (outer.trim(), Some(inner.trim())))
}

/// The header as a person would list it, shortened where it is long.
pub(crate) fn listed(header: &[String]) -> String {
    const SHOWN: usize = 30;
    let names: Vec<&str> = header.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
    let more = names.len().saturating_sub(SHOWN);
    let shown = names.into_iter().take(SHOWN).collect::<Vec<_>>().join(", ");
    if more == 0 { shown } else { format!("{shown} and {more} more") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_meet() {
        let check = |name: &str, expected: &str| assert_eq!(plain(name), expected, "{name}");
        check("Issue key", "issue key");
        check("incident_number", "incident number");
        check("Vorgangs-ID", "vorgangs id");
        check("Catégorie d’état", "catégorie d état");
        check(" # ", "");
        check("问题 ID", "问题 id");
    }

    #[test]
    fn brackets_are_taken_apart() {
        assert_eq!(bracketed("Custom field (Change type)"), ("Custom field", Some("Change type")));
        assert_eq!(bracketed("Custom field (Risk (0-5))"), ("Custom field", Some("Risk (0-5)")));
        assert_eq!(bracketed("Summary"), ("Summary", None));
        assert_eq!(bracketed("(none)"), ("(none)", None));
    }
}
