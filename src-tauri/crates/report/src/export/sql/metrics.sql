-- The metrics of every quarter, from `verdicts`, `records` and `quarters`.
WITH population AS (
  SELECT v.*, {group} AS group_name FROM verdicts v WHERE v.in_population AND v.quarter IS NOT NULL
), counted AS (
  SELECT group_name, quarter,
         count(CASE WHEN in_n THEN 1 END) AS n,
         count(CASE WHEN class = 'declared_emergency' THEN 1 END) AS declared,
         count(CASE WHEN class = 'unlabelled_emergency' THEN 1 END) AS unlabelled,
         count(CASE WHEN class = 'unreviewed' THEN 1 END) AS unreviewed,
         count(CASE WHEN class = 'exempt' THEN 1 END) AS exempt,
         count(CASE WHEN class = 'routine' THEN 1 END) AS routine,
         count(CASE WHEN is_emergency THEN 1 END) AS e,
         count(CASE WHEN in_n AND approval = 'before' THEN 1 END) AS approved_before,
         count(CASE WHEN in_n AND approval = 'after' THEN 1 END) AS approved_after,
         count(CASE WHEN in_n AND approval = 'never' THEN 1 END) AS approved_never,
         count(CASE WHEN in_n AND approval = 'unknown' THEN 1 END) AS approval_unknown,
         count(CASE WHEN review_state <> 'not_owed' THEN 1 END) AS owed,
         count(CASE WHEN review_state = 'on_time' THEN 1 END) AS on_time,
         count(CASE WHEN review_state = 'late' THEN 1 END) AS late,
         count(CASE WHEN review_state = 'pending' THEN 1 END) AS pending,
         count(CASE WHEN review_state = 'overdue' THEN 1 END) AS overdue,
         count(CASE WHEN review_state = 'unknown' THEN 1 END) AS review_unknown,
         max(CASE WHEN review_state IN ('pending', 'overdue') THEN review_ms END) AS oldest_open_ms,
         count(CASE WHEN class = 'unlabelled_emergency' AND NOT labels_known THEN 1 END) AS labels_unknown,
         count(CASE WHEN class = 'unlabelled_emergency' AND detection = 'confirmed' THEN 1 END) AS confirmed,
         count(CASE WHEN detection = 'dismissed' THEN 1 END) AS dismissed,
         count(CASE WHEN attested THEN 1 END) AS attested,
         count(CASE WHEN is_emergency AND incident_link = 'missing' THEN 1 END) AS link_missing,
         count(CASE WHEN is_emergency AND incident_link = 'dangling' THEN 1 END) AS link_dangling,
         count(CASE WHEN is_emergency AND incident_link = 'one_way' THEN 1 END) AS link_one_way,
         count(CASE WHEN is_emergency AND incident_link = 'unknown' THEN 1 END) AS link_unknown,
         count(CASE WHEN is_emergency AND authorised THEN 1 END) AS authorised,
         count(CASE WHEN is_emergency AND authorised IS NULL THEN 1 END) AS authorised_unknown,
         count(CASE WHEN is_emergency AND justified THEN 1 END) AS justified,
         count(CASE WHEN is_emergency AND justified IS NULL THEN 1 END) AS justified_unknown,
         count(CASE WHEN is_emergency AND documented_on_time THEN 1 END) AS documented,
         count(CASE WHEN is_emergency AND documentation_pending THEN 1 END) AS documented_pending,
         count(CASE WHEN is_emergency AND documented_on_time IS NULL AND NOT documentation_pending THEN 1 END) AS documented_unknown,
         count(CASE WHEN in_n AND self_merged THEN 1 END) AS self_merged,
         count(CASE WHEN in_n AND self_merged IS NULL THEN 1 END) AS merger_unknown,
         count(CASE WHEN in_n AND self_approved THEN 1 END) AS self_approved,
         count(CASE WHEN in_n AND batch_stamped THEN 1 END) AS batch_stamped
  FROM population GROUP BY group_name, quarter
), ranked AS (
  -- The given reviews of each quarter in order, counted from 0, with the place of the last one.
  SELECT group_name, quarter, review_ms, review_business_days,
         row_number() OVER (PARTITION BY group_name, quarter ORDER BY review_ms) - 1 AS place,
         row_number() OVER (PARTITION BY group_name, quarter ORDER BY review_business_days) - 1 AS day_place,
         count(*) OVER (PARTITION BY group_name, quarter) - 1 AS last_place
  FROM population WHERE review_state IN ('on_time', 'late')
), quantile AS (
  -- Linear interpolation at rank (n - 1) q: of the two neighbours, each weighs what the rank is away from the other.
  SELECT group_name, quarter,
         sum(review_ms * CASE WHEN abs(place - last_place * 0.5e0) < 1 THEN 1e0 - abs(place - last_place * 0.5e0) ELSE 0e0 END) AS median_ms,
         sum(review_ms * CASE WHEN abs(place - last_place * 0.9e0) < 1 THEN 1e0 - abs(place - last_place * 0.9e0) ELSE 0e0 END) AS p90_ms,
         sum(review_business_days * CASE WHEN abs(day_place - last_place * 0.5e0) < 1 THEN 1e0 - abs(day_place - last_place * 0.5e0) ELSE 0e0 END) AS median_days,
         sum(review_business_days * CASE WHEN abs(day_place - last_place * 0.9e0) < 1 THEN 1e0 - abs(day_place - last_place * 0.9e0) ELSE 0e0 END) AS p90_days
  FROM ranked GROUP BY group_name, quarter
), moments AS (
  -- Kaplan and Meier (JASA 53, 1958): who was reviewed leaves with an event, who is still open leaves uncounted.
  SELECT group_name, quarter, review_ms, count(*) AS leaving,
         count(CASE WHEN review_state IN ('on_time', 'late') THEN 1 END) AS given
  FROM population WHERE review_state IN ('on_time', 'late', 'pending', 'overdue') GROUP BY group_name, quarter, review_ms
), risk AS (
  SELECT group_name, quarter, review_ms, given, sum(leaving) OVER (PARTITION BY group_name, quarter ORDER BY review_ms DESC) AS at_risk
  FROM moments
), survival AS (
  -- The product of (1 - given / at risk), as a sum of logarithms; where all are given, nothing is left.
  SELECT group_name, quarter, review_ms, given,
         sum(CASE WHEN given = at_risk THEN -1000e0 ELSE ln(1e0 - CAST(given AS DOUBLE) / at_risk) END)
           OVER (PARTITION BY group_name, quarter ORDER BY review_ms) AS log_open
  FROM risk
), half AS (
  SELECT group_name, quarter, min(review_ms) AS kaplan_meier_ms
  FROM survival WHERE given > 0 AND log_open <= ln(0.5e0) + 1e-12 GROUP BY group_name, quarter
), answered AS (
  -- A line for every group in every quarter, also where nothing happened.
  SELECT g.group_name, q.quarter, q.first_day, q.last_day, q.begins_ms, q.ratio_limit, q.ratio_warning
  FROM quarters q CROSS JOIN (SELECT DISTINCT group_name FROM ({groups}) named) g
), line AS (
  SELECT a.group_name, a.quarter, a.first_day, a.last_day, a.begins_ms, a.ratio_limit, a.ratio_warning,
         coalesce(c.n, 0) AS n, coalesce(c.declared, 0) AS declared, coalesce(c.unlabelled, 0) AS unlabelled,
         coalesce(c.unreviewed, 0) AS unreviewed, coalesce(c.exempt, 0) AS exempt, coalesce(c.routine, 0) AS routine,
         coalesce(c.e, 0) AS e, coalesce(c.approved_before, 0) AS approved_before, coalesce(c.approved_after, 0) AS approved_after,
         coalesce(c.approved_never, 0) AS approved_never, coalesce(c.approval_unknown, 0) AS approval_unknown,
         coalesce(c.owed, 0) AS owed, coalesce(c.on_time, 0) AS on_time, coalesce(c.late, 0) AS late,
         coalesce(c.pending, 0) AS pending, coalesce(c.overdue, 0) AS overdue, coalesce(c.review_unknown, 0) AS review_unknown,
         coalesce(c.confirmed, 0) AS confirmed, coalesce(c.dismissed, 0) AS dismissed, coalesce(c.attested, 0) AS attested,
         coalesce(c.labels_unknown, 0) AS labels_unknown, coalesce(c.link_missing, 0) AS link_missing,
         coalesce(c.link_dangling, 0) AS link_dangling, coalesce(c.link_one_way, 0) AS link_one_way,
         coalesce(c.link_unknown, 0) AS link_unknown, coalesce(c.authorised, 0) AS authorised,
         coalesce(c.authorised_unknown, 0) AS authorised_unknown, coalesce(c.justified, 0) AS justified,
         coalesce(c.justified_unknown, 0) AS justified_unknown, coalesce(c.documented, 0) AS documented,
         coalesce(c.documented_pending, 0) AS documented_pending,
         coalesce(c.documented_unknown, 0) AS documented_unknown, coalesce(c.self_merged, 0) AS self_merged,
         coalesce(c.merger_unknown, 0) AS merger_unknown, coalesce(c.self_approved, 0) AS self_approved,
         coalesce(c.batch_stamped, 0) AS batch_stamped,
         coalesce(r.deployments, 0) AS deployments, coalesce(r.deployments_unplanned, 0) AS deployments_unplanned,
         coalesce(r.deployments_unknown, 0) AS deployments_unknown, coalesce(r.patches_on_time, 0) AS patches_on_time,
         coalesce(r.patches_late, 0) AS patches_late, coalesce(r.patches_pending, 0) AS patches_pending,
         coalesce(r.patches_overdue, 0) AS patches_overdue, coalesce(r.patches_set_aside, 0) AS patches_set_aside,
         coalesce(r.patches_unknown, 0) AS patches_unknown, coalesce(r.incidents, 0) AS incidents,
         coalesce(r.incidents_with_changes, 0) AS incidents_with_changes, coalesce(r.incidents_undeclared, 0) AS incidents_undeclared,
         coalesce(r.incidents_unknown, 0) AS incidents_unknown, coalesce(r.incidents_unrated, 0) AS incidents_unrated,
         t.median_ms, t.p90_ms, t.median_days, t.p90_days, h.kaplan_meier_ms, c.oldest_open_ms,
         CAST(c.e AS DOUBLE) / nullif(c.n, 0) AS ratio
  FROM answered a
  LEFT JOIN counted c ON c.group_name = a.group_name AND c.quarter = a.quarter
  LEFT JOIN quantile t ON t.group_name = a.group_name AND t.quarter = a.quarter
  LEFT JOIN half h ON h.group_name = a.group_name AND h.quarter = a.quarter
  LEFT JOIN records r ON r.grouped_by = '{grouped_by}' AND r.group_name = a.group_name AND r.quarter = a.quarter
)
SELECT group_name, quarter, first_day, last_day,
       n AS changes,
       declared AS classes_declared_emergency,
       unlabelled AS classes_unlabelled_emergency,
       unreviewed AS classes_unreviewed,
       exempt AS classes_exempt,
       routine AS classes_routine,
       e AS emergencies,
       ratio AS emergency_ratio,
       CAST(declared AS DOUBLE) / nullif(n, 0) AS declared_ratio,
       ratio_limit,
       CASE WHEN ratio IS NULL THEN 'n/a' WHEN ratio > ratio_limit THEN 'breach' WHEN ratio > ratio_warning THEN 'warning'
            ELSE 'within' END AS ratio_state,
       approved_before AS approval_before,
       approved_after AS approval_after,
       approved_never AS approval_none,
       approval_unknown,
       owed AS retroactive_review_owed,
       on_time AS retroactive_review_on_time,
       late AS retroactive_review_late,
       pending AS retroactive_review_pending,
       overdue AS retroactive_review_overdue,
       review_unknown AS retroactive_review_unknown,
       median_ms / 3600000e0 AS retroactive_review_median_hours,
       p90_ms / 3600000e0 AS retroactive_review_p90_hours,
       median_days AS retroactive_review_median_business_days,
       p90_days AS retroactive_review_p90_business_days,
       kaplan_meier_ms / 3600000e0 AS retroactive_review_kaplan_meier_median_hours,
       CAST(on_time AS DOUBLE) / nullif(on_time + late + overdue, 0) AS retroactive_review_on_time_rate,
       oldest_open_ms / 3600000e0 AS retroactive_review_oldest_open_hours,
       unlabelled AS unlabelled_emergencies_count,
       CAST(unlabelled AS DOUBLE) / nullif(e, 0) AS unlabelled_emergencies_share,
       labels_unknown AS unlabelled_emergencies_labels_unknown,
       confirmed AS unlabelled_emergencies_confirmed,
       dismissed AS unlabelled_emergencies_dismissed,
       link_missing + link_dangling AS missing_incident_links_count,
       CASE WHEN link_unknown < e THEN CAST(link_missing + link_dangling AS DOUBLE) / e END AS missing_incident_links_share,
       link_missing AS missing_incident_links_none,
       link_dangling AS missing_incident_links_dangling,
       link_one_way AS missing_incident_links_one_way,
       link_unknown AS missing_incident_links_unknown,
       authorised AS authorisation_recorded,
       CASE WHEN authorised_unknown < e THEN CAST(authorised AS DOUBLE) / e END AS authorisation_share,
       authorised_unknown AS authorisation_unknown,
       justified AS justification_recorded,
       CASE WHEN justified_unknown < e THEN CAST(justified AS DOUBLE) / e END AS justification_share,
       justified_unknown AS justification_unknown,
       documented AS documentation_on_time,
       CASE WHEN documented_pending + documented_unknown < e THEN CAST(documented AS DOUBLE) / e END AS documentation_share,
       documented_pending AS documentation_pending,
       documented_unknown AS documentation_unknown,
       self_merged,
       merger_unknown,
       self_approved,
       batch_stamped,
       attested,
       deployments AS deployment_rework_deployments,
       deployments_unplanned AS deployment_rework_unplanned,
       deployments_unknown AS deployment_rework_unknown,
       CASE WHEN deployments_unknown < deployments THEN CAST(deployments_unplanned AS DOUBLE) / deployments END AS deployment_rework_rework_rate,
       patches_on_time,
       patches_late,
       patches_pending,
       patches_overdue,
       patches_set_aside,
       patches_unknown,
       CAST(patches_on_time AS DOUBLE) / nullif(patches_on_time + patches_late + patches_overdue, 0) AS patches_on_time_rate,
       incidents AS severe_incidents_incidents,
       incidents_with_changes AS severe_incidents_with_changes,
       incidents_undeclared AS severe_incidents_undeclared,
       incidents_unknown AS severe_incidents_unknown,
       incidents_unrated AS severe_incidents_severity_unknown
FROM line ORDER BY group_name, begins_ms
