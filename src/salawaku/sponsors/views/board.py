"""Participation by agency, matching, and who is left without a sponsor."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from salawaku.accounts.access import needs, person
from salawaku.accounts.refusal import Refusal, law_known
from salawaku.registry.models import Worker
from salawaku.sponsors import actions, selectors
from salawaku.sponsors.forms import MatchForm
from salawaku.sponsors.models import Pledge

SHOWN = 200
HOW = {
    "wish": gettext_lazy("Wish for the worker"),
    "tie": gettext_lazy("Same sponsor as before"),
    "village": gettext_lazy("Wish for the village"),
    "need": gettext_lazy("Need"),
}


@needs("sponsor.view")
@require_GET
def sponsor_board(request: HttpRequest) -> HttpResponse:
    """Each agency with its civil servants, sponsors and workers, also those without any sponsor."""
    user, today = person(request), timezone.localdate()
    region = selectors.region_of(user)
    rows = selectors.participation(region_code=region, as_of=today, agencies=selectors.agencies_of(user, region))
    context: dict[str, Any] = {
        "rows": rows,
        "total": selectors.total_of(rows),
        "without": [row for row in rows if not row.sponsors],
        "waiting": selectors.pledges_waiting().count(),
        "today": today,
        "manages": user.can("sponsor.manage"),
    }
    return render(request, "sponsors/board.html", context)


@needs("sponsor.view")
@require_GET
def sponsor_without(request: HttpRequest) -> HttpResponse:
    """Workers whom nobody carries, with the day of lapse and what keeping them costs; as far as one may see them."""
    user, today = person(request), timezone.localdate()
    rows = []
    if user.can("register.view"):
        rows = selectors.without_sponsor(region_code=selectors.region_of(user), as_of=today, limit=SHOWN + 1)
    context = {"rows": rows[:SHOWN], "more": len(rows) > SHOWN, "cost": sum(row.cost for row in rows[:SHOWN])}
    return render(request, "sponsors/without.html", context)


@needs("sponsor.manage")
@require_http_methods(["GET", "POST"])
def sponsor_match(request: HttpRequest) -> HttpResponse:
    """Look at who would be carried by whom; a post keeps what was looked at."""
    user = person(request)
    asked: QueryDict | None = request.POST if request.method == "POST" else request.GET if request.GET else None
    form = MatchForm(
        asked,
        purses=selectors.foster_purses(user, managed=True),
        initial={"month": timezone.localdate().replace(day=1)},
    )
    plan = None
    if form.is_bound and form.is_valid():
        given = {"by": user, "purse": form.cleaned_data["purse"], "first_month": form.cleaned_data["month"]}
        try:
            if request.method == "POST":
                plan = actions.match_keep(**given, expected=request.POST.get("plan_hash", "")[:64])
                told = _("%(workers)d workers have a sponsor now, %(left)d are still without one.")
                messages.success(request, told % {"workers": plan.workers, "left": plan.left_workers})
                return redirect("sponsor_board")
            with law_known():
                plan = actions.match_plan(**given)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return _match_page(request, form, plan)


def _match_page(request: HttpRequest, form: MatchForm, plan: actions.MatchPlan | None) -> HttpResponse:
    """The plan with the names of the first pairs, as far as the person may see the workers."""
    pairs = plan.pairs if plan else []
    seen = person(request).can("register.view")
    workers = Worker.objects.in_bulk([pair.worker_id for pair in pairs]) if seen else {}
    pledges = Pledge.objects.select_related("sponsor").in_bulk([pair.pledge_id for pair in pairs])
    rows = [(pair, workers.get(pair.worker_id), pledges.get(pair.pledge_id), HOW[pair.how]) for pair in pairs]
    context = {"form": form, "plan": plan, "rows": rows}
    return render(request, "sponsors/match.html", context, status=422 if form.errors else 200)
