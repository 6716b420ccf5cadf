use super::*;
use crate::{Options, table::test_support::import};
use change_ledger_model::{
    record::{FoundIn, Mention, MentionKind},
    source::SourceKind,
};
use chrono_tz::Tz;

const CLOUD: &str = "\u{FEFF}Summary,Issue key,Issue id,Issue Type,Status,Priority,Assignee,Reporter,Reporter Id,Created,Updated,Resolved,Labels,Labels,Description,Inward issue link (Problem/Incident),Outward issue link (Relates),Outward issue link (Relates),Custom field (Change type),Custom field (Change reason),Custom field (Approvals),Custom field (Actual start),Custom field (Actual end),Comment,Comment,Status Category
Fail over ledger DB,CHM-91,20411,[System] Change,Completed,Highest,Odd Bru,Lin Eze,712020:aa-bb,01/Nov/26 9:15 AM,03/Nov/26 4:02 PM,01/Nov/26 11:40 AM,emergency,db,\"Primary is down.
See INC-482 and acme/pay#2214\",OPS-77,PAY-1204,PAY-1207,Emergency,Repair,ApprovalsCFValue{approvals=[]},01/Nov/26 9:20 AM,01/Nov/26 10:05 AM,\"02/Nov/26 8:31 AM;712020:aa-bb;Retro CAB review done; see notes
second line\",\"a remark; without a date\",Done
Clean the logs,CHM-92,20412,Task,To Do,Low,,Lin Eze,712020:aa-bb,02/Nov/26 9:15 AM,02/Nov/26 9:15 AM,,,,,,,,,,,,,,,To Do
";

#[test]
fn a_change_request_with_all_it_says() {
    let held = import(CLOUD.as_bytes(), &Options { timezone: Some(Tz::Europe__Berlin), ..Options::default() }).unwrap();
    assert_eq!(held.reading.kind, SourceKind::JiraCsv);
    assert_eq!(held.rejects, []);
    let ticket = held.tickets()[0];
    assert_eq!((ticket.id.as_str(), ticket.key.as_str(), ticket.project.as_str()), ("jira:CHM-91", "CHM-91", "CHM"));
    assert_eq!(ticket.title, "Fail over ledger DB");
    assert!(ticket.is_change_request);
    assert_eq!(ticket.change_type.as_deref(), Some("Emergency"));
    assert_eq!(ticket.reason.as_deref(), Some("Repair"));
    assert_eq!(ticket.done, Some(true));
    assert_eq!(ticket.labels, Some(vec!["emergency".to_owned(), "db".to_owned()]));
    let reporter = ticket.reporter.as_ref().unwrap();
    assert_eq!((reporter.handle.as_str(), reporter.name.as_deref()), ("jira:712020:aa-bb", Some("Lin Eze")));
    let times = [ticket.opened_at, ticket.resolved_at, ticket.work_start, ticket.work_end, ticket.updated_at];
    assert_eq!(
        times.map(|at| at.map(|at| at.to_string()).unwrap_or_default()),
        [
            "2026-11-01T08:15:00Z",
            "2026-11-01T10:40:00Z",
            "2026-11-01T08:20:00Z",
            "2026-11-01T09:05:00Z",
            "2026-11-03T15:02:00Z"
        ]
    );
    let note = &ticket.notes[0];
    assert_eq!(note.text, "Retro CAB review done; see notes\nsecond line");
    assert_eq!(note.author.as_ref(), Some(reporter), "the row says what name that account shows");
    assert_eq!(note.at.map(|at| at.to_string()).as_deref(), Some("2026-11-02T07:31:00Z"));
    assert_eq!((ticket.notes[1].text.as_str(), ticket.notes[1].at), ("a remark; without a date", None));

    let second = held.tickets()[1];
    assert!(!second.is_change_request, "the column is there, and the team does not use it");
    assert_eq!(
        (second.done, second.labels.as_deref(), second.assignee.as_ref()),
        (Some(false), Some([].as_slice()), None)
    );
}

#[test]
fn links_come_with_their_type_and_direction() {
    let held = import(CLOUD.as_bytes(), &Options::default()).unwrap();
    let mentions = &held.tickets()[0].mentions;
    let named = |name: &str| mentions.iter().find(|mention| mention.name == name).unwrap();
    let link = |kind: MentionKind, name: &str, text: &str| Mention {
        kind,
        name: name.to_owned(),
        found_in: FoundIn::LinkField,
        text: text.to_owned(),
    };
    assert_eq!(*named("OPS-77"), link(MentionKind::Incident, "OPS-77", "Problem/Incident (inward)"));
    assert_eq!(*named("PAY-1207"), link(MentionKind::TicketKey, "PAY-1207", "Relates (outward)"));
    assert_eq!((named("INC-482").kind, named("INC-482").found_in), (MentionKind::Incident, FoundIn::Body));
    assert_eq!(named("acme/pay#2214").kind, MentionKind::Change);
    assert!(mentions.iter().all(|mention| mention.name != "CHM-91"));
}

