"""The January plan on its page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from salawaku.accounts.access import needs, person
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal, law_known
from salawaku.cover.january import january_plan
from salawaku.cover.selectors import purses_for
from salawaku.programmes.models import Programme
from salawaku.programmes.selectors import programmes_managed_by


@needs("cover.view")
@require_GET
def january(request: HttpRequest) -> HttpResponse:
    """Who is covered in December, what the first months of next year cost, which purses exist, the last day."""
    user, year = person(request), timezone.localdate().year
    purses = list(purses_for(user)) if user.can("programme.view") else []
    try:
        with law_known():
            plan = january_plan(year=year, purses=purses)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("cover_board")
    return render(request, "cover/january.html", {"plan": plan, "programmes": _to_renew(user, year)})


def _to_renew(user: User, year: int) -> list[Programme]:
    """Programmes of the year that this person may open for the next, where that is not done."""
    if not user.can("programme.manage"):
        return []
    mine = programmes_managed_by(user)
    done = set(mine.filter(year=year + 1).values_list("region_code", flat=True))
    return list(mine.filter(year=year).exclude(region_code__in=done))
