-- What the two records of every pair hold, side by side.
CREATE TABLE compared AS
SELECT
  p.person, p.other, l.id, r.id AS other_id,
  CASE WHEN r.in_run THEN 'run' ELSE 'register' END AS other_side,
  l.name_code AS left_code, r.name_code AS right_code, l.name_key AS left_name, r.name_key AS right_name,
  l.nik_code = r.nik_code AS nik_agrees,
  lpad(CAST(l.nik_code AS VARCHAR), 16, '0') AS left_nik,
  lpad(CAST(r.nik_code AS VARCHAR), 16, '0') AS right_nik,
  l.birth_date = r.birth_date AS birth_agrees,
  strftime(l.birth_date, '%Y%m%d') AS left_birth,
  strftime(r.birth_date, '%Y%m%d') AS right_birth,
  strftime(r.birth_date, '%Y%d%m') AS right_birth_turned,
  l.village_code = r.village_code AS village_agrees,
  coalesce(l.sex = r.sex, TRUE) AS sex_fits
FROM (SELECT DISTINCT person, other FROM pairs) AS p
JOIN people AS l ON l.person = p.person
JOIN people AS r ON r.person = p.other;
