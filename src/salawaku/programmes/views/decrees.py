"""Decrees: preview, freeze, show, check, download."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from salawaku.accounts.access import needs, person
from salawaku.accounts.refusal import Refusal
from salawaku.programmes import actions, selectors
from salawaku.programmes.forms import DecreeForm
from salawaku.programmes.leaving import removals, word
from salawaku.programmes.models import Allocation, Decree
from salawaku.programmes.verifying import decree_verify
from salawaku.registry import panels

PREVIEW = 50
TYPES = {"pdf": "application/pdf", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@needs("decree.sign")
@require_http_methods(["GET", "POST"])
def decree_new(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Look at the annex before it is frozen, then freeze it."""
    programmes = selectors.programmes_managed_by(person(request))
    plans = Allocation.objects.filter(programme__in=programmes, status="approved").select_related("programme")
    allocation = get_object_or_404(plans, public_id=public_id)
    earlier = allocation.programme.decrees.all()
    changes = selectors.decree_to_change(allocation.programme)
    form = DecreeForm(
        request.POST if request.method == "POST" else None, earlier=earlier, initial={"changes": changes}
    )
    if request.method == "POST" and form.is_valid():
        try:
            decree = actions.decree_freeze(by=person(request), allocation=allocation, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The annex is frozen. Its hash is printed on every page."))
            return redirect("decree_detail", public_id=decree.public_id)
    lines = list(selectors.allocation_lines(allocation, chosen=True)[:PREVIEW])
    cells = panels.cells_for(request, [line.worker for line in lines])
    gone = removals(changes=changes, allocation=allocation) if changes else []
    context = {
        "allocation": allocation,
        "changes": changes,
        "gone": gone[:PREVIEW],
        "removed": len(gone),
        "form": form,
        "lines": [(line, [cell.get(line.worker_id, "") for cell in cells]) for line in lines],
    }
    return render(request, "programmes/decree_new.html", context, status=422 if form.errors else 200)


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
    response = HttpResponse(bytes(file.content), content_type=TYPES[file.kind])
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response


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
