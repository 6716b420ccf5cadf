use super::*;
use crate::{
    FileChoice, Settings, Timestamp, WhenAbsent,
    host::scripted::{Scripted, app_in, pulls},
    use_case,
    wire::{ColumnMeaning, ColumnMeanings, Progress},
};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A person's desk: a folder with files, an empty ledger, nobody to ask.
struct Desk {
    folder: TempDir,
}

impl Host for Desk {
    fn now(&self) -> Timestamp {
        Timestamp::parse_rfc3339("2026-10-01T08:00:00Z").unwrap()
    }
    fn progress(&self, _: &Progress) {}
    fn choose_files(&self, _: FileChoice) -> Vec<PathBuf> {
        Vec::new()
    }
    fn choose_target(&self, _: &str) -> Option<PathBuf> {
        None
    }
    fn data_folder(&self) -> PathBuf {
        self.folder.path().join("data")
    }
    fn shows_the_ledger_meanwhile(&self) -> bool {
        true
    }
    fn open_address(&self, _: &str) -> bool {
        false
    }
}

impl Desk {
    fn new() -> (Self, App) {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        let settings = Settings {
            ledger: desk.folder.path().join("own.changeledger"),
            data_folder: desk.data_folder(),
            as_of: None,
            open_sample: false,
            when_absent: WhenAbsent::Create,
        };
        (desk, App::new(settings).unwrap())
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).unwrap();
        std::fs::write(&path, content).unwrap();
        path.display().to_string()
    }
}

#[test]
fn a_look_that_is_stopped_leaves_nothing_on_the_desk() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pulls.json");
    std::fs::write(&path, pulls(1..=3)).unwrap();
    let paths = vec![path.display().to_string()];
    let app = app_in(folder.path());
    let looks = std::sync::Mutex::new(Vec::new());
    let watching =
        Scripted::at_progress(|progress| looks.lock().unwrap().push((progress.job, progress.subject.clone())));
    let request = ImportRequest { paths: paths.clone(), ..ImportRequest::default() };
    assert_eq!(lay_out(&app, &watching, request.clone()).unwrap().files.len(), 1);
    assert!(looks.lock().unwrap().contains(&(Job::Look, paths[0].clone())));

    let stopping = Scripted::at_progress(|_| app.jobs().cancel(Job::Look));
    let stopped = lay_out(&app, &stopping, request.clone()).unwrap_err();
    assert_eq!(stopped.code, ErrorCode::Cancelled);
    assert_eq!(lay_out(&app, &Scripted::quiet(), request).unwrap().files.len(), 1, "a later look is another job");
}

#[test]
fn a_rehearsal_shows_how_far_it_is_and_can_be_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pulls.json");
    std::fs::write(&path, pulls(1..=3)).unwrap();
    let request = ImportRequest { paths: vec![path.display().to_string()], dry_run: true, ..ImportRequest::default() };
    let app = app_in(folder.path());
    let shown = std::sync::Mutex::new(0);
    let watching = Scripted::at_progress(|_| *shown.lock().unwrap() += 1);
    let rehearsed = use_case::import::import(&app, &watching, request.clone()).unwrap();
    assert_eq!((rehearsed.runs.len(), rehearsed.previews.len()), (1, 1));
    let shown = *shown.lock().unwrap();

    // Stopped by each thing that is shown: before, while and after the file is read.
    for place in 1..=shown {
        let seen = std::sync::Mutex::new(0);
        let stopping = Scripted::at_progress(|_| {
            let mut seen = seen.lock().unwrap();
            *seen += 1;
            if *seen == place {
                app.jobs().cancel(Job::Import);
            }
        });
        let stopped = use_case::import::import(&app, &stopping, request.clone()).unwrap_err();
        assert_eq!(stopped.code, ErrorCode::Cancelled, "{place} of {shown}");
    }
}

fn one(answer: LaidOutFiles) -> LaidOutFile {
    let [file] = <[LaidOutFile; 1]>::try_from(answer.files).unwrap();
    file
}

fn paths(path: &str) -> ImportRequest {
    ImportRequest { paths: vec![path.to_owned()], ..ImportRequest::default() }
}

const JIRA: &str = "Issue key,Issue id,Summary,Issue Type,Created,Resolved\n";

fn pull_request(number: u32, merged_at: &str) -> String {
    format!(
        r#"{{"number":{number},"title":"Change {number}","author":{{"login":"ana","is_bot":false}},"baseRefName":"main",
        "state":"MERGED","createdAt":"2026-07-01T08:00:00Z","mergedAt":"{merged_at}",
        "updatedAt":"2026-07-01T09:00:00Z","url":"https://github.com/example/till/pull/{number}","reviews":[]}}"#
    )
}

