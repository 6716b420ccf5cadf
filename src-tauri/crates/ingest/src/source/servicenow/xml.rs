//! Lists as XML: one element per row, named after its table; values as they are stored, names of people and
//! records beside them.

use super::{Fields, names, record};
use crate::{
    input::markup::Element,
    source::{Context, Fault, asked, jira_issue::note_facts, tally::Tally},
    value::local_time,
};
use change_ledger_model::{Timestamp, record::Record};
use record::Table;

/// Whether an element is a row: a child of the outermost one.
pub(in crate::source) fn is_record(around: &[String], _: &str) -> bool {
    matches!(around, [root] if matches!(root.as_str(), "xml" | "unload" | "record_update" | "response" | "result"))
        || matches!(around, [_, list] if list == "result")
}

/// Why an element is a row of ServiceNow, as a sentence.
pub(in crate::source) fn recognise(element: &Element) -> Option<String> {
    let known = element.children.iter().filter(|child| names::DISTINCTIVE.contains(&child.name.as_str())).count();
    let named = Table::named(&element.name).is_some();
    (known >= 4 || (named && known >= 2))
        .then(|| format!("Its elements \"{}\" have {known} fields that are ServiceNow's.", element.name))
}

/// Reads one row.
pub(in crate::source) fn record(
    element: &Element,
    context: &Context<'_>,
    tally: &mut Tally,
) -> Result<Vec<Record>, Fault> {
    tally.ask(asked::CHANGE_REQUEST);
    let records = record::records(&mut Row { element, context, tally }, Table::named(&element.name))?;
    note_facts(&records, tally);
    Ok(records)
}

struct Row<'r, 'c> {
    element: &'r Element,
    context: &'r Context<'c>,
    tally: &'r mut Tally,
}

impl Fields for Row<'_, '_> {
    type Fault = Fault;

    fn has(&self, name: &str) -> bool {
        self.element.child(name).is_some()
    }

    fn text(&self, name: &str) -> Option<String> {
        let shown = self.element.child(name)?.attribute("display_value").map(str::to_owned);
        shown.or_else(|| self.stored(name))
    }

    fn stored(&self, name: &str) -> Option<String> {
        self.element.said(name).map(str::to_owned)
    }

    fn time(&mut self, name: &'static str, decisive: bool) -> Result<Option<Timestamp>, Fault> {
        let Some(stored) = self.stored(name) else { return Ok(None) };
        match record::stored_time(&stored) {
            Ok(at) => Ok(at),
            Err(cause) if decisive => Err(Fault::field(name, format!("\"{stored}\" is no readable time: {cause}"))),
            Err(_) => {
                self.tally.unreadable_time(name);
                Ok(None)
            }
        }
    }

    fn journal_time(&mut self, text: &str) -> Option<Timestamp> {
        let clock = local_time::Clock { zone: self.context.timezone, order: None };
        let read = local_time::parse(text, clock).ok()?;
        self.tally.time_read(text, read);
        Some(read.at)
    }

    fn called_off_though_implemented(&mut self) {
        self.tally.called_off_though_implemented += 1;
    }

    fn fault(&self, name: &str, reason: String) -> Fault {
        Fault::field(name, reason)
    }
}
