"""Next year's programme: opened as a draft, and put in force."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from salawaku.accounts.access import needs, person
from salawaku.accounts.refusal import Refusal
from salawaku.programmes import actions
from salawaku.programmes.views.programmes import managed


@needs("programme.manage")
@require_POST
def programme_renew(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Open the programme of the year after as a draft."""
    programme = managed(request, public_id)
    try:
        new = actions.programme_renew(by=person(request), programme=programme)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("programme_detail", public_id=public_id)
    messages.success(request, _("Next year's programme is a draft with this year's rule and seats. Open its purses."))
    return redirect("programme_detail", public_id=new.public_id)


@needs("programme.manage")
@require_POST
def programme_in_force(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Make a draft a programme for which plans can be made."""
    programme = managed(request, public_id)
    try:
        actions.programme_put_in_force(by=person(request), programme=programme)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The programme is open. Plans can be made."))
    return redirect("programme_detail", public_id=public_id)
