"""Pages of the comparison with BPJS."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from salawaku import law
from salawaku.accounts.access import needs, person
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.cover import actions, reconcile_selectors
from salawaku.cover.forms import ActiveListForm, SettleForm, SignOffForm
from salawaku.cover.models import Difference, Reconciliation
from salawaku.web.paging import next_page, page_by, uuid_asked

ROWS = 50
WITHOUT_REASON = gettext_lazy("Please say in a few words what was done. Nothing was changed.")


@needs("cover.view", "month.reconcile")
@require_http_methods(["GET", "POST"])
def reconcile_list(request: HttpRequest) -> HttpResponse:
    """The months compared; a post compares one with the list of BPJS."""
    if request.method == "POST":
        return _compare(request)
    before = law.add_months(timezone.localdate(), -1)
    return _list(request, ActiveListForm(initial={"month": before}))


def _compare(request: HttpRequest) -> HttpResponse:
    if not person(request).can("month.reconcile"):
        raise PermissionDenied
    form = ActiveListForm(request.POST, request.FILES)
    if not form.is_valid():
        return _list(request, form, status=422)
    file = form.cleaned_data["file"]
    try:
        result = actions.month_reconcile(
            by=person(request),
            month=form.cleaned_data["month"],
            region_code=_region(person(request)),
            file_name=file.name,
            content=file.read(),
        )
    except Refusal as refusal:
        form.add_error("file", str(refusal))
        return _list(request, form, status=422)
    if not result.is_new:
        messages.info(request, _("This list was compared before. Nothing was changed."))
    return redirect("reconcile_detail", result.reconciliation.public_id)


def _region(user: User) -> str:
    """The region whose list the person brings: the own one, else that of the installation."""
    return user.regions[0] if len(user.regions) == 1 else settings.HOME_REGION


def _list(request: HttpRequest, form: ActiveListForm, *, status: int = 200) -> HttpResponse:
    found = reconcile_selectors.reconciliations_for(person(request))
    months, after = page_by(found, order=("-month", "region_code", "id"), after=uuid_asked(request.GET), rows=ROWS)
    context = {"months": months, "next_url": next_page(after), "form": form}
    return render(request, "cover/reconcile_list.html", context, status=status)


@needs("cover.view", "month.reconcile")
@require_GET
def reconcile_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One month: what agrees, what differs, who settles it."""
    one = _mine(request, public_id)
    kind = request.GET.get("kind", "")
    kind = kind if kind in Difference.Kind.values else ""
    after = request.GET.get("after", "")
    found = reconcile_selectors.differences_of(
        one, kind=kind, after=int(after) if after.isdecimal() and len(after) < 19 else 0, limit=ROWS + 1
    )
    shown = found[:ROWS] if person(request).can("register.view") else []
    last = {"kind": kind, "after": str(shown[-1].pk)} if len(found) > ROWS and shown else {}
    kinds = reconcile_selectors.counts_by_kind(one)
    context: dict[str, Any] = {
        "one": one,
        "kinds": kinds,
        "waiting": sum(waiting for code, _label, _all, waiting in kinds if code == kind),
        "kind": kind,
        "rows": shown,
        "next_url": f"?{urlencode(last)}" if last else "",
        "may_close": person(request).can("month.reconcile") and one.status == Reconciliation.Status.OPEN,
    }
    return render(request, "cover/reconcile_detail.html", context)


@needs("month.reconcile")
@require_POST
def reconcile_settle(request: HttpRequest, public_id: UUID, difference_id: int) -> HttpResponse:
    """Say what was done about one difference, or sign it off."""
    one = _mine(request, public_id)
    difference = get_object_or_404(Difference, pk=difference_id, reconciliation=one)
    form = SettleForm(request.POST)
    try:
        if not form.is_valid():
            raise Refusal("difference.reason", WITHOUT_REASON)
        actions.difference_settle(by=person(request), difference=difference, **form.cleaned_data)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{reverse('reconcile_detail', args=[public_id])}?{urlencode({'kind': difference.kind})}")


@needs("month.reconcile")
@require_POST
def reconcile_take(request: HttpRequest, public_id: UUID, difference_id: int) -> HttpResponse:
    """Take a difference over, for seven working days."""
    one = _mine(request, public_id)
    difference = get_object_or_404(Difference, pk=difference_id, reconciliation=one)
    me = person(request)
    due = law.add_working_days(timezone.localdate(), actions.WORKDAYS_TO_SETTLE)
    try:
        actions.difference_assign(by=me, difference=difference, owner=me, due_on=due)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{reverse('reconcile_detail', args=[public_id])}?{urlencode({'kind': difference.kind})}")


@needs("month.reconcile")
@require_POST
def reconcile_sign_off(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Sign off all open differences of one kind."""
    one = _mine(request, public_id)
    form = SignOffForm(request.POST)
    try:
        if not form.is_valid():
            raise Refusal("difference.reason", WITHOUT_REASON)
        signed = actions.differences_sign_off(by=person(request), reconciliation=one, **form.cleaned_data)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(n)d differences were signed off.") % {"n": signed})
    return redirect("reconcile_detail", public_id)


@needs("month.reconcile")
@require_POST
def reconcile_close(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Close the month."""
    try:
        actions.month_close(by=person(request), reconciliation=_mine(request, public_id))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The month is closed. What was counted in it stays as it is."))
    return redirect("reconcile_detail", public_id)


def _mine(request: HttpRequest, public_id: UUID) -> Reconciliation:
    try:
        return reconcile_selectors.reconciliation_get(person(request), public_id)
    except Reconciliation.DoesNotExist as missing:
        raise Http404 from missing
