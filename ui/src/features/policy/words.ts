/** Meaning of each parameter of a policy document, by table and key. */
const meanings: Record<string, string> = {
  format: "Format of the document",
  name: "Name",
  version: "Version",
  title: "Title",
  summary: "Summary",
  "period.fiscal_year_start": "Month in which the fiscal year starts",
  "period.timezone": "Zone in which quarters and business days begin",
  "clock.implemented": "What counts as the implementation",
  "population.branches": "Branches whose changes are counted",
  "population.count_exempt": "Exempt changes are part of all changes",
  "approval.required": "People who must approve",
  "approval.comment_counts": "A comment counts as an approval",
  "approval.merge_counts": "Merging somebody else’s change counts as approving it",
  "approval.must_cover_head": "The approval must be of the commit that was merged",
  "signals.emergency_labels": "Labels and types that declare an emergency",
  "signals.emergency_title_tags": "Beginnings of titles that declare one",
  "signals.hotfix_branches": "Beginnings of branch names that mark a hotfix",
  "signals.emergency_words": "Words that sound like an emergency",
  "signals.fast_merge_minutes": "A merge within fewer minutes is fast",
  "signals.incident_window.severities": "Severities that count as severe",
  "signals.incident_window.grace_minutes": "Minutes after the end of an incident that still count",
  "signals.business_hours.from": "Business hours from",
  "signals.business_hours.to": "Business hours to",
  "exemption.bots": "Changes opened by bots are exempt",
  "review.owed": "Emergencies that owe a retroactive review",
  "review.deadline": "Deadline of the retroactive review",
  "ratio.limit": "Limit of the emergency ratio (share)",
  "ratio.warning": "Warning level of the emergency ratio (share)",
  "authorisation.roles": "Roles that may authorise",
  "authorisation.markers": "Words before the name of who authorised",
  "justification.markers": "Words before the justification",
  "justification.ticket_reason_counts": "The reason field of a linked ticket counts",
  "documentation.markers": "Words before the documentation",
  "documentation.deadline": "Deadline of the documentation",
  "batch.count": "Approvals of one person that look like stamping",
  "batch.minutes": "Within so many minutes",
  "calendar.weekend": "Days of the week without business",
  "calendar.holidays": "Holidays",
  "small_numbers.minimum": "Below so many records no trend is claimed",
};

const tables: Record<string, string> = {
  "": "Document",
  period: "Quarters",
  clock: "Clock",
  population: "Population",
  approval: "Qualifying approval",
  signals: "Signals",
  "signals.incident_window": "During an incident",
  "signals.business_hours": "Business hours",
  detection: "Rules that find unlabelled emergencies",
  exemption: "Exemptions",
  review: "Retroactive review",
  ratio: "Emergency ratio",
  authorisation: "Authorisation",
  justification: "Justification",
  documentation: "Documentation",
  batch: "Stamping",
  calendar: "Calendar",
  small_numbers: "Small numbers",
};

function spaced(key: string): string {
  return key.replaceAll("_", " ").replaceAll(".", " ");
}

/** The name of a table for people. */
export function tableWords(table: string): string {
  return tables[table] ?? spaced(table);
}

/** The meaning of a parameter; a key nobody described is shown as it is. */
export function parameterWords(table: string, key: string): string {
  if (/^\d+$/.test(key)) return `Rule ${key}: all of`;
  return meanings[table === "" ? key : `${table}.${key}`] ?? spaced(key);
}
