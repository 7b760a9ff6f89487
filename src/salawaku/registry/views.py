"""Pages of the register."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from salawaku.accounts.access import needs, person
from salawaku.accounts.refusal import Refusal
from salawaku.registry import actions, panels, selectors
from salawaku.registry.actions.merge import merge_preview
from salawaku.registry.chips import filter_chips
from salawaku.registry.forms import DeathForm, FilterForm, ReasonForm, SearchForm
from salawaku.registry.models import Merge, Worker
from salawaku.registry.wording import told

SEARCH = "worker_search"  # where the session keeps what was looked for


@needs("register.view")
@require_GET
def worker_list(request: HttpRequest) -> HttpResponse:
    """Search and filters over all workers of the area, page by page."""
    form = FilterForm(request.GET)
    wanted = form.wanted(request.session.get(SEARCH, ""))
    found = selectors.worker_list(wanted)
    page = selectors.worker_page(found, after=_uuid(request, "after"), before=_uuid(request, "before"))
    cells = panels.cells_for(request, page.workers)
    villages = selectors.village_titles(page.workers)
    context = {
        "search": SearchForm(initial={"text": wanted.text}),
        "filters": form,
        "wanted": wanted,
        "chips": filter_chips(wanted),
        "rows": [(w, villages.get(w.village_code, ""), [c.get(w.pk, "") for c in cells]) for w in page.workers],
        "number": found.count(),
        "next_url": _page_url(wanted, "after", page.after),
        "previous_url": _page_url(wanted, "before", page.before),
    }
    return render(request, "registry/worker_list.html", context)


@needs("register.view")
@require_POST
def worker_search(request: HttpRequest) -> HttpResponse:
    """Keep what is looked for in the session: no name or number comes into an address or a log."""
    form = SearchForm(request.POST)
    request.session[SEARCH] = form.cleaned_data["text"].strip() if form.is_valid() else ""
    wanted = FilterForm(request.POST).wanted()
    return redirect(_list_url(wanted))


@needs("register.view")
@require_GET
def worker_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One worker."""
    return render(request, "registry/worker_detail.html", _detail(request, _worker(public_id)))


@needs("register.unmask")
@require_POST
def worker_unmask(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The whole NIK, once; the look is written down."""
    worker = _worker(public_id)
    nik = actions.nik_unmask(by=person(request), worker=worker)
    if request.htmx:  # type: ignore[attr-defined]  # django-htmx
        return render(request, "registry/parts/nik.html", {"nik": nik, "worker": worker})
    return render(request, "registry/worker_detail.html", _detail(request, worker) | {"nik": nik})


@needs("register.merge")
@require_POST
def worker_death(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write a death down."""
    worker = _worker(public_id)
    form = DeathForm(request.POST)
    if not form.is_valid():
        return render(request, "registry/worker_detail.html", _detail(request, worker) | {"death": form}, status=422)
    try:
        actions.worker_died(by=person(request), worker=worker, **form.cleaned_data)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The death was written down. Cover closes from the month after."))
    return redirect("worker_detail", public_id=public_id)


@needs("register.merge")
@require_http_methods(["GET", "POST"])
def worker_merge(request: HttpRequest, public_id: UUID, other_id: UUID) -> HttpResponse:
    """What a merge would move; a post does it."""
    kept, gone = _worker(public_id), _worker(other_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.workers_merge(by=person(request), kept=kept, gone=gone, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The two records are one now. You can undo this on this page."))
        return redirect("worker_detail", public_id=public_id)
    context = {"kept": kept, "gone": gone, "moving": merge_preview(kept=kept, gone=gone), "form": form}
    return render(request, "registry/worker_merge.html", context)


@needs("register.merge")
@require_POST
def merge_undo(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a merge back."""
    try:
        merge = selectors.merge_get(public_id)
    except Merge.DoesNotExist as missing:
        raise Http404 from missing
    try:
        actions.merge_undo(by=person(request), merge=merge, reason=request.POST.get("reason", "")[:200])
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The merge was undone. Both records stand on their own again."))
    return redirect("worker_detail", public_id=merge.kept.public_id)


@needs("register.export")
@require_POST
def worker_export(request: HttpRequest) -> HttpResponseBase:
    """The filtered list as a workbook; the event says who took how many."""
    wanted = FilterForm(request.POST).wanted(request.session.get(SEARCH, ""))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pekerja.xlsx"
        actions.workers_export(by=person(request), workers=selectors.worker_list(wanted), target=path)
        # The open file outlives its name: nothing with persons stays on the disk.
        return FileResponse(path.open("rb"), as_attachment=True, filename="pekerja.xlsx")


def _worker(public_id: UUID) -> Worker:
    try:
        return selectors.worker_get(public_id)
    except Worker.DoesNotExist as missing:
        raise Http404 from missing


def _detail(request: HttpRequest, worker: Worker) -> dict[str, Any]:
    return {
        "worker": worker,
        "village": selectors.village_titles([worker]).get(worker.village_code, ""),
        "timeline": [(happening, told(happening)) for happening in selectors.worker_timeline(worker)],
        "panels": panels.panels_for(request, worker),
        "alike": selectors.worker_alike(worker),
        "merges": selectors.worker_merges(worker),
        "death": DeathForm(),
    }


def _uuid(request: HttpRequest, name: str) -> UUID | None:
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        return None


def _page_url(wanted: selectors.WorkerFilter, edge: str, public_id: UUID | None) -> str:
    return _list_url(wanted, **{edge: str(public_id)}) if public_id else ""


def _list_url(wanted: selectors.WorkerFilter, **more: str) -> str:
    return reverse("worker_list", query=wanted.codes() | more)
