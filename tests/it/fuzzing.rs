//! The properties that fuzzing tries, on seeds and a fixed number of damages of them: the same on every machine.

use change_ledger_fuzz::{Mutations, TARGETS, try_target};
use std::{collections::BTreeSet, fs, path::Path};

/// Decides how the seeds are damaged.
const SEED: u64 = 0x6368_616e_6765;

/// Tries a target on its seeds and on `count` damages of them.
fn holds(name: &str, count: usize) {
    let target = TARGETS.iter().find(|target| target.name == name).unwrap();
    let seeds = (target.seeds)();
    assert!(!seeds.is_empty());
    for bytes in seeds.iter().cloned().chain(Mutations::new(seeds.clone(), SEED).take(count)) {
        if let Err(broken) = std::panic::catch_unwind(|| try_target(name, &bytes)) {
            eprintln!("{name} on {:?}", String::from_utf8_lossy(&bytes));
            std::panic::resume_unwind(broken);
        }
    }
}

#[test]
fn archives_stay_within_their_limits() {
    holds("archive", 1000);
}

#[test]
fn a_table_says_the_same_with_every_separator_and_encoding() {
    holds("csv", 400);
}

#[test]
fn a_full_timestamp_is_that_point_in_time() {
    holds("dates", 400);
}

#[test]
fn two_logs_say_what_each_of_them_says() {
    holds("git_log", 1000);
}

#[test]
fn the_frame_around_records_changes_nothing() {
    holds("json", 1000);
}

#[test]
fn what_a_text_names_stands_in_it() {
    holds("mentions", 3000);
}

#[test]
fn a_policy_can_be_written_and_read_again() {
    holds("policy", 1000);
}

#[test]
fn a_profile_can_be_written_and_read_again() {
    holds("profile", 600);
}

#[test]
fn every_source_places_its_rows_and_reads_them_again() {
    holds("sources", 800);
}

#[test]
fn the_sheets_of_a_workbook_are_tables_of_bounded_size() {
    holds("workbook", 1500);
}

#[test]
fn entities_of_a_file_do_not_make_it_grow() {
    holds("xml", 500);
}

#[test]
fn every_target_has_its_program() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fuzz/targets");
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
    let programs = fs::read_dir(folder.join("programs")).unwrap();
    let programs: BTreeSet<String> =
        programs.map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned()).collect();
    assert_eq!(programs, TARGETS.iter().map(|target| target.name.to_owned()).collect());
    for name in programs {
        assert!(manifest.contains(&format!("name = \"{name}\"\n")), "{name} is in no [[bin]]");
        let program = fs::read_to_string(folder.join(format!("programs/{name}.rs"))).unwrap();
        assert!(program.contains(&format!("try_target(\"{name}\", bytes)")), "{program}");
    }
}
