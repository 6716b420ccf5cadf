//! Slack: the messages of a workspace export, or of one channel from the interface.

use super::{Fields, JsonSource};
use crate::{
    input::framing::Rules,
    mention,
    recognise::Glance,
    source::{Context, Fault, SourceEntry, tally::Tally},
};
use change_ledger_model::{
    Timestamp,
    person::Person,
    record::{FoundIn, Message, Record},
    source::{Fact, SourceKind},
};

pub(in crate::source) const MESSAGES: JsonSource = JsonSource {
    entry: SourceEntry {
        kind: SourceKind::SlackMessages,
        title: "Slack messages",
        command: "Workspace settings > Import/Export Data > Export, then import the ZIP",
        facts: &[Fact::Text],
        cannot_tell: "private channels; names of people",
        traps: &[
            "public channels only, unless the plan allows more",
            "a message does not name its channel; the folder of its file does",
            "times are texts with a point, and lose digits as numbers",
            "an edited message keeps the time of the first version",
            "bots put addresses into attachments, not into the text",
            "people are ids",
        ],
    },
    rules: Rules {
        lists: &["messages"],
        via: &[],
        marks: &["ts", "subtype", "client_msg_id", "thread_ts"],
        context: &[],
    },
    is_its_record: |seen: &Glance| {
        seen.has_all(&["ts", "type"]) && seen.has_any(&["text", "subtype", "user", "bot_id"])
    },
    reason: "Its records have the fields type, ts and text, as messages of Slack do.",
    read: message,
    needs_repository: false,
    caution: Some(
        "An export of Slack holds public channels only, unless the plan allows more: what was said elsewhere is not in this file.",
    ),
};

pub(in crate::source) const USERS: JsonSource = JsonSource {
    entry: SourceEntry {
        kind: SourceKind::SlackUsers,
        title: "People, channels and logs of a Slack export",
        command: "Part of the ZIP of a workspace export; nothing to do",
        facts: &[],
        cannot_tell: "everything",
        traps: &["they hold no message, and nothing is made of them"],
    },
    rules: Rules { lists: &[], via: &[], marks: &["profile", "members", "creator", "service_type"], context: &[] },
    is_its_record: |seen: &Glance| {
        (seen.has_all(&["id", "profile"]) && seen.has_any(&["team_id", "deleted", "is_bot", "real_name"]))
            || (seen.has_all(&["id", "created"]) && seen.has_any(&["members", "is_archived"]))
            || seen.has_all(&["user_id", "service_type"])
    },
    reason: "Its records are the people, channels or logs of a Slack export.",
    read: |_, _, tally| {
        tally.leave_out("people, channels or logs of Slack, of which no record is made");
        Ok(Vec::new())
    },
    needs_repository: false,
    caution: None,
};

/// What Slack itself says in a channel.
const NOTICES: [&str; 9] = [
    "channel_join",
    "channel_leave",
    "channel_topic",
    "channel_purpose",
    "channel_name",
    "channel_archive",
    "bot_add",
    "bot_remove",
    "tombstone",
];

/// The channel of a file of an export: the folder of a file that is named by its day.
pub(crate) fn channel_in_name(name: &str) -> Option<String> {
    let (folder, file) = name.rsplit_once(['/', '\\'])?;
    let day = file.strip_suffix(".json")?;
    let is_day = day.len() == 10 && day.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let channel = folder.rsplit(['/', '\\']).next()?;
    (is_day && !channel.is_empty()).then(|| channel.to_owned())
}

fn message(fields: Fields<'_>, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    if fields.text("subtype").is_some_and(|subtype| NOTICES.contains(&subtype.as_str())) {
        tally.leave_out("notices of Slack itself");
        return Ok(Vec::new());
    }
    let ts = fields.needed("ts")?;
    let at = time_of(&ts).ok_or_else(|| {
        Fault::field("ts", format!("\"{ts}\" is no time of a message: seconds, a point, microseconds"))
    })?;
    let channel = fields.text("channel").or_else(|| context.channel.map(str::to_owned));
    let place = channel.as_ref().map_or_else(String::new, |channel| format!("{channel}/"));
    let raw = raw_text(fields);
    let mut mentions = Vec::new();
    mention::in_text(&raw, FoundIn::Body, context.repository, &mut mentions);
    mention::settle(&mut mentions, None);
    let reactions = fields.each("reactions").filter_map(|reaction| {
        let people = reaction.texts("users").unwrap_or_default();
        Some(format!("{}: {}", reaction.text("name")?, people.join(", ")))
    });
    Ok(vec![Record::Message(Box::new(Message {
        id: format!("slack:{place}{ts}"),
        source: "slack".to_owned(),
        thread: fields.text("thread_ts").filter(|thread| *thread != ts),
        author: author(fields),
        at: Some(at),
        edited_at: fields.text("edited.ts").as_deref().and_then(time_of),
        text: plain(&raw),
        reactions: reactions.collect(),
        mentions,
        channel,
    }))])
}

