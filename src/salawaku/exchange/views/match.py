"""Pages of the match with Dukcapil."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from salawaku.accounts.access import needs, person
from salawaku.accounts.documents import attachment
from salawaku.accounts.refusal import Refusal
from salawaku.exchange import actions, selectors
from salawaku.exchange.actions.match import Agreement
from salawaku.exchange.forms import MatchAnswerForm, MatchForm
from salawaku.exchange.models import MatchBatch, MatchResult
from salawaku.exchange.views.common import ROWS, after_of, may_see, next_url, region

SHOWN = 50


@needs("dukcapil.match")
@require_http_methods(["GET", "POST"])
def match_list(request: HttpRequest) -> HttpResponse:
    """The batches so far; a post makes one and hands its file over, once."""
    if request.method == "GET":
        return _list(request, MatchForm(user=person(request)))
    form = MatchForm(request.POST, user=person(request))
    if not form.is_valid():
        return _list(request, form, status=422)
    data = form.cleaned_data
    agreement = Agreement(
        data["agreement_number"],
        data["agreement_date"],
        data["purpose"],
        with_name=data["with_name"],
        with_birth_date=data["with_birth_date"],
    )
    try:
        file = actions.match_export(
            by=person(request),
            region_code=region(request, "dukcapil.match"),
            agreement=agreement,
            programme=data["programme"],
            not_since=data["not_since"],
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _list(request, form, status=422)
    return attachment(file.name, file.content)


def _list(request: HttpRequest, form: MatchForm, *, status: int = 200) -> HttpResponse:
    user = person(request)
    deaths = selectors.deaths_to_confirm(user, limit=SHOWN) if may_see(request) else []
    context = {"form": form, "batches": selectors.matches_for(user)[:SHOWN], "deaths": deaths}
    return render(request, "exchange/match_list.html", context, status=status)


@needs("dukcapil.match")
@require_GET
def match_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One batch: results by kind and whom they are about. Each look is written down."""
    batch = _batch(request, public_id)
    result = request.GET.get("result", "")
    result = result if result in MatchResult.Result.values else ""
    try:
        statistics = actions.match_looked_at(by=person(request), batch=batch)
    except Refusal as refusal:
        raise Http404 from refusal
    rows = (
        selectors.match_rows(batch, result=result, after=after_of(request), limit=ROWS + 1)
        if result and may_see(request)
        else []
    )
    context = {
        "batch": batch,
        "statistics": statistics,
        "answered": sum(number for code, _label, number in statistics if code),
        "result": result,
        "rows": rows[:ROWS],
        "next_url": next_url(rows, result=result),
        "form": MatchAnswerForm(),
    }
    return render(request, "exchange/match_detail.html", context)


@needs("dukcapil.match")
@require_POST
def match_answer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take the answer of Dukcapil for a batch in."""
    batch = _batch(request, public_id)
    form = MatchAnswerForm(request.POST, request.FILES)
    try:
        if not form.is_valid():
            raise Refusal("match.form", _("Choose a file and the day of the answer. Nothing was changed."))
        file = form.cleaned_data["file"]
        counts = actions.match_import(
            by=person(request),
            batch=batch,
            file_name=file.name,
            content=file.read(),
            day=form.cleaned_data["day"],
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        told = _("%(answered)d answered; %(before)d were answered before; %(others)d are not in this batch.")
        numbers = {
            "answered": counts["answered"], "before": counts["answered_before"], "others": counts["not_in_batch"],
        }  # fmt: skip
        messages.success(request, told % numbers)
    return redirect("match_detail", public_id)


def _batch(request: HttpRequest, public_id: UUID) -> MatchBatch:
    try:
        return selectors.match_get(person(request), public_id)
    except MatchBatch.DoesNotExist as missing:
        raise Http404 from missing
