//! Values that Jira writes in the language of whoever exported.

use crate::table::header::plain;

/// Whether a status category means done; `None` for a word of no known language.
pub(super) fn is_done(category: &str) -> Option<bool> {
    match plain(category).as_str() {
        "done" | "complete" | "fertig" | "erledigt" | "terminé" | "terminée" | "terminés" | "fini" | "listo"
        | "hecho" | "finalizado" | "finalizada" | "concluído" | "concluída" | "itens concluídos" | "feito"
        | "completato" | "completata" | "gotowe" | "ukończone" | "zakończone" | "完成" | "已完成" | "完了"
        | "gereed" | "klaar" => Some(true),
        "to do" | "new" | "open" | "in progress" | "indeterminate" | "zu erledigen" | "aufgaben" | "in arbeit"
        | "in bearbeitung" | "à faire" | "en cours" | "por hacer" | "tareas por hacer" | "pendiente" | "en curso"
        | "a fazer" | "tarefas pendentes" | "itens pendentes" | "em andamento" | "da fare" | "da completare"
        | "in corso" | "do zrobienia" | "w toku" | "w trakcie" | "待办" | "待处理" | "进行中" | "处理中"
        | "正在进行" | "未着手" | "進行中" | "te doen" | "in uitvoering" => Some(false),
        _ => None,
    }
}

/// Whether an issue type is a change request.
pub(crate) fn is_change_request(issue_type: &str) -> bool {
    matches!(
        type_name(issue_type).as_str(),
        "change"
            | "change request"
            | "emergency change"
            | "normal change"
            | "standard change"
            | "production change"
            | "rfc"
            | "request for change"
            | "änderung"
            | "änderungsanfrage"
            | "änderungsantrag"
            | "change anfrage"
            | "notfalländerung"
            | "changement"
            | "demande de changement"
            | "changement urgent"
            | "cambio"
            | "solicitud de cambio"
            | "petición de cambio"
            | "cambio de emergencia"
            | "mudança"
            | "solicitação de mudança"
            | "requisição de mudança"
            | "alteração"
            | "mudança emergencial"
            | "modifica"
            | "cambiamento"
            | "richiesta di modifica"
            | "zmiana"
            | "żądanie zmiany"
            | "wniosek o zmianę"
            | "变更"
            | "变更请求"
            | "更改"
            | "変更"
            | "変更リクエスト"
    )
}

/// Whether an issue type is an outage.
pub(crate) fn is_incident(issue_type: &str) -> bool {
    matches!(
        type_name(issue_type).as_str(),
        "incident"
            | "service incident"
            | "major incident"
            | "outage"
            | "störung"
            | "vorfall"
            | "ausfall"
            | "panne"
            | "incidente"
            | "incidente grave"
            | "incidencia"
            | "incydent"
            | "awaria"
            | "事件"
            | "故障"
            | "インシデント"
            | "障害"
    )
}

/// The name of a type without the `[System]` that service projects write before their own.
fn type_name(issue_type: &str) -> String {
    let name = issue_type.trim();
    let own = name.strip_prefix('[').and_then(|rest| rest.split_once(']')).map_or(name, |(_, own)| own);
    plain(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_in_any_language() {
        let check = |name: &str, change: bool, incident: bool| {
            assert_eq!((is_change_request(name), is_incident(name)), (change, incident), "{name}");
        };
        check("[System] Change", true, false);
        check("Emergency Change", true, false);
        check("Änderungsanfrage", true, false);
        check("变更", true, false);
        check("[System] Incident", false, true);
        check("Störung", false, true);
        check("Incidente", false, true);
        check("Bug", false, false);
        check("Exchange", false, false);
        check("[System] Problem", false, false);
        check("Story", false, false);
    }

    #[test]
    fn categories_in_any_language() {
        let check = |name: &str, expected: Option<bool>| assert_eq!(is_done(name), expected, "{name}");
        check("Done", Some(true));
        check("Fertig", Some(true));
        check("已完成", Some(true));
        check("In Progress", Some(false));
        check("À faire", Some(false));
        check("Quatsch", None);
    }
}
