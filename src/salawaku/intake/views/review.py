"""The review queue: two records side by side, three answers."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from salawaku.accounts.access import needs, person
from salawaku.accounts.refusal import Refusal
from salawaku.intake import actions, selectors
from salawaku.intake.models import Pair
from salawaku.intake.views.files import get_file
from salawaku.registry.wording import FIELDS

DONE = "intake_review_done"  # the session counts what was decided in this sitting


@needs("intake.decide")
@require_GET
@never_cache
def review(request: HttpRequest, public_id: UUID | None = None) -> HttpResponse:
    """The next pair of the whole area, or of one list."""
    file = get_file(public_id) if public_id else None
    queue = selectors.pairs_open(file=file)
    left = queue.count()
    done = request.session.get(DONE, 0) if left else request.session.pop(DONE, 0)
    pair = queue.first()
    card = selectors.pair_card(pair, number=done + 1, total=done + left) if pair else None
    return render(request, "intake/review.html", {"card": card, "file": file, "done": done, "fields": FIELDS})


@needs("intake.decide")
@require_POST
def pair_decide(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Same, different or not sure; then the next one."""
    try:
        pair = selectors.pair_get(public_id)
    except Pair.DoesNotExist as missing:
        raise Http404 from missing
    by = person(request)
    if not by.can_in("intake.decide", pair.village_code):
        raise PermissionDenied
    try:
        actions.pair_decide(by=by, pair=pair, decision=request.POST.get("decision", ""))
        request.session[DONE] = request.session.get(DONE, 0) + 1
    except Refusal as refusal:
        messages.error(request, str(refusal))
    if request.POST.get("file") == str(pair.left.file.public_id):
        return redirect("intake_file_review", public_id=pair.left.file.public_id)
    return redirect("intake_review")
