//! The rules of the house, held by reading the house.

use regex::Regex;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};
use walkdir::WalkDir;

/// Longest file that a person reads in one sitting.
const LONGEST_FILE: usize = 450;

/// The packages in the order in which data flows; each may use those before it.
const ORDER: [&str; 8] = ["model", "demo", "ingest", "store", "metrics", "report", "app", "cli"];

/// Libraries that exactly one package may name.
const OWNERS: [(&str, &str); 10] = [
    ("tauri", "desktop"),
    ("tauri-plugin-dialog", "desktop"),
    ("polars", "metrics"),
    ("parquet", "report"),
    ("plotters", "report"),
    ("plotters-backend", "report"),
    ("typst", "report"),
    ("typst-pdf", "report"),
    ("rusqlite", "store"),
    ("clap", "cli"),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .find(|folder| folder.join("ARCHITECTURE.md").exists())
        .unwrap()
        .to_owned()
}

/// Files that people wrote, with their text: no build output, nothing generated.
fn sources(endings: &[&str]) -> Vec<(PathBuf, String)> {
    let skipped =
        ["target", "node_modules", "dist", "bindings", "golden", "fixtures", ".git", ".venv", "gen", "screenshots"];
    let walk =
        WalkDir::new(root()).into_iter().filter_entry(|entry| !skipped.iter().any(|skip| entry.file_name() == *skip));
    walk.map(|entry| entry.unwrap().into_path())
        .filter(|path| {
            path.is_file() && endings.iter().any(|ending| path.extension().is_some_and(|found| found == *ending))
        })
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            (path.strip_prefix(root()).unwrap().to_owned(), text)
        })
        .collect()
}

/// Normal dependencies of each of our packages, by its short name.
fn dependencies() -> BTreeMap<String, Vec<String>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()
        .unwrap();
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap().iter().map(|package| {
        let normal =
            package["dependencies"].as_array().unwrap().iter().filter(|dependency| dependency["kind"].is_null());
        let names = normal.map(|dependency| dependency["name"].as_str().unwrap().to_owned()).collect();
        (package["name"].as_str().unwrap().strip_prefix("change-ledger-").unwrap().to_owned(), names)
    });
    packages.collect()
}

#[test]
fn data_flows_one_way() {
    let dependencies = dependencies();
    for (position, package) in ORDER.iter().enumerate() {
        for used in dependencies[*package].iter().filter_map(|name| name.strip_prefix("change-ledger-")) {
            let allowed = ORDER[..position].contains(&used);
            assert!(allowed, "{package} uses {used}, which comes after it");
        }
    }
    assert_eq!(
        dependencies["demo"].iter().filter(|name| name.starts_with("change-ledger-")).count(),
        0,
        "the truth must not come from the product"
    );
}

#[test]
fn every_library_has_its_one_owner() {
    for (package, used) in dependencies() {
        for (library, owner) in OWNERS {
            assert!(
                package == owner || !used.iter().any(|name| name == library),
                "{package} names {library}; only {owner} may"
            );
        }
    }
}

