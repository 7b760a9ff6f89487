"""One row: seeing it, mending it in place, answering what the list left open."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from salawaku.accounts.access import needs, person
from salawaku.accounts.refusal import Refused
from salawaku.intake import actions
from salawaku.intake.models import ListFile, ListRow
from salawaku.intake.row_form import RowForm
from salawaku.intake.rows_shown import row_shown, written
from salawaku.intake.views.common import READ, file_or_404, file_url, is_partial, row_or_404, sender_of
from salawaku.intake.views.file import base_context


@needs(*READ)
@require_http_methods(["GET", "POST"])
def row(request: HttpRequest, public_id: UUID, row_id: int) -> HttpResponse:
    """A row with its form; a post mends it and checks it again."""
    file = file_or_404(public_id)
    shown = row_or_404(file, row_id)
    if request.method == "GET" and request.GET.get("view") == "card" and is_partial(request):
        return _card(request, file, shown)
    form = RowForm(request.POST or None, row=shown)
    if request.method == "POST" and form.is_valid():
        try:
            mended = actions.row_mend(by=person(request), row=shown, values=form.values())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _answer(request, file, mended)
    return _form(request, file, shown, form)


@needs("register.unmask")
@require_POST
def row_unmask(request: HttpRequest, public_id: UUID, row_id: int) -> HttpResponse:
    """The whole number of a row, once; the look is written down."""
    file = file_or_404(public_id)
    shown = row_or_404(file, row_id)
    actions.nik_unmask(by=person(request), subject=file, row=shown)
    return _form(request, file, shown, RowForm(row=shown), nik=shown.nik or written(shown, "nik"))


def _answer(request: HttpRequest, file: ListFile, mended: ListRow) -> HttpResponse:
    """In place: the row as it is now; else back to the list."""
    if is_partial(request):
        return _card(request, file, mended, is_fresh=True)
    said = _("Row %(row)s was checked again: %(state)s.")
    messages.success(request, said % {"row": mended.row, "state": mended.get_status_display()})
    return redirect(file_url(file))


def _card(request: HttpRequest, file: ListFile, shown: ListRow, *, is_fresh: bool = False) -> HttpResponse:
    context: dict[str, Any] = {"line": row_shown(row_or_404(file, shown.pk)), "file": file, "is_fresh": is_fresh}
    if is_fresh:
        file = file_or_404(file.public_id)
        context |= base_context(request, file) | {"is_oob": True}
    return render(request, "intake/parts/row_card.html", context)


def _form(request: HttpRequest, file: ListFile, shown: ListRow, form: RowForm, nik: str = "") -> HttpResponse:
    is_part = is_partial(request)
    context = {
        "file": file,
        "sender": "" if is_part else sender_of(file),
        "line": row_shown(shown),
        "form": form,
        "nik": nik,
        "is_partial": is_part,
        "back_url": file_url(file, tab=shown.status),
    }
    return render(request, "intake/parts/row_form.html" if is_part else "intake/row.html", context)
