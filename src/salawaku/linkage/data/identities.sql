-- `people`: one row per record with a name, numbered `person` so that the register comes before the run and earlier
-- rows before later ones. nik_code is the NIK as a number; name_code, village_code stand for equal text.

-- The holder of a NIK that several carry: the register's worker, else the first in the run.
CREATE TABLE holders AS
SELECT nik_code, min(person) AS holder
FROM people
WHERE nik_code IS NOT NULL
GROUP BY nik_code
HAVING count(*) > 1;

-- An identity is a NIK with a name key; without a NIK, a name key with birth date, village and sex. Only its first
-- record, the head, is compared with strangers: a thousand copies of a row cost a thousand steps, not a million.
CREATE TABLE followers AS
SELECT person, head, in_run
FROM (
  SELECT person, in_run, min(person) OVER (PARTITION BY nik_code, name_code) AS head
  FROM people
  WHERE nik_code IN (SELECT nik_code FROM holders)
  UNION ALL
  SELECT person, in_run, min(person) OVER (PARTITION BY name_code, birth_day, village_code, sex) AS head
  FROM people
  WHERE nik_code IS NULL
) AS identities
WHERE person > head;

CREATE TABLE heads AS
SELECT * FROM people WHERE person NOT IN (SELECT person FROM followers);

-- Every record meets the holder of its NIK, the head of its own identity, and nobody else of the same NIK: that stays
-- linear when thousands carry one number.
CREATE TABLE pairs AS
SELECT p.person, h.holder AS other
FROM people AS p JOIN holders AS h ON p.nik_code = h.nik_code AND p.person > h.holder
WHERE p.in_run
UNION ALL
SELECT person, head FROM followers WHERE in_run;
