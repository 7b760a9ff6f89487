"""The page of one list: four counted tabs, what went wrong, and the list back."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from salawaku.accounts.access import needs, person
from salawaku.intake import actions, jobs, listing, previews, selectors
from salawaku.intake.actions.check import CHECKABLE
from salawaku.intake.engine.template_workbook import CHOICES, GUIDE
from salawaku.intake.models import ListFile, ListRow
from salawaku.intake.rows_shown import rows_shown
from salawaku.intake.views.common import READ, file_or_404, file_url, is_partial, number_in, sender_of
from salawaku.intake.wording import CODES, FAILED, FAILURES, STEPS

OURS = {GUIDE, CHOICES}  # sheets of our own template: nobody needs to hear that they were not read


@needs(*READ)
@require_GET
def file_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One list; while its job is at work, how far it is."""
    file = file_or_404(public_id)
    context = base_context(request, file)
    if not context["is_busy"] and file.is_open:
        context |= _tab(request, file)
    return render(request, "intake/file.html", context)


@needs(*READ)
@require_GET
def progress(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How far the job is, asked for again and again; the page comes anew when it is done."""
    file = file_or_404(public_id)
    if not is_partial(request):
        return redirect(file_url(file))
    if not listing.is_busy(file):
        response = HttpResponse(status=204)
        response.headers["HX-Refresh"] = "true"
        return response
    return render(request, "intake/parts/progress.html", base_context(request, file))


@needs(*READ)
@require_POST
def recheck(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Check a list once more."""
    file = file_or_404(public_id)
    if file.status in CHECKABLE and not listing.is_busy(file):
        jobs.enqueue_check(by=person(request), file=file)
    return redirect(file_url(file))


@needs(*READ)
@require_POST
def marked(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """The list back as a workbook with the outcome of each row; that it was taken is written down."""
    file = file_or_404(public_id)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "diperiksa.xlsx"
        actions.file_return(by=person(request), file=file, target=path)
        # The open file outlives its name: nothing with persons stays on the disk.
        return FileResponse(path.open("rb"), as_attachment=True, filename=f"{Path(file.name).stem}-diperiksa.xlsx")


def base_context(request: HttpRequest, file: ListFile) -> dict[str, Any]:
    """What every part of the page of a list needs."""
    user = person(request)
    work = listing.progress_of(file)
    return {
        "file": file,
        "sender": sender_of(file),
        "is_busy": listing.is_busy(file),
        "step": STEPS.get(work.step, "") if work else "",
        "work": work,
        "failure": FAILURES.get(work.error, FAILED) if work and work.error else "",
        "why": selectors.file_message(file),
        "unread_sheets": _unread(file),
        "sums": sums(file, request.GET.get("tab", "")),
        "may_confirm": user.can_in("intake.confirm", file.village_code) and file.is_open,
        "has_new": file.is_open and previews.has_new(file),
        "may_decide": user.can("intake.decide"),
        "may_withdraw": file.status != ListFile.Status.WITHDRAWN
        and (file.status != ListFile.Status.CONFIRMED or user.can_in("intake.confirm", file.village_code)),
        "may_check": file.status in CHECKABLE,
        "pairs": selectors.pairs_open(file=file).count() if user.can("intake.decide") else 0,
    }


def sums(file: ListFile, current: str = "") -> list[dict[str, Any]]:
    """The four tabs with their numbers; together they are the rows of the file."""
    counted = list(selectors.counted_tabs(file))
    shown = current if current in dict(counted) else _first_tab(counted)
    return [
        {
            "status": status,
            "label": ListRow.Status(status).label,
            "number": number,
            "url": file_url(file, tab=status),
            "is_current": status == shown,
        }
        for status, number in counted
    ]


def _first_tab(counted: list[tuple[str, int]]) -> str:
    """What is to mend first; a list without faults opens on what is ready."""
    waiting = next((status for status, number in counted[:2] if number), "")
    return waiting or next((status for status, number in reversed(counted) if number), "accepted")


def _tab(request: HttpRequest, file: ListFile) -> dict[str, Any]:
    tab = next(one["status"] for one in sums(file, request.GET.get("tab", "")) if one["is_current"])
    codes = selectors.row_codes(file, tab)
    code = request.GET.get("code", "")
    code = code if code in codes else ""
    after = number_in(request, "after")
    rows, following = selectors.row_page(file, tab, code=code, after=after)
    return {
        "tab": tab,
        "code": code,
        "codes": [(one, CODES.get(one, one), file_url(file, tab=tab, code=one)) for one in codes],
        "all_url": file_url(file, tab=tab),
        "rows": rows_shown(rows),
        "next_url": file_url(file, tab=tab, code=code, after=following) if following else "",
        "first_url": file_url(file, tab=tab, code=code) if after else "",
    }


def _unread(file: ListFile) -> str:
    """Sheets that were not read, in one sentence."""
    hidden = [name for name in file.told.get("hidden", []) if name not in OURS]
    without = [name for name in file.told.get("without", []) if name and name not in OURS]
    told = []
    if hidden:
        told.append(_("Hidden sheets are not read: %(names)s.") % {"names": ", ".join(hidden)})
    if without:
        told.append(_("Sheets without a list: %(names)s.") % {"names": ", ".join(without)})
    return " ".join(told)
