"""Pages of the field check."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from salawaku.accounts.access import needs, person
from salawaku.accounts.documents import ENDINGS, attachment
from salawaku.accounts.refusal import Refusal
from salawaku.registry import actions, declared, selectors
from salawaku.registry.declaration_forms import DeclarationForm
from salawaku.registry.models import Declaration, Worker


@needs("register.declare")
@require_http_methods(["GET", "POST"])
def worker_declare(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The form of the field check; a post keeps it."""
    worker = _worker(public_id)
    posted = request.method == "POST"
    form = (
        DeclarationForm(request.POST, request.FILES)
        if posted
        else DeclarationForm(initial={"declared_on": timezone.localdate()})
    )
    if posted and form.is_valid():
        try:
            actions.declaration_add(by=person(request), worker=worker, declared=form.declared(), evidence=form.file())
        except Refusal as refusal:
            form.add_error("evidence" if refusal.code.startswith("evidence.") else None, str(refusal))
        else:
            messages.success(request, _("The declaration was written down. A correction is a newer one."))
            return redirect("worker_detail", public_id=public_id)
    context = {"worker": worker, "form": form, "village": selectors.village_titles([worker]).get(worker.village_code)}
    return render(request, "registry/worker_declare.html", context, status=422 if form.errors else 200)


@needs(*declared.SENSITIVE)
@require_GET
def worker_evidence(request: HttpRequest, public_id: UUID, declaration_id: UUID) -> HttpResponse:
    """The file beside a declaration; the look is written down."""
    try:
        found = declared.declaration_get(_worker(public_id), declaration_id)
        content = actions.evidence_taken(by=person(request), declaration=found)
    except (Declaration.DoesNotExist, Refusal) as missing:
        raise Http404 from missing
    return attachment(f"keterangan-{found.declared_on:%Y-%m-%d}.{ENDINGS[found.evidence_type]}", content)


def _worker(public_id: UUID) -> Worker:
    try:
        return selectors.worker_get(public_id)
    except Worker.DoesNotExist as missing:
        raise Http404 from missing
