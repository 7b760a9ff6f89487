"""Pages of registration files: the pre-check, the batches, what became of each worker."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from salawaku.accounts.access import needs, person
from salawaku.accounts.documents import attachment
from salawaku.accounts.refusal import Refusal
from salawaku.exchange import actions, selectors
from salawaku.exchange.actions.registration import Wanted
from salawaku.exchange.codes import PRECHECK
from salawaku.exchange.forms import RegistrationForm
from salawaku.exchange.models import RegistrationBatch, RegistrationRow
from salawaku.exchange.views.common import ROWS, after_of, code_told, may_see, next_url
from salawaku.programmes.fields import month_text

SHOWN = 20


@needs("exchange.send", "exchange.receive", "dukcapil.match")
@require_GET
def exchange_home(request: HttpRequest) -> HttpResponse:
    """What goes out and what came back."""
    user = person(request)
    context = {
        "batches": selectors.batches_for(user)[:SHOWN],
        "open": selectors.questions_open(user),
        "rejected": selectors.rejected_rows(user).count(),
    }
    return render(request, "exchange/home.html", context)


@needs("exchange.send")
@require_http_methods(["GET", "POST"])
def registration_check(request: HttpRequest) -> HttpResponse:
    """Who would be sent, who must be mended first; a post makes the file of those without an error."""
    asked = request.POST or request.GET
    form = RegistrationForm(asked if "programme" in asked else None, user=person(request))
    if not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "exchange/registration_check.html", {"form": form}, status=status)
    wanted = _wanted(form)
    if request.method == "POST":
        return _send(request, form, wanted)
    return _check(request, form, wanted)


def _wanted(form: RegistrationForm) -> Wanted:
    data = form.cleaned_data
    return Wanted(data["programme"], data["month"], data["decree"], data["agreement_number"])


def _send(request: HttpRequest, form: RegistrationForm, wanted: Wanted) -> HttpResponse:
    try:
        batch, _check = actions.registration_send(by=person(request), wanted=wanted)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return render(request, "exchange/registration_check.html", {"form": form}, status=422)
    messages.success(request, _("The file was made. Take it out below and upload it at BPJS."))
    return redirect("registration_detail", batch.public_id)


def _check(request: HttpRequest, form: RegistrationForm, wanted: Wanted) -> HttpResponse:
    code = request.GET.get("code", "")
    code = code if code in PRECHECK else ""
    try:
        check, rows = actions.registration_precheck(
            by=person(request), wanted=wanted, code=code, after=after_of(request), limit=ROWS + 1
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return render(request, "exchange/registration_check.html", {"form": form}, status=422)
    query = _query(wanted)
    last = {**query, "code": code, "after": str(rows[ROWS - 1].worker_id)} if len(rows) > ROWS else {}
    context: dict[str, Any] = {
        "form": form,
        "check": check,
        "found": [(one, PRECHECK[one.code]) for one in check.found],
        "rows": [(row, [code_told(each) for each in row.codes]) for row in rows[:ROWS]] if may_see(request) else [],
        "code": code,
        "query": urlencode(query),
        "fields": query,
        "next_url": f"?{urlencode(last)}" if last else "",
    }
    return render(request, "exchange/registration_check.html", context)


def _query(wanted: Wanted) -> dict[str, str]:
    decree = str(wanted.decree.public_id) if wanted.decree else ""
    query = {"programme": wanted.programme.code, "month": month_text(wanted.month), "decree": decree}
    return query | {"agreement_number": wanted.agreement_number}


@needs("exchange.send", "exchange.receive")
@require_GET
def registration_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One batch: its counts, and its workers by what became of them."""
    batch = _batch(request, public_id)
    state = request.GET.get("state", "")
    state = state if state in RegistrationRow.State.values else ""
    rows = selectors.batch_rows(batch, state=state, after=after_of(request), limit=ROWS + 1)
    shown = rows[:ROWS] if may_see(request) else []
    counts = {
        "to_send": batch.left_out, "sent": batch.waiting, "registered": batch.registered, "rejected": batch.rejected,
    }  # fmt: skip
    context = {
        "batch": batch,
        "codes": [(*code_told(code), number) for code, number in batch.codes.items()],
        "states": [(code, label, counts[code]) for code, label in RegistrationRow.State.choices],
        "state": state,
        "rows": [(row, [code_told(code) for code in row.codes]) for row in shown],
        "next_url": next_url(rows, state=state) if shown else "",
    }
    return render(request, "exchange/registration_detail.html", context)


@needs("exchange.send")
@require_POST
def registration_file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The file of a batch; taking it out is written down."""
    batch = _batch(request, public_id)
    try:
        file = actions.registration_fetch(by=person(request), batch=batch)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("registration_detail", public_id)
    return attachment(file.name, bytes(file.content))


def _batch(request: HttpRequest, public_id: UUID) -> Any:
    try:
        return selectors.batch_get(person(request), public_id)
    except RegistrationBatch.DoesNotExist as missing:
        raise Http404 from missing
