"""Deciding what an answer of BPJS left open."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import elevated
from salawaku.exchange.models import Question, RegistrationRow
from salawaku.exchange.rights import must_reach
from salawaku.registry.actions import participant_numbers_set

# Only here can the number of BPJS be right and everything else stay as it is.
MAY_TAKE = frozenset({Question.Kind.NUMBER_DIFFERS, Question.Kind.NUMBER_TWICE, Question.Kind.NUMBER_TAKEN})


@transaction.atomic
def question_settle(*, by: User, question: Question, decision: str, take: bool = False) -> Question:
    """Say what was done about a question; with `take` the worker gets the KPJ that BPJS told.

    Refusal without words, when it was settled before, where there is no number to take, or when another worker
    has it still.
    """
    found = Question.objects.select_for_update(of=("self",)).select_related("feedback").get(pk=question.pk)
    region = found.feedback.region_code
    must_reach(by, "exchange.receive", region)
    if not decision.strip():
        raise Refusal("question.reason", _("Please say what was done. Nothing was changed."))
    if found.decided_at:
        raise Refusal("question.settled", _("This was settled before. Nothing was changed."))
    if take:
        _take(by, found, decision)
    found.decision, found.taken = decision.strip()[:300], take
    found.decided_by, found.decided_at = by, timezone.now()
    found.save(update_fields=["decision", "taken", "decided_by", "decided_at"])
    detail = {"question": found.pk, "kind": found.kind, "taken": take}
    audit.record(
        by=by, kind="question.settled", subject=found.feedback, detail=detail, reason=decision, region_code=region
    )
    return found


def _take(by: User, question: Question, reason: str) -> None:
    if question.kind not in MAY_TAKE or question.worker_id is None:
        raise Refusal("question.no_number", _("There is no number to take here. Nothing was changed."))
    with elevated("a number is compared with every worker"):
        participant_numbers_set(
            by=by,
            numbers={question.worker_id: question.participant_number},
            source=question.feedback,
            region_code=question.feedback.region_code,
            reason=reason,
            over=True,
        )
        RegistrationRow.objects.filter(worker_id=question.worker_id, state=RegistrationRow.State.SENT).update(
            state=RegistrationRow.State.REGISTERED,
            participant_number=question.participant_number,
            answered_at=timezone.now(),
            feedback=question.feedback,
        )