#[test]
fn approvals_are_said_to_be_missing() {
    let held = import(CLOUD.as_bytes(), &Options::default()).unwrap();
    let summary = &held.summary;
    assert!(summary.cannot_tell.contains(&Fact::Approver) && summary.cannot_tell.contains(&Fact::ApprovalTime));
    assert!(summary.carries.contains(&Fact::ChangeType) && summary.carries.contains(&Fact::LinkFields));
    assert_eq!(held.warning_codes(), ["timezone_assumed"]);
    assert_eq!(summary.timezone_used, Some(Tz::UTC));
}

#[test]
fn languages() {
    let check = |csv: &str, key: &str, created: &str, is_change: bool, incidents: usize, done: Option<bool>| {
        let held = import(csv.as_bytes(), &Options::default()).unwrap();
        assert_eq!(held.reading.kind, SourceKind::JiraCsv, "{csv}");
        let ticket = held.tickets()[0];
        assert_eq!(ticket.key, key);
        assert_eq!(ticket.opened_at.map(|at| at.to_string()).as_deref(), Some(created), "{csv}");
        assert_eq!(
            (ticket.is_change_request, held.incidents().len(), ticket.done),
            (is_change, incidents, done),
            "{csv}"
        );
    };
    check(
        "Resumen,Clave de incidencia,ID de la incidencia,Tipo de Incidencia,Estado,Creada,Campo personalizado (Change type),Comentario,Comentario,Categoría de estado\nCaída,OPS-7,1001,Incidente,Cerrado,18/ene/26 9:10 AM,,,,Listo\n",
        "OPS-7",
        "2026-01-18T09:10:00Z",
        false,
        1,
        Some(true),
    );
    check(
        "Zusammenfassung;Vorgangsschlüssel;Vorgangs-ID;Vorgangstyp;Status;Erstellt;Statuskategorie\nNeustart;NET-3;9;Änderung;Offen;03.12.2026 08:05;In Arbeit\n",
        "NET-3",
        "2026-12-03T08:05:00Z",
        true,
        0,
        Some(false),
    );
    check(
        "概要,问题关键字,问题 ID,问题类型,状态,创建日期\n故障切换,PAY-1,7,变更,已完成,03/九月/26 9:15 下午\n",
        "PAY-1",
        "2026-09-03T21:15:00Z",
        true,
        0,
        None,
    );
    check(
        "Résumé,Clé de ticket,ID de ticket,Type de ticket,État,Création,Champs personnalisés (Change type)\nBascule,CAB-4,11,Tâche,Fini,15/févr./26 4:02 PM,Emergency\n",
        "CAB-4",
        "2026-02-15T16:02:00Z",
        true,
        0,
        None,
    );
}

#[test]
fn a_header_in_an_unknown_language_is_known_by_its_shape() {
    let csv = "Yhteenveto,Avain,Tunnus,Luotu,Inward issue link (Relates)\nKatko,OPS-7,1001,2026-01-18 09:10,PAY-1\nToinen,OPS-8,1002,2026-01-19 09:10,\n";
    let held = import(csv.as_bytes(), &Options::default()).unwrap();
    assert_eq!(held.reading.key_column, Some(1));
    assert_eq!(held.tickets().iter().map(|ticket| ticket.key.as_str()).collect::<Vec<_>>(), ["OPS-7", "OPS-8"]);
}

#[test]
fn an_incident_is_a_ticket_and_an_incident() {
    let csv = "Issue key,Issue id,Summary,Issue Type,Status,Priority,Created,Resolved,Custom field (Severity)\nOPS-77,5,Checkout down,[System] Incident,Closed,High,2026-09-03 01:20,2026-09-03 02:02,SEV1\n";
    let held = import(csv.as_bytes(), &Options::default()).unwrap();
    assert_eq!(held.tickets().len(), 1);
    let incident = held.incidents()[0];
    assert_eq!((incident.id.as_str(), incident.names.as_slice()), ("jira:OPS-77", ["OPS-77".to_owned()].as_slice()));
    assert_eq!(incident.severity.as_deref(), Some("SEV1"));
    assert_eq!(incident.resolved_at.map(|at| at.to_string()).as_deref(), Some("2026-09-03T02:02:00Z"));
    assert!(held.summary.carries.contains(&Fact::IncidentTimes));
}

