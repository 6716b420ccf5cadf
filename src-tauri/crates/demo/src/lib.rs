//! Writes a fictional company's exports and the numbers a correct tool must find in them.
//!
//! The generator plans every pull request together with the verdicts it is meant to receive, writes the exports from the plan,
//! and sums the verdicts up. It reads no export and shares no code with the product, so that the two can be compared.
//! The same [`Plan`] writes the same bytes.
//!
//! Read on in this order: `story` (what happens), `text` (how it is worded), `write` (the files), `truth` (the numbers).

mod calendar;
mod chance;
mod company;
mod error;
mod numbers;
mod story;
mod text;
mod tool_chain;
mod truth;
mod write;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

pub use error::DemoError;
pub use tool_chain::{ToolChain, UnknownToolChain};
pub use truth::shape::{
    ApprovalCounts, Classes, CountAndShare, MissingIncidentLinks, OnTimeAndShare, QuarterTruth, RecordedAndShare,
    RetroactiveReview,
};
pub use truth::{PlantedEmergency, Records, Truth};

use story::Story;
use truth::Sum;
use write::folder::Folder;
use write::readme;

/// The fewest changes that carry the story.
const LEAST: u64 = 200;
/// The most: above it, an export would need more slots than the plan can scatter.
const MOST: u64 = 50_000_000;

/// What to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// Everything that is left to chance follows from it.
    pub seed: u64,
    /// Merged pull requests over the nine quarters; `None` for the size of the story, about 1,400.
    pub changes: Option<u64>,
    /// The tools in whose exports the story is told; what happens does not depend on them.
    pub tools: ToolChain,
}

impl Default for Plan {
    fn default() -> Self {
        Self { seed: 7, changes: None, tools: ToolChain::Github }
    }
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The export files, in a fixed order.
    pub files: Vec<PathBuf>,
    /// The file with the numbers.
    pub truth: PathBuf,
    /// Merged pull requests.
    pub changes: u64,
    /// The moment at which the numbers hold, RFC 3339.
    pub as_of: String,
}

/// Writes the exports and `truth.json` into a folder that is absent, empty, or holds nothing but an earlier demo.
///
/// Memory stays at some dozens of bytes for each emergency, whatever the number of changes.
///
/// # Errors
/// [`DemoError::Size`] for a number of changes that cannot carry the story, [`DemoError::Occupied`] for a folder that holds
/// anything else, [`DemoError::Io`] when the disk refuses.
pub fn write(out: &Path, plan: &Plan) -> Result<Written, DemoError> {
    let story = story_of(plan)?;
    let folder = Folder::take(out)?;
    save(&folder.readme(), |file| file.write_all(readme::heading().as_bytes()))?;
    let mut files = Vec::new();
    for export in write::files::of(&story) {
        let path = folder.file(&export.path)?;
        save(&path, |file| (export.write)(file))?;
        files.push(path);
    }

    let found = sum(&story);
    let truth = folder.truth();
    save(&truth, |file| {
        serde_json::to_writer_pretty(&mut *file, &found)?;
        file.write_all(b"\n")
    })?;
    save(&folder.readme(), |file| file.write_all(readme::text(plan, &found.records).as_bytes()))?;
    Ok(Written { files, truth, changes: found.records.changes, as_of: found.as_of })
}

/// The numbers alone, without writing anything.
///
/// # Errors
/// [`DemoError::Size`] for a number of changes that cannot carry the story.
pub fn truth(plan: &Plan) -> Result<Truth, DemoError> {
    Ok(sum(&story_of(plan)?))
}

fn story_of(plan: &Plan) -> Result<Story, DemoError> {
    match plan.changes {
        Some(asked) if !(LEAST..=MOST).contains(&asked) => Err(DemoError::Size { asked, least: LEAST, most: MOST }),
        _ => Ok(Story::of(plan)),
    }
}

fn sum(story: &Story) -> Truth {
    let mut sum = Sum::new(story);
    for change in story.changes() {
        sum.add(story, &change);
    }
    sum.finish()
}

fn save(path: &Path, content: impl FnOnce(&mut BufWriter<File>) -> std::io::Result<()>) -> Result<(), DemoError> {
    let file = File::create(path).map_err(DemoError::at(path))?;
    let mut file = BufWriter::with_capacity(1 << 20, file);
    content(&mut file).and_then(|()| file.flush()).map_err(DemoError::at(path))
}