#[test]
fn nothing_in_the_product_can_use_the_network() {
    let tree = |package: &str| {
        let output = Command::new(env!("CARGO"))
            .args(["tree", "--offline", "--edges", "normal", "--prefix", "none", "--format", "{lib}", "-p", package])
            .current_dir(root())
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    for package in ["change-ledger-cli", "change-ledger-desktop"] {
        let tree = tree(package);
        assert!(tree.contains("rusqlite"), "the tree of {package} was read");
        for library in
            ["reqwest", "hyper", "ureq", "rustls", "curl", "openssl", "tauri_plugin_http", "tauri_plugin_updater"]
        {
            assert!(!tree.lines().any(|line| line.trim() == library), "{package} pulls {library}");
        }
    }
    let commandline = tree("change-ledger-cli");
    assert!(
        !commandline
            .lines()
            .any(|line| line.starts_with("webkit") || line.starts_with("tauri") || line.starts_with("gtk")),
        "the command line needs no window"
    );
}

#[test]
fn files_can_be_read_in_one_sitting() {
    for (path, text) in sources(&["rs", "ts", "svelte", "py"]) {
        let lines = text.lines().count();
        assert!(lines <= LONGEST_FILE, "{} has {lines} lines, more than {LONGEST_FILE}", path.display());
    }
}

#[test]
fn nothing_is_left_for_later() {
    let marks = Regex::new(
        &["TO", "DO|FIX", "ME|#\\[ign", "ore|(it|test|describe)\\.(skip|only)|to", "do!\\(|unimpl", "emented!\\("]
            .concat(),
    )
    .unwrap();
    for (path, text) in sources(&["rs", "ts", "svelte", "py", "sh", "typ", "sql"]) {
        if path.ends_with("marker.rs") {
            // It names what people write when they have nothing to say.
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            assert!(!marks.is_match(line), "{}:{}: {line}", path.display(), number + 1);
        }
    }
}

#[test]
fn names_say_what_things_are() {
    let vague =
        Regex::new(r"\b(struct|enum|trait|class|interface)\s+\w*(Manager|Service|Helper|Util|Utils)\b").unwrap();
    for (path, text) in sources(&["rs", "ts", "svelte"]) {
        assert!(!vague.is_match(&text), "{} has a name that says nothing", path.display());
        let stem = path.file_stem().unwrap().to_string_lossy().to_lowercase();
        assert!(
            !["utils", "util", "helpers", "helper", "misc", "common"].contains(&stem.as_str()),
            "{}",
            path.display()
        );
    }
}

#[test]
fn errors_keep_their_type() {
    let flattened = Regex::new(r"Result<[^<>]*(<[^<>]*>)?[^<>]*,\s*String>").unwrap();
    for (path, text) in sources(&["rs"]) {
        let is_argument_parser = path.starts_with("src-tauri/crates/cli/src");
        assert!(
            is_argument_parser || !flattened.is_match(&text),
            "{} has a Result with a String for an error",
            path.display()
        );
    }
}

#[test]
fn only_the_ipc_seam_of_the_window_knows_tauri() {
    let mut seen = 0;
    for (path, text) in sources(&["ts", "svelte"]) {
        if path.starts_with("ui/src/ipc") {
            seen += usize::from(text.contains("@tauri-apps"));
        } else if path.starts_with("ui/src") {
            assert!(!text.contains("@tauri-apps"), "{} imports @tauri-apps", path.display());
        }
    }
    assert!(seen > 0, "the seam exists");
}

#[test]
fn every_command_of_the_list_is_used_by_the_window() {
    let window: String = sources(&["ts", "svelte"])
        .into_iter()
        .filter(|(path, _)| path.starts_with("ui/src") && !path.to_string_lossy().ends_with(".test.ts"))
        .map(|(_, text)| text)
        .collect();
    for name in change_ledger_app::command::NAMES {
        assert!(window.contains(&format!("\"{name}\"")), "no screen uses the command `{name}`");
    }
}

#[test]
fn invariants_name_tests_that_exist() {
    let architecture = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let code: String = sources(&["rs", "ts"]).into_iter().map(|(_, text)| text).collect();
    let held_by = Regex::new(r"\(held by `([a-z0-9_]+)`\)").unwrap();
    let names: Vec<_> = held_by.captures_iter(&architecture).map(|found| found[1].to_owned()).collect();
    assert!(names.len() >= 8, "the invariants name their tests");
    for name in names {
        assert!(code.contains(&format!("fn {name}(")), "ARCHITECTURE.md names the test `{name}`, which does not exist");
    }
}

#[test]
fn the_readme_lists_every_source_and_every_metric() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    for entry in change_ledger_ingest::catalogue() {
        assert!(readme.contains(entry.kind.name()), "README.md does not name the source {}", entry.kind.name());
    }
    for metric in change_ledger_metrics::registry() {
        assert!(readme.contains(metric.name), "README.md does not name the metric {}", metric.name);
    }
}
