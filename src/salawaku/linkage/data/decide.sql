-- The decision tiers. `judged` holds the verdict on each pair of name keys (level 3 whole, 2 part, 1 only the given
-- name, 0 none; doubtful: twins could differ like this), `decisions` the answers people have already given.
WITH compared AS (
  SELECT
    l.id, CASE WHEN r.in_run THEN 'run' ELSE 'register' END AS other_side, r.id AS other_id,
    coalesce(v.similarity, 1.0) AS name_similarity,
    coalesce(v.level, 3) AS level,
    coalesce(v.doubtful, FALSE) AS doubtful,
    l.nik = r.nik AS nik_agrees,
    damerau_levenshtein(l.nik, r.nik) AS nik_distance,
    coalesce(substr(l.nik, 1, 15) = substr(r.nik, 1, 15), FALSE) AS twin_like,
    l.birth_date = r.birth_date AS birth_agrees,
    damerau_levenshtein(strftime(l.birth_date, '%Y%m%d'), strftime(r.birth_date, '%Y%m%d')) <= 1
      OR strftime(l.birth_date, '%Y%m%d') = strftime(r.birth_date, '%Y%d%m') AS birth_near,
    l.village = r.village AS village_agrees,
    coalesce(l.sex = r.sex, TRUE) AS sex_fits,
    d.same AS decided
  FROM (SELECT DISTINCT person, other FROM pairs) AS p
  JOIN people AS l ON l.person = p.person
  JOIN people AS r ON r.person = p.other
  LEFT JOIN judged AS v ON v.left_code = l.name_code AND v.right_code = r.name_code
  LEFT JOIN decided AS d ON d.person = p.person AND d.other = p.other
  WHERE d.same IS DISTINCT FROM FALSE
),
tiered AS (
  SELECT *,
    CASE
      WHEN decided THEN 'same'
      -- the same NIK: the name says whether it is the same person, also where the birth date was mended
      WHEN nik_agrees AND level >= 2 THEN 'same'
      WHEN nik_agrees AND level = 1 AND birth_agrees THEN 'same'
      WHEN nik_agrees AND birth_agrees AND name_similarity >= 0.6 THEN 'probable'
      WHEN nik_agrees THEN 'conflict'
      -- a NIK that differs only in its last digit is what twins and neighbours have
      WHEN nik_distance = 1 AND twin_like THEN
        CASE WHEN level >= 2 AND NOT doubtful AND birth_agrees AND (sex_fits OR name_similarity = 1.0) THEN 'probable' END
      WHEN nik_distance = 1 THEN
        CASE
          WHEN level >= 2 AND birth_agrees AND (sex_fits OR name_similarity = 1.0) THEN 'probable'
          WHEN level >= 2 AND village_agrees AND sex_fits AND (birth_near OR name_similarity = 1.0) THEN 'probable'
          WHEN level = 1 AND birth_agrees AND village_agrees AND sex_fits THEN 'probable'
        END
      WHEN NOT village_agrees OR village_agrees IS NULL OR NOT sex_fits OR doubtful THEN NULL
      -- no NIK on one side
      WHEN nik_agrees IS NULL AND level >= 2 AND birth_agrees THEN 'probable'
      WHEN nik_agrees IS NULL AND name_similarity = 1.0 AND birth_near THEN 'probable'
      -- two sound but different NIKs: only the whole name, birth date and village together make one ask
      WHEN level = 3 AND birth_agrees THEN 'probable'
    END AS tier
  FROM compared
),
ranked AS (
  SELECT *,
    row_number() OVER (
      PARTITION BY id
      ORDER BY
        -- an answer given stands; then what needs a person; no silent first match
        CASE WHEN decided THEN 0 WHEN nik_agrees AND tier <> 'same' THEN 1 WHEN tier = 'same' THEN 2 ELSE 3 END,
        coalesce(nik_distance, 16), name_similarity DESC, birth_agrees DESC NULLS LAST,
        other_side, other_id
    ) AS place
  FROM tiered
  WHERE tier IS NOT NULL
)
SELECT
  id, other_id, other_side, tier, nik_agrees, CAST(nik_distance AS TINYINT) AS nik_distance,
  name_similarity, birth_agrees, village_agrees
FROM ranked
WHERE place = 1
ORDER BY id;
