//! What a file may not do to the program that reads it: one case per limit, and the sentence that says so.

use crate::{hostile::refused, support::Sandbox};
use flate2::{Compression, write::GzEncoder};
use std::{
    io::{Cursor, Write},
    path::Path,
};
use zip::{ZipWriter, write::SimpleFileOptions};

const RECORD: &str = r#"[{"number":7,"title":"Cap retries","url":"https://github.com/acme/pay/pull/7","author":{"login":"mara"},"state":"MERGED","createdAt":"2026-07-01T08:00:00Z","mergedAt":"2026-07-01T09:00:00Z","updatedAt":"2026-07-01T09:00:00Z","baseRefName":"main","labels":[],"reviews":[]}]"#;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A tar of one file and one link to it.
fn tape(file: &str, link: tar::EntryType, target: &str) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    // The library refuses to write the names that must be refused on reading.
    header.as_mut_bytes()[..file.len()].copy_from_slice(file.as_bytes());
    header.set_size(RECORD.len() as u64);
    header.set_cksum();
    builder.append(&header, RECORD.as_bytes()).unwrap();
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(link);
    header.set_size(0);
    builder.append_link(&mut header, "link.json", target).unwrap();
    builder.into_inner().unwrap()
}

#[test]
fn files_that_would_grow_or_escape_are_refused() {
    let check = |name: &str, bytes: Vec<u8>, says: &str| {
        let sandbox = Sandbox::new();
        let path = sandbox.file(name, bytes);
        refused(&sandbox, &path, says);
    };
    let blanks = " ".repeat(8 * 1024 * 1024);
    let grows = format!("{RECORD}{blanks}");
    let sheets = "<workbook><sheets/></workbook>";
    check("bomb.zip", zip(&[("a.json", &grows)]), "it unpacks to more than 200 times its size");
    check("bomb.json.gz", gzip(grows.as_bytes()), "it unpacks to more than 200 times its size");
    check(
        "bomb.xlsx",
        zip(&[("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", sheets), ("xl/a.xml", &blanks)]),
        "its parts unpack to more than 200 times their size",
    );
    let table = |rows: &str| format!("<content><table name=\"T\">{rows}</table></content>");
    let ods = |content: &str| {
        zip(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content)])
    };
    let cell = "<table-cell number-columns-repeated=\"16384\" value=\"1\"/>";
    check(
        "repeats.ods",
        ods(&table(&format!("<table-row number-rows-repeated=\"1048576\">{cell}</table-row>"))),
        "it has more than 10000000 cells",
    );
    check("waits.ods", ods("<content><table name=\"T\">"), "one of its parts ends before its last tag");
    check("escapes.zip", zip(&[("../evil.json", RECORD)]), "its member \"../evil.json\" is named to escape the folder");
    check(
        "escapes.tar",
        tape("/etc/evil.json", tar::EntryType::Symlink, "x"),
        "its member \"/etc/evil.json\" is named to escape the folder",
    );
    let deep = (0..5).fold(RECORD.as_bytes().to_vec(), |inner, _| gzip(&inner));
    check("deep.gz", deep, "it holds archives within archives, more than 4 levels deep");
    let laughs = "<!DOCTYPE rss [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;\">]>\
        <rss><channel><item><key>PLAT-1</key><title>[PLAT-1] &b;</title><project key=\"PLAT\">P</project></item></channel></rss>";
    check("laughs.xml", laughs.into(), "it declares entities of its own, which no tool's export does");
}

#[test]
fn links_in_an_archive_are_named_and_not_followed() {
    for link in [tar::EntryType::Symlink, tar::EntryType::Link] {
        let sandbox = Sandbox::new();
        let secret =
            sandbox.file("secret.json", RECORD.replace("\"number\":7", "\"number\":8").replace("pull/7", "pull/8"));
        let path = sandbox.file("x.tar", tape("prs.json", link, secret.to_str().unwrap()));
        let answer = sandbox.json([Path::new("import"), &path]);
        let said = answer["skipped"][0]["error"]["message"].as_str().unwrap();
        assert!(said.contains("x.tar/link.json is a link, which is not followed"), "{answer}");
        let changes = sandbox.json(["changes"]);
        assert_eq!(changes["total"], 1, "{changes}");
        assert!(changes["items"][0]["id"].as_str().unwrap().ends_with('7'), "{changes}");
    }
}

#[test]
fn a_row_beyond_a_limit_is_rejected_alone_and_says_which() {
    let check = |name: &str, text: String, rows: (u64, u64), says: &str| {
        let sandbox = Sandbox::new();
        let path = sandbox.file(name, text);
        let run = sandbox.import(&path);
        assert_eq!((run["rows"]["accepted"].as_u64(), run["rows"]["rejected"].as_u64()), (Some(rows.0), Some(rows.1)));
        let rejects = sandbox.run(["imports", "rejects", "1"]);
        assert!(rejects.stdout.contains(says), "{rejects:?}");
    };
    let nested = format!("{{\"title\":\"x\",\"number\":8,\"labels\":{}{}}}", "[".repeat(200), "]".repeat(200));
    let two = format!("{},{nested}]", RECORD.trim_end_matches(']'));
    check("deep.json", two, (1, 1), "The record nests deeper than 128 levels.");
    let issue = |key: &str, description: &str| format!("\n{key},100,Task,Open,01/Sep/26 3:15 AM,{description}");
    let table = [
        "Issue key,Issue id,Issue Type,Status,Created,Description",
        &issue("PLAT-1", "short"),
        &issue("PLAT-2", &"x".repeat(17 * 1024 * 1024)),
        &issue("PLAT-3", "short"),
    ];
    check("wide.csv", table.concat(), (2, 1), "A cell is longer than 16 MiB.");
}

#[test]
fn a_cell_that_looks_like_a_formula_stays_text_on_its_way_in_and_out() {
    let sandbox = Sandbox::new();
    let formula = "=HYPERLINK(\\\"https://example.com\\\")";
    let path = sandbox.file("prs.json", RECORD.replace("Cap retries", formula));
    sandbox.import(&path);
    let written = sandbox.run(["--format", "csv", "changes"]);
    assert!(written.stdout.contains("\"'=HYPERLINK(\"\"https://example.com\"\")\""), "{written:?}");
}
