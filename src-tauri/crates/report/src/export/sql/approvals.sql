-- When each change was approved by as many people as its category asks for, and by as many as are asked of emergencies, from
-- `reviews`, `changes` and `policies`. The other queries read the answer under the name `approvals`.
WITH in_force AS (
  -- The newest policy that was in force at the implementation; of an undated change, at the moment of the judgement.
  SELECT c.change_id, max(p.policy_version) AS policy_version
  FROM changes c CROSS JOIN judgement j
  JOIN policies p ON p.effective_from_ms IS NULL OR p.effective_from_ms <= coalesce(c.implemented_ms, j.as_of_ms)
  GROUP BY c.change_id
), objected AS (
  -- The last time, up to the merge, that somebody asked for changes or took an approval back.
  SELECT r.change_id, r.reviewer_number, max(r.submitted_ms) AS objected_ms
  FROM reviews r JOIN changes c ON c.change_id = r.change_id
  WHERE r.verdict IN ('changes_requested', 'withdrawn') AND r.submitted_ms <= c.merged_ms
  GROUP BY r.change_id, r.reviewer_number
), said AS (
  -- Approvals by people who had no known hand in the change, as known at the moment of the judgement. One that was dismissed
  -- counts while it stood, and for good where it stood at the implementation. Commits: 2 the merged one, 0 another, 1 unknown.
  SELECT r.change_id, r.reviewer_number AS person, r.review_number AS place, r.submitted_ms AS given_ms, c.implemented_ms,
         CASE WHEN r.commit_reviewed IS NULL OR c.head_commit IS NULL THEN 1 WHEN r.commit_reviewed = c.head_commit THEN 2 ELSE 0 END AS covers,
         c.author_number IS NULL AS is_of_nobody, p.must_cover_head
  FROM reviews r JOIN changes c ON c.change_id = r.change_id
  JOIN in_force f ON f.change_id = r.change_id JOIN policies p ON p.policy_version = f.policy_version CROSS JOIN judgement j
  LEFT JOIN objected o ON o.change_id = r.change_id AND o.reviewer_number = r.reviewer_number
  WHERE (r.verdict = 'approved' OR r.verdict = 'commented' AND p.comment_counts)
    AND r.reviewer_kind = 'human' AND NOT r.is_commit_author AND coalesce(r.reviewer_number <> c.author_number, true)
    AND NOT coalesce(r.submitted_ms < o.objected_ms, false) AND coalesce(r.submitted_ms <= j.as_of_ms, true)
    AND (r.stood_until_ms IS NULL OR j.as_of_ms <= r.stood_until_ms
         OR coalesce(c.implemented_ms <= r.stood_until_ms, false) AND coalesce(r.submitted_ms <= c.implemented_ms, true))
  UNION ALL
  -- A merge, where the policy counts it, is of the merged commit. Nobody in particular is -1.
  SELECT c.change_id, coalesce(c.merged_by_number, -1), 4294967295, c.merged_ms, c.implemented_ms, 2,
         c.author_number IS NULL OR c.merged_by_number IS NULL, p.must_cover_head
  FROM changes c JOIN in_force f ON f.change_id = c.change_id JOIN policies p ON p.policy_version = f.policy_version
  CROSS JOIN judgement j
  WHERE p.merge_counts AND c.kind <> 'change_ticket' AND coalesce(c.merged_ms <= j.as_of_ms, true)
    AND (c.merged_by_number IS NULL OR c.merged_by_kind = 'human' AND NOT c.merger_is_commit_author)
    AND coalesce(c.merged_by_number <> c.author_number, true)
), dated AS (
  -- Where the implementation has no time, an approval's time says nothing either. An approval in doubt proves nothing.
  SELECT s.change_id, s.person, s.place, s.covers, s.implemented_ms,
         CASE WHEN s.implemented_ms IS NOT NULL THEN s.given_ms END AS at_ms,
         s.is_of_nobody OR s.must_cover_head AND s.covers = 1 AS in_doubt
  FROM said s WHERE NOT (s.must_cover_head AND s.covers = 0)
), weighed AS (
  SELECT d.change_id, d.person, d.place,
         CASE WHEN NOT d.in_doubt THEN d.at_ms END AS certain_ms,
         CASE WHEN NOT d.in_doubt AND d.at_ms > d.implemented_ms THEN d.at_ms END AS after_ms,
         -- One without a time may have been given as early as at the implementation, or before.
         coalesce(d.at_ms, d.implemented_ms) AS possible_ms,
         CASE WHEN d.at_ms IS NULL OR d.at_ms > d.implemented_ms THEN coalesce(d.at_ms, d.implemented_ms) END AS possibly_after_ms,
         CASE WHEN d.at_ms IS NULL OR d.at_ms <= d.implemented_ms THEN 1 ELSE 0 END AS maybe_before,
         CASE WHEN d.in_doubt THEN 1 ELSE d.covers END AS covers
  FROM dated d
), people AS (
  SELECT change_id, person, min(certain_ms) AS certain_ms, min(after_ms) AS after_ms,
         min(possible_ms) AS possible_ms, min(possibly_after_ms) AS possibly_after_ms, max(maybe_before) AS maybe_before, max(covers) AS covers
  FROM weighed GROUP BY change_id, person
), placed AS (
  -- People in the order in which each approved for the first time.
  SELECT p.*,
         row_number() OVER (PARTITION BY change_id ORDER BY CASE WHEN certain_ms IS NULL THEN 1 ELSE 0 END, certain_ms) AS certain_place,
         row_number() OVER (PARTITION BY change_id ORDER BY CASE WHEN possible_ms IS NULL THEN 1 ELSE 0 END, possible_ms) AS possible_place
  FROM people p
), asks AS (
  SELECT c.change_id, 'usual' AS purpose, CASE WHEN c.people_asked > 0 THEN c.people_asked ELSE 1 END AS people_asked FROM changes c
  UNION ALL
  SELECT c.change_id, 'emergency', p.approvals_of_emergencies
  FROM changes c JOIN in_force f ON f.change_id = c.change_id JOIN policies p ON p.policy_version = f.policy_version
), complete AS (
  -- An approval is complete when the last of the required people has approved.
  SELECT p.change_id, s.purpose,
         max(CASE WHEN certain_place = people_asked THEN certain_ms END) AS complete_ms,
         max(CASE WHEN possible_place = people_asked THEN possible_ms END) AS possible_ms,
         min(after_ms) AS first_after_ms, min(possibly_after_ms) AS possibly_after_ms,
         sum(maybe_before) >= max(people_asked) AS maybe_before, count(*) >= max(people_asked) AS enough, max(covers) AS covers
  FROM placed p JOIN asks s ON s.change_id = p.change_id GROUP BY p.change_id, s.purpose
), told AS (
  SELECT c.change_id, s.purpose, f.policy_version, c.implemented_ms, c.review_coverage = 'possibly_cut' AS reviews_cut,
         c.review_coverage <> 'not_carried' OR r.change_id IS NOT NULL AS review_data,
         coalesce(k.complete_ms <= c.implemented_ms, false) AS is_before,
         k.complete_ms, k.first_after_ms, k.possible_ms, k.possibly_after_ms, k.covers,
         coalesce(k.maybe_before, false) AS maybe_before, coalesce(k.enough, false) AS enough
  FROM changes c JOIN in_force f ON f.change_id = c.change_id JOIN asks s ON s.change_id = c.change_id
  LEFT JOIN (SELECT DISTINCT change_id FROM reviews) r ON r.change_id = c.change_id
  LEFT JOIN complete k ON k.change_id = c.change_id AND k.purpose = s.purpose
), answered AS (
  SELECT t.*,
         CASE WHEN t.is_before THEN 'before'
              WHEN NOT t.review_data OR t.maybe_before THEN 'unknown'
              WHEN t.complete_ms IS NOT NULL THEN 'after'
              WHEN t.enough OR t.reviews_cut THEN 'unknown'
              ELSE 'never' END AS approval,
         CASE WHEN t.is_before THEN t.first_after_ms ELSE t.complete_ms END AS approved_after_ms
  FROM told t
), last_one AS (
  -- Who gave that approval; of two at the same millisecond, the one first in the ledger.
  SELECT w.change_id, a.purpose, w.person, row_number() OVER (PARTITION BY w.change_id, a.purpose ORDER BY w.place) AS place
  FROM weighed w JOIN answered a ON a.change_id = w.change_id AND a.approved_after_ms = w.after_ms
)
SELECT a.change_id, a.purpose, a.policy_version, a.review_data, a.reviews_cut, a.approval,
       CASE WHEN a.is_before THEN a.complete_ms END AS approved_before_ms, a.approved_after_ms,
       -- Where enough people may have approved before, anybody's later approval is one after.
       CASE WHEN a.maybe_before THEN a.possibly_after_ms ELSE a.possible_ms END AS possibly_approved_after_ms,
       CASE a.covers WHEN 2 THEN true WHEN 0 THEN false END AS approval_covers_head,
       l.person AS approved_after_by
FROM answered a LEFT JOIN last_one l ON l.change_id = a.change_id AND l.purpose = a.purpose AND l.place = 1
