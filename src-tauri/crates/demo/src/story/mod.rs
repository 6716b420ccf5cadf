//! What happened at the company: which pull requests exist, and what each of them is meant to show.
//!
//! Everything follows from the seed and a record's place, so that any record can be made again at any time and nothing
//! has to be kept: a million changes are written in the memory of a few.

pub(crate) mod change;
pub(crate) mod exports;
pub(crate) mod layout;
pub(crate) mod naming;
pub(crate) mod register;
pub(crate) mod seasons;
pub(crate) mod unmerged;

mod circumstances;
mod emergency;
mod history;
mod routine;

use crate::chance::Chance;
use crate::{Plan, ToolChain};
use change::Change;
use exports::Exports;
use layout::Layout;
use register::Register;

/// The whole story of one plan.
#[derive(Debug)]
pub(crate) struct Story {
    /// The tools in which it leaves its records.
    pub(crate) tools: ToolChain,
    pub(crate) chance: Chance,
    pub(crate) layout: Layout,
    pub(crate) exports: Exports,
    pub(crate) register: Register,
}

impl Story {
    /// Lays the story out.
    pub(crate) fn of(plan: &Plan) -> Self {
        let chance = Chance::new(plan.seed);
        let layout = Layout::of(plan);
        let exports = Exports::of(&layout);
        let register = Register::of(&chance, &layout, &exports);
        Self { tools: plan.tools, chance, layout, exports, register }
    }

    /// Every merged pull request: repository by repository, each in the order of opening.
    pub(crate) fn changes(&self) -> impl Iterator<Item = Change> + '_ {
        self.layout.places().map(|place| Change::at(&self.chance, &self.layout, &self.exports, place))
    }

    /// The merged pull request at a slot of a repository, if there is one.
    pub(crate) fn change(&self, repository: usize, slot: u64) -> Option<Change> {
        let place = self.layout.place(repository, slot)?;
        Some(Change::at(&self.chance, &self.layout, &self.exports, place))
    }
}
