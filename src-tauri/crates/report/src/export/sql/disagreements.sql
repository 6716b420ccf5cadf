-- Every verdict that the facts do not give again, from `changes` and `verdicts`. No row means that all of them do.
WITH said AS (
  SELECT c.change_id, c.class, c.review_state, c.due_ms, c.incident_link, c.quarter, c.policy_version, c.review_business_days, c.detection, c.reviewed_ms,
         c.approval, c.approved_before_ms, c.approved_after_ms, c.possibly_approved_after_ms, c.settled_by_number AS settled_by,
         CASE WHEN c.approval_covers_head THEN 'yes' WHEN c.approval_covers_head IS NULL THEN 'unknown' ELSE 'no' END AS covers_head,
         CASE WHEN c.signal_incident_window THEN 'yes' ELSE 'no' END AS incident_window,
         CASE WHEN c.in_population THEN 'yes' ELSE 'no' END AS in_population,
         CASE WHEN c.self_merged THEN 'yes' WHEN c.self_merged IS NULL THEN 'unknown' ELSE 'no' END AS self_merged,
         CASE WHEN c.self_approved THEN 'yes' ELSE 'no' END AS self_approved,
         CASE WHEN c.batch_stamped THEN 'yes' ELSE 'no' END AS batch_stamped
  FROM changes c
), again AS (
  SELECT v.change_id, v.class, v.review_state, CASE WHEN v.owes THEN v.due_ms END AS due_ms, v.incident_link, v.quarter,
         v.policy_version, v.review_business_days, v.detection, v.reviewed_ms, v.in_population AS counts,
         v.approval, v.approved_before_ms, v.approved_after_ms, v.possibly_approved_after_ms, v.settled_by,
         CASE WHEN v.approval_covers_head THEN 'yes' WHEN v.approval_covers_head IS NULL THEN 'unknown' ELSE 'no' END AS covers_head,
         CASE WHEN v.signal_incident_window THEN 'yes' ELSE 'no' END AS incident_window,
         CASE WHEN v.in_population THEN 'yes' ELSE 'no' END AS in_population,
         CASE WHEN v.self_merged THEN 'yes' WHEN v.self_merged IS NULL THEN 'unknown' ELSE 'no' END AS self_merged,
         CASE WHEN v.self_approved THEN 'yes' ELSE 'no' END AS self_approved,
         CASE WHEN v.batch_stamped THEN 'yes' ELSE 'no' END AS batch_stamped
  FROM verdicts v
), compared AS (
  SELECT s.change_id, 'class' AS verdict, s.class AS said, a.class AS again FROM said s JOIN again a ON a.change_id = s.change_id
  UNION ALL SELECT s.change_id, 'approval', s.approval, a.approval FROM said s JOIN again a ON a.change_id = s.change_id
  UNION ALL SELECT s.change_id, 'approved_before_ms', CAST(s.approved_before_ms AS VARCHAR(20)), CAST(a.approved_before_ms AS VARCHAR(20)) FROM said s JOIN again a ON a.change_id = s.change_id
  UNION ALL SELECT s.change_id, 'approved_after_ms', CAST(s.approved_after_ms AS VARCHAR(20)), CAST(a.approved_after_ms AS VARCHAR(20)) FROM said s JOIN again a ON a.change_id = s.change_id
  UNION ALL SELECT s.change_id, 'possibly_approved_after_ms', CAST(s.possibly_approved_after_ms AS VARCHAR(20)), CAST(a.possibly_approved_after_ms AS VARCHAR(20)) FROM said s JOIN again a ON a.change_id = s.change_id
  UNION ALL SELECT s.change_id, 'settled_by', CAST(s.settled_by AS VARCHAR(20)), CAST(a.settled_by AS VARCHAR(20)) FROM said s JOIN again a ON a.change_id = s.change_id
  UNION ALL SELECT s.change_id, 'covers_head', s.covers_head, a.covers_head FROM said s JOIN again a ON a.change_id = s.change_id
  UNION ALL SELECT s.change_id, 'incident_window', s.incident_window, a.incident_window FROM said s JOIN again a ON a.change_id = s.change_id
  UNION ALL SELECT s.change_id, 'review_state', s.review_state, a.review_state FROM said s JOIN again a ON a.change_id = s.change_id
  UNION ALL SELECT s.change_id, 'due_ms', CAST(s.due_ms AS VARCHAR(20)), CAST(a.due_ms AS VARCHAR(20)) FROM said s JOIN again a ON a.change_id = s.change_id
  UNION ALL SELECT s.change_id, 'detection', s.detection, a.detection FROM said s JOIN again a ON a.change_id = s.change_id
  UNION ALL SELECT s.change_id, 'reviewed_ms', CAST(s.reviewed_ms AS VARCHAR(20)), CAST(a.reviewed_ms AS VARCHAR(20)) FROM said s JOIN again a ON a.change_id = s.change_id
  UNION ALL SELECT s.change_id, 'incident_link', s.incident_link, a.incident_link FROM said s JOIN again a ON a.change_id = s.change_id
  -- Quarters far from all others are not answered for.
  UNION ALL SELECT s.change_id, 'quarter', s.quarter, a.quarter FROM said s JOIN again a ON a.change_id = s.change_id WHERE a.counts AND a.quarter IS NOT NULL
  UNION ALL SELECT s.change_id, 'policy_version', CAST(s.policy_version AS VARCHAR(20)), CAST(a.policy_version AS VARCHAR(20)) FROM said s JOIN again a ON a.change_id = s.change_id
  UNION ALL SELECT s.change_id, 'review_business_days', CAST(s.review_business_days AS VARCHAR(20)), CAST(a.review_business_days AS VARCHAR(20)) FROM said s JOIN again a ON a.change_id = s.change_id
  UNION ALL SELECT s.change_id, 'in_population', s.in_population, a.in_population FROM said s JOIN again a ON a.change_id = s.change_id
  UNION ALL SELECT s.change_id, 'self_merged', s.self_merged, a.self_merged FROM said s JOIN again a ON a.change_id = s.change_id
  UNION ALL SELECT s.change_id, 'self_approved', s.self_approved, a.self_approved FROM said s JOIN again a ON a.change_id = s.change_id
  UNION ALL SELECT s.change_id, 'batch_stamped', s.batch_stamped, a.batch_stamped FROM said s JOIN again a ON a.change_id = s.change_id
)
SELECT change_id, verdict, said, again FROM compared
WHERE coalesce(said, '') <> coalesce(again, '') ORDER BY change_id, verdict
