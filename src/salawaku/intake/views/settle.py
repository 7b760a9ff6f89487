"""Carrying a list into the register, and taking it back: what will change is shown first."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from salawaku.accounts.access import needs, person
from salawaku.accounts.refusal import Refusal
from salawaku.intake import actions, jobs, listing, previews
from salawaku.intake.forms import ConfirmForm, ReasonForm
from salawaku.intake.models import ListFile
from salawaku.intake.rows_shown import rows_shown
from salawaku.intake.views.common import READ, file_or_404, file_url, sender_of


@needs("intake.confirm")
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What would enter the register; a post lets it in as a job."""
    file = file_or_404(public_id)
    if not person(request).can_in("intake.confirm", file.village_code):
        raise PermissionDenied
    if not file.is_open or listing.is_busy(file):
        messages.info(request, _("This list cannot be confirmed now. Nothing was changed."))
        return redirect(file_url(file))
    form = ConfirmForm(request.POST or None, is_stopped=file.mostly_duplicates)
    if request.method == "POST" and (form.is_valid() or not form.fields):
        jobs.enqueue_confirm(by=person(request), file=file, second_look=file.mostly_duplicates)
        return redirect(file_url(file))
    preview = previews.confirm_preview(file)
    context = {
        "file": file,
        "sender": sender_of(file),
        "form": form,
        "preview": preview,
        "examples": rows_shown(preview.examples) if file.mostly_duplicates else [],
    }
    return render(request, "intake/confirm.html", context)


@needs(*READ)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Whom it would take out of the register; a post with a reason does it."""
    file = file_or_404(public_id)
    if file.status == ListFile.Status.CONFIRMED and not person(request).can_in("intake.confirm", file.village_code):
        raise PermissionDenied
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.file_withdraw(by=person(request), file=file, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The list was taken back. The same file can be sent again."))
        return redirect(file_url(file))
    context = {
        "file": file,
        "sender": sender_of(file),
        "form": form,
        "preview": previews.withdraw_preview(file),
    }
    return render(request, "intake/withdraw.html", context)