#[test]
fn bad_rows_are_rejected_with_their_place_and_reason() {
    let csv = "Issue key,Issue id,Summary,Issue Type,Status,Created,Resolved,Labels\n\
        A-1,1,fine,Task,Open,2026-09-03 01:20,,x\n\
        ,2,no key,Task,Open,2026-09-03 01:20,,\n\
        AB-3,3,shifted,Task,Open,2026-09-03 01:20,,x,y\n\
        AB-4,4,short,Task\n\
        AB-5,5,when?,Change,Open,2026-09-03 01:20,soon,\n\
        AB-6,6,who cares,Task,Open,2026-09-03 01:20,soon,\n";
    let held = import(csv.replace("A-1,", "AB-1,").as_bytes(), &Options::default()).unwrap();
    let rejects: Vec<_> = held
        .rejects
        .iter()
        .map(|reject| (reject.place.row, reject.place.line, reject.field.as_deref(), reject.reason.as_str()))
        .collect();
    assert_eq!(
        rejects,
        [
            (2, Some(3), Some("Issue key"), "The row has no issue key."),
            (
                3,
                Some(4),
                None,
                "The row has 9 cells and the header 8, so that values would stand under the wrong names."
            ),
            (
                4,
                Some(5),
                None,
                "The row has 4 cells and the header 8, so that values would stand under the wrong names."
            ),
            (5, Some(6), Some("Resolved"), "\"soon\" cannot be read as a time: it is not a date that can be read."),
        ]
    );
    assert_eq!(held.tickets().iter().map(|ticket| ticket.key.as_str()).collect::<Vec<_>>(), ["AB-1", "AB-6"]);
    assert_eq!(held.warning_codes(), ["timezone_assumed", "times_unreadable"]);
    assert_eq!(held.summary.rows_read, 6);
}

#[test]
fn a_file_at_the_limit_is_told_of() {
    let header = "Issue key,Issue id,Summary,Issue Type,Status\n";
    let rows = |count: usize| (1..=count).map(|n| format!("AB-{n},{n},s,Task,Open\n")).collect::<String>();
    let codes = |count: usize| {
        let held = import(format!("{header}{}", rows(count)).as_bytes(), &Options::default()).unwrap();
        held.summary.warnings.into_iter().map(|warning| warning.code).collect::<Vec<_>>()
    };
    assert_eq!(codes(1000), ["cut_off"]);
    assert_eq!(codes(999), [""; 0]);
}

#[test]
fn keys() {
    let check = |text: &str, expected: bool| assert_eq!(is_key(text), expected, "{text}");
    check("PLAT-1190", true);
    check("A2_B-1", true);
    check("AB-1-2", false);
    check("plat-1190", false);
    check("A-1", false);
    check("PLAT-", false);
    check("20411", false);
}

#[test]
fn a_change_that_was_called_off_was_not_done_in_any_language() {
    let check = |header: &str, row: &str, expected: Option<bool>| {
        let held = import(format!("{header}\n{row}\n").as_bytes(), &Options::default()).unwrap();
        assert_eq!(held.tickets()[0].done, expected, "{row}");
    };
    let english = "Summary,Issue key,Issue id,Issue Type,Status,Priority,Reporter,Created,Updated,Resolved,Resolution,Status Category";
    let dates = "2026-11-01 09:15,2026-11-03 16:02,2026-11-01 11:40";
    check(english, &format!("a,CHM-1,1,[System] Change,Closed,High,Lin Eze,{dates},Done,Done"), Some(true));
    check(english, &format!("a,CHM-2,2,[System] Change,Closed,High,Lin Eze,{dates},Won't Do,Done"), Some(false));
    check(english, &format!("a,CHM-3,3,[System] Change,Canceled,High,Lin Eze,{dates},Done,Done"), Some(false));
    check(english, &format!("a,CHM-4,4,Bug,Closed,High,Lin Eze,{dates},Won't Do,Done"), Some(true));
    let german = "Zusammenfassung,Vorgangsschlüssel,Vorgangs-ID,Vorgangstyp,Status,Priorität,Autor,Erstellt,Aktualisiert,Erledigt,Lösung,Statuskategorie";
    check(german, &format!("a,CHM-1,1,[System] Änderung,Abgeschlossen,Hoch,Lin Eze,{dates},Fertig,Fertig"), Some(true));
    check(german, &format!("a,CHM-2,2,[System] Änderung,Abgebrochen,Hoch,Lin Eze,{dates},Fertig,Fertig"), Some(false));
    check(
        german,
        &format!("a,CHM-3,3,[System] Änderung,Erledigt,Hoch,Lin Eze,{dates},Wird nicht erledigt,Fertig"),
        Some(false),
    );
}

#[test]
fn plans_stand_in_the_text_of_the_ticket_under_their_headings() {
    let check = |columns: &str, cells: &str, expected: Option<&str>| {
        let csv =
            format!("Summary,Issue key,Issue Type,Status,Reporter,{columns}\nx,CHM-1,Change,Done,Lin Eze,{cells}\n");
        let held = import(csv.as_bytes(), &Options::default()).unwrap();
        assert_eq!(held.tickets()[0].body.as_deref(), expected, "{columns}");
    };
    check("Custom field (Rollback plan)", "Put 4.2 back.", Some("Backout plan:\nPut 4.2 back."));
    check("Description,Custom field (Backout plan)", "Faster.,", Some("Faster."));
    check("Custom field (Backout plan),Custom field (Team)", ",Pay", None);
}
