//! What the texts of a pull or merge request name.

use crate::mention;
use change_ledger_model::record::{FoundIn, Mention};

/// The texts of one request, and where it belongs.
#[derive(Debug, Clone, Copy)]
pub(super) struct ChangeText<'a> {
    /// The repository that a bare `#12` or `!12` means.
    pub(super) repository: &'a str,
    /// The request's own name, which it does not mention: `acme/pay!12`, in lower case.
    pub(super) own: &'a str,
    pub(super) title: &'a str,
    pub(super) body: Option<&'a str>,
    pub(super) head_branch: Option<&'a str>,
    pub(super) labels: Option<&'a [String]>,
}

impl ChangeText<'_> {
    /// Everything that they name, once each, together with `linked`, what fields for links name.
    pub(super) fn mentions(&self, linked: Vec<Mention>) -> Vec<Mention> {
        let mut found = linked;
        let repository = Some(self.repository);
        mention::in_text(self.title, FoundIn::Title, repository, &mut found);
        mention::in_text(self.body.unwrap_or_default(), FoundIn::Body, repository, &mut found);
        mention::in_branch(self.head_branch.unwrap_or_default(), &mut found);
        for label in self.labels.unwrap_or_default() {
            mention::in_text(label, FoundIn::Label, repository, &mut found);
        }
        mention::settle(&mut found, Some(self.own));
        found
    }
}
