-- Verdicts from facts and `approvals`, change by change. The other queries read the answer under the name `verdicts`.
WITH linked AS (
  -- The strongest link to an incident: 3 two-way, 2 one-way, 1 only named.
  SELECT change_id,
         max(CASE WHEN kind = 'incident' AND imported AND two_way THEN 3 WHEN kind = 'incident' AND imported THEN 2
                  WHEN kind = 'incident' THEN 1 ELSE 0 END) AS strength,
         max(CASE WHEN kind = 'ticket' AND NOT texts_known THEN 1 ELSE 0 END) AS ticket_untold
  FROM links GROUP BY change_id
), in_window AS (
  -- Implemented while a severe incident of the same service was open. An end before the beginning is a wrong time.
  SELECT DISTINCT c.change_id
  FROM changes c JOIN approvals a ON a.change_id = c.change_id AND a.purpose = 'usual' JOIN policies p ON p.policy_version = a.policy_version
  JOIN services s ON s.policy_version = a.policy_version AND s.repository = c.repository
  JOIN incidents i ON i.service = s.service AND i.opened_ms <= c.implemented_ms
  JOIN severities w ON w.policy_version = a.policy_version AND w.severity = i.severity
  WHERE CASE WHEN i.resolved_ms IS NULL THEN NOT i.has_ended
             ELSE i.resolved_ms + p.grace_minutes * 60000 >= c.implemented_ms AND i.resolved_ms + p.grace_minutes * 60000 >= i.opened_ms END
), own_approval AS (
  SELECT DISTINCT r.change_id
  FROM reviews r JOIN changes c ON c.change_id = r.change_id CROSS JOIN judgement j
  WHERE r.verdict = 'approved' AND r.reviewer_number = c.author_number AND r.reviewer_kind <> 'deleted'
    AND (r.submitted_ms IS NULL OR r.submitted_ms <= j.as_of_ms)
), fact AS (
  SELECT c.change_id, c.repository, c.implemented_ms,
         c.counted_branch, c.labels_known, c.authorised, c.justified, c.documented_on_time, c.documentation_pending, c.notes_known, c.attested, c.attested_exempt, c.person_says,
         c.signal_emergency_label, c.signal_emergency_ticket, c.signal_bypass_recorded, c.signal_hotfix_branch,
         c.signal_emergency_words, w.change_id IS NOT NULL AS signal_incident_window, c.signal_out_of_hours,
         p.policy_version, p.count_exempt, p.review_owed, p.review_deadline_hours, p.review_deadline_business_days,
         j.as_of_ms, q.quarter,
         p.exempt_bots AND coalesce(c.author_kind, '') = 'bot' OR c.exempted AS is_exempt,
         p.review_by_approval OR c.kind = 'change_ticket' AND p.review_by_change_task AS by_approval, p.review_by_ticket_record,
         CASE WHEN p.review_by_ticket_record AND c.recorded_review_ms > c.implemented_ms AND c.recorded_review_ms <= j.as_of_ms
              THEN c.recorded_review_ms END AS recorded_review_ms,
         CASE WHEN p.review_by_attestation AND c.attested_review_ms > c.implemented_ms AND c.attested_review_ms <= j.as_of_ms
              THEN c.attested_review_ms END AS attested_review_ms,
         -- Where its author decides alone, nobody else need have approved.
         c.people_asked > 0 AND a.approval IN ('after', 'never') AS signal_unreviewed,
         coalesce(l.strength, 0) > 0 AS signal_incident_link,
         coalesce(c.merged_ms - c.opened_ms >= 0
                  AND c.merged_ms - c.opened_ms < p.fast_merge_minutes * 60000, false) AS signal_fast_merge,
         CASE coalesce(l.strength, 0) WHEN 3 THEN 'two_way' WHEN 2 THEN 'one_way' WHEN 1 THEN 'dangling'
              ELSE CASE WHEN c.texts_known AND NOT c.names_other_ticket AND coalesce(l.ticket_untold, 0) = 0 THEN 'missing' ELSE 'unknown' END
         END AS incident_link,
         -- A deleted account stands for anybody; a bot merges for somebody, perhaps for the author.
         CASE WHEN coalesce(c.author_kind, 'deleted') = 'deleted' OR coalesce(c.merged_by_kind, 'deleted') <> 'human'
              THEN NULL ELSE c.author_number = c.merged_by_number END AS self_merged,
         o.change_id IS NOT NULL AS self_approved,
         coalesce(c.counted_branch AND c.implemented_ms <= j.as_of_ms, false) AS in_population
  FROM changes c CROSS JOIN judgement j
  JOIN approvals a ON a.change_id = c.change_id AND a.purpose = 'usual'
  JOIN policies p ON p.policy_version = a.policy_version
  LEFT JOIN linked l ON l.change_id = c.change_id
  LEFT JOIN own_approval o ON o.change_id = c.change_id
  LEFT JOIN in_window w ON w.change_id = c.change_id
  LEFT JOIN quarters q ON c.implemented_ms BETWEEN q.begins_ms AND q.ends_ms
), found AS (
  -- The first detection rule of which every signal holds.
  SELECT f.*, r.rule AS found_by, row_number() OVER (PARTITION BY f.change_id ORDER BY r.rule) AS place_of_rule
  FROM fact f LEFT JOIN rules r ON r.policy_version = f.policy_version
    AND (f.signal_emergency_label OR NOT r.needs_emergency_label) AND (f.signal_emergency_ticket OR NOT r.needs_emergency_ticket)
    AND (f.signal_unreviewed OR NOT r.needs_unreviewed) AND (f.signal_bypass_recorded OR NOT r.needs_bypass_recorded)
    AND (f.signal_hotfix_branch OR NOT r.needs_hotfix_branch) AND (f.signal_emergency_words OR NOT r.needs_emergency_words)
    AND (f.signal_incident_link OR NOT r.needs_incident_link) AND (f.signal_incident_window OR NOT r.needs_incident_window)
    AND (f.signal_fast_merge OR NOT r.needs_fast_merge) AND (f.signal_out_of_hours OR NOT r.needs_out_of_hours)
), classified AS (
  SELECT f.*,
         CASE WHEN f.signal_emergency_label OR f.signal_emergency_ticket OR f.is_exempt OR f.found_by IS NULL THEN 'not_found'
              ELSE f.person_says END AS detection,
         CASE WHEN f.attested_exempt THEN 'exempt'
              WHEN f.signal_emergency_label OR f.signal_emergency_ticket THEN 'declared_emergency'
              WHEN f.is_exempt THEN 'exempt'
              WHEN f.found_by IS NOT NULL AND f.person_says <> 'dismissed' THEN 'unlabelled_emergency'
              WHEN f.signal_unreviewed THEN 'unreviewed'
              ELSE 'routine' END AS class
  FROM found f WHERE f.place_of_rule = 1
), owing AS (
  -- Of an emergency counts when as many had approved as are asked of emergencies.
  SELECT c.*, a.approval, a.approved_before_ms, a.approved_after_ms, a.possibly_approved_after_ms,
         a.approval_covers_head, a.approved_after_by, a.review_data, a.reviews_cut,
         c.class IN ('declared_emergency', 'unlabelled_emergency') AS is_emergency,
         c.in_population AND (c.class <> 'exempt' OR c.count_exempt) AS in_n,
         c.class IN ('declared_emergency', 'unlabelled_emergency') AND c.counted_branch
           AND coalesce(c.implemented_ms <= c.as_of_ms, true)
           AND (c.review_owed = 'every_emergency' OR a.approval <> 'before') AS owes
  FROM classified c JOIN approvals a ON a.change_id = c.change_id
    AND a.purpose = CASE WHEN c.class IN ('declared_emergency', 'unlabelled_emergency') THEN 'emergency' ELSE 'usual' END
), due AS (
  -- So many hours later, or the end of the so-manieth business day after the day of the implementation.
  SELECT o.*, b.business_day_number AS implemented_day,
         coalesce(o.implemented_ms + o.review_deadline_hours * 3600000, e.ends_ms) AS due_ms
  FROM owing o
  LEFT JOIN days b ON o.owes AND b.policy_version = o.policy_version AND o.implemented_ms BETWEEN b.begins_ms AND b.ends_ms
  LEFT JOIN days e ON o.owes AND e.policy_version = o.policy_version AND e.is_business_day
    AND e.business_day_number = b.business_day_number + o.review_deadline_business_days
), evidence AS (
  -- The earliest evidence that the policy accepts, and the earliest that may be one; whether the files could tell of both.
  SELECT d.*,
         CASE WHEN d.by_approval AND (d.recorded_review_ms IS NULL OR d.approved_after_ms <= d.recorded_review_ms)
              THEN d.approved_after_ms ELSE d.recorded_review_ms END AS approved_or_recorded_ms,
         CASE WHEN d.by_approval THEN d.possibly_approved_after_ms END AS possibly_reviewed_ms,
         (NOT d.by_approval OR d.review_data AND (d.approved_after_ms IS NOT NULL OR NOT d.reviews_cut))
           AND (NOT d.review_by_ticket_record OR d.notes_known) AS could_be_told
  FROM due d
), done AS (
  SELECT e.*,
         CASE WHEN NOT e.owes THEN NULL
              WHEN e.attested_review_ms IS NULL OR e.approved_or_recorded_ms <= e.attested_review_ms
              THEN e.approved_or_recorded_ms ELSE e.attested_review_ms END AS reviewed_ms
  FROM evidence e
), reviewed AS (
  SELECT d.*,
         CASE WHEN NOT d.owes THEN 'not_owed'
              -- Where only unreviewed emergencies owe a review, nobody knows whether this one does.
              WHEN d.approval = 'unknown' AND d.review_owed = 'unreviewed' OR d.implemented_ms IS NULL THEN 'unknown'
              WHEN d.reviewed_ms IS NOT NULL AND (d.due_ms IS NULL OR d.reviewed_ms <= d.due_ms) THEN 'on_time'
              -- In time, if an approval qualifies of which the files do not tell whether it does.
              WHEN d.possibly_reviewed_ms IS NOT NULL AND (d.due_ms IS NULL OR d.possibly_reviewed_ms <= d.due_ms) THEN 'unknown'
              WHEN d.reviewed_ms IS NULL AND d.possibly_reviewed_ms IS NOT NULL OR NOT d.could_be_told THEN 'unknown'
              WHEN d.reviewed_ms IS NOT NULL THEN 'late'
              WHEN d.due_ms IS NULL OR d.as_of_ms <= d.due_ms THEN 'pending'
              ELSE 'overdue' END AS review_state
  FROM done d
), timed AS (
  SELECT r.*,
         CASE WHEN r.review_state IN ('on_time', 'late') THEN r.reviewed_ms - r.implemented_ms
              WHEN r.review_state IN ('pending', 'overdue') THEN r.as_of_ms - r.implemented_ms END AS review_ms,
         CASE WHEN r.review_state IN ('on_time', 'late') THEN a.business_day_number - r.implemented_day END AS review_business_days
  FROM reviewed r
  LEFT JOIN days a ON r.owes AND a.policy_version = r.policy_version AND r.reviewed_ms BETWEEN a.begins_ms AND a.ends_ms
), settled AS (
  SELECT change_id, approved_after_by AS settled_by, reviewed_ms AS given_ms, policy_version
  FROM timed WHERE review_state IN ('on_time', 'late') AND reviewed_ms = approved_after_ms
), batch AS (
  -- Windows that begin at somebody's approval and hold as many of theirs as look like stamping.
  SELECT b.settled_by, b.given_ms, p.policy_version, max(p.batch_minutes) * 60000 AS width_ms
  FROM (SELECT DISTINCT settled_by, given_ms FROM settled) b CROSS JOIN policies p
  JOIN settled s ON s.settled_by = b.settled_by AND s.given_ms BETWEEN b.given_ms AND b.given_ms + p.batch_minutes * 60000
  GROUP BY b.settled_by, b.given_ms, p.policy_version HAVING count(*) >= max(p.batch_count)
), stamped AS (
  SELECT DISTINCT s.change_id
  FROM settled s JOIN batch b ON b.policy_version = s.policy_version AND b.settled_by = s.settled_by
    AND s.given_ms BETWEEN b.given_ms AND b.given_ms + b.width_ms
)
SELECT t.change_id, t.repository, t.implemented_ms, t.quarter, t.policy_version, t.in_population, t.in_n, t.class, t.is_emergency, t.found_by,
       t.approval, t.approved_before_ms, t.approved_after_ms, t.possibly_approved_after_ms, t.approval_covers_head, t.owes, t.review_state, t.due_ms, t.review_ms, t.review_business_days, t.incident_link, t.labels_known,
       t.authorised, t.justified, t.documented_on_time, t.documentation_pending, t.self_merged, t.self_approved, t.attested, t.detection, t.reviewed_ms,
       g.settled_by, s.change_id IS NOT NULL AS batch_stamped, t.signal_emergency_label, t.signal_emergency_ticket, t.signal_unreviewed,
       t.signal_bypass_recorded, t.signal_hotfix_branch, t.signal_emergency_words, t.signal_incident_link,
       t.signal_incident_window, t.signal_fast_merge, t.signal_out_of_hours
FROM timed t LEFT JOIN settled g ON g.change_id = t.change_id LEFT JOIN stamped s ON s.change_id = t.change_id