/// `1788399731.220019` in whole milliseconds.
fn time_of(ts: &str) -> Option<Timestamp> {
    let (seconds, fraction) = ts.split_once('.').unwrap_or((ts, "0"));
    let micros: i64 = format!("{fraction:0<6}").get(..6)?.parse().ok()?;
    let seconds: i64 = seconds.parse().ok()?;
    Timestamp::from_millis(seconds.checked_mul(1000)?.checked_add(micros / 1000)?)
}

fn author(fields: Fields<'_>) -> Option<Person> {
    let name = fields.any_text(&["user_profile.real_name", "user_profile.display_name", "username"]);
    match (fields.text("user"), fields.text("bot_id")) {
        (Some(user), bot) => Some(Person::named(&user, name.as_deref(), bot.is_some())),
        (None, Some(bot)) => Some(Person::named(&bot, name.as_deref(), true)),
        (None, None) => name.map(|name| Person::named(&name, None, false)),
    }
}

/// The text and what stands in attachments, as written.
fn raw_text(fields: Fields<'_>) -> String {
    let mut parts: Vec<String> = fields.text("text").into_iter().collect();
    for attachment in fields.each("attachments") {
        for name in ["title", "title_link", "text", "from_url"] {
            parts.extend(attachment.text(name));
        }
        if attachment.text("text").is_none() {
            parts.extend(attachment.text("fallback"));
        }
    }
    parts.join("\n")
}

/// A text without Slack's markup: `<@U1|jo>` is `@jo`, `<https://a|b>` is `b (https://a)`.
fn plain(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('<') {
        let Some((tag, behind)) = after.split_once('>') else { break };
        text.push_str(before);
        let (target, label) = tag.split_once('|').unwrap_or((tag, ""));
        match (target.chars().next(), label) {
            (Some('@' | '#'), "") => text.push_str(target),
            (Some(sign @ ('@' | '#')), label) => {
                text.push(sign);
                text.push_str(label.trim_start_matches(sign));
            }
            (Some('!'), _) => {
                text.push('@');
                text.push_str(target.trim_start_matches('!'));
            }
            (_, "") => text.push_str(target),
            (_, label) => text.push_str(&format!("{label} ({target})")),
        }
        rest = behind;
    }
    text.push_str(rest);
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

#[cfg(test)]
mod unit_tests {
    use super::*;

    #[test]
    fn markup_becomes_plain_words() {
        let check = |raw: &str, expected: &str| assert_eq!(plain(raw), expected, "{raw}");
        check("<@U07A> approved &amp; logged", "@U07A approved & logged");
        check("<@U07A|jo> in <#C1|inc-482>", "@jo in #inc-482");
        check("see <https://github.com/acme/pay/pull/7|#7>", "see #7 (https://github.com/acme/pay/pull/7)");
        check("<!here> a &lt; b", "@here a < b");
        check("a < b", "a < b");
    }

    #[test]
    fn times_and_channels() {
        let check = |ts: &str, millis: Option<i64>| assert_eq!(time_of(ts).map(Timestamp::millis), millis, "{ts}");
        check("1788399731.220019", Some(1_788_399_731_220));
        check("1452845865.000008", Some(1_452_845_865_000));
        check("1452845865", Some(1_452_845_865_000));
        check("noon", None);
        assert_eq!(channel_in_name("x.zip/inc-482/2026-09-03.json").as_deref(), Some("inc-482"));
        assert_eq!(channel_in_name("x.zip/inc-482/notes.json"), None);
        assert_eq!(channel_in_name("2026-09-03.json"), None);
    }
}
