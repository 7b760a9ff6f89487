"""Decrees: preview, freeze, show, check, download."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from salawaku.accounts.access import needs, person
from salawaku.accounts.documents import attachment
from salawaku.accounts.refusal import Refusal
from salawaku.programmes import actions, jobs, selectors
from salawaku.programmes.forms import DecreeForm
from salawaku.programmes.leaving import removals, word
from salawaku.programmes.models import Allocation, Decree, Freezing
from salawaku.programmes.verifying import decree_verify
from salawaku.registry import panels

PREVIEW = 50


@needs("decree.sign")
@require_http_methods(["GET", "POST"])
def decree_new(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Look at the annex before it is frozen, then freeze it: a large one as a job whose progress stands here."""
    allocation = _approved(request, public_id)
    frozen, freezing = selectors.decree_of(allocation), selectors.freezing_of(allocation)
    if request.method == "GET" and frozen:
        return redirect("decree_detail", public_id=frozen.public_id)
    if request.method == "GET" and freezing and not freezing.error:
        return render(request, "programmes/decree_new.html", {"allocation": allocation, "freezing": freezing})
    changes = selectors.decree_to_change(allocation.programme)
    form = DecreeForm(
        request.POST if request.method == "POST" else None,
        earlier=allocation.programme.decrees.all(),
        initial=_typed(freezing) or {"changes": changes},
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _freeze(request, allocation, form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return _preview(request, allocation, form, changes, failed=bool(freezing))


def _approved(request: HttpRequest, public_id: UUID) -> Allocation:
    programmes = selectors.programmes_managed_by(person(request))
    plans = Allocation.objects.filter(programme__in=programmes, status="approved").select_related("programme")
    return get_object_or_404(plans, public_id=public_id)


def _typed(freezing: Freezing | None) -> dict[str, Any]:
    """What was typed before a job that ended without a decree."""
    names = ("number", "signed_on", "signatory", "changes")
    return {name: getattr(freezing, name) for name in names} if freezing else {}


def _freeze(request: HttpRequest, allocation: Allocation, signing: dict[str, Any]) -> HttpResponse:
    if allocation.workers > jobs.LARGE:
        jobs.enqueue_freeze(by=person(request), allocation=allocation, **signing)
        return redirect("decree_new", public_id=allocation.public_id)
    decree = actions.decree_freeze(by=person(request), allocation=allocation, **signing)
    messages.success(request, _("The annex is frozen. Its hash is printed on every page."))
    return redirect("decree_detail", public_id=decree.public_id)


def _preview(
    request: HttpRequest, allocation: Allocation, form: DecreeForm, changes: Decree | None, *, failed: bool
) -> HttpResponse:
    lines = list(selectors.allocation_lines(allocation, chosen=True)[:PREVIEW])
    cells = panels.cells_for(request, [line.worker for line in lines])
    gone = removals(changes=changes, allocation=allocation) if changes else []
    context = {
        "allocation": allocation,
        "failed": failed,
        "changes": changes,
        "gone": gone[:PREVIEW],
        "removed": len(gone),
        "form": form,
        "lines": [(line, [cell.get(line.worker_id, "") for cell in cells]) for line in lines],
    }
    return render(request, "programmes/decree_new.html", context, status=422 if form.errors else 200)


@needs("decree.sign")
@require_GET
def allocation_freezing(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How far the files of a decree are, asked for again and again; the page comes anew when it is frozen."""
    allocation = _approved(request, public_id)
    freezing = selectors.freezing_of(allocation)
    if "HX-Request" not in request.headers:
        return redirect("decree_new", public_id=public_id)
    if freezing is None or freezing.error:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return render(request, "programmes/parts/freezing.html", {"allocation": allocation, "freezing": freezing})


@needs("programme.view")
@require_GET
def decree_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A frozen decree with its files, as far as one may see them."""
    return _page(request, _decree(request, public_id))


@needs("programme.view")
@require_POST
def decree_check(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Compute the hash anew and compare."""
    decree = _decree(request, public_id)
    return _page(request, decree, decree_verify(decree))


@needs("register.export")
@require_POST
def decree_file(request: HttpRequest, public_id: UUID, file_id: UUID) -> HttpResponse:
    """Hand a file of the annex out; the event says who took it."""
    decree = _decree(request, public_id)
    file = get_object_or_404(decree.files, public_id=file_id)
    actions.decree_file_taken(by=person(request), file=file)
    return attachment(file.name, bytes(file.content))


def _decree(request: HttpRequest, public_id: UUID) -> Decree:
    return get_object_or_404(selectors.decrees_for(person(request)), public_id=public_id)


def _gone(request: HttpRequest, decree: Decree) -> list[tuple[object, ...]]:
    """The first entries that a decree takes out, with the reason in words, for whoever may see persons."""
    if not person(request).can("register.view"):
        return []
    return [(*row[:7], word(str(row[7])), row[8]) for row in selectors.decree_removals(decree)[:PREVIEW]]


def _page(request: HttpRequest, decree: Decree, verification: object = None) -> HttpResponse:
    context = {
        "decree": decree,
        "programme": decree.programme,
        "files": selectors.decree_files(decree),
        "changed_by": list(decree.changed_by.all()),
        "gone": _gone(request, decree),
        "verification": verification,
    }
    return render(request, "programmes/decree_detail.html", context)
