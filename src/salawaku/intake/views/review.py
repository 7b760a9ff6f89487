"""Deciding pairs: one card at a time, three answers, the last one can be changed."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from salawaku.accounts.access import needs, person
from salawaku.accounts.refusal import Refusal
from salawaku.intake import actions, selectors
from salawaku.intake.models import Pair
from salawaku.intake.models.pair import Decision
from salawaku.intake.pairs_shown import card_lines
from salawaku.intake.views.common import file_or_404, sender_of, uuid_in

RUN = "intake_review"  # where the session keeps this person's run through the queue


class Run(NamedTuple):
    """One sitting: how many were answered, which pairs were put off, which came last."""

    answered: int = 0
    put_off: tuple[str, ...] = ()
    last: str = ""

    def after(self, pair: Pair, decision: str) -> Run:
        """The run with one more answer."""
        key = str(pair.public_id)
        again = key == self.last
        put_off = tuple(one for one in self.put_off if one != key)
        return Run(
            self.answered + (0 if again else 1), (*put_off, key) if decision == Decision.UNSURE else put_off, key
        )


@needs("intake.decide")
@require_GET
def review(request: HttpRequest, public_id: UUID | None = None) -> HttpResponse:
    """The next pair of the whole area, or of one list."""
    file = file_or_404(public_id) if public_id else None
    within = file.public_id if file else None
    if "start" in request.GET:
        request.session.pop(RUN, None)
    run = _run(request)
    waiting = selectors.pairs_open(file=file).exclude(public_id__in=run.put_off)
    pair = waiting.first()
    if pair is None:
        return render(request, "intake/review_done.html", {"run": run, "last": run.last, "within": within})
    number = run.answered + 1
    return _card(request, pair, number=number, total=run.answered + waiting.count(), within=within)


@needs("intake.decide")
@require_http_methods(["GET", "POST"])
def pair(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One pair, also one that was answered before; a post keeps the answer and goes on to the next pair."""
    shown = _pair(public_id)
    if request.method == "GET":
        return _card(request, shown, number=0, total=0, within=uuid_in(request, "file"))
    by, decision = person(request), request.POST.get("decision", "")
    if not by.can_in("intake.decide", shown.village_code):
        raise PermissionDenied
    try:
        actions.pair_decide(by=by, pair=shown, decision=decision)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        request.session[RUN] = _run(request).after(shown, decision)._asdict()
    within = request.POST.get("file", "") == str(shown.left.file.public_id)
    return redirect("intake_file_review", shown.left.file.public_id) if within else redirect("intake_review")


@needs("register.unmask")
@require_POST
def pair_unmask(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Both numbers whole, once; the look is written down. A stranger's stays masked."""
    if not person(request).can("intake.decide"):
        raise Http404
    shown = _pair(public_id)
    actions.nik_unmask(by=person(request), subject=shown)
    return _card(request, shown, number=0, total=0, within=None, is_whole=True)


def _card(
    request: HttpRequest, pair: Pair, *, number: int, total: int, within: UUID | None, is_whole: bool = False
) -> HttpResponse:
    card = selectors.pair_card(pair, number=number, total=total)
    context: dict[str, Any] = {
        "card": card,
        "pair": pair,
        "lines": card_lines(card, is_whole=is_whole),
        "choices": Decision.choices,
        "sender": sender_of(pair.left.file),
        "within": within,
        "run": _run(request),
        "is_whole": is_whole,
    }
    return render(request, "intake/review.html", context)


def _run(request: HttpRequest) -> Run:
    kept = request.session.get(RUN, {})
    return Run(kept.get("answered", 0), tuple(kept.get("put_off", ())), kept.get("last", ""))


def _pair(public_id: UUID) -> Pair:
    try:
        return selectors.pair_get(public_id)
    except Pair.DoesNotExist as missing:
        raise Http404 from missing
