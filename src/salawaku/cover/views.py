"""Pages of the cover room."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from salawaku import law
from salawaku.accounts.access import needs
from salawaku.cover import forecast, selectors

ROWS = 50


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
