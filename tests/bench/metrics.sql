-- The metrics of every quarter in DuckDB's SQL, under the keys that `metrics --format json` has. The tables are made once,
-- outside the measured time, with the text signals already found in them, as a ledger has them from its import.
--
-- Plain SQL over the pull requests alone cannot tell everything. Left out, key by key:
-- left out: quarter, from, to (the quarter stands here as a number)
-- left out: ratio_limit, ratio_state (they are the policy's words)
-- left out: retroactive_review.median_business_days, retroactive_review.p90_business_days (they need a calendar)
-- left out: missing_incident_links.dangling, missing_incident_links.one_way, missing_incident_links.unknown (they need the incidents
-- and tickets; what is named counts as imported, so that the count here is a lower bound)
-- left out: documentation.on_time, documentation.share, documentation.unknown (they need dated comments and tickets)
-- Rules are simpler: no change is exempt, words are looked for with one expression each, and withdrawn approvals only where a
-- later request for changes stands. The numbers are near the product's and not equal to them; they are here to be timed.
CREATE TABLE change AS
SELECT row_number() OVER () AS id, url, author.login AS author, author.is_bot AS author_is_bot, mergedBy.login AS merged_by,
       epoch_ms(mergedAt::TIMESTAMP) AS implemented, epoch_ms(createdAt::TIMESTAMP) AS opened, year(mergedAt::TIMESTAMP) * 4 + quarter(mergedAt::TIMESTAMP) - 1 AS quarter,
       (baseRefName IN ('main', 'master', 'trunk') OR baseRefName LIKE 'release/%') AS counted,
       (list_bool_or(list_transform(labels, lambda l: lower(l.name) IN ('emergency', 'hotfix', 'type: hotfix', 'break glass', 'emergency change')))
          OR regexp_matches(lower(title), '^(\[emergency\]|\[hotfix\]|emergency:|hotfix:)')) AS labelled,
       regexp_matches(lower(headRefName), '^(hotfix|emergency|break-glass)/') AS hotfix_branch,
       regexp_matches(body, 'INC-[0-9]+|pagerduty[.]com/incidents') AS names_incident,
       regexp_matches(lower(body), '(^|\n)[*> -]*(bypass )?(authori[sz]ed|approved) by:') AS authorised,
       regexp_matches(lower(body), '(^|\n)[#*> -]*(justification|reason for bypass)') AS justified,
       reviews IS NOT NULL AS review_data, labels IS NOT NULL AS labels_known, body IS NOT NULL AS text_known
FROM (SELECT *, row_number() OVER (PARTITION BY url ORDER BY updatedAt DESC) AS revision
      FROM read_json({files}, union_by_name = true, maximum_object_size = 67108864)) WHERE revision = 1 AND mergedAt IS NOT NULL;
CREATE TABLE review AS
SELECT c.id AS change, r.author.login AS reviewer, r.state, epoch_ms(r.submittedAt::TIMESTAMP) AS given_at
FROM (SELECT url, unnest(reviews) AS r FROM (SELECT *, row_number() OVER (PARTITION BY url ORDER BY updatedAt DESC) AS revision
      FROM read_json({files}, union_by_name = true, maximum_object_size = 67108864)) WHERE revision = 1 AND mergedAt IS NOT NULL) p
JOIN change c USING (url) WHERE r.submittedAt IS NOT NULL;
-- query
WITH candidate AS (
  SELECT r.*, c.implemented, c.author,
         EXISTS (SELECT 1 FROM review w WHERE w.change = r.change AND w.reviewer = r.reviewer
                 AND w.state = 'CHANGES_REQUESTED' AND w.given_at > r.given_at AND w.given_at <= c.implemented) AS withdrawn
  FROM review r JOIN change c ON c.id = r.change
  WHERE r.state = 'APPROVED' AND r.reviewer <> c.author AND r.reviewer <> '' AND r.reviewer NOT LIKE '%dependabot%' AND r.reviewer NOT LIKE '%renovate%'
), approval AS (
  SELECT change, min(given_at) FILTER (WHERE given_at <= implemented AND NOT withdrawn) AS before, arg_min(reviewer, given_at) FILTER (WHERE given_at > implemented) AS late_by,
         min(given_at) FILTER (WHERE given_at > implemented) AS after
  FROM candidate GROUP BY change
), self AS (
  SELECT DISTINCT r.change FROM review r JOIN change c ON c.id = r.change WHERE r.state = 'APPROVED' AND r.reviewer = c.author
), fact AS (
  SELECT c.*, a.before, a.after, a.late_by, s.change IS NOT NULL AS self_approved,
         review_data AND a.before IS NULL AS unreviewed
  FROM change c LEFT JOIN approval a ON a.change = c.id LEFT JOIN self s ON s.change = c.id WHERE counted
), judged AS (
  SELECT *, CASE WHEN labelled THEN 0 WHEN unreviewed OR (names_incident AND hotfix_branch) THEN 1 ELSE 4 END AS class
  FROM fact
), owed AS (
  SELECT *, class <= 1 AND before IS NULL AS owes,
         CASE WHEN NOT (class <= 1 AND before IS NULL) THEN NULL WHEN NOT review_data THEN 'unknown'
              WHEN after <= implemented + 86400000 THEN 'on_time' WHEN after IS NOT NULL THEN 'late'
              WHEN epoch_ms(TIMESTAMP '2026-10-01 08:00:00') <= implemented + 86400000 THEN 'pending' ELSE 'overdue' END AS state,
         (after - implemented) / 3600000.0 AS hours,
         (epoch_ms(TIMESTAMP '2026-10-01 08:00:00') - implemented) / 3600000.0 AS age
  FROM judged
), batch AS (
  SELECT id, count(*) OVER (PARTITION BY late_by ORDER BY after RANGE BETWEEN 600000 PRECEDING AND CURRENT ROW) >= 5 AS stamped
  FROM owed WHERE owes AND after IS NOT NULL
), exit AS (
  -- Kaplan and Meier: who was reviewed leaves with an event, who is still open leaves uncounted.
  SELECT quarter, coalesce(hours, age) AS moment, hours IS NOT NULL AS reviewed,
         count(*) OVER (PARTITION BY quarter ORDER BY coalesce(hours, age) RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS at_risk
  FROM owed WHERE owes AND state <> 'unknown'
), step AS (
  SELECT quarter, moment, 1 - count(*) FILTER (WHERE reviewed) / any_value(at_risk)::DOUBLE AS factor FROM exit GROUP BY quarter, moment
), survival AS (
  SELECT quarter, moment, product(factor) OVER (PARTITION BY quarter ORDER BY moment) AS open FROM step
), half AS (
  SELECT quarter, min(moment) AS hours FROM survival WHERE open <= 0.5 + 1e-12 GROUP BY quarter
), counted AS (
  SELECT quarter, count(*) AS n, count(*) FILTER (WHERE class <= 1) AS e, count(*) FILTER (WHERE class = 0) AS declared,
         count(*) FILTER (WHERE class = 1) AS unlabelled, count(*) FILTER (WHERE class = 2) AS unreviewed, count(*) FILTER (WHERE class = 3) AS exempt,
         count(*) FILTER (WHERE class = 4) AS routine, count(*) FILTER (WHERE class = 1 AND NOT labels_known) AS labels_unknown,
         count(*) FILTER (WHERE review_data AND before IS NOT NULL) AS before, count(*) FILTER (WHERE before IS NULL AND after IS NOT NULL) AS after,
         count(*) FILTER (WHERE review_data AND before IS NULL AND after IS NULL) AS never, count(*) FILTER (WHERE NOT review_data) AS not_known,
         count(*) FILTER (WHERE owes) AS owed, count(*) FILTER (WHERE state = 'on_time') AS on_time, count(*) FILTER (WHERE state = 'late') AS late,
         count(*) FILTER (WHERE state = 'pending') AS pending, count(*) FILTER (WHERE state = 'overdue') AS overdue, count(*) FILTER (WHERE state = 'unknown') AS unknown,
         quantile_cont(hours, 0.5) FILTER (WHERE owes) AS median, quantile_cont(hours, 0.9) FILTER (WHERE owes) AS p90,
         max(age) FILTER (WHERE state IN ('pending', 'overdue')) AS oldest, count(*) FILTER (WHERE class <= 1 AND NOT names_incident) AS nameless,
         count(*) FILTER (WHERE class <= 1 AND authorised) AS authorised, count(*) FILTER (WHERE class <= 1 AND justified) AS justified,
         count(*) FILTER (WHERE class <= 1 AND NOT text_known) AS texts_unknown, count(*) FILTER (WHERE author = merged_by AND NOT author_is_bot) AS self_merged,
         count(*) FILTER (WHERE author IS NULL OR merged_by IS NULL) AS merger_unknown, count(*) FILTER (WHERE self_approved) AS self_approved,
         count(*) FILTER (WHERE stamped) AS stamped
  FROM owed LEFT JOIN batch USING (id) GROUP BY quarter
)
SELECT quarter AS ordinal, n AS "changes", declared AS "classes.declared_emergency", unlabelled AS "classes.unlabelled_emergency",
       unreviewed AS "classes.unreviewed", exempt AS "classes.exempt", routine AS "classes.routine", e AS "emergencies",
       e / n::DOUBLE AS "emergency_ratio", declared / n::DOUBLE AS "declared_ratio", before AS "approval.before", after AS "approval.after",
       never AS "approval.none", not_known AS "approval.unknown", owed AS "retroactive_review.owed", on_time AS "retroactive_review.on_time",
       late AS "retroactive_review.late", pending AS "retroactive_review.pending", overdue AS "retroactive_review.overdue",
       unknown AS "retroactive_review.unknown", median AS "retroactive_review.median_hours", p90 AS "retroactive_review.p90_hours",
       half.hours AS "retroactive_review.kaplan_meier_median_hours", oldest AS "retroactive_review.oldest_open_hours",
       on_time / nullif(on_time + late + overdue, 0)::DOUBLE AS "retroactive_review.on_time_rate", unlabelled AS "unlabelled_emergencies.count",
       unlabelled / nullif(e, 0)::DOUBLE AS "unlabelled_emergencies.share", labels_unknown AS "unlabelled_emergencies.labels_unknown",
       nameless AS "missing_incident_links.count", nameless / nullif(e, 0)::DOUBLE AS "missing_incident_links.share",
       nameless AS "missing_incident_links.none", authorised AS "authorisation.recorded", authorised / nullif(e, 0)::DOUBLE AS "authorisation.share",
       texts_unknown AS "authorisation.unknown", justified AS "justification.recorded", justified / nullif(e, 0)::DOUBLE AS "justification.share",
       texts_unknown AS "justification.unknown", self_merged AS "self_merged", merger_unknown AS "merger_unknown",
       self_approved AS "self_approved", stamped AS "batch_stamped"
FROM counted LEFT JOIN half USING (quarter) ORDER BY quarter;
