"""Lists: sending, watching, correcting, confirming, taking back."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from salawaku.accounts.access import needs, person
from salawaku.accounts.refusal import Refusal
from salawaku.intake import actions, jobs, selectors
from salawaku.intake.actions.receive import may_send
from salawaku.intake.blank import write_blank
from salawaku.intake.forms import MappingForm, UploadForm, WithdrawForm
from salawaku.intake.models import ListFile
from salawaku.intake.wording import CODES, TAB_TEXTS, TABS

SEES = ("intake.load", "intake.confirm")


@needs(*SEES)
@require_GET
def file_list(request: HttpRequest) -> HttpResponse:
    """All lists of the area, and the form to send one."""
    return render(request, "intake/file_list.html", _list_context(request, UploadForm(user=person(request))))


@needs("intake.load")
@require_POST
def file_upload(request: HttpRequest) -> HttpResponse:
    """Take lists in; each is checked as a job of its own."""
    form = UploadForm(request.POST, request.FILES, user=person(request))
    if not form.is_valid():
        return render(request, "intake/file_list.html", _list_context(request, form), status=422)
    village, agency = form.village_and_agency
    taken = [file for sent in form.cleaned_data["lists"] if (file := _receive(request, sent, village, agency))]
    next_page = reverse("intake_file", args=[taken[0].public_id]) if len(taken) == 1 else reverse("intake_list")
    if request.headers.get("X-Upload"):  # the script that shows progress opens the page itself (upload.js)
        return HttpResponse(headers={"X-Next-Page": next_page})
    return redirect(next_page)


@needs("intake.load")
@require_GET
def blank_download(request: HttpRequest) -> HttpResponseBase:
    """The empty list of one sender."""
    village, _bar, agency = request.GET.get("sender", "").partition("|")
    if not village or not may_send(person(request), village, agency):
        raise Http404
    with tempfile.TemporaryDirectory() as folder:
        path = write_blank(Path(folder) / "daftar.xlsx", village_code=village, agency_code=agency)
        return FileResponse(path.open("rb"), as_attachment=True, filename=f"daftar-{village}.xlsx")


@needs(*SEES)
@require_GET
def file_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One list: how far its job is, or its rows in four counted tabs."""
    file = get_file(public_id)
    if file.status in (ListFile.Status.RECEIVED, ListFile.Status.CHECKING):
        return render(request, "intake/file_waiting.html", {"file": file})
    tab = _tab(request, file)
    code = request.GET.get("code", "")
    rows, after = selectors.row_page(file, tab, code=code, after=_number(request, "after"))
    context = {
        "file": file,
        "message": selectors.file_message(file),
        "tab": tab,
        "tab_text": TAB_TEXTS[tab],
        "tabs": [(status, TABS[status], number) for status, number in selectors.counted_tabs(file)],
        "rows": [(row, selectors.row_messages(row)) for row in rows],
        "villages": selectors.row_villages(rows),
        "codes": [(known, CODES.get(known, known)) for known in selectors.row_codes(file, tab)],
        "code": code,
        "next_url": _tab_url(file, tab, code, after) if after else "",
        "open_pairs": selectors.pairs_open(file=file).count(),
        "withdraw": WithdrawForm(),
    }
    return render(request, "intake/file_detail.html", context)


