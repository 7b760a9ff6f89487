"""Pages of the bridge: who is carried by whom, the proposal, and months given back by a purse that does not pay."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from salawaku import law
from salawaku.accounts.access import needs, person
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.cover import actions
from salawaku.cover.bridge import Bridge, bridge_plan, bridge_propose
from salawaku.cover.bridge_forms import BridgeForm, ReleaseForm
from salawaku.programmes.models import Purse
from salawaku.programmes.selectors import programmes_managed_by
from salawaku.web import wording


@needs("cover.view")
@require_http_methods(["GET", "POST"])
def bridge(request: HttpRequest) -> HttpResponse:
    """Which purse carries whom for how long; a post proposes it."""
    user = person(request)
    open_ones = programmes_managed_by(user).filter(status="open").order_by("-year", "code")
    asked = request.POST if request.method == "POST" else request.GET
    form = BridgeForm(asked if "programme" in asked else BridgeForm.usual(open_ones), programmes=open_ones)
    found: Bridge | None = None
    if open_ones and form.is_valid():
        try:
            if request.method == "POST":
                return _propose(request, user, form.cleaned_data)
            found = bridge_plan(**form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    may = user.can("allocation.propose")
    context = {
        "form": form,
        "found": found,
        "may_propose": may,
        "purses": _purses(user, found),
        "any": bool(open_ones),
    }
    return render(request, "cover/bridge.html", context, status=422 if request.method == "POST" else 200)


def _propose(request: HttpRequest, user: User, asked: dict[str, Any]) -> HttpResponse:
    if not user.can("allocation.propose"):
        raise PermissionDenied
    allocation = bridge_propose(by=user, **asked).plan.allocation
    messages.success(request, _("The bridge is proposed. A colleague approves it, then it is decreed."))
    return redirect("allocation_detail", public_id=allocation.public_id if allocation else "")


def _purses(user: User, found: Bridge | None) -> list[Purse]:
    """Purses with decreed months, which this person may have given back."""
    if found is None or not user.can("programme.manage"):
        return []
    return [purse for purse in found.plan.purses if purse.committed]


@needs("programme.manage")
@require_http_methods(["GET", "POST"])
def months_release(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What a purse would give back from a month on; a second post does it."""
    mine = Purse.objects.filter(programme__in=programmes_managed_by(person(request)))
    purse = get_object_or_404(mine.select_related("programme"), public_id=public_id)
    form = ReleaseForm(request.POST or None, initial={"first_month": law.first_of_month(purse.first_month)})
    context: dict[str, Any] = {"purse": purse, "form": form}
    if request.method == "POST" and form.is_valid():
        if "confirmed" in request.POST:
            return _release(request, purse, form.cleaned_data)
        context["preview"] = actions.release_preview(purse=purse, first_month=form.cleaned_data["first_month"])
    return render(request, "cover/release.html", context, status=422 if form.errors else 200)


def _release(request: HttpRequest, purse: Purse, asked: dict[str, Any]) -> HttpResponse:
    try:
        freed = actions.months_release(by=person(request), purse=purse, **asked)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("months_release", public_id=purse.public_id)
    done = ngettext(
        "%(n)s month was given back: %(amount)s is free again.",
        "%(n)s months were given back: %(amount)s are free again.",
        freed.months,
    )
    messages.success(request, done % {"n": wording.number(freed.months), "amount": wording.rupiah(freed.amount)})
    return redirect("bridge")
