"""Agreements: list, recording, one with its fulfilment, changing, the signed document."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from salawaku.accounts.access import needs, person
from salawaku.accounts.documents import attachment
from salawaku.accounts.refusal import Refusal
from salawaku.programmes import actions, selectors
from salawaku.programmes.agreement_forms import AgreementChangeForm, AgreementForm
from salawaku.programmes.fulfilment import agreement_fulfilment
from salawaku.programmes.models import Agreement
from salawaku.regions.models import Region

SHOWN = 100


@needs("programme.view")
@require_GET
def agreement_list(request: HttpRequest) -> HttpResponse:
    """The agreements of one's area with what became of them."""
    found = selectors.agreements_for(person(request)).prefetch_related("quotas")[:SHOWN]
    rows = [agreement_fulfilment(agreement, today=timezone.localdate()) for agreement in found]
    return render(request, "programmes/agreement_list.html", {"rows": rows})


@needs("programme.manage")
@require_http_methods(["GET", "POST"])
def agreement_new(request: HttpRequest) -> HttpResponse:
    """Record an agreement."""
    form = AgreementForm(*_sent(request), **_choices(request))
    if request.method == "POST" and form.is_valid():
        try:
            agreement = actions.agreement_record(
                by=person(request), terms=form.terms(), document=form.sent_document()
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The agreement was recorded."))
            return redirect("agreement_detail", public_id=agreement.public_id)
    return render(request, "programmes/agreement_form.html", {"form": form}, status=422 if form.errors else 200)


@needs("programme.view")
@require_GET
def agreement_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One agreement: what was promised in each region and what became of it."""
    agreement = get_object_or_404(selectors.agreements_for(person(request)), public_id=public_id)
    context = {
        "agreement": agreement,
        "parties": [line for line in agreement.parties.splitlines() if line.strip()],
        "region": Region.objects.filter(pk=agreement.region_code).first(),
        "fulfilment": agreement_fulfilment(agreement, today=timezone.localdate()),
        "manages": selectors.agreements_managed_by(person(request)).filter(pk=agreement.pk).exists(),
    }
    return render(request, "programmes/agreement_detail.html", context)


@needs("programme.manage")
@require_http_methods(["GET", "POST"])
def agreement_change(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change an agreement, with the reason."""
    agreement = _managed(request, public_id)
    form = AgreementChangeForm(*_sent(request), initial=_initial(agreement), **_choices(request, agreement))
    if request.method == "POST" and form.is_valid():
        try:
            actions.agreement_change(
                by=person(request),
                agreement=agreement,
                terms=form.terms(),
                reason=form.cleaned_data["reason"],
                document=form.sent_document(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The agreement was changed. What it was stays in its trail."))
            return redirect("agreement_detail", public_id=public_id)
    context = {"form": form, "agreement": agreement}
    return render(request, "programmes/agreement_form.html", context, status=422 if form.errors else 200)


@needs("programme.view")
@require_POST
def agreement_document(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Hand the signed document out; the event says who took it."""
    agreement = get_object_or_404(selectors.agreements_for(person(request)), public_id=public_id)
    try:
        content = actions.agreement_document_taken(by=person(request), agreement=agreement)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("agreement_detail", public_id=public_id)
    return attachment(f"perjanjian-{agreement.document_sha256[:12]}.pdf", content)


def _managed(request: HttpRequest, public_id: UUID) -> Agreement:
    return get_object_or_404(selectors.agreements_managed_by(person(request)), public_id=public_id)


def _sent(request: HttpRequest) -> tuple[Any, ...]:
    return (request.POST, request.FILES) if request.method == "POST" else ()


def _choices(request: HttpRequest, agreement: Agreement | None = None) -> dict[str, Any]:
    """The person's own regions, or the agreement's that stays, and the programmes of the person's area."""
    codes = [agreement.region_code] if agreement else person(request).regions
    regions = Region.objects.filter(code__in=codes).order_by("code")
    return {
        "regions": [(region.code, region.title) for region in regions],
        "programmes": selectors.programmes_for(person(request)),
    }


def _initial(agreement: Agreement) -> dict[str, Any]:
    names = ("number", "kind", "parties", "subject", "signed_on", "valid_from", "valid_to", "region_code")
    lines = [f"{quota.region_code} {quota.workers}" for quota in agreement.quotas.all()]
    programme = agreement.programme.public_id if agreement.programme else None
    return {name: getattr(agreement, name) for name in names} | {"quotas": "\n".join(lines), "programme": programme}
