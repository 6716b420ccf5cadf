//! Azure DevOps: pull requests of Azure Repos, and the threads in which their votes are dated.

mod identity;
pub(super) mod pull;
pub(super) mod thread;

/// The tool, as ids name it.
const TOOL: &str = "azure-repos";
