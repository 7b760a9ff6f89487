"""One row of a list, mended in place."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from salawaku.accounts.access import needs, person
from salawaku.accounts.refusal import Refusal
from salawaku.intake import actions, selectors
from salawaku.intake.forms import RowForm
from salawaku.intake.models import ListFile, ListRow
from salawaku.intake.views.files import get_file
from salawaku.intake.wording import STATUSES


@needs("intake.load")
@require_http_methods(["GET", "POST"])
@never_cache
def row_mend(request: HttpRequest, public_id: UUID, row_id: int) -> HttpResponse:
    """A row with what is wrong in it; a post mends it and checks it again."""
    file = get_file(public_id)
    row = _row(file, row_id)
    form = RowForm(request.POST or None, row=row)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.row_mend(by=person(request), row=row, values=form.mended())
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("intake_file", public_id=public_id)
        if row.status in (ListRow.Status.ACCEPTED, ListRow.Status.DUPLICATE):
            text = _("Row %(row)s was mended: %(status)s.") % {"row": row.row, "status": STATUSES[row.status]}
            messages.success(request, text)
            return redirect("intake_file", public_id=public_id)
        form = RowForm(row=row)
    context = {"file": file, "row": row, "form": form, "messages_of_row": selectors.row_messages(row)}
    return render(request, "intake/row.html", context)


def _row(file: ListFile, row_id: int) -> ListRow:
    try:
        return selectors.row_get(file, row_id)
    except ListRow.DoesNotExist as missing:
        raise Http404 from missing