#[test]
fn a_file_shows_what_it_is_and_says_before_anything_is_written() {
    let (desk, app) = Desk::new();
    let rows: Vec<_> = (1..=7).map(|number| pull_request(number, "2026-07-01T09:00:00Z")).collect();
    let path = desk.file("prs.json", format!("[{},{}]", rows.join(","), pull_request(8, "yesterday")));
    let file = one(lay_out(&app, &desk, paths(&path)).unwrap());
    let recognised = file.recognised.unwrap();
    assert_eq!((recognised.kind, recognised.source.as_str()), (SourceKind::GithubGh, "github"));
    assert_eq!((file.error, file.questions, file.known_as), (None, vec![], None));
    let content = file.content.unwrap();
    assert_eq!((content.whole, content.readable, content.rejected), (true, 7, 1));
    assert_eq!(content.rows.len(), 6, "five rows, and the one that would be rejected");
    assert_eq!(content.rows[0].records[0].name, "github:example/till#1");
    assert_eq!(content.rows[5].reject.as_ref().unwrap().field.as_deref(), Some("mergedAt"));
    assert!(use_case::import::imports(&app, &desk, crate::wire::Nothing {}).unwrap().imports.is_empty());
}

#[test]
fn bytes_that_the_ledger_holds_are_known_under_any_name() {
    let (desk, app) = Desk::new();
    let text = format!("[{}]", pull_request(1, "2026-07-01T09:00:00Z"));
    let path = desk.file("prs.json", &text);
    use_case::import::import(&app, &desk, paths(&path)).unwrap();
    let known = |path: &str| one(lay_out(&app, &desk, paths(path)).unwrap()).known_as;
    assert_eq!(known(&path), Some(1));
    assert_eq!(known(&desk.file("copy.json", &text)), Some(1));
    assert_eq!(known(&desk.file("other.json", text.replace("ana", "eva"))), None);
}

