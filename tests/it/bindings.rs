//! The window's TypeScript of the wire types is what the Rust list of commands says.

use std::{collections::BTreeMap, fs, path::Path};

#[test]
fn bindings_are_up_to_date() {
    let committed = Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|folder| folder.join("ui/src/bindings"))
        .find(|folder| folder.exists())
        .unwrap();
    let fresh = tempfile::tempdir().unwrap();
    change_ledger_app::command::export_bindings(fresh.path()).unwrap();
    if std::env::var_os("UPDATE_BINDINGS").is_some() {
        fs::remove_dir_all(&committed).unwrap();
        fs::create_dir_all(&committed).unwrap();
        for (name, text) in read(fresh.path()) {
            fs::write(committed.join(name), text).unwrap();
        }
    }
    let (wanted, found) = (read(fresh.path()), read(&committed));
    assert_eq!(wanted.keys().collect::<Vec<_>>(), found.keys().collect::<Vec<_>>(), "run `make bindings`");
    for (name, text) in wanted {
        assert_eq!(text, found[&name], "{name} has drifted; run `make bindings`");
    }
}

fn read(folder: &Path) -> BTreeMap<String, String> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(&path).unwrap()))
        .collect()
}
