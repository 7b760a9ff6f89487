"""A waiting plan beside the optimum: worked out when somebody asks, and not kept."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from salawaku.accounts.access import needs, person
from salawaku.accounts.refusal import Refusal
from salawaku.programmes import actions, selectors
from salawaku.programmes.actions import Method, Plan
from salawaku.programmes.fields import month_text
from salawaku.programmes.models import Allocation, Purse
from salawaku.programmes.reasons import REASONS
from salawaku.programmes.views.allocations import seen


class Share(NamedTuple):
    """What both plans take from a purse, as workers, worker-months and rupiah, and what a million more would buy."""

    purse: Purse
    poured: tuple[int, int, int]
    best: tuple[int, int, int]
    million_buys: int


class Why(NamedTuple):
    """A reason and how many workers have it in each plan."""

    word: Promise | str
    poured: int
    best: int


@needs("programme.view")
@require_GET
def allocation_optimum(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Both plans side by side."""
    allocation = get_object_or_404(seen(request), public_id=public_id)
    context: dict[str, Any] = {"allocation": allocation, "programme": allocation.programme}
    try:
        context |= _compared(allocation)
    except Refusal as refusal:
        context["refusal"] = str(refusal)
    manages = selectors.programmes_managed_by(person(request)).filter(pk=allocation.programme_id).exists()
    context["may_propose"] = manages and person(request).can("allocation.propose")
    return render(request, "programmes/allocation_optimum.html", context)


def _compared(allocation: Allocation) -> dict[str, Any]:
    """The figures of the page; Refusal when the plan no longer waits."""
    if allocation.status != Allocation.Status.PROPOSED:
        raise Refusal(
            "allocation.decided",
            _("This plan was decided. There is nothing to choose any more; a new plan can be compared."),
        )
    if allocation.method == Method.BRIDGING:
        raise Refusal("allocation.bridge", _("A bridge covers a few workers for a few months; it has no optimum."))
    poured, best = actions.allocation_optimum(programme=allocation.programme, first_month=allocation.first_month)
    kept = {Method.WATERFALL: poured, Method.OPTIMUM: best}[Method(allocation.method)]
    return {
        "poured": poured,
        "best": best,
        "gain": best.worker_months - poured.worker_months,
        "shares": _shares(poured, best),
        "reasons": _reasons(poured, best),
        "first_month": month_text(allocation.first_month),
        "is_outdated": kept.plan_hash != allocation.plan_hash,
    }


def _shares(poured: Plan, best: Plan) -> list[Share]:
    nothing = (0, 0, 0)
    return [
        Share(
            purse,
            poured.by_purse.get(purse.pk, nothing),
            best.by_purse.get(purse.pk, nothing),
            best.million_buys(purse),
        )
        for purse in best.purses
    ]


def _reasons(poured: Plan, best: Plan) -> list[Why]:
    return [
        Why(word, poured.reasons.get(code, 0), best.reasons.get(code, 0))
        for code, word in REASONS.items()
        if code in poured.reasons or code in best.reasons
    ]
