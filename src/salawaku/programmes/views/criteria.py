"""The rule of a programme: its versions, what a change would do, and where evidence is needed."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from salawaku.accounts.access import needs, person
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import covers
from salawaku.programmes import actions, outcomes, selectors
from salawaku.programmes.criteria import Criteria
from salawaku.programmes.criteria_form import CriteriaForm
from salawaku.programmes.criteria_wording import told
from salawaku.programmes.models import Programme
from salawaku.programmes.outcomes import Outcomes
from salawaku.programmes.reasons import EVIDENCE, REASONS
from salawaku.programmes.views.programmes import managed

VILLAGE = re.compile(r"[0-9.]{13}")


@needs("programme.view")
@require_http_methods(["GET", "POST"])
def programme_criteria(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The rule in force and all earlier ones; a post shows what another would do, or puts it in force."""
    if request.method == "GET":
        programme = get_object_or_404(selectors.programmes_for(person(request)), public_id=public_id)
        return _page(request, programme, CriteriaForm(initial=_filled(programme)))
    if not person(request).can("programme.manage"):
        raise PermissionDenied
    programme = managed(request, public_id)
    form = CriteriaForm(request.POST)
    if not form.is_valid():
        return _page(request, programme, form)
    try:
        return _change(request, programme, form)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
    return _page(request, programme, form)


def _change(request: HttpRequest, programme: Programme, form: CriteriaForm) -> HttpResponse:
    """Look first if that was asked, else save."""
    criteria = form.criteria()
    if request.POST.get("do") == "look":
        return _page(request, programme, form, changed=criteria)
    actions.programme_criteria_set(
        by=person(request), programme=programme, criteria=criteria, reason=form.cleaned_data["reason"]
    )
    messages.success(request, _("The rule was saved. Plans made before keep the rule they were made with."))
    return redirect("programme_criteria", public_id=programme.public_id)


def _page(
    request: HttpRequest, programme: Programme, form: CriteriaForm, *, changed: Criteria | None = None
) -> HttpResponse:
    user = person(request)
    now = _counted(programme)
    then = _counted(programme, changed) if changed else None
    context = {
        "programme": programme,
        "form": form,
        "manages": user.can("programme.manage")
        and selectors.programmes_managed_by(user).filter(pk=programme.pk).exists(),
        "now": now,
        "then": then,
        "looked": changed is not None,
        "then_told": told(changed) if changed else [],
        "rows": _rows(now, then),
        "versions": [
            (one, told(Criteria.from_json(one.rules)))
            for one in programme.criteria_sets.select_related("made_by").order_by("-version")
        ],
    }
    return render(request, "programmes/criteria.html", context, status=422 if form.errors else 200)


def _filled(programme: Programme) -> dict[str, Any]:
    return Criteria.from_json(programme.criteria).as_json()


def _counted(programme: Programme, criteria: Criteria | None = None) -> Outcomes | None:
    """The counts, or none for a month whose law is not known."""
    try:
        return outcomes.criteria_outcomes(programme, criteria=criteria)
    except Refusal:
        return None


def _rows(now: Outcomes | None, then: Outcomes | None) -> list[dict[str, Any]]:
    """One row for each reason that counts somebody, in the order of the reasons."""
    before, after = (now.reasons if now else {}), (then.reasons if then else {})
    return [
        {"words": words, "now": before.get(code, 0), "then": after.get(code, 0)}
        for code, words in REASONS.items()
        if code in before or code in after
    ]


@needs("programme.view")
@require_GET
def programme_evidence(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Of whom evidence is needed, village by village: where to send the form of the field check."""
    user = person(request)
    programme = get_object_or_404(selectors.programmes_for(user), public_id=public_id)
    asked = _asked(request, programme)
    rows: list[tuple[outcomes.Waiting, object]] = []
    following = None
    try:
        villages = [] if asked["village"] else outcomes.evidence_by_village(programme)
        if user.can("register.view"):
            found, following = outcomes.evidence_page(programme, **asked)
            rows = [(row, REASONS[row.reason]) for row in found]
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("programme_detail", public_id=public_id)
    query = {"desa": asked["village"], "alasan": asked["reason"]}
    kept = {name: value for name, value in query.items() if value}
    context = {
        "programme": programme,
        "villages": villages,
        "rows": rows,
        "number": sum(village.workers for village in villages),
        "may_declare": user.can("register.declare"),
        "village": asked["village"],
        "chips": _chips(programme, kept),
        "next_url": _evidence_url(programme, kept | {"setelah": str(following)}) if following else "",
    }
    return render(request, "programmes/criteria_evidence.html", context)


def _asked(request: HttpRequest, programme: Programme) -> dict[str, Any]:
    """Village, reason and the key of the page; what makes no sense is left out."""
    village, reason = request.GET.get("desa", ""), request.GET.get("alasan", "")
    after = request.GET.get("setelah", "")
    return {
        "village": village if VILLAGE.fullmatch(village) and covers(programme.region_code, village) else "",
        "reason": reason if reason in EVIDENCE else "",
        "after": int(after) if after.isascii() and after.isdecimal() and len(after) < 19 else None,
    }


def _chips(programme: Programme, kept: dict[str, str]) -> list[dict[str, str]]:
    """The filters in force, each with the address of the page without it."""
    titles = {code: str(words) for code, words in REASONS.items()} | selectors.village_names(kept.get("desa", ""))
    return [
        {"label": titles.get(value, value), "remove_url": _evidence_url(programme, kept, without=name)}
        for name, value in kept.items()
    ]


def _evidence_url(programme: Programme, query: dict[str, str], *, without: str = "") -> str:
    kept = {name: value for name, value in query.items() if name != without}
    return reverse("programme_evidence", args=[programme.public_id], query=kept)
