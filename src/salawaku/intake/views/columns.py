"""Saying which column is which."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from salawaku.accounts.access import needs, person
from salawaku.accounts.refusal import Refusal
from salawaku.intake import actions, jobs, storage
from salawaku.intake.actions.check import corrected_mappings
from salawaku.intake.actions.mapping import FIELDS
from salawaku.intake.engine.column_samples import ColumnSample, column_samples
from salawaku.intake.engine.refusals import FileRefused
from salawaku.intake.forms import ColumnsForm
from salawaku.intake.models import ListFile
from salawaku.intake.views.common import READ, file_or_404, file_url, sender_of
from salawaku.intake.wording import masked


@needs(*READ)
@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Each column with what it was read as and three values; a post corrects it and checks the list again."""
    file = file_or_404(public_id)
    found = _columns(file)
    form = ColumnsForm(request.POST or None, columns=found, fields=FIELDS)
    if request.method == "POST" and form.is_valid():
        try:
            actions.mapping_correct(by=person(request), file=file, mapping=form.mapping())
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            jobs.enqueue_check(by=person(request), file=file)
            messages.success(request, _("The columns are remembered for this sender. The list is checked again."))
        return redirect(file_url(file))
    lines = [
        (form[f"column-{number}"], column, [masked(text) for text in column.samples])
        for number, column in enumerate(found)
    ]
    context = {"file": file, "sender": sender_of(file), "form": form, "lines": lines}
    return render(request, "intake/columns.html", context)


def _columns(file: ListFile) -> list[ColumnSample]:
    """None for a file that cannot be read, or is no longer there."""
    try:
        with storage.under_its_name(file.stored, file.name) as path:
            return column_samples(
                path,
                as_of=file.as_of,
                home_region=settings.HOME_REGION,
                remembered=corrected_mappings(file),
            )
    except (FileRefused, FileNotFoundError):
        return []
