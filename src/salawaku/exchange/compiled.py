"""A profile compiled to SQL: every value of a file and everything the pre-check asks, in one statement.

Only our own expressions become SQL; headings, constants, patterns and formats of a profile are parameters.
"""

from __future__ import annotations

from typing import Any

from salawaku.exchange.profiles import Column, Profile

TEXTS = {
    "nik": "w.nik",
    "family_card": "w.family_card",
    "participant_number": "w.participant_number",
    "name": "w.name",
    "birth_place": "w.birth_place",
    "address": "concat_ws(' ', w.address, 'RT ' || nullif(w.rt, ''), 'RW ' || nullif(w.rw, ''))",
    "village": "village.name",
    "district": "district.name",
    "village_code": "w.village_code",
    "occupation_code": "w.occupation_id",
    "occupation": "o.name_id",
    "income": "w.income::text",
    "programs": "%(programs)s::text",
    "months": "c.months::text",
    "payer_code": "purse.payer_code",
    "purse": "purse.name",
    "agreement_number": "%(agreement_number)s::text",
}
DATES = {"birth_date": "w.birth_date", "first_month": "c.first_month"}
PHONES = {
    "": "w.phone",
    "digits": "regexp_replace(regexp_replace(w.phone, '[^0-9]', '', 'g'), '^62', '0')",
    "62": "regexp_replace(regexp_replace(w.phone, '[^0-9]', '', 'g'), '^0', '62')",
}
# What people typed; the other fields have one shape by themselves and are spared three million regular expressions.
TYPED = {"name", "birth_place", "address", "phone", "purse", "agreement_number", "family_card", "participant_number"}
# About whom BPJS was asked already. A table of its own, counted and with an index: after a batch the planner does not
# know yet that half a city waits, and would read all of them again for each month of cover.
ASKED = """
CREATE TEMPORARY TABLE asked ON COMMIT DROP AS
SELECT DISTINCT worker_id FROM exchange_registrationrow WHERE state IN ('sent', 'registered')
"""
# Whoever is listed for the file: months of this programme from a month on, in one decree or in all, who neither
# waits for an answer nor was registered through us. `listed` names the purse of the first month.
CANDIDATES = """
CREATE TEMPORARY TABLE listed ON COMMIT DROP AS
SELECT m.worker_id, min(m.month) AS first_month, count(*)::smallint AS months,
       (array_agg(m.purse_id ORDER BY m.month))[1] AS purse_id
FROM cover_workermonth m
WHERE m.programme_id = %(programme)s AND m.month >= %(first_month)s AND m.village_code ^@ %(region)s
  AND (%(decree)s::bigint IS NULL
       OR m.worker_id IN (SELECT l.worker_id FROM programmes_decreeline l WHERE l.decree_id = %(decree)s))
  AND NOT EXISTS (SELECT 1 FROM asked WHERE asked.worker_id = m.worker_id)
GROUP BY m.worker_id
"""
# What no file may carry: signs that cannot be seen, and a first sign that makes a spreadsheet compute.
ILLEGAL = "[[:cntrl:]\u200b-\u200f\u202a-\u202e\u2060\ufeff]|^[=+@-]"
BIRTH_IN_NIK = """
 lpad((substr(w.nik, 7, 2)::int %% 40)::text, 2, '0') || substr(w.nik, 9, 4)"""
