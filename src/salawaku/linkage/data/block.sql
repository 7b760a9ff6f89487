-- One block: heads with an equal {key} meet, when their names share a word or nearly all letters and
-- the condition of the block holds.
-- A block over {limit} heads splits by the words of the name, and asks for more in common; a part still over the limit
-- is a star around its first head, so that ten thousand people "born on 1 January" never meet crosswise.
INSERT INTO pairs
WITH keyed AS (
  SELECT person, {key} AS block FROM heads
),
sized AS (
  SELECT block, count(*) AS heads FROM keyed WHERE block IS NOT NULL GROUP BY block HAVING count(*) > 1
),
members AS (
  SELECT k.block, s.heads, h.*
  FROM keyed AS k JOIN sized AS s ON k.block = s.block JOIN heads AS h ON k.person = h.person
),
parts AS (
  SELECT *, count(*) OVER (PARTITION BY block, word) AS size, min(person) OVER (PARTITION BY block, word) AS first
  FROM (SELECT *, unnest(string_split(name_key, ' ')) AS word FROM members WHERE heads > {limit}) AS words
),
met AS (
  SELECT l.person, r.person AS other
  FROM members AS l
  JOIN members AS r ON l.block = r.block AND l.person > r.person
  WHERE l.in_run AND l.heads <= {limit} AND r.heads <= {limit}
    AND (l.nik_code IS NULL OR r.nik_code IS NULL OR l.nik_code <> r.nik_code) AND ({condition})
    AND (
      array_length(array_intersect(string_split(l.name_key, ' '), string_split(r.name_key, ' '))) > 0
      OR levenshtein(replace(l.name_key, ' ', ''), replace(r.name_key, ' ', '')) <= 3
    )
  UNION ALL
  SELECT l.person, r.person
  FROM parts AS l
  JOIN parts AS r ON l.block = r.block AND l.word = r.word AND l.person > r.person
  WHERE l.in_run AND (l.size <= {limit} OR r.person = r.first)
    AND (l.nik_code IS NULL OR r.nik_code IS NULL OR l.nik_code <> r.nik_code) AND ({condition})
    AND (
      array_length(array_intersect(string_split(l.name_key, ' '), string_split(r.name_key, ' '))) > 1
      OR levenshtein(replace(l.name_key, ' ', ''), replace(r.name_key, ' ', '')) <= 3
    )
)
SELECT person, other FROM met;
