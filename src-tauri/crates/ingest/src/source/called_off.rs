//! Change requests that end without their work being done, by the words that tools have for that.

use change_ledger_model::import::ImportWarning;

/// Beginnings of words, in lower case, that say that something was not or will not be done: of states and of resolutions,
/// in English, German, French, Spanish, Portuguese, Italian and Polish.
const STEMS: [&str; 53] = [
    "cancel",
    "declin",
    "reject",
    "withdraw",
    "abandon",
    "duplicat",
    "denied",
    "refus",
    "discard",
    "skipped",
    "incomplete",
    "obsolete",
    "superseded",
    "abgebrochen",
    "abgelehnt",
    "abgesagt",
    "abgewiesen",
    "storniert",
    "zurückgezogen",
    "zurückgewiesen",
    "verworfen",
    "verweigert",
    "duplikat",
    "doppelt",
    "unvollständig",
    "annul",
    "abandonn",
    "rejet",
    "doublon",
    "retiré",
    "déclin",
    "incomplet",
    "anulad",
    "rechazad",
    "descartad",
    "denegad",
    "retirad",
    "desestimad",
    "incompleto",
    "rejeitad",
    "recusad",
    "negad",
    "abandonad",
    "rifiutat",
    "respint",
    "ritirat",
    "scartat",
    "anulowan",
    "odrzucon",
    "wycofan",
    "porzucon",
    "zduplikowan",
    "niekompletn",
];

/// What several words together say so.
const PHRASES: [&str; 19] = [
    "won't",
    "won’t",
    "wont do",
    "wont fix",
    "will not",
    "not done",
    "cannot reproduce",
    "wird nicht",
    "nicht erledigt",
    "ne sera pas",
    "ne pas faire",
    "sans suite",
    "no se hará",
    "no se realizará",
    "no se va a",
    "não será",
    "non verrà",
    "non sarà",
    "nie zostanie",
];

/// Whether a state or a resolution says that the work was not done.
pub(super) fn is_called_off<'w>(said: impl IntoIterator<Item = Option<&'w str>>) -> bool {
    said.into_iter().flatten().any(|said| {
        let lower = said.to_lowercase();
        let mut words = lower.split(|c: char| !c.is_alphanumeric());
        words.any(|word| STEMS.iter().any(|stem| word.starts_with(stem)))
            || PHRASES.iter().any(|phrase| lower.contains(phrase))
    })
}

/// What a manifest says of change requests that were called off and have an end of their work all the same. They count: of two
/// facts that contradict each other, leaving out the change would hide it.
pub(crate) fn though_implemented(changes: u64) -> Option<ImportWarning> {
    let (requests, count) = match changes {
        0 => return None,
        1 => ("1 change request was".to_owned(), "It counts"),
        _ => (format!("{changes} change requests were"), "They count"),
    };
    let message = format!(
        "{requests} called off by state or resolution, and this file says when the work ended. {count} as implemented; if the \
         work was not done, correct the time in the tool and import the file again."
    );
    Some(ImportWarning { code: "called_off_though_implemented".to_owned(), message })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_many_languages_call_a_change_off() {
        let check = |said: &str, expected: bool| assert_eq!(is_called_off([Some(said)]), expected, "{said}");
        for said in [
            "Canceled",
            "Cancelled by requester",
            "Declined",
            "Rejected",
            "Won't Do",
            "WON’T FIX",
            "Duplicate",
            "Closed Skipped",
            "Closed Incomplete",
            "Abgebrochen",
            "Abgelehnt",
            "Wird nicht erledigt",
            "Duplikat",
            "Annulé",
            "Refusé",
            "Rejetée",
            "Ne sera pas traité",
            "Doublon",
            "Cancelado",
            "Rechazado",
            "No se hará",
            "Rejeitada",
            "Não será feito",
            "Recusado",
            "Annullato",
            "Rifiutata",
            "Anulowane",
            "Odrzucone",
        ] {
            check(said, true);
        }
        for said in [
            "Done",
            "Completed",
            "Closed",
            "Closed Complete",
            "Successful",
            "Unsuccessful",
            "Failed",
            "Implemented",
            "Rolled back",
            "Fertig",
            "Abgeschlossen",
            "Terminé",
            "Completado",
            "Concluído",
            "Approved",
            "",
        ] {
            check(said, false);
        }
        assert!(!is_called_off([None]));
        assert!(is_called_off([Some("Closed"), Some("Won't Do")]));
    }

    #[test]
    fn a_contradiction_is_told_and_its_absence_is_not() {
        let check = |changes, expected: Option<&str>| {
            let said = though_implemented(changes).map(|warning| warning.message);
            assert_eq!(said.as_deref().and_then(|said| said.split(" by ").next()), expected);
        };
        check(0, None);
        check(1, Some("1 change request was called off"));
        check(3, Some("3 change requests were called off"));
    }
}
