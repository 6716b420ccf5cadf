//! Keys with a dash (`PLAT-1190`, `INC-482`), numbers of service desks (`INC0098112`), advisories.

use change_ledger_model::record::MentionKind;

/// Projects of Jira have keys of 2 to 10 characters.
const LONGEST_PROJECT: usize = 10;
const LONGEST_NUMBER: usize = 10;

/// Names of standards, algorithms and units that look like the project of a key.
const FALSE_FRIENDS: [&str; 78] = [
    "AC", "AES", "AMD", "ANSI", "ARM", "ASCII", "BASE", "BLAKE", "BLAKE2", "CHACHA", "CIS", "COVID", "CP", "CRC",
    "CURVE", "CVSS", "CWE", "DES", "DO", "EAL", "ECDSA", "ECMA", "ED", "EN", "ES", "FIPS", "FP", "GCM", "GMT", "GPT",
    "HMAC", "HS", "HTML", "HTTP", "HTTPS", "IEC", "IEEE", "IP", "IPV", "ISO", "JPEG", "KB", "LATIN", "LLAMA", "LTS",
    "MD", "MP", "MPEG", "NIST", "OAUTH", "PBKDF", "PCI", "PEP", "PKCS", "POSIX", "PSR", "PY", "RFC", "RS", "RSA",
    "SEV", "SHA", "SHA2", "SHA3", "SOC", "SSL", "TCP", "TLS", "TOP", "UCS", "UDP", "UTC", "UTF", "WCAG", "WINDOWS",
    "XXH", "XXHASH", "ZSTD",
];

/// What a project and a number after a dash name; `None` for what only looks like a key.
pub(super) fn of_dashed(project: &str, number: &str) -> Option<(MentionKind, String)> {
    let project = project.to_ascii_uppercase();
    let letters = project.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
    let shape = letters
        && project.bytes().next().is_some_and(|first| first.is_ascii_uppercase())
        && (2..=LONGEST_PROJECT).contains(&project.len())
        && (1..=LONGEST_NUMBER).contains(&number.len());
    if !shape || FALSE_FRIENDS.binary_search(&project.as_str()).is_ok() {
        return None;
    }
    let name = format!("{project}-{number}");
    match project.as_str() {
        "INC" | "PD" => Some((MentionKind::Incident, name)),
        "CVE" | "GHSA" | "GH" => None,
        _ => (!number.starts_with('0')).then_some((MentionKind::TicketKey, name)),
    }
}

/// What a number of a service desk names: three letters and at least seven digits.
pub(super) fn of_numbered(letters: &str, digits: &str) -> Option<(MentionKind, String)> {
    let kind = match letters.to_ascii_uppercase().as_str() {
        "INC" => MentionKind::Incident,
        "CHG" => MentionKind::ChangeRequest,
        "PRB" => MentionKind::Problem,
        _ => return None,
    };
    (7..=LONGEST_NUMBER).contains(&digits.len()).then(|| (kind, format!("{}{digits}", letters.to_ascii_uppercase())))
}

/// How long the advisory is that begins with `text`: `CVE-2026-1234` (four digits or more) or
/// `GHSA-xxxx-xxxx-xxxx`.
pub(super) fn advisory_length(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let at = |index: usize| bytes.get(index).copied().unwrap_or_default();
    if bytes.get(..4).is_some_and(|start| start.eq_ignore_ascii_case(b"CVE-")) {
        let year = (4..8).all(|index| at(index).is_ascii_digit()) && at(8) == b'-';
        let digits = bytes.iter().skip(9).take_while(|byte| byte.is_ascii_digit()).count();
        return (year && digits >= 4).then_some(9 + digits);
    }
    let groups = bytes.get(..5).is_some_and(|start| start.eq_ignore_ascii_case(b"GHSA-"))
        && (5..19)
            .all(|index| if matches!(index, 9 | 14) { at(index) == b'-' } else { at(index).is_ascii_alphanumeric() });
    (groups && !super::is_word(at(19))).then_some(19)
}

/// Length of the run of hexadecimal digits at the start.
pub(super) fn hex_length(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| byte.is_ascii_hexdigit()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn false_friends_are_sorted_for_the_search() {
        assert!(FALSE_FRIENDS.is_sorted());
    }
}
