-- How the changes of every quarter answer each control, from `verdicts` and `changes`. The answers are taken as given.
WITH answered AS (
  {answers}
)
SELECT v.quarter, a.control,
       count(CASE WHEN a.answer = 'pass' THEN 1 END) AS pass,
       count(CASE WHEN a.answer = 'fail' THEN 1 END) AS fail,
       count(CASE WHEN a.answer = 'not_applicable' THEN 1 END) AS not_applicable,
       count(CASE WHEN a.answer = 'unknown' THEN 1 END) AS unknown
FROM answered a JOIN verdicts v ON v.change_id = a.change_id JOIN quarters q ON q.quarter = v.quarter
WHERE v.in_n GROUP BY v.quarter, a.control ORDER BY v.quarter, a.control