RULES = (
    """
CASE WHEN w.status = 'died' THEN 'worker.died' WHEN w.status = 'merged' THEN 'worker.merged' END,
CASE WHEN count(*) OVER (PARTITION BY w.nik) > 1 THEN 'nik.double' END,
CASE WHEN waiting.nik IS NOT NULL THEN 'nik.waiting' END,
CASE WHEN """
    + BIRTH_IN_NIK
    + """ <> to_char(w.birth_date, 'DDMMYY') THEN 'nik.birth_differs' END,
CASE WHEN w.sex <> '' AND (substr(w.nik, 7, 2)::int > 40) <> (w.sex = 'F') THEN 'nik.sex_differs' END,
CASE WHEN w.phone <> '' AND count(*) OVER (PARTITION BY w.phone) > 1 THEN 'phone.double' END,
CASE WHEN w.birth_date > c.first_month - make_interval(years => %(age_min)s) THEN 'age.too_young'
     WHEN w.birth_date <= c.first_month - make_interval(years => %(age_limit)s) THEN 'age.too_old' END
"""
)
# NIKs that BPJS was asked about already, also under a record that was merged since.
WAITING = """
CREATE TEMPORARY TABLE waiting ON COMMIT DROP AS
SELECT DISTINCT w.nik FROM asked JOIN registry_worker w ON w.id = asked.worker_id
"""
GATHER = (
    *(ASKED, "CREATE INDEX ON asked (worker_id)", "ANALYZE asked"),
    *(CANDIDATES, "ANALYZE listed"),
    *(WAITING, "CREATE INDEX ON waiting (nik)", "ANALYZE waiting"),
)
# A worker who has a KPJ already is passed over: there is nothing to ask for. Doubles are found by windows.
PREPARE = """
CREATE TEMPORARY TABLE prepared ON COMMIT DROP AS
WITH worded AS (
    SELECT c.*, w.village_code, w.agency_code, ARRAY[{cells}]::text[] AS cells, ARRAY[{rules}]::text[] AS rules
    FROM listed c JOIN registry_worker w ON w.id = c.worker_id
    JOIN programmes_purse purse ON purse.id = c.purse_id
    LEFT JOIN registry_occupation o ON o.code = w.occupation_id
    LEFT JOIN regions_region village ON village.code = w.village_code
    LEFT JOIN regions_region district ON district.code = left(w.village_code, 8)
    LEFT JOIN waiting ON waiting.nik = w.nik
    WHERE w.participant_number = ''
), checked AS (
    SELECT worker_id, village_code, agency_code, purse_id, first_month, months, cells,
           array_remove(ARRAY[{checks}]::text[] || rules, NULL) AS codes
    FROM worded
)
SELECT *, codes <@ %(warnings)s::text[] AS clean FROM checked
"""


def prepare_statement(profile: Profile) -> tuple[str, dict[str, Any]]:
    """The statement that makes the table `prepared` from `listed`, and the parameters that the profile gives it."""
    params: dict[str, Any] = {"warnings": list(profile.warnings), "illegal": ILLEGAL}
    cells = [_tidy(_cell(place, column, params), column) for place, column in enumerate(profile.columns)]
    checks = [_check(place, column, params) for place, column in enumerate(profile.columns)]
    return PREPARE.format(cells=", ".join(cells), checks=", ".join(checks), rules=RULES), params


def _cell(place: int, column: Column, params: dict[str, Any]) -> str:
    if not column.field:
        params[f"constant{place}"] = " ".join(column.constant.split())
        return f"%(constant{place})s::text"
    if column.field in DATES:
        params[f"format{place}"] = (column.format or "dd-mm-yyyy").upper()
        return f"to_char({DATES[column.field]}, %(format{place})s)"
    if column.field == "sex":
        male, female = (column.format or "L/P").split("/")
        params |= {f"male{place}": male, f"female{place}": female}
        return f"CASE w.sex WHEN 'M' THEN %(male{place})s WHEN 'F' THEN %(female{place})s END"
    return PHONES[column.format] if column.field == "phone" else TEXTS[column.field]


def _tidy(expression: str, column: Column) -> str:
    """Never null, single blanks, in capitals where the branch wants them."""
    text = f"coalesce({expression}, '')"
    if column.field in TYPED:
        text = f"btrim(regexp_replace({text}, '\\s+', ' ', 'g'))"
    return f"upper({text})" if column.upper else text


def _check(place: int, column: Column, params: dict[str, Any]) -> str:
    cell, cases = f"cells[{place + 1}]", []

    def found(code: str) -> str:
        params[f"code_{code}{place}"] = f"value.{code}:{column.heading}"
        return f"%(code_{code}{place})s"

    cases.append(f"WHEN {cell} = '' THEN {found('missing') if column.required else 'NULL'}")
    if column.max_length:
        params[f"max{place}"] = column.max_length
        cases.append(f"WHEN length({cell}) > %(max{place})s THEN {found('too_long')}")
    if column.field in TYPED or column.constant:
        cases.append(f"WHEN {cell} ~ %(illegal)s THEN {found('illegal')}")
    if column.pattern:
        params[f"pattern{place}"] = f"^(?:{column.pattern})$"
        cases.append(f"WHEN {cell} !~ %(pattern{place})s THEN {found('pattern')}")
    return f"CASE {' '.join(cases)} END"
