-- The decision tiers. `judged` holds the verdict on each pair of name keys (level 3 whole, 2 part, 1 only the given
-- name, 0 none; doubtful: twins could differ like this), `decisions` the answers people have already given.
WITH weighed AS (
  SELECT
    c.*,
    coalesce(v.similarity, 1.0) AS name_similarity,
    coalesce(v.level, 3) AS level,
    coalesce(v.doubtful, FALSE) AS doubtful,
    CASE WHEN nik_agrees THEN 0 ELSE damerau_levenshtein(left_nik, right_nik) END AS nik_distance,
    coalesce(substr(left_nik, 1, 15) = substr(right_nik, 1, 15), FALSE) AS twin_like,
    CASE
      WHEN birth_agrees OR left_birth = right_birth_turned THEN TRUE
      ELSE damerau_levenshtein(left_birth, right_birth) = 1
    END AS birth_near,
    d.same AS decided
  FROM compared AS c
  LEFT JOIN judged AS v ON v.left_code = c.left_code AND v.right_code = c.right_code
  LEFT JOIN decided AS d ON d.person = c.person AND d.other = c.other
  WHERE d.same IS DISTINCT FROM FALSE
),
tiered AS (
  SELECT *,
    CASE
      WHEN decided THEN 'same'
      -- the same NIK: the name says whether it is the same person, also where the birth date was mended
      WHEN nik_agrees AND level >= 2 THEN 'same'
      WHEN nik_agrees AND level = 1 AND birth_near THEN 'same'
      WHEN nik_agrees AND birth_agrees AND name_similarity >= 0.5 THEN 'probable'
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
      -- two sound but different NIKs: only name, birth date and village together make one ask
      WHEN level >= 2 AND birth_agrees THEN 'probable'
    END AS tier
  FROM weighed
),
ranked AS (
  SELECT *,
    row_number() OVER (
      PARTITION BY id
      ORDER BY
        -- an answer given stands; then what needs a person; no silent first match
        CASE WHEN decided THEN 0 WHEN nik_agrees AND tier <> 'same' THEN 1 WHEN tier = 'same' THEN 2 ELSE 3 END,
        name_similarity - 0.02 * coalesce(nik_distance, 8) DESC, birth_agrees DESC NULLS LAST,
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
