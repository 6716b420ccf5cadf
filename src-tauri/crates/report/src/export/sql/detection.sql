-- What each detection rule found in every quarter, from `verdicts` and `rules`. A rule that found nothing has no line.
WITH matched AS (
  SELECT f.quarter, r.signals, f.detection
  FROM verdicts f JOIN rules r ON r.policy_version = f.policy_version
    AND (f.signal_emergency_label OR NOT r.needs_emergency_label) AND (f.signal_emergency_ticket OR NOT r.needs_emergency_ticket)
    AND (f.signal_unreviewed OR NOT r.needs_unreviewed) AND (f.signal_bypass_recorded OR NOT r.needs_bypass_recorded)
    AND (f.signal_hotfix_branch OR NOT r.needs_hotfix_branch) AND (f.signal_emergency_words OR NOT r.needs_emergency_words)
    AND (f.signal_incident_link OR NOT r.needs_incident_link) AND (f.signal_incident_window OR NOT r.needs_incident_window)
    AND (f.signal_fast_merge OR NOT r.needs_fast_merge) AND (f.signal_out_of_hours OR NOT r.needs_out_of_hours)
  WHERE f.in_population AND f.quarter IS NOT NULL AND f.detection <> 'not_found'
), counted AS (
  SELECT quarter, signals, count(*) AS matched, count(CASE WHEN detection = 'confirmed' THEN 1 END) AS confirmed,
         count(CASE WHEN detection = 'dismissed' THEN 1 END) AS dismissed
  FROM matched GROUP BY quarter, signals
)
SELECT c.quarter, c.signals, c.matched, c.confirmed, c.dismissed,
       CAST(c.confirmed AS DOUBLE) / nullif(c.confirmed + c.dismissed, 0) AS precision_of_rule
FROM counted c JOIN quarters q ON q.quarter = c.quarter ORDER BY q.begins_ms, c.signals
