"""Reading what is asked back: by purse, by letter, within the reader's own area."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum

from salawaku.accounts.models import User
from salawaku.cover.models import Refund, RefundLetter
from salawaku.programmes.selectors import programmes_managed_by


class PurseRefunds(NamedTuple):
    """Months of one purse by how far they have come, and the rupiah of all that wait."""

    public_id: UUID
    purse: str
    programme: str
    to_request: int
    ready: int
    requested: int
    received: int
    refused: int
    waiting: int
    back: int


def refunds_by_purse(user: User) -> list[PurseRefunds]:
    """The purses of the user's programmes with something to ask back; `ready` months are paid and not asked for."""
    found = Refund.objects.filter(purse__programme__in=programmes_managed_by(user))
    rows = found.values("purse__public_id", "purse__name", "purse__programme__name").annotate(
        to_request=_months(Q(status="to_request")),
        ready=_months(Q(status="to_request", bill__status="paid")),
        requested=_months(Q(status="requested")),
        received=_months(Q(status="received")),
        refused=_months(Q(status="refused")),
        waiting=Sum("amount", filter=Q(status__in=["to_request", "requested"]), default=0),
        back=Sum("amount", filter=Q(status="received"), default=0),
    )
    return [
        PurseRefunds(*row)
        for row in rows.order_by("purse__programme__name", "purse__priority", "purse").values_list(
            "purse__public_id", "purse__name", "purse__programme__name", "to_request", "ready", "requested",
            "received", "refused", "waiting", "back",
        )
    ]  # fmt: skip


def _months(condition: Q) -> Count:
    return Count("pk", filter=condition)


def letters_for(user: User) -> QuerySet[RefundLetter]:
    """Letters for purses of the user's programmes, the latest first, with their months and rupiah."""
    found = RefundLetter.objects.filter(purse__programme__in=programmes_managed_by(user))
    found = found.select_related("purse", "purse__programme", "made_by")
    return found.annotate(months=Count("refunds"), amount=Sum("refunds__amount", default=0))


def refunds_of(letter: RefundLetter) -> QuerySet[Refund]:
    """The months of a letter that the acting person may see, by village, worker and month."""
    found = letter.refunds.select_related("worker", "bill", "settled_by")
    return found.order_by(F("village_code"), "worker_id", "month")
