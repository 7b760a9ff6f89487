"""Loading the register of civil servants, set-based."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from salawaku import law
from salawaku.accounts import audit
from salawaku.accounts.models import Agency, User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import elevated
from salawaku.regions.models import Region
from salawaku.sponsors.actions.reach import must_manage
from salawaku.sponsors.register_file import read_register
from salawaku.sponsors.sheets import Fault

STAGE = """
DROP TABLE IF EXISTS pg_temp.asn;
CREATE TEMPORARY TABLE asn (sheet text, row integer, nip text, name text, agency text, bank text, account text)
ON COMMIT DROP
"""
# Who stands in the register of another government is told and left alone.
FOREIGN = """
DELETE FROM asn a USING sponsors_sponsor s WHERE s.nip = a.nip AND NOT s.village_code ^@ %(region)s
RETURNING a.sheet, a.row
"""
MERGE = """
WITH merged AS (
    INSERT INTO sponsors_sponsor AS s (nip, name, bank, account, agency_code, village_code)
    SELECT nip, name, bank, account, agency, %(region)s FROM asn ORDER BY row
    ON CONFLICT (nip) DO UPDATE
    SET name = excluded.name, agency_code = excluded.agency_code,
        bank = coalesce(nullif(excluded.bank, ''), s.bank),
        account = coalesce(nullif(excluded.account, ''), s.account)
    WHERE (s.name, s.agency_code) IS DISTINCT FROM (excluded.name, excluded.agency_code)
       OR (excluded.bank <> '' AND s.bank <> excluded.bank)
       OR (excluded.account <> '' AND s.account <> excluded.account)
    RETURNING id, xmax = 0 AS is_new
)
SELECT count(*) FILTER (WHERE is_new), coalesce(array_agg(id) FILTER (WHERE NOT is_new), '{}') FROM merged
"""
# Whoever changes office keeps the pledge and the workers; months that fall due from then on stand on the new office's
# list, those that were asked for before stay on the old one's.
FOLLOW_PLEDGE = """
UPDATE sponsors_pledge p SET agency_code = s.agency_code
FROM sponsors_sponsor s WHERE s.id = p.sponsor_id AND p.agency_code <> s.agency_code AND s.id = ANY(%(sponsors)s)
"""
FOLLOW_MONTHS = """
UPDATE sponsors_sponsoredmonth m SET agency_code = p.agency_code
FROM sponsors_pledge p WHERE p.id = m.pledge_id AND m.agency_code <> p.agency_code AND m.status = 'due'
  AND m.month >= %(from_month)s AND p.sponsor_id = ANY(%(sponsors)s)
"""


@dataclass(frozen=True, slots=True)
class LoadResult:
    """What a load did, in rows; `faults` are the refused ones."""

    added: int
    changed: int
    unchanged: int
    faults: list[Fault]

    def as_json(self) -> dict[str, Any]:
        """The fields of `salawaku sponsors load --json`."""
        told = [{"sheet": f.sheet, "row": f.row, "column": f.column, "code": f.code} for f in self.faults]
        counts = {"added": self.added, "changed": self.changed, "unchanged": self.unchanged}
        return counts | {"refused": len(self.faults), "rows_refused": told}


@transaction.atomic
def sponsors_load(
    *, by: User | None, region_code: str, file_name: str, content: bytes, agency_code: str = ""
) -> LoadResult:
    """Bring the register of a government up to date from a file; the same file again changes nothing.

    Rows that cannot be taken are told with row and column, the others go on. Who is not in the file stays. A changed
    agency is a move within the government: the tie to the workers stays. Refusal for another's region, an unknown
    agency, a file that cannot be read.
    """
    must_manage(by, region_code)
    region = Region.objects.filter(code=region_code).first()
    if region is None:
        raise Refusal("region.unknown", _("There is no region with this code. Nothing was taken."))
    names = _agencies()
    if agency_code and agency_code not in names.values():
        raise Refusal("agency.unknown", _("There is no agency with this code. Nothing was taken."))
    register = read_register(file_name, content, names, agency=agency_code)
    with elevated("a register is compared with all governments' registers"), connection.cursor() as cursor:
        cursor.execute(STAGE)
        with cursor.copy("COPY asn FROM STDIN") as copy:
            for row in register.rows.iter_rows():
                copy.write_row(row)
        cursor.execute(FOREIGN, {"region": region_code})
        foreign = [Fault(sheet, row, "NIP", "nip.foreign") for sheet, row in cursor.fetchall()]
        cursor.execute(MERGE, {"region": region_code})
        added, changed = cursor.fetchone()
        follow_agency(cursor, changed, law.first_of_month(timezone.localdate()))
    faults = sorted([*register.faults, *foreign])
    unchanged = len(register.rows) - len(foreign) - added - len(changed)
    result = LoadResult(added, len(changed), unchanged, faults)
    detail = {"added": added, "changed": len(changed), "refused": len(faults)}
    audit.record(by=by, kind="sponsor.loaded", subject=region, detail=detail, region_code=region_code)
    return result


def follow_agency(cursor: CursorWrapper, sponsor_ids: Sequence[int], from_month: date) -> None:
    """Let pledges and the months due from `from_month` on follow these sponsors to the office where they work."""
    values: dict[str, Any] = {"sponsors": list(sponsor_ids), "from_month": from_month}
    cursor.execute(FOLLOW_PLEDGE, values)
    cursor.execute(FOLLOW_MONTHS, values)


def _agencies() -> dict[str, str]:
    """The code of each agency by its code and by its name, both in plain lower case words."""
    told = {}
    for code, name in Agency.objects.values_list("code", "name"):
        for words in (code, name):
            told[re.sub(r"[^a-z0-9]+", " ", words.lower()).strip()] = code
    return told
