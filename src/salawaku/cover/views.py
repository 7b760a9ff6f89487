"""Pages of the cover room."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from salawaku import law
from salawaku.accounts.access import needs, person
from salawaku.cover import forecast, panels, selectors

ROWS = 50
MONTH = re.compile(r"^20[0-9]{2}-(0[1-9]|1[0-2])$")
VILLAGE = re.compile(r"^[0-9]{2}(\.[0-9]{2}){2}\.[0-9]{4}$")


@needs("cover.view")
@require_GET
def cover_board(request: HttpRequest) -> HttpResponse:
    """The months from decree to payment, and who is about to lapse."""
    today = timezone.localdate()
    standing = selectors.cover_status(as_of=today)
    this_month, next_month = selectors.lapse_counts(as_of=today)
    price = selectors.price_to_keep(today)
    context = {
        "today": today,
        "standing": standing[0] if standing else None,
        "lapses": [
            (law.add_months(today, 1), this_month, this_month * price),
            (law.add_months(today, 2), next_month, next_month * price),
        ],
        "months": selectors.month_board(first=law.add_months(today, -11), last=law.add_months(today, 12)),
    }
    return render(request, "cover/board.html", context)


@needs("cover.view")
@require_GET
def lapse_list(request: HttpRequest) -> HttpResponse:
    """Whose membership ends within 30 days, or on the first of the month named."""
    today = timezone.localdate()
    wanted = _wanted(request)
    found = selectors.lapses(as_of=today, limit=ROWS + 1, **wanted)
    ends_on = wanted["ends_on"]
    number = _lapsing(today, ends_on)
    shown = found[:ROWS] if person(request).can("register.view") else []
    covers = panels.covers_of([row.worker_id for row in shown], today=today)
    query = {"month": f"{ends_on:%Y-%m}" if ends_on else "", "village": wanted["village"]}
    context = {
        "ends_on": ends_on,
        "number": number,
        "cost": number * selectors.price_to_keep(today),
        "rows": [(row, covers.get(row.worker_id)) for row in shown],
        "query": query,
        "chips": [{"label": wanted["village"], "remove_url": f"?month={query['month']}"}]
        if wanted["village"]
        else [],
        "next_url": f"?{urlencode(query | {'after': shown[-1].worker_id})}" if len(found) > ROWS and shown else "",
    }
    return render(request, "cover/lapse_list.html", context)


def _wanted(request: HttpRequest) -> dict[str, Any]:
    """What the address asks for; what makes no sense is left out."""
    month, village, after = (request.GET.get(name, "") for name in ("month", "village", "after"))
    return {
        "ends_on": date(int(month[:4]), int(month[5:]), 1) if MONTH.match(month) else None,
        "village": village if VILLAGE.match(village) else "",
        "beyond": int(after) if after.isdecimal() and len(after) < 19 else 0,
    }


def _lapsing(today: date, ends_on: date | None) -> int:
    """How many memberships end on that day, or within 30 days."""
    ahead = selectors.lapses_ahead(as_of=today)
    soon = today + timedelta(days=selectors.SOON)
    return sum(row.workers for row in ahead if (row.on == ends_on if ends_on else row.on <= soon))


@needs("cover.view")
@require_GET
def village_list(request: HttpRequest) -> HttpResponse:
    """Covered, target and gap of each village."""
    today = timezone.localdate()
    villages = selectors.coverage_by_village(as_of=today)
    covered, target = sum(row.covered for row in villages), sum(row.target for row in villages)
    context = {"today": today, "villages": villages, "covered": covered, "target": target}
    return render(request, "cover/village_list.html", context)


@needs("cover.view")
@require_GET
def gap_forecast(request: HttpRequest) -> HttpResponse:
    """Members without a payer in the year ahead, by village and month."""
    today = timezone.localdate()
    context = {"today": today, "forecast": forecast.gap_forecast(as_of=today)}
    return render(request, "cover/forecast.html", context)