#[test]
fn what_a_file_leaves_open_is_asked_with_its_evidence() {
    let (desk, app) = Desk::new();
    let check = |name: &str, text: String, expected: Vec<FileQuestion>, importable: bool| {
        let file = one(lay_out(&app, &desk, paths(&desk.file(name, text))).unwrap());
        assert_eq!((file.questions, file.error.is_none()), (expected, importable), "{name}");
    };
    check(
        "zone.csv",
        format!("{JIRA}OPS-1,1,Till,Bug,2026-07-01 10:00,\n"),
        vec![FileQuestion::TimeZone {
            assumed: "UTC".to_owned(),
            example: Some(LocalTimeExample {
                column: "Created".to_owned(),
                text: "2026-07-01 10:00".to_owned(),
                at: Timestamp::parse_rfc3339("2026-07-01T10:00:00Z").unwrap(),
            }),
        }],
        true,
    );
    check(
        "order.csv",
        format!("{JIRA}OPS-1,1,Till,Bug,03/04/26 10:00,\n"),
        vec![FileQuestion::DateOrder {
            column: "Created".to_owned(),
            example: "03/04/26 10:00".to_owned(),
            day_first: "3 April 2026".to_owned(),
            month_first: "4 March 2026".to_owned(),
        }],
        false,
    );
    let nameless =
        pull_request(1, "2026-07-01T09:00:00Z").replace(r#","url":"https://github.com/example/till/pull/1""#, "");
    check("nameless.json", format!("[{nameless}]"), vec![FileQuestion::Repository], false);
    check("letter.txt", "Dear auditor, the numbers are below.".to_owned(), vec![], false);
}

#[test]
fn an_answer_settles_the_question() {
    let (desk, app) = Desk::new();
    let zone = desk.file("zone.csv", format!("{JIRA}OPS-1,1,Till,Bug,2026-07-01 10:00,\n"));
    let answered = ImportRequest { timezone: Some("Europe/Berlin".to_owned()), ..paths(&zone) };
    let file = one(lay_out(&app, &desk, answered).unwrap());
    assert_eq!(file.questions, vec![]);
    let opened = |file: LaidOutFile| {
        let facts = file.content.unwrap().rows[0].records[0].facts.clone();
        facts.into_iter().find(|fact| fact.fact == "opened_at").unwrap().value.unwrap()
    };
    assert_eq!(opened(file), "2026-07-01T08:00:00Z");
    let order = desk.file("order.csv", format!("{JIRA}OPS-1,1,Till,Bug,03/04/26 10:00,\n"));
    let month_first = ImportRequest { date_order: Some("mdy".to_owned()), ..paths(&order) };
    assert_eq!(opened(one(lay_out(&app, &desk, month_first).unwrap())), "2026-03-04T10:00:00Z");
}

#[test]
fn a_table_that_nobody_knows_is_explained_once() {
    let (desk, app) = Desk::new();
    let register = "Change-Nr.;Was;Umgesetzt am;Wer hat freigegeben\nC-1;Till;2026-07-01T10:00:00Z;Eva Brandt\n";
    let path = desk.file("Change Register.csv", register);
    let file = one(lay_out(&app, &desk, paths(&path)).unwrap());
    assert_eq!(file.questions, vec![FileQuestion::Columns]);
    let table = file.table.unwrap();
    assert_eq!(table.columns, ["Change-Nr.", "Was", "Umgesetzt am", "Wer hat freigegeben"]);
    assert_eq!(table.rows, [["C-1", "Till", "2026-07-01T10:00:00Z", "Eva Brandt"]]);
    assert_eq!((table.profile.name.as_str(), table.saved_as), ("change-register", None));
    let meaning = |column: &str, field: &str| ColumnMeaning { column: column.to_owned(), field: field.to_owned() };
    let guessed = vec![meaning("Change-Nr.", "number"), meaning("Umgesetzt am", "implemented_at")];
    assert_eq!(table.profile.columns, guessed);

    let columns = guessed.into_iter().chain([meaning("Was", "title"), meaning("Wer hat freigegeben", "approver")]);
    let meanings = ColumnMeanings { columns: columns.collect(), ..table.profile };
    let saved = use_case::profile::save(&app, &desk, meanings).unwrap().path.unwrap();

    let newer = desk.file("next.csv", register.replace("C-1", "C-2"));
    let file = one(lay_out(&app, &desk, paths(&newer)).unwrap());
    assert_eq!((file.questions, file.error), (vec![], None));
    let table = file.table.unwrap();
    assert_eq!((table.saved_as.as_deref(), table.profile.name.as_str()), (Some(saved.as_str()), "change-register"));
    let record = &file.content.unwrap().rows[0].records[0];
    assert!(record.name.contains("C-2"), "{}", record.name);

    let other = desk.file("other.csv", "Nr;Betrag\n1;20\n");
    assert_eq!(one(lay_out(&app, &desk, paths(&other)).unwrap()).questions, vec![FileQuestion::Columns]);
    // What is imported is what was shown.
    let request = ImportRequest { profile: Some(saved), ..paths(&newer) };
    let answer = use_case::import::import(&app, &desk, request).unwrap();
    assert_eq!((answer.runs[0].rows.accepted, answer.failures.len()), (1, 0));

    // Who names no profile gets the one that fits, and is told.
    let third = desk.file("third.csv", register.replace("C-1", "C-3"));
    let run = use_case::import::import(&app, &desk, paths(&third)).unwrap().runs[0].clone();
    assert_eq!(run.rows.accepted, 1);
    assert_eq!(
        run.recognised_by,
        "It is a table, and the saved profile \"change-register\" says what its columns mean."
    );
}

#[test]
fn a_folder_shows_each_of_its_files() {
    let (desk, app) = Desk::new();
    desk.file("exports/prs.json", format!("[{}]", pull_request(1, "2026-07-01T09:00:00Z")));
    desk.file("exports/letter.txt", "Dear auditor, the numbers are below.");
    let folder = desk.folder.path().join("exports").display().to_string();
    let files = lay_out(&app, &desk, paths(&folder)).unwrap().files;
    let seen: Vec<_> = files
        .iter()
        .map(|file| (file.path.rsplit('/').next().unwrap_or_default(), file.among_others, file.error.is_some()))
        .collect();
    assert_eq!(seen, [("letter.txt", true, true), ("prs.json", true, false)]);
}

#[test]
fn of_a_large_file_the_beginning_is_shown_and_its_cut_row_is_not_judged() {
    let (desk, app) = Desk::new();
    let long = format!(r#""title":"{} "#, "Till ".repeat(2000));
    let row = |number| pull_request(number, "2026-07-01T09:00:00Z").replace(r#""title":""#, &long);
    let rows: Vec<_> = (1..=2000).map(row).collect();
    let path = desk.file("prs.json", format!("[{}]", rows.join(",")));
    let content = one(lay_out(&app, &desk, paths(&path)).unwrap()).content.unwrap();
    assert_eq!((content.whole, content.rejected), (false, 0));
    assert!((1000..2000).contains(&content.readable), "{}", content.readable);
    assert!(content.warnings.iter().all(|warning| warning.code != "truncated"), "{:?}", content.warnings);
}
