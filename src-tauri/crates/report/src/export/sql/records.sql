-- What a quarter counts besides changes: deployments, findings and incidents, of all together and of each repository. A line
-- for each group and quarter in which there is any. The metrics read the answer under the name `records`.
WITH grouping_by AS (
  SELECT 'all' AS grouped_by UNION ALL SELECT 'repository'
), deployed AS (
  -- A deployment is of the repository of its change, or of its own where no imported change was deployed.
  SELECT CASE WHEN g.grouped_by = 'all' THEN 'all' ELSE coalesce(v.repository, d.repository, 'unknown') END AS group_name,
         g.grouped_by, q.quarter, coalesce(v.is_emergency, false) AS is_emergency, coalesce(v.incident_link, 'no_change') AS incident_link
  FROM deployments d JOIN judgement j ON d.deployed_ms <= j.as_of_ms
  JOIN quarters q ON d.deployed_ms BETWEEN q.begins_ms AND q.ends_ms
  CROSS JOIN grouping_by g LEFT JOIN verdicts v ON v.change_id = d.change_id
), rework AS (
  SELECT grouped_by, group_name, quarter, count(*) AS deployments,
         count(CASE WHEN is_emergency AND incident_link IN ('one_way', 'two_way') THEN 1 END) AS unplanned,
         count(CASE WHEN incident_link = 'no_change' OR is_emergency AND incident_link IN ('dangling', 'unknown') THEN 1 END) AS unknown
  FROM deployed GROUP BY grouped_by, group_name, quarter
), raised AS (
  -- The policy in force when a finding was raised.
  SELECT a.finding_number, max(p.policy_version) AS policy_version
  FROM findings a JOIN judgement j ON a.opened_ms <= j.as_of_ms
  JOIN policies p ON p.effective_from_ms IS NULL OR p.effective_from_ms <= a.opened_ms
  GROUP BY a.finding_number
), limited AS (
  -- The bands of CVSS 3.1 (FIRST, specification, section 5), else the tool's word.
  SELECT a.repository, a.opened_ms, a.fixed_ms, a.dismissed_ms, a.state, j.as_of_ms,
         a.opened_ms + 3600000 * CASE WHEN a.score_tenths >= 90 THEN p.patch_critical_hours WHEN a.score_tenths >= 70 THEN p.patch_high_days * 24
              WHEN a.score_tenths >= 40 THEN p.patch_medium_days * 24 WHEN a.score_tenths > 0 THEN p.patch_low_days * 24
              WHEN a.severity = 'critical' THEN p.patch_critical_hours WHEN a.severity = 'high' THEN p.patch_high_days * 24
              WHEN a.severity = 'medium' THEN p.patch_medium_days * 24 WHEN a.severity = 'low' THEN p.patch_low_days * 24 END AS due_ms
  FROM findings a JOIN raised r ON r.finding_number = a.finding_number JOIN policies p ON p.policy_version = r.policy_version CROSS JOIN judgement j
), fixed AS (
  SELECT CASE WHEN g.grouped_by = 'all' THEN 'all' ELSE coalesce(l.repository, 'unknown') END AS group_name, g.grouped_by, q.quarter,
         CASE WHEN l.due_ms IS NULL THEN 'unknown'
              WHEN l.fixed_ms <= l.as_of_ms AND l.fixed_ms <= l.due_ms THEN 'on_time'
              WHEN l.fixed_ms <= l.as_of_ms THEN 'late'
              WHEN l.dismissed_ms <= l.as_of_ms THEN 'set_aside'
              WHEN l.state IS NULL OR l.state = 'fixed' AND l.fixed_ms IS NULL THEN 'unknown'
              WHEN l.state = 'dismissed' AND l.dismissed_ms IS NULL THEN 'set_aside'
              WHEN l.as_of_ms <= l.due_ms THEN 'pending'
              ELSE 'overdue' END AS patch
  FROM limited l JOIN quarters q ON l.opened_ms BETWEEN q.begins_ms AND q.ends_ms CROSS JOIN grouping_by g
), patches AS (
  SELECT grouped_by, group_name, quarter,
         count(CASE WHEN patch = 'on_time' THEN 1 END) AS on_time, count(CASE WHEN patch = 'late' THEN 1 END) AS late,
         count(CASE WHEN patch = 'pending' THEN 1 END) AS pending, count(CASE WHEN patch = 'overdue' THEN 1 END) AS overdue,
         count(CASE WHEN patch = 'set_aside' THEN 1 END) AS set_aside, count(CASE WHEN patch = 'unknown' THEN 1 END) AS unknown
  FROM fixed GROUP BY grouped_by, group_name, quarter
), begun AS (
  -- The policy in force when an incident began.
  SELECT i.incident_number, max(p.policy_version) AS policy_version
  FROM incidents i JOIN judgement j ON i.opened_ms <= j.as_of_ms
  JOIN policies p ON p.effective_from_ms IS NULL OR p.effective_from_ms <= i.opened_ms
  GROUP BY i.incident_number
), severe AS (
  -- Incidents that are severe, or of which no file tells; to the end of their window, which nobody may know.
  SELECT i.incident_number, q.quarter, i.opened_ms, i.severity IS NULL AS is_unrated,
         CASE WHEN i.resolved_ms IS NOT NULL THEN i.resolved_ms + p.grace_minutes * 60000 WHEN NOT i.has_ended THEN j.as_of_ms END AS ends_ms
  FROM incidents i JOIN begun b ON b.incident_number = i.incident_number JOIN policies p ON p.policy_version = b.policy_version
  CROSS JOIN judgement j JOIN quarters q ON i.opened_ms BETWEEN q.begins_ms AND q.ends_ms
  LEFT JOIN severities s ON s.policy_version = b.policy_version AND s.severity = i.severity
  WHERE i.severity IS NULL OR s.severity IS NOT NULL
), concerned AS (
  SELECT i.incident_number, s.repository
  FROM incidents i JOIN begun b ON b.incident_number = i.incident_number
  JOIN services s ON s.policy_version = b.policy_version AND s.service = i.service
), during AS (
  -- What was implemented in the window, repository by repository.
  SELECT s.incident_number, c.repository, count(v.change_id) AS changes,
         count(CASE WHEN v.class = 'declared_emergency' THEN 1 END) AS declared
  FROM severe s JOIN concerned c ON c.incident_number = s.incident_number
  LEFT JOIN verdicts v ON v.repository = c.repository AND v.in_population AND v.implemented_ms BETWEEN s.opened_ms AND s.ends_ms
  GROUP BY s.incident_number, c.repository
), asked AS (
  -- An incident of a service that is that of no repository asks nothing that anybody knows.
  SELECT 'all' AS grouped_by, 'all' AS group_name, s.incident_number, max(d.repository) AS repository, sum(d.changes) AS changes,
         sum(d.declared) AS declared
  FROM severe s LEFT JOIN during d ON d.incident_number = s.incident_number GROUP BY s.incident_number
  UNION ALL
  SELECT 'repository', coalesce(d.repository, 'unknown'), s.incident_number, d.repository, d.changes, d.declared
  FROM severe s LEFT JOIN during d ON d.incident_number = s.incident_number
), outages AS (
  SELECT a.grouped_by, a.group_name, s.quarter,
         count(CASE WHEN NOT s.is_unrated THEN 1 END) AS incidents,
         count(CASE WHEN s.is_unrated THEN 1 END) AS severity_unknown,
         count(CASE WHEN NOT s.is_unrated AND (a.repository IS NULL OR s.ends_ms IS NULL) THEN 1 END) AS unknown,
         count(CASE WHEN NOT s.is_unrated AND s.ends_ms IS NOT NULL AND a.changes > 0 THEN 1 END) AS with_changes,
         count(CASE WHEN NOT s.is_unrated AND s.ends_ms IS NOT NULL AND a.changes > 0 AND a.declared = 0 THEN 1 END) AS undeclared
  FROM asked a JOIN severe s ON s.incident_number = a.incident_number
  GROUP BY a.grouped_by, a.group_name, s.quarter
), met AS (
  SELECT grouped_by, group_name, quarter FROM rework UNION SELECT grouped_by, group_name, quarter FROM patches
  UNION SELECT grouped_by, group_name, quarter FROM outages
)
SELECT m.grouped_by, m.group_name, m.quarter,
       coalesce(r.deployments, 0) AS deployments, coalesce(r.unplanned, 0) AS deployments_unplanned,
       coalesce(r.unknown, 0) AS deployments_unknown,
       coalesce(p.on_time, 0) AS patches_on_time, coalesce(p.late, 0) AS patches_late, coalesce(p.pending, 0) AS patches_pending,
       coalesce(p.overdue, 0) AS patches_overdue, coalesce(p.set_aside, 0) AS patches_set_aside, coalesce(p.unknown, 0) AS patches_unknown,
       coalesce(o.incidents, 0) AS incidents, coalesce(o.with_changes, 0) AS incidents_with_changes,
       coalesce(o.undeclared, 0) AS incidents_undeclared, coalesce(o.unknown, 0) AS incidents_unknown,
       coalesce(o.severity_unknown, 0) AS incidents_unrated
FROM met m
LEFT JOIN rework r ON r.grouped_by = m.grouped_by AND r.group_name = m.group_name AND r.quarter = m.quarter
LEFT JOIN patches p ON p.grouped_by = m.grouped_by AND p.group_name = m.group_name AND p.quarter = m.quarter
LEFT JOIN outages o ON o.grouped_by = m.grouped_by AND o.group_name = m.group_name AND o.quarter = m.quarter
