//! Which pull requests were exported into which file, and when: half-year files that overlap by a month, as people make
//! them, or files of 100,000 rows when there are very many.

use std::ops::Range;

use crate::calendar::{DAY, LAST_EXPORT};
use crate::company::repositories::{RATE_ENGINE, REPOSITORIES, STATUS_PAGE};
use crate::story::layout::{Layout, Place};

/// Above this many changes the files are cut by rows, not by half-years.
const CUT_BY_ROWS_ABOVE: u64 = 20_000;
/// Rows of a file when files are cut by rows.
const ROWS_OF_A_FILE: u64 = 100_000;
/// Rows that the next such file repeats.
const ROWS_REPEATED: u64 = 400;

/// One export file of one repository.
#[derive(Debug, Clone)]
pub(crate) struct Slice {
    pub(crate) repository: usize,
    /// `booking-api-2.json`.
    pub(crate) file_name: String,
    /// The repository's slots in it.
    pub(crate) slots: Range<u64>,
    /// When it was made: seconds since 1970 UTC. Nothing later shows in it.
    pub(crate) exported_at: i64,
    /// False when the reviews were not asked for.
    pub(crate) with_reviews: bool,
}

/// All export files.
#[derive(Debug)]
pub(crate) struct Exports {
    pub(crate) slices: Vec<Slice>,
}

impl Exports {
    /// Cuts the story into files.
    pub(crate) fn of(layout: &Layout) -> Self {
        let mut slices = Vec::new();
        for repository in 0..REPOSITORIES.len() {
            let cuts = if layout.changes > CUT_BY_ROWS_ABOVE {
                by_rows(layout, repository)
            } else {
                by_half_years(layout, repository)
            };
            slices.extend(cuts.into_iter().zip(1..).map(|(cut, n)| Slice {
                repository,
                file_name: format!("{}-{n}.json", REPOSITORIES.get(repository).map_or("", |found| found.name)),
                slots: cut.slots,
                exported_at: cut.exported_at,
                with_reviews: cut.with_reviews,
            }));
        }
        Self { slices }
    }

    /// In how many files a place is.
    pub(crate) fn files_with(&self, place: &Place) -> usize {
        self.with(place).count()
    }

    /// The last moment that any export of a place shows.
    pub(crate) fn seen_until(&self, place: &Place) -> i64 {
        let moments = self.with(place).map(|slice| slice.exported_at);
        moments.max().unwrap_or(LAST_EXPORT)
    }

    fn with(&self, place: &Place) -> impl Iterator<Item = &Slice> {
        let (repository, slot) = (place.repository, place.slot);
        self.slices.iter().filter(move |slice| slice.repository == repository && slice.slots.contains(&slot))
    }
}

struct Cut {
    slots: Range<u64>,
    exported_at: i64,
    with_reviews: bool,
}

fn by_rows(layout: &Layout, repository: usize) -> Vec<Cut> {
    let slots = layout.slots(repository);
    // The first half-year of the rate engine has a file of its own, because it lacks the reviews.
    let partial = match repository {
        RATE_ENGINE => layout.blocks_of(repository).take(2).map(|block| block.slots).sum(),
        _ => 0,
    };
    let cut = |slots, with_reviews| Cut { slots, exported_at: LAST_EXPORT, with_reviews };
    let whole = (0..(slots - partial).div_ceil(ROWS_OF_A_FILE)).map(|file| {
        let start = partial + file * ROWS_OF_A_FILE;
        let repeated = if file == 0 { 0 } else { ROWS_REPEATED };
        cut(start - repeated..slots.min(start + ROWS_OF_A_FILE), true)
    });
    let lacking = (partial > 0).then(|| cut(0..partial, false));
    lacking.into_iter().chain(whole).collect()
}

fn by_half_years(layout: &Layout, repository: usize) -> Vec<Cut> {
    let slots = layout.slots(repository);
    if repository == STATUS_PAGE {
        return vec![Cut { slots: 0..slots, exported_at: LAST_EXPORT, with_reviews: true }];
    }
    let blocks: Vec<u64> = layout.blocks_of(repository).map(|block| block.slots).collect();
    let mut cuts = Vec::new();
    let mut start = 0;
    // A third of the quarter before is repeated.
    let mut repeated = 0;
    for half in blocks.chunks(2) {
        let end = start + half.iter().sum::<u64>();
        let partial = repository == RATE_ENGINE && start == 0;
        let last_opened =
            layout.place(repository, end.saturating_sub(1)).map_or(LAST_EXPORT, |place| layout.opened(&place));
        // The partial export came late, and nobody made it again: everything in it was merged, nothing is repeated.
        let wait = if partial { 47 * DAY } else { 3 * DAY };
        cuts.push(Cut {
            slots: start - repeated..end,
            exported_at: (last_opened + wait).min(LAST_EXPORT),
            with_reviews: !partial,
        });
        repeated = if partial { 0 } else { half.last().map_or(0, |slots| slots / 3) };
        start = end;
    }
    cuts
}
