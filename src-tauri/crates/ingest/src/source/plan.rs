//! Plans of a change, which service desks keep in fields of their own. They become parts of the text of its ticket, each under one
//! heading, however the tool and its language call the field: whoever looks for a rollback plan looks for `Backout plan:`.

/// What a plan is of, in the order in which plans stand in the text of a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Plan {
    Implementation,
    Backout,
    Test,
}

impl Plan {
    pub(crate) const ALL: [Self; 3] = [Self::Implementation, Self::Backout, Self::Test];

    /// By the name of a field, in lower case and without punctuation.
    pub(crate) fn named(field: &str) -> Option<Self> {
        match field {
            "implementation plan"
            | "umsetzungsplan"
            | "implementierungsplan"
            | "plan de mise en œuvre"
            | "plan d implémentation"
            | "plan de implementación"
            | "plano de implementação"
            | "实施计划" => Some(Self::Implementation),
            "backout plan"
            | "back out plan"
            | "rollback plan"
            | "roll back plan"
            | "rückfallplan"
            | "plan de retour arrière"
            | "plan de reversión"
            | "plan de restitución"
            | "plano de reversão"
            | "piano di rollback"
            | "回退计划" => Some(Self::Backout),
            "test plan" | "testplan" | "plan de test" | "plan de tests" | "plan de pruebas" | "plano de teste"
            | "piano di test" | "测试计划" => Some(Self::Test),
            _ => None,
        }
    }

    const fn heading(self) -> &'static str {
        match self {
            Self::Implementation => "Implementation plan",
            Self::Backout => "Backout plan",
            Self::Test => "Test plan",
        }
    }

    /// The plan as a part of its ticket's text.
    pub(crate) fn under_heading(self, text: &str) -> String {
        headed(self.heading(), text)
    }
}

/// A text under the heading of the field that it stood in.
pub(crate) fn headed(heading: &str, text: &str) -> String {
    format!("{heading}:\n{text}")
}

/// The text of a ticket: its description, then the texts of other fields. `None` where no field for any of them is in the file.
pub(crate) fn body(description: Option<String>, others: impl IntoIterator<Item = String>) -> Option<String> {
    let has_field = description.is_some();
    let parts: Vec<String> = description.into_iter().chain(others).filter(|part| !part.trim().is_empty()).collect();
    (has_field || !parts.is_empty()).then(|| parts.join("\n\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::header::plain;

    #[test]
    fn a_plan_goes_by_one_heading_whatever_its_field_is_called() {
        let check = |field: &str, expected: Option<&str>| {
            let told = Plan::named(&plain(field)).map(|plan| plan.under_heading("Put 4.2 back."));
            assert_eq!(told, expected.map(|heading| format!("{heading}:\nPut 4.2 back.")), "{field}");
        };
        check("Backout plan", Some("Backout plan"));
        check("Back-out Plan", Some("Backout plan"));
        check("Rollback plan", Some("Backout plan"));
        check("Rückfallplan", Some("Backout plan"));
        check("Test plan", Some("Test plan"));
        check("Implementation plan", Some("Implementation plan"));
        check("Business plan", None);
    }

    #[test]
    fn a_text_without_a_field_is_unknown_and_one_of_an_empty_field_is_empty() {
        let check = |description: Option<&str>, others: &[&str], expected: Option<&str>| {
            let others = others.iter().map(|&text| text.to_owned());
            let told = body(description.map(str::to_owned), others);
            assert_eq!(told.as_deref(), expected, "{description:?}");
        };
        check(None, &[], None);
        check(Some(""), &[], Some(""));
        check(Some(""), &["Test plan:\nNone."], Some("Test plan:\nNone."));
        check(Some("Faster."), &["Test plan:\nNone."], Some("Faster.\n\nTest plan:\nNone."));
        check(None, &["Test plan:\nNone."], Some("Test plan:\nNone."));
    }
}
