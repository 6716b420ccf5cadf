//! Rows of the table interface, and of lists exported as JSON: values as they are stored, as people see them, or both.

use super::{Fields, record};
use crate::{
    input::framing::Rules,
    source::{Context, Fault, asked, jira_issue::note_facts, tally::Tally},
    value::{json::Text, local_time, null::is_null},
};
use change_ledger_model::{Timestamp, record::Record};
use serde_json::{Map, Value};

/// How rows are framed: `{"result":[…]}`, `{"result":{…}}` for one, `{"records":[…]}`, or bare.
pub(crate) const RULES: Rules = Rules {
    lists: &["result", "records", "data", "items", "rows"],
    via: &["result", "data"],
    marks: &["sys_id", "number", "sys_created_on", "sys_updated_on", "short_description", "approval", "sysapproval"],
    context: &[],
};

/// Reads one row.
pub(in crate::source) fn record(text: &str, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    let fields: Map<String, Value> = crate::source::parse(text)?;
    tally.ask(asked::CHANGE_REQUEST);
    let displayed_only =
        fields.values().any(|value| value.get("display_value").is_some() && value.get("value").is_none());
    let mut row = Row { fields: &fields, displayed_only, context, tally };
    let records = record::records(&mut row, None)?;
    note_facts(&records, tally);
    Ok(records)
}

struct Row<'r, 'c> {
    fields: &'r Map<String, Value>,
    /// The export asked for what people see: plain values are that as well.
    displayed_only: bool,
    context: &'r Context<'c>,
    tally: &'r mut Tally,
}

impl Row<'_, '_> {
    fn part(&self, name: &str, part: &str) -> Option<String> {
        let value = self.fields.get(name)?;
        let said = match value {
            Value::Object(object) => object.get(part)?,
            plain if (part == "display_value") == self.displayed_only => plain,
            _ => return None,
        };
        let said = match said {
            Value::String(text) => text.trim().to_owned(),
            // The change interface writes numbers, and whole ones with a fraction of nothing.
            Value::Number(number) => {
                number.as_f64().filter(|n| n.fract() == 0.0).map_or_else(|| number.to_string(), |n| format!("{n:.0}"))
            }
            Value::Bool(flag) => flag.to_string(),
            _ => return None,
        };
        (!is_null(&said)).then_some(said)
    }

    /// By how much displayed times are ahead of stored ones: any field with both tells.
    fn ahead(&self) -> Option<i64> {
        self.fields.keys().find_map(|name| {
            let shown = self.part(name, "display_value")?;
            let stored = self.part(name, "value")?;
            let is_time = |text: &str| text.len() == 19 && text.as_bytes().get(4) == Some(&b'-') && text.contains(':');
            if !is_time(&shown) || !is_time(&stored) {
                return None;
            }
            let shown = record::stored_time(&shown).ok()??;
            Some(shown.millis() - record::stored_time(&stored).ok()??.millis())
        })
    }
}

impl Fields for Row<'_, '_> {
    type Fault = Fault;

    fn has(&self, name: &str) -> bool {
        self.fields.contains_key(name)
    }

    fn text(&self, name: &str) -> Option<String> {
        self.part(name, "display_value").or_else(|| self.part(name, "value"))
    }

    fn stored(&self, name: &str) -> Option<String> {
        self.part(name, "value").or_else(|| self.part(name, "display_value"))
    }

    fn time(&mut self, name: &'static str, decisive: bool) -> Result<Option<Timestamp>, Fault> {
        let read = match self.part(name, "value") {
            Some(stored) => record::stored_time(&stored)
                .map_err(|cause| Fault::field(name, format!("\"{stored}\" is no readable time: {cause}"))),
            None => {
                let shown = self.part(name, "display_value").map(|shown| Text(shown.into()));
                self.context.needed_time(name, shown.as_ref(), self.tally)
            }
        };
        match read {
            Err(_) if !decisive => {
                self.tally.unreadable_time(name);
                Ok(None)
            }
            read => read,
        }
    }

    fn journal_time(&mut self, text: &str) -> Option<Timestamp> {
        if let Some(ahead) = self.ahead()
            && let Ok(Some(shown)) = record::stored_time(text)
        {
            return Timestamp::from_millis(shown.millis() - ahead);
        }
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
