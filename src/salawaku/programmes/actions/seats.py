"""Filling free seats from the waiting list, and taking the list out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import xlsxwriter
from django.db import transaction
from django.utils.translation import gettext as _

from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.programmes import waiting
from salawaku.programmes.actions.allocation import Method, Plan, allocation_propose
from salawaku.programmes.models import Programme
from salawaku.web.wording import mask


@transaction.atomic
def seats_fill(*, by: User | None, programme: Programme, first_month: date) -> Plan:
    """Propose the next in line of each village for its free seats, from `first_month` on.

    The plan waits for a colleague like any other; its decree then changes the one before. Refusal without seats,
    without a free one, where nobody waits, or where no purse has money for anybody.
    """
    if not waiting.has_seats(programme):
        raise Refusal(
            "waiting.no_seats_set", _("Set the seats of the villages first. Without them nobody waits for one.")
        )
    villages = waiting.waiting_by_village(programme, month=first_month, regions=[programme.region_code])
    if not any(village.free for village in villages):
        raise Refusal("waiting.no_free_seat", _("No seat is free from this month on. No plan was made."))
    if not any(village.free and village.waiting for village in villages):
        raise Refusal("waiting.nobody", _("Nobody waits where a seat is free. No plan was made."))
    plan = allocation_propose(by=by, programme=programme, first_month=first_month, method=Method.WATERFALL)
    if not plan.workers:
        raise Refusal("waiting.no_money", _("No purse can pay for the next in line. No plan was made."))
    return plan


@transaction.atomic
def waiting_export(*, by: User, programme: Programme, month: date, village: str, target: Path) -> int:
    """Write the line of a village as an xlsx file; every cell is text, so that no formula can live in it.

    NIKs are whole only for a role that may see them. Returns the number of workers; the audit event names it.
    """
    if not by.can("register.export"):
        raise Refusal("register.no_export", _("Your role does not take lists out."))
    whole = by.can("register.unmask")
    rows = waiting.waiting_in(programme, month=month, village=village)
    with xlsxwriter.Workbook(target, {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(_("Waiting list"))
        for column, heading in enumerate(_headings()):
            sheet.write_string(0, column, heading)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(_cells(row, whole=whole)):
                sheet.write_string(number, column, cell)
    audit.record(
        by=by,
        kind="list.exported",
        subject=programme,
        detail={"workers": len(rows), "whole_nik": whole, "village_code": village},
        region_code=village,
    )
    return len(rows)


def _headings() -> list[str]:
    return [
        _("Place"),
        _("NIK"),
        _("Name"),
        _("Occupation"),
        _("Covered before"),
        _("Welfare decile"),
        _("Risk"),
        _("Proposed on"),
        _("A seat is free"),
    ]


def _cells(row: waiting.Waiting, *, whole: bool) -> list[str]:
    yes, no = _("yes"), _("no")
    return [
        str(row.place),
        row.nik if whole else mask(row.nik),
        row.name,
        row.occupation,
        yes if row.continuing else no,
        str(row.welfare_decile or ""),
        str(row.risk),
        f"{row.proposed_on:%Y-%m-%d}",
        yes if row.has_seat else no,
    ]
