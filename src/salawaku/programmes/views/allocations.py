"""Plans: propose, look, approve, refuse, withdraw."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from salawaku.accounts.access import needs, person
from salawaku.accounts.refusal import Refusal
from salawaku.programmes import actions, selectors
from salawaku.programmes.actions import Method
from salawaku.programmes.fields import month_text
from salawaku.programmes.forms import ProposeForm, ReasonForm
from salawaku.programmes.models import Allocation, AllocationLine
from salawaku.programmes.reasons import REASONS
from salawaku.programmes.views.programmes import managed
from salawaku.registry import panels

ROWS = 50
Row = tuple[AllocationLine, "Promise | str", list[str]]


@needs("allocation.propose")
@require_POST
def allocation_new(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Make a plan."""
    programme = managed(request, public_id)
    form = ProposeForm(request.POST)
    try:
        if not form.is_valid():
            raise Refusal("allocation.form", _("Please choose a month and how to plan. No plan was made."))
        plan = actions.allocation_propose(
            by=person(request),
            programme=programme,
            first_month=form.cleaned_data["first_month"],
            method=Method(form.cleaned_data["method"] or Method.WATERFALL),
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("programme_detail", public_id=public_id)
    allocation = plan.allocation
    return redirect("allocation_detail", public_id=allocation.public_id if allocation else public_id)


@needs("programme.view")
@require_GET
def allocation_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Chosen and not chosen, with the reason for each."""
    user = person(request)
    allocation = get_object_or_404(seen(request), public_id=public_id)
    reason = request.GET.get("alasan", "")
    reason = reason if reason in REASONS else ""
    lines: list[Row] = []
    next_url = ""
    if user.can("register.view"):
        lines, next_url = _lines(request, allocation, reason)
    context = {
        "allocation": allocation,
        "programme": allocation.programme,
        "first_month": month_text(allocation.first_month),
        "shares": selectors.allocation_by_purse(allocation),
        "reasons": [(code, REASONS.get(code, code), count) for code, count in allocation.reasons.items()],
        "reason": reason,
        "chips": [{"label": REASONS[reason], "remove_url": request.path}] if reason else [],
        "lines": lines,
        "next_url": next_url,
        "method": Method(allocation.method).label,
        "is_mine": allocation.proposed_by_id == user.pk,
        "manages": selectors.programmes_managed_by(user).filter(pk=allocation.programme_id).exists(),
        "decree": getattr(allocation, "decree", None),
        "refuse": ReasonForm(),
    }
    return render(request, "programmes/allocation_detail.html", context)


def _lines(request: HttpRequest, allocation: Allocation, reason: str) -> tuple[list[Row], str]:
    """A page of lines, each with its reason in words and the cells of other rooms; and the address of the next."""
    beyond = request.GET.get("setelah", "")
    found = selectors.allocation_lines(allocation, reason=reason)
    if beyond.isdecimal() and len(beyond) < 19:
        found = found.filter(pk__gt=int(beyond))
    page = list(found[: ROWS + 1])
    cells = panels.cells_for(request, [line.worker for line in page[:ROWS]])
    lines = [
        (line, REASONS.get(line.reason, line.reason), [cell.get(line.worker_id, "") for cell in cells])
        for line in page[:ROWS]
    ]
    more = f"?alasan={reason}&setelah={page[ROWS - 1].pk}" if len(page) > ROWS else ""
    return lines, more


@needs("allocation.approve")
@require_POST
def allocation_approve(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Approve a colleague's plan."""
    return _decide(
        request,
        public_id,
        lambda allocation: actions.allocation_approve(by=person(request), allocation=allocation),
        _("Approved. The money is committed and the months are decreed. Now freeze the decree."),
    )


@needs("allocation.approve")
@require_POST
def allocation_refuse(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Send a plan back with a reason."""
    form = ReasonForm(request.POST)

    def refuse(allocation: Allocation) -> Allocation:
        if not form.is_valid():
            raise Refusal("allocation.no_reason", _("Please say why. The plan still waits."))
        reason = form.cleaned_data["reason"]
        return actions.allocation_refuse(by=person(request), allocation=allocation, reason=reason)

    return _decide(request, public_id, refuse, _("The plan was sent back."))


@needs("allocation.propose")
@require_POST
def allocation_withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take one's own plan back."""
    return _decide(
        request,
        public_id,
        lambda allocation: actions.allocation_withdraw(by=person(request), allocation=allocation),
        _("The plan was withdrawn."),
    )


def _decide(
    request: HttpRequest, public_id: UUID, act: Callable[[Allocation], Allocation], done: str
) -> HttpResponse:
    programmes = selectors.programmes_managed_by(person(request))
    allocation = get_object_or_404(Allocation, public_id=public_id, programme__in=programmes)
    try:
        act(allocation)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("allocation_detail", public_id=public_id)


def seen(request: HttpRequest) -> QuerySet[Allocation]:
    """The plans of the programmes that this person sees."""
    programmes = selectors.programmes_for(person(request))
    return Allocation.objects.filter(programme__in=programmes).select_related(
        "programme", "proposed_by", "approved_by", "decree"
    )
