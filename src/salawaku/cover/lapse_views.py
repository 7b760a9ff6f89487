"""The lists of who is about to lapse: by month or days, narrowed by village, agency and source, and as a workbook."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from salawaku.accounts.access import needs, person
from salawaku.cover import actions, guard, panels
from salawaku.cover.guard import LapseGroup, Wanted

ROWS = 50
DAYS = (guard.SOON, 60, 90)
MONTH = re.compile(r"^20[0-9]{2}-(0[1-9]|1[0-2])$")
VILLAGE = re.compile(r"^[0-9]{2}(\.[0-9]{2}){2}\.[0-9]{4}$")
AGENCY = re.compile(r"^[a-z0-9_]{1,40}$")
GROUPINGS = ("village", "agency", "source")


@needs("cover.view")
@require_GET
def lapse_list(request: HttpRequest) -> HttpResponse:
    """Whose membership ends within some days, or on the first of the month named; counted, and name by name."""
    today = timezone.localdate()
    wanted, beyond = asked(request.GET), _number(request.GET.get("after", ""))
    shown: list[guard.Lapse] = []
    if person(request).can("register.view"):
        shown = guard.lapses(as_of=today, wanted=wanted, beyond=beyond, limit=ROWS + 1)
    covers = panels.covers_of([row.worker_id for row in shown[:ROWS]], today=today)
    groups = {by: guard.lapse_groups(as_of=today, wanted=wanted, by=by) for by in GROUPINGS}
    query = query_of(wanted)
    context = {
        "ends_on": wanted.ends_on,
        "within": wanted.within,
        "number": sum(group.workers for group in groups["village"]),
        "cost": sum(group.cost_to_keep_month for group in groups["village"]),
        "rows": [(row, covers.get(row.worker_id)) for row in shown[:ROWS]],
        "query": query,
        "days": [(days, f"?{urlencode(_without(query, 'month') | {'within': days})}") for days in DAYS],
        "groups": _links(groups, query),
        "chips": _chips(query, groups),
        "next_url": f"?{urlencode(query | {'after': shown[ROWS - 1].worker_id})}" if len(shown) > ROWS else "",
    }
    return render(request, "cover/lapse_list.html", context)


@needs("register.export")
@require_POST
def lapse_export(request: HttpRequest) -> HttpResponseBase:
    """The list as a workbook, identity numbers masked; the event says who took how many."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "akan-gugur.xlsx"
        actions.lapses_export(by=person(request), as_of=timezone.localdate(), wanted=asked(request.POST), target=path)
        # The open file outlives its name: nothing with persons stays on the disk.
        return FileResponse(path.open("rb"), as_attachment=True, filename="akan-gugur.xlsx")


def asked(given: Any) -> Wanted:
    """What an address or a form asks for; what makes no sense is left out."""
    month, village, agency = (given.get(name, "") for name in ("month", "village", "agency"))
    within = _number(given.get("within", ""))
    return Wanted(
        ends_on=date(int(month[:4]), int(month[5:]), 1) if MONTH.match(month) else None,
        within=within if within in DAYS else guard.SOON,
        village=village if VILLAGE.match(village) else "",
        agency=agency if AGENCY.match(agency) else "",
        source=_number(given.get("source", "")),
    )


def query_of(wanted: Wanted) -> dict[str, str]:
    """The address of what is asked for."""
    parts = {
        "month": f"{wanted.ends_on:%Y-%m}" if wanted.ends_on else "",
        "within": str(wanted.within) if wanted.within != guard.SOON and not wanted.ends_on else "",
        "village": wanted.village,
        "agency": wanted.agency,
        "source": str(wanted.source or ""),
    }
    return {name: value for name, value in parts.items() if value}


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 19 else 0


def _without(query: dict[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in query.items() if key != name}


def _links(groups: dict[str, list[LapseGroup]], query: dict[str, str]) -> Iterator[tuple[str, list[Any]]]:
    """Each grouping that still tells something apart, its rows with the address that narrows to them."""
    titles = {"village": _("By village"), "agency": _("By agency"), "source": _("By who paid last")}
    for by, rows in groups.items():
        if by not in query and rows:
            yield titles[by], [(row, f"?{urlencode(query | {by: row.key})}" if row.key else "") for row in rows]


def _chips(query: dict[str, str], groups: dict[str, list[LapseGroup]]) -> list[dict[str, str]]:
    """The filters in force by name, each with the address without it."""
    return [
        {
            "label": next((row.name for row in groups[by] if row.key == query[by]), query[by]),
            "remove_url": f"?{urlencode(_without(query, by))}",
        }
        for by in GROUPINGS
        if by in query
    ]
