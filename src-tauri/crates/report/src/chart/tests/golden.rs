//! The drawings as files, for people to look at and for tests to compare.

use super::{Medium, drawn, gallery};
use std::path::PathBuf;

/// Largest drawing in bytes.
const LARGEST: usize = 20 * 1024;

/// Set `UPDATE_GOLDEN=1` to write the drawings anew, then look at them.
#[test]
fn drawings_are_the_golden_ones() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../tests/golden/charts");
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    for (chart, size) in gallery() {
        let svg = drawn(&chart, size, Medium::Print).into_string();
        assert!(svg.len() < LARGEST, "{}: {} bytes", chart.id, svg.len());
        let path = folder.join(format!("{}.svg", chart.id));
        if update {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&path, &svg).unwrap();
        }
        let golden = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert!(golden == svg, "{} differs from its golden drawing; look at it after UPDATE_GOLDEN=1", chart.id);
    }
}
