"""Checking who is to be registered at BPJS, and making the file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from salawaku import law
from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal, law_known
from salawaku.accounts.scoping import elevated
from salawaku.exchange.compiled import GATHER, prepare_statement
from salawaku.exchange.models import RegistrationBatch, RegistrationFile
from salawaku.exchange.profiles import Profile
from salawaku.exchange.rights import must_reach
from salawaku.exchange.selectors import ToMend, profile_in_force, to_mend
from salawaku.exchange.writing import write_file
from salawaku.programmes.criteria import Criteria
from salawaku.programmes.models import Decree, Programme

AGE_LIMIT = "bpu.registration_age_max_exclusive"
COUNT = """
SELECT (SELECT count(*) FROM listed), count(*), count(*) FILTER (WHERE clean) FROM prepared
"""
CODES = """
SELECT split_part(code, ':', 1), substr(code, strpos(code || ':', ':') + 1), count(*)
FROM prepared, unnest(codes) AS code GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2
"""
KEEP = """
INSERT INTO exchange_registrationrow (batch_id, worker_id, purse_id, first_month, months, state, codes,
                                      participant_number, reason, reason_code, village_code, agency_code)
SELECT %(batch)s, worker_id, purse_id, first_month, months, CASE WHEN clean THEN 'sent' ELSE 'to_send' END, codes,
       '', '', '', village_code, agency_code
FROM prepared ORDER BY village_code, worker_id
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose file: a programme's workers with months from `first_month` on, or only those of one decree."""

    programme: Programme
    first_month: date | None = None
    decree: Decree | None = None
    agreement_number: str = ""

    @property
    def month(self) -> date:
        """The first month asked for, as a first day."""
        return law.first_of_month(self.first_month or self.programme.first_month)


@dataclass(frozen=True, slots=True)
class Found:
    """One thing the pre-check found: the column's heading where it is about one."""

    code: str
    heading: str
    rows: int
    warns: bool


@dataclass(frozen=True, slots=True)
class Precheck:
    """How many are listed, have a KPJ already, can go as they are, or must be mended first; and why."""

    listed: int
    has_number: int
    ready: int
    to_mend: int
    found: list[Found] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The counts of `salawaku exchange register --json`."""
        codes = {":".join(filter(None, (one.code, one.heading))): one.rows for one in self.found}
        counts = {"listed": self.listed, "has_number": self.has_number}
        return counts | {"ready": self.ready, "to_mend": self.to_mend, "codes": codes}


@contextmanager
def prepared(wanted: Wanted, profile: Profile) -> Iterator[tuple[CursorWrapper, Precheck]]:
    """The table `prepared` (a row per worker: cells, codes, clean) for a block within a transaction; its counts.

    Looks at the whole region of the programme: the caller has checked that it is the reader's.
    """
    with elevated("a registration file is made of a whole region"), connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.asked, pg_temp.listed, pg_temp.waiting, pg_temp.prepared")
        values = _values(wanted)
        for statement in GATHER:
            cursor.execute(statement, values)
        statement, params = prepare_statement(profile)
        cursor.execute(statement, values | params)
        cursor.execute(COUNT)
        listed, asked, ready = cursor.fetchone()
        cursor.execute(CODES)
        found = [Found(code, heading, n, code in profile.warnings) for code, heading, n in cursor.fetchall()]
        yield cursor, Precheck(listed, listed - asked, ready, asked - ready, found)


def _values(wanted: Wanted) -> dict[str, Any]:
    programme = wanted.programme
    with law_known():
        limit = law.law_now().at(AGE_LIMIT, wanted.month)
    return {
        "programme": programme.pk,
        "region": programme.region_code,
        "first_month": wanted.month,
        "decree": wanted.decree.pk if wanted.decree else None,
        "programs": "+".join(programme.programs),
        "agreement_number": wanted.agreement_number,
        "age_min": Criteria.from_json(programme.criteria).age_min,
        "age_limit": int(limit),
    }


@transaction.atomic
def registration_precheck(
    *, by: User | None, wanted: Wanted, code: str = "", after: int = 0, limit: int = 51
) -> tuple[Precheck, list[ToMend]]:
    """What a file would hold now, and whom to mend first (or who carries one code). Keeps nothing.

    Refusal for another's programme.
    """
    must_reach(by, "exchange.send", wanted.programme.region_code)
    profile, _version = profile_in_force(wanted.programme.region_code)
    with prepared(wanted, profile) as (cursor, check):
        return check, to_mend(cursor, code=code, after=after, limit=limit)


@transaction.atomic
def registration_send(*, by: User | None, wanted: Wanted) -> tuple[RegistrationBatch, Precheck]:
    """Make the file of everybody without an error and keep the batch: who was sent, who was left out and why.

    Refusal for another's programme, another programme's decree, and when nobody can be sent.
    """
    programme = wanted.programme
    must_reach(by, "exchange.send", programme.region_code)
    if wanted.decree and wanted.decree.programme_id != programme.pk:
        raise Refusal("registration.decree", _("This decree belongs to another programme. No file was made."))
    with connection.cursor() as cursor:  # two at once would send the same people twice
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('exchange_registration'))")
    profile, version = profile_in_force(programme.region_code)
    with prepared(wanted, profile) as (cursor, check):
        if not check.ready:
            raise Refusal(
                "registration.nobody",
                _("Nobody can be sent: %(to_mend)d must be mended first. No file was made."),
                to_mend=check.to_mend,
            )
        content = write_file(profile, _cells())
        batch = _keep(by, wanted, profile, version, check, content)
        cursor.execute(KEEP, {"batch": batch.pk})
    detail = {"sent": check.ready, "left_out": check.to_mend, "sha256": batch.sha256}
    audit.record(by=by, kind="registration.sent", subject=batch, detail=detail, region_code=programme.region_code)
    return batch, check


def _cells() -> Iterator[list[str]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute("SELECT cells FROM prepared WHERE clean ORDER BY village_code, worker_id")
        for (cells,) in cursor:
            yield cells


def _keep(
    by: User | None, wanted: Wanted, profile: Profile, version: int, check: Precheck, content: bytes
) -> RegistrationBatch:
    programme = wanted.programme
    batch = RegistrationBatch.objects.create(
        programme=programme,
        decree=wanted.decree,
        region_code=programme.region_code,
        first_month=wanted.month,
        agreement_number=wanted.agreement_number,
        profile=profile.as_data(),
        profile_version=version,
        sha256=hashlib.sha256(content).hexdigest(),
        sent=check.ready,
        left_out=check.to_mend,
        codes=check.as_json()["codes"],
        made_by=by,
    )
    today = timezone.localdate()
    RegistrationFile.objects.create(
        batch=batch,
        name=f"pendaftaran-{programme.code}-{today:%Y%m%d}-{batch.pk}.{profile.format}",
        content=content,
        village_code=programme.region_code,
        agency_code="",
    )
    return batch


@transaction.atomic
def registration_fetch(*, by: User, batch: RegistrationBatch) -> RegistrationFile:
    """The file of a batch, whole NIKs and all; each time it is taken is written down. Refusal for another's."""
    must_reach(by, "exchange.send", batch.region_code)
    audit.record(by=by, kind="registration.fetched", subject=batch, detail={"workers": batch.sent})
    return RegistrationFile.objects.get(batch=batch)
