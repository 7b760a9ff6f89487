"""The law for everybody, without a log-in: nothing here is about a person, and nothing is kept."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from salawaku.law import UnknownParameterError, law_now
from salawaku.web.law import register_page
from salawaku.web.law.benefit_form import BenefitForm
from salawaku.web.law.benefit_page import benefit_page
from salawaku.web.law.contribution_form import ContributionForm
from salawaku.web.law.contribution_page import contribution_page
from salawaku.web.law.words import said

LONGEST_SEARCH = 100


@require_safe
def calculator(request: HttpRequest) -> HttpResponse:
    """Which question?"""
    return render(request, "web/law/calculator.html")


@require_safe
def contribution(request: HttpRequest) -> HttpResponse:
    """What a month costs, and why."""
    form = ContributionForm.asked(request.GET, key="segment")
    page = contribution_page(form)
    return render(request, "web/law/contribution.html", {"form": form, "parts": form.parts(), "page": page})


@require_safe
def benefit(request: HttpRequest) -> HttpResponse:
    """What a family or a worker receives, why, and what to do now."""
    form = BenefitForm.asked(request.GET, key="what")
    page = benefit_page(form)
    return render(request, "web/law/benefit.html", {"form": form, "parts": form.parts(), "page": page})


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """All parameters by subject."""
    law, today = law_now(), timezone.localdate()
    only = request.GET.get("only", "")
    only = only if only in register_page.FILTERS else ""
    words = request.GET.get("q", "").replace("\x00", "")[:LONGEST_SEARCH].strip()
    context = {
        "subjects": register_page.rows_by_subject(law, today, only, words),
        "chips": register_page.chips(law, only),
        "only": only,
        "words": words,
        "total": len(law),
        "counts": {chip.key: chip.count for chip in register_page.chips(law, only)},
        "hash": law.hash,
        "today": today,
        "official": register_page.texts_to_read(),
    }
    return render(request, "web/law/register.html", context)


@require_safe
def parameter(request: HttpRequest, parameter: str) -> HttpResponse:
    """One parameter with its history and sources."""
    law = law_now()
    try:
        found = law[parameter]
    except UnknownParameterError:
        raise Http404 from None
    context = {
        "parameter": found,
        "description": said(found.description),
        "unit": register_page.unit_of(found),
        "note": register_page.said_or_nothing(found.note),
        "formula": register_page.said_or_nothing(found.formula),
        "history": register_page.history(found, timezone.localdate()),
        "gaps": [(gap.begin, gap.end, said(gap.why)) for gap in found.gaps],
        "derived_from": [(name, said(law[name].description)) for name in found.derived_from],
    }
    return render(request, "web/law/parameter.html", context)
