"""Pages of what BPJS answered: taking a file in, questions it leaves open, who was rejected and why."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from salawaku.accounts.access import needs, person
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import in_scope
from salawaku.exchange import actions, selectors
from salawaku.exchange.actions.feedback import counts_told
from salawaku.exchange.actions.question import MAY_TAKE
from salawaku.exchange.codes import REASONS
from salawaku.exchange.forms import AnswerForm, DecisionForm
from salawaku.exchange.models import Feedback, Question
from salawaku.exchange.views.common import ROWS, after_of, may_see, next_url, region

SHOWN = 50


@needs("exchange.receive")
@require_http_methods(["GET", "POST"])
def feedback_list(request: HttpRequest) -> HttpResponse:
    """The answers taken in so far; a post takes one in."""
    if request.method == "GET":
        return _list(request, AnswerForm())
    form = AnswerForm(request.POST, request.FILES)
    if not form.is_valid():
        return _list(request, form, status=422)
    file = form.cleaned_data["file"]
    try:
        result = actions.feedback_import(
            by=person(request),
            region_code=region(request, "exchange.receive"),
            file_name=file.name,
            content=file.read(),
        )
    except Refusal as refusal:
        form.add_error("file", str(refusal))
        return _list(request, form, status=422)
    if not result.is_new:
        messages.info(request, _("This file was taken in before. Nothing was changed."))
    return redirect("feedback_detail", result.feedback.public_id)


def _list(request: HttpRequest, form: AnswerForm, *, status: int = 200) -> HttpResponse:
    feedbacks = selectors.feedbacks_for(person(request))[:SHOWN]
    rows = [(feedback, counts_told(feedback.counts)) for feedback in feedbacks]
    return render(request, "exchange/feedback_list.html", {"form": form, "rows": rows}, status=status)


@needs("exchange.receive")
@require_GET
def feedback_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One answer: what it did, what it leaves open."""
    feedback = _feedback(request, public_id)
    kind = request.GET.get("kind", "")
    kind = kind if kind in Question.Kind.values else ""
    rows = selectors.questions_of(feedback, kind=kind, after=after_of(request), limit=ROWS + 1)
    shown = rows[:ROWS] if may_see(request) else []
    context: dict[str, Any] = {
        "feedback": feedback,
        "counts": counts_told(feedback.counts),
        "kinds": selectors.question_counts(feedback),
        "kind": kind,
        "rows": [(row, row.kind in MAY_TAKE and row.worker_id is not None) for row in shown],
        "next_url": next_url(rows, kind=kind) if shown else "",
    }
    return render(request, "exchange/feedback_detail.html", context)


@needs("exchange.receive")
@require_POST
def feedback_settle(request: HttpRequest, public_id: UUID, question_id: int) -> HttpResponse:
    """Say what was done about a question; perhaps the number of BPJS is taken."""
    feedback = _feedback(request, public_id)
    question = get_object_or_404(in_scope(Question.objects.filter(feedback=feedback)), pk=question_id)
    form = DecisionForm(request.POST)
    try:
        if not form.is_valid():
            raise Refusal("question.reason", _("Please say what was done. Nothing was changed."))
        actions.question_settle(by=person(request), question=question, **form.cleaned_data)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Settled. What was done is in the trail."))
    return redirect("feedback_detail", public_id)


@needs("exchange.send", "exchange.receive")
@require_GET
def rejected_list(request: HttpRequest) -> HttpResponse:
    """Whom BPJS rejected, by reason, with what to do."""
    user = person(request)
    code = request.GET.get("code", "")
    found = selectors.rejected_rows(user).filter(pk__gt=after_of(request))
    if code in REASONS:
        found = found.filter(reason_code=code)
    rows = list(found.select_related("worker", "batch").order_by("pk")[: ROWS + 1]) if may_see(request) else []
    context = {
        "groups": [(group, REASONS[group.reason_code]) for group in selectors.rejected_groups(user)],
        "code": code if code in REASONS else "",
        "rows": rows[:ROWS],
        "next_url": next_url(rows, code=code),
    }
    return render(request, "exchange/rejected.html", context)


def _feedback(request: HttpRequest, public_id: UUID) -> Feedback:
    try:
        return selectors.feedback_get(person(request), public_id)
    except Feedback.DoesNotExist as missing:
        raise Http404 from missing