@needs(*SEES)
@require_GET
def file_progress(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How far the job is, as a part of the page; when it has ended the page is loaded anew."""
    file = get_file(public_id)
    answer = render(request, "intake/parts/progress.html", {"file": file})
    if file.status not in (ListFile.Status.RECEIVED, ListFile.Status.CHECKING) and not _is_running(file):
        answer["HX-Refresh"] = "true"
    return answer


@needs("intake.load")
@require_POST
def file_recheck(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Check a list once more."""
    file = get_file(public_id)
    jobs.enqueue_check(by=person(request), file=file)
    return redirect("intake_file", public_id=public_id)


@needs("intake.load")
@require_http_methods(["GET", "POST"])
def file_mapping(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Which column is which; a correction is kept for the sender and the layout."""
    file = get_file(public_id)
    form = MappingForm(request.POST or None, file=file)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                file = actions.mapping_correct(by=person(request), file=file, mapping=form.mapping())
                jobs.enqueue_check(by=person(request), file=file)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect("intake_file", public_id=public_id)
    return render(request, "intake/file_mapping.html", {"file": file, "form": form})


@needs(*SEES)
@require_POST
def file_marked(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """The list as a marked workbook."""
    file = get_file(public_id)
    with tempfile.TemporaryDirectory() as folder:
        path = actions.file_return(by=person(request), file=file, target=Path(folder) / "daftar.xlsx")
        return FileResponse(path.open("rb"), as_attachment=True, filename=f"{Path(file.name).stem}-diperiksa.xlsx")


@needs("intake.confirm")
@require_http_methods(["GET", "POST"])
def file_confirm(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What confirming would carry into the register, by count; a post does it."""
    file = get_file(public_id)
    if not person(request).can_in("intake.confirm", file.village_code):
        raise PermissionDenied
    if request.method == "POST":
        second_look = request.POST.get("second_look") == "yes"
        if file.mostly_duplicates and not second_look:
            messages.error(request, _("Please tick that you looked a second time."))
            return redirect("intake_confirm", public_id=public_id)
        jobs.enqueue_confirm(by=person(request), file=file, second_look=second_look)
        return redirect("intake_file", public_id=public_id)
    return render(request, "intake/file_confirm.html", {"file": file})


@needs("intake.load", "intake.confirm")
@require_POST
def file_withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a list back; one that is in the register only by who may confirm."""
    file = get_file(public_id)
    by = person(request)
    if file.status == ListFile.Status.CONFIRMED and not by.can_in("intake.confirm", file.village_code):
        raise PermissionDenied
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please say why the list is taken back."))
        return redirect("intake_file", public_id=public_id)
    try:
        actions.file_withdraw(by=by, file=file, reason=form.cleaned_data["reason"])
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The list was taken back. It can be sent again."))
    return redirect("intake_file", public_id=public_id)


def get_file(public_id: UUID) -> ListFile:
    """The list, or 404 for one that is not there for this person."""
    try:
        return selectors.file_get(public_id)
    except ListFile.DoesNotExist as missing:
        raise Http404 from missing


def _receive(request: HttpRequest, sent: Any, village: str, agency: str) -> ListFile | None:
    by = person(request)
    try:
        with transaction.atomic():
            file = actions.file_receive(
                by=by, name=sent.name, content=sent.file, village_code=village, agency_code=agency
            )
            jobs.enqueue_check(by=by, file=file)
    except Refusal as refusal:
        messages.error(request, f"{sent.name}: {refusal}")
        return None
    return file


def _list_context(request: HttpRequest, form: UploadForm) -> dict[str, Any]:
    before = request.GET.get("before", "")
    files, older = selectors.file_page(before=_uuid(before))
    return {
        "form": form,
        "files": files,
        "older_url": reverse("intake_list", query={"before": str(older)}) if older else "",
        "waiting": selectors.pairs_open().count(),
        "may_load": person(request).can("intake.load"),
    }


def _is_running(file: ListFile) -> bool:
    progress = getattr(file, "progress", None)
    return progress is not None and progress.step not in ("done", "failed")


def _tab(request: HttpRequest, file: ListFile) -> str:
    asked = request.GET.get("tab", "")
    if asked in TABS:
        return asked
    return next((status for status, number in selectors.counted_tabs(file) if number), "accepted")


def _tab_url(file: ListFile, tab: str, code: str, after: int) -> str:
    query = {"tab": tab, "after": str(after)} | ({"code": code} if code else {})
    return reverse("intake_file", args=[file.public_id], query=query)


def _number(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
