//! Accounts as Azure DevOps writes them.

use crate::value::json::Text;
use change_ledger_model::person::Person;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct RawIdentity<'a> {
    #[serde(borrow)]
    display_name: Option<Text<'a>>,
    #[serde(borrow)]
    unique_name: Option<Text<'a>>,
    #[serde(borrow)]
    id: Option<Text<'a>>,
}

impl RawIdentity<'_> {
    pub(super) fn person(&self) -> Person {
        person(self.unique_name.as_ref(), self.display_name.as_ref(), self.id.as_ref())
    }
}

/// A person by the name that signs in (mostly a mail address), else by the identity's id.
pub(super) fn person(unique_name: Option<&Text<'_>>, display_name: Option<&Text<'_>>, id: Option<&Text<'_>>) -> Person {
    let said = |text: Option<&Text<'_>>| text.and_then(Text::non_empty);
    let display_name = said(display_name);
    let handle = said(unique_name).or_else(|| said(id)).or_else(|| display_name.clone()).unwrap_or_default();
    // Pipelines act as `Build\…`, the service itself as `… Build Service (organisation)`.
    let is_service =
        handle.starts_with("Build\\") || display_name.as_ref().is_some_and(|name| name.contains("Build Service"));
    Person::named(&handle, display_name.as_deref(), is_service)
}
