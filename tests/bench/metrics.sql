-- The metrics of every quarter in DuckDB's SQL. The tables are made once, outside the measured time, with the
-- text signals already found in them, as a ledger has them from its import.
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
       reviews IS NOT NULL AS review_data
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
         (after - implemented) / 3600000.0 AS hours
  FROM judged
), batch AS (
  SELECT id, count(*) OVER (PARTITION BY late_by ORDER BY after RANGE BETWEEN 600000 PRECEDING AND CURRENT ROW) >= 5 AS stamped
  FROM owed WHERE owes AND after IS NOT NULL
)
SELECT quarter, count(*) AS changes, count(*) FILTER (WHERE class = 0), count(*) FILTER (WHERE class = 1), count(*) FILTER (WHERE class <= 1) / count(*)::DOUBLE,
       count(*) FILTER (WHERE before IS NOT NULL), count(*) FILTER (WHERE before IS NULL AND after IS NOT NULL), count(*) FILTER (WHERE review_data AND before IS NULL AND after IS NULL),
       count(*) FILTER (WHERE NOT review_data), count(*) FILTER (WHERE owes), count(*) FILTER (WHERE state = 'on_time'), count(*) FILTER (WHERE state = 'late'), count(*) FILTER (WHERE state = 'pending'),
       count(*) FILTER (WHERE state = 'overdue'), count(*) FILTER (WHERE state = 'unknown'), quantile_cont(hours, 0.5) FILTER (WHERE owes), quantile_cont(hours, 0.9) FILTER (WHERE owes),
       max(epoch_ms(TIMESTAMP '2026-10-01 08:00:00') - implemented) FILTER (WHERE state IN ('pending', 'overdue')) / 3600000.0,
       count(*) FILTER (WHERE class <= 1 AND NOT names_incident), count(*) FILTER (WHERE class <= 1 AND authorised), count(*) FILTER (WHERE class <= 1 AND justified),
       count(*) FILTER (WHERE author = merged_by AND NOT author_is_bot), count(*) FILTER (WHERE self_approved), count(*) FILTER (WHERE stamped)
FROM owed LEFT JOIN batch USING (id) GROUP BY quarter ORDER BY quarter;
